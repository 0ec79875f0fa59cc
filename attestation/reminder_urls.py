"""Addresses of reminders and calendars."""

from django.urls import path

from attestation import reminder_views as views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/digest/", views.digest_choice, name="reminders_digest"),
    path("reminders/address/", views.calendar_address, name="reminders_address"),
    path("reminders/address/revoke/", views.calendar_revoke, name="reminders_address_revoke"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
