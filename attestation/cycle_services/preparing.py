"""Notices, service characteristics and what else precedes a sitting; `on` is the day on which it happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from attestation.codes import CaseState
from attestation.cycle import CaseAction, Lack, Refusal, check_case_move
from attestation.cycle_access import may_hand_in
from attestation.cycle_rows import read_case, read_rules
from attestation.cycle_services.editing import case_taken, kept, not_before, require
from attestation.cycle_services.refusals import NotYourPartError, StaleCycleError
from attestation.models import Case, Cycle
from employees.models import User


def _taken(case: Case, version: int, action: CaseAction) -> Case:
    """Take a case with which this may be done now (7 queries). Raises StaleCycleError, Refusal."""
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    check_case_move(action, read_case(found), cycle=rules.cycle, regime=rules.regime)
    return found


def _many(cycle: Cycle, cases: Mapping[int, int]) -> list[Case]:
    """Give cases of a cycle by their numbers, in one order for everybody. Raises StaleCycleError if one is gone."""
    rows = list(Case.objects.filter(cycle=cycle, pk__in=cases).select_related("cycle__organisation").order_by("pk"))
    if len(rows) != len(cases):
        raise StaleCycleError
    return rows


@transaction.atomic
def case_notify(*, case: Case, version: int, proof: str, user: User, on: date) -> Case:
    """Note that the notice reached the employee on the day, and what proves it."""
    require(user, case.cycle, "prepare")
    found = _taken(case, version, CaseAction.NOTIFY)
    found.notified_on, found.notice_proof = on, proof
    return kept(found, user=user, reason="notify")


@transaction.atomic
def cases_notify(*, cycle: Cycle, cases: Mapping[int, int], proof: str, user: User, on: date) -> list[Case]:
    """Note it for many cases at once, each by its number with the version seen; all or none."""
    return [
        case_notify(case=case, version=cases[case.pk], proof=proof, user=user, on=on) for case in _many(cycle, cases)
    ]


@transaction.atomic
def characteristic_request(*, case: Case, version: int, user: User, on: date) -> Case:
    """Note that the service characteristic was asked for."""
    require(user, case.cycle, "prepare")
    found = _taken(case, version, CaseAction.REQUEST_CHARACTERISTIC)
    found.characteristic_requested_on = on
    return kept(found, user=user, reason="request")


@transaction.atomic
def characteristics_request(*, cycle: Cycle, cases: Mapping[int, int], user: User, on: date) -> list[Case]:
    """Note it for many cases at once, each by its number with the version seen; all or none."""
    return [characteristic_request(case=case, version=cases[case.pk], user=user, on=on) for case in _many(cycle, cases)]


@transaction.atomic
def characteristic_hand_in(
    *, case: Case, version: int, text: str, assessment: str, author: str, user: User, on: date
) -> Case:
    """Take the service characteristic, from the secretary or from the head of the employee's unit.

    Another text has to be shown to the employee anew. Raises Refusal, NotYourPartError.
    """
    if not may_hand_in(user, case):
        raise NotYourPartError
    if not text.strip():
        raise Refusal(Lack.NO_CHARACTERISTIC)
    found = _taken(case, version, CaseAction.HAND_IN_CHARACTERISTIC)
    told = (text.strip(), assessment.strip())
    if told != (found.characteristic, found.characteristic_assessment):
        found.acquainted_on = None
    found.characteristic, found.characteristic_assessment = told
    found.characteristic_author, found.characteristic_on = author.strip(), on
    return kept(found, user=user, reason="characteristic")


@transaction.atomic
def case_acquaint(*, case: Case, version: int, user: User, on: date) -> Case:
    """Note that the employee has read the characteristic."""
    require(user, case.cycle, "prepare")
    found = _taken(case, version, CaseAction.ACQUAINT)
    not_before(on, found.characteristic_on)
    found.acquainted_on = on
    return kept(found, user=user, reason="acquaint")


@transaction.atomic
def case_object(*, case: Case, version: int, words: str, user: User, on: date) -> Case:
    """Take what the employee says against the characteristic; no words take it back."""
    require(user, case.cycle, "keep_minutes")
    found = _taken(case, version, CaseAction.OBJECT)
    found.objection, found.objection_on = words.strip(), on if words.strip() else None
    return kept(found, user=user, reason="object")


@transaction.atomic
def case_test(*, case: Case, version: int, passed: bool, score: Decimal | None = None, user: User, on: date) -> Case:
    """Note the result of the test."""
    require(user, case.cycle, "prepare")
    found = _taken(case, version, CaseAction.TEST)
    found.tested_on, found.test_passed, found.test_score = on, passed, score
    return kept(found, user=user, reason="test")


@transaction.atomic
def case_particulars(
    *,
    case: Case,
    version: int,
    academic_degree: str,
    sanctions: str,
    civil_service_length: str,
    near_pension: bool | None,
    user: User,
    on: date,
) -> Case:
    """Note what the attestation sheet asks for beside the records."""
    require(user, case.cycle, "prepare", "keep_minutes")
    found = case_taken(case, version)
    if found.state not in (CaseState.PROPOSED, CaseState.LISTED, CaseState.DECIDED):
        raise Refusal(Lack.WRONG_STATE)
    found.academic_degree, found.sanctions = academic_degree.strip(), sanctions.strip()
    found.civil_service_length, found.near_pension = civil_service_length.strip(), near_pension
    return kept(found, user=user, reason="particulars")
