"""Whose move it is in a case, by when, and by which rule. Pure: no framework, no clock.

The moves of a case stand in the order of the procedure; what an employee may do but need not is marked as optional and
is never overdue. A rule that the act leaves open gives no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from attestation.commission import commission_faults, voters
from attestation.consequences import consequence_at
from attestation.cycle_facts import (
    CaseFacts,
    CaseState,
    CategoryDecision,
    CycleFacts,
    CycleState,
    Decision,
    IsWorking,
    Kind,
    SittingFacts,
    SittingState,
    Step,
    settled,
)
from attestation.deadlines import earliest_repeat, first_day, timetable
from attestation.needs import characteristic_rule
from attestation.regimes import Regime


class Actor(StrEnum):
    """Who moves."""

    HR = "hr"
    SECRETARY = "secretary"
    SUPERIOR = "superior"
    EMPLOYEE = "employee"
    COMMISSION = "commission"
    CHAIR = "chair"
    HEAD = "head"


class Task(StrEnum):
    """What is to be done."""

    COMPLETE_RULES = "complete_rules"
    NAME_COMMISSION = "name_commission"
    PREPARE_LIST = "prepare_list"
    SIGN_ORDER = "sign_order"
    NOTIFY = "notify"
    REQUEST_CHARACTERISTIC = "request_characteristic"
    HAND_IN_CHARACTERISTIC = "hand_in_characteristic"
    ACQUAINT = "acquaint"
    OBJECT = "object"
    APPLY = "apply"
    TEST = "test"
    PLAN_SITTING = "plan_sitting"
    OPEN_SITTING = "open_sitting"
    VOTE = "vote"
    DECIDE = "decide"
    DECIDE_BY_ABSENCE = "decide_by_absence"
    CLOSE_SITTING = "close_sitting"
    SIGN_MINUTES = "sign_minutes"
    APPROVE = "approve"
    ACQUAINT_WITH_SHEET = "acquaint_with_sheet"
    ISSUE_CERTIFICATE = "issue_certificate"
    PLAN_REPEAT = "plan_repeat"
    CLOSE_CASE = "close_case"
    CLOSE_CYCLE = "close_cycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Somebody's move: until its last day, which is itself in time, and not before `not_before`."""

    actor: Actor
    action: Task
    until: date | None = None
    rule: str = ""
    overdue: bool = False
    not_before: date | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Situation:
    """All that the moves of a case depend on."""

    case: CaseFacts
    sitting: SittingFacts | None
    cycle: CycleFacts
    regime: Regime
    is_working: IsWorking
    on: date

    def move(self, actor: Actor, action: Task, until: date | None = None, rule: str = "") -> Move:
        overdue = until is not None and self.on > until
        return Move(actor=actor, action=action, until=until, rule=rule, overdue=overdue)

    def by(self, step: Step, actor: Actor, action: Task) -> Move:
        """Give a move with the deadline of a step; the rule is named where there is one."""
        for each in timetable(self.case, self.sitting, self.cycle, self.regime, self.is_working):
            if each.code == step:
                return self.move(actor, action, each.until, each.rule if each.until else "")
        raise KeyError(step)

    @property
    def missed(self) -> bool:
        return self.sitting is not None and self.case.missed_at(self.sitting.key)


def moves(
    case: CaseFacts,
    sitting: SittingFacts | None,
    cycle: CycleFacts,
    regime: Regime,
    is_working: IsWorking,
    *,
    on: date,
) -> list[Move]:
    """Tell whose moves they are in a case on a day; `sitting` is the one the case was put before."""
    if sitting is not None and (sitting.key != case.sitting or sitting.state == SittingState.CANCELLED):
        sitting = None
    told = _Situation(case, sitting, cycle, regime, is_working, on)
    if case.state in (CaseState.EXCLUDED, CaseState.CANCELLED) or cycle.state == CycleState.CANCELLED:
        return []
    if case.state == CaseState.PROPOSED:
        return list(_draft(told))
    if case.state == CaseState.LISTED:
        return [*_preparation(told), *_hearing(told)]
    return [*_afterwards(told), *_repeating(told)]


