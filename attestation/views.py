"""The pages on which people and the law meet; the only place here that asks what day it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation import selectors
from attestation.forms import RosterForm
from attestation.services import evaluate_employee
from employees.access import may_see_iin, visible_organisations
from positions.forms import DayForm
from positions.selectors import acts, notes_of, titles


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the organisations the user sees and the way into the catalogue."""
    on = timezone.localdate()
    headcounts = selectors.headcounts(request.user, on=on)
    context = {"on": on, "headcounts": headcounts, "acts": acts()}
    return render(request, "home.html", context)


@require_GET
def employees(request: HttpRequest) -> HttpResponse:
    """List the employees in service on a day, with their verdicts."""
    organisations = visible_organisations(request.user)
    form = RosterForm(request.GET, organisations=organisations)
    on = form.chosen("on") or timezone.localdate()
    roster = selectors.roster(
        request.user,
        on=on,
        organisation=form.chosen("organisation"),
        words=form.chosen("q"),
        number=form.chosen("page") or 1,
    )
    context = {
        "form": form,
        "on": on,
        "organisations": organisations,
        "roster": roster,
    }
    return render(request, "employees/list.html", context)


@require_GET
def employee(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an employee's records beside the verdict on a day."""
    record = selectors.employee_record(request.user, pk)
    if record is None:
        raise Http404(_("There is no such employee among those you may see."))
    form = DayForm(request.GET)
    on = form.asked() or timezone.localdate()
    judged = evaluate_employee(record, on=on)
    verdict = judged.verdict if judged else None
    clauses = {finding.clause for finding in verdict.findings if finding.clause} if verdict else set()
    edition = verdict.edition.pk if verdict and verdict.edition else None
    context = {
        "form": form,
        "on": on,
        "employee": record,
        "verdict": verdict,
        "notes": notes_of(edition, clauses=clauses) if edition else [],
        "titles": titles({verdict.position, verdict.edition.position if verdict.edition else ""}) if verdict else {},
        "may_see_iin": may_see_iin(request.user, record),
    }
    return render(request, "employees/employee.html", context)
