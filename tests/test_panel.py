"""The proposal at a glance: the panel, the printed clause, the data and `evaluate` tell the same."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from attestation.exchange import as_data
from attestation.services import evaluate_employee
from employees.models import Employee, Organisation, ReadLog, Unit, User
from tests.factories import (
    AwardFactory,
    CertificateFactory,
    EducationFactory,
    EmployeeFactory,
    WorkFactory,
    full_record,
    position,
)
from tests.panels import ON, page_of, panel_of, social, swimmer, three_posts, words_of

Told = dict[str, Any]


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"


def _findings(page: str) -> list[Told]:
    """Read the requirements off a page."""
    found = []
    for part in page.split('<div class="finding finding-')[1:]:
        status, requirement = re.match(r'(\w+)" data-requirement="(\w+)"', part).groups()  # type: ignore[union-attr]
        told = {
            words_of(name): words_of(re.sub(r"<a [^>]*>The record</a>", "", value))
            for name, value in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", part, re.S)
        }
        said = words_of(re.search(r'<span class="status.*?</span>\s*[\w ]+</span>', part, re.S)[0])  # type: ignore[index]
        found.append({"requirement": requirement, "status": status, "said": said, **told})
    return found


# ----------------------------------------------------------- every requirement in every status, as `evaluate` says it


def _economist(organisation: Organisation) -> Employee:
    """Make somebody of whom Order 31 asked experience in a sphere that it does not name."""
    employee: Employee = EmployeeFactory(
        organisation=organisation, position=position("31/2.12"), hired_on=date(2014, 1, 1)
    )
    EducationFactory(employee=employee, graduated_on=date(2010, 6, 30), fields=["economic"])
    return employee


CASES: dict[str, tuple[str, str, date, Callable[[Organisation], Employee]]] = {
    "education met": ("education", "met", ON, lambda where: social(where, "social")),
    "education not met": ("education", "not_met", ON, lambda where: social(where, "economic")),
    "education unknown": ("education", "unknown", ON, social),
    "experience met": ("experience", "met", date(2026, 2, 1), lambda where: social(where, "social")),
    "experience not met": ("experience", "not_met", date(2026, 1, 31), lambda where: social(where, "social")),
    "experience unknown": ("experience", "unknown", date(2016, 1, 1), _economist),
    "certificate met": ("certificate", "met", ON, lambda where: swimmer(where, issued_on=date(2024, 5, 1))),
    "certificate not met": (
        "certificate",
        "not_met",
        ON,
        lambda where: swimmer(where, issued_on=date(2024, 5, 1), lapses_on=ON),
    ),
    "certificate unknown": ("certificate", "unknown", ON, swimmer),
    "no text on file": ("text", "unknown", date(2021, 6, 1), lambda where: social(where, "social")),
    "no such rung in the text": (
        "text",
        "unknown",
        ON,
        lambda where: EmployeeFactory(organisation=where, position=position("360/2.1"), level="average"),
    ),
}
SAID = {"met": "✓ met", "not_met": "✕ not met", "unknown": "? unknown"}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_the_page_says_of_every_requirement_what_evaluate_says(
    case: str, client: Client, hr: User, organisation: Organisation
) -> None:
    requirement, status, on, make = CASES[case]
    employee = make(organisation)
    client.force_login(hr)
    page = page_of(client, employee, on)
    judged = evaluate_employee(employee, on=on)
    assert judged is not None
    with translation.override("en"):
        data = as_data(judged)
    shown = _findings(page)
    assert [
        (item["requirement"], item["status"], item["said"], item["Required"], item["Found"], item["Norm"])
        for item in shown
    ] == [
        (
            item["requirement"],
            item["status"],
            SAID[item["status"]],
            item["required"],
            item["found"],
            f"clause {item['clause']}",
        )
        for item in data["findings"]
    ]
    assert (requirement, status) in [(item["requirement"], item["status"]) for item in shown]


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_the_clause_of_every_finding_opens_in_place_as_printed(
    case: str, client: Client, hr: User, organisation: Organisation
) -> None:
    _requirement, _status, on, make = CASES[case]
    employee = make(organisation)
    client.force_login(hr)
    panel = panel_of(client, employee, on)
    judged = evaluate_employee(employee, on=on)
    assert judged is not None
    opened = [words_of(part.partition("</details>")[0]) for part in panel.split('<details class="clause')[1:]]
    edition = judged.verdict.edition
    if edition is None:
        assert opened == []
        return
    assert len(opened) == len({finding.about for finding in judged.verdict.findings})
    printed = position(edition.position).editions.get(pk=edition.pk)
    for words in opened:
        assert f"Clause {edition.clause} as printed" in words
        for text in (printed.qualification_kk, printed.qualification_en):
            assert all(words_of(line) in words for line in (text or "").splitlines())


# --------------------------------------------------------------------------------------------------- the printed text


@pytest.mark.django_db
def test_the_line_of_each_rung_is_marked_in_both_languages(
    client: Client, hr: User, organisation: Organisation
) -> None:
    client.force_login(hr)
    panel = panel_of(client, social(organisation, "social"), date(2025, 6, 1))
    marked = [words_of(part.partition("</div>\n  </div>")[0]) for part in panel.split("clause-line")[1:]]
    assert len(marked) == 2
    current, following = (words.partition('"> ')[2] for words in marked)
    assert current.startswith("This line is about the current rung: the second category:")
    assert following.startswith("This line is about the next rung: the first category:")
    assert "екінші санат – жоғары" in current
    assert "бірінші санат – жоғары" in following


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "columns"),
    [
        ("kk", ["Қазақша"]),
        ("ru", ["Русский", "Қазақша"]),
        ("en", ["English", "Қазақша"]),
    ],
)
def test_the_kazakh_stands_beside_the_readers_language(
    language: str, columns: list[str], client: Client, hr: User, organisation: Organisation
) -> None:
    employee = social(organisation, "social")
    client.force_login(hr)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    clause = panel_of(client, employee, ON).split('<details class="clause')[1].partition("</details>")[0]
    assert re.findall(r'<strong lang="\w+">(\w+)</strong>', clause) == columns
    assert clause.count("Біліктілігіне қойылатын талаптар") == 1


@pytest.mark.django_db
def test_where_a_text_comes_from_is_said_beside_it(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    words = words_of(panel_of(client, social(organisation, "social"), ON))
    assert "English unofficial translation Қазақша official text" in words
    assert "In force from 01.07.2023." in words


# ---------------------------------------------------------------------------------- how it works, and what it may not


@pytest.mark.django_db
def test_the_panel_says_that_it_decides_nothing_and_how_to_object(
    client: Client, hr: User, organisation: Organisation
) -> None:
    client.force_login(hr)
    words = words_of(panel_of(client, social(organisation, "social"), ON))
    assert "This is a proposal with its reasons. The commission decides." in words
    assert "Nobody's rights or interests are decided by this calculation." in words
    assert "law on personal data, art. 19-1" in words
    assert "to HR, which must answer within 3 working days" in words
    assert "Rules used: Order № 360, clause 45." in words


# ------------------------------------------------------------------------------------------------------------ queries


def _asked(client: Client, employee: Employee) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, employee, ON)
    return len(queries)


@pytest.mark.django_db
def test_the_page_asks_as_much_for_one_record_as_for_many(
    client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    few, many = (full_record(organisation=organisation, unit=unit) for _index in range(2))
    for index in range(12):
        EducationFactory(employee=many, document_number=f"{index}")
        WorkFactory(employee=many, started_on=date(2000 + index, 1, 1), until=date(2000 + index, 9, 1))
        AwardFactory(employee=many, awarded_on=date(2005 + index, 1, 1), order_number=f"{index}")
        CertificateFactory(employee=many, number=f"{index}")
    client.force_login(hr)
    assert _asked(client, few) == _asked(client, many)


@pytest.mark.django_db
def test_the_panel_itself_asks_three_queries(
    organisation: Organisation, django_assert_num_queries: Callable[..., Any]
) -> None:
    from attestation.panel import panel_context

    employee = three_posts(organisation)
    for on, queries in ((ON, 3), (date(2025, 6, 1), 3), (date(2009, 1, 1), 0)):
        judged = evaluate_employee(employee, on=on)
        with django_assert_num_queries(queries):
            panel_context(employee, judged.verdict if judged else None, on=on)


# --------------------------------------------------------------------------------------------------------------- data


def _evaluated(employee: Employee, on: date, language: str) -> list[Told]:
    output = io.StringIO()
    number = employee.personnel_number
    call_command("evaluate", "--on", on.isoformat(), "--employee", number, "--language", language, stdout=output)
    told: list[Told] = json.loads(output.getvalue())
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("case", ["education unknown", "experience not met", "certificate not met", "no text on file"])
def test_the_data_are_those_of_evaluate(
    case: str, language: str, client: Client, hr: User, organisation: Organisation
) -> None:
    _requirement, _status, on, make = CASES[case]
    employee = make(organisation)
    client.force_login(hr)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    address = html.unescape(re.search(r'<a href="([^"]*verdict\.json[^"]*)">', panel_of(client, employee, on))[1])  # type: ignore[index]
    assert address == f"/employees/{employee.pk}/verdict.json?on={on.isoformat()}"
    response = client.get(address)
    assert [response.json()] == _evaluated(employee, on, language)
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_data_are_null_where_evaluate_lists_nobody(client: Client, hr: User, organisation: Organisation) -> None:
    employee = social(organisation)
    client.force_login(hr)
    response = client.get(f"/employees/{employee.pk}/verdict.json?on=2019-01-01")
    assert (response.status_code, response.json()) == (200, None)
    assert _evaluated(employee, date(2019, 1, 1), "en") == []


@pytest.mark.django_db
def test_data_for_a_day_that_is_none_are_refused(client: Client, hr: User, organisation: Organisation) -> None:
    """A page shows today instead and says so; a program would not notice."""
    employee = social(organisation)
    client.force_login(hr)
    response = client.get(f"/employees/{employee.pk}/verdict.json?on=2026-02-30")
    assert response.status_code == 400
    assert response.json() == {"error": "This is not a day. Write it as 2026-11-22."}


@pytest.mark.django_db
def test_reading_the_data_is_noted_like_reading_the_page(client: Client, hr: User, organisation: Organisation) -> None:
    employee = social(organisation)
    client.force_login(hr)
    client.get(f"/employees/{employee.pk}/verdict.json")
    assert list(ReadLog.objects.values_list("user", "employee", "kind")) == [(hr.pk, employee.pk, "page")]


@pytest.mark.django_db
def test_a_strangers_data_do_not_exist(client: Client, stranger: User, organisation: Organisation) -> None:
    employee = social(organisation)
    client.force_login(stranger)
    assert client.get(f"/employees/{employee.pk}/verdict.json").status_code == 404
    assert not ReadLog.objects.exists()
