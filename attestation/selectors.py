"""Reading employees for their pages; every function promises its number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, Window

from attestation.services import evaluate_employees
from employees.access import visible_employees, visible_organisations
from employees.models import Employee, Organisation, User
from employees.selectors import in_service
from positions import rules

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """An organisation with the number of its people in service whom the user may see."""

    organisation: Organisation
    in_service: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A line of the list: an employee with the verdict, if she held a post on the day."""

    employee: Employee
    verdict: rules.Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One page of the list."""

    rows: list[RosterRow]
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


def headcounts(user: User | AnonymousUser, *, on: date) -> list[Headcount]:
    """Count the people in service on the day, in every organisation the user may see (3 queries)."""
    counted = in_service(visible_employees(user), on).order_by().values("organisation").annotate(people=Count("pk"))
    people = {row["organisation"]: row["people"] for row in counted}
    return [
        Headcount(organisation=organisation, in_service=people.get(organisation.pk, 0))
        for organisation in visible_organisations(user)
    ]


def roster(user: User | AnonymousUser, *, on: date, organisation: str | None, words: str | None, number: int) -> Roster:
    """Give a page of the employees in service on the day, with their verdicts.

    12 queries for any number of people, the rights among them, and 13 for somebody whose rights end at a unit; more
    only for a page that is past the last.
    """
    employees = in_service(visible_employees(user), on)
    if organisation is not None:
        employees = employees.filter(organisation__bin=organisation)
    for word in (words or "").split():
        employees = employees.filter(
            Q(last_name__icontains=word)
            | Q(first_name__icontains=word)
            | Q(patronymic__icontains=word)
            | Q(personnel_number__icontains=word)
        )
    start = (number - 1) * PAGE_SIZE
    page = list(
        employees.select_related("position", "unit", "organisation")
        .annotate(total=Window(Count("pk")))
        .order_by("organisation__bin", "personnel_number")[start : start + PAGE_SIZE]
    )
    if not page and number > 1:
        return roster(user, on=on, organisation=organisation, words=words, number=1)
    judged = evaluate_employees(Employee.objects.filter(pk__in=[employee.pk for employee in page]), on=on)
    verdicts = {each.person.pk: each.verdict for each in judged}
    return Roster(
        rows=[RosterRow(employee=employee, verdict=verdicts.get(employee.pk)) for employee in page],
        total=page[0].total if page else 0,
        number=number,
    )


def employee_record(user: User | AnonymousUser, pk: int) -> Employee | None:
    """Give an employee with all her records; None where there is none whom the user may see (9 queries at most)."""
    return (
        visible_employees(user)
        .select_related("organisation", "unit", "position")
        .prefetch_related("education", "work_history__position", "awards__position", "certificates", "absences")
        .filter(pk=pk)
        .first()
    )
