"""Addresses of cases, evaluation sheets, sittings, and earlier attestations."""

from django.urls import path

from attestation import case_views, record_views, sitting_views

urlpatterns = [
    path("cases/<int:pk>/", case_views.case, name="case"),
    path("cases/<int:pk>/decide/", case_views.case_decide, name="case_decide"),
    path("cases/<int:pk>/sheets/<int:member>/", case_views.sheet, name="sheet"),
    path("cases/<int:pk>/<slug:act>/", case_views.case_act, name="case_act"),
    path("sittings/<int:pk>/", sitting_views.sitting, name="sitting"),
    path("sittings/<int:pk>/quorum/", sitting_views.sitting_quorum, name="sitting_quorum"),
    path("sittings/<int:pk>/<slug:act>/", sitting_views.sitting_act, name="sitting_act"),
    path("of/<int:pk>/new/", record_views.attestation_new, name="employee_attestation_new"),
]
