"""How the staff stood on the last day of each past year: how many on which rung, how many with a category.

Pure: no framework, no clock. Only the current rung is asked for, not what it requires; on every day it is the one that
a whole verdict of that day gives (a test holds them together).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from attestation.figures import Place, RungCount
from employees import experience
from positions.ledger import Ledger, award_in_force
from positions.rules import Category, Edition, Facts, Level, Norms, RungKey, Work
from positions.scales import CATEGORY_ORDER, LEVEL_ORDER

#: So many past years are looked at: what fits on a page, no rule of law.
YEARS = 8


class Stand(NamedTuple):
    """Where somebody stood on a day: the rung where it was one, and whether a text was on file for the post."""

    place: Place
    rung: RungKey | None = None
    by_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendDay:
    """The staff of one day: everybody in service stands on a rung, or in one of the numbers beside.

    For `unread` of them no text was on file for the day: their rung is the category in force or the level on record.
    """

    on: date
    in_service: int
    rungs: tuple[RungCount, ...]
    without_rung: int
    without_categories: int
    without_text: int
    without_post: int
    unread: int

    @property
    def on_ladder(self) -> int:
        """How many stand on any rung, one without a category included."""
        return sum(each.number for each in self.rungs)

    @property
    def with_category(self) -> int:
        """How many have the second, the first or the highest category."""
        return sum(each.number for each in self.rungs if each.category != Category.NONE)

    @property
    def share(self) -> int | None:
        """Of a hundred on a rung, how many have a category (rounded down); None where nobody stands on one."""
        return 100 * self.with_category // self.on_ladder if self.on_ladder else None

    def on_rung(self, level: str, category: str) -> int:
        """Give how many stand on a rung."""
        return sum(each.number for each in self.rungs if (each.level, each.category) == (level, category))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The staff of the days looked at, the earliest first."""

    days: tuple[TrendDay, ...]

    @property
    def has_unread(self) -> bool:
        """Tell whether for some post no text was on file on some day."""
        return any(each.unread for each in self.days)


def days_back(*, today: date, first: date | None, years: int = YEARS) -> tuple[date, ...]:
    """Give the last day of each of the past years that anybody was in service in, and today."""
    ends = [date(year, 12, 31) for year in range(today.year - years, today.year)]
    return (*(end for end in ends if first is not None and first <= end), today)


def stand_on(facts: Facts, norms: Norms, *, on: date) -> Stand | None:
    """Give where somebody stood on a day; None for whoever was not in service."""
    if not facts.service.covers(on):
        return None
    post = facts.post(on)
    if post is None or post.position is None:
        return Stand(Place.NO_POST)
    edition = norms.text(post.position, on)
    if edition is not None and not edition.has_categories:
        return Stand(Place.NO_CATEGORIES)
    family = norms.family(post.position)
    award = award_in_force((each for each in facts.awards if each.position in family), on)
    if award is not None:
        return Stand(Place.RUNG, RungKey(award.level, award.category), edition is not None)
    level = post.level or (_entry_level(post, facts, norms, edition, on) if edition is not None else None)
    if level is not None:
        return Stand(Place.RUNG, RungKey(level, Category.NONE), edition is not None)
    return Stand(Place.NO_RUNG) if edition is not None else Stand(Place.NO_TEXT, by_text=False)


def _entry_level(post: Work, facts: Facts, norms: Norms, edition: Edition, on: date) -> Level | None:
    """Give the level that the documents of the day open where none is on record (reading 14)."""
    family = norms.family(post.position or "")
    ledger = Ledger(facts=facts, norms=norms, edition=edition, family=family, awards=(), counting=experience)
    return ledger.entry_level(on)


def trend(
    people: Iterable[Facts], norms: Norms, *, days: Iterable[date], tell: Callable[[int], object] = lambda done: None
) -> Trend:
    """Count where people stood on each of the days; `tell` hears of every person done."""
    chosen = sorted(set(days))
    found: dict[date, Counter[Stand]] = {day: Counter() for day in chosen}
    for facts in people:
        for day in chosen:
            stand = stand_on(facts, norms, on=day)
            if stand is not None:
                found[day][stand] += 1
        tell(1)
    return Trend(days=tuple(_day(day, found[day]) for day in chosen))


def _day(on: date, stands: Counter[Stand]) -> TrendDay:
    def number(place: Place, rung: RungKey | None = None) -> int:
        return sum(count for stand, count in stands.items() if stand.place is place and stand.rung == rung)

    return TrendDay(
        on=on,
        in_service=sum(stands.values()),
        rungs=tuple(
            RungCount(level=str(key.level), category=str(key.category), number=number(Place.RUNG, key))
            for key in rung_keys()
        ),
        without_rung=number(Place.NO_RUNG),
        without_categories=number(Place.NO_CATEGORIES),
        without_text=number(Place.NO_TEXT),
        without_post=number(Place.NO_POST),
        unread=sum(count for stand, count in stands.items() if not stand.by_text),
    )


def rung_keys() -> Iterator[RungKey]:
    """Give every rung from the top down."""
    for level in LEVEL_ORDER:
        for category in reversed(CATEGORY_ORDER):
            yield RungKey(level, category)


def as_data(found: Trend) -> dict[str, Any]:
    """Give a trend as plain values for JSON."""
    return {"days": [{**asdict(each), "on": each.on.isoformat()} for each in found.days]}


def from_data(data: Mapping[str, Any]) -> Trend:
    """Give the trend that was kept as plain values."""
    return Trend(
        days=tuple(
            TrendDay(
                **{
                    **each,
                    "on": date.fromisoformat(each["on"]),
                    "rungs": tuple(RungCount(**rung) for rung in each["rungs"]),
                }
            )
            for each in data["days"]
        )
    )
