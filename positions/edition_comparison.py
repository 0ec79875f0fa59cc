"""Two editions of a text beside each other, as the readers see them: in one language, and where else they differ."""

from __future__ import annotations

from dataclasses import dataclass

from positions.editing.differences import Kind
from positions.edition_differences import ChangedEntry, Differences, Side, differences
from positions.models import Edition
from positions.norms import edition_data


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """A changed entry in a language in which it differs; `elsewhere` names the others."""

    entry: ChangedEntry
    side: Side
    elsewhere: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """A part of the text in one language, and how many entries are the same."""

    key: str
    name: str
    entries: list[ReadEntry]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs, and its entries in the language of the reader."""

    found: Differences
    parts: list[ReadPart]


def compared(old: Edition, new: Edition, *, language: str) -> Comparison:
    """Compare two editions, of which all that belongs to them is read already (no query)."""
    acts = {each.brought_by.code: each.brought_by.number for each in (old, new)}
    found = differences(edition_data(old), edition_data(new), acts=acts)
    parts = [
        ReadPart(
            key=part.key,
            name=part.name,
            entries=[_read(entry, language) for entry in part.entries],
            same=part.same,
        )
        for part in found.parts
    ]
    return Comparison(found=found, parts=parts)


def _read(entry: ChangedEntry, language: str) -> ReadEntry:
    """Show an entry in the language that was asked for, or in the first one in which it differs."""
    differing = [side for side in entry.sides if side.differs or (entry.kind == Kind.MOVED and side.pieces)]
    # A blank line differs in no language.
    told = differing or entry.sides
    shown = next((side for side in told if side.language == language), told[0])
    return ReadEntry(entry=entry, side=shown, elsewhere=[side.name for side in differing if side is not shown])
