"""The way of one case, stage by stage: what happened when, what is to be done now, and by whom. Pure: no framework.

A stage that the rule-set does not know is left out; one that was passed over is shown as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from attestation.cycle import (
    CaseFacts,
    CaseState,
    CycleFacts,
    Move,
    SittingFacts,
    SittingState,
    Task,
    characteristic_rule,
)
from attestation.regimes import Regime


class Stage(StrEnum):
    """A stage of a case."""

    LIST = "list"
    NOTICE = "notice"
    CHARACTERISTIC = "characteristic"
    ACQUAINTANCE = "acquaintance"
    TEST = "test"
    SITTING = "sitting"
    DECISION = "decision"
    MINUTES = "minutes"
    APPROVAL = "approval"
    RESULT = "result"
    END = "end"


class Standing(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    TO_COME = "to_come"
    PASSED_OVER = "passed_over"


_TASKS: dict[Stage, tuple[Task, ...]] = {
    Stage.LIST: (Task.COMPLETE_RULES, Task.NAME_COMMISSION, Task.PREPARE_LIST, Task.SIGN_ORDER),
    Stage.NOTICE: (Task.NOTIFY,),
    Stage.CHARACTERISTIC: (Task.REQUEST_CHARACTERISTIC, Task.HAND_IN_CHARACTERISTIC),
    Stage.ACQUAINTANCE: (Task.ACQUAINT,),
    Stage.TEST: (Task.TEST,),
    Stage.SITTING: (Task.PLAN_SITTING, Task.OPEN_SITTING),
    Stage.DECISION: (Task.VOTE, Task.DECIDE, Task.DECIDE_BY_ABSENCE),
    Stage.MINUTES: (Task.CLOSE_SITTING, Task.SIGN_MINUTES),
    Stage.APPROVAL: (Task.APPROVE,),
    Stage.RESULT: (Task.ACQUAINT_WITH_SHEET,),
    Stage.END: (Task.ISSUE_CERTIFICATE, Task.PLAN_REPEAT, Task.CLOSE_CASE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage as it stands: the day on which it happened, or the moves that are to be made now."""

    stage: Stage
    standing: Standing
    happened: date | None = None
    moves: tuple[Move, ...] = ()


def steps(
    case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime, moves: Sequence[Move]
) -> list[Step]:
    """Give the stages of a case in their order; a stage before the last one that happened was passed over."""
    days = _days(case, sitting, cycle)
    known = [stage for stage in Stage if _is_known(stage, case, regime)]
    happened = [place for place, stage in enumerate(known) if days[stage] is not None]
    last = max(happened, default=-1)
    return [_step(stage, days[stage], moves, passed=place < last) for place, stage in enumerate(known)]


def _step(stage: Stage, happened: date | None, moves: Sequence[Move], *, passed: bool) -> Step:
    own = tuple(move for move in moves if move.action in _TASKS[stage])
    if own:
        standing = Standing.LATE if any(move.overdue for move in own) else Standing.NOW
    elif happened is not None:
        standing = Standing.DONE
    else:
        standing = Standing.PASSED_OVER if passed else Standing.TO_COME
    return Step(stage=stage, standing=standing, happened=happened, moves=own)


def _is_known(stage: Stage, case: CaseFacts, regime: Regime) -> bool:
    """Tell whether a stage belongs to the rule-set, or happened all the same."""
    if stage is Stage.TEST:
        return regime.yes("testing") or case.tested_on is not None
    if stage is Stage.APPROVAL:
        return regime.yes("approval_by_head") or case.approved_on is not None
    if stage is Stage.NOTICE:
        return regime.value("notice_months") is not None or case.notified_on is not None
    if stage in (Stage.CHARACTERISTIC, Stage.ACQUAINTANCE):
        return bool(characteristic_rule(regime)) or case.characteristic_on is not None
    return True


def _days(case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts) -> dict[Stage, date | None]:
    """Give the day on which each stage happened."""
    listed = case.state not in (CaseState.PROPOSED, CaseState.EXCLUDED)
    heard = sitting is not None and sitting.state in (SittingState.OPEN, SittingState.HELD, SittingState.SIGNED)
    held_on = sitting.held_on if sitting is not None and heard and not case.missed_at(sitting.key) else None
    ended = case.result_acquainted_on or case.refusal_on
    return {
        Stage.LIST: (cycle.order_on or cycle.starts_on) if listed else None,
        Stage.NOTICE: case.notified_on,
        Stage.CHARACTERISTIC: case.characteristic_on,
        Stage.ACQUAINTANCE: case.acquainted_on,
        Stage.TEST: case.tested_on,
        Stage.SITTING: held_on,
        Stage.DECISION: case.decided_on,
        Stage.MINUTES: sitting.minutes_signed_on if sitting is not None else None,
        Stage.APPROVAL: case.approved_on,
        Stage.RESULT: ended,
        Stage.END: ended if case.state == CaseState.CLOSED else None,
    }
