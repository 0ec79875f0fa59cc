"""Where the items of a career stand in its drawing: one scale of time, a lane for each kind, rows where items overlap.

Pure: dates and words in, numbers out; the template writes the SVG. The drawing is as many units wide as `WIDTH` says
and grows downwards; the page scales it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attestation.career import Career, Item, Lane

WIDTH = 1000.0
#: The edges of the scale; only the ground, and the points of bars that go on, reach beyond them.
LEFT, RIGHT = 6.0, WIDTH - 6.0
#: What a letter takes of a line of 13 units: Cyrillic is wide, and a label had better end early than run into the next.
_LETTER = 8.2
_NARROWEST_BAR = 3.0
_POINT = 11.0
_APART = 5.0
_LONGEST_LABEL = 60
_TEXT_LINE, _HEADING, _ROW, _BAR, _BELOW_LANE = 18.0, 20.0, 24.0, 19.0, 8.0
_TICK_APART = 46.0
#: Ends further off than this do not stretch the scale; the bar then runs out of the drawing, and words name the day.
_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text: where it begins or, anchored at its end, where it ends."""

    x: float
    y: float
    words: str
    at_end: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An item as a bar, or as a point in the middle of its width; `runs_out` where it goes on past the edge."""

    item: Item
    x: float
    y: float
    width: float
    height: float
    label: Label
    runs_out: bool = False

    @property
    def middle_x(self) -> float:
        """The middle from left to right."""
        return round(self.x + self.width / 2, 1)

    @property
    def middle_y(self) -> float:
        """The middle from top to bottom."""
        return round(self.y + self.height / 2, 1)

    @property
    def radius(self) -> float:
        """Half the width, for a point."""
        return self.width / 2

    @property
    def end(self) -> float:
        """The right edge."""
        return round(self.x + self.width, 1)

    @property
    def arrow(self) -> str:
        """The point at the right end of what goes on, as an SVG path."""
        return f"M{self.end} {self.y}L{WIDTH} {self.middle_y}L{self.end} {self.y + self.height}Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A lane with its rows."""

    lane: Lane
    y: float
    heading_y: float
    rows: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A day that crosses all lanes."""

    item: Item
    x: float
    y: float
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The first of January of a year, and where its number is written."""

    x: float
    text_x: float
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A career, ready to be written as SVG; all numbers are units of the drawing."""

    career: Career
    width: float
    height: float
    ticks: tuple[Tick, ...]
    ticks_y: float
    strips: tuple[Strip, ...]
    lines: tuple[Line, ...]
    left: float = LEFT
    right: float = RIGHT

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every bar of every lane."""
        return tuple(bar for strip in self.strips for row in strip.rows for bar in row)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to places between the edges."""

    first: int
    end: int

    def x(self, day: date) -> float:
        """Give the place of a day's beginning; what lies outside comes to the nearer edge."""
        share = (day.toordinal() - self.first) / (self.end - self.first)
        return round(LEFT + min(max(share, 0.0), 1.0) * (RIGHT - LEFT), 1)

    def shows(self, day: date) -> bool:
        """Tell whether a day lies between the edges."""
        return self.first <= day.toordinal() <= self.end


def draw(career: Career) -> Drawing:
    """Find the place of every item; the same career gives the same drawing."""
    scale = scale_of(career)
    days = [item for item in career.items if item.lane is Lane.DAYS]
    top = _TEXT_LINE * (len(days) + 1) + _BELOW_LANE
    strips: list[Strip] = []
    y = top
    for lane in Lane:
        items = [item for item in career.items if item.lane is lane]
        if lane is Lane.DAYS or not items:
            continue
        rows = _rows(items, scale, y=y + _HEADING)
        strips.append(Strip(lane=lane, y=y, heading_y=y + 14, rows=rows))
        y += _HEADING + _ROW * len(rows) + _BELOW_LANE
    return Drawing(
        career=career,
        width=WIDTH,
        height=y,
        ticks=_ticks(scale),
        ticks_y=top - _BELOW_LANE - 4,
        strips=tuple(strips),
        lines=tuple(_line(item, scale, y=_TEXT_LINE * place) for place, item in enumerate(days)),
    )


