"""What the pages of cycles read; every function promises its number of queries, beside the user's rights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as Order
from django.db.models import Count, Q, When
from django.urls import reverse
from django.utils.translation import ngettext

from attestation.codes import CaseState, CategoryDecision, CycleState, Decision
from attestation.cycle import (
    Actor,
    CycleAction,
    Lack,
    Refusal,
    Task,
    check_case_move,
    check_commission,
    commission_faults,
)
from attestation.cycle_board import Board, Line
from attestation.cycle_bulk import Bulk, move_of
from attestation.cycle_selectors import Task as ToDo
from attestation.cycle_selectors import cycles_for, tasks_of
from attestation.cycle_services import StaleCycleError
from attestation.cycle_stages import DECIDED, LEFT_OUT
from attestation.cycle_words import short_rung
from attestation.models import Case, Cycle, OrganisationRegime, Regime, Sitting
from attestation.refusal_words import Told, caution_words, told
from attestation.regime_selectors import regimes_for
from employees.access import Ability, employees_for, may_anywhere, organisations_for
from employees.models import Employee, Organisation, User
from employees.selectors import in_service

_OPEN = (CycleState.DRAFT, CycleState.APPROVED)
#: So many cycles are shown at once, unless the older ones are asked for.
_AT_ONCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLine:
    """A cycle in the list of cycles, with how many people are in it and how many are decided."""

    cycle: Cycle
    people: int
    decided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """Tasks of one kind in one cycle, for one person or for many, and where they are done.

    `todo` is the most urgent of them, `late` how many are overdue.
    """

    todo: ToDo
    count: int
    late: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The first page of attestation: what to do, the cycles, and whether the user may open one."""

    tasks: list[TaskLine]
    open: list[CycleLine]
    closed: list[CycleLine]
    #: There are older cycles than those shown.
    has_older: bool
    may_open: bool
    #: There are cycles of more than one organisation.
    several: bool
    #: Organisations in which the user could open a cycle and that follow no rule-set yet.
    without_rules: list[Organisation]


def attestation_home(user: User | AnonymousUser, *, on: date, older: bool = False) -> Home:
    """Read tasks and cycles, those that go on first (3 queries, and those of `tasks_of`)."""
    going_on_first = Order(When(state__in=_OPEN, then=0), default=1)
    cycles = cycles_for(user).order_by(going_on_first, "-starts_on", "-pk")
    found = list(cycles if older else cycles[: _AT_ONCE + 1])
    shown = found if older else found[:_AT_ONCE]
    numbers = _numbers(shown)
    own = openable(user)
    return Home(
        tasks=_task_lines(tasks_of(user, on), {cycle.pk for cycle in found}),
        open=[_line(cycle, numbers) for cycle in shown if cycle.state in _OPEN],
        closed=[_line(cycle, numbers) for cycle in shown if cycle.state not in _OPEN],
        has_older=len(found) > len(shown),
        may_open=bool(own),
        several=len({cycle.organisation_id for cycle in found}) > 1,
        without_rules=_without_rules(own, on) if own else [],
    )


def meets_attestation(user: User | AnonymousUser) -> bool:
    """Tell whether somebody has anything to do with attestation: by a right, or in a commission (at most 1 query)."""
    return may_anywhere(user, Ability.SEE_ATTESTATION) or sits_in_a_commission(user)


def sits_in_a_commission(user: User | AnonymousUser) -> bool:
    """Tell whether somebody is in the commission of a cycle (1 query)."""
    return user.is_active and Cycle.objects.filter(commission__user=user.pk).exists()


def openable(user: User | AnonymousUser) -> list[Organisation]:
    """Give the organisations in which a user may open a cycle (no query; 1 for a superuser)."""
    return organisations_for(user, Ability.RUN_ATTESTATION, whole=True)


def _line(cycle: Cycle, numbers: Mapping[int, tuple[int, int]]) -> CycleLine:
    people, decided = numbers.get(cycle.pk, (0, 0))
    return CycleLine(cycle=cycle, people=people, decided=decided)


def _numbers(cycles: Sequence[Cycle]) -> dict[int, tuple[int, int]]:
    """Count the people of cycles, and those who are decided (1 query)."""
    rows = Case.objects.filter(cycle__in=[cycle.pk for cycle in cycles]).exclude(state__in=LEFT_OUT).order_by()
    counted = rows.values_list("cycle").annotate(people=Count("pk"), decided=Count("pk", filter=Q(state__in=DECIDED)))
    return {cycle: (people, decided) for cycle, people, decided in counted}