def _draft(told: _Situation) -> Iterator[Move]:
    """Before the order the list, the schedule and the commission are prepared; the notices wait for it."""
    if told.cycle.state == CycleState.DRAFT:
        yield from _before_order(told.cycle, told.regime, told)
    else:
        yield told.move(Actor.HR, Task.PREPARE_LIST)
    yield from _application(told)


def _before_order(cycle: CycleFacts, regime: Regime, told: _Situation) -> Iterator[Move]:
    for parameter in regime.open_rules[:1]:
        yield told.move(Actor.HR, Task.COMPLETE_RULES, rule=parameter.name)
    if commission_faults(cycle.members, regime):
        yield told.move(Actor.HR, Task.NAME_COMMISSION, rule=settled(regime, "least_members"))
    yield told.by(Step.NOTICE, Actor.HEAD, Task.SIGN_ORDER)


def _preparation(told: _Situation) -> Iterator[Move]:
    case, regime = told.case, told.regime
    if case.notified_on is None:
        yield told.by(Step.NOTICE, Actor.HR, Task.NOTIFY)
    if case.characteristic_on is None:
        step = Step.CHARACTERISTIC
        if characteristic_rule(regime) == "acquaintance_days_before":
            step = Step.ACQUAINTANCE
        if case.characteristic_requested_on is None:
            yield told.by(step, Actor.HR, Task.REQUEST_CHARACTERISTIC)
        else:
            yield told.by(step, Actor.SUPERIOR, Task.HAND_IN_CHARACTERISTIC)
    elif case.acquainted_on is None:
        yield told.by(Step.ACQUAINTANCE, Actor.HR, Task.ACQUAINT)
    elif case.objection_on is None and regime.value("objection_form") is not None:
        yield _may(Task.OBJECT, told.sitting.held_on if told.sitting else None, "objection_form")
    if regime.yes("testing") and case.tested_on is None:
        yield told.move(Actor.HR, Task.TEST, told.sitting.held_on if told.sitting else None, "testing")
    yield from _application(told)


def _application(told: _Situation) -> Iterator[Move]:
    """An application for a category, where the act asks for one, is the employee's own affair."""
    rule = "application_needed_for_category"
    if told.case.has_categories and told.case.applied_on is None and told.regime.yes(rule):
        yield _may(Task.APPLY, told.sitting.held_on if told.sitting else None, rule)
    elif told.case.kind == Kind.EARLY and told.case.applied_on is None and told.regime.yes("early_on_application"):
        yield told.move(Actor.EMPLOYEE, Task.APPLY, rule="early_on_application")


def _may(action: Task, until: date | None, rule: str) -> Move:
    return Move(actor=Actor.EMPLOYEE, action=action, until=until, rule=rule, optional=True)


def _hearing(told: _Situation) -> Iterator[Move]:
    case, sitting, regime = told.case, told.sitting, told.regime
    if sitting is None or (told.missed and sitting.state != SittingState.OPEN):
        yield _planning(told)
    elif sitting.state == SittingState.PLANNED:
        yield told.move(Actor.SECRETARY, Task.OPEN_SITTING, sitting.held_on)
    elif sitting.state == SittingState.OPEN and told.missed:
        follows = consequence_at(case, sitting.key, regime)
        if follows is not None and follows.decides:
            yield told.move(Actor.COMMISSION, Task.DECIDE_BY_ABSENCE, rule=follows.rule)
        else:
            yield _planning(told)
    elif sitting.state == SittingState.OPEN:
        voted = {vote.member for vote in case.votes}
        expected = {each.key for each in voters(told.cycle.members, sitting.present, case.employee, regime)}
        if expected - voted or not voted:
            yield told.move(Actor.COMMISSION, Task.VOTE, sitting.held_on)
        else:
            yield told.move(Actor.CHAIR, Task.DECIDE, sitting.held_on)
    else:
        yield _planning(told)


