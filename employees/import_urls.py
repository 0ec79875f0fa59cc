"""Addresses of imports, below /imports/."""

from django.urls import path, re_path

from employees import import_views as views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("template/", views.import_template, name="import_template"),
    path("<int:pk>/", views.import_run, name="import_run"),
    path("<int:pk>/progress/", views.import_progress, name="import_progress"),
    re_path(r"^(?P<pk>[0-9]+)/report\.(?P<form>csv|xlsx)$", views.import_report, name="import_report"),
    path("<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("<int:pk>/discard/", views.import_discard, name="import_discard"),
]
