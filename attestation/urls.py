"""Addresses of the pages on which people and the law meet."""

from django.urls import path

from attestation import (
    dashboard_views,
    effects_views,
    export_views,
    list_views,
    succession_views,
    views,
    what_if_views,
)

urlpatterns = [
    path("", dashboard_views.home, name="home"),
    path("figures/", dashboard_views.figures_start, name="figures_start"),
    path("figures/<int:pk>/", dashboard_views.figures_run, name="figures_run"),
    path("figures/<int:pk>/progress/", dashboard_views.figures_progress, name="figures_progress"),
    path("employees/", list_views.employees, name="employees"),
    path("employees/choices/<slug:kind>/", list_views.employee_choices, name="employee_choices"),
    path("employees/export.xlsx", list_views.employees_export, {"suffix": "xlsx"}, name="employees_xlsx"),
    path("employees/export.csv", list_views.employees_export, {"suffix": "csv"}, name="employees_csv"),
    path("exports/", export_views.export_start, name="export_start"),
    path("exports/<int:pk>/", export_views.export_run, name="export_run"),
    path("exports/<int:pk>/progress/", export_views.export_progress, name="export_progress"),
    path("exports/<int:pk>/file/", export_views.export_file, name="export_file"),
    path("employees/<int:pk>/", views.employee, name="employee"),
    path("employees/<int:pk>/verdict/", views.verdict, name="employee_verdict"),
    path("employees/<int:pk>/verdict.json", views.verdict_json, name="employee_verdict_json"),
    path("employees/<int:pk>/what-if/", what_if_views.what_if, name="employee_what_if"),
    path("employees/<int:pk>/positions/", succession_views.employee_positions, name="employee_positions"),
    path("positions/drafts/<int:pk>/effects/", effects_views.draft_effects, name="draft_effects"),
    path("succession/", succession_views.position_people, name="succession"),
]
