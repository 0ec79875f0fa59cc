"""Addresses of the figures to take away and of the page of past years."""

from django.urls import path

from attestation import report_views

urlpatterns = [
    path("figures.pdf", report_views.figures_pdf, name="figures_pdf"),
    path("figures.xlsx", report_views.figures_xlsx, name="figures_xlsx"),
    path("trend/", report_views.figures_trend, name="figures_trend"),
    path("trend/start/", report_views.figures_trend_start, name="figures_trend_start"),
    path("trend/<int:pk>/", report_views.figures_trend_run, name="figures_trend_run"),
    path("trend/<int:pk>/progress/", report_views.figures_trend_progress, name="figures_trend_progress"),
]
