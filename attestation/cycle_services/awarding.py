"""What a decision puts on record: the attestation, and the category that was established."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from attestation import changes
from attestation.cycle import CategoryDecision, award_valid_until
from attestation.cycle_services.editing import kept
from attestation.models import AttestationRecord, Case
from attestation.regimes import Regime
from employees.models import CategoryAward, Employee, User
from employees.services import record_add

_CATEGORIES = "categories"


def settle(cases: Sequence[Case], regime: Regime, *, order_number: str, user: User) -> None:
    """Put what was decided on record, once for each case; the caller saves the cases.

    A decision that only follows from absence is no attestation that was held, and leaves none on record.
    """
    without_award = []
    for case in cases:
        if case.votes and not AttestationRecord.objects.filter(case=case).exists():
            _attest(case, order_number, user)
        if case.category_decision == CategoryDecision.ESTABLISHED and case.award_id is None:
            case.award = award_create(case, regime, order_number=order_number)
        else:
            without_award.append(case.employee_id)
    changes.announce(without_award)


def _day(case: Case) -> date:
    """Give the day of the decision; a case without one is never put on record."""
    if case.decided_on is None:
        raise ValueError(case.pk)
    return case.decided_on


def _attest(case: Case, order_number: str, user: User) -> None:
    record = AttestationRecord(
        employee_id=case.employee_id,
        case=case,
        kind=case.kind,
        held_on=_day(case),
        decision=case.decision,
        order_number=order_number,
        recommendations=case.recommendations,
    )
    kept(record, user=user, reason="attestation")


def award_create(case: Case, regime: Regime, *, order_number: str) -> CategoryAward:
    """Award the category that a commission established, from the day of its decision for as long as the act says."""
    employee = Employee.objects.select_for_update().get(pk=case.employee_id)
    award = record_add(
        employee=employee,
        kind=_CATEGORIES,
        version=employee.version,
        values={
            "position": case.position,
            "level": case.decided_level,
            "category": case.decided_category,
            "awarded_on": _day(case),
            "lapses_on": award_valid_until(_day(case), regime),
            "order_number": order_number,
        },
    )
    assert isinstance(award, CategoryAward)  # noqa: S101 - the kind says so
    return award


def unsettle(case: Case, *, user: User, on: date) -> None:
    """Let what a cancelled case put on record count no longer; it stays there, with the day.

    A category that a commission decided is changed nowhere else (`attestation.guards`).
    """
    record = AttestationRecord.objects.filter(case=case, cancelled_on__isnull=True).first()
    if record is not None:
        record.cancelled_on = on
        kept(record, user=user, reason="cancel")
    if case.award_id is not None:
        award = CategoryAward.objects.get(pk=case.award_id)
        award.annulled_on = on
        kept(award, user=user, reason="edit")
        Employee.objects.filter(pk=case.employee_id).update(version=F("version") + 1)
    changes.announce([case.employee_id])
