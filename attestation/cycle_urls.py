"""Addresses of attestation cycles as wholes."""

from django.urls import path

from attestation import cycle_body_views, cycle_people_views, cycle_views

urlpatterns = [
    path("", cycle_views.attestation, name="attestation"),
    path("new/", cycle_views.cycle_new, name="cycle_new"),
    path("<int:pk>/", cycle_views.cycle, name="cycle"),
    path("<int:pk>/edit/", cycle_views.cycle_edit, name="cycle_edit"),
    path("<int:pk>/people/", cycle_people_views.cycle_people, name="cycle_people"),
    path("<int:pk>/people/act/", cycle_people_views.cycle_people_act, name="cycle_people_act"),
    path("<int:pk>/people/propose/", cycle_people_views.cycle_propose, name="cycle_propose"),
    path("<int:pk>/people/add/", cycle_people_views.cycle_person_add, name="cycle_person_add"),
    path("<int:pk>/commission/", cycle_body_views.cycle_commission, name="cycle_commission"),
    path("<int:pk>/sittings/", cycle_body_views.cycle_sittings, name="cycle_sittings"),
    path("<int:pk>/sittings/<int:sitting>/", cycle_body_views.cycle_sitting, name="cycle_sitting"),
    path(
        "<int:pk>/sittings/<int:sitting>/cancel/",
        cycle_body_views.cycle_sitting_cancel,
        name="cycle_sitting_cancel",
    ),
    path("<int:pk>/order/", cycle_views.cycle_order, name="cycle_order"),
    path("<int:pk>/results/", cycle_views.cycle_results, name="cycle_results"),
    path("<int:pk>/close/", cycle_views.cycle_close, name="cycle_close"),
    path("<int:pk>/cancel/", cycle_views.cycle_cancel, name="cycle_cancel"),
    path("<int:pk>/papers/", cycle_views.cycle_papers, name="cycle_papers"),
]
