"""The commission, its sittings, and the schedule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from attestation.codes import CommissionRole
from attestation.cycle import (
    CaseAction,
    CaseFacts,
    CaseState,
    CycleFacts,
    CycleState,
    Kind,
    Lack,
    Refusal,
    SittingAction,
    SittingState,
    check_case_move,
    check_commission,
    check_repeat,
    check_sitting_day,
    check_sitting_move,
    commission_faults,
)
from attestation.cycle_rows import member_facts, read_cases, read_rules, read_sitting, rules_with
from attestation.cycle_services.editing import (
    cycle_held,
    cycle_taken,
    kept,
    list_grown,
    require,
    sitting_taken,
)
from attestation.models import Case, CommissionMember, Cycle, Sitting
from employees.models import Employee, User

#: What a commission that is still being put together may lack.
_UNFINISHED = (Lack.NO_CHAIR, Lack.NO_SECRETARY, Lack.TOO_FEW_MEMBERS)
_OPEN_CYCLES = (CycleState.DRAFT, CycleState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A member of a commission as somebody tells it; `pk` names one who is in it already."""

    role: str
    name: str
    post: str = ""
    represents_employees: bool = False
    user: User | None = None
    employee: Employee | None = None
    pk: int | None = None


class MemberActedError(Exception):
    """Somebody would be taken out of the commission who was present at a sitting or has voted; nothing was saved."""

    def __str__(self) -> str:
        return _("A member who was present at a sitting or has voted stays in the commission of the cycle.")


@transaction.atomic
def commission_set(*, cycle: Cycle, version: int, members: Sequence[Told], user: User, on: date) -> Cycle:
    """Make these the members of the commission, in this order; whoever is not told is in it no longer.

    While the cycle is being prepared the commission may still lack somebody; once the order is signed only who may
    approve changes it, into one that is complete. Raises Refusal, MemberActedError.
    """
    require(user, cycle, "prepare" if cycle.state == CycleState.DRAFT else "approve")
    found = cycle_taken(cycle, version)
    if found.state not in _OPEN_CYCLES:
        raise Refusal(Lack.WRONG_STATE)
    known = {member.pk: member for member in CommissionMember.objects.filter(cycle=found).order_by("pk")}
    wanted = [_member(found, told, known, order) for order, told in enumerate(members, start=1)]
    _check(found, wanted)
    _take_out([member for pk, member in known.items() if pk not in {each.pk for each in wanted}], user)
    for member in _changing_places(wanted, known):
        CommissionMember.objects.filter(pk=member.pk).update(role=CommissionRole.MEMBER, user=None, employee=None)
    for member in wanted:
        if not member.pk or _told(member) != _told(known[member.pk]):
            kept(member, user=user, reason="commission")
    return found


def _member(cycle: Cycle, told: Told, known: dict[int, CommissionMember], order: int) -> CommissionMember:
    if told.pk is not None and told.pk not in known:
        raise Refusal(Lack.NOT_A_MEMBER)
    return CommissionMember(
        pk=told.pk,
        cycle=cycle,
        role=told.role,
        name=told.name.strip(),
        post=told.post.strip(),
        represents_employees=told.represents_employees,
        user=told.user,
        employee=told.employee,
        order=order,
    )


def _check(cycle: Cycle, wanted: Sequence[CommissionMember]) -> None:
    """Refuse a commission that cannot be; rows not saved yet have negative numbers for keys, to be told apart."""
    facts = [
        member_facts(member) if member.pk else replace(member_facts(member), key=-number)
        for number, member in enumerate(wanted, start=1)
    ]
    if cycle.state == CycleState.APPROVED:
        check_commission(facts, rules_with(cycle, ()).regime)
        return
    for fault in commission_faults(facts, rules_with(cycle, ()).regime):
        if fault.code not in _UNFINISHED:
            raise fault


def _take_out(members: Sequence[CommissionMember], user: User) -> None:
    """Take members out who have done nothing yet; their history says that they were there."""
    for member in members:
        member._history_user = user  # type: ignore[attr-defined]
        try:
            member.delete()
        except ProtectedError:
            raise MemberActedError from None


def _changing_places(wanted: Sequence[CommissionMember], known: dict[int, CommissionMember]) -> list[CommissionMember]:
    """Give the members who leave a place that the database keeps for one alone, so that another can take it."""
    return [
        member
        for member in wanted
        if member.pk and (member.role, member.user_id, member.employee_id) != _place(known[member.pk])
    ]


def _place(member: CommissionMember) -> tuple[str, int | None, int | None]:
    return member.role, member.user_id, member.employee_id


def _told(member: CommissionMember) -> tuple[object, ...]:
    return (*_place(member), member.name, member.post, member.represents_employees, member.order)


