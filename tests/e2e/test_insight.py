"""Pages that explain, in a real browser: clause, time line, suppositions, figures, calendar, who could hold a post."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from attestation.management.commands.load_demo import DEMO_BIN, DEMO_PASSWORD
from attestation.roster import PAGE_SIZE
from employees.codes import Role
from employees.models import Employee, Organisation, User
from tests.factories import EmployeeFactory, GrantFactory

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]
Violations = Callable[[Page], list[Any]]

#: No page needs more steps of the Tab key than this to what is looked for.
MAX_STEPS = 150


def _step_to(page: Page, wanted: Locator) -> None:
    """Step with the Tab key until the cursor stands where it is wanted."""
    for _step in range(MAX_STEPS):
        if wanted.evaluate("element => document.activeElement === element"):
            return
        page.keyboard.press("Tab")
    pytest.fail("it cannot be reached with the Tab key")


def _status(page: Page, row: str) -> tuple[Locator, Locator]:
    """Give what is on record and what is supposed, in a row of the comparison."""
    cells = page.get_by_role("row", name=row).get_by_role("cell")
    return cells.nth(0), cells.nth(1)


def test_the_clause_and_the_time_line_open_where_they_stand(visit: Visit) -> None:
    employee = Employee.objects.get(personnel_number="0012")
    page = visit(f"/employees/{employee.pk}/", language="en")
    clause = page.get_by_role("region", name="Proposal as of").locator("details", has_text="Clause 48 as printed").first
    printed = clause.locator("[lang=kk]").last
    expect(printed).to_be_hidden()
    _step_to(page, clause.locator("summary"))
    page.keyboard.press("Enter")
    expect(printed).to_be_visible()
    expect(clause).to_contain_text("48. Біліктілігіне қойылатын талаптар:")
    expect(clause).to_contain_text("This line is about the current rung:")

    career = page.get_by_role("region", name="Career on a time line")
    expect(career.get_by_role("img", name="Career on a time line")).to_be_visible()
    table = career.get_by_role("table")
    expect(table).to_have_count(0)
    _step_to(page, career.locator("summary", has_text="The same as a table"))
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    expect(table.get_by_role("row").filter(has_text="Present post")).to_contain_text("Occupational therapy instructor")
    assert urlsplit(page.url).path == f"/employees/{employee.pk}/", "nothing led away from the page"


def test_what_is_supposed_is_compared_and_shared_by_its_link(visit: Visit, violations: Violations) -> None:
    employee = EmployeeFactory(organisation=Organisation.objects.get(bin=DEMO_BIN), personnel_number="9001")
    page = visit(f"/employees/{employee.pk}/", language="en")
    page.get_by_role("link", name="What if").click()
    group = page.locator("details", has_text="A further education document")
    group.locator("summary").click()
    group.get_by_label("Level of education").select_option(label="Higher")
    group.get_by_label("social", exact=True).check()
    group.get_by_label("Graduated on").fill("2020-06-30")
    page.get_by_role("button", name="Judge what is supposed").click()

    recorded, supposed = _status(page, "Current rung and its requirements")
    expect(recorded).to_contain_text("unknown")
    expect(supposed).to_contain_text(re.compile("^Highest qualification level, without a category .met"))
    expect(page.get_by_role("region", name="Proposal as of").get_by_text("Supposed", exact=True)).to_be_visible()
    assert violations(page) == []
    assert not employee.education.exists(), "nothing is saved"

    link = page.get_by_label(re.compile("^Link to this supposition")).input_value()
    assert "9001" not in link, "an address tells of nobody"
    told = page.get_by_role("table").first.inner_text()
    colleague = visit(link, user="secretary", language="en")
    assert colleague.get_by_role("table").first.inner_text() == told
    stranger = User.objects.create_user("stranger", password=DEMO_PASSWORD)
    GrantFactory(user=stranger, role=Role.HR)
    assert visit("/", user="stranger", language="en").request.get(link).status == 404


def test_a_figure_leads_to_a_list_of_as_many_people(visit: Visit) -> None:
    page = visit("/", language="en")
    links = page.locator("main").get_by_role("link", name=re.compile("^[0-9]+")).all()
    figures = {link.get_attribute("href") or "": int(link.inner_text().split()[0]) for link in links}
    tried = {address: number for address, number in figures.items() if 1 < number <= PAGE_SIZE}
    assert len(tried) > 9, figures
    for kind in ("status=", "due=", "doubts=", "level=highest", "without="):
        address = next(each for each in tried if kind in each)
        page.goto(address)
        expect(page.locator("tbody [data-personnel-number]")).to_have_count(tried[address])
        expect(page.locator("#results")).to_contain_text(f"{tried[address]} employees")


def test_who_could_hold_a_position_leads_to_what_would_follow(visit: Visit) -> None:
    page = visit("/succession/", language="en")
    page.get_by_label("Position", exact=True).select_option(value="360/2.3")
    page.get_by_label("Requirements of the entry rung").select_option(label="met")
    page.get_by_role("button", name="Show people").click()
    found = page.get_by_role("region", name="Specialist in social work")
    shown = found.locator("tbody tr")
    expect(shown.first).to_be_visible()
    others = shown.filter(has_not_text="Holds this position on the day")
    expect(found.get_by_role("paragraph").first).to_contain_text(f"met {others.count()}")
    expect(found.locator("tbody .status-not_met")).to_have_count(0)
    others.first.get_by_role("link", name="What if").click()
    recorded, supposed = _status(page, "Post")
    expect(supposed).to_contain_text("Specialist in social work (360/2.3)")
    expect(recorded).not_to_contain_text("(360/2.3)")
    expect(_status(page, "Current rung and its requirements")[1]).to_contain_text("met")


def test_an_address_of_the_calendar_is_shown_once_and_ends_when_revoked(visit: Visit) -> None:
    page = visit("/reminders/", language="en")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("[data-link]").inner_text()
    calendar = page.context.browser.new_context().request  # type: ignore[union-attr]
    read = calendar.get(address)
    assert read.status == 200
    assert read.text().startswith("BEGIN:VCALENDAR")
    page.goto("/reminders/")
    expect(page.locator("main")).to_contain_text("Last read")
    assert address not in page.content(), "it is shown this once"
    page.get_by_role("button", name="Revoke the address").click()
    expect(page.locator("main")).to_contain_text("The calendar address opens nothing any more.")
    gone = calendar.get(address)
    assert gone.status == 404
    assert "BEGIN:" not in gone.text()
