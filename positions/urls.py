"""Addresses of the norms."""

from django.urls import include, path, register_converter

from positions import views
from positions.addresses import DayConverter

register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.catalogue, name="positions"),
    path("search/", views.search, name="position_search"),
    path("", include("positions.exchange.urls")),
    path("<str:act>/clause/<str:clause>/", views.clause, name="position_clause"),
    path("<str:act>/<str:number>/", views.position, name="position"),
    path("<str:act>/<str:number>/compare/", views.compare, name="position_compare"),
    path("<str:act>/<str:number>/<day:begins>/", views.edition, name="position_edition"),
]
