"""Addresses of the pages on which people and the law meet."""

from django.urls import path

from attestation import views

urlpatterns = [
    path("", views.home, name="home"),
    path("employees/", views.employees, name="employees"),
    path("employees/<int:pk>/", views.employee, name="employee"),
]
