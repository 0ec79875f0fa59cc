"""Reading the list of employees: stored verdicts for today, computed ones for another day.

Every function promises its number of queries, the rights among them: 1, and 1 more for whoever's rights end at a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Value, Window

from attestation.day_verdicts import DayVerdict, day_verdicts
from attestation.filters import RosterFilter
from attestation.list_columns import STATUS_ORDER, VERDICT_SORTS, order_by
from attestation.models import StoredVerdict
from attestation.regime_selectors import RegimeBook
from attestation.verdicts import Judging, read_judging, verdicts_renew
from employees.access import Ability, employees_for
from employees.identity import masked
from employees.models import Employee
from positions.norm_selectors import read_norms
from positions.selectors import titles

PAGE_SIZE = 50
_CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """A line of the list: an employee, the verdict if she held a post on the day, and what names that post."""

    employee: Employee
    verdict: StoredVerdict | None
    title: str
    iin: str
    on: date

    @property
    def has_left(self) -> bool:
        """Tell whether she is no longer employed on the day."""
        return self.employee.employed_until is not None and self.employee.employed_until <= self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One page of the list."""

    lines: list[RosterLine]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.number < self.pages else None


def roster(filters: RosterFilter, *, number: int) -> Roster:
    """Give a page of the list.

    Of today: 4 queries with the rights, and 1 for each of what is asked besides: a unit, a position, posts that are not
    the present ones; 2 for a reason why there is no rung, or an ended category. Of another day: 12, or 13 where the
    verdict is filtered or sorted by; 2 more where the next attestation is asked for. A page past the last is the first.
    """
    if filters.is_of_today:
        verdicts_renew(on=filters.on)
        people, total, number = _page(filters, number)
        stored = {each.pk: getattr(each, "verdict", None) for each in people}
        own = {each.pk: each.position.code for each in people}
        codes = {row.position for pk, row in stored.items() if row and row.position not in ("", own[pk])}
        named = titles(codes) if codes else {}
        lines = [_line(filters, each, stored[each.pk], named) for each in people]
    elif not filters.asks_verdicts:
        people, total, number = _page(filters, number)
        judged = _judged(filters, filters.queryset.filter(pk__in=[each.pk for each in people]))
        lines = [_line_of(filters, each, judged[each.pk]) for each in people if each.pk in judged]
    else:
        order, judged = _computed(filters)
        total = len(order)
        number = number if (number - 1) * PAGE_SIZE < total else 1
        shown = order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        lines = list(_lines_of(filters, shown, judged))
    return Roster(lines=lines, total=total, number=number)


def roster_lines(filters: RosterFilter) -> Iterator[RosterLine]:
    """Give every line of the list, for an export: exactly what the pages would show, one after the other.

    Of today 4 queries for any number of people; of another day 13, and 1 for each 1,000 people; as many more as for a
    page for what is asked besides.
    """
    if filters.is_of_today:
        verdicts_renew(on=filters.on)
        named = titles(set(StoredVerdict.objects.order_by().values_list("position", flat=True).distinct()))
        for employee in _people(filters, filters.qs).iterator(chunk_size=_CHUNK):
            yield _line(filters, employee, getattr(employee, "verdict", None), named)
        return
    order, judged = _computed(filters)
    for start in range(0, len(order), _CHUNK):
        yield from _lines_of(filters, order[start : start + _CHUNK], judged)


def _people(filters: RosterFilter, people: QuerySet[Employee]) -> QuerySet[Employee]:
    """Read employees with what a line shows of them, in the order of the list."""
    people = people.select_related("position", "unit", "organisation", "verdict").defer("sort_key", "search_text")
    sort = filters.sort if filters.is_of_today or filters.sort.removeprefix("-") not in VERDICT_SORTS else "name"
    if "iin" in filters.shown_keys:
        entitled = employees_for(filters.user, Ability.SEE_IIN).filter(pk=OuterRef("pk"))
        people = people.annotate(iin_is_seen=Exists(entitled))
    else:
        people = people.annotate(iin_is_seen=Value(False))
    return people.order_by(*order_by(sort))


def _page(filters: RosterFilter, number: int) -> tuple[list[Employee], int, int]:
    """Read a page, how many there are in all, and which page it is (2 queries; of another day 1 as a rule)."""
    start = (number - 1) * PAGE_SIZE
    people = _people(filters, filters.qs)
    if filters.is_of_today:
        total = filters.qs.order_by().count()
        if start >= total:
            number, start = 1, 0
        return list(people[start : start + PAGE_SIZE]) if total else [], total, number
    page: list[Any] = list(people.annotate(total=Window(Count("pk")))[start : start + PAGE_SIZE])
    if not page and number > 1:
        return _page(filters, 1)
    return page, page[0].total if page else 0, number


def _judged(filters: RosterFilter, people: QuerySet[Employee]) -> dict[int, DayVerdict]:
    """Judge employees as of the day, by their numbers (10 queries; 12 where the next attestation is asked for)."""
    judging = read_judging() if filters.asks_attestation else Judging(read_norms(), RegimeBook({}), {})
    return {each.employee: each for each in day_verdicts(people, judging, on=filters.on)}


def _computed(filters: RosterFilter) -> tuple[list[int], dict[int, DayVerdict]]:
    """Judge everybody in question as of the day; gives who fits, in the order of the list (11 queries, or 13)."""
    present = dict(_people(filters, filters.qs).values_list("pk", "position__code"))
    judged = _judged(filters, filters.qs)
    found = ((pk, judged[pk], code) for pk, code in present.items() if pk in judged)
    order = [pk for pk, each, code in found if filters.fits(each.row, each.verdict.position or code)]
    sort, backwards = filters.sort.removeprefix("-"), filters.sort.startswith("-")
    if sort == "status":
        ranks = {pk: STATUS_ORDER[each.row.next_status] for pk, each in judged.items()}
        order.sort(key=lambda pk: ranks[pk] * (-1 if backwards else 1))
    elif sort == "reachable":
        days = {pk: each.row.reachable_on.toordinal() for pk, each in judged.items() if each.row.reachable_on}
        order.sort(key=lambda pk: (pk not in days, days.get(pk, 0) * (-1 if backwards else 1)))
    return order, judged


def _lines_of(filters: RosterFilter, order: list[int], judged: dict[int, DayVerdict]) -> Iterator[RosterLine]:
    """Read the lines of employees in this order (1 query)."""
    people = {each.pk: each for each in _people(filters, filters.queryset.filter(pk__in=order))}
    for pk in order:
        yield _line_of(filters, people[pk], judged[pk])


def _line_of(filters: RosterFilter, employee: Employee, judged: DayVerdict) -> RosterLine:
    return _line(filters, employee, judged.verdict, {judged.verdict.position: judged.title})


def _line(
    filters: RosterFilter, employee: Employee, verdict: StoredVerdict | None, named: dict[str, str]
) -> RosterLine:
    listed = verdict if verdict is not None and verdict.listed else None
    title = employee.position.title or employee.position.code
    if listed is not None and listed.position != employee.position.code:
        title = named.get(listed.position, listed.position)
    seen = employee.iin_is_seen  # type: ignore[attr-defined]
    shown = "iin" in filters.shown_keys
    iin = (employee.iin if seen else masked(employee.iin)) if shown else ""
    return RosterLine(employee=employee, verdict=listed, title=title, iin=iin, on=filters.on)
