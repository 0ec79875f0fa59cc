"""What an action needs before it may be done. Pure: no framework, no clock.

Hard needs are those without which the papers would say what did not happen: a notice and a characteristic where the act
asks for them, a test, quorum and votes, signed minutes, the head's approval where the act asks for it, acquaintance
with the sheet or the act of refusal. Whatever was late, and acquaintance with the characteristic, which the employee
could otherwise hold up, only goes into the minutes (attestation.deadlines).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from attestation.commission import check_quorum, commission_faults, who_chairs
from attestation.consequences import consequence_at
from attestation.cycle_facts import (
    CaseFacts,
    CaseState,
    CycleFacts,
    CycleState,
    Decision,
    Kind,
    Lack,
    Refusal,
    SittingFacts,
    SittingState,
    settled,
)
from attestation.deadlines import check_repeat
from attestation.regimes import Regime
from attestation.transitions import (
    CaseAction,
    CycleAction,
    SittingAction,
    case_after,
    cycle_after,
    sitting_after,
)
from attestation.voting import check_votes

#: What may be done with a case outside a cycle that goes on.
_ANY_CYCLE = (CaseAction.PLAN_REPEAT, CaseAction.CANCEL)
#: What is done with a case while the list is being prepared, or added to.
_BEFORE_APPROVAL = (CaseAction.EXCLUDE, CaseAction.INCLUDE, CaseAction.LIST, CaseAction.APPLY)


def check_cycle_move(
    action: CycleAction,
    cycle: CycleFacts,
    *,
    cases: Sequence[CaseFacts],
    sittings: Sequence[SittingFacts],
    regime: Regime,
) -> CycleState:
    """Give the state of a cycle after an action, or refuse it by the first thing that is missing."""
    after = cycle_after(cycle.state, action)
    for fault in cycle_faults(action, cycle, cases=cases, sittings=sittings, regime=regime):
        raise fault
    return after


def check_case_move(
    action: CaseAction,
    case: CaseFacts,
    *,
    cycle: CycleFacts,
    regime: Regime,
    sitting: SittingFacts | None = None,
) -> CaseState:
    """Give the state of a case after an action, or refuse it by the first thing that is missing.

    `sitting` is the one that the case was put before; for putting it before one, that one.
    """
    after = case_after(case.state, action)
    for fault in case_faults(action, case, cycle=cycle, regime=regime, sitting=sitting):
        raise fault
    return after


def check_sitting_move(
    action: SittingAction, sitting: SittingFacts, *, cases: Sequence[CaseFacts], cycle: CycleFacts, regime: Regime
) -> SittingState:
    """Give the state of a sitting after an action, or refuse it by the first thing that is missing."""
    after = sitting_after(sitting.state, action)
    for fault in sitting_faults(action, sitting, cases=cases, cycle=cycle, regime=regime):
        raise fault
    return after


def cycle_faults(
    action: CycleAction,
    cycle: CycleFacts,
    *,
    cases: Sequence[CaseFacts],
    sittings: Sequence[SittingFacts],
    regime: Regime,
) -> tuple[Refusal, ...]:
    """Give everything that an action on a cycle still needs, for pages that name it all at once."""
    if action == CycleAction.APPROVE:
        return tuple(_faults_of_approval(cycle, cases, regime))
    if action == CycleAction.CLOSE:
        return tuple(_faults_of_closing(cases, sittings, regime))
    return ()


def _faults_of_approval(cycle: CycleFacts, cases: Sequence[CaseFacts], regime: Regime) -> Iterator[Refusal]:
    yield from (Refusal(Lack.RULE_OPEN, parameter.name) for parameter in regime.open_rules)
    yield from commission_faults(cycle.members, regime)
    proposed = [case for case in cases if case.state == CaseState.PROPOSED]
    if not proposed:
        yield Refusal(Lack.NOBODY_LISTED)
    for case in proposed:
        yield from _faults_of_listing(case, regime)
    if cycle.order_on is None:
        yield Refusal(Lack.NO_ORDER)


def _faults_of_closing(
    cases: Sequence[CaseFacts], sittings: Sequence[SittingFacts], regime: Regime
) -> Iterator[Refusal]:
    """Every case is closed, cancelled or was never in the list; every sitting is signed or cancelled; repeats exist."""
    ended = (CaseState.CLOSED, CaseState.CANCELLED, CaseState.EXCLUDED)
    going_on = sum(case.state not in ended for case in cases)
    if going_on:
        yield Refusal(Lack.CASE_NOT_CLOSED, found=going_on)
    unsigned = sum(sitting.state not in (SittingState.SIGNED, SittingState.CANCELLED) for sitting in sittings)
    if unsigned:
        yield Refusal(Lack.MINUTES_NOT_SIGNED, settled(regime, "minutes_working_days"), found=unsigned)
    unrepeated = sum(
        case.state == CaseState.CLOSED and case.decision == Decision.REPEATED and not case.has_repeat for case in cases
    )
    if unrepeated:
        yield Refusal(Lack.NO_REPEAT, settled(regime, "repeat_after_months"), found=unrepeated)


def sitting_faults(
    action: SittingAction, sitting: SittingFacts, *, cases: Sequence[CaseFacts], cycle: CycleFacts, regime: Regime
) -> tuple[Refusal, ...]:
    """Give everything that an action on a sitting still needs."""
    heard = [case for case in cases if case.sitting == sitting.key]
    if action == SittingAction.OPEN:
        return (
            *_cycle_goes_on(cycle),
            *_told(lambda: check_sitting_day(sitting.held_on, cycle, regime)),
            *led_with_quorum(sitting, cycle, regime),
        )
    if action == SittingAction.HOLD:
        left = sum(case.state == CaseState.LISTED and not case.missed_at(sitting.key) for case in heard)
        return (Refusal(Lack.CASE_UNDECIDED, found=left),) if left else ()
    if action == SittingAction.CANCEL:
        decided = sum(case.state == CaseState.DECIDED for case in heard)
        return (Refusal(Lack.CASE_DECIDED, found=decided),) if decided else ()
    return ()


def check_sitting_day(held_on: date, cycle: CycleFacts, regime: Regime) -> None:
    """Refuse a sitting before the first day of the attestation, from which the notices are counted back."""
    if held_on < cycle.starts_on:
        raise Refusal(Lack.BEFORE_START, settled(regime, "notice_months"), day=cycle.starts_on)


def led_with_quorum(sitting: SittingFacts, cycle: CycleFacts, regime: Regime) -> tuple[Refusal, ...]:
    """Give what a sitting lacks to be one: its quorum, and somebody to lead it."""
    return (
        *_told(lambda: check_quorum(sitting.present, cycle.members, regime)),
        *_told(lambda: who_chairs(cycle.members, sitting.present, sitting.acting_chair, regime)),
    )


def _told(check: Callable[[], object]) -> tuple[Refusal, ...]:
    """Give what a check refuses, instead of raising it."""
    try:
        check()
    except Refusal as refusal:
        return (refusal,)
    return ()


def _cycle_goes_on(cycle: CycleFacts) -> tuple[Refusal, ...]:
    return () if cycle.state == CycleState.APPROVED else (Refusal(Lack.CYCLE_NOT_APPROVED),)


def case_faults(
    action: CaseAction,
    case: CaseFacts,
    *,
    cycle: CycleFacts,
    regime: Regime,
    sitting: SittingFacts | None = None,
) -> tuple[Refusal, ...]:
    """Give everything that an action on a case still needs."""
    own: dict[str, Callable[[], Iterable[Refusal]]] = {
        CaseAction.LIST: lambda: _faults_of_listing(case, regime),
        CaseAction.ACQUAINT: lambda: _needs_characteristic(case),
        CaseAction.PUT_BEFORE: lambda: _faults_of_putting(case, sitting, cycle, regime),
        CaseAction.MISS: lambda: _at_open_sitting(case, sitting),
        CaseAction.VOTE: lambda: (*ready_faults(case, regime), *_heard_in_person(case, sitting)),
        CaseAction.DECIDE: lambda: _faults_of_deciding(case, sitting, cycle, regime),
        CaseAction.DECIDE_BY_ABSENCE: lambda: _faults_of_absence(case, sitting, cycle, regime),
        CaseAction.WITHDRAW_DECISION: lambda: _at_open_sitting(case, sitting),
        CaseAction.APPROVE: lambda: _minutes_signed(sitting, regime),
        CaseAction.ACQUAINT_WITH_SHEET: lambda: _final(case, sitting, regime),
        CaseAction.REFUSE_SHEET: lambda: _final(case, sitting, regime),
        CaseAction.PLAN_REPEAT: lambda: _faults_of_repeating(case, regime),
        CaseAction.CLOSE: lambda: (*_final(case, sitting, regime), *_acquainted(case)),
    }
    needs_cycle = action not in (*_ANY_CYCLE, *_BEFORE_APPROVAL)
    if action in _BEFORE_APPROVAL:
        needs_cycle = cycle.state not in (CycleState.DRAFT, CycleState.APPROVED)
    return (*(_cycle_goes_on(cycle) if needs_cycle else ()), *own.get(action, tuple)())


def _faults_of_listing(case: CaseFacts, regime: Regime) -> Iterator[Refusal]:
    """An early attestation is held on the employee's application, where the act knows one."""
    rule = "early_on_application"
    if case.kind != Kind.EARLY or regime.value(rule) is None:
        return
    if not regime.yes(rule):
        yield Refusal(Lack.EARLY_NOT_ALLOWED, rule)
    elif case.applied_on is None:
        yield Refusal(Lack.NO_APPLICATION, rule)


