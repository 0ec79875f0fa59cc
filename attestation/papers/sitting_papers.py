"""The data of the minutes of a sitting."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from attestation.codes import CaseState, CommissionRole
from attestation.cycle import quorum_of
from attestation.cycle_rows import member_facts, read_sitting, regime_in
from attestation.models import Case, CommissionMember, EvaluationSheet, Sitting
from attestation.papers.case_book import (
    case_book,
    cases_by_name,
    commission_data,
    cycle_head,
    signers_of,
    sitting_data,
    warnings_data,
)
from attestation.papers.case_papers import hearing_data

#: A case that was put before the sitting and left the list again was not heard.
_NOT_HEARD = (CaseState.PROPOSED, CaseState.EXCLUDED, CaseState.CANCELLED)


def minutes_of(sitting: Sitting) -> dict[str, Any]:
    """Give what the minutes of a sitting say (at most 22 queries for any number of people)."""
    cases = cases_by_name(Case.objects.filter(pk__in=_heard(sitting)))
    book = case_book(cases)
    regime = regime_in(sitting.cycle)
    members = list(CommissionMember.objects.filter(cycle=sitting.cycle_id).order_by("order", "pk"))
    present = read_sitting(sitting).present
    there = [member for member in members if member.pk in present]
    # Before a sitting has begun nobody is absent either.
    away = [each for each in members if there and each not in there and each.role != CommissionRole.SECRETARY]
    quorum = quorum_of(present, [member_facts(member) for member in members], regime)
    return {
        **cycle_head(sitting.cycle, regime),
        "people": [case.employee_id for case in cases],
        "sitting": sitting_data(sitting),
        "recording": sitting.recording,
        "present": commission_data(there),
        "absent": commission_data(away),
        "quorum": {"size": quorum.size, "needed": quorum.needed, "present": quorum.present},
        "signers": signers_of(there, members, sitting),
        "hearings": [hearing_data(case, book, missed_at=sitting.pk) for case in cases],
        "warnings": warnings_data(sitting.warnings, regime),
        "sheets": EvaluationSheet.objects.filter(case__in=[case.pk for case in cases], case__sitting=sitting).count(),
        "signed_on": sitting.minutes_signed_on.isoformat() if sitting.minutes_signed_on else None,
    }


def _heard(sitting: Sitting) -> list[int]:
    """Give the cases of a sitting, with those that were postponed because the person missed it."""
    rows = Case.objects.filter(Q(sitting=sitting) | Q(missed__sitting=sitting)).exclude(state__in=_NOT_HEARD)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())
