"""The page on which something is supposed of a person; it asks what day it is, and saves nothing."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation.panel import panel_context
from attestation.what_if import case_of
from attestation.what_if import what_if as judged
from attestation.what_if_form import WhatIfForm
from employees.access import Ability
from employees.codes import ReadKind
from employees.models import User
from employees.reading import person_for, reading_log


@require_GET
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the verdict that would follow from what the address supposes, beside the one on record."""
    user = cast("User", request.user)
    employee = person_for(user, pk, Ability.SEE)
    if employee is None:
        raise Http404(_("There is no such employee among those you may see."))
    reading_log(user=user, employee=employee, kind=ReadKind.PAGE)
    form = WhatIfForm(request.GET, case=case_of(employee, today=timezone.localdate()))
    readable, supposition = form.is_valid(), form.supposition()
    found = judged(form.case, supposition)
    context = panel_context(employee, found.supposed, on=found.on) | {
        "form": form,
        "compared": found,
        "supposes": supposition != type(supposition)(),
        "text_supposed": found.other_text is not None,
        "link": request.build_absolute_uri(f"{request.path}?{form.query()}".removesuffix("?")) if readable else "",
        # Nothing supposed stands on the person's page as data; what is recorded does.
        "data_at": "",
        "records_at": reverse("employee", args=[employee.pk]),
    }
    return render(request, "whatif/what_if.html", context)
