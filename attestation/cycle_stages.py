"""How far a cycle has come, stage by stage, and what waits for whom. Pure: no framework, no clock.

The stages stand in the order of the procedure. The first that is not done is the one that the cycle is in; what the
order should have found done and did not is shown as in progress beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from attestation.commission import commission_faults
from attestation.cycle_facts import (
    CaseFacts,
    CaseState,
    CycleFacts,
    CycleState,
    SittingFacts,
    SittingState,
)
from attestation.moves import Actor, Move, Task
from attestation.needs import ready_faults
from attestation.regimes import Regime

#: Cases that nothing more is done with, and those that the commission has decided.
LEFT_OUT = (CaseState.EXCLUDED, CaseState.CANCELLED)
DECIDED = (CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED)


class StageCode(StrEnum):
    """The stages of a cycle."""

    LIST = "list"
    COMMISSION = "commission"
    SCHEDULE = "schedule"
    ORDER = "order"
    PREPARATION = "preparation"
    SITTINGS = "sittings"
    RESULTS = "results"
    CLOSED = "closed"


class Standing(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    CURRENT = "current"
    LATER = "later"


#: What is to be done in a stage, by which its days are found among the moves.
_TASKS: Mapping[StageCode, tuple[Task, ...]] = {
    StageCode.LIST: (Task.COMPLETE_RULES, Task.PREPARE_LIST),
    StageCode.COMMISSION: (Task.NAME_COMMISSION,),
    StageCode.SCHEDULE: (Task.PLAN_SITTING,),
    StageCode.ORDER: (Task.SIGN_ORDER,),
    StageCode.PREPARATION: (
        Task.NOTIFY,
        Task.REQUEST_CHARACTERISTIC,
        Task.HAND_IN_CHARACTERISTIC,
        Task.ACQUAINT,
        Task.TEST,
    ),
    StageCode.SITTINGS: (
        Task.OPEN_SITTING,
        Task.VOTE,
        Task.DECIDE,
        Task.DECIDE_BY_ABSENCE,
        Task.CLOSE_SITTING,
        Task.SIGN_MINUTES,
    ),
    StageCode.RESULTS: (
        Task.APPROVE,
        Task.ACQUAINT_WITH_SHEET,
        Task.ISSUE_CERTIFICATE,
        Task.PLAN_REPEAT,
        Task.CLOSE_CASE,
    ),
    StageCode.CLOSED: (Task.CLOSE_CYCLE,),
}
_OF_SITTINGS = (Task.OPEN_SITTING, Task.CLOSE_SITTING, Task.SIGN_MINUTES)
_BEFORE_ORDER = (StageCode.LIST, StageCode.COMMISSION, StageCode.SCHEDULE)
#: Whose stage it is where no move says so.
_ACTORS: Mapping[StageCode, Actor] = {
    StageCode.LIST: Actor.HR,
    StageCode.COMMISSION: Actor.HR,
    StageCode.SCHEDULE: Actor.SECRETARY,
    StageCode.ORDER: Actor.HEAD,
    StageCode.PREPARATION: Actor.HR,
    StageCode.SITTINGS: Actor.COMMISSION,
    StageCode.RESULTS: Actor.HR,
    StageCode.CLOSED: Actor.HR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Moves of one kind taken together: how many wait, the nearest last day, how many are late."""

    actor: Actor
    task: Task
    count: int = 1
    until: date | None = None
    not_before: date | None = None
    rule: str = ""
    late: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage: where it stands, how much of it is done, whose move it is and until when."""

    code: StageCode
    standing: Standing
    actor: Actor
    done: int | None = None
    total: int | None = None
    until: date | None = None
    overdue: bool = False


def plannable(state: str) -> bool:
    """Tell whether people can be put before a sitting in this state."""
    return state in (SittingState.PLANNED, SittingState.OPEN)


def waiting(found: Iterable[Move]) -> list[Waiting]:
    """Take moves of one kind together, those with the nearest last day first and what need not be done last."""
    grouped: dict[tuple[Actor, Task], Waiting] = {}
    for move in found:
        key = (move.actor, move.action)
        grouped[key] = _joined(grouped[key], move) if key in grouped else _alone(move)
    order = {each: index for index, each in enumerate(Task)}
    return sorted(grouped.values(), key=lambda each: (each.optional, each.until or date.max, order[each.task]))


def once_for_a_sitting(found: Iterable[tuple[int | None, Move]]) -> Iterator[Move]:
    """Give the moves of cases with their sittings; what is done with a sitting as a whole is given once for it."""
    seen = set()
    for sitting, move in found:
        if move.action in _OF_SITTINGS:
            if (sitting, move.action) in seen:
                continue
            seen.add((sitting, move.action))
        yield move


def _alone(move: Move) -> Waiting:
    return Waiting(
        actor=move.actor,
        task=move.action,
        until=move.until,
        not_before=move.not_before,
        rule=move.rule,
        late=int(move.overdue),
        optional=move.optional,
    )


def _joined(before: Waiting, move: Move) -> Waiting:
    days = [day for day in (before.until, move.until) if day is not None]
    earliest = [day for day in (before.not_before, move.not_before) if day is not None]
    return replace(
        before,
        count=before.count + 1,
        until=min(days, default=None),
        not_before=min(earliest, default=None),
        late=before.late + move.overdue,
        optional=before.optional and move.optional,
    )


def stages(
    cycle: CycleFacts,
    cases: Sequence[CaseFacts],
    sittings: Sequence[SittingFacts],
    regime: Regime,
    found: Sequence[Waiting],
) -> tuple[Stage, ...]:
    """Tell how far a cycle has come; `found` is what waits in it, which gives whose move it is and until when."""
    counts = _counts(cycle, cases, sittings, regime)
    told = []
    goes_on = cycle.state not in (CycleState.CLOSED, CycleState.CANCELLED)
    current, ordered = goes_on, cycle.order_on is not None
    for code in StageCode:
        is_done, done, total = counts[code]
        belated = goes_on and ordered and code in _BEFORE_ORDER
        standing = Standing.DONE if is_done else Standing.CURRENT if current or belated else Standing.LATER
        current = current and (is_done or belated)
        here = None
        if standing != Standing.DONE:
            here = next((each for each in found if each.task in _TASKS[code] and not each.optional), None)
        told.append(
            Stage(
                code=code,
                standing=standing,
                actor=here.actor if here else _ACTORS[code],
                done=done,
                total=total,
                until=here.until if here else None,
                overdue=bool(here and here.late),
            )
        )
    return tuple(told)


_Count = tuple[bool, int | None, int | None]


def _counts(
    cycle: CycleFacts, cases: Sequence[CaseFacts], sittings: Sequence[SittingFacts], regime: Regime
) -> dict[StageCode, _Count]:
    """Say for every stage whether it is done, and how much of how much."""
    live = [case for case in cases if case.state not in LEFT_OUT]
    held = [sitting for sitting in sittings if sitting.state != SittingState.CANCELLED]
    planned = {sitting.key for sitting in held}
    total = len(live)
    ordered = cycle.order_on is not None
    placed = sum(case.sitting in planned or case.state in DECIDED for case in live)
    ready = sum(case.state in DECIDED or (ordered and not ready_faults(case, regime)) for case in live)
    decided = sum(case.state in DECIDED for case in live)
    finished = sum(case.state == CaseState.CLOSED for case in live)
    signed = all(sitting.state == SittingState.SIGNED for sitting in held)

    def whole(number: int) -> bool:
        return bool(total) and number == total

    return {
        StageCode.LIST: (ordered or bool(live), total, None),
        StageCode.COMMISSION: (not commission_faults(cycle.members, regime), len(cycle.members), None),
        StageCode.SCHEDULE: (whole(placed), placed, total),
        StageCode.ORDER: (ordered, None, None),
        StageCode.PREPARATION: (ordered and whole(ready), ready, total),
        StageCode.SITTINGS: (ordered and whole(decided) and signed, decided, total),
        StageCode.RESULTS: (ordered and whole(finished), finished, total),
        StageCode.CLOSED: (cycle.state == CycleState.CLOSED, None, None),
    }
