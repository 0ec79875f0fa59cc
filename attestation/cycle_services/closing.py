"""Approval of decisions by the head, acquaintance with the sheets, and the end of a cycle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from attestation.codes import PaperKind
from attestation.cycle import (
    CaseAction,
    CycleAction,
    Lack,
    Missed,
    Refusal,
    Step,
    approval_due,
    check_case_move,
    check_cycle_move,
)
from attestation.cycle_rows import CycleRules, read_case, read_cases, read_rules, read_sitting, read_sittings
from attestation.cycle_services.awarding import settle
from attestation.cycle_services.editing import (
    case_taken,
    cycle_held,
    cycle_taken,
    kept,
    missed_data,
    not_before,
    require,
    with_warnings,
)
from attestation.cycle_services.numbering import order_of_cycle
from attestation.cycle_services.refusals import StaleCycleError
from attestation.models import Case, Cycle, Sitting
from attestation.working_days import is_working_day
from employees.models import User


@transaction.atomic
def case_approve(*, case: Case, version: int, head_decision: str = "", user: User, on: date) -> Case:
    """Approve a decision: the award and the attestation go on record with it. Raises Refusal, NotYourPartError."""
    return cases_approve(cycle=case.cycle, cases={case.pk: version}, head_decision=head_decision, user=user, on=on)[0]


@transaction.atomic
def cases_approve(
    *, cycle: Cycle, cases: Mapping[int, int], head_decision: str = "", user: User, on: date
) -> list[Case]:
    """Approve many decisions at once, each case by its number with the version seen; all or none.

    The awards and attestations go on record with the number of the order on the results: the first day on which
    something is approved in a cycle gives that order its number, a later day an order of its own.
    """
    require(user, cycle, "approve")
    found = cycle_held(cycle.pk)
    rules = read_rules(found)
    rows = list(Case.objects.filter(cycle=found, pk__in=cases).order_by("pk"))
    if len(rows) != len(cases) or not rows:
        raise StaleCycleError
    approved = [_approved(case, cases[case.pk], head_decision.strip(), rules, on) for case in rows]
    first = found.results_order_on is None
    number = _results_order(found, on=on, user=user)
    if first:
        kept(found, user=user, reason="results")
    settle(approved, rules.regime, order_number=number, user=user)
    return [kept(case, user=user, reason="approve") for case in approved]


def _approved(case: Case, version: int, head_decision: str, rules: CycleRules, on: date) -> Case:
    found = case_taken(case, version)
    facts = read_sitting(found.sitting) if found.sitting else None
    found.state = check_case_move(
        CaseAction.APPROVE, read_case(found), cycle=rules.cycle, regime=rules.regime, sitting=facts
    )
    signed_on = facts.minutes_signed_on if facts else None
    not_before(on, signed_on)
    found.approved_on, found.head_decision = on, head_decision
    until = approval_due(signed_on, rules.regime, is_working_day)
    if until is not None and on > until:
        late = Missed(code=Step.APPROVAL, rule="approval_working_days", deadline=until, happened=on)
        found.warnings = with_warnings(found.warnings, missed_data(late, rules.regime))
    return found


def _results_order(cycle: Cycle, *, on: date, user: User) -> str:
    """Give the number of the order on the results of a day; the first one is the cycle's, to be saved with it."""
    further = cycle.results_order_on is not None and cycle.results_order_on != on
    paper = order_of_cycle(cycle, PaperKind.RESULTS_ORDER, on=on, user=user, further=further)
    if cycle.results_order_on is None:
        cycle.results_order_on, cycle.results_order_number = on, str(paper.number)
    return str(paper.number)


@transaction.atomic
def result_acquaint(*, case: Case, version: int, user: User, on: date) -> Case:
    """Note that the person has read the attestation sheet; the case is closed with it. Raises Refusal."""
    found = _told(case, version, CaseAction.ACQUAINT_WITH_SHEET, user, on)
    found.result_acquainted_on = on
    return _closed(found, user)


@transaction.atomic
def result_refuse(*, case: Case, version: int, witnesses: str, user: User, on: date) -> Case:
    """Note that the person refused to read the attestation sheet, and who witnessed it; the case is closed with it."""
    if not witnesses.strip():
        raise Refusal(Lack.REASON_MISSING)
    found = _told(case, version, CaseAction.REFUSE_SHEET, user, on)
    found.refusal_on, found.refusal_witnesses = on, witnesses.strip()
    return _closed(found, user)


def _told(case: Case, version: int, action: CaseAction, user: User, on: date) -> Case:
    require(user, case.cycle, "keep_minutes")
    found = case_taken(case, version)
    _check(found, action)
    not_before(on, found.approved_on or (found.sitting.minutes_signed_on if found.sitting else None))
    return found


def _closed(case: Case, user: User) -> Case:
    case.state = _check(case, CaseAction.CLOSE)
    return kept(case, user=user, reason="close")


def _check(case: Case, action: CaseAction) -> str:
    rules = read_rules(case.cycle)
    facts = read_sitting(case.sitting) if case.sitting else None
    return check_case_move(action, read_case(case), cycle=rules.cycle, regime=rules.regime, sitting=facts)


@transaction.atomic
def cycle_close(*, cycle: Cycle, version: int, results_order_on: date, user: User, on: date) -> Cycle:
    """Close a cycle in which every case is finished, by the order on its results.

    Where approvals gave that order its number and day already, they stay. Raises Refusal.
    """
    require(user, cycle, "prepare")
    found = cycle_taken(cycle, version)
    rules = read_rules(found)
    cases = list(Case.objects.filter(cycle=found).order_by("pk"))
    sittings = list(Sitting.objects.filter(cycle=found).order_by("number"))
    found.state = check_cycle_move(
        CycleAction.CLOSE,
        rules.cycle,
        cases=list(read_cases(cases).values()),
        sittings=list(read_sittings(sittings).values()),
        regime=rules.regime,
    )
    found.closed_on = on
    if found.results_order_on is None:
        _results_order(found, on=results_order_on, user=user)
    return kept(found, user=user, reason="close")
