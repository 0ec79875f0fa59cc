"""What differs between two editions, entry by entry and word by word; pure, without Django.

Editions come in the shape of a norm file (`positions.norms.edition_data`), with days as dates or as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

LANGUAGES = ("kk", "ru", "en")
_WORD = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
#: From this likeness on, an entry is a changed one; below it, one was removed and another added.
_LIKE = 0.5


class Kind(StrEnum):
    """What became of a piece of text, or of an entry."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that is the same in both texts, or in one of them only."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDiff:
    """An entry of one edition beside that of the other; a number is None where it stands in the other one only."""

    kind: Kind
    old_number: int | None
    new_number: int | None
    texts: Mapping[str, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueDiff:
    """A value that differs: a day, a clause, the origin of a text."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDiff:
    """All that differs between two editions."""

    values: tuple[ValueDiff, ...]
    qualification: tuple[EntryDiff, ...]
    duties: tuple[EntryDiff, ...]
    knowledge: tuple[EntryDiff, ...]
    notes: tuple[EntryDiff, ...]
    rungs: tuple[ValueDiff, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[EntryDiff, ...]], ...]:
        """The parts that consist of entries, in the order of the page."""
        return (
            ("qualification", self.qualification),
            ("duties", self.duties),
            ("knowledge", self.knowledge),
            ("notes", self.notes),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.values and not self.rungs and not any(changed(part) for _name, part in self.parts)


def changed(entries: Sequence[EntryDiff]) -> list[EntryDiff]:
    """Give the entries that are not the same in both, or stand in another place."""
    return [entry for entry in entries if entry.kind is not Kind.SAME]


def word_diff(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word.

    The pieces of the kinds same and added make up the new text, those of the kinds same and removed the old one.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Kind.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Kind.ADDED, "".join(after[j1:j2])))
    return pieces


def edition_diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> EditionDiff:
    """Compare two editions."""
    return EditionDiff(
        values=tuple(_values(old, new)),
        qualification=entries_diff(_lines(old["qualification"]), _lines(new["qualification"])),
        duties=entries_diff(old["duties"], new["duties"]),
        knowledge=entries_diff(old["knowledge"], new["knowledge"]),
        notes=entries_diff([note["text"] for note in old["notes"]], [note["text"] for note in new["notes"]]),
        rungs=tuple(_rungs(old["rungs"], new["rungs"])),
    )


def entries_diff(old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> tuple[EntryDiff, ...]:
    """Align the entries of two lists and compare each pair."""
    before, after = ([_key(entry) for entry in entries] for entries in (old, new))
    found: list[EntryDiff] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_entry(old[i], new[j], i, j) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)]
        else:
            found += _replaced(old, new, range(i1, i2), range(j1, j2))
    return tuple(_moved(found))


def _moved(found: Sequence[EntryDiff]) -> Iterator[EntryDiff]:
    """Make one moved entry of what was removed in one place and added, word for word, in another."""
    added = {_whole(entry): entry for entry in found if entry.kind is Kind.ADDED}
    origins = {
        _whole(entry): entry.old_number for entry in found if entry.kind is Kind.REMOVED and _whole(entry) in added
    }
    for entry in found:
        whole = _whole(entry)
        if entry.kind is Kind.ADDED and whole in origins:
            texts = {language: _same(pieces) for language, pieces in entry.texts.items()}
            yield replace(entry, kind=Kind.MOVED, old_number=origins[whole], texts=texts)
        elif entry.kind is not Kind.REMOVED or whole not in origins:
            yield entry


def _whole(entry: EntryDiff) -> tuple[str, ...]:
    return tuple("".join(piece.text for piece in pieces) for pieces in entry.texts.values())


def _same(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(Piece(Kind.SAME, piece.text) for piece in pieces)


def _replaced(
    old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], olds: range, news: range
) -> Iterator[EntryDiff]:
    """Pair the entries of two stretches that differ, in their order, as far as they are alike."""
    start = olds.start
    for j in news:
        match = next((i for i in range(start, olds.stop) if _alike(old[i], new[j])), None)
        if match is None:
            yield _entry(None, new[j], None, j)
            continue
        yield from (_entry(old[i], None, i, None) for i in range(start, match))
        yield _entry(old[match], new[j], match, j)
        start = match + 1
    yield from (_entry(old[i], None, i, None) for i in range(start, olds.stop))


def _alike(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Tell whether one entry is likely to have become the other: in any language most words stayed."""
    return any(
        SequenceMatcher(None, _WORD.findall(old[language]), _WORD.findall(new[language]), autojunk=False).ratio()
        >= _LIKE
        for language in LANGUAGES
        if old.get(language) and new.get(language)
    )


def _key(entry: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(entry.get(language) or "" for language in LANGUAGES)


def _entry(
    old: Mapping[str, str] | None, new: Mapping[str, str] | None, old_index: int | None, new_index: int | None
) -> EntryDiff:
    before, after = (_key(entry) if entry is not None else ("", "", "") for entry in (old, new))
    if old is None or new is None:
        kind = Kind.ADDED if old is None else Kind.REMOVED
    else:
        kind = Kind.SAME if before == after else Kind.CHANGED
    return EntryDiff(
        kind=kind,
        old_number=None if old_index is None else old_index + 1,
        new_number=None if new_index is None else new_index + 1,
        texts={
            language: tuple(word_diff(one, other))
            for language, one, other in zip(LANGUAGES, before, after, strict=True)
        },
    )


def _lines(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Part a clause into its printed lines, language beside language."""
    parted = {language: (texts.get(language) or "").splitlines() for language in LANGUAGES}
    longest = max(map(len, parted.values()), default=0)
    return [
        {language: lines[number] if number < len(lines) else "" for language, lines in parted.items()}
        for number in range(longest)
    ]


def _values(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ValueDiff]:
    for name in ("valid_from", "valid_to", "dates_estimated", "brought_by", "named_levels"):
        if _plain(old[name]) != _plain(new[name]):
            yield ValueDiff(name=name, old=_plain(old[name]), new=_plain(new[name]))
    for group in ("clauses", "provenance"):
        for key in new[group]:
            if old[group].get(key) != new[group][key]:
                yield ValueDiff(name=f"{group}.{key}", old=old[group].get(key), new=new[group][key])


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rungs(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[ValueDiff]:
    """Compare the rungs by level and category; `old` or `new` is None where only one ladder has the rung."""
    before, after = ({(rung["level"], rung["category"]): rung for rung in rungs} for rungs in (old, new))
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or any(one[name] != other[name] for name in ("clause", "pathways")):
            yield ValueDiff(name="/".join(part or "" for part in key), old=one, new=other)
