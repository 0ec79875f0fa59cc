"""Reading employees for their pages; every function promises its number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from employees.access import visible_employees, visible_organisations
from employees.models import Employee, Organisation, User
from employees.selectors import in_service


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """An organisation with the number of its people in service whom the user may see."""

    organisation: Organisation
    in_service: int


def headcounts(user: User | AnonymousUser, *, on: date) -> list[Headcount]:
    """Count the people in service on the day, in every organisation the user may see (3 queries)."""
    counted = in_service(visible_employees(user), on).order_by().values("organisation").annotate(people=Count("pk"))
    people = {row["organisation"]: row["people"] for row in counted}
    return [
        Headcount(organisation=organisation, in_service=people.get(organisation.pk, 0))
        for organisation in visible_organisations(user)
    ]


def employee_record(user: User | AnonymousUser, pk: int) -> Employee | None:
    """Give an employee with all her records; None where there is none whom the user may see (9 queries at most)."""
    return (
        visible_employees(user)
        .select_related("organisation", "unit", "position")
        .prefetch_related("education", "work_history__position", "awards__position", "certificates", "absences")
        .filter(pk=pk)
        .first()
    )
