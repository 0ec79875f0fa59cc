"""Reading the figures: of today from the stored verdicts, of another day from verdicts that are computed.

Every function promises its number of queries; what a user may not see is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, Count, DateField, F, QuerySet, Value, When

from attestation.day_verdicts import day_verdicts, reasons
from attestation.figures import DayTexts, FigureRow, Figures, Scope, add_up, horizon
from attestation.text_selectors import read_day_texts
from attestation.verdict_filters import lapsed_condition
from attestation.verdicts import read_judging, verdicts_renew
from employees.access import Ability, employees_for, visible_organisations
from employees.models import Employee, Organisation, Unit, User
from employees.periods import after
from employees.selectors import in_service
from employees.units import Node, unit_tree

#: Up to so many people are judged for another day while the user waits.
DIRECT = 1000
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeView:
    """A scope as its user sees it: what she chose, and what she may choose instead."""

    user: User | AnonymousUser
    on: date
    organisations: tuple[Organisation, ...]
    #: The units of the organisation chosen, or of the only one, in the order of the tree with their depth in it.
    units: tuple[tuple[Unit, int], ...] = ()
    organisation: Organisation | None = None
    unit: Unit | None = None
    #: The unit and those below it, by their numbers.
    within: frozenset[int] = frozenset()

    @property
    def scope(self) -> Scope:
        """What was chosen, by its numbers; a unit names its organisation as well."""
        return Scope(
            organisation=self.organisation.bin if self.organisation else "", unit=self.unit.pk if self.unit else None
        )

    def people(self) -> QuerySet[Employee]:
        """Give the people of the scope whom the user may see (1 query where her rights end at a unit)."""
        people = employees_for(self.user, Ability.SEE)
        if self.unit is not None:
            return people.filter(unit__in=self.within)
        return people if self.organisation is None else people.filter(organisation=self.organisation)


def scope_view(user: User | AnonymousUser, scope: Scope, *, on: date) -> ScopeView | None:
    """Give a scope with what the user may choose instead; None where she may not know of it.

    2 or 3 queries beside her rights where it is about one organisation, whose units are read; else none.
    """
    seen = tuple(visible_organisations(user))
    chosen = next((each for each in seen if each.bin == scope.organisation), None)
    if chosen is None and (scope.organisation or scope.unit):
        return None
    about = chosen or (seen[0] if len(seen) == 1 else None)
    units = units_seen(user, about, on=on) if about else ()
    view = ScopeView(user=user, on=on, organisations=seen, units=units, organisation=chosen)
    if scope.unit is None:
        return view
    unit = next((unit for unit, _depth in units if unit.pk == scope.unit), None)
    return None if unit is None else replace(view, unit=unit, within=_within(unit, units))


def units_seen(user: User | AnonymousUser, organisation: Organisation, *, on: date) -> tuple[tuple[Unit, int], ...]:
    """Give the units of an organisation that the user sees, in the order of the tree, with their depth (2 queries)."""

    def walk(nodes: Iterable[Node], depth: int) -> Iterator[tuple[Unit, int]]:
        for node in nodes:
            yield node.unit, depth
            yield from walk(node.children, depth + 1)

    return tuple(walk(unit_tree(user, organisation, on=on).nodes, 0))


def _within(top: Unit, units: Iterable[tuple[Unit, int]]) -> frozenset[int]:
    """Give a unit with those below it, by their numbers: parents come before their children."""
    found = {top.pk}
    for unit, _depth in units:
        if unit.parent_id in found:
            found.add(unit.pk)
    return frozenset(found)


def headcount(view: ScopeView, *, on: date) -> int:
    """Count the people of a scope who are in service on a day (1 query)."""
    return in_service(view.people(), on).count()


def figures(view: ScopeView, *, on: date, today: date) -> Figures | None:
    """Give the figures of a scope; None where so many people are to be judged that it takes a job.

    Of today 4 queries, of another day 7 and 6 for each 500 people.
    """
    if on == today:
        return figures_of_today(view, today=today)
    people = people_of_day(view, on=on)
    return figures_of_day(view, on=on, people=people) if len(people) <= DIRECT else None


#: What people of today are grouped by: who is alike in all of it makes one row.
_GROUPED = {
    "listed": "verdict__listed",
    "position": "verdict__position",
    "level": "verdict__current_level",
    "category": "verdict__current_category",
    "current_status": "verdict__current_status",
    "next_status": "verdict__next_status",
    "standing": "verdict__due_standing",
    "doubts": "verdict__doubts",
}


def figures_of_today(view: ScopeView, *, today: date) -> Figures:
    """Add up the stored verdicts of today, grouped by the database (4 queries; more where some are to be renewed)."""
    verdicts_renew(on=today)
    texts = read_day_texts(on=today)
    last = horizon(today)
    groups = (
        in_service(view.people(), today)
        .order_by()
        .values(
            *_GROUPED.values(),
            # Days beyond those that are looked at would only part people who are otherwise alike.
            reachable_on=_day_until("verdict__reachable_on", last),
            lapses_on=_day_until("verdict__lapses_on", after(last)),
            lapsed=Case(
                When(lapsed_condition(texts, on=today), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
        .annotate(number=Count("pk"))
    )
    return add_up((_row(texts, group) for group in groups), on=today, scope=view.scope)


def _day_until(field: str, last: date) -> Case:
    """Give a day that is not later than the last one; none instead of a later one."""
    return Case(When(**{f"{field}__lte": last}, then=F(field)), output_field=DateField(null=True))


def _row(texts: DayTexts, group: Mapping[str, Any]) -> FigureRow:
    told = {name: group[field] for name, field in _GROUPED.items()}
    listed, position, doubts = told.pop("listed"), told.pop("position"), told.pop("doubts")
    days = {name: group[name] for name in ("reachable_on", "lapses_on", "lapsed", "number")}
    place = texts.place(listed=listed, position=position, level=told["level"])
    return FigureRow(place=place, doubts=reasons(doubts), **told, **days)


def people_of_day(view: ScopeView, *, on: date) -> list[int]:
    """Give the numbers of those who are in service on a day (1 query)."""
    return list(in_service(view.people(), on).order_by("pk").values_list("pk", flat=True))


def figures_of_day(
    view: ScopeView, *, on: date, people: Sequence[int], tell: Callable[[int], object] = lambda done: None
) -> Figures:
    """Judge people as of a day and add up (6 queries, and 6 for each 500 people)."""
    judging = read_judging()
    rows: list[FigureRow] = []
    for start in range(0, len(people), _CHUNK):
        part = Employee.objects.filter(pk__in=people[start : start + _CHUNK])
        rows += [each.row for each in day_verdicts(part, judging, on=on)]
        tell(len(rows))
    return add_up(rows, on=on, scope=view.scope)
