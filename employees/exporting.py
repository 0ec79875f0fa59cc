"""The database into a workbook that `importing` reads back without a change."""

from __future__ import annotations

from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from employees.models import Employee, Organisation
from employees.periods import last_day
from employees.stored import LAST_DAYS, RECORDS, stored_employees, stored_records
from employees.workbook import SHEETS

_DATE_FORMAT = "dd.mm.yyyy"


def export_workbook(organisation: Organisation, file: IO[bytes]) -> None:
    """Write everything the database holds of an organisation as one workbook (7 queries)."""
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.name)
        header = [WriteOnlyCell(worksheet, value=column.name) for column in sheet.columns]
        for column, cell in zip(sheet.columns, header, strict=True):
            cell.font = Font(bold=column.required)
        worksheet.append(header)
        for row in _rows(sheet.name, organisation):
            worksheet.append([_cell(worksheet, value) for value in row])
    book.save(file)


def _rows(name: str, organisation: Organisation) -> list[list[Any]]:
    if name == "organisation":
        return [[organisation.bin, organisation.name_kk, organisation.name_ru, organisation.sphere]]  # type: ignore[attr-defined]
    employees = Employee.objects.filter(organisation=organisation)
    if name == "employees":
        return [
            [last_day(value) if field == "employed_until" else value for field, value in values.items()]
            for _pk, values in stored_employees(organisation.bin).values()
        ]
    renamed = RECORDS[name][1]
    dates = {renamed[column] for column in LAST_DAYS if column in renamed}
    return [
        [number, *(last_day(value) if field in dates else value for field, value in values.items())]
        for number, records in sorted(stored_records(name, employees).items())
        for _pk, values in records
    ]


def _cell(worksheet: Any, value: Any) -> Any:
    """Make a cell; a text is always a text, also where it begins as a formula would."""
    if isinstance(value, list):
        value = ";".join(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(worksheet, value=value)
    if isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    else:
        cell.data_type = "s"
    return cell
