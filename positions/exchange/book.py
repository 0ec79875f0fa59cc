"""Workbooks for translators: writing one, and reading one without trusting it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import tablib
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from positions.exchange.columns import LABELS, NEEDED, SHEET, WIDTHS, column_names
from positions.exchange.problems import FileRefusedError, Problem, TextsRefusedError, TooLongForACellError
from positions.located import LANGUAGES
from positions.spoken import folded

#: Bounds that keep a hostile or broken file from filling the memory.
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 30_000
MAX_COLUMNS = 30
#: So many characters a cell of Excel holds.
CELL_LENGTH = 32_767
_DAY_FORMAT = "dd.mm.yyyy"
#: What XML cannot hold, and what would be read as such.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPOKEN = re.compile("_x([0-9A-Fa-f]{4})_")
_HEAD = PatternFill("solid", start_color="E4EEF2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula, which is never taken for a value."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a workbook as django-import-export takes them, with the number that Excel shows for each."""

    dataset: tablib.Dataset
    numbers: tuple[int, ...]
    #: How the sheet itself heads its columns.
    headings: dict[str, str]
    #: Languages that the sheet has no column for.
    missing: tuple[str, ...]
    ignored_sheets: tuple[str, ...]


# ------------------------------------------------------------------------------------------------------------ writing


def write_book(dataset: tablib.Dataset, file: IO[bytes], *, codes: bool = False) -> None:
    """Write rows as a workbook, headed in the active language or by codes. Raises TooLongForACellError."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("texts" if codes else str(SHEET)[:31])
    sheet.freeze_panes = "F2"
    for number, name in enumerate(dataset.headers, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[name]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(dataset.headers))}{len(dataset) + 1}"
    sheet.append([_heading(sheet, name if codes else str(LABELS[name])) for name in dataset.headers])
    for row in dataset:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(file)


def _heading(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """Make a cell; a text is always a text, also where it begins as a formula would."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = _UNSPEAKABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        if len(value) > CELL_LENGTH:
            raise TooLongForACellError(_("A text is too long for a cell of a workbook. Take the norm file instead."))
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = _WRAPPED
    if isinstance(value, date):
        cell.number_format = _DAY_FORMAT
    elif isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    return cell


# ------------------------------------------------------------------------------------------------------------ reading


def read_book(name: str, file: IO[bytes]) -> Table:
    """Read the first sheet of a workbook within bounds.

    Raises FileRefusedError where it is not a workbook, TextsRefusedError where its columns are not ours.
    """
    _refuse_hostile(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet, *others = book.worksheets
        sheet.reset_dimensions()
        rows = list(_rows(sheet))
    except FileRefusedError:
        raise
    except Exception as error:
        # openpyxl reports a damaged file by whatever the damage happened to break.
        raise FileRefusedError(_("The file is damaged or is not an Excel workbook (.xlsx).")) from error
    columns, headings = _columns(name, rows[0][1] if rows else [])
    dataset = tablib.Dataset(headers=list(columns))
    numbers = []
    for number, cells in rows[1:]:
        found = [cells[place] if place < len(cells) else None for place in columns.values()]
        if any(value is not None for value in found):
            dataset.append(found)
            numbers.append(number)
    return Table(
        dataset=dataset,
        numbers=tuple(numbers),
        headings=headings,
        missing=tuple(language for language in LANGUAGES if language not in columns),
        ignored_sheets=tuple(other.title for other in others),
    )


def _refuse_hostile(file: IO[bytes]) -> None:
    """Refuse what unpacks to too much, and documents that would draw in others."""
    not_a_book = _("The file is damaged or is not an Excel workbook (.xlsx).")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise FileRefusedError(not_a_book)
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise FileRefusedError(_("The file unpacks to more data than a workbook of texts can hold."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
                    raise FileRefusedError(
                        _("The file refers to data outside of itself, as no workbook of Excel does.")
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise FileRefusedError(not_a_book) from error
    file.seek(0)


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as content:
        head = content.read(4096).replace(b"\x00", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise FileRefusedError(_("The sheet has more than %(limit)d rows.") % {"limit": MAX_ROWS})
        yield number, [_value(cell) for cell in row]


def _value(cell: Any) -> Any:
    """Give what a cell holds: nothing where it is blank, and formulas marked."""
    value = cell.value
    if value is not None and cell.data_type in {"f", "e"}:
        return Formula(str(getattr(value, "text", value)))
    if isinstance(value, str):
        value = _SPOKEN.sub(lambda found: _character(int(found[1], 16)), value).replace("\r\n", "\n")
        return value if value.strip() else None
    return value


def _character(code: int) -> str:
    """Give a character by its number; half of one is a character that was lost."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _columns(name: str, cells: Sequence[Any]) -> tuple[dict[str, int], dict[str, str]]:
    """Find the column of each heading. Raises TextsRefusedError."""
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    problems = []
    known = ", ".join(f"{label} ({code})" for code, label in LABELS.items())
    for place, cell in enumerate(cells):
        if cell is None:
            continue
        heading = str(cell)[:100]
        code = column_names().get(folded(heading))
        if code is None:
            reason = _("Unknown column. Known are: %(columns)s.") % {"columns": known}
            problems.append(Problem(file=name, number=1, column=heading, reason=reason))
        elif code in places:
            problems.append(Problem(file=name, number=1, column=heading, reason=_("This column stands twice.")))
        else:
            places[code], headings[code] = place, heading
    missing = [str(LABELS[code]) for code in NEEDED if code not in places]
    problems += [Problem(file=name, number=1, column=label, reason=_("The column is missing.")) for label in missing]
    if not problems and not set(places) & set(LANGUAGES):
        problems.append(Problem(file=name, number=1, reason=_("The sheet has no column with texts.")))
    if problems:
        raise TextsRefusedError(problems)
    return places, headings
