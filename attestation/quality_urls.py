"""Addresses of the page on data quality."""

from django.urls import path

from attestation import quality_views

urlpatterns = [
    path("quality/", quality_views.overview, name="quality"),
    path("quality/<slug:code>/", quality_views.group, name="quality_group"),
]