def _without_rules(organisations: Sequence[Organisation], on: date) -> list[Organisation]:
    """Give the organisations that follow no rule-set on the day (1 query)."""
    rows = OrganisationRegime.objects.filter(organisation__in=organisations, valid_from__lte=on)
    held = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    following = set(held.order_by().values_list("organisation", flat=True))
    return [each for each in organisations if each.pk not in following]


# -------------------------------------------------------------------------------------------------------------- tasks


def _task_lines(todos: Iterable[ToDo], seen: set[int]) -> list[TaskLine]:
    """Take tasks of one kind together where the user can open their list; elsewhere each leads to its case."""
    grouped: dict[tuple[object, ...], list[ToDo]] = defaultdict(list)
    for number, todo in enumerate(todos):
        alone = todo.case is None or todo.cycle.pk not in seen
        grouped[(todo.code, todo.cycle.pk, number if alone else None)].append(todo)
    return [
        TaskLine(todo=found[0], count=len(found), late=sum(each.overdue for each in found), address=_address(found))
        for found in grouped.values()
    ]


def _address(found: Sequence[ToDo]) -> str:
    todo = found[0]
    if len(found) > 1:
        return place_of(todo.code, todo.cycle)
    if todo.case is not None:
        return reverse("case", args=[todo.case.pk])
    if todo.sitting is not None:
        return reverse("sitting", args=[todo.sitting.pk])
    return place_of(todo.code, todo.cycle)


_PLACES = {
    Task.NAME_COMMISSION: "cycle_commission",
    Task.PREPARE_LIST: "cycle_people",
    Task.SIGN_ORDER: "cycle_order",
    Task.SIGN_MINUTES: "cycle_sittings",
    Task.OPEN_SITTING: "cycle_sittings",
    Task.CLOSE_SITTING: "cycle_sittings",
    Task.CLOSE_CYCLE: "cycle_results",
    Task.APPROVE: "cycle_results",
}


def place_of(code: str, cycle: Cycle) -> str:
    """Give the page of a cycle on which something is done: its own, else the people for whom it waits."""
    if code in _PLACES:
        return reverse(_PLACES[Task(code)], args=[cycle.pk])
    if code == Task.COMPLETE_RULES:
        return reverse("regime", args=[cycle.regime_id])
    return f"{reverse('cycle_people', args=[cycle.pk])}?wait={code}"


# ------------------------------------------------------------------------------------------------------------- opening


def regimes_of(user: User | AnonymousUser, organisation: Organisation, *, on: date) -> list[Regime]:
    """Give the rule-sets that a cycle of an organisation can take, those in force on the day (1 query)."""
    return [
        row
        for row in regimes_for(user)
        if row.organisation_id in (None, organisation.pk) and (row.valid_until is None or row.valid_until > on)
    ]


def followed(organisation: Organisation, *, on: date) -> Regime | None:
    """Give the rule-set that an organisation follows on a day, for all positions rather than for some (1 query)."""
    rows = OrganisationRegime.objects.filter(organisation=organisation, valid_from__lte=on).select_related("regime")
    held = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).order_by("-valid_from", "-pk")
    best = min(held, key=lambda row: bool(row.positions), default=None)
    return best.regime if best else None


# ---------------------------------------------------------------------------------------------------------- commission


def employees_to_choose(board: Board) -> list[Employee]:
    """Give the employees who can be named: in service, or in the commission already, by their names (1 query)."""
    named = [member.employee_id for member in board.members if member.employee_id]
    people = Employee.objects.filter(organisation=board.cycle.organisation_id)
    chosen = in_service(people, board.on) | people.filter(pk__in=named)
    return list(chosen.select_related("position").order_by("sort_key", "pk"))


def users_to_choose(board: Board) -> list[User]:
    """Give the accounts that can be tied to a member: with a right here, or in the commission already (1 query)."""
    named = [member.user_id for member in board.members if member.user_id]
    here = Q(is_active=True, grants__organisation=board.cycle.organisation_id)
    return list(User.objects.filter(here | Q(pk__in=named)).distinct().order_by("last_name", "first_name", "username"))


def employees_to_add(user: User | AnonymousUser, board: Board) -> list[Employee]:
    """Give the employees who can still be put into the list: in service, and not in it (1 query)."""
    known = {line.case.employee_id for line in board.lines if line.case.state != CaseState.CANCELLED}
    people = employees_for(user, Ability.RUN_ATTESTATION).filter(organisation=board.cycle.organisation_id)
    return [each for each in in_service(people, board.on).order_by("sort_key", "pk") if each.pk not in known]


