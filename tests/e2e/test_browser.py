"""The pages in a real browser: a person's way through them, in three languages, on a phone and on a wide screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from attestation.list_columns import COLUMNS
from attestation.models import Case, CommissionMember, Cycle
from employees.models import Employee, User

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def _paths() -> list[str]:
    employee = Employee.objects.get(personnel_number="0012")
    return [
        "/",
        "/?on=2025-06-01",
        "/reports/trend/",
        "/employees/",
        "/employees/?on=2020-01-01&q=zzz",
        f"/employees/{employee.pk}/",
        "/positions/",
        "/positions/360/2.3/",
        "/positions/360/2.10/?left=kk&right=en",
        "/positions/31/3.8/",
        "/positions/?on=never",
        *_attestation_paths(employee),
        *_record_paths(employee),
        *_organisation_paths(employee),
        *_case_paths(employee),
    ]


def _case_paths(employee: Employee) -> list[str]:
    case = Case.objects.filter(state="listed").order_by("pk")[0]
    member = CommissionMember.objects.filter(cycle=case.cycle, role="chair").get()
    own = f"/attestation/cases/{case.pk}/"
    return [
        own,
        f"{own}decide/",
        f"{own}sheets/{member.pk}/",
        f"/attestation/sittings/{case.sitting_id}/",
        f"/attestation/sittings/{case.sitting_id}/?case={case.pk}",
        f"/attestation/of/{employee.pk}/new/",
    ]


def _record_paths(employee: Employee) -> list[str]:
    own = f"/employees/{employee.pk}/"
    every_column = "&".join(f"columns={column.key}" for column in COLUMNS)
    return [
        "/employees/new/",
        *(f"{own}{part}/" for part in ("history", "readings", "card/kk", "card/ru", "transfer", "dismiss")),
        f"{own}education/new/",
        f"{own}positions/",
        f"{own}what-if/",
        f"{own}what-if/?transfer_position=360/2.3&diploma_fields=social&edition=31/3.3@2012-07-09",
        "/succession/",
        "/succession/?position=360/2.3",
        f"/employees/?unit=Оңалту бөлімі&position=360/2.4&sort=-number&{every_column}",
        "/quality/",
        "/reminders/",
        "/imports/",
        "/readings/",
    ]


def _attestation_paths(employee: Employee) -> list[str]:
    cycle = Cycle.objects.get()
    parts = ("", "people/", "people/add/", "commission/", "sittings/", "order/", "results/", "papers/")
    return [
        "/attestation/",
        "/attestation/new/",
        "/attestation/templates/",
        f"/attestation/templates/{employee.organisation.bin}/minutes/kk/",
        *(f"/attestation/{cycle.pk}/{part}" for part in parts),
        f"/attestation/{cycle.pk}/sittings/{cycle.sittings.get().pk}/",
        "/attestation/regimes/",
        f"/attestation/regimes/{cycle.regime_id}/",
    ]


def _organisation_paths(employee: Employee) -> list[str]:
    organisation = f"/organisations/{employee.organisation.bin}/"
    unit = employee.organisation.units.get(name="Оңалту бөлімі")
    person = f"/people/{User.objects.get(username='manager').pk}/"
    return [
        "/organisations/",
        organisation,
        f"{organisation}chart/",
        f"{organisation}units/{unit.pk}/",
        f"{organisation}units/add/",
        "/people/",
        person,
        f"{person}sees/",
        "/people/invite/",
    ]


def _open(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 200, path


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_has_a_barrier_or_asks_another_host(
    visit: Visit, violations: Violations, live_server: Any, language: str
) -> None:
    page = visit("/", user="admin", language=language)
    for path in _paths():
        _open(page, path)
        card = re.search(r"/card/(kk|ru)/", path)  # a card is printed in a language of its own
        assert page.locator("html").get_attribute("lang") == (card[1] if card else language), path
        assert violations(page) == [], path
    login = visit("/accounts/login/", user=None, language=language)
    assert violations(login) == []
    own = urlsplit(live_server.url).netloc
    asked = {urlsplit(url).netloc for url in page.asked if not url.startswith("data:")}  # type: ignore[attr-defined]
    assert asked == {own}


@pytest.mark.parametrize("width", [360, 1920])
def test_a_page_is_never_wider_than_the_screen(visit: Visit, width: int) -> None:
    page = visit("/", user="admin", language="kk", width=width)
    for path in _paths():
        _open(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_from_log_in_to_the_reason_of_a_verdict(visit: Visit) -> None:
    """HR logs in, finds a person, sees the verdict, and opens the clause it rests on."""
    employee = Employee.objects.filter(position__code="360/2.3").order_by("personnel_number").first()
    assert employee is not None
    page = visit("/employees/", language="en")
    page.fill("input[name=q]", employee.personnel_number)
    page.press("input[name=q]", "Enter")
    page.click(f"a[href^='/employees/{employee.pk}/']")
    assert employee.full_name in page.inner_text("main")
    page.click("a[href*='/positions/360/2.3/'][href*='#qualification']")
    assert "45." in page.inner_text("#qualification")


def test_the_language_is_the_users_choice(visit: Visit) -> None:
    page = visit("/positions/", language="kk")
    page.click("button[name=language][value=ru]")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert urlsplit(page.url).path == "/positions/", "the same page in another language"


def test_a_manager_meets_only_her_unit(visit: Visit) -> None:
    page = visit("/employees/", user="manager", language="en")
    units = set(Employee.objects.filter(unit__name="Оңалту бөлімі").values_list("personnel_number", flat=True))
    shown = set(
        page.locator("tbody [data-personnel-number]").evaluate_all(
            "cells => cells.map(cell => cell.dataset.personnelNumber)"
        )
    )
    assert shown
    assert shown <= units
    other = Employee.objects.exclude(unit__name="Оңалту бөлімі").first()
    assert other is not None
    response = page.goto(f"/employees/{other.pk}/")
    assert response is not None
    assert response.status == 404


def test_logging_out_ends_it(visit: Visit) -> None:
    page = visit("/accounts/logout/", language="en")
    page.click("main button[type=submit]")
    page.goto("/employees/")
    assert "/accounts/login/" in page.url
