"""The figures taken away: the paper and the workbook say what the page says, and name nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from attestation import figure_selectors, trend_selectors
from attestation.figure_page import figures_page
from attestation.figure_report import figures_report
from attestation.figure_selectors import figures, scope_view
from attestation.figure_tables import figure_tables, whose
from attestation.figures import Scope
from attestation.models import ExportRun
from attestation.paper_words import day_in_words
from employees.codes import Role
from employees.models import Employee, Organisation, Unit, User
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, GrantFactory, UnitFactory

pytestmark = pytest.mark.django_db

#: Sheets of the workbook, in Kazakh.
RUNGS, CALENDAR = "Деңгейлер мен санаттар бойынша…", "Алдағы 12 ай"
PAST = "Өткен жылдардағы қызметкерлер"
MISCHIEF = '=HYPERLINK("https://x") #panic("x") *b*'


@pytest.fixture
def staff(organisation: Organisation, unit: Unit, other_organisation: Organisation) -> None:
    """Give three people in the manager's unit, two elsewhere in the organisation, one in the other organisation."""
    for number in range(3):
        person = EmployeeFactory(organisation=organisation, unit=unit, personnel_number=f"1{number}", level="highest")
        EducationFactory(employee=person)
        AwardFactory(employee=person)
    elsewhere = UnitFactory(organisation=organisation, name=MISCHIEF)
    for number in range(2):
        EmployeeFactory(organisation=organisation, unit=elsewhere, personnel_number=f"2{number}", level="average")
    EmployeeFactory(organisation=other_organisation, personnel_number="3")


@pytest.fixture
def hr_client(client: Client, hr: User, staff: None) -> Client:
    client.force_login(hr)
    return client


def words_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def cells_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def all_cells(content: bytes) -> Iterator[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


# ------------------------------------------------------------------------------------------------------------ the paper


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_paper_says_every_number_of_the_page(hr: User, staff: None, language: str) -> None:
    today = timezone.localdate()
    view = scope_view(hr, Scope(), on=today)
    assert view is not None
    found = figures(view, on=today, today=today)
    assert found is not None
    with translation.override(language):
        page = figures_page(found, view, today=today)
        printed = words_of(figures_report(page, whose=whose(view), today=today))
        assert day_in_words(today) in printed
        tables = figure_tables(page)
        for table in tables:
            assert table.title in printed
        for shown in (*page.main, *page.beside, *page.attestation, *page.reasons):
            label = shown.label[:1].upper() + shown.label[1:]
            assert f"{label} {shown.number}" in printed
    assert tables[0].rows[0][1] == 5


def test_the_paper_is_a_file_for_its_reader(hr_client: Client) -> None:
    response = hr_client.get(reverse("figures_pdf"), headers={"accept-language": "ru"})
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="figures-{timezone.localdate().isoformat()}.pdf"'
    )
    assert PdfReader(io.BytesIO(response.content)).trailer["/Root"]["/Lang"] == "ru"


def test_the_paper_names_the_scope_and_counts_it_alone(hr_client: Client, unit: Unit) -> None:
    address = f"{reverse('figures_pdf')}?scope={unit.organisation.bin}-{unit.pk}"
    printed = words_of(hr_client.get(address, headers={"accept-language": "en"}).content)
    assert unit.name in printed
    assert unit.organisation.name_kk in printed
    assert "In service 3" in printed
    everybody = words_of(hr_client.get(reverse("figures_pdf"), headers={"accept-language": "en"}).content)
    assert "In service 5" in everybody
    assert unit.name not in everybody


def test_a_name_that_looks_like_source_is_printed_as_it_stands(hr_client: Client) -> None:
    unit = Unit.objects.get(name=MISCHIEF)
    address = f"{reverse('figures_pdf')}?scope={unit.organisation.bin}-{unit.pk}"
    assert re.sub(r"\s", "", MISCHIEF) in re.sub(r"\s", "", words_of(hr_client.get(address).content))


def test_the_paper_of_another_day_is_of_that_day(hr_client: Client) -> None:
    address = f"{reverse('figures_pdf')}?on=2020-01-31"
    printed = words_of(hr_client.get(address, headers={"accept-language": "en"}).content)
    assert "31 January 2020" in printed
    assert "In service 0" in printed


