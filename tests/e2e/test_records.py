"""The work on records in a real browser: hiring by keyboard, importing, searching, and what a manager never meets."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from attestation.management.commands.load_demo import DEMO_BIN, DEMO_USERS
from employees.models import Employee, Organisation
from employees.names import folded
from tests.books import Rows, saved

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]
Violations = Callable[[Page], list[Any]]

MANAGERS_UNIT = DEMO_USERS["manager"][1]
#: No page needs more steps of the Tab key than this to any of its fields.
MAX_STEPS = 150


def _reach(page: Page, selector: str) -> None:
    """Step with the Tab key until the cursor stands in the wanted element."""
    for _step in range(MAX_STEPS):
        if page.evaluate("wanted => Boolean(document.activeElement?.matches(wanted))", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with the Tab key")


def _type(page: Page, selector: str, text: str) -> None:
    _reach(page, selector)
    page.keyboard.type(text)


def _numbers(page: Page) -> set[str]:
    found: list[str] = page.locator("tbody [data-personnel-number]").evaluate_all(
        "cells => cells.map(cell => cell.dataset.personnelNumber)"
    )
    return set(found)


# --------------------------------------------------------------------------------------------------- hiring by keyboard


def test_hiring_from_nothing_to_a_verdict_needs_no_mouse(visit: Visit, violations: Violations) -> None:
    page = visit("/employees/", language="en")
    _reach(page, "main a[href='/employees/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/employees/new/")

    for name, text in {
        "personnel_number": "9001",
        "iin": "900101400003",
        "last_name": "Жаңабаева",
        "first_name": "Айгүл",
        "birth_date": "01011990",
        "position": "360/2.3",
        "level": "Highest",
        "hired_on": "02022026",
        "order_number": "17-к",
    }.items():
        _type(page, f"main [name={name}]", text)
    expect(page.locator("[name=birth_date]")).to_have_value("1990-01-01")
    expect(page.locator("[name=level]")).to_have_value("highest")
    expect(page.locator("[name=hired_on]")).to_have_value("2026-02-02")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/employees/[0-9]+/$"))
    expect(page.locator("h1")).to_have_text("Жаңабаева Айгүл")
    education = page.locator("#verdict .finding", has=page.get_by_text("Education", exact=True)).first
    expect(education.locator(".status-unknown")).to_be_visible()

    _reach(page, "[data-adds=education-new]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#education-new")
    assert violations(page) == [], "a form in its place has no barrier"
    _type(page, "#education-new [name=level]", "Higher")
    _reach(page, "#education-new [name=fields][value=social]")
    page.keyboard.press("Space")
    _type(page, "#education-new [name=institution]", "Сарыарқа университеті")
    _type(page, "#education-new [name=graduated_on]", "06062012")
    page.keyboard.press("Control+Enter")

    expect(education.locator(".status-met")).to_be_visible()
    expect(page.locator("#education-rows")).to_contain_text("Сарыарқа университеті")
    employee = Employee.objects.get(personnel_number="9001")
    assert urlsplit(page.url).path == f"/employees/{employee.pk}/", "the record was saved in its place"
    record = employee.education.get()
    assert (record.level, record.fields, record.graduated_on.isoformat()) == ("higher", ["social"], "2012-06-06")


def test_escape_gives_a_record_up_and_the_focus_back(visit: Visit) -> None:
    employee = Employee.objects.get(personnel_number="0012")
    before = employee.education.count()
    page = visit(f"/employees/{employee.pk}/", language="en")
    _reach(page, "[data-adds=education-new]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#education-new")
    _type(page, "#education-new [name=institution]", "Сарыарқа")
    page.keyboard.press("Escape")
    expect(page.locator("#education-new")).to_have_count(0)
    expect(page.locator("[data-adds=education-new]")).to_be_focused()
    assert employee.education.count() == before


# --------------------------------------------------------------------------------------------------------------- import


def _sheets(level: str) -> dict[str, Rows]:
    organisation = Organisation.objects.get(bin=DEMO_BIN)
    return {
        "organisation": [
            ["bin", "name_kk", "name_ru", "sphere"],
            [organisation.bin, organisation.name_kk, organisation.name_ru, organisation.sphere],  # type: ignore[attr-defined]
        ],
        "employees": [
            ["personnel_number", "last_name", "first_name", "unit", "position", "level", "hired_on"],
            ["9001", "Жаңабаева", "Айгүл", MANAGERS_UNIT, "360/2.3", "highest", "2024-02-01"],
        ],
        "education": [
            ["personnel_number", "level", "fields", "graduated_on"],
            ["9001", level, "social", "30.06.2010"],
        ],
    }


def test_an_import_is_mended_looked_at_saved_and_undone(
    visit: Visit, violations: Violations, tmp_path: Path, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    hired = Employee.objects.filter(personnel_number="9001")
    before = Employee.objects.count()
    page = visit("/imports/", language="en")
    main = page.locator("main")

    page.set_input_files("input[name=file]", saved(tmp_path, _sheets("doctor"), "spoilt.xlsx"))
    page.get_by_role("button", name="Check the file").click()
    expect(main).to_contain_text("The file cannot be imported. Nothing was saved.")
    mistakes = page.get_by_role("region", name="Mistakes (1)")
    expect(mistakes.locator("tbody tr")).to_have_count(1)
    expect(mistakes.locator("tbody tr")).to_contain_text("doctor")
    expect(page.get_by_role("button", name="Save these changes")).to_have_count(0)
    assert violations(page) == []

    page.set_input_files("input[name=file]", saved(tmp_path, _sheets("higher"), "mended.xlsx"))
    page.get_by_role("button", name="Check the mended file").click()
    expect(page.locator("h1")).to_have_text("mended.xlsx")
    expect(main).to_contain_text("People who are new or change (1)")
    expect(main).to_contain_text("Жаңабаева Айгүл")
    assert violations(page) == []
    assert not hired.exists(), "nothing is saved before somebody confirms"

    page.get_by_role("button", name="Save these changes").click()
    expect(main).to_contain_text("The changes are saved")
    assert violations(page) == []
    run = urlsplit(page.url).path
    own = f"/employees/{hired.get().pk}/"
    page.goto(own)
    expect(page.locator("h1")).to_have_text("Жаңабаева Айгүл")

    page.goto(run)
    page.get_by_role("button", name="Undo the whole import").click()
    expect(main).to_contain_text("The import is undone")
    response = page.goto(own)
    assert response is not None
    assert response.status == 404
    assert Employee.objects.count() == before


# --------------------------------------------------------------------------------------------------------------- search


def test_a_kazakh_surname_is_found_as_a_russian_keyboard_types_it(visit: Visit) -> None:
    employee = next(
        each
        for each in Employee.objects.filter(employed_until=None).order_by("personnel_number")
        if folded(each.last_name) != each.last_name.casefold()
    )
    typed = folded(employee.last_name)
    page = visit("/employees/", language="en")
    others = page.locator("#results tbody tr").filter(has_not_text=re.compile(re.escape(employee.last_name)))
    assert others.count()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(typed, delay=20)
    expect(others).to_have_count(0)
    expect(page.locator(f"#results [data-personnel-number='{employee.personnel_number}']")).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value(typed)


# -------------------------------------------------------------------------------------------------------------- manager


def test_a_manager_meets_only_her_unit_in_search_and_export(visit: Visit, tmp_path: Path) -> None:
    own = set(Employee.objects.filter(unit__name=MANAGERS_UNIT).values_list("personnel_number", flat=True))
    surnames = Employee.objects.filter(unit__name=MANAGERS_UNIT).values_list("last_name", flat=True)
    other = Employee.objects.exclude(unit__name=MANAGERS_UNIT).exclude(last_name__in=surnames).earliest("pk")
    page = visit("/employees/", user="manager", language="en")
    assert _numbers(page)
    assert _numbers(page) <= own
    page.keyboard.press("/")
    page.keyboard.type(other.personnel_number)
    expect(page.locator("#results")).to_contain_text("Nobody fits all that is asked.")
    assert _numbers(page) == set()

    exported = page.request.get("/employees/export.csv?columns=number")
    assert exported.status == 200
    file = tmp_path / "export.csv"
    file.write_bytes(exported.body())
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, csv.Sniffer().sniff(stream.readline(), delimiters=",;\t")))
    cells = {cell.strip() for row in rows for cell in row}
    everybody = set(Employee.objects.values_list("personnel_number", flat=True))
    assert cells & everybody
    assert cells & everybody <= own
    assert other.full_name not in exported.text()
    for address in (f"q={quote(other.last_name)}", "unit=" + quote(other.unit.name if other.unit else "")):
        assert other.full_name not in page.request.get(f"/employees/export.csv?{address}").text(), address


def test_who_has_no_right_to_export_gets_nothing(visit: Visit) -> None:
    page = visit("/employees/", user="auditor", language="en")
    assert _numbers(page), "an auditor sees the list"
    expect(page.get_by_text("Export this list:")).to_have_count(0)
    for suffix in ("csv", "xlsx"):
        assert page.request.get(f"/employees/export.{suffix}").status == 403


def test_a_manager_is_kept_from_the_records_of_others(visit: Visit) -> None:
    other = Employee.objects.exclude(unit__name=MANAGERS_UNIT).earliest("pk")
    page = visit("/employees/", user="manager", language="en")
    parts = ("", "verdict/", "history/", "readings/", "card/kk/", "transfer/", "dismiss/", "education/new/")
    for part in parts:
        assert page.request.get(f"/employees/{other.pk}/{part}").status in (403, 404), part
    for path in ("/employees/new/", "/imports/", "/people/", "/readings/"):
        assert page.request.get(path).status in (403, 404), path
