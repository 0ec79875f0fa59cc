"""The workbook: round trips, all mistakes at once, and files that are none."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook, load_workbook

from employees.demo import invent
from employees.exporting import export_workbook
from employees.import_plan import ImportRefusedError, Plan
from employees.importing import apply, plan
from employees.models import (
    Absence,
    CategoryAward,
    Certificate,
    EducationRecord,
    Employee,
    Organisation,
    Unit,
    WorkRecord,
)
from employees.workbook import SHEETS, FileRefusedError, read
from tests import law
from tests.books import CATEGORIES, EDUCATION, EMPLOYEES, GOOD, ORGANISATION, Rows, book, saved

pytestmark = pytest.mark.django_db

MODELS = (Organisation, Unit, Employee, EducationRecord, WorkRecord, CategoryAward, Certificate, Absence)


def _plan(sheets: dict[str, Rows]) -> Plan:
    return plan(read(book(sheets)))


def _import(sheets: dict[str, Rows]) -> Plan:
    result = _plan(sheets)
    apply(result)
    return result


def _everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in MODELS}  # type: ignore[attr-defined]


def _changed(sheets: dict[str, Rows], sheet: str, row: int, column: str, value: Any) -> dict[str, Rows]:
    rows = [list(cells) for cells in sheets[sheet]]
    if column not in rows[0]:
        rows = [[*cells, None] for cells in rows]
        rows[0][-1] = column
    rows[row][rows[0].index(column)] = value
    return {**sheets, sheet: rows}


# -------------------- what it saves


def test_a_workbook_is_saved_as_it_says() -> None:
    result = _import(GOOD)
    assert result.new == ["0001", "0002"]
    employee = Employee.objects.get(personnel_number="0001")
    assert employee.full_name == "Әбдіқалықова Гүлнәр Серікқызы"
    assert (employee.birth_date, employee.hired_on, employee.appointed_on) == (
        date(1985, 5, 22),
        date(2024, 2, 1),
        date(2024, 2, 1),
    )
    assert employee.unit is not None
    assert employee.unit.name == "Бөлім"
    assert employee.education.get().fields == ["social", "legal"]
    award = employee.awards.get()
    assert (award.awarded_on, award.lapses_on) == (date(2025, 3, 1), date(2028, 3, 1)), "the last day belongs to it"


def test_the_same_workbook_again_changes_nothing() -> None:
    _import(GOOD)
    before = _everything()
    again = _import(GOOD)
    assert again.changes_nothing
    assert _everything() == before


def test_the_demonstration_round_trips(tmp_path: Path) -> None:
    content = invent(
        employees=60, seed=7, norms=law.norms(), bin_number="050240001231", name_kk="Үлгі", name_ru="Образец"
    )
    apply(plan(content))
    before = _everything()
    stream = io.BytesIO()
    export_workbook(Organisation.objects.get(), stream)
    again = plan(read(stream))
    assert (again.errors, again.changes_nothing) == ([], True)
    apply(again)
    assert _everything() == before
    Organisation.objects.all().delete()
    apply(again_from_nothing := plan(read(stream)))
    assert len(again_from_nothing.new) == 60
    second = io.BytesIO()
    export_workbook(Organisation.objects.get(), second)
    assert _cells(stream) == _cells(second)


def _cells(stream: io.BytesIO) -> dict[str, list[tuple[Any, ...]]]:
    workbook = load_workbook(stream)
    return {sheet.title: sorted(sheet.iter_rows(values_only=True), key=repr) for sheet in workbook.worksheets}


def test_the_commands_round_trip(tmp_path: Path) -> None:
    call_command("import_workbook", saved(tmp_path, GOOD), stdout=io.StringIO())
    path = str(tmp_path / "out.xlsx")
    call_command("export_workbook", "123456789012", path)
    output = io.StringIO()
    call_command("import_workbook", path, "--language", "en", stdout=output)
    assert output.getvalue().strip() == "Nothing new: the database holds all this already."
    with pytest.raises(CommandError):
        call_command("export_workbook", "999999999999", path)


def test_a_trial_saves_nothing(tmp_path: Path) -> None:
    output = io.StringIO()
    call_command("import_workbook", saved(tmp_path, GOOD), "--dry-run", "--language", "en", stdout=output)
    assert "new: 2" in output.getvalue()
    assert not Organisation.objects.exists()


def test_a_changed_workbook_replaces_the_rows_of_the_people_it_names() -> None:
    _import(GOOD)
    kept = CategoryAward.objects.get().pk
    sheets = {
        **GOOD,
        "employees": EMPLOYEES[:2],
        "education": [EDUCATION[0], ["0001", "postgraduate", "medical", "30.06.2012"]],
    }
    changed = _changed(sheets, "employees", 1, "level", "average")
    result = _import(changed)
    assert list(result.changed) == ["0001"]
    told = {(change.sheet, change.what, change.before, change.after) for change in result.changed["0001"]}
    assert ("employees", "level", "highest", "average") in told
    assert {(sheet, what) for sheet, what, _before, _after in told} == {
        ("employees", "level"),
        ("education", "added"),
        ("education", "removed"),
    }
    assert EducationRecord.objects.get().level == "postgraduate"
    assert CategoryAward.objects.get().pk == kept, "an unchanged row is not touched"
    assert Employee.objects.filter(personnel_number="0002").exists(), "whom the workbook does not name stays"


def test_a_sheet_that_is_absent_leaves_what_is_there() -> None:
    _import(GOOD)
    _import({"organisation": ORGANISATION, "employees": EMPLOYEES})
    assert EducationRecord.objects.count() == 1
    _import({**GOOD, "education": EDUCATION[:1]})
    assert EducationRecord.objects.count() == 0


def test_two_people_may_exchange_their_iins() -> None:
    _import(GOOD)
    swapped = _changed(GOOD, "employees", 1, "iin", "850522400239")
    swapped = _changed(swapped, "employees", 2, "iin", "850522400010")
    _import(swapped)
    assert Employee.objects.get(personnel_number="0002").iin == "850522400010"


def test_an_iin_of_somebody_the_workbook_does_not_name_is_taken() -> None:
    _import(GOOD)
    sheets = {
        **GOOD,
        "employees": [EMPLOYEES[0], ["0003", "850522400010", *EMPLOYEES[1][2:]]],
        "education": [],
        "categories": [],
    }
    result = _plan({name: rows for name, rows in sheets.items() if rows})
    assert [(problem.sheet, problem.row, problem.column) for problem in result.errors] == [("employees", 2, "iin")]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_labels_of_the_template_are_accepted_as_column_names(language: str) -> None:
    with translation.override(language):
        sheets = {
            str(sheet.label): [
                [f"{sheet.column(name).label} *" for name in GOOD[sheet.name][0]],
                *GOOD[sheet.name][1:],
            ]
            for sheet in SHEETS
            if sheet.name in GOOD
        }
    result = _plan(sheets)
    assert (result.errors, len(result.new)) == ([], 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((value, True) for value in ("yes", "ИӘ", "да", 1, True, None)),
        *((value, False) for value in ("no", "жоқ", "НЕТ", 0, False)),
    ],
)
def test_yes_and_no_in_three_languages(value: Any, expected: bool) -> None:
    absences = [["personnel_number", "kind", "started_on", "counts"], ["0001", "unpaid_leave", "2025-01-01", value]]
    _import({**GOOD, "absences": absences})
    assert Absence.objects.get().counts is expected


@pytest.mark.parametrize("value", ["2020-03-01", "01.03.2020", "1.3.2020", date(2020, 3, 1), datetime(2020, 3, 1)])  # noqa: DTZ001
def test_dates_as_people_write_them(value: Any) -> None:
    _import(_changed(GOOD, "employees", 2, "hired_on", value))
    assert Employee.objects.get(personnel_number="0002").hired_on == date(2020, 3, 1)


def test_numbers_that_excel_took_for_figures_get_their_zeros_back() -> None:
    sheets = _changed(GOOD, "employees", 1, "iin", 10522500044)
    result = _plan(_changed(sheets, "employees", 1, "personnel_number", 1))
    assert result.employees["1"]["iin"] == "010522500044"


# -------------------- what it warns


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        (_changed(GOOD, "employees", 1, "birth_date", "23.05.1985"), ("employees", 2, "birth_date")),
        (_changed(GOOD, "categories", 1, "order_number", None), ("categories", 2, "order_number")),
        ({**GOOD, "notes": [["a"], ["b"]]}, ("notes", None, None)),
        (_changed(GOOD, "employees", 1, "shoe size", 41), ("employees", 1, "shoe size")),
        (
            {
                **GOOD,
                "work_history": [
                    ["personnel_number", "employer", "started_on", "ended_on"],
                    ["0001", "А", "2020-01-01", "2024-02-01"],
                ],
            },
            ("work_history", 2, "ended_on"),
        ),
        (
            {
                **GOOD,
                "work_history": [
                    ["personnel_number", "employer", "started_on", "ended_on"],
                    ["0001", "А", "2020-01-01", "2021-01-31"],
                    ["0001", "Б", "2021-01-31", "2022-01-31"],
                ],
            },
            ("work_history", 3, "started_on"),
        ),
        (
            {**GOOD, "categories": [*CATEGORIES, ["0001", "360/2.3", "highest", "first", "2028-02-29", None, "3-ж"]]},
            ("categories", 3, "awarded_on"),
        ),
    ],
)
def test_what_is_odd_is_a_warning_and_is_saved(sheets: dict[str, Rows], place: tuple[str, int, str]) -> None:
    result = _plan(sheets)
    assert result.errors == []
    assert [(problem.sheet, problem.row, problem.column) for problem in result.warnings] == [place]
    apply(result)
    assert Employee.objects.count() == 2


# -------------------- what it refuses

#: Twenty different mistakes, each with the place and the value that the report must name.
MISTAKES: list[tuple[str, int, str, str | None]] = [
    ("organisation", 2, "sphere", "farming"),
    ("employees", 2, "iin", "850522400011"),
    ("employees", 2, "birth_date", "31.02.2020"),
    ("employees", 3, "last_name", None),
    ("employees", 3, "position", "360/9.9"),
    ("employees", 4, "personnel_number", "0002"),
    ("employees", 4, "level", "highest"),
    ("employees", 4, "dismissed_on", "2019-12-31"),
    ("employees", 5, "email", "not an address"),
    ("employees", 5, "level", "average"),
    ("education", 2, "level", "doctor"),
    ("education", 2, "fields", "social;magic"),
    ("education", 3, "country", "Қазақстан"),
    ("education", 3, "graduated_on", "soon"),
    ("work_history", 2, "ended_on", "2014-12-31"),
    ("work_history", 2, "managerial", "perhaps"),
    ("categories", 2, "category", "none"),
    ("categories", 3, "category", "second"),
    ("certificates", 2, "personnel_number", "0999"),
    ("absences", 2, "counts", "no"),
]


def _mistaken() -> dict[str, Rows]:
    header = [*EMPLOYEES[0], "dismissed_on", "email"]
    return {
        "organisation": [ORGANISATION[0], ["123456789012", "Орталық", "Центр", "farming"]],
        "employees": [
            header,
            ["0001", "850522400011", "А", "Б", None, "31.02.2020", None, "360/2.3", "highest", "2024-02-01"],
            ["0002", "850522400239", None, "Б", None, None, None, "360/9.9", None, "2020-03-01"],
            ["0002", None, "В", "Г", None, None, None, "360/1.9", "highest", "2020-03-01", "2019-12-31"],
            ["0004", None, "Д", "Е", None, None, None, "360/2.1", "average", "2020-03-01", None, "not an address"],
        ],
        "education": [
            ["personnel_number", "level", "fields", "country", "graduated_on"],
            ["0001", "doctor", "social;magic", None, "2010-06-30"],
            ["0001", "higher", "social", "Қазақстан", "soon"],
        ],
        "work_history": [
            ["personnel_number", "employer", "started_on", "ended_on", "managerial"],
            ["0001", "Ж", "2015-01-01", "2014-12-31", "perhaps"],
        ],
        "categories": [
            CATEGORIES[0],
            ["0001", "360/2.3", "highest", "none", "2025-01-01", None, "1"],
            ["0001", "360/2.1", "average", "second", "2025-01-01", None, "2"],
        ],
        "certificates": [["personnel_number", "kind", "issued_on"], ["0999", "swimming", "2024-01-01"]],
        "absences": [
            ["personnel_number", "kind", "started_on", "counts"],
            ["0001", "parental_leave", "2025-01-01", "no"],
        ],
    }


def test_twenty_mistakes_are_named_at_once_and_nothing_is_saved() -> None:
    before = _everything()
    result = _plan(_mistaken())
    assert {(problem.sheet, problem.row, problem.column, problem.value) for problem in result.errors} == set(MISTAKES)
    assert len(MISTAKES) == 20
    with pytest.raises(ImportRefusedError):
        apply(result)
    assert _everything() == before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sheet employees, row 2, column iin, value “850522400011”: The check digit of the IIN is wrong."),
        ("ru", "лист employees, строка 2, столбец iin, значение «850522400011»: "),
        ("kk", "employees парағы, 2-жол, iin бағаны, «850522400011» мәні: "),
    ],
)
def test_the_report_speaks_the_language_asked_for(tmp_path: Path, language: str, words: str) -> None:
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_workbook", saved(tmp_path, _mistaken()), "--language", language, stderr=errors)
    lines = errors.getvalue().splitlines()
    assert len(lines) == 20
    assert any(line.startswith(words) for line in lines), lines
    if language != "en":
        reasons = [line.partition(": ")[2] for line in lines]
        english = {str(problem.reason) for problem in _plan_in("en").errors}
        assert not english & set(reasons), "every reason is translated"


def _plan_in(language: str) -> Plan:
    with translation.override(language):
        return _plan(_mistaken())


@pytest.mark.parametrize("sheet", ["organisation", "employees"])
def test_a_needed_sheet_that_is_missing(sheet: str) -> None:
    result = _plan({name: rows for name, rows in GOOD.items() if name != sheet})
    assert (sheet, None) in {(problem.sheet, problem.row) for problem in result.errors}


def test_a_needed_column_that_is_missing() -> None:
    rows = [list(row[:-1]) for row in EMPLOYEES]
    result = _plan({**GOOD, "employees": rows})
    assert [(problem.sheet, problem.row, problem.column) for problem in result.errors] == [("employees", 1, "hired_on")]


def test_a_column_that_stands_twice() -> None:
    rows = [[*row, row[0]] for row in EMPLOYEES]
    assert [problem.column for problem in _plan({**GOOD, "employees": rows}).errors] == ["personnel_number"]


def test_two_organisations_in_one_workbook() -> None:
    result = _plan({**GOOD, "organisation": [*ORGANISATION, ORGANISATION[1]]})
    assert [(problem.sheet, problem.row) for problem in result.errors] == [("organisation", 3)]


def test_a_number_is_not_a_date() -> None:
    result = _plan(_changed(GOOD, "employees", 1, "hired_on", 45000))
    assert [problem.column for problem in result.errors] == ["hired_on"]


def test_a_formula_is_refused_and_a_text_that_looks_like_one_is_kept(tmp_path: Path) -> None:
    assert [problem.column for problem in _plan(_changed(GOOD, "employees", 1, "last_name", "=1+1")).errors] == [
        "last_name"
    ]
    workbook = load_workbook(book(GOOD))
    cell = workbook["employees"]["C2"]
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    stream = io.BytesIO()
    workbook.save(stream)
    apply(plan(read(stream)))
    assert Employee.objects.get(personnel_number="0001").last_name == "=HYPERLINK(1)"
    exported = io.BytesIO()
    export_workbook(Organisation.objects.get(), exported)
    again = load_workbook(exported)["employees"]["C2"]
    assert (again.value, again.data_type) == ("=HYPERLINK(1)", "s"), "no formula comes out of a text"


def test_html_in_a_name_is_kept_as_plain_text() -> None:
    _import(_changed(GOOD, "employees", 1, "last_name", "<script>alert(1)</script>"))
    assert Employee.objects.get(personnel_number="0001").last_name == "<script>alert(1)</script>"


def test_a_name_that_is_too_long() -> None:
    result = _plan(_changed(GOOD, "employees", 1, "last_name", "Ә" * 151))
    assert [problem.column for problem in result.errors] == ["last_name"]
    assert len(result.errors[0].value or "") <= 80


# -------------------- files that are none


def _truncated() -> bytes:
    return book(GOOD).getvalue()[:2000]


def _of_zeros(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * count)
    return stream.getvalue()


def _no_sheets() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return stream.getvalue()


def _entities() -> bytes:
    """A workbook whose XML doubles itself again and again."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    source, stream = zipfile.ZipFile(book(GOOD)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<worksheet", laughs.encode() + b"<worksheet", 1)
            archive.writestr(part, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"name;surname\n1;2\n",
        _truncated,
        _no_sheets,
        _entities,
        lambda: _of_zeros(60 * 1024 * 1024),
    ],
    ids=["empty", "text", "truncated", "no workbook", "entities", "bomb"],
)
def test_a_file_that_is_no_workbook_is_refused_with_a_clear_line(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())
    with pytest.raises(CommandError) as refusal:
        call_command("import_workbook", str(path), "--language", "en")
    assert str(refusal.value) in (
        "The file is damaged or is not an Excel workbook (.xlsx).",
        "The file unpacks to more data than a workbook of staff records can hold.",
    )
    assert not Organisation.objects.exists()


