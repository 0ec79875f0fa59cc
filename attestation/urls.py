"""Addresses of the pages on which people and the law meet."""

from django.urls import path

from attestation import list_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("employees/", list_views.employees, name="employees"),
    path("employees/choices/<slug:kind>/", list_views.employee_choices, name="employee_choices"),
    path("employees/export.xlsx", list_views.employees_export, {"suffix": "xlsx"}, name="employees_xlsx"),
    path("employees/export.csv", list_views.employees_export, {"suffix": "csv"}, name="employees_csv"),
    path("employees/<int:pk>/", views.employee, name="employee"),
    path("employees/<int:pk>/verdict/", views.verdict, name="employee_verdict"),
]
