"""The pages on which people and the law meet; the only place here that asks what day it is."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation import selectors
from attestation.panel import panel_context
from attestation.services import evaluate_employee
from employees.access import Ability, may, may_see_iin
from employees.codes import ReadKind
from employees.models import Employee, User
from employees.reading import reading_log
from employees.record_sections import person_warnings, sections
from employees.record_selectors import known_for, orders_of
from positions.forms import DayForm
from positions.selectors import acts


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the organisations the user sees and the way into the catalogue."""
    on = timezone.localdate()
    headcounts = selectors.headcounts(request.user, on=on)
    context = {"on": on, "headcounts": headcounts, "acts": acts()}
    return render(request, "home.html", context)


@require_GET
def employee(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an employee's records beside the verdict on a day; who may change them finds the forms in place."""
    record = _record(request, pk)
    editing = may(request.user, Ability.EDIT, record)
    reading_log(user=cast("User", request.user), employee=record, kind=ReadKind.PAGE)
    context = _verdict_context(request, record) | {
        "may_see_iin": may_see_iin(request.user, record),
        "may_edit": editing,
        "may_print": may(request.user, Ability.PRINT, record),
        "may_read_history": may(request.user, Ability.READ_HISTORY, record),
        "may_read_log": may(request.user, Ability.READ_LOG, record),
        "known": known_for(record.organisation) if editing else None,
        "records": sections(record, warn=editing),
        "person_warnings": person_warnings(record) if editing else [],
        "orders": orders_of(record),
    }
    return render(request, "employees/employee.html", context)


@require_GET
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the verdict alone, for renewing it beside the records after a change."""
    return render(request, "employees/verdict.html", _verdict_context(request, _record(request, pk)))


def _record(request: HttpRequest, pk: int) -> Employee:
    record = selectors.employee_record(request.user, pk)
    if record is None:
        raise Http404(_("There is no such employee among those you may see."))
    return record


def _verdict_context(request: HttpRequest, record: Employee) -> dict[str, Any]:
    form = DayForm(request.GET)
    on = form.asked() or timezone.localdate()
    judged = evaluate_employee(record, on=on)
    return panel_context(record, judged.verdict if judged else None, on=on) | {"form": form}
