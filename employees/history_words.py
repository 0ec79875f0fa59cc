"""What the history keeps, in the words of the reader: labels of fields, names of codes, last days, titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from employees.codes import PersonnelOrderKind
from employees.identity import masked
from employees.periods import last_day
from positions.codes import Field

#: Fields that tell nobody anything: keys, and what is made of other fields.
SILENT = frozenset({"id", "employee", "version", "search_text", "sort_key"})
#: The fields that hold the first day after a period; people read the last day in it.
_FIRST_DAYS_AFTER = frozenset({"until", "lapses_on", "employed_until"})
#: Reasons that say no more than that somebody did it.
_BY_HAND = frozenset({"add", "edit", "delete"})
#: By which fields a record is told from the others of its kind.
_NAMING: Mapping[str, tuple[str, ...]] = {
    "educationrecord": ("level", "institution"),
    "workrecord": ("employer", "title"),
    "categoryaward": ("level", "category"),
    "certificate": ("kind", "number"),
    "absence": ("kind", "started_on"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of what rows point at, by model and key, and whether the reader sees identification numbers."""

    of: Mapping[str, Mapping[int, str]]
    iin_in_full: bool


def told_fields(model: type[models.Model]) -> list[Any]:
    """Give the fields of a model that the history tells of, in their order."""
    return [field for field in model._meta.concrete_fields if field.name not in SILENT]


def label_words(field: Any) -> str:
    """Name a field; one that holds a first day after is named by the last day that is shown."""
    words = {
        "until": _("last day"),
        "lapses_on": _("valid until"),
        "employed_until": _("last day of service"),
    }.get(field.name) or str(field.verbose_name)
    return str(capfirst(words))


def value_words(field: Any, value: Any, names: Names) -> str:
    """Write a value; nothing at all where there is none."""
    if isinstance(field, models.ForeignKey):
        return "" if value is None else _named(field, value, names)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return ""
    if isinstance(value, date):
        return date_format(last_day(value) if field.name in _FIRST_DAYS_AFTER else value, "SHORT_DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(_of_choices(Field.choices, code) for code in value)
    if field.name == "iin" and not names.iin_in_full:
        return masked(str(value))
    return _of_choices(field.flatchoices, value) if field.choices else str(value)


def naming_words(model: type[models.Model], values: Mapping[str, Any], names: Names) -> str:
    """Say which of a person's records of a kind it is."""
    fields = {field.name: field for field in told_fields(model)}
    parts = (
        value_words(fields[name], values[fields[name].attname], names)
        for name in _NAMING.get(str(model._meta.model_name), ())
    )
    return ", ".join(part for part in parts if part)


def kind_words(history_type: str) -> str:
    """Name what happened to a record."""
    return {"+": _("added"), "~": _("changed"), "-": _("deleted")}[history_type]


def way(reason: str | None) -> str:
    """Give the way by which a change came: `import`, `undo` or `hand`."""
    words = (reason or "").casefold()
    if "und" in words:
        return "undo"
    return "import" if words.startswith("import") else "hand"


def way_words(found: str, reason: str | None, *, by_somebody: bool) -> str:
    """Say how a change came about; a reason that no code stands for speaks for itself."""
    if found == "import":
        return _("import of a workbook")
    if found == "undo":
        return _("import undone")
    if reason and reason not in _BY_HAND:
        return _of_choices(PersonnelOrderKind.choices, reason)
    return _("by hand") if by_somebody else _("by a command of the server")


def _named(field: Any, key: int, names: Names) -> str:
    model = str(field.related_model._meta.model_name)
    return names.of.get(model, {}).get(key) or _("no longer on record")


def _of_choices(choices: Any, code: Any) -> str:
    return str(dict(choices).get(code, code))
