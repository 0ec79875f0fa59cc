"""What may be done with a cycle, a case and a sitting in which state. Pure: no framework, no clock.

Nothing is ever deleted, and nothing leaves a state in which it came to an end but by being cancelled. What an action
needs beside its state is in attestation.needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from attestation.cycle_facts import CaseState, CycleState, Lack, Refusal, SittingState


class CycleAction(StrEnum):
    """What is done with a cycle."""

    APPROVE = "approve"
    CLOSE = "close"
    CANCEL = "cancel"


class CaseAction(StrEnum):
    """What is done with a case; those that only add a fact leave the state."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    LIST = "list"
    NOTIFY = "notify"
    REQUEST_CHARACTERISTIC = "request_characteristic"
    HAND_IN_CHARACTERISTIC = "hand_in_characteristic"
    ACQUAINT = "acquaint"
    OBJECT = "object"
    TEST = "test"
    APPLY = "apply"
    PUT_BEFORE = "put_before"
    MISS = "miss"
    VOTE = "vote"
    DECIDE = "decide"
    #: What follows from absence is decided without votes on the case.
    DECIDE_BY_ABSENCE = "decide_by_absence"
    WITHDRAW_DECISION = "withdraw_decision"
    APPROVE = "approve"
    ACQUAINT_WITH_SHEET = "acquaint_with_sheet"
    REFUSE_SHEET = "refuse_sheet"
    PLAN_REPEAT = "plan_repeat"
    CLOSE = "close"
    CANCEL = "cancel"


class SittingAction(StrEnum):
    """What is done with a sitting."""

    OPEN = "open"
    HOLD = "hold"
    REOPEN = "reopen"
    SIGN = "sign"
    CANCEL = "cancel"


_State = TypeVar("_State", bound=StrEnum)
_Action = TypeVar("_Action", bound=StrEnum)
_Table = Mapping[_Action, Mapping[_State, _State]]

CYCLE_MOVES: _Table[CycleAction, CycleState] = {
    CycleAction.APPROVE: {CycleState.DRAFT: CycleState.APPROVED},
    CycleAction.CLOSE: {CycleState.APPROVED: CycleState.CLOSED},
    CycleAction.CANCEL: {CycleState.DRAFT: CycleState.CANCELLED, CycleState.APPROVED: CycleState.CANCELLED},
}
SITTING_MOVES: _Table[SittingAction, SittingState] = {
    SittingAction.OPEN: {SittingState.PLANNED: SittingState.OPEN},
    SittingAction.HOLD: {SittingState.OPEN: SittingState.HELD},
    SittingAction.REOPEN: {SittingState.HELD: SittingState.OPEN},
    SittingAction.SIGN: {SittingState.HELD: SittingState.SIGNED},
    SittingAction.CANCEL: {
        SittingState.PLANNED: SittingState.CANCELLED,
        SittingState.OPEN: SittingState.CANCELLED,
    },
}


def _staying(*states: CaseState) -> dict[CaseState, CaseState]:
    return {state: state for state in states}


def _going(to: CaseState, *states: CaseState) -> dict[CaseState, CaseState]:
    return dict.fromkeys(states, to)


#: A closed case can be cancelled too: the superior body or the head cancels on a breach of the rules.
CASE_MOVES: _Table[CaseAction, CaseState] = {
    CaseAction.EXCLUDE: _going(CaseState.EXCLUDED, CaseState.PROPOSED),
    CaseAction.INCLUDE: _going(CaseState.PROPOSED, CaseState.EXCLUDED),
    CaseAction.LIST: _going(CaseState.LISTED, CaseState.PROPOSED),
    **{
        action: _staying(CaseState.LISTED)
        for action in (
            CaseAction.NOTIFY,
            CaseAction.REQUEST_CHARACTERISTIC,
            CaseAction.HAND_IN_CHARACTERISTIC,
            CaseAction.ACQUAINT,
            CaseAction.OBJECT,
            CaseAction.TEST,
            CaseAction.PUT_BEFORE,
            CaseAction.MISS,
            CaseAction.VOTE,
        )
    },
    CaseAction.APPLY: _staying(CaseState.PROPOSED, CaseState.LISTED),
    CaseAction.DECIDE: _going(CaseState.DECIDED, CaseState.LISTED),
    CaseAction.DECIDE_BY_ABSENCE: _going(CaseState.DECIDED, CaseState.LISTED),
    CaseAction.WITHDRAW_DECISION: _going(CaseState.LISTED, CaseState.DECIDED),
    CaseAction.APPROVE: _going(CaseState.APPROVED, CaseState.DECIDED),
    CaseAction.ACQUAINT_WITH_SHEET: _staying(CaseState.DECIDED, CaseState.APPROVED),
    CaseAction.REFUSE_SHEET: _staying(CaseState.DECIDED, CaseState.APPROVED),
    CaseAction.PLAN_REPEAT: _staying(CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED),
    CaseAction.CLOSE: _going(CaseState.CLOSED, CaseState.DECIDED, CaseState.APPROVED),
    CaseAction.CANCEL: _going(
        CaseState.CANCELLED,
        CaseState.PROPOSED,
        CaseState.LISTED,
        CaseState.DECIDED,
        CaseState.APPROVED,
        CaseState.CLOSED,
    ),
}


def cycle_after(state: str, action: CycleAction) -> CycleState:
    """Give the state of a cycle after an action, or refuse it in this state."""
    return _after(CYCLE_MOVES[action], state)


def case_after(state: str, action: CaseAction) -> CaseState:
    """Give the state of a case after an action, or refuse it in this state."""
    return _after(CASE_MOVES[action], state)


def sitting_after(state: str, action: SittingAction) -> SittingState:
    """Give the state of a sitting after an action, or refuse it in this state."""
    return _after(SITTING_MOVES[action], state)


def _after(moves: Mapping[_State, _State], state: str) -> _State:
    for before, after in moves.items():
        if before == state:
            return after
    raise Refusal(Lack.WRONG_STATE)
