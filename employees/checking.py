"""What can be wrong with a row of the workbook although each of its cells is right by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from employees.codes import ALWAYS_COUNTING
from employees.identity import birth_date_of, is_valid_iin
from employees.import_plan import Line, Problem
from positions.codes import Category, Level

#: The rungs of a position: pairs of level and category; a level named without categories stands with a blank one.
Ladders = Mapping[str, frozenset[tuple[str, str]]]

#: For each sheet: the column of the first day, the column of the last, and what to say when they are exchanged.
_SPANS = {
    "work_history": ("started_on", "ended_on"),
    "categories": ("awarded_on", "valid_until"),
    "certificates": ("issued_on", "valid_until"),
    "absences": ("started_on", "ended_on"),
}


def employee(line: Line, positions: Mapping[str, Any], ladders: Ladders) -> Iterator[Problem]:
    """Give the mistakes of a row of the sheet of employees."""
    values = line.values
    yield from _position_and_level(line, positions, ladders)
    iin = values.get("iin")
    if iin and not is_valid_iin(iin):
        yield line.problem("iin", _("The check digit of the IIN is wrong."))
    hired, appointed, dismissed = (values.get(name) for name in ("hired_on", "appointed_on", "dismissed_on"))
    if hired and appointed and appointed < hired:
        yield line.problem("appointed_on", _("The appointment lies before the hiring."))
    if hired and dismissed and dismissed < hired:
        yield line.problem("dismissed_on", _("The last day lies before the first."))
    elif appointed and dismissed and dismissed < appointed:
        yield line.problem("dismissed_on", _("The dismissal lies before the appointment to the present post."))
    born = values.get("birth_date")
    if born and hired and born >= hired:
        yield line.problem("birth_date", _("The birth date lies after the hiring."))


def employee_warnings(line: Line) -> Iterator[Problem]:
    """Give what is odd about a row of the sheet of employees without being a mistake."""
    iin, born = line.values.get("iin"), line.values.get("birth_date")
    if iin and born and is_valid_iin(iin) and birth_date_of(iin) != born:
        yield line.problem("birth_date", _("The birth date disagrees with the IIN; compare with the document."))


def record(sheet: str, line: Line, positions: Mapping[str, Any], ladders: Ladders) -> Iterator[Problem]:
    """Give the mistakes of a row of one of the other sheets."""
    values = line.values
    if sheet in _SPANS:
        first, last = _SPANS[sheet]
        if values.get(first) and values.get(last) and values[last] < values[first]:
            yield line.problem(last, _("The last day lies before the first."))
    if sheet == "work_history":
        yield from _position_and_level(line, positions, ladders)
    if sheet == "categories":
        yield from _award(line, positions, ladders)
    if sheet == "absences" and values.get("kind") in ALWAYS_COUNTING and values.get("counts") is False:
        yield line.problem("counts", _("This leave always counts towards experience."))


def record_warnings(sheet: str, line: Line) -> Iterator[Problem]:
    """Give what is odd about a row of one of the other sheets."""
    values = line.values
    if sheet == "categories" and not values.get("order_number"):
        yield line.problem("order_number", _("The award has no order number."))
    if sheet == "work_history" and values.get("level") and not values.get("position"):
        yield line.problem("level", _("A level means nothing without the code of the position."))


def _position_and_level(line: Line, positions: Mapping[str, Any], ladders: Ladders) -> Iterator[Problem]:
    code, level = line.values.get("position"), line.values.get("level")
    if not code:
        return
    if code not in positions:
        yield line.problem("position", _("There is no position with this code."))
    elif level and level not in {known for known, _category in ladders.get(code, ())}:
        yield line.problem("level", _("The position does not have the %(level)s.") % {"level": Level(level).label})


def _award(line: Line, positions: Mapping[str, Any], ladders: Ladders) -> Iterator[Problem]:
    code, level, category = (line.values.get(name) for name in ("position", "level", "category"))
    if category == Category.NONE:
        yield line.problem("category", _("“Without a category” is not awarded."))
        return
    if not code:
        return
    if code not in positions:
        yield line.problem("position", _("There is no position with this code."))
    elif level and category and (level, category) not in ladders.get(code, ()):
        yield line.problem(
            "category",
            _("The position does not have this rung: %(level)s, %(category)s.")
            % {"level": Level(level).label, "category": Category(category).label},
        )


def overlaps(employees: Mapping[str, Line], records: Mapping[str, Mapping[str, list[Line]]]) -> Iterator[Problem]:
    """Warn of posts and awards of one person that overlap."""
    for number, lines in records.get("work_history", {}).items():
        yield from _overlapping_posts(lines, employees.get(number))
    for lines in records.get("categories", {}).values():
        yield from _overlapping_awards(lines)


def _overlapping_posts(lines: list[Line], present: Line | None) -> Iterator[Problem]:
    spans = sorted(
        (
            (line.values["started_on"], line.values.get("ended_on") or date.max, line)
            for line in lines
            if line.values.get("started_on")
        ),
        key=lambda span: (span[0], span[1], span[2].number),
    )
    for (_start, end, earlier), (start, _end, line) in pairwise(spans):
        if start <= end:
            yield line.problem("started_on", _("The post overlaps the one in row %(row)d.") % {"row": earlier.number})
    begins = present.values.get("appointed_on", present.values.get("hired_on")) if present else None
    if begins:
        for _start, end, line in spans:
            if end >= begins:
                yield line.problem("ended_on", _("The post overlaps the present one."))


def _overlapping_awards(lines: list[Line]) -> Iterator[Problem]:
    """Warn where an award begins before the stated end of the one before it for the same position."""
    dated = sorted(
        (line for line in lines if line.values.get("awarded_on")),
        key=lambda line: (line.values.get("position", ""), line.values["awarded_on"], line.number),
    )
    for earlier, line in pairwise(dated):
        until = earlier.values.get("valid_until")
        if (
            until is not None
            and earlier.values.get("position") == line.values.get("position")
            and line.values["awarded_on"] <= until
        ):
            yield line.problem("awarded_on", _("The award overlaps the one in row %(row)d.") % {"row": earlier.number})