def ready_faults(case: CaseFacts, regime: Regime) -> tuple[Refusal, ...]:
    """Give what must have happened before a commission can hear a case; what an act leaves open is not asked for."""
    faults = []
    if case.notified_on is None and regime.value("notice_months") is not None:
        faults.append(Refusal(Lack.NOT_NOTIFIED, "notice_months"))
    rule = characteristic_rule(regime)
    if rule:
        faults += _needs_characteristic(case, rule)
    if regime.yes("testing") and case.tested_on is None:
        faults.append(Refusal(Lack.NOT_TESTED, "testing"))
    return tuple(faults)


def characteristic_rule(regime: Regime) -> str:
    """Give the rule by which a characteristic is needed: that of its own day, or of the acquaintance with it."""
    return settled(regime, "characteristic_days_before") or settled(regime, "acquaintance_days_before")


def _needs_characteristic(case: CaseFacts, rule: str = "") -> tuple[Refusal, ...]:
    return () if case.characteristic_on else (Refusal(Lack.NO_CHARACTERISTIC, rule),)


def _faults_of_putting(
    case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime
) -> Iterator[Refusal]:
    if sitting is None:
        yield Refusal(Lack.NO_SITTING)
        return
    if sitting.state not in (SittingState.PLANNED, SittingState.OPEN):
        yield Refusal(Lack.SITTING_NOT_OPEN)
    if case.missed_at(sitting.key):
        yield Refusal(Lack.EMPLOYEE_ABSENT)
    yield from _told(lambda: check_sitting_day(sitting.held_on, cycle, regime))
    yield from _in_time(case, sitting, regime)


