"""Addresses of the norms."""

from django.urls import path

from positions import views

urlpatterns = [
    path("", views.catalogue, name="positions"),
    path("<str:act>/<str:number>/", views.position, name="position"),
]