def test_every_truncation_is_refused() -> None:
    whole = book(GOOD).getvalue()
    for size in range(0, len(whole) - 1, 211):
        with pytest.raises(FileRefusedError):
            read(io.BytesIO(whole[:size]))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError):
        call_command("import_workbook", "nowhere.xlsx")


def test_a_million_empty_rows_are_refused_in_bounded_memory_and_time(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    for name, rows in GOOD.items():
        worksheet = workbook.create_sheet(name)
        for row in rows:
            worksheet.append(list(row))
    path = tmp_path / "million.xlsx"
    workbook.save(path)
    _stretch(path, "employees", 1_000_000)
    script = (
        "import sys, resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\n"
        "import django; django.setup()\n"
        "from employees.workbook import read\n"
        "with open(sys.argv[1], 'rb') as stream:\n"
        "    content = read(stream)\n"
        "print(content.overlong_sheets, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, env=_environment()
    )
    assert time.monotonic() - start < 60
    sheets, megabytes = done.stdout.rsplit(maxsplit=1)
    assert sheets == "['employees']"
    assert int(megabytes) < 512
    with path.open("rb") as stream:
        result = plan(read(stream))
    assert [(problem.sheet, problem.row) for problem in result.errors] == [("employees", 100_001)]


def _environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}


def _stretch(path: Path, sheet: str, rows: int) -> None:
    """Put empty rows behind the last one of a sheet, as a spreadsheet does where somebody formatted a whole column."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    index = list(GOOD).index(sheet) + 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == f"xl/worksheets/sheet{index}.xml":
                empty = "".join(f'<row r="{number}"/>' for number in range(4, rows + 4)).encode()
                content = content.replace(b"</sheetData>", empty + b"</sheetData>")
            archive.writestr(part.filename, content)
