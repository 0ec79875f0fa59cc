"""The workbook of one organisation: its sheets and columns, and reading it without trusting it.

Reading gives every cell with the place at which Excel shows it; what the cells mean is decided in `importing`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import load_workbook

from employees.codes import AbsenceKind
from positions.codes import Category, CertificateKind, EducationLevel, Field, Level, Speciality, Sphere
from positions.spoken import folded, spoken

#: Bounds that keep a hostile or broken file from filling the memory.
MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_SHARED_BYTES = 40 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 40


class FileRefusedError(Exception):
    """The file is not a workbook that can be read; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its name in the interface, what it holds, and its label in the template."""

    name: str
    kind: str
    label: Promise
    required: bool = False
    codes: Any = None
    max_length: int = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook."""

    name: str
    label: Promise
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, name: str) -> Column:
        """Give a column by its name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the number Excel shows and its cells by column name; empty cells are left out."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula, which is never taken for a value."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass
class Content:
    """What a workbook holds, sheet by sheet, with what was left out of it."""

    sheets: dict[str, list[Row]] = field(default_factory=dict)
    headers: dict[str, set[str]] = field(default_factory=dict)
    ignored_sheets: list[str] = field(default_factory=list)
    ignored_columns: list[tuple[str, str]] = field(default_factory=list)
    repeated_columns: list[tuple[str, str]] = field(default_factory=list)
    overlong_sheets: list[str] = field(default_factory=list)


def _text(name: str, label: Promise, *, required: bool = False, max_length: int = 300) -> Column:
    return Column(name, "text", label, required=required, max_length=max_length)


def _day(name: str, label: Promise, *, required: bool = False) -> Column:
    return Column(name, "date", label, required=required)


def _code(name: str, label: Promise, codes: Any, *, required: bool = False) -> Column:
    return Column(name, "code", label, required=required, codes=codes)


def _mark(name: str, label: Promise) -> Column:
    return Column(name, "mark", label)


_NUMBER = _text("personnel_number", gettext_lazy("Personnel number"), required=True, max_length=30)
_POSITION = pgettext_lazy("column", "Position (code)")

SHEETS = (
    Sheet(
        "organisation",
        gettext_lazy("Organisation"),
        (
            Column("bin", "number", gettext_lazy("BIN"), required=True, max_length=12),
            _text("name_kk", gettext_lazy("Name in Kazakh"), required=True, max_length=1000),
            _text("name_ru", gettext_lazy("Name in Russian"), max_length=1000),
            _code("sphere", gettext_lazy("Sphere"), Sphere, required=True),
        ),
        required=True,
    ),
    Sheet(
        "employees",
        gettext_lazy("Employees"),
        (
            _NUMBER,
            Column("iin", "number", gettext_lazy("IIN"), max_length=12),
            _text("last_name", gettext_lazy("Surname"), required=True, max_length=150),
            _text("first_name", gettext_lazy("First name"), required=True, max_length=150),
            _text("patronymic", gettext_lazy("Patronymic"), max_length=150),
            _day("birth_date", gettext_lazy("Birth date")),
            _text("unit", gettext_lazy("Structural unit")),
            Column("position", "position", _POSITION, required=True),
            _code("level", gettext_lazy("Level"), Level),
            _day("hired_on", gettext_lazy("Hired on"), required=True),
            _day("appointed_on", gettext_lazy("Appointed to the present post on")),
            _day("dismissed_on", gettext_lazy("Dismissed on (last working day)")),
            Column("email", "email", gettext_lazy("E-mail"), max_length=254),
        ),
        required=True,
    ),
    Sheet(
        "education",
        gettext_lazy("Education"),
        (
            _NUMBER,
            _code("level", gettext_lazy("Level of education"), EducationLevel, required=True),
            Column("fields", "codes", gettext_lazy("Fields"), codes=Field),
            _text("speciality", gettext_lazy("Speciality")),
            _code("speciality_code", gettext_lazy("Speciality named by the orders"), Speciality),
            _text("qualification", gettext_lazy("Qualification by diploma")),
            _text("institution", gettext_lazy("Institution")),
            Column("country", "country", gettext_lazy("Country (ISO code)")),
            _text("document_series", gettext_lazy("Series of the document"), max_length=30),
            _text("document_number", gettext_lazy("Number of the document"), max_length=60),
            _day("graduated_on", gettext_lazy("Graduated on"), required=True),
            _text("recognition_number", gettext_lazy("Number of the recognition certificate"), max_length=60),
            _day("recognition_on", gettext_lazy("Date of the recognition certificate")),
            _text("recognition_waived", gettext_lazy("Why no recognition is needed")),
        ),
    ),
    Sheet(
        "work_history",
        gettext_lazy("Work history"),
        (
            _NUMBER,
            _text("employer", gettext_lazy("Employer"), required=True),
            Column("position", "position", _POSITION),
            _text("title", gettext_lazy("Title of the post")),
            _day("started_on", gettext_lazy("First day"), required=True),
            _day("ended_on", gettext_lazy("Last day")),
            _code("sphere", gettext_lazy("Sphere"), Sphere),
            _mark("managerial", gettext_lazy("Managerial post")),
            _mark("relevant_profile", gettext_lazy("Of the relevant profile")),
            _mark("non_governmental", gettext_lazy("Non-governmental organisation")),
            _mark("in_specialty", gettext_lazy("In the specialty")),
            _code("level", gettext_lazy("Level"), Level),
        ),
    ),
    Sheet(
        "categories",
        gettext_lazy("Categories"),
        (
            _NUMBER,
            Column("position", "position", _POSITION, required=True),
            _code("level", gettext_lazy("Level"), Level, required=True),
            _code("category", gettext_lazy("Category"), Category, required=True),
            _day("awarded_on", gettext_lazy("Awarded on"), required=True),
            _day("valid_until", gettext_lazy("Valid until (last day)")),
            _text("order_number", gettext_lazy("Order number"), max_length=60),
        ),
    ),
    Sheet(
        "certificates",
        gettext_lazy("Certificates"),
        (
            _NUMBER,
            _code("kind", gettext_lazy("Kind"), CertificateKind, required=True),
            _text("number", gettext_lazy("Number"), max_length=60),
            _day("issued_on", gettext_lazy("Issued on"), required=True),
            _day("valid_until", gettext_lazy("Valid until (last day)")),
            _text("issuer", gettext_lazy("Issued by")),
        ),
    ),
    Sheet(
        "absences",
        gettext_lazy("Absences"),
        (
            _NUMBER,
            _code("kind", gettext_lazy("Kind"), AbsenceKind, required=True),
            _day("started_on", gettext_lazy("First day"), required=True),
            _day("ended_on", gettext_lazy("Last day")),
            _mark("counts", gettext_lazy("Counts towards experience")),
        ),
    ),
)
SHEET_BY_NAME = {sheet.name: sheet for sheet in SHEETS}


@cache
def _sheet_names() -> dict[str, Sheet]:
    return {name: sheet for sheet in SHEETS for name in (*spoken(sheet.label), sheet.name)}


@cache
def _column_names(sheet_name: str) -> dict[str, Column]:
    columns = SHEET_BY_NAME[sheet_name].columns
    by_label = {name: column for column in columns for name in spoken(column.label)}
    return {**by_label, **{column.name: column for column in columns}}


def read(file: IO[bytes]) -> Content:
    """Read a workbook, row by row and within bounds.

    Raises FileRefusedError if the file is not a workbook, is damaged, or is too large to be one of ours.
    """
    refuse_unreadable(file)
    content = Content()
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        for worksheet in book.worksheets:
            sheet = _sheet_names().get(folded(worksheet.title))
            if sheet is None or sheet.name in content.sheets:
                content.ignored_sheets.append(worksheet.title)
                continue
            worksheet.reset_dimensions()
            _read_sheet(sheet, worksheet, content)
    except Exception as error:
        # openpyxl reports a damaged file by whatever the damage happened to break.
        raise FileRefusedError(_("The file is damaged or is not an Excel workbook (.xlsx).")) from error
    return content


def refuse_unreadable(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_FILE_BYTES:
        raise FileRefusedError(_("The file is larger than %(limit)d MB.") % {"limit": MAX_FILE_BYTES // (1024 * 1024)})
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefusedError(_("The file is damaged or is not an Excel workbook (.xlsx).")) from error
    shared = sum(part.file_size for part in parts if "worksheets/" not in part.filename)
    if shared > MAX_SHARED_BYTES or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise FileRefusedError(_("The file unpacks to more data than a workbook of staff records can hold."))
    file.seek(0)


def _read_sheet(sheet: Sheet, worksheet: Any, content: Content) -> None:
    rows = content.sheets.setdefault(sheet.name, [])
    columns: list[Column | None] | None = None
    for number, cells in _cells(worksheet):
        if number > MAX_ROWS:
            content.overlong_sheets.append(sheet.name)
            return
        if columns is None:
            columns = _columns(sheet, cells, content)
            continue
        found = {
            column.name: value
            for column, value in zip(columns, cells, strict=False)
            if column is not None and value is not None
        }
        if found:
            rows.append(Row(number, found))
    content.headers.setdefault(sheet.name, set())


def _cells(worksheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Walk through the rows with their numbers; blank texts are no values, formulas are marked."""
    for number, row in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        yield number, [_value(cell) for cell in row]


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "f":
            return Formula(value)
        if cell.data_type == "e":
            return Formula(value)
        return value.strip() or None
    if value is not None and cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    return value


def _columns(sheet: Sheet, cells: list[Any], content: Content) -> list[Column | None]:
    names = _column_names(sheet.name)
    seen: set[str] = set()
    columns: list[Column | None] = []
    for cell in cells:
        column = names.get(folded(str(cell))) if cell is not None else None
        if column is None:
            if cell is not None:
                content.ignored_columns.append((sheet.name, str(cell)[:100]))
        elif column.name in seen:
            content.repeated_columns.append((sheet.name, str(cell)))
            column = None
        else:
            seen.add(column.name)
        columns.append(column)
    content.headers[sheet.name] = seen
    return columns