def _in_time(case: CaseFacts, sitting: SittingFacts, regime: Regime) -> tuple[Refusal, ...]:
    first_on = case.first_on
    if case.kind != Kind.REPEATED or first_on is None:
        return ()
    return _told(lambda: check_repeat(sitting.held_on, first_on, regime))


def _at_open_sitting(case: CaseFacts, sitting: SittingFacts | None) -> tuple[Refusal, ...]:
    if sitting is None or case.sitting != sitting.key:
        return (Refusal(Lack.NO_SITTING),)
    if sitting.state == SittingState.SIGNED:
        return (Refusal(Lack.MINUTES_SIGNED),)
    return () if sitting.state == SittingState.OPEN else (Refusal(Lack.SITTING_NOT_OPEN),)


def _heard_in_person(case: CaseFacts, sitting: SittingFacts | None) -> tuple[Refusal, ...]:
    """The employee is heard in person at a sitting that is in progress."""
    absent = sitting is not None and case.missed_at(sitting.key)
    return (*_at_open_sitting(case, sitting), *((Refusal(Lack.EMPLOYEE_ABSENT),) if absent else ()))


def _faults_of_deciding(
    case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime
) -> Iterator[Refusal]:
    yield from ready_faults(case, regime)
    yield from _heard_in_person(case, sitting)
    if sitting is None:
        return
    yield from _in_time(case, sitting, regime)
    yield from led_with_quorum(sitting, cycle, regime)
    yield from _told(lambda: check_votes(cycle.members, sitting.present, case, regime))


def _faults_of_absence(
    case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime
) -> Iterator[Refusal]:
    """Nobody who was not notified can be blamed for not having come."""
    yield from (each for each in ready_faults(case, regime) if each.code is Lack.NOT_NOTIFIED)
    yield from _at_open_sitting(case, sitting)
    if sitting is None:
        return
    follows = consequence_at(case, sitting.key, regime)
    if follows is None or not follows.decides:
        yield Refusal(Lack.NO_CONSEQUENCE, follows.rule if follows else "")
    yield from led_with_quorum(sitting, cycle, regime)


def _minutes_signed(sitting: SittingFacts | None, regime: Regime) -> tuple[Refusal, ...]:
    if sitting is not None and sitting.state == SittingState.SIGNED:
        return ()
    return (Refusal(Lack.MINUTES_NOT_SIGNED, settled(regime, "minutes_working_days")),)


def _final(case: CaseFacts, sitting: SittingFacts | None, regime: Regime) -> tuple[Refusal, ...]:
    """The decision stands: its minutes are signed, and the head approved it where the act asks for that."""
    approved = case.state == CaseState.APPROVED or not regime.yes("approval_by_head")
    unapproved = () if approved else (Refusal(Lack.NOT_APPROVED, "approval_by_head"),)
    return (*_minutes_signed(sitting, regime), *unapproved)


def _acquainted(case: CaseFacts) -> tuple[Refusal, ...]:
    """The employee was acquainted with the sheet, or there is an act of refusal."""
    return () if case.result_acquainted_on or case.refusal_on else (Refusal(Lack.NOT_ACQUAINTED),)


def _faults_of_repeating(case: CaseFacts, regime: Regime) -> Iterator[Refusal]:
    if case.decision != Decision.REPEATED:
        yield Refusal(Lack.NOT_REPEATED, settled(regime, "repeat_after_months"))
    elif case.has_repeat:
        yield Refusal(Lack.REPEATED_ALREADY)