@pytest.mark.parametrize("name", ["figures_pdf", "figures_xlsx"])
def test_statistics_name_nobody(hr_client: Client, name: str) -> None:
    content = hr_client.get(reverse(name)).content
    told = words_of(content) if name == "figures_pdf" else " ".join(str(cell.value) for cell in all_cells(content))
    person = Employee.objects.first()
    assert person is not None
    assert person.last_name not in told
    assert person.first_name not in told


def test_a_day_on_paper_is_in_words() -> None:
    with translation.override("en"):
        assert day_in_words(date(2026, 11, 22)) == "22 November 2026"


# --------------------------------------------------------------------------------------------------------- the workbook


def test_the_workbook_has_a_sheet_for_each_table_and_the_past_years(hr_client: Client) -> None:
    sheets = cells_of(hr_client.get(reverse("figures_xlsx")).content)
    assert list(sheets) == [
        "Негізгі көрсеткіштер",
        RUNGS,
        "Талаптар",
        CALENDAR,
        "Келесі аттестаттау",
        "Тұжырымдардың белгісіз болу…",
        PAST,
    ]
    assert sheets[RUNGS][-1][1] == 5
    assert sum(row[1] for row in sheets[RUNGS][1:-1]) == 5
    assert [row[1] for row in sheets[RUNGS][1:4]] == [0, 0, 3]


def test_the_months_of_the_workbook_are_days_and_numbers(hr_client: Client) -> None:
    rows = cells_of(hr_client.get(reverse("figures_xlsx")).content)[CALENDAR][1:]
    months = [row for row in rows if row[0] is not None and row[1] is not None]
    assert months[0][0].date() == timezone.localdate()
    assert len(months) in (12, 13)
    assert all(isinstance(number, int) for row in months for number in row[2:])


def test_the_past_years_of_the_workbook_end_today(hr_client: Client) -> None:
    rows = cells_of(hr_client.get(reverse("figures_xlsx")).content)[PAST]
    # The people were hired on 1 February 2020: the first day looked at is the last of that year.
    assert rows[0][1] == "31.12.2020"
    assert rows[0][-1] == timezone.localdate().strftime("%d.%m.%Y")
    foot = next(row for row in reversed(rows) if isinstance(row[1], int))
    assert foot[1:] == [5] * (len(rows[0]) - 1)


def test_no_text_of_the_workbook_is_a_formula(hr_client: Client) -> None:
    unit = Unit.objects.get(name=MISCHIEF)
    address = f"{reverse('figures_xlsx')}?scope={unit.organisation.bin}-{unit.pk}"
    cells = list(all_cells(hr_client.get(address).content))
    assert [cell.data_type for cell in cells if cell.value == MISCHIEF] == ["s"]
    assert not [cell for cell in cells if cell.data_type == "f"]


# ---------------------------------------------------------------------------------------------------------- the rights


@pytest.mark.parametrize("name", ["figures_pdf", "figures_xlsx"])
def test_whoever_may_take_away_a_part_takes_that_part_alone(
    client: Client, staff: None, organisation: Organisation, other_organisation: Organisation, name: str
) -> None:
    user = User.objects.create(username="both")
    GrantFactory(user=user, organisation=organisation, role=Role.HR)
    GrantFactory(user=user, organisation=other_organisation, role=Role.AUDITOR)
    client.force_login(user)
    answers = [
        client.get(f"{reverse(name)}?scope={scope}").status_code
        for scope in ("", organisation.bin, other_organisation.bin)
    ]
    assert answers == [403, 200, 403]


@pytest.mark.parametrize("name", ["figures_pdf", "figures_xlsx", "figures_trend"])
def test_a_scope_that_is_not_seen_is_not_there(hr_client: Client, other_organisation: Organisation, name: str) -> None:
    for scope in (other_organisation.bin, "999999999999", "x", f"{other_organisation.bin}-1"):
        assert hr_client.get(f"{reverse(name)}?scope={scope}").status_code == 404


