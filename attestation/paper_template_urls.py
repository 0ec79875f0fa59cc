"""Addresses of papers in Word and of their templates."""

from django.urls import path

from attestation import paper_template_views as views
from attestation.papers import word_views

_TEMPLATE = "templates/<str:number>/<slug:kind>/<slug:language>"

urlpatterns = [
    path("papers/<int:pk>/<slug:language>.docx", word_views.document, name="paper_docx"),
    path("templates/", views.paper_templates, name="paper_templates"),
    path(f"{_TEMPLATE}/", views.paper_template, name="paper_template"),
    path(f"{_TEMPLATE}.docx", views.paper_template_file, name="paper_template_file"),
    path(f"{_TEMPLATE}/ours/", views.paper_template_ours, name="paper_template_ours"),
]
