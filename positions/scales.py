"""The scales that norms and facts share: statuses, levels, categories, education, periods and lengths.

Pure: no framework, no clock. Periods are half-open: `end` is the first day that no longer belongs to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """The three values of a verdict; `unknown` is an answer (reading 21)."""

    MET = "met"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


class Level(StrEnum):
    """The two qualification levels of a specialist."""

    HIGHEST = "highest"
    AVERAGE = "average"


class Category(StrEnum):
    """The four qualification categories."""

    HIGHEST = "highest"
    FIRST = "first"
    SECOND = "second"
    NONE = "none"


#: Categories from the bottom of the ladder to its top.
CATEGORY_ORDER = (Category.NONE, Category.SECOND, Category.FIRST, Category.HIGHEST)
#: Levels from the one that is preferred where none is stated (reading 14).
LEVEL_ORDER = (Level.HIGHEST, Level.AVERAGE)
#: Education levels from the lowest to the highest (reading 9).
EDUCATION_ORDER = (
    "basic_secondary",
    "general_secondary",
    "technical_vocational",
    "post_secondary",
    "higher",
    "postgraduate",
)
#: The code for what a text requires without naming it (reading 16): it can never be judged by a machine.
UNNAMED = "other"

CATEGORY_RANK = {category: rank for rank, category in enumerate(CATEGORY_ORDER)}
EDUCATION_RANK = {level: rank for rank, level in enumerate(EDUCATION_ORDER)}
STATUS_RANK = {Status.MET: 0, Status.UNKNOWN: 1, Status.NOT_MET: 2}


def all_of(statuses: Iterable[Status]) -> Status:
    """Join statuses by *and*: not met if any is, else unknown if any is; nothing checked is not a pass."""
    worst = max((STATUS_RANK[status] for status in statuses), default=1)
    return (Status.MET, Status.UNKNOWN, Status.NOT_MET)[worst]


def best_of(statuses: Iterable[Status]) -> Status:
    """Join alternatives: the best of them; no alternative at all is unknown."""
    best = min((STATUS_RANK[status] for status in statuses), default=1)
    return (Status.MET, Status.UNKNOWN, Status.NOT_MET)[best]


class RungKey(NamedTuple):
    """A rung of a position's ladder; both parts are None where the clause prints no category."""

    level: Level | None
    category: Category | None


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not including, `end`; an open period has no end."""

    start: date
    end: date | None = None

    def covers(self, on: date) -> bool:
        """Tell whether the day belongs to the period."""
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length of experience in years, months (0-11) and days, as counted by reading 18."""

    years: int = 0
    months: int = 0
    days: int = 0
