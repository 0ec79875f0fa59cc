"""What a user has to do in attestation cycles: the moves of the procedure that are hers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from attestation import cycle as rules
from attestation.codes import CaseState, CycleState
from attestation.cycle import Actor, Move, cycle_moves, moves
from attestation.cycle import Task as Deed
from attestation.cycle_access import Part, cycles_seen, part_in
from attestation.cycle_rows import CycleRules, read_cases, read_sittings, rules_with
from attestation.models import Case, CommissionMember, Cycle, Sitting
from attestation.working_days import is_working_day
from employees.access import Ability, employees_for, organisations_for
from employees.models import User

#: Long texts of a case that no move depends on.
_TEXTS = ("verdict", "characteristic", "characteristic_assessment", "objection", "interview", "remarks", "opinion")
_GOING_ON = (CycleState.DRAFT, CycleState.APPROVED)
#: Moves of a whole sitting, told once and not for every case before it.
_OF_SITTINGS = (Deed.OPEN_SITTING, Deed.CLOSE_SITTING, Deed.SIGN_MINUTES)
#: What the commission does and its secretary writes down.
_WRITTEN_DOWN = (Deed.SIGN_MINUTES, Deed.DECIDE, Deed.DECIDE_BY_ABSENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a user is to do in a cycle: what (`code`), as whom, by when, and by which rule."""

    code: Deed
    part: Actor
    cycle: Cycle
    case: Case | None = None
    sitting: Sitting | None = None
    until: date | None = None
    overdue: bool = False
    not_before: date | None = None
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class _Cycle:
    """A cycle that goes on, with everything its moves depend on."""

    cycle: Cycle
    part: Part
    told: CycleRules
    cases: list[Case] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)


def tasks_of(user: User | AnonymousUser, on: date) -> list[Task]:
    """Give what a user has to do in all cycles, the most urgent first.

    12 queries at most for any number of cycles and people, beside the user's rights.

    HR and secretary meet what they prepare and write down, the head what she approves, a member the sheets she has not
    filled in, the head of a unit the characteristics of her own people.
    """
    own = _own_people(user)
    cycles = _cycles(user, own)
    known = read_cases([case for each in cycles for case in each.cases])
    held = read_sittings([sitting for each in cycles for sitting in each.sittings])
    found: list[Task] = []
    for each in cycles:
        found += _in_cycle(each, known, held, own, on)
    return sorted(found, key=_urgency)


def _urgency(todo: Task) -> tuple[bool, date, int, int, int]:
    order = list(Deed).index(todo.code)
    return not todo.overdue, todo.until or date.max, order, todo.cycle.pk, todo.case.pk if todo.case else 0


def _own_people(user: User | AnonymousUser) -> set[int]:
    """Give those under attestation whose immediate superior the user is (1 query).

    That is the head of their unit; the head of the whole organisation is that of whoever is in no unit.
    """
    whole = organisations_for(user, Ability.APPROVE_ATTESTATION, whole=True)
    under = employees_for(user, Ability.APPROVE_ATTESTATION).exclude(Q(organisation__in=whole) & Q(unit__isnull=False))
    waiting = under.filter(cases__cycle__state=CycleState.APPROVED, cases__state=CaseState.LISTED)
    return set(waiting.order_by("pk").values_list("pk", flat=True))


def _cycles(user: User | AnonymousUser, own: set[int]) -> list[_Cycle]:
    """Read the cycles that go on and concern the user (4 queries, one more where only her own people do)."""
    rows_of_cycles = Cycle.objects.select_related("organisation", "regime").order_by("pk")
    whole = cycles_seen(user).filter(state__in=_GOING_ON).order_by().values("pk")
    cycles = {cycle.pk: cycle for cycle in rows_of_cycles.filter(pk__in=whole)}
    seen = set(cycles)
    cases: dict[int, list[Case]] = defaultdict(list)
    rows = Case.objects.filter(Q(cycle__in=seen) | Q(employee__in=own, cycle__state=CycleState.APPROVED))
    rows = rows.select_related("employee", "sitting").defer(*_TEXTS)
    for case in rows.order_by("employee__sort_key", "pk"):
        cases[case.cycle_id].append(case)
    concerned = seen | set(cases)
    members: dict[int, list[CommissionMember]] = defaultdict(list)
    for member in CommissionMember.objects.filter(cycle__in=concerned).order_by("order", "pk"):
        members[member.cycle_id].append(member)
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in Sitting.objects.filter(cycle__in=concerned).order_by("number"):
        sittings[sitting.cycle_id].append(sitting)
    if concerned - seen:
        cycles |= {cycle.pk: cycle for cycle in rows_of_cycles.filter(pk__in=concerned - seen)}
    return [
        _Cycle(
            cycle=cycle,
            part=part_in(user, cycle, members[cycle.pk]) if cycle.pk in seen else Part(),
            told=rules_with(cycle, members[cycle.pk]),
            cases=cases[cycle.pk],
            sittings=sittings[cycle.pk],
        )
        for _pk, cycle in sorted(cycles.items())
    ]


