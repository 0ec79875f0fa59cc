"""Reading what reminders rest on: stored verdicts of the people whom a user may see, and who gets the digest.

Every function promises its number of queries, the rights of the user apart: 1, and 1 more where they end at a unit.
Verdicts must have been renewed for the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from attestation.digest import Digest, Prospect, digest
from attestation.due import Standing
from attestation.models import DigestChoice, DigestSent, StatusCode, StoredVerdict
from attestation.services import evaluate_employees
from employees.access import Ability, employees_for
from employees.codes import Role
from employees.experience import add_months
from employees.models import CategoryAward, User
from employees.selectors import in_service
from positions.codes import Category
from positions.norm_selectors import rung_key
from positions.rules import Status

#: Who gets the digest: those who prepare attestations, and the heads of units.
RECEIVING = (Role.HR, Role.MANAGER)
_WITHOUT = ("", Category.NONE)


def digest_of(user: User, *, on: date) -> Digest:
    """Give the digest of a user: what the coming months bring to the people whom she may see (1 query)."""
    until = add_months(on, settings.REMINDER_MONTHS)
    return digest(prospects(user, on=on, until=until), on=on, until=until)


def prospects(user: User, *, on: date, until: date) -> list[Prospect]:
    """Read those in service of whom there may be something to tell, by name (1 query)."""
    people = (
        in_service(employees_for(user, Ability.SEE), on)
        .filter(verdict__listed=True)
        .annotate(lapsed_on=_lapsed(on))
        .filter(_concerned(until))
        .select_related("verdict")
        .only("last_name", "first_name", "patronymic", *(f"verdict__{name}" for name in _STORED))
        .order_by("sort_key", "pk")
    )
    return [_prospect(person) for person in people]


def reached(user: User, people: Iterable[Prospect], *, on: date, since: date) -> dict[int, date]:
    """Give the days, from `since` on, on which those who can rise on the day became able to (10 queries at most).

    A verdict that is met has no such day: it is the one that was given, for the same rung, before the first of them.
    """
    rungs = {person.pk: person.next for person in people if person.next_status is Status.MET}
    if not rungs:
        return {}
    able = in_service(employees_for(user, Ability.SEE), on).filter(verdict__next_status=StatusCode.MET)
    days = {}
    for judged in evaluate_employees(able, on=since - timedelta(days=1)):
        then = judged.verdict.next
        if then and then.reachable_on and then.reachable_on <= on and then.key == rungs.get(judged.person.pk):
            days[judged.person.pk] = then.reachable_on
    return days


def receives(user: User) -> bool:
    """Tell whether the digest is meant for this user (1 query)."""
    return user.grants.filter(role__in=RECEIVING).exists()


def wants(user: User) -> bool:
    """Tell whether a user wants the digest; who has chosen nothing does (1 query)."""
    return not DigestChoice.objects.filter(user=user, wanted=False).exists()


def sent_in(user: User, week: date) -> DigestSent | None:
    """Give the digest that was sent to a user in a week, or was about to be (1 query)."""
    return DigestSent.objects.filter(user=user, week=week).first()


def receivers(week: date) -> QuerySet[User]:
    """Give the users whose digest of the week is still to be sent, or sent again after a failure (1 query)."""
    taken = DigestSent.objects.filter(user=OuterRef("pk"), week=week, failed=False)
    return (
        User.objects.filter(is_active=True, grants__role__in=RECEIVING)
        .exclude(email="")
        .exclude(digest_choice__wanted=False)
        .exclude(Exists(taken))
        .distinct()
        .order_by("pk")
    )


# --------------------------------------------------------------------------------------------------- from row to fact

_STORED = (
    "next_status",
    "next_level",
    "next_category",
    "reachable_on",
    "current_status",
    "current_level",
    "current_category",
    "lapses_on",
    "due_standing",
    "due_on",
    "overdue_on",
    "doubts",
)


def _concerned(until: date) -> Q:
    """Give the condition that leaves out those of whom there is certainly nothing to tell."""
    return (
        Q(verdict__next_status__in=(StatusCode.MET, StatusCode.UNKNOWN))
        | Q(verdict__current_status=StatusCode.UNKNOWN)
        | Q(verdict__reachable_on__lt=until)
        | Q(verdict__lapses_on__lte=until)
        | Q(lapsed_on__isnull=False)
        | Q(verdict__due_standing=Standing.OVERDUE)
        | Q(verdict__due_on__lt=until)
    )


def _lapsed(on: date) -> Case:
    """Give the first day without the last category of a person who has none in force now."""
    held = OuterRef("verdict__position")
    family = Q(position__code=held) | Q(position__successor__code=held) | Q(position__predecessors__code=held)
    awards = CategoryAward.objects.filter(
        family, employee=OuterRef("pk"), annulled_on__isnull=True, awarded_on__lte=on, lapses_on__lte=on
    )
    last = Subquery(awards.order_by(F("lapses_on").desc(), F("pk").desc()).values("lapses_on")[:1])
    return Case(When(verdict__current_category__in=_WITHOUT, then=last), default=None)


def _prospect(person: Any) -> Prospect:
    row: StoredVerdict = person.verdict
    return Prospect(
        pk=person.pk,
        name=person.full_name,
        next=rung_key(row.next_level, row.next_category) if row.next_status else None,
        next_status=Status(row.next_status) if row.next_status else None,
        reachable_on=row.reachable_on,
        current=rung_key(row.current_level, row.current_category) if row.current_category else None,
        lapses_on=row.lapses_on,
        lapsed_on=person.lapsed_on,
        due=Standing(row.due_standing),
        due_on=row.due_on,
        overdue_on=row.overdue_on,
        is_unknown=StatusCode.UNKNOWN in (row.current_status, row.next_status),
        doubts=tuple((requirement, found, code) for requirement, found, code in row.doubts),
    )
