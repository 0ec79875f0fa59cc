"""Workbooks for tests, made and spoilt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]

ORGANISATION: Rows = [
    ["bin", "name_kk", "name_ru", "sphere"],
    ["123456789012", "Орталық", "Центр", "social_protection"],
]
EMPLOYEES: Rows = [
    "personnel_number iin last_name first_name patronymic birth_date unit position level hired_on".split(),
    "0001 850522400010 Әбдіқалықова Гүлнәр Серікқызы 22.05.1985 Бөлім 360/2.3 highest 2024-02-01".split(),
    ["0002", "850522400239", "Ким", "Андрей", None, None, None, "360/1.9", None, "01.03.2020"],
]
EDUCATION: Rows = [
    ["personnel_number", "level", "fields", "graduated_on"],
    ["0001", "higher", "social; legal", "30.06.2010"],
]
CATEGORIES: Rows = [
    ["personnel_number", "position", "level", "category", "awarded_on", "valid_until", "order_number"],
    ["0001", "360/2.3", "highest", "second", "2025-03-01", "2028-02-29", "12-ж"],
]
GOOD: dict[str, Rows] = {
    "organisation": ORGANISATION,
    "employees": EMPLOYEES,
    "education": EDUCATION,
    "categories": CATEGORIES,
}


def book(sheets: dict[str, Rows]) -> io.BytesIO:
    """Make a workbook in memory."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        worksheet = workbook.create_sheet(name)
        for row in rows:
            worksheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return stream


def saved(tmp_path: Path, sheets: dict[str, Rows], name: str = "book.xlsx") -> str:
    """Make a workbook file."""
    path = tmp_path / name
    path.write_bytes(book(sheets).getvalue())
    return str(path)