def scale_of(career: Career) -> Scale:
    """Let whole years hold every first day, the days that cross the lanes, and every end that is not far off."""
    days = [item.first for item in career.items] + [career.on]
    latest = max(days)
    ends = [item.until for item in career.items if item.until and item.until.year - latest.year <= _YEARS_AHEAD]
    latest = max([latest, *ends])
    first = date(min(days).year, 1, 1).toordinal()
    end = date(latest.year + 1, 1, 1).toordinal() if latest.year < date.max.year else date.max.toordinal() + 1
    return Scale(first, end)


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    first, last = date.fromordinal(scale.first).year, date.fromordinal(scale.end - 1).year
    one_year = (RIGHT - LEFT) / (last - first + 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if step * one_year >= _TICK_APART), 500)
    years = [year for year in range(first, last + 1) if year % step == 0]
    places = [(year, scale.x(date(year, 1, 1))) for year in years]
    return tuple(Tick(x=x, text_x=x + 4, year=year) for year, x in places if x + _TICK_APART <= WIDTH)


def _line(item: Item, scale: Scale, *, y: float) -> Line:
    x = scale.x(item.first)
    at_end = x + _APART + _wide(item.label) > RIGHT
    label = Label(x=x - _APART if at_end else x + _APART, y=y + 13, words=item.label, at_end=at_end)
    return Line(item=item, x=x, y=y + 2, label=label)


# --------------------------------------------------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item with its stretch from left to right, and that of its label with it."""

    item: Item
    x: float
    end: float
    words: str
    text_x: float
    at_end: bool
    inside: bool
    taken: tuple[float, float]


def _rows(items: Sequence[Item], scale: Scale, *, y: float) -> tuple[tuple[Bar, ...], ...]:
    """Put every item, by first days, into the first row that ends, labels and all, before the item and its label."""
    rows: list[list[_Placed]] = []
    for item in items:
        placed = _place(item, scale)
        row = next((row for row in rows if row[-1].taken[1] <= placed.taken[0]), None)
        if row is None:
            rows.append(row := [])
        row.append(placed)
    return tuple(tuple(_bar(placed, scale, y=y + _ROW * number) for placed in row) for number, row in enumerate(rows))


def _bar(placed: _Placed, scale: Scale, *, y: float) -> Bar:
    item = placed.item
    return Bar(
        item=item,
        x=placed.x,
        y=y,
        width=round(placed.end - placed.x, 1),
        height=_BAR,
        label=Label(x=placed.text_x, y=y + 14, words=placed.words, at_end=placed.at_end, inside=placed.inside),
        runs_out=item.goes_on or (item.until is not None and not scale.shows(item.until)),
    )


def _place(item: Item, scale: Scale) -> _Placed:
    """Find a bar's place and that of its label: inside it, else beside it on the right, else on the left."""
    x, end = _stretch(item, scale)
    room = {
        "inside": 0.0 if item.point else end - x - 2 * _APART,
        "right": RIGHT - end - _APART,
        "left": x - _APART - LEFT,
    }
    words = item.label if _wide(item.label) <= room["inside"] else _shortened(item.label, _LONGEST_LABEL)
    fitting = [where for where in room if _wide(words) <= room[where]]
    where = fitting[0] if fitting else max(room, key=lambda each: room[each])
    words = _shortened(words, int(room[where] / _LETTER))
    if where == "inside":
        return _Placed(item, x, end, words, round(x + _APART, 1), False, True, (x, end))
    if where == "right":
        taken = (x, end + 2 * _APART + _wide(words))
        return _Placed(item, x, end, words, round(end + _APART, 1), False, False, taken)
    taken = (x - 2 * _APART - _wide(words), end)
    return _Placed(item, x, end, words, round(x - _APART, 1), True, False, taken)


def _stretch(item: Item, scale: Scale) -> tuple[float, float]:
    x = scale.x(item.first)
    if item.point:
        x = min(max(x - _POINT / 2, LEFT), RIGHT - _POINT)
        return round(x, 1), round(x + _POINT, 1)
    x = min(x, RIGHT - _NARROWEST_BAR)
    end = RIGHT if item.until is None else scale.x(item.until)
    return x, round(max(end, x + _NARROWEST_BAR), 1)


def _wide(words: str) -> float:
    return len(words) * _LETTER


def _shortened(words: str, letters: int) -> str:
    """Cut words that are too long, at a space where one is near; the whole stands in the tooltip and the table."""
    if len(words) <= letters:
        return words
    cut = words[: max(letters - 1, 0)]
    head, _space, _tail = cut.rpartition(" ")
    return (head if len(head) > len(cut) * 2 / 3 else cut).rstrip(" ;,:") + "…"
