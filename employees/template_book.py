"""The workbook to fill in: every sheet in the reader's language, with lists of what may stand in a cell."""

from __future__ import annotations

from functools import cache
from typing import IO, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from employees.countries import COUNTRIES
from employees.workbook import SHEETS, Column, Sheet
from positions.models import Position
from positions.spoken import folded, spoken

#: The hidden sheet that holds the lists; reading it back is no finding.
LISTS = "_lists"
_EXPLANATION = gettext_lazy("Explanation")
#: Yes and no as the reader of workbooks understands them.
_MARKS = {"kk": ("иә", "жоқ"), "ru": ("да", "нет"), "en": ("yes", "no")}
#: So many rows are prepared for typing.
_ROWS = 5000
_DATE_FORMAT = "dd.mm.yyyy"
_TEXT_FORMAT = "@"


def is_of_template(title: str) -> bool:
    """Tell whether a sheet belongs to the template itself, so that nobody is warned that it is ignored."""
    return title == LISTS or folded(title) in _explanation_names()


@cache
def _explanation_names() -> frozenset[str]:
    return frozenset(spoken(_EXPLANATION))


def write_template(file: IO[bytes]) -> None:
    """Write the template in the active language (1 query)."""
    positions = [(position.code, str(position.title)) for position in Position.objects.order_by("order")]
    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101 - a new book has a sheet
    _explain(first, positions)
    lists = _Lists(book.create_sheet(LISTS), [code for code, _title in positions])
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(str(sheet.label), book.index(lists.worksheet)), sheet, lists)
    lists.worksheet.sheet_state = "hidden"
    book.save(file)


class _Lists:
    """The hidden sheet: one column for each list of allowed values."""

    def __init__(self, worksheet: Any, positions: list[str]) -> None:
        self.worksheet = worksheet
        self.positions = positions
        self.ranges: dict[str, str] = {}

    def range_of(self, column: Column) -> str | None:
        """Give the range that holds what may stand in this column, written when first asked for."""
        if column.kind in ("code", "codes"):
            return self._range(column.codes.__name__, [str(choice.label) for choice in column.codes])
        if column.kind == "mark":
            return self._range("mark", list(_MARKS[get_language() or "kk"]))
        if column.kind == "country":
            return self._range("country", sorted(COUNTRIES))
        if column.kind == "position":
            return self._range("position", self.positions)
        return None

    def _range(self, name: str, values: list[str]) -> str:
        if name not in self.ranges:
            number = len(self.ranges) + 1
            letter = get_column_letter(number)
            for row, value in enumerate(values, start=1):
                self.worksheet.cell(row=row, column=number, value=value).number_format = _TEXT_FORMAT
            self.ranges[name] = f"{LISTS}!${letter}$1:${letter}${len(values)}"
        return self.ranges[name]


def _write_sheet(worksheet: Any, sheet: Sheet, lists: _Lists) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        label = f"{column.label} *" if column.required else str(column.label)
        # The form of the whole column, so that Excel keeps zeros at a beginning and does not turn a code into a date.
        dimension = worksheet.column_dimensions[letter]
        dimension.width = min(max(len(label) + 3, 14), 34)
        dimension.number_format = _DATE_FORMAT if column.kind == "date" else _TEXT_FORMAT
        cell = worksheet.cell(row=1, column=number, value=label)
        cell.font = Font(bold=column.required)
        cell.fill = PatternFill("solid", start_color="E4EEF2")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        validation = _validation(column, lists)
        validation.add(f"{letter}2:{letter}{_ROWS}")
        worksheet.add_data_validation(validation)
    worksheet.row_dimensions[1].height = 48
    worksheet.freeze_panes = "C2" if sheet.column(sheet.columns[0].name).name == "personnel_number" else "A2"


def _validation(column: Column, lists: _Lists) -> DataValidation:
    """Offer the list of a column, and say beside the cell what belongs there."""
    source = lists.range_of(column)
    validation = DataValidation(
        type="list" if source else None,
        formula1=source,
        allow_blank=True,
        # Several fields may stand in one cell; what else is wrong, the import says in words.
        showErrorMessage=column.kind != "codes",
    )
    # Excel shows at most 255 characters, and 32 of the title.
    validation.promptTitle = str(column.label)[:32]
    validation.prompt = _hint(column)[:255]
    validation.showInputMessage = True
    validation.errorTitle = str(column.label)[:32]
    validation.error = _("Choose a value from the list.")
    return validation


def _hint(column: Column) -> str:
    hints = {
        "date": _("A date, as 22.11.2026."),
        "code": _("Choose a value from the list."),
        "codes": _("One or several values of the list, separated by semicolons."),
        "mark": _("Yes or no."),
        "country": _("Two letters, as KZ; an empty cell means Kazakhstan."),
        "position": _("The code of the position; the sheet “%(sheet)s” names all of them.")
        % {"sheet": str(_EXPLANATION)},
        "number": _("Twelve digits."),
        "email": _("An e-mail address."),
        "text": _("A text of at most %(limit)d characters.") % {"limit": column.max_length},
    }
    need = _("A value is needed.") if column.required else _("May stay empty.")
    return f"{hints[column.kind]} {need}"


def _explain(worksheet: Any, positions: list[tuple[str, str]]) -> None:
    worksheet.title = str(_EXPLANATION)
    worksheet.cell(
        row=1,
        column=1,
        value=_(
            "Columns marked with * are needed; one row is one record, and a person is known by the personnel number in "
            "every sheet; a sheet that you delete leaves the records of that kind as they are."
        ),
    ).alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.merge_cells("A1:B1")
    worksheet.row_dimensions[1].height = 48
    worksheet.column_dimensions["A"].width = 22
    worksheet.column_dimensions["B"].width = 90
    for number, heading in enumerate((_("Position (code)"), _("Position")), start=1):
        worksheet.cell(row=3, column=number, value=heading).font = Font(bold=True)
    for row, (code, title) in enumerate(positions, start=4):
        worksheet.cell(row=row, column=1, value=code).number_format = _TEXT_FORMAT
        worksheet.cell(row=row, column=2, value=title).alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.freeze_panes = "A4"
