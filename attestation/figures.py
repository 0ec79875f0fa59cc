"""Figures of many people on one day: how many stand where, who can rise, whose category ends, what is unknown.

Pure: no framework, no clock. A row is one person, or so many people who are alike in all that is counted; what is
stored of today and what is computed for another day give the same rows, so that the figures of both mean the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from attestation.due import Standing
from employees.experience import add_months
from positions.requirements import Norms
from positions.scales import CATEGORY_ORDER, LEVEL_ORDER, Status

#: So many months are looked ahead, and these are the nearer spans that are told besides.
HORIZON = 12
SPANS = (3, 6, HORIZON)
_DAY = timedelta(days=1)

Key = TypeVar("Key", bound=Hashable)
#: What keeps a verdict unknown: the requirement, what was found, and the kind of document where one is meant.
Reason = tuple[str, str, str]


class Place(StrEnum):
    """Where somebody in service stands: on a rung, or why on none."""

    RUNG = "rung"
    NO_RUNG = "no_rung"
    NO_CATEGORIES = "no_categories"
    NO_TEXT = "no_text"
    NO_POST = "no_post"


@dataclass(frozen=True)
class DayTexts:
    """What the texts of a day say of whole positions: which have none, which print no categories, which are one."""

    missing: frozenset[str]
    without_categories: frozenset[str]
    families: tuple[tuple[str, ...], ...]

    def place(self, *, listed: bool, position: str, level: str) -> Place:
        """Tell where somebody stands who has this verdict."""
        if not listed:
            return Place.NO_POST
        if level:
            return Place.RUNG
        if position in self.missing:
            return Place.NO_TEXT
        return Place.NO_CATEGORIES if position in self.without_categories else Place.NO_RUNG


def day_texts(norms: Norms, *, on: date) -> DayTexts:
    """Read from the norms what they say of whole positions on a day."""
    texts = {code: norms.text(code, on) for code in norms.positions}
    families = {tuple(sorted(norms.family(code))) for code in norms.positions}
    return DayTexts(
        missing=frozenset(code for code, text in texts.items() if text is None),
        without_categories=frozenset(code for code, text in texts.items() if text and not text.has_categories),
        families=tuple(sorted(family for family in families if len(family) > 1)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """What is counted of a person in service on the day, or of `number` people who are alike in it.

    `level` and `category` are those of the current rung (blank without one), `lapses_on` is the first day without the
    category in force, `lapsed` says that a category has ended and none is in force. Whoever held no post
    (`Place.NO_POST`) counts for nothing but the people in service.
    """

    place: Place
    level: str = ""
    category: str = ""
    current_status: str = ""
    next_status: str = ""
    reachable_on: date | None = None
    lapses_on: date | None = None
    lapsed: bool = False
    standing: str = Standing.UNKNOWN
    doubts: tuple[Reason, ...] = ()
    number: int = 1

    @property
    def last_day(self) -> date | None:
        """The last day of the category in force."""
        return self.lapses_on - _DAY if self.lapses_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figures they are: of a unit with those below it, an organisation, or (both blank) all that is seen."""

    organisation: str = ""
    unit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RungCount:
    """How many stand on a rung."""

    level: str
    category: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCounts:
    """How many meet the requirements of a rung; `none` have no such rung."""

    met: int = 0
    not_met: int = 0
    unknown: int = 0
    none: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCount:
    """How many from the day of the figures until `last`, that day included; each span holds the shorter ones."""

    months: int
    last: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many between two days of one month, both included; whole months but for the first and the last."""

    first: date
    last: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is to come in the next 12 months: in spans from the day on, and month by month (12 of them, or 13).

    The months add up to the longest span.
    """

    spans: tuple[SpanCount, ...]
    months: tuple[MonthCount, ...]

    @property
    def total(self) -> int:
        """How many in all the months."""
        return self.spans[-1].number


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCounts:
    """How many stand where with the next attestation."""

    not_yet: int = 0
    due: int = 0
    overdue: int = 0
    exempt: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """Of how many the verdict is kept unknown by this; one person may have several reasons."""

    requirement: str
    found: str
    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of the people of a scope who are in service on a day.

    Everybody stands in exactly one of `rungs` (all levels and categories, from the top, also those of nobody),
    `without_rung` (no level is stated and no entry education is met), `without_categories` (the text of the post
    prints none), `without_text` (no text on file for the day, nothing in force) and `without_post` (none on record).
    The other figures are of those who hold a post. `next.met` can rise now; `rising` comes besides, by the day on which
    time is no longer missing; `lapsing` goes by the last day of the category in force; of those who have `lapsed`
    a category ended and none is in force.
    """

    on: date
    scope: Scope
    in_service: int
    rungs: tuple[RungCount, ...]
    without_rung: int
    without_categories: int
    without_text: int
    without_post: int
    current: StatusCounts
    next: StatusCounts
    rising: Ahead
    lapsing: Ahead
    lapsed: int
    attestation: StandingCounts
    unknown: int
    reasons: tuple[ReasonCount, ...]

    @property
    def rising_now(self) -> int:
        """How many meet the requirements of the next rung on the day."""
        return self.next.met

    def on_rung(self, level: str, category: str) -> int:
        """Give how many stand on a rung."""
        return sum(each.number for each in self.rungs if (each.level, each.category) == (level, category))

    def with_category(self, category: str) -> int:
        """Give how many stand on the rungs of a category, of all levels."""
        return sum(each.number for each in self.rungs if each.category == category)


def horizon(on: date) -> date:
    """Give the last day that figures of a day look ahead to."""
    return add_months(on, HORIZON) - _DAY


def months_ahead(on: date) -> Iterator[tuple[date, date]]:
    """Give the first and the last day of every month ahead, cut to the days that are looked at."""
    first, end = on, horizon(on)
    while first <= end:
        following = add_months(first.replace(day=1), 1)
        yield first, min(following - _DAY, end)
        first = following


def add_up(rows: Iterable[FigureRow], *, on: date, scope: Scope | None = None) -> Figures:
    """Add rows up to figures."""
    rows = list(rows)
    posted = [row for row in rows if row.place is not Place.NO_POST]
    places = _counted((row.place, row.number) for row in rows)
    stand = _counted(((row.level, row.category), row.number) for row in posted if row.place is Place.RUNG)
    reasons = _counted((reason, row.number) for row in posted for reason in set(row.doubts))
    standings = _counted((row.standing, row.number) for row in posted)
    return Figures(
        on=on,
        scope=scope or Scope(),
        in_service=sum(places.values()),
        rungs=tuple(
            RungCount(level=str(level), category=str(category), number=stand[level, category])
            for level in LEVEL_ORDER
            for category in reversed(CATEGORY_ORDER)
        ),
        without_rung=places[Place.NO_RUNG],
        without_categories=places[Place.NO_CATEGORIES],
        without_text=places[Place.NO_TEXT],
        without_post=places[Place.NO_POST],
        current=_statuses((row.current_status, row.number) for row in posted),
        next=_statuses((row.next_status, row.number) for row in posted),
        rising=_ahead(((row.reachable_on, row.number) for row in posted), on),
        lapsing=_ahead(((row.last_day, row.number) for row in posted), on),
        lapsed=sum(row.number for row in posted if row.lapsed),
        attestation=StandingCounts(**{str(each): standings[each] for each in Standing}),
        unknown=sum(row.number for row in posted if row.doubts),
        reasons=tuple(
            ReasonCount(requirement=reason[0], found=reason[1], code=reason[2], number=number)
            for reason, number in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _counted(pairs: Iterable[tuple[Key, int]]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for key, number in pairs:
        found[key] += number
    return found


def _statuses(pairs: Iterable[tuple[str, int]]) -> StatusCounts:
    found = _counted(pairs)
    return StatusCounts(none=found[""], **{str(each): found[each] for each in Status})


def _ahead(pairs: Iterable[tuple[date | None, int]], on: date) -> Ahead:
    """Count days that lie within the next months."""
    days = [(day, number) for day, number in pairs if day is not None]

    def between(first: date, last: date) -> int:
        return sum(number for day, number in days if first <= day <= last)

    ends = {months: add_months(on, months) - _DAY for months in SPANS}
    return Ahead(
        spans=tuple(SpanCount(months=months, last=last, number=between(on, last)) for months, last in ends.items()),
        months=tuple(
            MonthCount(first=first, last=last, number=between(first, last)) for first, last in months_ahead(on)
        ),
    )


# -------------------------------------------------------------------------------------------------- keeping as text


def as_data(figures: Figures) -> dict[str, Any]:
    """Give figures as plain values for JSON; days are ISO."""
    data = asdict(figures)
    data["on"] = figures.on.isoformat()
    for name in ("rising", "lapsing"):
        for each in (*data[name]["spans"], *data[name]["months"]):
            each |= {key: each[key].isoformat() for key in ("first", "last") if key in each}
    return data


def from_data(data: Mapping[str, Any]) -> Figures:
    """Give the figures that were kept as plain values."""
    return Figures(
        **{
            **data,
            "on": date.fromisoformat(data["on"]),
            "scope": Scope(**data["scope"]),
            "rungs": tuple(RungCount(**each) for each in data["rungs"]),
            "current": StatusCounts(**data["current"]),
            "next": StatusCounts(**data["next"]),
            "rising": _ahead_from(data["rising"]),
            "lapsing": _ahead_from(data["lapsing"]),
            "attestation": StandingCounts(**data["attestation"]),
            "reasons": tuple(ReasonCount(**each) for each in data["reasons"]),
        }
    )


def _ahead_from(data: Mapping[str, Any]) -> Ahead:
    day = date.fromisoformat
    return Ahead(
        spans=tuple(SpanCount(**{**each, "last": day(each["last"])}) for each in data["spans"]),
        months=tuple(
            MonthCount(**{**each, "first": day(each["first"]), "last": day(each["last"])}) for each in data["months"]
        ),
    )
