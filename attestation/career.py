"""What stands on the line of a career: plain data, without framework, clock or words of its own.

Periods are half-open, as everywhere: `until` is the first day that no longer belongs to an item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from employees import experience
from employees.periods import last_day
from positions.scales import Length


class Lane(StrEnum):
    """The lanes of the line, from the top; the days that cross them all come last."""

    POSTS = "posts"
    CATEGORIES = "categories"
    ABSENCES = "absences"
    EDUCATION = "education"
    CERTIFICATES = "certificates"
    DAYS = "days"


class Mark(StrEnum):
    """What is said of an item besides its dates."""

    SAME_POSITION = "same_position"
    NO_CATEGORY = "no_category"
    COUNTS = "counts"
    DOES_NOT_COUNT = "does_not_count"
    LAPSED = "lapsed"
    AFTER = "after"
    ASKED = "asked"
    NEXT_RUNG = "next_rung"


_ORDER = {lane: place for place, lane in enumerate(Lane)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the line: a stretch of days, open where `until` is missing, or a single day."""

    lane: Lane
    kind: str
    what: str
    label: str
    first: date
    until: date | None = None
    point: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def last(self) -> date | None:
        """The last day, which people read; none of a stretch that goes on, and none apart from the first of a point."""
        return None if self.point else last_day(self.until)

    @property
    def goes_on(self) -> bool:
        """Whether the stretch is open."""
        return not self.point and self.until is None

    def length(self, *, on: date) -> Length | None:
        """Give the length by the calendar, of an open stretch up to, not including, the day; a single day has none."""
        end = self.until or on
        return None if self.point or end <= self.first else experience.by_calendar(self.first, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """All that is on record of a person, by first days, with the day asked and that of the next rung."""

    on: date
    items: tuple[Item, ...]


def career(items: Iterable[Item], *, on: date) -> Career:
    """Put the items in the order of their first days; of two on one day, by lanes and then the shorter first."""

    def key(item: Item) -> tuple[date, int, date, str, str]:
        return item.first, _ORDER[item.lane], item.until or date.max, item.kind, item.what

    return Career(on=on, items=tuple(sorted(items, key=key)))
