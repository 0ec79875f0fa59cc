"""A sitting in a browser: presence with the quorum in words, a member's own sheet, the decision, the minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from attestation.models import Case, CommissionMember, Sitting
from employees.models import User
from tests import cycles
from tests.cycles import SECOND, Scene, fresh

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[..., Page]


@pytest.fixture
def scene(demo: None) -> tuple[Scene, Sitting, Case, list[CommissionMember]]:
    """A planned sitting of a commission with accounts, beside the demonstration."""
    here = cycles.scene()
    cycle, sitting = cycles.approved(here, users=True)
    case = cycles.prepared(here, cycles.cases_of(cycle)[0])
    members = cycles.members_of(cycle)
    _enter(here.hr, "sitting-hr")
    _enter(members[1].user, "sitting-member")
    return here, sitting, case, members


def _enter(user: User | None, name: str) -> None:
    assert user is not None
    user.username = name
    user.set_password("sanat-demo")
    user.save()


def _is_right(page: Page, violations: Callable[[Page], list[Any]]) -> None:
    """Look for barriers, and for anything wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_quorum_to_the_minutes(
    visit: Visit, violations: Callable[[Page], list[Any]], scene: tuple[Scene, Sitting, Case, list[CommissionMember]]
) -> None:
    here, sitting, case, members = scene
    page = visit(f"/attestation/sittings/{sitting.pk}/", user="sitting-hr", language="en", width=360)
    boxes = page.locator("input[name=present]")
    for place in range(4):
        boxes.nth(place).check()
    page.wait_for_selector("#quorum >> text=4 of 7 present; at least 5 needed")
    assert "there is no quorum" in page.inner_text("#quorum")
    boxes.nth(4).check()
    page.wait_for_selector("#quorum >> text=there is a quorum")
    _is_right(page, violations)
    page.click("text=Open the sitting")
    page.wait_for_selector("text=The sitting is open.")
    _is_right(page, violations)

    own = visit(f"/attestation/cases/{case.pk}/", user="sitting-member", language="en", width=360)
    own.click("text=Fill in my sheet")
    _is_right(own, violations)
    own.check("input[name=decision][value=fits]")
    own.check("input[name=mark][value=good]")
    own.check("input[name=category][value='highest/second']")
    own.press("input[name=category][value='highest/second']", "Enter")
    own.wait_for_selector("text=The evaluation sheet is handed in.")

    cycles.voted(here, case, [member for member in members[:5] if member.pk != members[1].pk], **SECOND)
    page.reload()
    page.click("text=Count the votes and put down the decision")
    _is_right(page, violations)
    page.click("button:has-text('Put down the decision')")
    page.wait_for_selector("text=The decision was put down.")
    page.click("button:has-text('Close the sitting')")
    page.click("button:has-text('Note the signing of the minutes')")
    page.wait_for_selector("text=The signing of the minutes was noted.")
    assert fresh(sitting).state == "signed"
    assert fresh(case).decided_category == "second"


def test_a_case_is_worked_on_without_a_script(visit: Visit, browser: Any, live_server: Any, demo: None) -> None:
    """Everything is a form that is sent and a page that comes back; folds are the browser's own."""
    case = Case.objects.filter(state="listed", characteristic="").order_by("pk").first()
    assert case is not None
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(visit("/", user="hr", language="en").context.cookies())
    page = context.new_page()
    page.goto(f"/attestation/cases/{case.pk}/")
    page.click("text=Enter the particulars")
    page.fill("input[name=academic_degree]", "PhD")
    page.click("text=Save the particulars")
    assert "The particulars were saved." in page.inner_text("main")
    assert fresh(case).academic_degree == "PhD"
    context.close()