def test_a_manager_takes_away_her_unit_alone(client: Client, manager: User, staff: None) -> None:
    client.force_login(manager)
    assert "In service 3" in words_of(client.get(reverse("figures_pdf"), headers={"accept-language": "en"}).content)


# ------------------------------------------------------------------------------------------------------- many people


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Let four people be as many as take a job."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for module in (figure_selectors, trend_selectors):
        monkeypatch.setattr(module, "DIRECT", 4)


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("name", ["figures_pdf", "figures_xlsx"])
def test_another_day_of_many_people_is_counted_on_the_start_page_first(hr_client: Client, name: str) -> None:
    response = hr_client.get(f"{reverse(name)}?on=2024-12-31")
    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('home')}?scope=&on=2024-12-31")


@pytest.mark.usefixtures("_many")
def test_a_finished_job_is_taken_away(hr_client: Client) -> None:
    started = hr_client.post(reverse("figures_start"), {"scope": "", "on": "2024-12-31"})
    run = ExportRun.objects.get()
    assert started.headers["Location"] == reverse("figures_run", args=[run.pk])
    content = hr_client.get(f"{reverse('figures_pdf')}?run={run.pk}", headers={"accept-language": "en"}).content
    assert "31 December 2024" in words_of(content)
    assert cells_of(hr_client.get(f"{reverse('figures_xlsx')}?run={run.pk}").content)[RUNGS][-1][1] == 5
    ExportRun.objects.update(state="working", content=None)
    response = hr_client.get(f"{reverse('figures_pdf')}?run={run.pk}")
    assert response.headers["Location"] == reverse("figures_run", args=[run.pk])


@pytest.mark.usefixtures("_many")
def test_a_job_of_somebody_else_is_not_there(hr_client: Client, manager: User) -> None:
    hr_client.post(reverse("figures_start"), {"scope": "", "on": "2024-12-31"})
    run = ExportRun.objects.get()
    hr_client.force_login(manager)
    for asked in (f"run={run.pk}", "run=x", "run=0"):
        assert hr_client.get(f"{reverse('figures_pdf')}?{asked}").status_code == 404


@pytest.mark.usefixtures("_many")
def test_the_workbook_of_many_people_has_the_past_years_of_a_finished_job(hr_client: Client) -> None:
    assert PAST not in cells_of(hr_client.get(reverse("figures_xlsx")).content)
    hr_client.post(reverse("figures_trend_start"), {"scope": ""})
    run = ExportRun.objects.get()
    assert PAST in cells_of(hr_client.get(f"{reverse('figures_xlsx')}?trend={run.pk}").content)
    assert hr_client.get(f"{reverse('figures_xlsx')}?trend=x").status_code == 404


def test_the_paper_takes_few_queries(hr_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    hr_client.get(reverse("figures_pdf"))
    with django_assert_max_num_queries(20):
        hr_client.get(reverse("figures_pdf"))


@pytest.mark.parametrize(("role", "takes"), [(Role.HR, True), (Role.AUDITOR, False)], ids=["hr", "auditor"])
def test_the_start_page_offers_what_its_user_may_take_away(
    client: Client, staff: None, organisation: Organisation, role: Role, takes: bool
) -> None:
    user = User.objects.create(username="reader")
    GrantFactory(user=user, organisation=organisation, role=role)
    client.force_login(user)
    page = client.get(reverse("home")).content.decode()
    asked = f"?scope=&amp;on={timezone.localdate().isoformat()}"
    assert (f'"{reverse("figures_pdf")}{asked}"' in page) == takes
    assert (f'"{reverse("figures_xlsx")}{asked}"' in page) == takes
    assert f'"{reverse("figures_trend")}"' in page


@pytest.mark.usefixtures("_many")
def test_the_page_of_a_finished_job_offers_the_figures_of_that_job(hr_client: Client) -> None:
    hr_client.post(reverse("figures_start"), {"scope": "", "on": "2024-12-31"})
    run = ExportRun.objects.get()
    page = hr_client.get(reverse("figures_run", args=[run.pk])).content.decode()
    assert f'"{reverse("figures_pdf")}?run={run.pk}"' in page
