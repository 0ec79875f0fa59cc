"""Whose verdicts a draft of an edition would change, and how: people are judged by both texts, nothing is saved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from attestation.services import judge
from attestation.verdict_cells import Cell, verdict_cells
from employees.access import visible_employees
from employees.models import Employee, User
from employees.selectors import in_service, read_people
from positions import rules
from positions.codes import DraftKind, DraftState
from positions.editing.services import draft_check
from positions.editing.supposed import edition_of, with_edition
from positions.models import Draft
from positions.norm_selectors import read_norms

#: So many people are judged at once, which takes well below a second; what is beyond is asked for part by part.
PART = 2_000


class NothingToJudgeError(Exception):
    """The draft has mistakes: nobody can be judged by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different for some people: what one line of their verdict says now, and what it would say."""

    label: str
    now: Cell
    then: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Somebody whose verdict changes, with the days on which her next rung is reachable."""

    employee: Employee
    now: date | None
    then: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People whose verdicts change in the same way; of those the user may see, who they are."""

    changes: tuple[Change, ...]
    count: int
    people: tuple[Affected, ...]

    @property
    def unseen(self) -> int:
        """How many of them the user may not see."""
        return self.count - len(self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a draft changes for the people of one part of the list."""

    on: date
    #: Whether the edition begins on a day to come, which is then `on`.
    to_come: bool
    groups: tuple[Group, ...]
    judged: int
    concerned: int
    #: From which person the next part begins; none after the last.
    next_part: int | None

    @property
    def changed(self) -> int:
        """How many of the people judged get another verdict."""
        return sum(group.count for group in self.groups)


def draft_of(pk: int) -> Draft | None:
    """Give a draft that is being edited, with its position (1 query)."""
    return Draft.objects.select_related("position", "edition").filter(pk=pk, state=DraftState.OPEN).first()


def effects_of(draft: Draft, user: User | AnonymousUser, *, today: date, start: int = 0) -> Effects:
    """Judge the people whom a draft concerns by the texts as they are and as they would be (15 queries at most).

    The day is today, or the first or last day of the edition where today does not lie in it. Raises
    NothingToJudgeError where the draft has mistakes.
    """
    data = draft_check(draft).edition
    if data is None:
        raise NothingToJudgeError
    correction = draft.kind == DraftKind.CORRECTION
    now = read_norms()
    edition = edition_of(draft.position.code, data, pk=draft.edition_id if correction else None)
    then = with_edition(now, edition, instead_of=draft.edition_id if correction else None)
    on = _day(edition, today)
    concerned = _concerned(now.family(draft.position.code), on)
    numbers = list(concerned.order_by("pk").values_list("pk", flat=True).distinct())
    part = numbers[start : start + PART]
    found: dict[tuple[Change, ...], list[_Found]] = defaultdict(list)
    for person in read_people(Employee.objects.filter(pk__in=part)):
        one, other = judge(person.facts, now, on=on), judge(person.facts, then, on=on)
        changes = _changes(one, other)
        if changes:
            found[changes].append(_Found(person.pk, _reachable(one), _reachable(other)))
    return Effects(
        on=on,
        to_come=edition.valid_from > today,
        groups=_groups(found, user),
        judged=len(part),
        concerned=len(numbers),
        next_part=start + PART if start + PART < len(numbers) else None,
    )


def _day(edition: rules.Edition, today: date) -> date:
    """Give today, or the nearest day on which the edition is in force."""
    if today < edition.valid_from:
        return edition.valid_from
    if edition.valid_until is not None and today >= edition.valid_until:
        return date.fromordinal(edition.valid_until.toordinal() - 1)
    return today


def _concerned(family: tuple[str, ...], on: date) -> QuerySet[Employee]:
    """Give who is in service on the day and holds or held the position, or one that counts as the same."""
    return in_service(
        Employee.objects.filter(Q(position__code__in=family) | Q(work_history__position__code__in=family)), on
    )


class _Found(NamedTuple):
    """Somebody whose verdict changes."""

    pk: int
    now: date | None
    then: date | None


def _reachable(verdict: rules.Verdict | None) -> date | None:
    return verdict.next.reachable_on if verdict is not None and verdict.next is not None else None


def _changes(now: rules.Verdict | None, then: rules.Verdict | None) -> tuple[Change, ...]:
    """Tell what differs, without the days of anybody, so that people fall into few groups."""
    pairs = zip(verdict_cells(now), verdict_cells(then), strict=True)
    differing = [(label, one, other) for (label, one), (_label, other) in pairs if one != other]
    before, after = _reachable(now), _reachable(then)
    found = []
    for label, one, other in differing:
        if one.status is not None or other.status is not None:
            change = Change(label=label, now=one, then=other)
        elif before and after:
            later = Cell(words=_("later") if after > before else _("earlier"))
            change = Change(label=label, now=Cell(words=_("as known so far")), then=later)
        else:
            change = Change(label=label, now=_without_day(now, one), then=_without_day(then, other))
        found.append(change)
    return tuple(found)


def _without_day(verdict: rules.Verdict | None, cell: Cell) -> Cell:
    """Tell that a day is known, or that none can be named, instead of the day itself and of the days in the way."""
    if verdict is None or verdict.next is None:
        return cell
    if verdict.next.reachable_on is not None:
        return Cell(words=_("on a day that is known"))
    return Cell(words=_("no day can be named")) if verdict.next.obstacle else cell


def _groups(found: dict[tuple[Change, ...], list[_Found]], user: User | AnonymousUser) -> tuple[Group, ...]:
    """Name the people whom the user may see, the largest group first (1 query beside her rights)."""
    concerned = [each.pk for members in found.values() for each in members]
    rows = visible_employees(user).filter(pk__in=concerned).select_related("organisation").order_by("sort_key", "pk")
    rank = {row.pk: (rank, row) for rank, row in enumerate(rows)}
    groups = []
    for changes, members in found.items():
        seen = sorted((each for each in members if each.pk in rank), key=lambda each: rank[each.pk][0])
        people = (Affected(employee=rank[each.pk][1], now=each.now, then=each.then) for each in seen)
        groups.append(Group(changes=changes, count=len(members), people=tuple(people)))
    return tuple(sorted(groups, key=lambda group: -group.count))
