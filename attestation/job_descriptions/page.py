"""What the page of a job description shows: the order's text in the reader's language, the own entries in all."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attestation.job_descriptions.selectors import Basis, parts_of, texts_of
from attestation.models import OwnEntry
from positions.codes import EntryKind, Provenance
from positions.comparison import OWN_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A part of the order's text, in the language in which it is shown."""

    heading: str
    clause: str
    language: str
    provenance: str
    rows: list[str]
    numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """An entry of the organisation's own with its texts, and whether it can be moved."""

    entry: OwnEntry
    #: Language, its name in itself, text.
    texts: list[tuple[str, str, str]]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """The entries of one kind."""

    kind: EntryKind
    heading: str
    rows: list[OwnRow]


def text_parts(found: Basis) -> list[TextPart]:
    """Give the parts of the order's text; one that the reader's language lacks is shown in Kazakh."""
    edition = found.edition
    if edition is None:
        return []
    headings = {
        "duties": _("Official duties"),
        "knowledge": _("Must know"),
        "qualification": _("Requirements for the qualification"),
    }
    parts = []
    for part in parts_of(found, edition):
        language = part.language_for(get_language() or "kk")
        parts.append(
            TextPart(
                heading=headings[part.name],
                clause=part.clause,
                language=language,
                provenance=str(Provenance(getattr(edition, f"provenance_{language}")).label),
                rows=[text for _number, text in part.texts[language]],
                numbered=part.name != "qualification",
            )
        )
    return parts


def own_lists(found: Basis) -> list[OwnList]:
    """Give the organisation's own entries, kind by kind."""
    return [
        OwnList(kind=kind, heading=heading, rows=_rows(entries))
        for kind, heading, entries in (
            (EntryKind.DUTY, _("Official duties"), found.own_duties),
            (EntryKind.KNOWLEDGE, _("Must know"), found.own_knowledge),
        )
    ]


def _rows(entries: list[OwnEntry]) -> list[OwnRow]:
    return [
        OwnRow(
            entry=entry,
            texts=own_texts(entry),
            first=place == 1,
            last=place == len(entries),
        )
        for place, entry in enumerate(entries, start=1)
    ]


def own_texts(entry: OwnEntry) -> list[tuple[str, str, str]]:
    """Give the texts of an entry with their languages, and the names of these in themselves."""
    return [(each, OWN_NAMES[each], text) for each, text in texts_of(entry).items() if text]
