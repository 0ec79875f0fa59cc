"""Where the law and the people meet: verdicts for one employee, an organisation, or everyone.

A verdict is a proposal with its reasons; the commission decides (law on personal data, art. 19-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from employees import experience
from employees.models import Employee
from employees.selectors import Person, in_service, read_people
from positions import rules
from positions.norm_selectors import read_norms


@dataclass(frozen=True, slots=True)
class Judged:
    """A person with the verdict on her."""

    person: Person
    verdict: rules.Verdict


def judge(facts: rules.Facts, norms: rules.Norms, *, on: date) -> rules.Verdict | None:
    """Judge facts by norms on a day, counting experience by the convention of reading 18."""
    return rules.judge(facts, norms, on=on, counting=experience)


def evaluate_employees(employees: QuerySet[Employee], *, on: date) -> Iterator[Judged]:
    """Judge every one of the employees who holds a post on the day (10 queries for any number of people)."""
    norms = read_norms()
    for person in read_people(in_service(employees, on)):
        verdict = judge(person.facts, norms, on=on)
        if verdict is not None:
            yield Judged(person, verdict)


def evaluate_employee(employee: Employee, *, on: date) -> Judged | None:
    """Judge one employee; None where she holds no post on the day (10 queries)."""
    return next(evaluate_employees(Employee.objects.filter(pk=employee.pk), on=on), None)


def evaluate_organisation(bin: str, *, on: date) -> Iterator[Judged]:  # noqa: A002 - the number's own name
    """Judge everyone of an organisation (10 queries)."""
    return evaluate_employees(Employee.objects.filter(organisation__bin=bin), on=on)


def evaluate_everyone(*, on: date) -> Iterator[Judged]:
    """Judge everyone of every organisation (10 queries)."""
    return evaluate_employees(Employee.objects.all(), on=on)
