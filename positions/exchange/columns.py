"""The workbook for translators: its columns and parts, known by their codes and by their labels in every language."""

from __future__ import annotations

from functools import cache

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from positions.codes import Provenance
from positions.located import LANGUAGES
from positions.spoken import folded, spoken


class Part(models.TextChoices):
    """What a row of the workbook tells."""

    TITLE = "title", _("title of the position")
    PROVENANCE = "provenance", _("where the text comes from")
    QUALIFICATION = "qualification", _("requirements for the qualification, line by line")
    DUTIES = "duties", _("official duty")
    KNOWLEDGE = "knowledge", _("knowledge")
    NOTE = "note", _("interpretation note")


#: The parts whose rows are counted from 1.
NUMBERED = (Part.QUALIFICATION, Part.DUTIES, Part.KNOWLEDGE, Part.NOTE)
#: How the parts are called in an edition.
KEYS = {Part.QUALIFICATION: "qualification", Part.DUTIES: "duties", Part.KNOWLEDGE: "knowledge", Part.NOTE: "notes"}

SHEET = _("Texts")
LABELS: dict[str, Promise] = {
    "position": pgettext_lazy("column", "Position (code)"),
    "valid_from": _("First day in force"),
    "part": pgettext_lazy("column", "Part of the text"),
    "number": pgettext_lazy("column", "Number in the part"),
    "clause": _("Clause"),
    "kk": _("Kazakh"),
    "ru": _("Russian"),
    "en": _("English"),
}
NEEDED = ("position", "valid_from", "part", "number")
WIDTHS = {"position": 12, "valid_from": 13, "part": 24, "number": 10, "clause": 10, **dict.fromkeys(LANGUAGES, 60)}


@cache
def column_names() -> dict[str, str]:
    """Give the names under which a column is known."""
    names = {name: code for code, label in LABELS.items() for name in spoken(label)}
    return {**names, **{code: code for code in LABELS}}


@cache
def _codes(choices: type[models.TextChoices]) -> dict[str, str]:
    names = {name: choice.value for choice in choices for name in spoken(choice)}
    return {**names, **{folded(choice.value): choice.value for choice in choices}}


def part_of(text: object) -> Part | None:
    """Read a part by its code or its label in any language."""
    code = _codes(Part).get(folded(str(text)))
    return Part(code) if code else None


def provenance_of(text: object) -> str | None:
    """Read where a text comes from by its code or its label in any language."""
    return _codes(Provenance).get(folded(str(text)))
