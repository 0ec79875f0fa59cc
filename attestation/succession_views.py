"""The pages on who could hold what; the only place here that asks what day it is."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation.succession import JUDGED_AT_MOST, candidate_lines, openings, succession
from attestation.succession_forms import OpeningsForm, SuccessionForm
from employees.access import Ability
from employees.codes import ReadKind
from employees.models import User
from employees.reading import person_for, reading_log
from positions.forms import DayForm

PAGE_SIZE = 50


@require_GET
def employee_positions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every position with a text in force on the day, and how a person meets its entry rung."""
    user = cast("User", request.user)
    employee = person_for(user, pk, Ability.SEE)
    if employee is None:
        raise Http404(_("There is no such employee among those you may see."))
    reading_log(user=user, employee=employee, kind=ReadKind.PAGE)
    on = DayForm(request.GET).asked() or timezone.localdate()
    found = openings(employee, on=on)
    form = OpeningsForm(request.GET, found=found)
    context = {"employee": employee, "on": on, "form": form, "any": bool(found), "openings": form.narrowed(found)}
    return render(request, "succession/positions.html", context)


@require_GET
def position_people(request: HttpRequest) -> HttpResponse:
    """Show who could hold a position, among those whom the user may see."""
    form = SuccessionForm(request.GET, user=request.user, today=timezone.localdate())
    asked = form.asked_for
    answer = succession(request.user, asked, form.norms)
    page = Paginator(answer.found.shown if answer.found else (), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "on": asked.on,
        "asked": asked,
        "position": form.positions.get(asked.position or ""),
        "answer": answer,
        "limit": JUDGED_AT_MOST,
        "page": page,
        "candidates": candidate_lines(page.object_list),
    }
    return render(request, "succession/people.html", context)
