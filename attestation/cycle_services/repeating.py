"""Repeated attestations, and cancelling: of a case on a breach of the rules, or of a whole cycle."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from attestation.codes import CaseState, SittingState
from attestation.cycle import (
    CaseAction,
    CycleAction,
    CycleState,
    Kind,
    Lack,
    Refusal,
    case_after,
    check_case_move,
    check_cycle_move,
)
from attestation.cycle_rows import read_case, read_rules
from attestation.cycle_services.awarding import unsettle
from attestation.cycle_services.editing import (
    case_taken,
    cycle_held,
    cycle_taken,
    kept,
    list_grown,
    not_before,
    require,
)
from attestation.models import Case, Cycle, Sitting
from employees.models import User

_OPEN_CYCLES = (CycleState.DRAFT, CycleState.APPROVED)
_DECIDED = (CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED)
#: What is known of the person goes with her into the repeated attestation.
_KEPT = (
    *("academic_degree", "civil_service_length", "sanctions", "near_pension"),
    *("requested_level", "requested_category", "applied_on"),
)


@transaction.atomic
def case_repeat(*, case: Case, version: int, cycle: Cycle | None = None, user: User, on: date) -> Case:
    """Open the repeated attestation of a case, in its own cycle or in another one; gives the new case.

    No sitting hears it before the first one's `repeat_from`. In a cycle that is approved already it is in the list at
    once: the commission's decision is its ground. Raises Refusal.
    """
    target = _target(case, cycle, user)
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    check_case_move(CaseAction.PLAN_REPEAT, read_case(found), cycle=rules.cycle, regime=rules.regime)
    kept(found, user=user, reason="repeat")
    return _opened(found, target, kind=Kind.REPEATED, repeats=found, user=user)


def _target(case: Case, cycle: Cycle | None, user: User) -> Cycle:
    """Hold the cycle into which a case goes once more; it is one that goes on, of the same organisation."""
    require(user, case.cycle, "prepare")
    held = {number: cycle_held(number) for number in sorted({case.cycle_id, *([cycle.pk] if cycle else [])})}
    target = held[cycle.pk if cycle else case.cycle_id]
    if target.organisation_id != case.cycle.organisation_id or target.state not in _OPEN_CYCLES:
        raise Refusal(Lack.CYCLE_NOT_APPROVED)
    return target


def _opened(case: Case, cycle: Cycle, *, kind: str, repeats: Case | None, user: User) -> Case:
    listed = cycle.state == CycleState.APPROVED
    new = Case(
        cycle=cycle,
        employee=case.employee,
        kind=kind,
        repeats=repeats,
        state=CaseState.LISTED if listed else CaseState.PROPOSED,
        position=case.employee.position,
        due_on=case.due_on,
        **{name: getattr(case, name) for name in _KEPT},
    )
    list_grown(cycle.pk)
    return kept(new, user=user, reason="repeat")


@transaction.atomic
def case_cancel(*, case: Case, version: int, reason: str, cycle: Cycle | None = None, user: User, on: date) -> Case:
    """Cancel a case because the procedure was broken; what it put on record counts no longer, and it is heard anew.

    The head cancels what was decided. What repeats the case falls with it. The new case stands in `cycle`, else in the
    same one while it goes on; with neither, none is opened, and the person is due again by her records. Raises Refusal
    without a reason.
    """
    decided = case.state in _DECIDED
    require(user, case.cycle, *(("approve",) if decided else ("approve", "prepare")))
    if not reason.strip():
        raise Refusal(Lack.REASON_MISSING)
    target = _open_one(case, cycle)
    list_grown(case.cycle_id)
    found = case_taken(case, version)
    for repeated in Case.objects.filter(repeats=found).exclude(state=CaseState.CANCELLED).order_by("pk"):
        _cancelled(case_taken(repeated, repeated.version), reason.strip(), user, on)
    _cancelled(found, reason.strip(), user, on)
    if decided and target is not None:
        _opened(found, target, kind=found.kind, repeats=found.repeats or found, user=user)
    return found


def _open_one(case: Case, cycle: Cycle | None) -> Cycle | None:
    """Hold the cycle in which a cancelled case is heard anew; none where there is none that goes on."""
    numbers = {case.cycle_id, *([cycle.pk] if cycle else [])}
    held = {number: cycle_held(number) for number in sorted(numbers)}
    if cycle is not None and held[cycle.pk].organisation_id != case.cycle.organisation_id:
        raise Refusal(Lack.CYCLE_NOT_APPROVED)
    order = [*([cycle.pk] if cycle else []), case.cycle_id]
    return next((held[number] for number in order if held[number].state in _OPEN_CYCLES), None)


def _cancelled(case: Case, reason: str, user: User, on: date) -> None:
    not_before(on, case.decided_on)
    case.state = case_after(case.state, CaseAction.CANCEL)
    case.cancelled_on, case.cancel_reason = on, reason
    kept(case, user=user, reason="cancel")
    if case.decided_on is not None:
        unsettle(case, user=user, on=on)


@transaction.atomic
def cycle_cancel(*, cycle: Cycle, version: int, reason: str, user: User, on: date) -> Cycle:
    """Cancel a whole cycle; what was decided in it counts no longer. Once the order is signed the head does it."""
    require(user, cycle, *(("approve", "prepare") if cycle.state == CycleState.DRAFT else ("approve",)))
    if not reason.strip():
        raise Refusal(Lack.REASON_MISSING)
    found = cycle_taken(cycle, version)
    rules = read_rules(found)
    found.state = check_cycle_move(CycleAction.CANCEL, rules.cycle, cases=(), sittings=(), regime=rules.regime)
    found.cancelled_on, found.cancel_reason = on, reason.strip()
    planned = Sitting.objects.select_for_update().filter(cycle=found).order_by("pk")
    for sitting in planned.filter(state__in=(SittingState.PLANNED, SittingState.OPEN)):
        sitting.state = SittingState.CANCELLED
        sitting.version += 1
        kept(sitting, user=user, reason="cancel")
    ended = (CaseState.CANCELLED, CaseState.EXCLUDED)
    rows = Case.objects.select_for_update(of=("self",)).filter(cycle=found).exclude(state__in=ended)
    for case in rows.select_related("employee").order_by("pk"):
        case.version += 1
        _cancelled(case, reason.strip(), user, on)
    return kept(found, user=user, reason="cancel")
