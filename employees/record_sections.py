"""The records of a person as her page shows them: kind by kind, each with what is odd about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from employees import checking
from employees.forms import line_of, person_values, record_values
from employees.models import Employee
from employees.periods import last_day
from employees.workbook import SHEET_BY_NAME

#: For each kind of record: how the employee names them, and the columns of their table.
KINDS = {
    "education": ("education", 5),
    "work_history": ("work_history", 5),
    "categories": ("awards", 6),
    "certificates": ("certificates", 6),
    "absences": ("absences", 4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A record with what is odd about it; oddities never block."""

    record: Any
    warnings: list[str]


def sections(employee: Employee, *, warn: bool) -> dict[str, list[Shown]]:
    """Give the records of every kind (no query where they are prefetched); oddities only to those who can act."""
    odd = _overlaps(employee) if warn else {}
    shown = {}
    for kind, (related, _columns) in KINDS.items():
        shown[kind] = [
            Shown(record=record, warnings=[*_of(kind, record), *odd.get((kind, record.pk), [])] if warn else [])
            for record in getattr(employee, related).all()
        ]
    return shown


def person_warnings(employee: Employee) -> list[str]:
    """Give what is odd about the personal data."""
    line = line_of(SHEET_BY_NAME["employees"], person_values(employee))
    return [problem.reason for problem in checking.employee_warnings(line)]


def _of(kind: str, record: Any) -> Iterator[str]:
    line = line_of(SHEET_BY_NAME[kind], record_values(kind, record))
    for problem in checking.record_warnings(kind, line):
        yield problem.reason


def _overlaps(employee: Employee) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    posts = sorted(employee.work_history.all(), key=lambda each: (each.started_on, each.until or date.max, each.pk))
    for earlier, post in pairwise(posts):
        if post.started_on < (earlier.until or date.max):
            words = _("The post overlaps the one at %(employer)s that began on %(day)s.")
            found["work_history", post.pk].append(
                words % {"employer": earlier.employer, "day": _day(earlier.started_on)}
            )
    for post in posts:
        if (post.until or date.max) > employee.appointed_on:
            found["work_history", post.pk].append(_("The post overlaps the present one."))
    awards = sorted(employee.awards.all(), key=lambda each: (each.position_id, each.awarded_on, each.pk))
    for before, award in pairwise(awards):
        if (
            before.position_id == award.position_id
            and before.lapses_on is not None
            and award.awarded_on < before.lapses_on
        ):
            words = _("The award overlaps the one of %(first)s, which is valid until %(last)s.")
            days = {"first": _day(before.awarded_on), "last": _day(last_day(before.lapses_on))}
            found["categories", award.pk].append(words % days)
    return found


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
