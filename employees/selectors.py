"""Reading staff records; every function promises its number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from employees.facts import diploma, present_post
from employees.models import Absence, CategoryAward, Certificate, EducationRecord, Employee, WorkRecord
from positions import rules

Fact = TypeVar("Fact")

#: What is read of a person, and of a work record, in the order in which it is unpacked.
_PERSON = (
    "pk",
    "organisation__bin",
    "personnel_number",
    "position__code",
    "level",
    "hired_on",
    "appointed_on",
    "employed_until",
    "organisation__sphere",
    "organisation__name_kk",
    "position__title_kk",
)
_WORK = (
    "employee",
    "pk",
    "position__code",
    "level",
    "started_on",
    "until",
    "sphere",
    "managerial",
    "relevant_profile",
    "non_governmental",
    "in_specialty",
    "employer",
    "title",
)

#: Up to so many employees, their records are fetched by their numbers; above, by a subquery.
_FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An employee's facts with what names her."""

    pk: int
    organisation: str
    personnel_number: str
    facts: rules.Facts


def in_service(employees: QuerySet[Employee], on: date) -> QuerySet[Employee]:
    """Keep the employees who are in service on the day."""
    return employees.filter(Q(employed_until__isnull=True) | Q(employed_until__gt=on), hired_on__lte=on)


def read_people(employees: QuerySet[Employee]) -> list[Person]:
    """Read the facts of employees, by organisation and personnel number (6 queries for any number of people)."""
    employees = employees.order_by("organisation__bin", "personnel_number")
    rows = list(employees.values_list(*_PERSON))
    within: Any = [row[0] for row in rows] if len(rows) <= _FEW else employees.order_by().values("pk")
    education = _education(within)
    work = _work(within)
    awards = _awards(within)
    certificates = _certificates(within)
    absences = _absences(within)
    return [
        Person(
            pk=pk,
            organisation=organisation,
            personnel_number=number,
            facts=rules.Facts(
                service=rules.Period(hired_on, until),
                work=(
                    *work[pk],
                    present_post(
                        position=position,
                        level=level,
                        appointed_on=appointed_on,
                        until=until,
                        sphere=sphere,
                        employer=employer or organisation,
                        title=title or "",
                    ),
                ),
                education=tuple(education[pk]),
                awards=tuple(awards[pk]),
                certificates=tuple(certificates[pk]),
                absences=tuple(absences[pk]),
            ),
        )
        for pk, organisation, number, position, level, hired_on, appointed_on, until, sphere, employer, title in rows
    ]


def _education(within: Any) -> dict[int, list[rules.Diploma]]:
    found: dict[int, list[rules.Diploma]] = defaultdict(list)
    for row in EducationRecord.objects.filter(employee__in=within).order_by("employee", "graduated_on", "pk"):
        found[row.employee_id].append(
            diploma(
                pk=row.pk,
                level=row.level,
                graduated_on=row.graduated_on,
                fields=tuple(row.fields),
                speciality_code=row.speciality_code,
                speciality=row.speciality,
                institution=row.institution,
                country=row.country,
                document=f"{row.document_series} {row.document_number}".strip(),
                recognition_number=row.recognition_number,
                recognition_on=row.recognition_on,
                recognition_waived=row.recognition_waived,
            )
        )
    return found


def _work(within: Any) -> dict[int, list[rules.Work]]:
    found: dict[int, list[rules.Work]] = defaultdict(list)
    rows = WorkRecord.objects.filter(employee__in=within).order_by("employee", "started_on", "pk")
    for (
        employee,
        pk,
        code,
        level,
        start,
        until,
        sphere,
        managerial,
        profile,
        non_governmental,
        specialty,
        employer,
        title,
    ) in rows.values_list(*_WORK):
        found[employee].append(
            rules.Work(
                pk=pk,
                period=rules.Period(start, until),
                position=code,
                level=rules.Level(level) if level else None,
                sphere=sphere,
                managerial=managerial,
                relevant_profile=profile,
                non_governmental=non_governmental,
                in_specialty=specialty,
                employer=employer,
                title=title,
            )
        )
    return found


def _awards(within: Any) -> dict[int, list[rules.Award]]:
    found: dict[int, list[rules.Award]] = defaultdict(list)
    rows = CategoryAward.objects.filter(employee__in=within, annulled_on__isnull=True).order_by(
        "employee", "awarded_on", "pk"
    )
    for employee, pk, code, level, category, awarded_on, lapses_on, number in rows.values_list(
        "employee", "pk", "position__code", "level", "category", "awarded_on", "lapses_on", "order_number"
    ):
        found[employee].append(
            rules.Award(
                pk=pk,
                position=code,
                level=rules.Level(level),
                category=rules.Category(category),
                awarded_on=awarded_on,
                valid_until=lapses_on,
                order_number=number,
            )
        )
    return found


def _certificates(within: Any) -> dict[int, list[rules.Certificate]]:
    found: dict[int, list[rules.Certificate]] = defaultdict(list)
    rows = Certificate.objects.filter(employee__in=within).order_by("employee", "issued_on", "pk")
    for employee, pk, kind, issued_on, lapses_on, number, issuer in rows.values_list(
        "employee", "pk", "kind", "issued_on", "lapses_on", "number", "issuer"
    ):
        found[employee].append(
            rules.Certificate(
                pk=pk, kind=kind, issued_on=issued_on, valid_until=lapses_on, number=number, issuer=issuer
            )
        )
    return found


def _absences(within: Any) -> dict[int, list[rules.Absence]]:
    found: dict[int, list[rules.Absence]] = defaultdict(list)
    rows = Absence.objects.filter(employee__in=within).order_by("employee", "started_on", "pk")
    for employee, pk, kind, start, until, counts in rows.values_list(
        "employee", "pk", "kind", "started_on", "until", "counts"
    ):
        found[employee].append(rules.Absence(pk=pk, kind=kind, period=rules.Period(start, until), counts=counts))
    return found
