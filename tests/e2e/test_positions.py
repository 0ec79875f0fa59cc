"""The readers' pages of the law in a real browser: found, linked to, compared, printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from employees.models import Organisation
from tests.editions import entry, next_edition

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def _paths() -> list[tuple[str, int]]:
    """Give the pages with what they answer."""
    bin_ = Organisation.objects.get().bin
    own = "/positions/360/2.3/job-description/"
    return [
        ("/positions/search/", 200),
        ("/positions/search/?q=әлеуметтік", 200),
        ("/positions/search/?q=zzzz&on=never", 200),
        ("/positions/360/2.3/2023-07-01/", 200),
        ("/positions/360/2.3/2031-01-01/", 200),
        ("/positions/360/2.3/2020-01-01/", 404),
        ("/positions/360/clause/45/?on=2020-01-01", 404),
        ("/positions/360/2.3/compare/", 200),
        (f"{own}?organisation={bin_}", 200),
        ("/positions/31/3.6/job-description/", 200),
        (f"{own}{bin_}/add/duty/", 200),
    ]


@pytest.fixture
def coming(demo: None) -> None:
    """An edition to come."""
    next_edition(begins=date(2031, 1, 1), duties=[entry(kk="зырылдауықты айналдырады;", ru="вращает вертушку;")])


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280), ("en", 1280)])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(
    coming: None, visit: Visit, violations: Violations, language: str, width: int
) -> None:
    page = visit("/", user="admin", language=language, width=width)
    for path, status in _paths():
        response = page.goto(path)
        assert response is not None
        assert response.status == status, path
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_from_a_word_to_its_place_in_the_law(visit: Visit) -> None:
    """Somebody presses `/` on the catalogue, types a word as a Russian keyboard has it, and follows the first hit."""
    page = visit("/positions/", language="en")
    page.keyboard.press("/")
    page.keyboard.type("паллиативти")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" in url)
    page.click(".hits .where a >> nth=0")
    page.wait_for_url(lambda url: "#" in url)
    anchor = urlsplit(page.url).fragment
    assert "паллиативті" in page.inner_text(f"[id='{anchor}']").lower()


def test_an_organisation_writes_what_it_asks_for_besides(visit: Visit) -> None:
    page = visit("/positions/360/2.3/job-description/", user="hr", language="en")
    page.select_option("select[name=organisation]", index=1)
    page.click("text=Show")
    for text in ("ведет прием;", "ведет журнал;"):
        page.click("text=Add a duty")
        page.fill("textarea[name=text_ru]", text)
        page.click("text=Save the entry")
    assert page.locator(".own-entries li").all_inner_texts()[0].count("ведет прием;") == 1
    page.click("text=Move entry 2 up")
    assert page.locator(".own-entries li").all_inner_texts()[0].count("ведет журнал;") == 1
