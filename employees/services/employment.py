"""Hiring, transfer, dismissal, re-hiring: what an order does, with the day and the number of the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from employees.codes import PersonnelOrderKind
from employees.models import Employee, Organisation, PersonnelOrder, Unit, User, WorkRecord
from employees.periods import after, last_day
from employees.services.records import locked, saved
from positions.models import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post to be taken."""

    position: Position
    level: str
    unit: Unit | None


class EmploymentRefusedError(Exception):
    """An order cannot do this; nothing was saved. The text says why, `field` where."""

    field = "on"


class AlreadyDismissedError(EmploymentRefusedError):
    """The person is dismissed already."""

    def __str__(self) -> str:
        return _("The employee is dismissed already. Re-hire her first.")


class NotDismissedError(EmploymentRefusedError):
    """The person cannot be re-hired: she is in service."""

    def __str__(self) -> str:
        return _("The employee is in service. Only a dismissed employee can be re-hired.")


class TooEarlyError(EmploymentRefusedError):
    """The day lies before what it follows."""

    def __init__(self, earliest: date) -> None:
        super().__init__(earliest)
        self.earliest = earliest

    def __str__(self) -> str:
        return _("The day must not lie before %(day)s.") % {"day": date_format(self.earliest, "SHORT_DATE_FORMAT")}


class NothingChangesError(EmploymentRefusedError):
    """The transfer leads to the very post the person holds."""

    field = "position"

    def __str__(self) -> str:
        return _("The employee holds this post in this unit already. Choose another position, level or unit.")


@transaction.atomic
def employee_hire(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    order_number: str,
    user: User,
    within: QuerySet[Employee],
) -> Employee:
    """Hire somebody new. Raises ValidationError, OutOfReachError."""
    employee = saved(Employee(organisation=organisation, **values), reason="hiring", within=within)
    _order(employee, PersonnelOrderKind.HIRING, employee.hired_on, order_number, user, employee.position.code)
    return employee


@transaction.atomic
def employee_dismiss(*, employee: Employee, version: int, last: date, order_number: str, user: User) -> Employee:
    """End the service with its last working day.

    Raises StaleEditError, AlreadyDismissedError, TooEarlyError.
    """
    found = locked(employee, version)
    if found.employed_until is not None:
        raise AlreadyDismissedError
    if last < found.appointed_on:
        raise TooEarlyError(found.appointed_on)
    found.employed_until = after(last)
    found.version += 1
    saved(found, reason="dismissal")
    _order(found, PersonnelOrderKind.DISMISSAL, last, order_number, user, found.position.code)
    return found


@transaction.atomic
def employee_rehire(
    *,
    employee: Employee,
    version: int,
    on: date,
    post: Post,
    order_number: str,
    user: User,
    within: QuerySet[Employee],
) -> Employee:
    """Take a dismissed person back; the post she left becomes a record of earlier work.

    Raises StaleEditError, NotDismissedError, TooEarlyError, OutOfReachError.
    """
    found = locked(employee, version)
    if found.employed_until is None:
        raise NotDismissedError
    if on < found.employed_until:
        raise TooEarlyError(found.employed_until)
    before = _words(found)
    _note_post(found, until=found.employed_until, reason="rehiring")
    found.hired_on, found.employed_until = on, None
    _take(found, post, on)
    saved(found, reason="rehiring", within=within)
    _order(found, PersonnelOrderKind.REHIRING, on, order_number, user, f"{before} → {_words(found)}")
    return found


@transaction.atomic
def employee_transfer(
    *,
    employee: Employee,
    version: int,
    on: date,
    post: Post,
    order_number: str,
    user: User,
    within: QuerySet[Employee],
) -> Employee:
    """Move a person to another post or unit; a post that she leaves becomes a record of earlier work.

    Raises StaleEditError, AlreadyDismissedError, TooEarlyError, NothingChangesError, OutOfReachError.
    """
    found = locked(employee, version)
    if found.employed_until is not None:
        raise AlreadyDismissedError
    same_post = (found.position_id, found.level) == (post.position.pk, post.level)
    if same_post and found.unit == post.unit:
        raise NothingChangesError
    before = _words(found)
    if same_post:
        if on < found.appointed_on:
            raise TooEarlyError(found.appointed_on)
        found.unit = post.unit
        found.version += 1
    else:
        if on <= found.appointed_on:
            raise TooEarlyError(after(found.appointed_on))
        _note_post(found, until=on, reason="transfer")
        _take(found, post, on)
    saved(found, reason="transfer", within=within)
    _order(found, PersonnelOrderKind.TRANSFER, on, order_number, user, f"{before} → {_words(found)}")
    return found


def _take(employee: Employee, post: Post, on: date) -> None:
    employee.position, employee.level, employee.unit = post.position, post.level, post.unit
    employee.appointed_on = on
    employee.version += 1


def _note_post(employee: Employee, *, until: date, reason: str) -> None:
    """Write the post that ends into the work history, counted as the present post was (`facts.present_post`)."""
    organisation = employee.organisation
    record = WorkRecord(
        employee=employee,
        employer=(getattr(organisation, "name_kk", "") or organisation.bin)[:300],
        position=employee.position,
        level=employee.level,
        started_on=employee.appointed_on,
        until=until,
        sphere=organisation.sphere,
        relevant_profile=True,
        in_specialty=True,
    )
    record.full_clean()
    record._change_reason = reason  # type: ignore[attr-defined]
    record.save()


def _order(
    employee: Employee, kind: PersonnelOrderKind, on: date, number: str, user: User, words: str
) -> PersonnelOrder | None:
    """Keep the order; hiring may be entered before its order has a number."""
    if not number:
        return None
    order = PersonnelOrder(employee=employee, kind=kind, on=on, number=number, words=words, created_by=user)
    order.full_clean()
    order.save()
    return order


def _words(employee: Employee) -> str:
    """Name the post without the words of any one language: the order is read in three."""
    until = last_day(employee.employed_until)
    parts = (employee.position.code, employee.level, employee.unit.name if employee.unit else "", until)
    return ", ".join(str(part) for part in parts if part)
