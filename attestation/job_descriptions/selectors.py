"""Reading what a job description is made of; every function promises its number of queries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from attestation.models import OwnEntry
from employees.models import Organisation
from positions.codes import EntryKind
from positions.models import Act, Edition, Entry, Position
from positions.standing import covers

LANGUAGES = ("kk", "ru", "en")
#: The act whose general provisions speak of job descriptions (clause 3).
_REFERENCE = "31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a job description rests on: a position, the edition of a day, and the entries of one organisation."""

    position: Position
    organisation: Organisation | None
    editions: list[Edition]
    edition: Edition | None
    duties: list[Entry]
    knowledge: list[Entry]
    own_duties: list[OwnEntry]
    own_knowledge: list[OwnEntry]
    reference: Act | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the order's text: its entries with their numbers, or its lines without, in each language."""

    name: str
    clause: str
    texts: dict[str, list[tuple[str, str]]]

    def language_for(self, wanted: str) -> str:
        """Give the language to show it in: the one wanted, or Kazakh, which governs, where that has no text."""
        return wanted if self.texts[wanted] else "kk"


def position_of(code: str) -> Position | None:
    """Give a position by its code (1 query)."""
    return Position.objects.select_related("chapter__act").filter(code=code).first()


def basis(position: Position, *, organisation: Organisation | None, on: date) -> Basis:
    """Give what a job description rests on, with the edition in force on the day (4 queries at most)."""
    editions = list(position.editions.select_related("brought_by").order_by("valid_from"))
    edition = next((each for each in editions if covers(each, on)), None)
    entries = list(edition.entries.order_by("kind", "number")) if edition else []
    own = list(OwnEntry.objects.filter(organisation=organisation, position=position)) if organisation else []
    return Basis(
        position=position,
        organisation=organisation,
        editions=editions,
        edition=edition,
        duties=[entry for entry in entries if entry.kind == EntryKind.DUTY],
        knowledge=[entry for entry in entries if entry.kind == EntryKind.KNOWLEDGE],
        own_duties=[entry for entry in own if entry.kind == EntryKind.DUTY],
        own_knowledge=[entry for entry in own if entry.kind == EntryKind.KNOWLEDGE],
        reference=Act.objects.filter(code=_REFERENCE).first(),
    )


def parts_of(found: Basis, edition: Edition) -> list[Part]:
    """Give the parts of the order's text (no query)."""
    return [
        Part(name="duties", clause=edition.duties_clause, texts=_entries(found.duties)),
        Part(name="knowledge", clause=edition.knowledge_clause, texts=_entries(found.knowledge)),
        Part(name="qualification", clause=edition.qualification_clause, texts=_lines(edition)),
    ]


def _entries(entries: list[Entry]) -> dict[str, list[tuple[str, str]]]:
    """Give the entries that each language has, with the numbers that they have in the text."""
    return {
        language: [(str(entry.number), text) for entry in entries if (text := getattr(entry, f"text_{language}"))]
        for language in LANGUAGES
    }


def _lines(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    return {
        language: [("", line) for line in (getattr(edition, f"qualification_{language}") or "").splitlines() if line]
        for language in LANGUAGES
    }


def own_entry(*, organisation: Organisation, position: Position, pk: int) -> OwnEntry | None:
    """Give an entry of an organisation's own (1 query)."""
    return OwnEntry.objects.filter(organisation=organisation, position=position, pk=pk).first()


def texts_of(entry: OwnEntry) -> dict[str, str]:
    """Give the texts of an entry by their languages."""
    return {language: getattr(entry, f"text_{language}") for language in LANGUAGES}


def version_of(entry: OwnEntry) -> str:
    """Give a mark that tells whether the texts of an entry are still those that somebody has read."""
    return hashlib.sha256(json.dumps(texts_of(entry), sort_keys=True).encode()).hexdigest()[:16]
