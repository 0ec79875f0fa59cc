"""An edition as rows of a sheet, one for each entry, and rows put back into an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from positions.exchange.columns import KEYS, NUMBERED, Part
from positions.exchange.on_file import StoredPosition
from positions.located import LANGUAGES, Data

Key = tuple[str, date | None, str, int | None]
#: Spaces at the edges of what somebody has written mean nothing.
_EDGES = " \t\r\n\u00a0"


@dataclass(slots=True, kw_only=True)
class TextRow:
    """A row: an entry, a line, a note, a title or where the texts come from, in the languages of the sheet."""

    position: str = ""
    valid_from: date | None = None
    part: str = ""
    number: int | None = None
    clause: str = ""
    kk: str = ""
    ru: str = ""
    en: str = ""

    @property
    def key(self) -> Key:
        """What the row is known by."""
        return self.position, self.valid_from, self.part, self.number

    @property
    def texts(self) -> dict[str, str]:
        """The text in each language."""
        return {language: getattr(self, language) or "" for language in LANGUAGES}


def rows_of(position: StoredPosition) -> Iterator[TextRow]:
    """Give the rows of a position: its title, then its editions, the oldest first."""
    yield _with_texts(TextRow(position=position.code, part=Part.TITLE), position.title)
    for day, edition in sorted(position.editions.items()):
        yield from _edition_rows(position.code, date.fromisoformat(day), edition)


def _edition_rows(code: str, day: date, edition: Data) -> Iterator[TextRow]:
    yield _with_texts(TextRow(position=code, valid_from=day, part=Part.PROVENANCE), edition["provenance"])
    for part in NUMBERED:
        for number, entry in enumerate(_entries(edition, part), start=1):
            clause = entry["clause"] if part is Part.NOTE else edition["clauses"][KEYS[part]]
            texts = entry["text"] if part is Part.NOTE else entry
            row = TextRow(position=code, valid_from=day, part=part, number=number, clause=clause)
            yield _with_texts(row, texts)


def _with_texts(row: TextRow, texts: Mapping[str, str]) -> TextRow:
    for language in LANGUAGES:
        setattr(row, language, texts.get(language) or "")
    return row


def _entries(edition: Data, part: Part) -> list[Any]:
    if part is not Part.QUALIFICATION:
        return list(edition[KEYS[part]])
    lines = {language: _lines(edition["qualification"].get(language)) for language in LANGUAGES}
    longest = max(map(len, lines.values()))
    return [
        {language: each[number] if number < len(each) else "" for language, each in lines.items()}
        for number in range(longest)
    ]


def _lines(text: str | None) -> list[str]:
    """Part a clause into its printed lines; empty ones at its end are none."""
    lines = (text or "").split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A mistake in how rows belong together: which row, which column, and why."""

    row: TextRow
    column: str
    reason: str


def merged(edition: Data, rows: Sequence[TextRow], *, missing: Sequence[str] = ()) -> tuple[Data, list[Misplaced]]:
    """Put rows into an edition; a part without rows stays as it is.

    `missing` are the languages that the sheet has no column for: they stay as they are, entry by entry.
    """
    wanted, problems = deepcopy(edition), list[Misplaced]()
    for row in (row for row in rows if row.part == Part.PROVENANCE):
        wanted["provenance"] = {
            language: getattr(row, language) or edition["provenance"][language] for language in LANGUAGES
        }
    for part in NUMBERED:
        own = sorted((row for row in rows if row.part == part), key=lambda row: row.number or 0)
        if not own:
            continue
        present = _entries(edition, part)
        found = [*_gaps(own), *_clauses(edition, own)]
        if missing and len(own) != len(present):
            message = _("Rows were added or removed: for that the sheet needs the columns of all three languages.")
            found.append(Misplaced(own[0], "number", message))
        problems += found
        if not found:
            _put(wanted, part, own, present)
    return wanted, problems


def _gaps(rows: Sequence[TextRow]) -> Iterator[Misplaced]:
    """Refuse numbers that do not run from 1 without a gap; `rows` stand in their order."""
    for expected, row in enumerate(rows, start=1):
        if row.number != expected:
            message = _("The numbers have a gap: %(number)d is missing before this row.")
            yield Misplaced(row, "number", message % {"number": expected})
            return


def _clauses(edition: Data, rows: Sequence[TextRow]) -> Iterator[Misplaced]:
    """Refuse another clause than the one on file: clauses belong to the rules, which a sheet does not change."""
    for row in rows:
        if row.part == Part.NOTE:
            if not row.clause:
                yield Misplaced(row, "clause", _("The clause is missing."))
        elif row.clause and row.clause != edition["clauses"][KEYS[Part(row.part)]]:
            message = _("The clause on file is %(clause)s; a workbook changes texts only, a norm file also clauses.")
            yield Misplaced(row, "clause", message % {"clause": edition["clauses"][KEYS[Part(row.part)]]})


def _put(wanted: Data, part: Part, rows: Sequence[TextRow], present: Sequence[Data]) -> None:
    texts = [entry["text"] if part is Part.NOTE else entry for entry in present]
    kept = [
        {
            language: _kept(text, texts[number].get(language) or "" if number < len(texts) else "")
            for language, text in row.texts.items()
        }
        for number, row in enumerate(rows)
    ]
    if part is Part.QUALIFICATION:
        wanted["qualification"] = {
            language: _joined([line[language] for line in kept], wanted["qualification"].get(language) or "")
            for language in LANGUAGES
        }
    elif part is Part.NOTE:
        wanted["notes"] = [
            {"clause": row.clause, "reading": _reading(row, text, present, len(rows)), "text": text}
            for row, text in zip(rows, kept, strict=True)
        ]
    else:
        wanted[KEYS[part]] = kept


def _kept(text: str, present: str) -> str:
    """Leave out the edges of a text; edges alone are no change of what is on file."""
    bare = text.strip(_EDGES)
    return present if bare == present.strip(_EDGES) else bare


def _joined(lines: Sequence[str], present: str) -> str:
    text = "\n".join(_lines("\n".join(lines)))
    return present if _lines(text) == _lines(present) else text


def _reading(row: TextRow, text: Mapping[str, str], present: Sequence[Data], count: int) -> int | None:
    """Find the number of the reading that a note rests on, which the sheet does not tell."""
    for note in present:
        if note["clause"] == row.clause and note["text"].get("kk") == text["kk"]:
            return note["reading"]  # type: ignore[no-any-return]
    same = present[(row.number or 1) - 1] if len(present) == count else None
    return same["reading"] if same is not None and same["clause"] == row.clause else None


def doubled(rows: Iterable[TextRow]) -> Iterator[Misplaced]:
    """Refuse rows that tell the same thing twice."""
    seen: set[Key] = set()
    for row in rows:
        if row.key in seen:
            reason = _("This number stands twice.") if row.number else _("This row stands twice.")
            yield Misplaced(row, "number" if row.number else "part", reason)
        seen.add(row.key)
