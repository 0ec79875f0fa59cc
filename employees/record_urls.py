"""Addresses of the forms of a person and her records."""

from django.urls import path, re_path

from employees import employment_views
from employees import record_views as views

_RECORDS = r"^(?P<pk>[0-9]+)/(?P<kind>education|work_history|categories|certificates|absences)/"
_PERSON = r"^(?P<pk>[0-9]+)/(?P<part>personal|post)/"

urlpatterns = [
    path("new/", employment_views.hire, name="employee_new"),
    path("<int:pk>/dismiss/", employment_views.dismiss, name="employee_dismiss"),
    path("<int:pk>/rehire/", employment_views.rehire, name="employee_rehire"),
    path("<int:pk>/transfer/", employment_views.transfer, name="employee_transfer"),
    re_path(_PERSON + r"$", views.person_edit, name="person_edit"),
    re_path(_PERSON + r"shown/$", views.person_shown, name="person_shown"),
    re_path(_RECORDS + r"new/$", views.record_new, name="record_new"),
    re_path(_RECORDS + r"(?P<record>[0-9]+)/$", views.record_edit, name="record_edit"),
    re_path(_RECORDS + r"(?P<record>[0-9]+)/shown/$", views.record_shown, name="record_shown"),
    re_path(_RECORDS + r"(?P<record>[0-9]+)/delete/$", views.record_delete, name="record_delete"),
]
