"""Who leads an attestation in a browser, and what a hand does there: fields by their labels, buttons by their names."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from attestation.models import Case, CommissionMember, Cycle
from employees.codes import Role
from employees.demo_names import FATHERS, SURNAMES, WOMEN
from employees.models import User
from tests import cycles
from tests.cycles import Scene
from tests.factories import GrantFactory, UserFactory

#: Of the seven who vote, so many come to the sitting: as few as the rules ask for.
PRESENT = 5
#: The commission: a chair, a representative of the employees, five others, and a secretary without a vote.
MEMBERS = ("Омарова Сәуле", "Сейітова Динара", "Ким Олег", "Ли Анна", "Ахметов Марат", "Вагнер Ирма", "Иманов Ерлан")
SECRETARY = "Төлеуова Жанар"


@dataclass
class Cast:
    """An organisation with people who are due, and those who lead its attestation, each with an account."""

    here: Scene
    secretary: User
    chair: User

    @property
    def head(self) -> User:
        """The head of the organisation."""
        return self.here.head


def cast_of(people: int) -> Cast:
    """Make an organisation; its chair is an editor of texts, who sees of attestation what the commission sees."""
    here = cycles.scene(people=0)
    names = zip(range(people), SURNAMES, WOMEN + WOMEN, FATHERS + FATHERS, strict=False)
    here.people = [
        cycles.due_person(here, last_name=f"{surname}а", first_name=name, patronymic=f"{father}қызы")
        for _number, surname, name, father in names
    ]
    secretary, chair = (
        UserFactory(first_name=name.split()[1], last_name=name.split()[0]) for name in (SECRETARY, MEMBERS[0])
    )
    GrantFactory(user=secretary, organisation=here.organisation, role=Role.SECRETARY)
    GrantFactory(user=chair, organisation=here.organisation, role=Role.TEXTS)
    return Cast(here=here, secretary=secretary, chair=chair)


# ---------------------------------------------------------------------------------------------------- what a hand does


def say(page: Page, words: str) -> None:
    """Wait until the page says something."""
    expect(page.locator("main")).to_contain_text(words)


def write(within: Locator | Page, **told: str) -> None:
    """Fill fields by their labels, spaces as underscores; from a list is chosen by its words."""
    for label, value in told.items():
        field = within.get_by_label(re.compile(rf"^\s*{label.replace('_', ' ')}\s*[*]?\s*$"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def tab(page: Page, name: str) -> None:
    """Go from one part of the cycle to another."""
    link = page.get_by_role("navigation", name="Parts of the cycle").get_by_role("link", name=name)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")


def tab_of(page: Page, cycle: Cycle, name: str) -> None:
    """Open a cycle at one of its parts."""
    page.goto(f"/attestation/{cycle.pk}/")
    tab(page, name)


def task(page: Page, name: str) -> None:
    """Follow a task from the first page of attestation."""
    page.goto("/attestation/")
    page.get_by_role("region", name="Your tasks").get_by_role("link", name=name).click()
    expect(page.get_by_role("navigation", name="You are here")).to_be_visible()


def press(page: Page, button: str, said: str) -> None:
    """Press a button, and wait for what is said of it, which the page did not say before.

    The words are there before the scripts of the page are: a hand is slower than both.
    """
    expect(page.locator("main")).not_to_contain_text(said)
    page.get_by_role("button", name=button).click()
    say(page, said)
    page.wait_for_load_state()


def do(page: Page, case: Case, button: str, said: str, **told: str) -> None:
    """Do something with a case on its page, unfolding the form where it is folded."""
    page.goto(f"/attestation/cases/{case.pk}/")
    form = page.get_by_role("form", name=button)
    if not form.is_visible():
        page.locator("summary", has_text=button).click()
    write(form, **told)
    press(page, button, said)


def do_with_all(page: Page, title: str, said: str, **told: str) -> None:
    """Do something with everybody in the list that is open."""
    page.get_by_label("shown by the filter").check()
    act = page.locator("details", has=page.locator("summary", has_text=title))
    act.locator("summary").click()
    write(act, **told)
    press(page, title, said)


def hand_in(page: Page, case: Case) -> None:
    """Hand in the characteristic of somebody, and show it to her."""
    do(
        page,
        case,
        "Hand in the characteristic",
        "The characteristic was handed in.",
        Service_characteristic="Міндеттерін толық орындайды.",
        Assessment_by_the_immediate_superior="Лауазымына сәйкес келеді.",
        Immediate_superior="Бөлім меңгерушісі",
    )
    do(page, case, "Note the acquaintance", "The acquaintance with the characteristic was noted.")


def plan_the_sitting(page: Page, held_on: date) -> None:
    """Plan a sitting of the cycle that is open."""
    tab(page, "Sittings")
    write(page, Day=held_on.isoformat(), Hour="10:00", Place="Мәжіліс залы")
    press(page, "Plan the sitting", "The sitting is planned.")


def seat(page: Page, *places: int) -> None:
    """Tick members as present, by their places."""
    boxes = page.get_by_role("group", name="Members who are present").get_by_role("checkbox")
    for place in places:
        boxes.nth(place).check()


def fill_in_the_sheet(page: Page, ballot: tuple[str, str, str]) -> None:
    """Fill in an evaluation sheet that is open, and hand it in."""
    for question, answer in zip(("Decision", "Mark", "Decision on the category"), ballot, strict=True):
        group = page.get_by_role("group", name=re.compile(rf"^{question}\s*[*]?$"))
        group.get_by_role("radio", name=answer, exact=True).check()
    press(page, "Hand in the sheet", "The evaluation sheet is handed in.")


def pdf_text(page: Page, row: str) -> str:
    """Give the text of the Kazakh sheet of a registered paper, from the list of papers that is open."""
    link = page.get_by_role("row").filter(has_text=row).get_by_role("link", name="Kazakh")
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))


def vote_by_services(cast: Cast, case: Case, members: list[CommissionMember], **vote: str) -> None:
    """Hand sheets in: the chair her own, the secretary those that are on paper."""
    for member in members:
        cycles.vote(cast.here, case, member, user=cast.chair if member.user_id else cast.secretary, **vote)
