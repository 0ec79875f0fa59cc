"""Searching all texts of the law: titles, duties, knowledge, lines of the qualification clauses, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby, zip_longest
from typing import Any

from positions.codes import EntryKind
from positions.models import Edition, Entry, InterpretationNote, Position
from positions.searching import Piece, Stems, Term, folded_words, has_all, marked
from positions.stems import same_stems

LANGUAGES = ("kk", "ru", "en")


class Part(StrEnum):
    """Where in the text of a position something stands; in the order of a page of hits."""

    TITLE = "title"
    DUTIES = "duties"
    KNOWLEDGE = "knowledge"
    QUALIFICATION = "qualification"
    NOTES = "notes"


#: How the anchor of an entry begins on the page of its edition.
_ANCHORS = {
    Part.DUTIES: "duties",
    Part.KNOWLEDGE: "knowledge",
    Part.QUALIFICATION: "qualification-line",
    Part.NOTES: "note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody looks for, and where; the reader's language is shown where several have it."""

    terms: tuple[Term, ...]
    reader: str
    language: str = ""
    act: str = ""
    on: date | None = None

    @property
    def narrowed(self) -> bool:
        """Tell whether not all texts are asked for."""
        return bool(self.language or self.act or self.on)

    @property
    def languages(self) -> list[str]:
        """The languages in which a text may have it, that of the reader first."""
        return [self.language] if self.language else list(dict.fromkeys((self.reader, *LANGUAGES)))

    def wants(self, passage: Passage) -> bool:
        """Tell whether a passage lies where somebody looks."""
        edition = passage.edition
        if self.act and passage.position.act_code != self.act:
            return False
        return self.on is None or (
            edition is not None
            and edition.valid_from <= self.on
            and (edition.valid_until is None or self.on < edition.valid_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An entry, a line, a note or a title in its languages, with what stands before and after it."""

    position: Position
    edition: Edition | None
    part: Part
    clause: str
    number: int
    texts: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The place of the passage on the page of its edition; a title stands at the top."""
        beginning = _ANCHORS.get(self.part)
        return f"{beginning}-{self.number}" if beginning else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that has what was asked for, and the languages in which it has it."""

    passage: Passage
    languages: tuple[str, ...]
    #: Earlier editions of the position that have the same words in this part.
    also: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits where somebody looks, and how many there are in all texts."""

    hits: list[Hit]
    everywhere: int
    terms: tuple[Term, ...]
    stems: Mapping[str, Stems]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """A hit as it is shown: in one language, the words that were asked for marked."""

    passage: Passage
    language: str
    other_languages: tuple[str, ...]
    pieces: tuple[Piece, ...]
    before: str
    after: str
    also: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPosition:
    """The hits in the texts of a position."""

    position: Position
    hits: list[ShownHit]


def search(question: Question) -> Found:
    """Give every passage that has what is asked for, in the order of the acts, the newest editions first.

    4 queries, and on PostgreSQL one more for each language whose stems it knows.
    """
    passages = _passages()
    words = {
        language: [folded_words(passage.texts.get(language, "")) for passage in passages] for language in LANGUAGES
    }
    stems = _stems(question.terms, words)
    hits, everywhere = [], []
    for number, passage in enumerate(passages):
        having = [
            language
            for language in dict.fromkeys((question.reader, *LANGUAGES))
            if words[language][number] and has_all(words[language][number], question.terms, stems.get(language, {}))
        ]
        if having:
            everywhere.append(Hit(passage=passage, languages=tuple(having)))
        wanted = tuple(language for language in question.languages if language in having)
        if wanted and question.wants(passage):
            hits.append(Hit(passage=passage, languages=wanted))
    return Found(
        hits=list(_gathered(hits)),
        everywhere=len(list(_gathered(everywhere))),
        terms=question.terms,
        stems=stems,
    )


def shown(found: Found, hits: Sequence[Hit]) -> list[ShownPosition]:
    """Give some of the hits as they are shown, position by position (no query)."""
    return [
        ShownPosition(position=position, hits=[_shown(found, hit) for hit in of_position])
        for position, of_position in groupby(hits, key=lambda hit: hit.passage.position)
    ]


def _shown(found: Found, hit: Hit) -> ShownHit:
    passage, (language, *others) = hit.passage, hit.languages
    return ShownHit(
        passage=passage,
        language=language,
        other_languages=tuple(others),
        pieces=marked(passage.texts[language], found.terms, found.stems.get(language, {})),
        before=passage.before.get(language, ""),
        after=passage.after.get(language, ""),
        also=hit.also,
    )


def _stems(terms: Iterable[Term], words: Mapping[str, list[list[str]]]) -> dict[str, Stems]:
    asked = {word for term in terms for word in term.words}
    return {
        language: same_stems(asked, {word for text in texts for word in text}, language=language)
        for language, texts in words.items()
    }


def _gathered(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Show what several editions of a position say in the same words once, in the newest of them."""
    newest: dict[tuple[Any, ...], Hit] = {}
    older: dict[tuple[Any, ...], list[Passage]] = {}
    for hit in hits:
        passage = hit.passage
        key = (passage.position.pk, passage.part, *(passage.texts[language] for language in hit.languages))
        first = newest.setdefault(key, hit)
        if first is hit:
            older[key] = []
        elif passage.edition != first.passage.edition:
            older[key].append(passage)
        else:
            newest[(*key, passage.number)] = hit
            older[(*key, passage.number)] = []
    for key, hit in newest.items():
        yield Hit(passage=hit.passage, languages=hit.languages, also=tuple(older[key]))


# ------------------------------------------------------------------------------------------------------------- reading


def _passages() -> list[Passage]:
    """Give all that can be found, position by position, the newest edition first (4 queries)."""
    editions: dict[int, list[Edition]] = {}
    for edition in Edition.objects.order_by("position", "-valid_from"):
        editions.setdefault(edition.position_id, []).append(edition)
    entries: dict[tuple[int, str], list[Entry]] = {}
    for entry in Entry.objects.order_by("edition", "kind", "number"):
        entries.setdefault((entry.edition_id, entry.kind), []).append(entry)
    notes: dict[int, list[InterpretationNote]] = {}
    for note in InterpretationNote.objects.order_by("edition", "order"):
        notes.setdefault(note.edition_id, []).append(note)
    found: list[Passage] = []
    for position in Position.objects.select_related("chapter__act").order_by("order"):
        title = [(0, "", _texts(position, "title"))]
        if position.pk not in editions:
            found += _series(position, None, Part.TITLE, title)
        for edition in editions.get(position.pk, []):
            duties, knowledge = (
                [(entry.number, clause, _texts(entry, "text")) for entry in entries.get((edition.pk, kind), [])]
                for kind, clause in (
                    (EntryKind.DUTY, edition.duties_clause),
                    (EntryKind.KNOWLEDGE, edition.knowledge_clause),
                )
            )
            told = [(note.order, note.clause, _texts(note, "text")) for note in notes.get(edition.pk, [])]
            found += _series(position, edition, Part.TITLE, title)
            found += _series(position, edition, Part.DUTIES, duties)
            found += _series(position, edition, Part.KNOWLEDGE, knowledge)
            found += _series(position, edition, Part.QUALIFICATION, _lines(edition))
            found += _series(position, edition, Part.NOTES, told)
    return found


def _series(
    position: Position, edition: Edition | None, part: Part, rows: Sequence[tuple[int, str, Mapping[str, str]]]
) -> Iterator[Passage]:
    """Give the passages of a part, each with the ones before and after it; notes and titles stand for themselves."""
    alone = part in (Part.TITLE, Part.NOTES)
    nothing: Mapping[str, str] = {}
    for place, (number, clause, texts) in enumerate(rows):
        yield Passage(
            position=position,
            edition=edition,
            part=part,
            clause=clause,
            number=number,
            texts=texts,
            before=rows[place - 1][2] if place and not alone else nothing,
            after=rows[place + 1][2] if place + 1 < len(rows) and not alone else nothing,
        )


def _lines(edition: Edition) -> list[tuple[int, str, Mapping[str, str]]]:
    """Part a qualification clause into its printed lines."""
    texts = _texts(edition, "qualification")
    lines = zip_longest(*(texts[language].splitlines() for language in LANGUAGES), fillvalue="")
    return [
        (number, edition.qualification_clause, dict(zip(LANGUAGES, line, strict=True)))
        for number, line in enumerate(lines, start=1)
    ]


def _texts(row: Any, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}
