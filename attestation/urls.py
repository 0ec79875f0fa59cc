"""Addresses of the pages on which people and the law meet."""

from django.urls import path

from attestation import export_views, list_views, views

urlpatterns = [
    path("", views.home, name="home"),
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
]
