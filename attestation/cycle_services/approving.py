"""The order that approves list, schedule and commission, and the orders that add to the list."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from attestation.codes import CaseState, PaperKind
from attestation.cycle import CaseAction, CycleAction, CycleState, Lack, Refusal, check_case_move, check_cycle_move
from attestation.cycle_rows import read_cases, read_rules
from attestation.cycle_services.editing import cycle_taken, kept, not_before, require
from attestation.cycle_services.numbering import order_of_cycle
from attestation.models import Case, Cycle
from attestation.papers.data import data_kept
from employees.models import User


@transaction.atomic
def cycle_approve(*, cycle: Cycle, version: int, order_on: date, user: User, on: date) -> Cycle:
    """Approve list, schedule and commission by one order of the head, which gets its number here.

    What the order says is kept with its number. Only who may approve in the whole organisation records it: the order
    is hers. Raises Refusal, NotYourPartError.
    """
    require(user, cycle, "approve")
    found = cycle_taken(cycle, version)
    found.order_on = order_on
    rules = read_rules(found)
    cases = list(Case.objects.select_for_update().filter(cycle=found).order_by("pk"))
    found.state = check_cycle_move(
        CycleAction.APPROVE,
        rules.cycle,
        cases=list(read_cases(cases).values()),
        sittings=(),
        regime=rules.regime,
    )
    order = order_of_cycle(found, PaperKind.ORDER, on=order_on, user=user)
    found.order_number = str(order.number)
    _list([case for case in cases if case.state == CaseState.PROPOSED], user)
    kept(found, user=user, reason="approve")
    data_kept(order, today=on)
    return found


@transaction.atomic
def additions_approve(*, cycle: Cycle, version: int, order_on: date, user: User, on: date) -> Cycle:
    """Put whoever was added after the order into the approved list, by a further order of the day."""
    require(user, cycle, "approve")
    found = cycle_taken(cycle, version)
    if found.state != CycleState.APPROVED:
        raise Refusal(Lack.CYCLE_NOT_APPROVED)
    not_before(order_on, found.order_on)
    rules = read_rules(found)
    cases = Case.objects.select_for_update().filter(cycle=found, state=CaseState.PROPOSED).order_by("pk")
    added = list(cases)
    if not added:
        raise Refusal(Lack.NOBODY_LISTED)
    for facts in read_cases(added).values():
        check_case_move(CaseAction.LIST, facts, cycle=rules.cycle, regime=rules.regime)
    order = order_of_cycle(found, PaperKind.ORDER, on=order_on, user=user, further=True)
    _list(added, user)
    data_kept(order, today=on)
    return found


def _list(cases: list[Case], user: User) -> None:
    for case in cases:
        case.state = CaseState.LISTED
        case.version += 1
        kept(case, user=user, reason="list")
