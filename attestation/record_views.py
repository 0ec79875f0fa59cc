"""Entering an earlier attestation of a person from its papers."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attestation.acting import SAVED, WRONG, note_error
from attestation.record_forms import RecordForm
from attestation.record_services import attestation_record_enter
from employees.access import Ability, may_in
from employees.models import User
from employees.record_pages import editable


@require_http_methods(["GET", "POST"])
def attestation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an earlier attestation."""
    employee = editable(request, pk)
    if not may_in(request.user, Ability.RUN_ATTESTATION, employee.organisation):
        raise PermissionDenied
    form, status = RecordForm(request.POST or None), SAVED
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                attestation_record_enter(
                    employee=employee, **form.cleaned_data, user=cast("User", request.user), on=timezone.localdate()
                )
            except ValidationError as error:
                note_error(form, error)
            else:
                messages.success(request, _("The earlier attestation is on record."))
                return redirect(f"{reverse('employee', args=[pk])}#attestations")
    return render(request, "attestation/case/record.html", {"employee": employee, "form": form}, status=status)
