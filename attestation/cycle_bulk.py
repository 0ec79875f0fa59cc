"""Changes to many cases of a cycle at once, all or none, and what stands in the way of whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction

from attestation.cycle import CaseAction, CaseState, CycleState
from attestation.cycle_access import Part
from attestation.cycle_services import (
    StaleCycleError,
    case_exclude,
    case_include,
    cases_approve,
    cases_notify,
    cases_schedule,
    characteristics_request,
)
from attestation.models import Case, Cycle, Sitting
from employees.models import User


class Bulk(StrEnum):
    """What can be done with many people at once."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    SCHEDULE = "schedule"
    NOTIFY = "notify"
    REQUEST = "request"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """When an action is offered: by which part of the user, in which states of the cycle and of a case."""

    parts: tuple[str, ...]
    cycle: tuple[CycleState, ...]
    case: tuple[CaseState, ...]
    move: CaseAction


_DRAFT, _APPROVED = CycleState.DRAFT, CycleState.APPROVED
_OFFERS: dict[Bulk, _Offer] = {
    Bulk.EXCLUDE: _Offer(
        parts=("prepare",), cycle=(_DRAFT, _APPROVED), case=(CaseState.PROPOSED,), move=CaseAction.EXCLUDE
    ),
    Bulk.INCLUDE: _Offer(
        parts=("prepare",), cycle=(_DRAFT, _APPROVED), case=(CaseState.EXCLUDED,), move=CaseAction.INCLUDE
    ),
    Bulk.SCHEDULE: _Offer(
        parts=("keep_minutes",),
        cycle=(_DRAFT, _APPROVED),
        case=(CaseState.PROPOSED, CaseState.LISTED),
        move=CaseAction.PUT_BEFORE,
    ),
    Bulk.NOTIFY: _Offer(parts=("prepare",), cycle=(_APPROVED,), case=(CaseState.LISTED,), move=CaseAction.NOTIFY),
    Bulk.REQUEST: _Offer(
        parts=("prepare",), cycle=(_APPROVED,), case=(CaseState.LISTED,), move=CaseAction.REQUEST_CHARACTERISTIC
    ),
    Bulk.APPROVE: _Offer(parts=("approve",), cycle=(_APPROVED,), case=(CaseState.DECIDED,), move=CaseAction.APPROVE),
}


def offered(part: Part, cycle: Cycle, states: set[str]) -> list[Bulk]:
    """Give what a user can do with many people in a cycle that has cases in these states."""
    return [
        bulk
        for bulk, offer in _OFFERS.items()
        if cycle.state in offer.cycle and states & set(offer.case) and any(getattr(part, name) for name in offer.parts)
    ]


def move_of(bulk: Bulk) -> CaseAction:
    """Give the move that an action makes in each case, by which it is asked what stands in its way."""
    return _OFFERS[bulk].move


@transaction.atomic
def cases_exclude(*, cycle: Cycle, cases: Mapping[int, int], reason: str, user: User, on: date) -> None:
    """Leave many out of the list, with one reason, each case by its number with the version seen; all or none."""
    for case in _rows(cycle, cases):
        case_exclude(case=case, version=cases[case.pk], reason=reason, user=user, on=on)


@transaction.atomic
def cases_include(*, cycle: Cycle, cases: Mapping[int, int], user: User, on: date) -> None:
    """Put many back into the list, each case by its number with the version seen; all or none."""
    for case in _rows(cycle, cases):
        case_include(case=case, version=cases[case.pk], user=user, on=on)


@transaction.atomic
def _schedule(*, cycle: Cycle, cases: Mapping[int, int], sitting: Sitting, user: User, on: date) -> None:
    """Put many before a sitting, unless one of them is not what the page showed."""
    if any(case.version != cases[case.pk] for case in _rows(cycle, cases)):
        raise StaleCycleError
    cases_schedule(sitting=sitting, version=sitting.version, cases=list(cases), user=user, on=on)


def cases_act(
    bulk: Bulk, *, cycle: Cycle, cases: Mapping[int, int], told: Mapping[str, Any], user: User, on: date
) -> None:
    """Do one thing with many cases, as it was told by the form of the action; all or none.

    Raises whatever the service of the action refuses with.
    """
    what: dict[str, Any] = {"cycle": cycle, "cases": cases, "user": user}
    acts: dict[Bulk, Callable[[], object]] = {
        Bulk.EXCLUDE: lambda: cases_exclude(reason=told["reason"], on=on, **what),
        Bulk.INCLUDE: lambda: cases_include(on=on, **what),
        Bulk.SCHEDULE: lambda: _schedule(sitting=told["sitting"], on=on, **what),
        Bulk.NOTIFY: lambda: cases_notify(proof=told["proof"], on=told["day"], **what),
        Bulk.REQUEST: lambda: characteristics_request(on=told["day"], **what),
        Bulk.APPROVE: lambda: cases_approve(head_decision=told["head_decision"], on=told["day"], **what),
    }
    acts[bulk]()


def _rows(cycle: Cycle, cases: Mapping[int, int]) -> list[Case]:
    """Give cases of a cycle by their numbers (1 query). Raises StaleCycleError if one of them is gone."""
    rows = list(Case.objects.filter(cycle=cycle, pk__in=cases).select_related("cycle__organisation").order_by("pk"))
    if len(rows) != len(cases):
        raise StaleCycleError
    return rows
