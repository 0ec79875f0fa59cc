"""Changes to a person and to her records, one at a time, each noticed by whoever edits the same person meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from employees.changes import announce, objections
from employees.models import Employee
from employees.stored import RECORDS


class StaleEditError(Exception):
    """Somebody has changed the person since the page was opened; nothing was saved."""


class OutOfReachError(Exception):
    """The change would put the person where the user may not work; nothing was saved."""

    def __str__(self) -> str:
        return _("You have no right to work in this unit. Choose a unit within your rights.")


def locked(employee: Employee, version: int) -> Employee:
    """Take the person for changing, as she is now (1 query).

    Raises StaleEditError if she is not what she was when the page was opened.
    """
    found = Employee.objects.select_for_update().get(pk=employee.pk)
    if found.version != version:
        raise StaleEditError
    return found


def saved(employee: Employee, *, reason: str, within: QuerySet[Employee] | None = None) -> Employee:
    """Save a person with all that every save owes: checks, history, verdict.

    Raises ValidationError if she is not right, OutOfReachError if the user could not work with her any more.
    """
    employee.full_clean()
    employee._change_reason = reason  # type: ignore[attr-defined]
    employee.save()
    if within is not None and not within.filter(pk=employee.pk).exists():
        raise OutOfReachError
    announce([employee.pk])
    return employee


@transaction.atomic
def employee_change(
    *, employee: Employee, version: int, values: Mapping[str, Any], within: QuerySet[Employee]
) -> Employee:
    """Correct what stands with the person herself: personal data, the present post.

    Raises StaleEditError, OutOfReachError or ValidationError.
    """
    found = locked(employee, version)
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    return saved(found, reason="edit", within=within)


@transaction.atomic
def record_add(*, employee: Employee, kind: str, version: int, values: Mapping[str, Any]) -> Model:
    """Add a record of a kind. Raises StaleEditError or ValidationError."""
    found = locked(employee, version)
    record: Model = RECORDS[kind][0](employee=found, **values)
    return _kept(record, found)


@transaction.atomic
def record_change(*, employee: Employee, kind: str, pk: int, version: int, values: Mapping[str, Any]) -> Model:
    """Change a record; one that was deleted meanwhile comes back. Raises StaleEditError or ValidationError."""
    found = locked(employee, version)
    model = RECORDS[kind][0]
    _unobjected(model, pk)
    record: Model = model.objects.filter(employee=found, pk=pk).first() or model(employee=found)
    for name, value in values.items():
        setattr(record, name, value)
    return _kept(record, found)


@transaction.atomic
def record_delete(*, employee: Employee, kind: str, pk: int, version: int) -> None:
    """Delete a record; what it said stays in the history. Raises StaleEditError or ValidationError."""
    found = locked(employee, version)
    _unobjected(RECORDS[kind][0], pk)
    record = RECORDS[kind][0].objects.filter(employee=found, pk=pk).first()
    if record is not None:
        record._change_reason = "delete"
        record.delete()
    _grown(found)


def _unobjected(model: Any, pk: int) -> None:
    """Refuse to touch a record that somebody else rests on. Raises ValidationError."""
    reasons = objections(model, [pk])
    if reasons:
        raise ValidationError(list(reasons.values()))


def _kept(record: Model, employee: Employee) -> Model:
    record.full_clean()
    record._change_reason = "edit"  # type: ignore[attr-defined]
    record.save()
    _grown(employee)
    return record


def _grown(employee: Employee) -> None:
    """Let the version grow without a line in the person's own history: the record has one."""
    Employee.objects.filter(pk=employee.pk).update(version=employee.version + 1)
    announce([employee.pk])
