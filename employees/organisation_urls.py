"""The addresses of organisations, users and invitations."""

from django.urls import path

from employees import organisation_views as organisations
from employees import people_views as people

urlpatterns = [
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<str:number>/", organisations.organisation, name="organisation"),
    path("organisations/<str:number>/names/", organisations.organisation_names, name="organisation_names"),
    path("organisations/<str:number>/chart/", organisations.chart, name="organisation_chart"),
    path("organisations/<str:number>/units/add/", organisations.unit_add, name="unit_add"),
    path("organisations/<str:number>/units/<int:pk>/", organisations.unit, name="unit"),
    path("organisations/<str:number>/units/<int:pk>/head/", organisations.unit_head, name="unit_head"),
    path("organisations/<str:number>/units/<int:pk>/delete/", organisations.unit_delete, name="unit_delete"),
    path("people/", people.people_list, name="people"),
    path("people/invite/", people.invite, name="person_invite"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="invitation_withdraw"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/sees/", people.person_sees, name="person_sees"),
    path("people/<int:pk>/active/", people.person_active, name="person_active"),
    path("people/<int:pk>/rights/<int:grant>/remove/", people.grant_remove, name="grant_remove"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
]
