"""The pages of traces: the history of a person, who looked at whom, and the personal card."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from employees import reading
from employees.access import Ability, may, may_anywhere
from employees.card import card_of
from employees.codes import ReadKind
from employees.history import history_of
from employees.models import Employee, User
from employees.trace_forms import ReadingsForm

PAGE_SIZE = 50


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that happened to a person's records."""
    user = _user(request)
    employee = _person(user, pk, Ability.READ_HISTORY)
    reading.reading_log(user=user, employee=employee, kind=ReadKind.HISTORY)
    page = Paginator(history_of(user, employee), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"employee": employee, "page": page, "may_read_log": may(user, Ability.READ_LOG, employee)}
    return render(request, "employees/history.html", context)


@require_GET
def readings(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show who looked at a person, or at anybody."""
    user = _user(request)
    if not may_anywhere(user, Ability.READ_LOG):
        if pk is not None:
            _person(user, pk, Ability.READ_LOG)
        raise PermissionDenied
    employee = None if pk is None else _person(user, pk, Ability.READ_LOG)
    form = ReadingsForm(request.GET)
    found = reading.readings(user, employee=employee, **form.chosen())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "employees/readings.html", {"employee": employee, "form": form, "page": page})


@require_GET
def card(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Show the personal card as a sheet to print, in the language of its address."""
    user = _user(request)
    employee = _person(user, pk, Ability.PRINT)
    reading.reading_log(user=user, employee=employee, kind=ReadKind.PRINT)
    on = timezone.localdate()
    interface = translation.get_language()
    with translation.override(language):
        context = {
            "employee": employee,
            "card": card_of(user, employee, on=on),
            "on": on,
            "language": language,
            "interface": interface,
        }
        return render(request, "print/card.html", context)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _person(user: User, pk: int, ability: Ability) -> Employee:
    employee = reading.person_for(user, pk, ability)
    if employee is None:
        raise Http404(_("There is no such employee among those you may see."))
    return employee
