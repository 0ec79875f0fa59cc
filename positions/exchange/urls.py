"""Addresses at which texts leave and come in, below /positions/."""

from django.urls import path, re_path

from positions.exchange import views

urlpatterns = [
    path("exchange/", views.exchange, name="texts_exchange"),
    path("exchange/<slug:token>/", views.look, name="texts_exchange_look"),
    re_path(r"^export/(?P<act>[^/]+)\.(?P<suffix>zip|xlsx)$", views.export_act, name="texts_export_act"),
    re_path(
        r"^export/(?P<act>[^/]+)/(?P<number>[^/]+)\.(?P<suffix>yaml|xlsx)$",
        views.export_position,
        name="texts_export_position",
    ),
]
