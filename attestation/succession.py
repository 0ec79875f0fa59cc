"""Who could hold what: the positions open to a person, and the people to whom a position is open.

Both directions ask the same rule (`suppositions.entry`), so that they cannot disagree. Every function promises its
number of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from attestation.suppositions import Entrance, Entry, entrance, entry
from employees.access import visible_employees
from employees.models import Employee, Organisation, User
from employees.selectors import in_service, read_people
from employees.units import Node, unit_tree
from positions import rules
from positions.models import Chapter, Position
from positions.norm_selectors import read_norms
from positions.scales import STATUS_RANK

#: So many people are judged within one request: about 0.7 s of a processor, where 10,000 would take almost 3 s.
JUDGED_AT_MOST = 2500
#: The choice of those who belong to no unit.
NO_UNIT = "-"

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A position with how a person meets it."""

    position: Position
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person with how she meets a position."""

    employee: Employee
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everybody who was judged for a position, best first; `shown` are those whom the status asked for leaves."""

    shown: tuple[tuple[int, Entry], ...]
    #: How many there are of each status, without those who hold the position.
    counts: Mapping[rules.Status, int]
    holding: int

    @property
    def tallied(self) -> list[tuple[rules.Status, int]]:
        """The statuses, the best first, with their numbers of people."""
        return [(status, self.counts.get(status, 0)) for status in sorted(rules.Status, key=STATUS_RANK.__getitem__)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which people are asked about, and for which position; an empty `units` means those who belong to none."""

    position: str | None
    organisation: Organisation | None
    units: tuple[int, ...] | None
    status: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """How many people are in question, and what was found if they were judged."""

    total: int
    found: Found | None

    @property
    def too_many(self) -> bool:
        """Whether nobody was judged because there are too many for one request."""
        return self.found is None and self.total > JUDGED_AT_MOST


def all_positions() -> list[Position]:
    """Give the positions in the order of the acts, with their chapters (1 query)."""
    return list(Position.objects.select_related("chapter__act").order_by("order"))


def has_text(norms: rules.Norms, code: str, on: date) -> bool:
    """Tell whether a text of the position itself is in force on the day."""
    norm = norms.positions.get(code)
    return norm is not None and any(edition.in_force(on) for edition in norm.editions)


def position_choices(
    positions: Iterable[Position], norms: rules.Norms, *, on: date, asked: str = ""
) -> list[tuple[str, list[Choice]]]:
    """Offer the positions that have a text on the day, by chapter, and the one asked for; all where none has one."""
    listed = list(positions)
    offered = [each for each in listed if has_text(norms, each.code, on)]
    if offered:
        offered = [each for each in listed if each in offered or each.code == asked]
    return [
        (chapter_words(chapter), [(each.code, f"{each.title} ({each.code})") for each in within])
        for chapter, within in groupby(offered or listed, key=lambda each: each.chapter)
    ]


def chapter_words(chapter: Chapter) -> str:
    """Name a chapter with its act, both in the nominative."""
    return f"{chapter.act.number}: {chapter.title}"


# ----------------------------------------------------------------------------------------------------- of one person


def openings(employee: Employee, *, on: date) -> list[Opening]:
    """Judge a person for every position that has a text on the day, best first (11 queries)."""
    norms = read_norms()
    people = read_people(Employee.objects.filter(pk=employee.pk))
    found = []
    for position in all_positions():
        into = entrance(norms, position=position.code, on=on) if has_text(norms, position.code, on) else None
        judged = entry(people[0].facts, into) if into and people else None
        if judged is not None:
            found.append(Opening(position=position, entry=judged))
    return sorted(found, key=lambda each: (STATUS_RANK[each.entry.status], each.position.order))


# --------------------------------------------------------------------------------------------------- of one position


def people_in_question(
    user: User | AnonymousUser, *, organisation: Organisation | None, units: tuple[int, ...] | None, on: date
) -> QuerySet[Employee]:
    """Give those in service on the day whom the user may see, of an organisation and of units where one is chosen."""
    people = in_service(visible_employees(user), on)
    if organisation is not None:
        people = people.filter(organisation=organisation)
    if units is not None:
        people = people.filter(unit__in=units) if units else people.filter(unit=None)
    return people


def candidates(people: QuerySet[Employee], into: Entrance, *, status: str = "") -> Found:
    """Judge people for a position, best first and then by name; who holds it already comes last (7 queries)."""
    facts = {person.pk: person.facts for person in read_people(people)}
    judged = []
    for pk in people.order_by("sort_key", "personnel_number", "pk").values_list("pk", flat=True):
        each = entry(facts[pk], into) if pk in facts else None
        if each is not None:
            judged.append((pk, each))
    counts = Counter(each.status for _pk, each in judged if not each.held)
    shown = [item for item in judged if not status or item[1].status == status]
    # Sorting is stable: of two equals the order of names stays.
    shown.sort(key=lambda item: (item[1].held, STATUS_RANK[item[1].status]))
    return Found(shown=tuple(shown), counts=counts, holding=sum(each.held for _pk, each in judged))


def succession(user: User | AnonymousUser, asked: Asked, norms: rules.Norms) -> Succession:
    """Answer who could hold a position, unless that is too many people for one request.

    Counting takes 1 query, judging 7; somebody whose rights end at a unit adds 1. Without a position, or on a day
    without its text, nothing is asked.
    """
    into = entrance(norms, position=asked.position, on=asked.on) if asked.position else None
    if into is None:
        return Succession(total=0, found=None)
    people = people_in_question(user, organisation=asked.organisation, units=asked.units, on=asked.on)
    total = people.count()
    if total > JUDGED_AT_MOST:
        return Succession(total=total, found=None)
    return Succession(total=total, found=candidates(people, into, status=asked.status))


def candidate_lines(page: Iterable[tuple[int, Entry]]) -> list[Candidate]:
    """Read the people of one page (1 query)."""
    entries = dict(page)
    rows = Employee.objects.select_related("organisation", "unit", "position").filter(pk__in=entries)
    people = {each.pk: each for each in rows.order_by("pk")}
    return [Candidate(employee=people[pk], entry=each) for pk, each in entries.items() if pk in people]


def unit_choices(
    user: User | AnonymousUser, organisation: Organisation, *, on: date
) -> dict[str, tuple[str, list[int]]]:
    """Offer the units that the user sees, with the numbers of people; each with itself and all below it.

    2 queries, 3 for somebody whose rights end at a unit.
    """
    tree = unit_tree(user, organisation, on=on)
    found = {
        str(node.unit.pk): (
            f"{'— ' * depth}{node.unit.name}: {node.total}",
            [each.unit.pk for _depth, each in _walked((node,), 0)],
        )
        for depth, node in _walked(tree.nodes, 0)
    }
    if tree.without_unit:
        found[NO_UNIT] = (f"{_('Without a unit:')} {tree.without_unit}", [])
    return found


def _walked(nodes: Iterable[Node], depth: int) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield depth, node
        yield from _walked(node.children, depth + 1)
