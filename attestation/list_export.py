"""The list of employees as a file: exactly what the pages show, as a workbook or as comma-separated values.

Comma-separated values are written as Excel in Kazakhstan reads them: UTF-8 with its mark, parted by semicolons.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import islice
from typing import IO, Any, cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from attestation.filters import RosterFilter
from attestation.list_columns import NAME
from attestation.list_words import cell
from attestation.roster import roster_lines
from attestation.wording import day
from employees.codes import ReadKind
from employees.models import ReadLog, User

_CHUNK = 1000
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: What a spreadsheet would take for a formula when it reads a text file.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = {"name": 38, "organisation": 40, "unit": 34, "position": 46, "current": 44, "next": 44, "doubts": 50}


def _rows(filters: RosterFilter, tell: Callable[[int], object] = lambda done: None) -> Iterator[list[Any]]:
    """Give the rows of a file; whose row leaves is noted before it does (a few insertions for each 1,000 people)."""
    columns = [NAME, *filters.columns]
    yield [str(column.label) for column in columns]
    lines = roster_lines(filters)
    while chunk := list(islice(lines, _CHUNK)):
        exports_log(user=cast("User", filters.user), employees=[line.employee.pk for line in chunk])
        tell(len(chunk))
        for line in chunk:
            yield [cell(line, column.key) for column in columns]


@transaction.atomic
def exports_log(*, user: User, employees: Collection[int]) -> None:
    """Note for auditors that a user exported these people (law on personal data, art. 20 and 22)."""
    ReadLog.objects.bulk_create(
        [ReadLog(user_id=user.pk, employee_id=pk, kind=ReadKind.EXPORT) for pk in employees], batch_size=_CHUNK
    )


def export_xlsx(filters: RosterFilter, file: IO[bytes], tell: Callable[[int], object] = lambda done: None) -> None:
    """Write the list as a workbook; a text is always a text, also where it begins as a formula would."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Employees"))
    sheet.freeze_panes = "B2"
    for number, column in enumerate([NAME, *filters.columns]):
        sheet.column_dimensions[chr(ord("A") + number)].width = _WIDTHS.get(column.key, 16)
    for number, row in enumerate(_rows(filters, tell)):
        sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    book.save(file)


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if isinstance(value, str) and not bold and not value.startswith(_FORMULA_BEGINNINGS):
        return value
    made = WriteOnlyCell(sheet, value=value)
    if isinstance(value, date):
        made.number_format = "dd.mm.yyyy"
    else:
        made.data_type = "s"
    if bold:
        made.font = Font(bold=True)
    return made


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def export_csv(filters: RosterFilter, tell: Callable[[int], object] = lambda done: None) -> Iterator[bytes]:
    """Write the list as comma-separated values, line by line; a text that begins as a formula gets an apostrophe."""
    # The lines are made while they are sent, when the request no longer says which language is spoken.
    return _csv_lines(filters, get_language() or settings.LANGUAGE_CODE, tell)


def _csv_lines(filters: RosterFilter, language: str, tell: Callable[[int], object]) -> Iterator[bytes]:
    writer = csv.writer(_Echo(), delimiter=";")
    with override(language):
        yield "\ufeff".encode()
        for row in _rows(filters, tell):
            yield str(writer.writerow([_plain(value) for value in row])).encode()


def _plain(value: str | date | None) -> str:
    if isinstance(value, date):
        return day(value)
    text = value or ""
    return f"'{text}" if text.startswith(_FORMULA_BEGINNINGS) else text
