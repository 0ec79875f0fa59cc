"""Earlier attestations, entered from their papers."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attestation import changes
from attestation.cycle_services import NotYourPartError
from attestation.models import AttestationRecord
from employees.access import Ability, may, may_in
from employees.models import Employee, User


@transaction.atomic
def attestation_record_enter(
    *,
    employee: Employee,
    kind: str,
    held_on: date,
    decision: str,
    order_number: str = "",
    recommendations: str = "",
    user: User,
    on: date,
) -> AttestationRecord:
    """Enter an attestation that was held before this product, as its papers tell it; what is due follows from it.

    Raises NotYourPartError, ValidationError for a day that cannot be or one that is on record already.
    """
    if not (may(user, Ability.EDIT, employee) and may_in(user, Ability.RUN_ATTESTATION, employee.organisation)):
        raise NotYourPartError
    if held_on > on:
        raise ValidationError({"held_on": _("This day has not come yet. Enter the day on which it happened.")})
    if held_on < employee.hired_on:
        raise ValidationError({"held_on": _("This day is before the first day of service in the organisation.")})
    if AttestationRecord.objects.filter(employee=employee, held_on=held_on, cancelled_on__isnull=True).exists():
        raise ValidationError({"held_on": _("An attestation of this day is on record already.")})
    record = AttestationRecord(
        employee=employee,
        kind=kind,
        held_on=held_on,
        decision=decision,
        order_number=order_number.strip(),
        recommendations=recommendations.strip(),
    )
    record.full_clean(exclude=["employee"])
    record._history_user = user  # type: ignore[attr-defined]
    record._change_reason = "enter"  # type: ignore[attr-defined]
    record.save()
    changes.announce([employee.pk])
    return record
