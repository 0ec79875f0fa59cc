"""Who looked at whom: every reading of a person is noted, and those who watch over it can read the notes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from employees.access import Ability, employees_for, may, visible_employees
from employees.codes import ReadKind
from employees.models import Employee, ReadLog, User

#: Looking again within this time is the same reading: the log stays readable.
SAME_READING = timedelta(hours=1)


class NotTheirsError(PermissionDenied):
    """The user sees the person, but may not do this with her."""


def reading_log(*, user: User, employee: Employee, kind: ReadKind) -> ReadLog | None:
    """Note that a user looked at a person; None where she did so within the last hour (2 queries at most).

    The question is asked before any transaction begins, so that looking again waits for nobody who writes.
    """
    since = timezone.now() - SAME_READING
    if ReadLog.objects.filter(user=user, employee=employee, kind=kind, at__gt=since).exists():
        return None
    reading = ReadLog(user=user, employee=employee, kind=kind)
    reading.full_clean(exclude=["user", "employee"])
    with transaction.atomic():
        reading.save()
    return reading


def person_for(user: User | AnonymousUser, pk: int, ability: Ability) -> Employee | None:
    """Give a person with whom the user may do this; None where she sees no such person (4 queries at most).

    Raises NotTheirsError where she sees the person and may not do this with her.
    """
    employee = visible_employees(user).select_related("organisation", "unit", "position").filter(pk=pk).first()
    if employee is not None and not may(user, ability, employee):
        raise NotTheirsError
    return employee


def readings(
    user: User | AnonymousUser,
    *,
    employee: Employee | None = None,
    first: date | None = None,
    last: date | None = None,
    reader: str = "",
) -> QuerySet[ReadLog]:
    """Give the readings of one person, or of everybody whose readings the user may see, the newest first (1 query)."""
    found = ReadLog.objects.filter(employee__in=employees_for(user, Ability.READ_LOG))
    if employee is not None:
        found = found.filter(employee=employee)
    if first is not None:
        found = found.filter(at__gte=_begins(first))
    if last is not None:
        found = found.filter(at__lt=_begins(last + timedelta(days=1)))
    for word in reader.split():
        found = found.filter(
            Q(user__username__icontains=word) | Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        )
    return found.select_related("user", "employee").order_by("-at", "-pk")


def _begins(day: date) -> datetime:
    """Give the moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
