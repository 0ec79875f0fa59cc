"""Reading what the forms of a person's records need; every function promises its number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from employees.access import visible_employees
from employees.models import Employee, Organisation, PersonnelOrder, Unit, User
from employees.stored import RECORDS
from positions.models import Position
from positions.norm_selectors import read_ladders


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a form may name: positions with their rungs, units of the organisation."""

    positions: dict[str, Position]
    ladders: dict[str, frozenset[tuple[str, str]]]
    units: dict[str, Unit]


def known_for(organisation: Organisation | None) -> Known:
    """Give the positions in their order, their rungs, and the units of an organisation (4 queries)."""
    units = Unit.objects.filter(organisation=organisation).order_by("name") if organisation else []
    return Known(
        positions={position.code: position for position in Position.objects.order_by("order")},
        ladders=read_ladders(),
        units={unit.name: unit for unit in units},
    )


def person(user: User | AnonymousUser, pk: int) -> Employee | None:
    """Give an employee whom the user may see (2 queries at most)."""
    return visible_employees(user).select_related("organisation", "unit", "position").filter(pk=pk).first()


def person_with_records(user: User | AnonymousUser, pk: int) -> Employee | None:
    """Give an employee whom the user may see, with all her records (9 queries at most)."""
    return (
        visible_employees(user)
        .select_related("organisation", "unit", "position")
        .prefetch_related("education", "work_history__position", "awards__position", "certificates", "absences")
        .filter(pk=pk)
        .first()
    )


def record_of(employee: Employee, kind: str, pk: int) -> Any | None:
    """Give a record of a person (1 query)."""
    model, _renamed = RECORDS[kind]
    records = model.objects.filter(employee=employee, pk=pk)
    if kind in ("work_history", "categories"):
        records = records.select_related("position")
    return records.first()


def orders_of(employee: Employee) -> list[PersonnelOrder]:
    """Give the orders that moved a person, the latest first (1 query)."""
    return list(PersonnelOrder.objects.filter(employee=employee).order_by("-on", "-pk"))


def taken(organisation: Organisation, *, field: str, value: str, but: int | None) -> bool:
    """Tell whether somebody else in the organisation has this IIN or personnel number (1 query)."""
    people: Any = Employee.objects.filter(organisation=organisation, **{field: value})
    return bool(people.exclude(pk=but).exists())
