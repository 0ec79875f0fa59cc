"""What differs between two editions, in words and ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from positions.codes import Category, Level, Provenance
from positions.comparison import OWN_NAMES
from positions.editing.differences import EntryDiff, Kind, Piece, ValueDiff, changed, edition_diff, word_diff
from positions.edition_words import SECTIONS, VALUES
from positions.norm_selectors import rung_key
from positions.rung_wording import rung_lines
from positions.wording import rung_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value, or a rung, before and after; each side in lines, each line in pieces."""

    name: str
    old: list[list[Piece]]
    new: list[list[Piece]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An entry in one language, in pieces."""

    language: str
    name: str
    pieces: Sequence[Piece]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEntry:
    """An entry that is new, gone, changed or in another place."""

    kind: str
    name: str
    sides: list[Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the text: its changed entries, and how many are the same."""

    key: str
    name: str
    entries: list[ChangedEntry]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All that differs."""

    values: list[Change]
    parts: list[Part]
    rungs: list[Change]

    @property
    def differing(self) -> list[Part]:
        """The parts in which something differs."""
        return [part for part in self.parts if part.entries]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.values or self.differing or self.rungs)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], *, acts: Mapping[str, str]) -> Differences:
    """Compare two documents; `acts` are the numbers of the acts by their codes."""
    found = edition_diff(old, new)
    return Differences(
        values=[_value(value, acts) for value in found.values],
        parts=[_part(name, entries) for name, entries in found.parts],
        rungs=[_rung(value) for value in found.rungs],
    )


def _part(name: str, entries: Sequence[EntryDiff]) -> Part:
    differing = changed(entries)
    return Part(
        key=name,
        name=str(SECTIONS[name]),
        entries=[_entry(name, entry) for entry in differing],
        same=len(entries) - len(differing),
    )


def _entry(part: str, entry: EntryDiff) -> ChangedEntry:
    sides = [
        Side(
            language=language,
            name=OWN_NAMES[language],
            pieces=pieces,
            differs=any(piece.kind is not Kind.SAME for piece in pieces),
        )
        for language, pieces in entry.texts.items()
    ]
    return ChangedEntry(kind=str(entry.kind), name=_entry_words(part, entry), sides=sides)


def _entry_words(part: str, entry: EntryDiff) -> str:
    numbers = {"old": entry.old_number, "new": entry.new_number}
    if part == "qualification":
        words = {
            Kind.ADDED: _("New line %(new)s"),
            Kind.REMOVED: _("Line %(old)s was removed"),
            Kind.MOVED: _("Line %(new)s was line %(old)s"),
        }
        return words.get(entry.kind, _("Line %(new)s is worded anew")) % numbers
    words = {
        Kind.ADDED: _("New entry %(new)s"),
        Kind.REMOVED: _("Entry %(old)s was removed"),
        Kind.MOVED: _("Entry %(new)s was entry %(old)s"),
    }
    return words.get(entry.kind, _("Entry %(new)s is worded anew")) % numbers


def _value(value: ValueDiff, acts: Mapping[str, str]) -> Change:
    return Change(
        name=str(VALUES[value.name]),
        old=[[Piece(Kind.REMOVED, line)] for line in _words(value.name, value.old, acts)],
        new=[[Piece(Kind.ADDED, line)] for line in _words(value.name, value.new, acts)],
    )


def _words(name: str, value: Any, acts: Mapping[str, str]) -> list[str]:
    group, _dot, _member = name.partition(".")
    if value is None or value == [] or value == "":
        return [_("no last day") if group == "valid_to" else _("none")]
    if group in {"valid_from", "valid_to"}:
        return [day_words(value)]
    if group == "dates_estimated":
        return [_("yes") if value else _("no")]
    if group == "brought_by":
        return [_("Order %(number)s") % {"number": acts[value]} if value in acts else str(value)]
    if group == "named_levels":
        return [str(Level(code).label) if code in Level.values else str(code) for code in value]
    if group == "provenance" and value in Provenance.values:
        return [str(Provenance(value).label)]
    return [str(value)]


def day_words(value: str | None) -> str:
    """Write a day of a document as people do; what is no day stays as typed."""
    try:
        return date_format(date.fromisoformat(value or ""), "SHORT_DATE_FORMAT")
    except ValueError:
        return value or _("none")


def _rung(value: ValueDiff) -> Change:
    level, _slash, category = value.name.partition("/")
    known = rung_key(level if level in Level.values else "", category if category in Category.values else "")
    name = rung_words(known)
    ways = zip_longest(_ways(value.old), _ways(value.new), fillvalue="")
    pairs = [word_diff(before, after) for before, after in [*ways, (_clause(value.old), _clause(value.new))]]
    return Change(name=name, old=_side(pairs, without=Kind.ADDED), new=_side(pairs, without=Kind.REMOVED))


def _side(pairs: list[list[Piece]], *, without: Kind) -> list[list[Piece]]:
    """Give the lines of one side of a comparison."""
    lines = [[piece for piece in pieces if piece.kind is not without] for pieces in pairs]
    return [line for line in lines if line]


def _ways(rung: Mapping[str, Any] | None) -> list[str]:
    if rung is None:
        return [_("no such rung")]
    first, *others = rung_lines(rung) or [""]
    return [first, *(f"{_('or:')} {way}" for way in others)]


def _clause(rung: Mapping[str, Any] | None) -> str:
    return _("clause %(clause)s") % {"clause": rung["clause"]} if rung else ""
