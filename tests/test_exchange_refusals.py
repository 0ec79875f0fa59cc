"""Files of texts that are refused: every mistake named by its place, and nothing saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from employees.models import User
from positions.exchange import writing
from positions.exchange.on_file import texts_of
from positions.exchange.services import texts_plan
from tests.sent_texts import (
    DAY,
    HEADS,
    book,
    cell_of,
    mistakes,
    norm_file,
    rows,
    the_mistake,
    written,
    zipped,
)


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


# ------------------------------------------------------------------------------------------------- mistakes in a sheet


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "column", "value", "reason"),
    [
        ("duties", "position", "360/9.9", "360/9.9"),
        ("duties", "valid_from", date(2020, 1, 1), "01.01.2020"),
        ("duties", "valid_from", "ертең", "22.11.2026"),
        ("duties", "valid_from", None, ""),
        ("title", "valid_from", date(2023, 7, 1), ""),
        ("duties", "part", "poems", ""),
        ("duties", "number", "two", ""),
        ("duties", "number", 0, ""),
        ("duties", "number", 1.5, ""),
        ("duties", "number", None, ""),
        ("title", "number", 1, ""),
        ("duties", "clause", "99", ""),
        ("note", "clause", "_x0000_1", ""),
        ("duties", "position", "_xD800_", "\ufffd"),
        ("duties", "kk", "Алдымен_x000B_кейін", "U+000B"),
        ("title", "kk", "Алдымен_x000B_кейін", "U+000B"),
        ("title", "kk", None, ""),
        ("duties", "ru", "Сначала \ufffd потом", "U+FFFD"),
        ("duties", "ru", "Сначала\nпотом", ""),
        ("qualification", "ru", "Сначала\nпотом", ""),
        ("duties", "ru", "=1+1", ""),
        ("duties", "ru", DAY, ""),
        ("duties", "ru", True, ""),
        ("provenance", "ru", "heard of", ""),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(part: str, column: str, value: Any, reason: str) -> None:
    changed = []

    def spoiled(sheet: Any) -> None:
        cell = rows(sheet, part)[0][HEADS.index(column)]
        cell.value = value
        changed.append(cell.row)

    number, where, why = the_mistake("a.xlsx", book("360/2.3", spoiled))
    assert (number, where) == (changed[0], column)
    assert reason in why


@pytest.mark.django_db
def test_a_number_that_stands_twice_is_named_by_its_second_row() -> None:
    number, column, _reason = the_mistake("a.xlsx", book("360/2.3", cell_of("duties", 3, 1)))
    assert column == "number"
    assert number == duty_row(2)


def duty_row(number: int) -> int:
    """Give the row of a duty in the sheet."""
    sheet = load_workbook(io.BytesIO(writing.workbook(texts_of(code="360/2.3"), codes=True))).worksheets[0]
    return int(rows(sheet, "duties")[number - 1][0].row)


@pytest.mark.django_db
def test_a_gap_in_the_numbers_is_named_by_the_row_after_it() -> None:
    third = []

    def taken_out(sheet: Any) -> None:
        third.append(rows(sheet, "knowledge")[1][0].row)
        sheet.delete_rows(third[0])

    number, column, reason = the_mistake("a.xlsx", book("360/2.3", taken_out))
    assert (number, column) == (third[0], "number")
    assert "2" in reason


@pytest.mark.django_db
def test_every_mistake_is_named_not_only_the_first() -> None:
    def spoiled(sheet: Any) -> None:
        duties = rows(sheet, "duties")
        duties[0][0].value = "360/9.9"
        duties[1][5].value = "a_x000B_b"
        duties[2][3].value = "x"
        duties[2][6].value = "\ufffd"

    found = mistakes("a.xlsx", book("360/2.3", spoiled))
    assert [column for _number, column, _reason in found] == ["position", "kk", "number", "ru"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ([[*HEADS, "pictures"]], "pictures"),
        ([["position", "part", "number", "kk"]], None),
        ([[*HEADS, "ru"]], "ru"),
        ([HEADS[:5]], ""),
        ([HEADS], ""),
        ([["бір", "екі"]], "бір"),
    ],
)
def test_wrong_columns_are_named(lines: list[list[Any]], column: str | None) -> None:
    found = mistakes("a.xlsx", written(*lines))
    if column is not None:
        assert column in [where for _number, where, _reason in found]
    assert all(reason for _number, _where, reason in found)


@pytest.mark.django_db
def test_an_entry_without_any_text_is_named() -> None:
    def emptied(sheet: Any) -> None:
        for column in (5, 6, 7):
            rows(sheet, "duties")[1][column].value = None

    number, _column, _reason = the_mistake("a.xlsx", book("360/2.3", emptied))
    assert number is not None


@pytest.mark.django_db
def test_a_text_taken_away_in_one_language_is_warned_of(editor: User) -> None:
    def emptied(sheet: Any) -> None:
        rows(sheet, "duties")[0][5].value = None

    plan = texts_plan(name="a.xlsx", content=book("360/2.3", emptied))
    assert not plan.problems
    assert [warning.column for edition in plan.editions for warning in edition.warnings] == ["kk"]


@pytest.mark.django_db
def test_rows_cannot_be_added_without_all_languages() -> None:
    def one_language(sheet: Any) -> None:
        first = rows(sheet, "duties")
        sheet.append([first[0][0].value, first[0][1].value, "duties", len(first) + 1, None, "Жаңа", "", ""])
        sheet.delete_cols(7, 2)

    _number, column, _reason = the_mistake("a.xlsx", book("360/2.3", one_language))
    assert column == "number"


# --------------------------------------------------------------------------------------------- mistakes in norm files


def line_of(content: bytes, text: str) -> int:
    """Find the line of a norm file that holds a text."""
    return next(number for number, line in enumerate(content.decode().splitlines(), start=1) if text in line)


@pytest.mark.django_db
def test_experience_without_years_is_named_by_its_line() -> None:
    content = norm_file("360/2.3", ("- years: 3", "- managerial: true"))
    number, _column, reason = the_mistake("a.yaml", content)
    assert number == line_of(content, "- managerial: true")
    assert "years" in reason


@pytest.mark.django_db
def test_an_edition_that_overlaps_another_is_named_by_its_line() -> None:
    text = norm_file("360/2.3").decode()
    twice = text + re.sub(r"valid_from: \S+", "valid_from: 2024-01-01", text.partition("editions:\n")[2])
    content = twice.encode()
    number, _column, reason = the_mistake("a.yaml", content)
    assert number == line_of(content, "2024-01-01")
    assert "2023-07-01" in reason


@pytest.mark.django_db
def test_an_edition_that_overlaps_one_on_file_is_named_too() -> None:
    content = norm_file("360/2.3", ("valid_from: 2023-07-01", "valid_from: 2020-01-01"))
    number, _column, reason = the_mistake("a.yaml", content)
    assert number == line_of(content, "2020-01-01")
    assert "2023-07-01" in reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("position: 360/2.3", "position: 360/9.3"),
        ("position: 360/2.3", "position: 999/2.3"),
        ("position: 360/2.3", "position: 360/2.x"),
        ("position: 360/2.3", "position: 360/02.3"),
        ("position: 360/2.3", "position: [360]"),
        ("editions:", "successor: 360/2.3\neditions:"),
        ("editions:", "successor: 360/9.9\neditions:"),
        ("editions:", "successor: [1]\neditions:"),
        ("brought_by: ", "brought_by: [1] #"),
        ("brought_by: ", "brought_by: 999 #"),
        ("line: 1", "line: first"),
        ("years: 3", "years: 300"),
        ("years: 3", "years: !!python/object:os.system 3"),
        ("years: 3", "years: &three 3"),
        ("education: [", "education: [none, "),
        ("kk: ", "kk: Белгі \ufffd "),
        ("kk: ", "kk: Белгі \x0b "),
        ("valid_from: 2023-07-01", "valid_from: 2023-07-01\n  valid_from: 2023-07-02"),
        ("valid_from: 2023-07-01", "valid_from: 2023-02-31"),
        ("valid_to: null", "valid_to: 2020-01-01"),
        ("valid_to: null", "valid_to: 9999-12-31"),
        ("valid_from: 2023-07-01", "valid_from: 0001-01-01"),
        ("clauses: {duties: ", 'clauses: {duties: "\\0", knowledge: "44", qualification: "45"} # '),
        ("position: 360/2.3", 'position: "\\ud800"'),
        ("kk: ", 'kk: "\\ud800" # '),
        ('clauses: {duties: "', 'clauses: {duties: "123456789012345678901234567890'),
    ],
)
def test_a_wrong_norm_file_is_refused_with_the_line(old: str, new: str) -> None:
    found = mistakes("2.3.yaml", norm_file("360/2.3", (old, new)))
    assert found
    assert all(number and reason for number, _column, reason in found)


@pytest.mark.django_db
def test_two_positions_cannot_succeed_each_other() -> None:
    files = [
        (f"360/{number}.yaml", norm_file(f"360/{number}", ("editions:", f"successor: 360/{other}\neditions:")))
        for number, other in (("2.3", "2.4"), ("2.4", "2.3"))
    ]
    assert len(mistakes("a.zip", zipped(*files))) == 2


# -------------------------------------------------------------------------------------------- files that are no texts


def evil_book(part: str, text: bytes) -> bytes:
    """Give a workbook with one of its parts replaced."""
    source, target = io.BytesIO(book("360/2.3")), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return target.getvalue()


_ENTITY = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.zip", lambda: b"no archive"),
        ("a.zip", lambda: zipped(("2.3.yaml", norm_file()))[:-40]),
        ("a.zip", lambda: zipped()),
        ("a.zip", lambda: zipped(("../2.3.yaml", norm_file()))),
        ("a.zip", lambda: zipped(("/etc/2.3.yaml", norm_file()))),
        ("a.zip", lambda: zipped(("a\\..\\2.3.yaml", norm_file()))),
        ("a.zip", lambda: zipped(("run.exe", b""))),
        ("a.zip", lambda: zipped(("2.3.yaml", b"x" * 50_000_000))),
        ("a.zip", lambda: zipped(*((f"{number}.yaml", b"") for number in range(600)))),
        ("a.zip", lambda: zipped(("2.3.yaml", "Ғ".encode("utf-16")))),
        ("a.xlsx", lambda: b"no workbook"),
        ("a.xlsx", lambda: b""),
        ("a.xlsx", lambda: zipped(("2.3.yaml", norm_file()))),
        ("a.xlsx", lambda: book("360/2.3")[:-100]),
        ("a.xlsx", lambda: evil_book("xl/worksheets/sheet1.xml", _ENTITY)),
        ("a.xlsx", lambda: evil_book("xl/styles.xml", b"<" + b" " * 70_000_000)),
        ("a.xlsx", lambda: evil_book("xl/workbook.xml", b"<nothing/>")),
        ("a.yaml", lambda: b""),
        ("a.yaml", lambda: b"position"),
        ("a.yaml", lambda: b"[" * 5000),
        ("a.yaml", lambda: b"a: &a [1]\nb: [*a, *a]\n"),
        ("a.yaml", lambda: b"\xff\xfe"),
        ("a.yaml", lambda: b" " * 11_000_000),
        ("a.docx", lambda: b""),
        ("texts", lambda: b"{}"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_words(name: str, make: Callable[[], bytes]) -> None:
    found = mistakes(name, make())
    assert len(found) == 1, found
    assert found[0][2]
