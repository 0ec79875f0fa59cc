"""Addresses of the traces: history, readings, personal card."""

from django.urls import path, re_path

from employees import trace_views

urlpatterns = [
    path("employees/<int:pk>/history/", trace_views.history, name="employee_history"),
    path("employees/<int:pk>/readings/", trace_views.readings, name="employee_readings"),
    re_path(r"^employees/(?P<pk>[0-9]+)/card/(?P<language>kk|ru)/$", trace_views.card, name="employee_card"),
    path("readings/", trace_views.readings, name="readings"),
]
