"""Two editions of a text beside each other, in words: what was added, dropped, changed or moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions import rules
from positions.codes import Level, Provenance
from positions.comparison import OWN_NAMES, LadderRung, ladder_rung
from positions.editing.differences import EntryDiff, Kind, Piece, ValueDiff, changed, edition_diff
from positions.editing.supposed import edition_of
from positions.models import Edition
from positions.norms import edition_data
from positions.wording import rung_words

_HEADINGS = {
    "qualification": gettext_lazy("Requirements for the qualification"),
    "duties": gettext_lazy("Official duties"),
    "knowledge": gettext_lazy("Must know"),
    "notes": gettext_lazy("How the text is read"),
}
_KINDS = {
    Kind.ADDED: gettext_lazy("added"),
    Kind.REMOVED: gettext_lazy("dropped"),
    Kind.CHANGED: gettext_lazy("changed"),
    Kind.MOVED: gettext_lazy("moved"),
}
_VALUES = {
    "valid_from": gettext_lazy("First day in force"),
    "valid_to": gettext_lazy("Last day in force"),
    "dates_estimated": gettext_lazy("Dates"),
    "brought_by": gettext_lazy("Brought by"),
    "named_levels": gettext_lazy("Levels named without categories"),
    "clauses.duties": gettext_lazy("Clause of the official duties"),
    "clauses.knowledge": gettext_lazy("Clause of what must be known"),
    "clauses.qualification": gettext_lazy("Clause of the requirements"),
    "provenance.kk": gettext_lazy("Origin of the Kazakh text"),
    "provenance.ru": gettext_lazy("Origin of the Russian text"),
    "provenance.en": gettext_lazy("Origin of the English text"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedValue:
    """A value that differs, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedEntry:
    """An entry that differs, in a language in which it does; `elsewhere` names the others."""

    kind: Kind
    kind_words: str
    old_number: int | None
    new_number: int | None
    language: str
    pieces: tuple[Piece, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPart:
    """A part of the text: what differs, and how many entries do not."""

    name: str
    heading: str
    entries: list[ComparedEntry]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRung:
    """A rung that differs; None where one of the ladders does not have it."""

    name: str
    old: LadderRung | None
    new: LadderRung | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two editions, in the reader's words and one language of the text."""

    values: list[ComparedValue]
    parts: list[ComparedPart]
    rungs: list[ComparedRung]
    empty: bool


def compared(old: Edition, new: Edition, *, language: str) -> Comparison:
    """Compare two editions, of which all that belongs to them is read already (no query)."""
    before, after = edition_data(old), edition_data(new)
    found = edition_diff(before, after)
    acts = {each.brought_by.code: each.brought_by.number for each in (old, new)}
    code = old.position.code
    return Comparison(
        values=[_value(each, acts) for each in found.values],
        parts=[
            ComparedPart(
                name=name,
                heading=str(_HEADINGS[name]),
                entries=[_entry(each, language) for each in changed(entries)],
                same=len(entries) - len(changed(entries)),
            )
            for name, entries in found.parts
        ],
        rungs=list(_rungs(found.rungs, edition_of(code, before), edition_of(code, after))),
        empty=found.empty,
    )


def _entry(entry: EntryDiff, language: str) -> ComparedEntry:
    """Show an entry in the language that was asked for, or in the first one in which it differs."""
    differing = [
        each
        for each, pieces in entry.texts.items()
        if any(piece.kind is not Kind.SAME for piece in pieces) or (entry.kind is Kind.MOVED and pieces)
    ]
    shown = language if language in differing or not differing else differing[0]
    return ComparedEntry(
        kind=entry.kind,
        kind_words=str(_KINDS[entry.kind]),
        old_number=entry.old_number,
        new_number=entry.new_number,
        language=shown,
        pieces=entry.texts[shown],
        elsewhere=tuple(OWN_NAMES[each] for each in differing if each != shown),
    )


def _rungs(differing: Sequence[ValueDiff], old: rules.Edition, new: rules.Edition) -> Iterator[ComparedRung]:
    before, after = ({_name(rung): rung for rung in edition.rungs} for edition in (old, new))
    for each in differing:
        one, other = before.get(each.name), after.get(each.name)
        rung = one or other
        if rung is not None:
            name = rung_words(rung.key)
            yield ComparedRung(
                name=name,
                old=ladder_rung(one, name=name) if one else None,
                new=ladder_rung(other, name=name) if other else None,
            )


def _name(rung: rules.Rung) -> str:
    return f"{rung.key.level or ''}/{rung.key.category or ''}"


def _value(each: ValueDiff, acts: dict[str, str]) -> ComparedValue:
    old, new = (_told(each.name, value, acts) for value in (each.old, each.new))
    return ComparedValue(label=str(_VALUES[each.name]), old=old, new=new)


def _told(name: str, value: Any, acts: dict[str, str]) -> str:
    if name == "dates_estimated":
        return _("dates are estimated") if value else _("dates are certain")
    if name == "named_levels":
        return "; ".join(str(Level(level).label) for level in value) or _("none")
    if name in ("valid_from", "valid_to"):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT") if value else _("no last day")
    if name == "brought_by":
        return _("Order %(number)s") % {"number": acts[value]}
    if name.startswith("provenance"):
        return str(Provenance(value).label)
    return str(value)