def _planning(told: _Situation) -> Move:
    """The secretary puts the case before a sitting: from the first day on, and before the attestation is overdue."""
    planned = told.by(Step.ATTESTATION, Actor.SECRETARY, Task.PLAN_SITTING)
    repeats = told.case.kind == Kind.REPEATED
    return replace(
        planned,
        rule=settled(told.regime, "repeat_after_months") if repeats else planned.rule,
        not_before=first_day(told.case, None, told.cycle, told.regime),
    )


def _afterwards(told: _Situation) -> Iterator[Move]:
    """Minutes, approval, acquaintance with the sheet, closing; a closed case may still wait for its certificate."""
    case, sitting, regime = told.case, told.sitting, told.regime
    if case.state == CaseState.DECIDED and sitting is not None and sitting.state == SittingState.OPEN:
        yield told.move(Actor.SECRETARY, Task.CLOSE_SITTING, sitting.held_on)
    elif case.state == CaseState.DECIDED and (sitting is None or sitting.state != SittingState.SIGNED):
        yield told.by(Step.MINUTES, Actor.COMMISSION, Task.SIGN_MINUTES)
    elif case.state == CaseState.DECIDED and regime.yes("approval_by_head"):
        yield told.by(Step.APPROVAL, Actor.HEAD, Task.APPROVE)
    elif case.state != CaseState.CLOSED and not (case.result_acquainted_on or case.refusal_on):
        yield told.move(Actor.HR, Task.ACQUAINT_WITH_SHEET)
    else:
        yield from _last(told)


def _last(told: _Situation) -> Iterator[Move]:
    case = told.case
    established = case.category_decision == CategoryDecision.ESTABLISHED
    if established and told.regime.yes("certificate_issued") and not case.certificate_issued:
        yield told.move(Actor.HR, Task.ISSUE_CERTIFICATE, rule="certificate_issued")
    if case.state != CaseState.CLOSED:
        yield told.move(Actor.HR, Task.CLOSE_CASE)


def _repeating(told: _Situation) -> Iterator[Move]:
    """A decision to repeat asks for the repeated attestation, once the minutes are signed."""
    case, sitting = told.case, told.sitting
    signed = sitting is not None and sitting.state == SittingState.SIGNED
    if case.decision != Decision.REPEATED or case.has_repeat or not (signed or case.state == CaseState.CLOSED):
        return
    rule = settled(told.regime, "repeat_after_months")
    earliest = case.repeat_from or (earliest_repeat(case.decided_on, told.regime) if case.decided_on else None)
    yield Move(actor=Actor.HR, action=Task.PLAN_REPEAT, rule=rule, not_before=earliest)


def cycle_moves(
    cycle: CycleFacts,
    cases: Sequence[CaseFacts],
    sittings: Sequence[SittingFacts],
    regime: Regime,
    is_working: IsWorking,
    *,
    on: date,
) -> list[Move]:
    """Tell whose moves they are in a cycle as a whole on a day: before the order, at the minutes, and at the end."""
    told = _Situation(CaseFacts(), None, cycle, regime, is_working, on)
    if cycle.state == CycleState.DRAFT:
        listed = any(case.state == CaseState.PROPOSED for case in cases)
        prepare = () if listed else (told.move(Actor.HR, Task.PREPARE_LIST),)
        return [*prepare, *_before_order(cycle, regime, told)]
    if cycle.state != CycleState.APPROVED:
        return []
    found = []
    for sitting in sittings:
        here = _Situation(CaseFacts(sitting=sitting.key), sitting, cycle, regime, is_working, on)
        if sitting.state == SittingState.HELD:
            found.append(here.by(Step.MINUTES, Actor.COMMISSION, Task.SIGN_MINUTES))
    ended = (CaseState.CLOSED, CaseState.CANCELLED, CaseState.EXCLUDED)
    if all(case.state in ended for case in cases) and not found:
        found.append(told.move(Actor.HR, Task.CLOSE_CYCLE))
    return found
