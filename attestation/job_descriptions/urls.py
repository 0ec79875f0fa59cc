"""Addresses of job descriptions, below those of their positions."""

from django.urls import path

from attestation.job_descriptions import views

_OWN = "<str:act>/<str:number>/job-description/<str:bin_>"

urlpatterns = [
    path("<str:act>/<str:number>/job-description/", views.job_description, name="job_description"),
    path(
        "<str:act>/<str:number>/job-description/<slug:language>.pdf",
        views.sheet,
        {"form": "pdf"},
        name="job_description_pdf",
    ),
    path(
        "<str:act>/<str:number>/job-description/<slug:language>.docx",
        views.sheet,
        {"form": "docx"},
        name="job_description_word",
    ),
    path(f"{_OWN}/add/<slug:kind>/", views.entry_new, name="own_entry_new"),
    path(f"{_OWN}/<int:pk>/", views.entry, name="own_entry"),
    path(f"{_OWN}/<int:pk>/move/", views.entry_move, name="own_entry_move"),
    path(f"{_OWN}/<int:pk>/delete/", views.entry_delete, name="own_entry_delete"),
]
