"""Addresses of papers."""

from django.urls import path

from attestation.papers import print_views

urlpatterns = [
    path("papers/register/", print_views.register, name="paper_register"),
    path("papers/look/<slug:kind>/<str:subject>/<slug:language>.pdf", print_views.look, name="paper_look"),
    path("papers/<int:pk>/<slug:language>.pdf", print_views.sheet, name="paper_pdf"),
    path("<int:pk>/print/", print_views.print_all, name="cycle_print"),
]