# ---------------------------------------------------------------------------------------------------------- sittings


@transaction.atomic
def sitting_plan(
    *,
    cycle: Cycle,
    version: int,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    user: User,
    on: date,
) -> Sitting:
    """Plan a sitting. Raises Refusal for a day before the first of the attestation."""
    require(user, cycle, "keep_minutes")
    found = cycle_taken(cycle, version)
    if found.state not in _OPEN_CYCLES:
        raise Refusal(Lack.WRONG_STATE)
    rules = read_rules(found)
    check_sitting_day(held_on, rules.cycle, rules.regime)
    last = Sitting.objects.filter(cycle=found).aggregate(last=Max("number"))["last"]
    sitting = Sitting(cycle=found, number=(last or 0) + 1, held_on=held_on, starts_at=starts_at, place=place.strip())
    return kept(sitting, user=user, reason="plan")


@transaction.atomic
def sitting_change(
    *,
    sitting: Sitting,
    version: int,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    recording: str = "",
    user: User,
    on: date,
) -> Sitting:
    """Change day, hour and place of a sitting that has not begun, or note where the recording of any is kept."""
    require(user, sitting.cycle, "keep_minutes")
    list_grown(sitting.cycle_id)
    found = sitting_taken(sitting, version)
    moved = (held_on, starts_at, place.strip()) != (found.held_on, found.starts_at, found.place)
    if found.state == SittingState.CANCELLED or (moved and found.state != SittingState.PLANNED):
        raise Refusal(Lack.WRONG_STATE)
    found.held_on, found.starts_at, found.place = held_on, starts_at, place.strip()
    found.recording = recording.strip()
    if moved:
        _check_day(found)
    return kept(found, user=user, reason="change")


def _check_day(sitting: Sitting) -> None:
    """Refuse a day too early for the sitting, or for a case that is before it."""
    rules = read_rules(sitting.cycle)
    check_sitting_day(sitting.held_on, rules.cycle, rules.regime)
    cases = Case.objects.filter(sitting=sitting).order_by("pk")
    for case in read_cases(list(cases)).values():
        if case.kind == Kind.REPEATED and case.first_on is not None:
            check_repeat(sitting.held_on, case.first_on, rules.regime)


@transaction.atomic
def sitting_cancel(*, sitting: Sitting, version: int, user: User, on: date) -> Sitting:
    """Cancel a sitting before anything was decided at it; its cases are without a sitting again."""
    require(user, sitting.cycle, "keep_minutes")
    list_grown(sitting.cycle_id)
    found = sitting_taken(sitting, version)
    rules = read_rules(found.cycle)
    cases = list(Case.objects.select_for_update().filter(sitting=found).order_by("pk"))
    found.state = check_sitting_move(
        SittingAction.CANCEL,
        read_sitting(found),
        cases=list(read_cases(cases).values()),
        cycle=rules.cycle,
        regime=rules.regime,
    )
    for case in cases:
        case.sitting = None
        case.version += 1
        kept(case, user=user, reason="sitting cancelled")
    return kept(found, user=user, reason="cancel")


@transaction.atomic
def cases_schedule(*, sitting: Sitting, version: int, cases: Collection[int], user: User, on: date) -> Sitting:
    """Put cases (by number) before a sitting; one that stood before another sitting is moved. Raises Refusal."""
    require(user, sitting.cycle, "keep_minutes")
    cycle_held(sitting.cycle_id)
    list_grown(sitting.cycle_id)
    found = sitting_taken(sitting, version)
    rules = read_rules(found.cycle)
    facts = read_sitting(found)
    rows = list(Case.objects.select_for_update().filter(pk__in=cases, cycle=found.cycle_id).order_by("pk"))
    if len(rows) != len(set(cases)):
        raise ValidationError(_("Somebody here is not in the list of this cycle any more."))
    known = read_cases(rows)
    for case in rows:
        told, cycle = _as_if_approved(known[case.pk], rules.cycle)
        check_case_move(CaseAction.PUT_BEFORE, told, cycle=cycle, regime=rules.regime, sitting=facts)
        if case.sitting_id != found.pk:
            case.sitting = found
            case.version += 1
            kept(case, user=user, reason="schedule")
    return found


def _as_if_approved(case: CaseFacts, cycle: CycleFacts) -> tuple[CaseFacts, CycleFacts]:
    """Give a case of a list in the making as it will be: its schedule is approved by the same order, so it is first."""
    if cycle.state != CycleState.DRAFT or case.state != CaseState.PROPOSED:
        return case, cycle
    return replace(case, state=CaseState.LISTED), replace(cycle, state=CycleState.APPROVED)
