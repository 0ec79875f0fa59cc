"""What keeps verdicts unknown or poor: gaps and contradictions of the records, grouped by their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from attestation.models import StoredVerdict
from attestation.quality_words import advice_of, anchor_of, is_open_text, title_of
from employees.access import Ability, employees_for
from employees.identity import birth_date_of, is_valid_iin
from employees.models import CategoryAward, Employee, User, WorkRecord
from employees.selectors import in_service

PAGE_SIZE = 50
#: The code of a reason, the person, and the record on her page where it is known.
_Gap = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A person with the place on her page at which the gap is to be closed: a record, or a section."""

    person: Employee
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One reason with the people it concerns; `page` holds the places that are shown."""

    code: str
    title: str
    advice: str
    page: Page[Any]

    @property
    def count(self) -> int:
        """How many people it concerns."""
        return self.page.paginator.count

    @property
    def hidden(self) -> int:
        """How many people stand on further pages."""
        return self.count - len(self.page.object_list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What is to be completed, and what only the commission can settle."""

    people: int
    gaps: list[Group]
    open_texts: list[Group]

    @property
    def groups(self) -> list[Group]:
        """All groups."""
        return [*self.gaps, *self.open_texts]


def quality(user: User | AnonymousUser, *, on: date, code: str | None = None, number: str | None = None) -> Quality:
    """Group what is lacking in the records that the user may edit, of those in service on the day.

    8 queries at most for any number of people, the rights among them. With the code of a group: that group alone, on
    the page asked for. Verdicts must have been renewed for the day.
    """
    employees = in_service(employees_for(user, Ability.EDIT), on)
    people: list[Any] = list(
        employees.order_by("sort_key", "pk").values_list(
            "pk", "iin", "birth_date", "appointed_on", "employed_until", named=True
        )
    )
    concerned: dict[str, dict[int, str]] = defaultdict(dict)
    found = [*_doubts(employees), *_identity(people), *_awards(employees), *_posts(employees, people)]
    for key, pk, record in found:
        concerned[key].setdefault(pk, record or anchor_of(key))
    order = [person.pk for person in people]
    chosen = sorted((key for key in concerned if code in (None, key)), key=lambda key: (-len(concerned[key]), key))
    pages: dict[str, Page[Any]] = {
        key: Paginator([pk for pk in order if pk in concerned[key]], PAGE_SIZE).get_page(number if code else 1)
        for key in chosen
    }
    shown = Employee.objects.select_related("organisation").in_bulk(
        {pk for page in pages.values() for pk in page.object_list}
    )
    groups = []
    for key, page in pages.items():
        page.object_list = [Place(person=shown[pk], anchor=concerned[key][pk]) for pk in page.object_list]
        groups.append(Group(code=key, title=title_of(key), advice=advice_of(key), page=page))
    return Quality(
        people=len(people),
        gaps=[group for group in groups if not is_open_text(group.code)],
        open_texts=[group for group in groups if is_open_text(group.code)],
    )


def _doubts(employees: QuerySet[Employee]) -> Iterator[_Gap]:
    """Give what keeps verdicts unknown, by requirement, reason and code (1 query)."""
    rows = StoredVerdict.objects.filter(employee__in=employees.order_by()).exclude(listed=True, doubts=[])
    for pk, listed, doubts in rows.order_by("employee").values_list("employee", "listed", "doubts"):
        if not listed:
            yield "no_post", pk, ""
        for requirement, reason, code in doubts:
            yield "-".join(part for part in (requirement, reason, code) if part), pk, ""


def _identity(people: Iterable[Any]) -> Iterator[_Gap]:
    """Give gaps and contradictions of birth dates and identification numbers (no query)."""
    for person in people:
        if person.birth_date is None:
            yield "no_birth_date", person.pk, ""
        if not person.iin:
            yield "no_iin", person.pk, ""
        elif not is_valid_iin(person.iin):
            yield "wrong_iin", person.pk, ""
        elif person.birth_date is not None and birth_date_of(person.iin) != person.birth_date:
            yield "iin_against_birth_date", person.pk, ""


def _awards(employees: QuerySet[Employee]) -> Iterator[_Gap]:
    """Give awards without an order number (1 query)."""
    rows = CategoryAward.objects.filter(employee__in=employees.order_by(), order_number="")
    for pk, award in rows.order_by("employee", "awarded_on", "pk").values_list("employee", "pk"):
        yield "award_without_number", pk, f"categories-{award}"


def _posts(employees: QuerySet[Employee], people: Iterable[Any]) -> Iterator[_Gap]:
    """Give work without a sphere, and posts of one person that overlap (1 query)."""
    spans: dict[int, list[tuple[date, date, str]]] = {
        person.pk: [(person.appointed_on, person.employed_until or date.max, "")] for person in people
    }
    rows = WorkRecord.objects.filter(employee__in=employees.order_by()).order_by("employee", "started_on", "pk")
    for pk, work, sphere, start, until in rows.values_list("employee", "pk", "sphere", "started_on", "until"):
        record = f"work_history-{work}"
        if not sphere:
            yield "work_without_sphere", pk, record
        if pk in spans:
            spans[pk].append((start, until or date.max, record))
    for pk, posts in spans.items():
        for (_start, until, earlier), (start, _until, later) in pairwise(sorted(posts)):
            if start < until:
                # The present post has no row among the records: the earlier one leads to the overlap then.
                yield "posts_overlap", pk, later or earlier