def _in_cycle(
    here: _Cycle,
    known: dict[int, rules.CaseFacts],
    held: dict[int, rules.SittingFacts],
    own: set[int],
    on: date,
) -> Iterator[Task]:
    """Give the user's tasks in one cycle."""
    facts = {case.pk: known[case.pk] for case in here.cases}
    if here.part.see:
        sittings = [held[sitting.pk] for sitting in here.sittings]
        whole = cycle_moves(here.told.cycle, list(facts.values()), sittings, here.told.regime, is_working_day, on=on)
        for move in whole:
            # The minutes of a sitting are told with the sitting.
            if move.action != Deed.SIGN_MINUTES and _is_for(move, here.part):
                yield _todo(move, here.cycle)
        yield from _minutes(here, held, on)
    if here.cycle.state != CycleState.APPROVED:
        return
    told: set[tuple[Deed, int | None]] = set()
    for case in here.cases:
        sitting = held.get(case.sitting_id or 0)
        for move in moves(facts[case.pk], sitting, here.told.cycle, here.told.regime, is_working_day, on=on):
            if move.action == Deed.SIGN_MINUTES or not _is_hers(move, here, facts[case.pk], sitting, own):
                continue
            of_sitting = move.action in _OF_SITTINGS
            if of_sitting and (move.action, case.sitting_id) in told:
                continue
            told.add((move.action, case.sitting_id))
            yield _todo(move, here.cycle, case=None if of_sitting else case, sitting=case.sitting)


def _minutes(here: _Cycle, held: dict[int, rules.SittingFacts], on: date) -> Iterator[Task]:
    """Give the minutes that are to be signed, each with its own sitting."""
    for sitting in here.sittings:
        for move in cycle_moves(here.told.cycle, (), [held[sitting.pk]], here.told.regime, is_working_day, on=on):
            if move.action == Deed.SIGN_MINUTES and _is_for(move, here.part):
                yield _todo(move, here.cycle, sitting=sitting)


def _is_for(move: Move, part: Part) -> bool:
    """Tell whether a move is for somebody with this part; what a member does by herself is asked for elsewhere."""
    if move.actor == Actor.HR:
        return part.prepare
    if move.actor == Actor.SECRETARY or move.action in _WRITTEN_DOWN:
        return part.keep_minutes or (move.actor == Actor.CHAIR and part.chair)
    return move.actor == Actor.HEAD and part.approve


def _is_hers(
    move: Move, here: _Cycle, case: rules.CaseFacts, sitting: rules.SittingFacts | None, own: set[int]
) -> bool:
    if move.actor == Actor.SUPERIOR:
        return case.employee in own
    if move.action == Deed.VOTE:
        return _is_to_vote(here.part, here.told, case, sitting)
    return _is_for(move, here.part)


def _is_to_vote(part: Part, told: CycleRules, case: rules.CaseFacts, sitting: rules.SittingFacts | None) -> bool:
    if part.member is None or sitting is None:
        return False
    expected = rules.voters(told.cycle.members, sitting.present, case.employee, told.regime)
    waiting = {member.key for member in expected} - {vote.member for vote in case.votes}
    return part.member in waiting


def _todo(move: Move, cycle: Cycle, *, case: Case | None = None, sitting: Sitting | None = None) -> Task:
    return Task(
        code=move.action,
        part=move.actor,
        cycle=cycle,
        case=case,
        sitting=sitting,
        until=move.until,
        overdue=move.overdue,
        not_before=move.not_before,
        rule=move.rule,
    )
