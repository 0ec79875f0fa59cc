"""The pages on which people and the law meet; the only place here that asks what day it is."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from attestation import selectors
from attestation.attestations import attestations_context
from attestation.exchange import as_data
from attestation.panel import panel_context
from attestation.services import evaluate_employee
from employees.access import Ability, may, may_see_iin
from employees.codes import ReadKind
from employees.models import Employee, User
from employees.reading import reading_log
from employees.record_sections import person_warnings, sections
from employees.record_selectors import known_for, orders_of
from positions.forms import DayForm


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
    context |= attestations_context(request.user, record, context["person"], on=context["on"], editing=editing)
    return render(request, "employees/employee.html", context)


@require_GET
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the verdict alone, for renewing it beside the records after a change."""
    return render(request, "employees/verdict.html", _verdict_context(request, _record(request, pk)))


@never_cache
@require_GET
def verdict_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the verdict as `evaluate` prints it; null where no post is held on the day."""
    record, form = _record(request, pk), DayForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": _("This is not a day. Write it as 2026-11-22.")}, status=400)
    reading_log(user=cast("User", request.user), employee=record, kind=ReadKind.PAGE)
    judged = evaluate_employee(record, on=form.asked() or timezone.localdate())
    data = as_data(judged) if judged else None
    return JsonResponse(data, safe=False, json_dumps_params={"ensure_ascii": False})


def _record(request: HttpRequest, pk: int) -> Employee:
    record = selectors.employee_record(request.user, pk)
    if record is None:
        raise Http404(_("There is no such employee among those you may see."))
    return record


def _verdict_context(request: HttpRequest, record: Employee) -> dict[str, Any]:
    form = DayForm(request.GET)
    on = form.asked() or timezone.localdate()
    judged = evaluate_employee(record, on=on)
    panel = panel_context(record, judged.verdict if judged else None, on=on)
    return panel | {"form": form, "person": judged.person if judged else None}
