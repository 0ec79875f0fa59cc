"""Editions as documents: the shape of a norm file with the days as text, fit for a draft, a comparison, a history."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from positions.codes import Provenance
from positions.located import LANGUAGES, Data

_DAYS = ("valid_from", "valid_to")


def plain(edition: Data) -> Data:
    """Turn an edition as read from the database into a document."""
    document = deepcopy(edition)
    for name in _DAYS:
        document[name] = document[name].isoformat() if document[name] is not None else None
    return document


def as_in_a_file(document: Data) -> Data:
    """Write a document as a norm file has it; a day that cannot be read stays as typed, for the check to name it."""
    edition = deepcopy(document)
    for name in _DAYS:
        edition[name] = _day(edition.get(name))
    edition["notes"] = [
        {"clause": note.get("clause"), "reading": note.get("reading"), **note.get("text", {})}
        for note in document.get("notes") or []
    ]
    return edition


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return value


def storable(value: Any) -> Any:
    """Give a document that every database can keep: a null becomes the sign of something lost, which is then named."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {key: storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each) for each in value]
    return value


def blank(*, act: str, clause: str) -> Data:
    """Give the document of a position that has no text yet."""
    return {
        "valid_from": None,
        "valid_to": None,
        "dates_estimated": False,
        "brought_by": act,
        "named_levels": [],
        "clauses": {"duties": clause, "knowledge": clause, "qualification": clause},
        "provenance": {
            language: str(Provenance.OFFICIAL if language == "kk" else Provenance.WORKING_TRANSLATION)
            for language in LANGUAGES
        },
        "duties": [],
        "knowledge": [],
        "qualification": dict.fromkeys(LANGUAGES, ""),
        "notes": [],
        "rungs": [],
    }