def may_change_commission(board: Board) -> bool:
    """Tell whether the user may change the commission: whoever prepares it, and after the order the head alone."""
    if board.cycle.state == CycleState.DRAFT:
        return board.part.prepare
    return board.part.approve and board.cycle.state == CycleState.APPROVED


def commission_notes(board: Board) -> list[Told]:
    """Say what the commission still lacks, else what is to be noticed about it (no query)."""
    faults = commission_faults(board.facts.members, board.regime)
    if faults:
        return [told(fault, board.regime) for fault in faults]
    return [caution_words(each, board.regime) for each in check_commission(board.facts.members, board.regime)]


# ---------------------------------------------------------------------------------------------------------- hindrances

#: So many people are named who stand in the way of something done with many.
_NAMED_AT_MOST = 8


def hindered(board: Board, bulk: Bulk, cases: Mapping[int, int], asked: Mapping[str, Any]) -> list[str]:
    """Name those with whom something cannot be done, each with the reason (no query)."""
    found = []
    for line in board.lines:
        if line.case.pk in cases:
            words = _hindrance(board, line, bulk, cases[line.case.pk], asked.get("sitting"))
            if words:
                found.append(f"{line.case.employee.full_name}: {words}")
    if len(found) > _NAMED_AT_MOST:
        more = len(found) - _NAMED_AT_MOST
        found[_NAMED_AT_MOST:] = [ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}]
    return found


def _hindrance(board: Board, line: Line, bulk: Bulk, version: int, sitting: Sitting | None) -> str:
    if line.case.version != version:
        return str(StaleCycleError())
    facts, cycle = line.facts, board.facts
    before = board.sitting_facts.get(sitting.pk if sitting else line.case.sitting_id or 0)
    if bulk is Bulk.SCHEDULE and cycle.state == CycleState.DRAFT and facts.state == CaseState.PROPOSED:
        # The schedule is approved by the same order as the list, so it is made before.
        facts, cycle = replace(facts, state="listed"), replace(cycle, state="approved")
    try:
        check_case_move(move_of(bulk), facts, cycle=cycle, regime=board.regime, sitting=before)
    except Refusal as refused:
        return str(told(refused, board.regime))
    return ""


# ------------------------------------------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The results in figures: decisions, and categories that were established or not."""

    decisions: list[tuple[str, int]]
    categories: list[tuple[str, int]]
    undecided: int


def summary_of(board: Board) -> Summary:
    """Count decisions and categories (no query)."""
    cases = [line.case for line in board.lines if line.case.state in DECIDED]
    decisions = Counter(case.decision for case in cases if case.decision)
    categories = Counter(
        short_rung(case.decided_level, case.decided_category)
        for case in cases
        if case.category_decision == CategoryDecision.ESTABLISHED
    )
    none = sum(case.category_decision == CategoryDecision.NO_GROUNDS for case in cases)
    counted = sorted(categories.items(), key=lambda item: (-item[1], item[0]))
    if none:
        counted.append((str(CategoryDecision.NO_GROUNDS.label), none))
    return Summary(
        decisions=[(str(each.label), decisions[each.value]) for each in Decision if decisions[each.value]],
        categories=counted,
        undecided=board.listed - len(cases),
    )


def to_approve(board: Board) -> list[Line]:
    """Give the decisions that wait for the head."""
    return [
        line
        for line in board.lines
        if line.case.state == CaseState.DECIDED
        and any(move.actor == Actor.HEAD and move.action == Task.APPROVE for move in line.moves)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that is still missing, and the page on which it is done."""

    told: Told
    address: str


def missing_for(board: Board, action: CycleAction) -> list[Missing]:
    """Say what is missing for the order, or before a cycle can be closed (no query)."""
    people, commission = place_of(Task.PREPARE_LIST, board.cycle), place_of(Task.NAME_COMMISSION, board.cycle)
    places = {
        Lack.RULE_OPEN: place_of(Task.COMPLETE_RULES, board.cycle),
        Lack.NOBODY_LISTED: people,
        Lack.NO_APPLICATION: people,
        Lack.EARLY_NOT_ALLOWED: people,
        Lack.CASE_NOT_CLOSED: people,
        Lack.MINUTES_NOT_SIGNED: place_of(Task.SIGN_MINUTES, board.cycle),
        Lack.NO_REPEAT: place_of(Task.PLAN_REPEAT, board.cycle),
    }
    return [
        Missing(told=told(fault, board.regime), address=places.get(fault.code, commission))
        for fault in board.faults(action)
    ]
