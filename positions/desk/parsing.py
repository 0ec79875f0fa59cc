"""What an editor's form says, as the document of an edition; nothing that was typed is lost.

The name of a field is its place in the document (`rungs.2.pathways.0.experience.1.years`). What cannot be read stays as
it was typed: the check names it, and the next page shows it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from positions.codes import REQUIREMENT_CODES, Level, Sphere
from positions.located import LANGUAGES, Data
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS

#: The last field of the form; without it the form has not arrived as a whole.
END = "end"
PARTS = ("duties", "knowledge")
_CLAUSES = ("duties", "knowledge", "qualification")
#: Longer than any number that could be meant.
_DIGITS = 6


class FormCutOffError(Exception):
    """The form has not arrived as a whole; nothing is read from it."""


def document_of(posted: QueryDict) -> Data:
    """Read the whole document from a form. Raises FormCutOffError."""
    if END not in posted:
        raise FormCutOffError
    form = _Form(posted)
    return {
        "valid_from": form.day("valid_from"),
        "valid_to": form.day("valid_to"),
        "dates_estimated": form.flag("dates_estimated"),
        "brought_by": form.line("brought_by"),
        "named_levels": form.codes("named_levels", Level.values),
        "clauses": {name: form.line(f"clauses.{name}") for name in _CLAUSES},
        "provenance": {language: form.line(f"provenance.{language}") for language in LANGUAGES},
        **{part: [form.texts(f"{part}.{index}") for index in form.indices(part)] for part in PARTS},
        "qualification": form.texts("qualification"),
        "notes": [form.note(f"notes.{index}") for index in form.indices("notes")],
        "rungs": [form.rung(f"rungs.{index}") for index in form.indices("rungs")],
    }


def in_old_order(chosen: Iterable[str], old: Sequence[str], known: Iterable[str]) -> list[str]:
    """Order codes as they were ordered before, and new ones after them: ticking a box moves nothing else."""
    found = list(dict.fromkeys(chosen))
    rank = {code: index for index, code in enumerate([*old, *(code for code in known if code not in old)])}
    return sorted(found, key=lambda code: rank.get(code, len(rank)))


def version_of(value: str) -> int:
    """Read the version of a draft that a form was made from; what is none fits no draft."""
    return int(value) if value.isdecimal() and len(value) <= _DIGITS else 0


class _Form:
    """A form, field by field."""

    def __init__(self, posted: QueryDict) -> None:
        self._posted = posted

    def indices(self, prefix: str) -> list[int]:
        """Give the numbers under which a list has members, in order."""
        pattern = re.compile(rf"{re.escape(prefix)}\.([0-9]{{1,4}})\.")
        return sorted({int(found[1]) for name in self._posted if (found := pattern.match(name))})

    def text(self, name: str) -> str:
        """Give a text as typed; line breaks are those of a file, and an empty line at either end is no part of it."""
        value = str(self._posted.get(name, "") or "")
        # A null character cannot be kept in every database: it becomes the sign of what was lost, which is named.
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip("\n")

    def line(self, name: str) -> str:
        """Give a short text."""
        return self.text(name).strip()

    def texts(self, prefix: str) -> dict[str, str]:
        """Give a text in every language."""
        return {language: self.text(f"{prefix}.{language}") for language in LANGUAGES}

    def flag(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return name in self._posted

    def day(self, name: str) -> str | None:
        """Give a day as text, 2026-11-22; one written another way is turned round where it can be read."""
        value = self.line(name)
        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                day: date = datetime.strptime(value, pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
            return day.isoformat()
        return value or None

    def number(self, name: str) -> int | str:
        """Give a whole number, or what was typed instead."""
        value = self.line(name)
        return int(value) if value.isdecimal() and len(value) <= _DIGITS else value

    def codes(self, name: str, known: Iterable[str]) -> list[str]:
        """Give the ticked codes in the order in which they stood before."""
        old = self.line(f"{name}.was").split()
        return in_old_order(map(str, self._posted.getlist(name)), old, known)

    def note(self, prefix: str) -> Data:
        """Give a note on how a clause is read."""
        return {
            "clause": self.line(f"{prefix}.clause"),
            "reading": self._number_or_none(f"{prefix}.reading"),
            "text": self.texts(prefix),
        }

    def _number_or_none(self, name: str) -> int | str | None:
        value = self.number(name)
        return None if value == "" else value

    def rung(self, prefix: str) -> Data:
        """Give a rung with its pathways."""
        return {
            "level": self.line(f"{prefix}.level") or None,
            "category": self.line(f"{prefix}.category") or None,
            "clause": self.line(f"{prefix}.clause"),
            "line": self._number_or_none(f"{prefix}.line"),
            "pathways": [self._pathway(f"{prefix}.pathways.{index}") for index in self.indices(f"{prefix}.pathways")],
        }

    def _pathway(self, prefix: str) -> Data:
        return {
            **{
                name: self.codes(f"{prefix}.{name}", REQUIREMENT_CODES[kind].values)
                for name, kind in REQUIREMENT_KINDS.items()
            },
            "experience": [
                self._experience(f"{prefix}.experience.{index}") for index in self.indices(f"{prefix}.experience")
            ],
        }

    def _experience(self, prefix: str) -> Data:
        level, _slash, category = self.line(f"{prefix}.rung").partition("/")
        marks = {str(mark) for mark in self._posted.getlist(f"{prefix}.marks")}
        return {
            "years": self.number(f"{prefix}.years"),
            "rung": {"level": level, "category": category} if level or category else None,
            "spheres": self.codes(f"{prefix}.spheres", Sphere.values),
            **{mark: mark in marks for mark in EXPERIENCE_MARKS},
        }


def rung_value(rung: Mapping[str, Any] | None) -> str:
    """Write a rung as the value of a choice."""
    return f"{rung.get('level') or ''}/{rung.get('category') or ''}" if rung else ""
