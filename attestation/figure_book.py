"""The figures of a day as a workbook: one sheet for each table, numbers as numbers and days as days."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from attestation.figure_page import FiguresPage
from attestation.figure_tables import Cell, Table, figure_tables, trend_table
from attestation.trend import Trend

_FIRST_WIDTH = 60
_WIDTH = 22
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def figures_book(page: FiguresPage, trend: Trend | None, *, whose: Sequence[tuple[str, str]], today: date) -> bytes:
    """Give the figures as a workbook; without a trend its sheet is left out."""
    book = Workbook(write_only=True)
    told: list[tuple[Cell, Cell]] = [*whose, (_("As of"), page.figures.on), (_("Written on"), today)]
    for number, table in enumerate(figure_tables(page)):
        _sheet(book, table, above=told if number == 0 else ())
    if trend is not None:
        _sheet(book, trend_table(trend))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, table: Table, *, above: Iterable[tuple[Cell, Cell]] = ()) -> None:
    sheet: Any = book.create_sheet(_sheet_name(table.title))
    sheet.column_dimensions["A"].width = _FIRST_WIDTH
    for number in range(1, len(table.heads)):
        sheet.column_dimensions[chr(ord("A") + number)].width = _WIDTH
    for pair in above:
        sheet.append([_cell(sheet, each) for each in pair])
    sheet.append([_cell(sheet, each, bold=True) for each in table.heads])
    for row in table.rows:
        sheet.append([_cell(sheet, each) for each in row])
    if table.foot:
        sheet.append([_cell(sheet, each, bold=True) for each in table.foot])
    if table.note:
        sheet.append([])
        sheet.append([_cell(sheet, table.note)])


def _sheet_name(title: str) -> str:
    """Name a sheet as its table; Excel takes at most 31 characters."""
    return shorten(INVALID_TITLE_REGEX.sub(" ", title), 31, placeholder="…")


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Give a cell; a text is always a text, also where it begins as a formula would."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    made = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        made.data_type = "s"
        made.alignment = _WRAPPED
    elif isinstance(value, date):
        made.number_format = "dd.mm.yyyy"
    if bold:
        made.font = Font(bold=True)
    return made
