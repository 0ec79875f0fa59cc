"""What an import would do, and every mistake that keeps it from being done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from employees.cells import shown
from employees.workbook import Sheet

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A mistake or a warning, with its place in the workbook; row and column are missing where the sheet is meant."""

    sheet: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    reason: str

    def __str__(self) -> str:
        place = [_("sheet %(sheet)s") % {"sheet": self.sheet}]
        if self.row is not None:
            place.append(_("row %(row)d") % {"row": self.row})
        if self.column is not None:
            place.append(_("column %(column)s") % {"column": self.column})
        if self.value is not None:
            place.append(_("value “%(value)s”") % {"value": self.value})
        return f"{', '.join(place)}: {self.reason}"


class ImportRefusedError(Exception):
    """The workbook holds mistakes; nothing was saved."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the import does to one person, in one sheet."""

    personnel_number: str
    sheet: str
    what: str
    before: str = ""
    after: str = ""
    #: The values themselves, as the models keep them: of the row that goes and of the row that comes.
    old: Values = field(default_factory=dict)
    new: Values = field(default_factory=dict)


@dataclass
class Plan:
    """What an import would do; empty where the workbook holds nothing new."""

    organisation: Values = field(default_factory=dict)
    organisation_changes: list[str] = field(default_factory=list)
    employees: dict[str, Values] = field(default_factory=dict)
    records: dict[str, dict[str, list[Values]]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the database holds all this already."""
        return not (self.organisation_changes or self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Line:
    """A row whose cells have got their meaning; wrong cells are left out and have been reported."""

    sheet: Sheet
    number: int
    values: Values
    raw: Values

    def problem(self, column: str | None, reason: str) -> Problem:
        """Name a place in this row with its value."""
        value = self.raw.get(column) if column else None
        return Problem(
            sheet=self.sheet.name,
            row=self.number,
            column=column,
            value=None if value is None else shown(value),
            reason=reason,
        )
