"""Addresses of rule-sets."""

from django.urls import path

from attestation import regime_views

urlpatterns = [
    path("regimes/", regime_views.regimes, name="regimes"),
    path("regimes/<int:pk>/", regime_views.regime, name="regime"),
    path("regimes/<int:pk>/edit/", regime_views.regime_edit, name="regime_edit"),
    path("regimes/<int:pk>/variant/<str:number>/", regime_views.regime_variant, name="regime_variant"),
    path("regimes/of/<str:number>/", regime_views.regime_choose, name="regime_choose"),
]
