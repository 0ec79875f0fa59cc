"""What the database can hold: days, numbers and clauses of a document that were typed by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from positions.located import Data, Place

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
MOST_YEARS = 60
MOST_LINES = 999
_CLAUSE_LETTERS = 20


def beyond_limits(document: Data) -> Iterator[tuple[Place, str]]:
    """Refuse what no order means and no column holds, place by place."""
    for name in ("valid_from", "valid_to"):
        day = _day(document.get(name))
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield (name,), _("Choose a day between 01.01.1950 and 31.12.2099.")
    for name, clause in document["clauses"].items():
        yield from _clause(clause, ("clauses", name))
    for index, note in enumerate(document["notes"]):
        yield from _clause(note.get("clause"), ("notes", index, "clause"))
        yield from _number(note.get("reading"), ("notes", index, "reading"))
    for index, rung in enumerate(document["rungs"]):
        yield from _clause(rung.get("clause"), ("rungs", index, "clause"))
        yield from _number(rung.get("line"), ("rungs", index, "line"))
        for way, pathway in enumerate(rung.get("pathways") or []):
            for number, norm in enumerate(pathway.get("experience") or []):
                if isinstance(norm.get("years"), int) and norm["years"] > MOST_YEARS:
                    place = ("rungs", index, "pathways", way, "experience", number, "years")
                    yield place, _("That are too many years: at most %(most)d.") % {"most": MOST_YEARS}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None


def _clause(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str) and len(value) > _CLAUSE_LETTERS:
        yield place, _("The number of a clause has at most %(most)d characters.") % {"most": _CLAUSE_LETTERS}


def _number(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if value is not None and not (isinstance(value, int) and 1 <= value <= MOST_LINES):
        yield place, _("Write a whole number here, or nothing.")
