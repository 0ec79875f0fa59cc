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
from positions.desk.place_words import NAMES, SECTIONS
from positions.desk.rule_words import rung_lines
from positions.editing.differences import EntryDiff, Kind, Piece, ValueDiff, changed, edition_diff, word_diff
from positions.norm_selectors import rung_key
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
    """A part of the text with its changed entries."""

    name: str
    entries: list[ChangedEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPage:
    """All that differs."""

    values: list[Change]
    parts: list[Part]
    rungs: list[Change]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.values or self.parts or self.rungs)


def diff_page(old: Mapping[str, Any], new: Mapping[str, Any], *, acts: Mapping[str, str]) -> DiffPage:
    """Compare two documents; `acts` are the numbers of the acts by their codes."""
    found = edition_diff(old, new)
    return DiffPage(
        values=[_value(value, acts) for value in found.values],
        parts=[
            Part(name=str(SECTIONS[name]), entries=[_entry(name, entry) for entry in differing])
            for name, entries in found.parts
            if (differing := changed(entries))
        ],
        rungs=[_rung(value) for value in found.rungs],
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
    group, _dot, key = value.name.partition(".")
    name = str(NAMES[group])
    if key:
        what = OWN_NAMES[key] if key in OWN_NAMES else str(SECTIONS[key])
        name = _("%(place)s: %(what)s") % {"place": name, "what": what}
    return Change(
        name=name,
        old=[[Piece(Kind.REMOVED, line)] for line in _words(group, value.old, acts)],
        new=[[Piece(Kind.ADDED, line)] for line in _words(group, value.new, acts)],
    )


def _words(group: str, value: Any, acts: Mapping[str, str]) -> list[str]:
    if value is None or value == [] or value == "":
        return [_("none")]
    if group in {"valid_from", "valid_to"}:
        return [day_words(value)]
    if group == "dates_estimated":
        return [_("yes") if value else _("no")]
    if group == "brought_by":
        return [acts.get(value, str(value))]
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
    pairs = [
        word_diff(before, after)
        for before, after in zip_longest(_rung_lines(value.old), _rung_lines(value.new), fillvalue="")
    ]
    return Change(name=name, old=_side(pairs, without=Kind.ADDED), new=_side(pairs, without=Kind.REMOVED))


def _side(pairs: list[list[Piece]], *, without: Kind) -> list[list[Piece]]:
    """Give the lines of one side of a comparison."""
    lines = [[piece for piece in pieces if piece.kind is not without] for pieces in pairs]
    return [line for line in lines if line]


def _rung_lines(rung: Mapping[str, Any] | None) -> list[str]:
    if rung is None:
        return [_("no such rung")]
    return [*rung_lines(rung), _("clause %(clause)s") % {"clause": rung["clause"]}]
