"""The editors' desk in a real browser: an amendment of clause 45 from the first word to the verdicts that follow."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from positions.models import Draft, Edition, Position

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]
Violations = Callable[[Page], list[Any]]

YEARS = "#rungs-0-pathways-0-experience-0-years"


def _verdicts(on: Any) -> dict[str, Any]:
    """Give what `evaluate` says of the specialists in social work: their next rung and whether they have it."""
    output = io.StringIO()
    call_command("evaluate", on=on, stdout=output)
    return {
        each["personnel_number"]: (each["next"]["level"], each["next"]["category"], each["next"]["status"])
        for each in json.loads(output.getvalue())
        if each["position"] == "360/2.3" and each["next"]
    }


def _widen(page: Page, selector: str, old: str, new: str) -> None:
    """Replace words in a text that is being edited."""
    field = page.locator(selector)
    text = field.input_value()
    assert old in text
    field.fill(text.replace(old, new, 1))


def test_an_amendment_from_a_date_changes_the_verdicts_from_that_date_on(visit: Visit, violations: Violations) -> None:
    first = timezone.localdate() + timedelta(days=40)
    before = {on: _verdicts(on) for on in (first - timedelta(days=1), first)}

    page = visit("/positions/", user="texts", language="en")
    page.click(".side-nav a:has-text('Editing texts')")
    page.click("#result_list a:text-is('360/2.3')")
    page.click("text=Amend from a date")
    page.fill("[name=on]", first.isoformat())
    page.select_option("[name=act]", "316-2024")
    page.click("text=Begin the new edition")
    page.wait_for_url(re.compile(r"/drafts/[0-9]+/$"))
    assert violations(page) == []

    # A year of the rule: how it reads comes at once, in every language, and disagrees with the text.
    page.fill(YEARS, "1")
    page.press(YEARS, "Tab")
    expect(page.locator("#rungs-0-en")).to_contain_text("at least 1 year")
    expect(page.locator("#rungs-0-kk")).to_contain_text("кемінде 1 жыл")
    expect(page.locator("#rungs-0-ru .warning-line")).to_be_visible()

    # The texts follow; then an entry goes up, and the page stays where it is.
    _widen(page, "#qualification-kk", "кемінде 3 жыл", "кемінде 1 жыл")
    _widen(page, "#qualification-ru", "не менее 3 лет", "не менее 1 года")
    _widen(page, "#qualification-en", "at least 3 years", "at least 1 year")
    moved = page.locator("#duties-4-en").input_value()
    page.click("button[value='duties.4.up']")
    expect(page.locator("#desk-news")).to_have_text("Saved.")
    expect(page.locator("#duties-3-en")).to_have_value(moved)
    expect(page.locator("#duties-3")).to_be_in_viewport()
    expect(page.locator("#duties-3")).to_be_focused()
    expect(page.locator("#rungs-0-ru .warning-line")).to_have_count(0)
    expect(page.locator(YEARS)).to_have_value("1")

    # An entry without words is named at the top and at its place, and the link leads there.
    page.click("button[value='knowledge.add']")
    page.click(".remarks-problems a")
    expect(page.locator("#knowledge-20")).to_be_in_viewport()
    page.click("button[value='knowledge.20.remove']")
    expect(page.locator(".remarks-problems")).to_have_count(0)

    page.click("button[value=review]")
    page.wait_for_url("**/review/")
    expect(page.locator("ins:text-is('1')").first).to_be_visible()
    expect(page.locator("del:text-is('3')").first).to_be_visible()
    expect(page.locator(".effects")).to_contain_text("who hold")
    assert violations(page) == []
    page.fill("[name=reason]", "Order No 500")
    page.click(f"text=Publish: in force from {first:%d.%m.%Y}")
    page.wait_for_url("**/desk/")
    expect(page.locator(".alert-success")).to_contain_text(f"{first:%d.%m.%Y}")

    editions = Edition.objects.filter(position__code="360/2.3").order_by("valid_from")
    assert [(edition.valid_from, edition.valid_until) for edition in editions][1:] == [(first, None)]
    after = {on: _verdicts(on) for on in before}
    assert after[first - timedelta(days=1)] == before[first - timedelta(days=1)]
    assert after[first] != before[first]

    page.click("main a:text-is('History')")
    page.wait_for_url("**/changes/")
    expect(page.locator("main")).to_contain_text("Order No 500")
    assert violations(page) == []


def test_what_two_editors_type_is_never_lost(visit: Visit, violations: Violations) -> None:
    pk = Position.objects.get(code="360/2.3").pk
    one = visit(reverse("admin:desk_position", args=[pk]), user="texts", language="en")
    one.click("text=Correct this edition >> visible=true")
    one.wait_for_url(re.compile(r"/drafts/[0-9]+/$"))
    other = visit(one.url, user="admin", language="en", width=360)
    one.fill("#duties-0-en", "Of the first editor;")
    one.keyboard.press("Control+s")
    expect(one.locator("#desk-news")).to_have_text("Saved.")
    other.fill("#duties-1-en", "Of the second editor;")
    other.click("button[value=save]")
    expect(other.locator("[role=alert]")).to_contain_text("Somebody else has saved this draft meanwhile")
    expect(other.locator("#duties-1-en")).to_have_value("Of the second editor;")
    assert violations(other) == []
    assert other.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    other.click("text=Save my text over it")
    expect(other.locator("[role=alert]")).to_have_count(0)
    draft = Draft.objects.get(state="open")
    assert draft.data["duties"][1]["en"] == "Of the second editor;"
    assert draft.edited_by.username == "admin"
