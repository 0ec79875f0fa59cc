"""Attestation in a real browser: a whole cycle led by three people, each in a browser of her own, and what repeats it.

The server is moved from day to day, so that every step happens on its day and nothing is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from attestation import cycle_services as services
from attestation.codes import CommissionRole
from attestation.models import Case, CommissionMember, Cycle, Sitting
from employees.models import CategoryAward
from tests import cycles
from tests.cycles import (
    APPROVED,
    HANDED_IN,
    HELD,
    NO_GROUNDS,
    NOTIFIED,
    OPENED,
    ORDERED,
    SECOND,
    SIGNED,
    TOLD,
    fresh,
)
from tests.e2e.leading import (
    MEMBERS,
    PRESENT,
    SECRETARY,
    Cast,
    cast_of,
    do,
    do_with_all,
    fill_in_the_sheet,
    hand_in,
    pdf_text,
    plan_the_sitting,
    press,
    say,
    seat,
    tab,
    tab_of,
    task,
    vote_by_services,
    write,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

Clock = Callable[[date], None]
Enter = Callable[..., Page]
Violations = Callable[[Page], list[Any]]

PEOPLE = 30
#: What the commission holds of the three who are led through by hand: the post, a mark, the category.
_SECOND = "Highest qualification level, the second category"
_NO_GROUNDS = "No grounds for establishing the category"
BALLOTS = (
    ("Fits the post held", "Good", _SECOND),
    ("Subject to repeated attestation", "Unsatisfactory", _NO_GROUNDS),
    ("Fits the post held", "Satisfactory", _NO_GROUNDS),
)


@pytest.fixture
def clock(settings: Any) -> Iterator[Clock]:
    """Give a way to move the server from day to day; nobody is logged out by it."""
    settings.SESSION_COOKIE_AGE = 2 * 366 * 24 * 3600
    zone = ZoneInfo(django_settings.TIME_ZONE)

    def noon(day: date) -> datetime:
        return datetime.combine(day, time(12), tzinfo=zone)

    with time_machine.travel(noon(OPENED), tick=True) as traveller:
        yield lambda day: traveller.move_to(noon(day))


@pytest.fixture
def enter(open_as: Callable[..., Page], clock: Clock, law: None) -> Enter:
    """Give a way to open the first page of attestation as somebody, in English."""
    return lambda user: open_as("/attestation/", user=user.username, password=PASSWORD, language="en")


# -------------------------------------------------------------------------------------------------------- a whole cycle


def test_three_people_lead_a_cycle_of_thirty_from_its_list_to_its_papers(
    enter: Enter, clock: Clock, violations: Violations
) -> None:
    cast = cast_of(PEOPLE)
    secretary = enter(cast.secretary)
    cycle = _draw_up(secretary, cast)
    clock(ORDERED)
    head = enter(cast.head)
    task(head, "order")
    assert violations(head) == []
    press(head, "Approve list, schedule and commission", "The order is registered.")
    _prepare(secretary, cast, cycle, clock)
    clock(HELD)
    _sit(secretary, enter(cast.chair), cast, cycle)
    clock(SIGNED)
    secretary.reload()
    press(secretary, "Note the signing of the minutes", "The signing of the minutes was noted.")
    clock(APPROVED)
    task(head, "Approve the decision")
    assert violations(head) == []
    press(head, "Approve the decisions that are ticked", f"Saved for {PEOPLE} people.")
    clock(TOLD)
    _tell(secretary, cast, cycles.cases_of(cycle))
    tab_of(secretary, cycle, "Results")
    close = secretary.get_by_role("region", name="Close the cycle")
    expect(close).to_contain_text("Not every case is finished. Finish or cancel what is left. How many: 1.")
    expect(close.get_by_role("button")).to_have_count(0)
    _print(secretary, cycle)
    decided = Case.objects.filter(cycle=cycle, state="closed")
    assert decided.count() == PEOPLE
    assert CategoryAward.objects.filter(order_number=fresh(cycle).results_order_number).count() == PEOPLE - 2


def _draw_up(page: Page, cast: Cast) -> Cycle:
    """Open the cycle, propose the list, name the commission, plan the sitting."""
    page.get_by_role("link", name="Open a cycle").first.click()
    write(page, Title="2026 жылғы аттестаттау", First_day_of_the_attestation=HELD.isoformat())
    press(page, "Open the cycle", "The cycle is open.")
    press(page, "Propose the list", "The list is proposed.")
    expect(page.locator("tbody tr")).to_have_count(PEOPLE)
    tab(page, "Commission")
    say(page, "The commission has no chair. Name one.")
    lines = page.get_by_role("group", name="New member")
    roles = [CommissionRole.CHAIR, *[CommissionRole.MEMBER] * 6, CommissionRole.SECRETARY]
    accounts = {MEMBERS[0]: cast.chair, SECRETARY: cast.secretary}
    for place, (role, name) in enumerate(zip(roles, (*MEMBERS, SECRETARY), strict=True)):
        account = {"Account": accounts[name].get_full_name()} if name in accounts else {}
        write(lines.nth(place), Role=str(role), Name=name, Post="маман", **account)
    lines.nth(1).get_by_label("Representative of the employees").check()
    press(page, "Save the commission", "The commission is as the rules want it.")
    plan_the_sitting(page, HELD)
    tab(page, "Persons")
    do_with_all(page, "Put before a sitting", f"Saved for {PEOPLE} people.", Sitting="No 1, 01.04.2026")
    return Cycle.objects.get(organisation=cast.here.organisation)


def _prepare(page: Page, cast: Cast, cycle: Cycle, clock: Clock) -> None:
    """Note the notices, ask for the characteristics, take them and show them: three by hand."""
    clock(NOTIFIED)
    for title, told in (
        ("Note that the notice was handed over", {"Proof_of_delivery": "signature of the employee"}),
        ("Ask for the service characteristics", {}),
    ):
        tab_of(page, cycle, "Persons")
        do_with_all(page, title, f"Saved for {PEOPLE} people.", **told)
    clock(HANDED_IN)
    cases = cycles.cases_of(cycle)
    for case in cases[: len(BALLOTS)]:
        hand_in(page, case)
    words = {"text": "Жұмысын біледі.", "assessment": "Жақсы", "author": "Бөлім меңгерушісі"}
    user, on = cast.secretary, HANDED_IN
    for case in cases[len(BALLOTS) :]:
        ready = services.characteristic_hand_in(case=case, version=case.version, user=user, on=on, **words)
        services.case_acquaint(case=ready, version=ready.version, user=user, on=on)


def _sit(page: Page, chair: Page, cast: Cast, cycle: Cycle) -> None:
    """Open the sitting with a quorum, hear everybody, three by hand, and close it."""
    sitting = Sitting.objects.get(cycle=cycle)
    page.goto(f"/attestation/sittings/{sitting.pk}/")
    seat(page, *range(PRESENT - 1), len(MEMBERS))
    say(page, f"{PRESENT - 1} of 7 present; at least {PRESENT} needed – there is no quorum")
    press(page, "Open the sitting", "Too few members are present")
    seat(page, PRESENT - 1)
    say(page, "there is a quorum")
    press(page, "Open the sitting", "The sitting is open.")
    cases, members = cycles.cases_of(cycle), cycles.members_of(cycle)[:PRESENT]
    for number, (case, ballot) in enumerate(zip(cases, BALLOTS, strict=False)):
        _hear(page, chair, cast, case, ballot)
        press(page, "Put down the decision", "The decision was put down." if number == 0 else "A value is needed here.")
        if number:
            write(page, Why_the_decision_differs_from_the_proposal="Сұхбатта білімі жеткіліксіз көрінді.")
            press(page, "Put down the decision", "The decision was put down.")
    for case in cases[len(BALLOTS) :]:
        vote_by_services(cast, case, members, **SECOND)
        services.case_decide(case=case, version=fresh(case).version, user=cast.secretary, on=HELD)
    page.reload()
    press(page, "Close the sitting", "The sitting is closed.")


def _hear(secretary: Page, chair: Page, cast: Cast, case: Case, ballot: tuple[str, str, str]) -> None:
    """Let the chair vote in her own browser and the secretary write sheets down, then count the votes.

    The secretary writes one sheet down by hand, of the first person all.
    """
    chair.goto(f"/attestation/cases/{case.pk}/")
    chair.get_by_role("link", name="Fill in my sheet").click()
    fill_in_the_sheet(chair, ballot)
    secretary.goto(f"/attestation/sittings/{case.sitting_id}/?case={case.pk}")
    first = ballot is BALLOTS[0]
    for _member in range(PRESENT - 1 if first else 1):
        secretary.get_by_role("link", name="Write down from paper").first.click()
        fill_in_the_sheet(secretary, ballot)
    if not first:
        decision = "repeated" if ballot is BALLOTS[1] else "fits"
        members = cycles.members_of(case.cycle)[2:PRESENT]
        vote_by_services(cast, case, members, decision=decision, mark="satisfactory", **NO_GROUNDS)
    secretary.goto(f"/attestation/sittings/{case.sitting_id}/?case={case.pk}")
    say(secretary, f"{PRESENT} of {PRESENT}")
    secretary.get_by_role("link", name="Count the votes and put down the decision").click()


def _tell(page: Page, cast: Cast, cases: list[Case]) -> None:
    """Acquaint people with their sheets: one reads it, one refuses, one is to be attested once more."""
    first, again, refuses, *others = cases
    read = "the employee has read the sheet; the case is closed"
    do(page, first, "Note that the sheet was read", read)
    witnesses = "Иманов Е., есепші; Ли А., маман"
    do(page, refuses, "Note the refusal", "The refusal was noted", Witnesses_of_the_refusal=witnesses)
    say(page, witnesses)
    say(page, "Act of refusal to be acquainted")
    do(page, again, "Note that the sheet was read", read)
    do(page, again, "Open the repeated attestation", "The repeated attestation was opened.")
    say(page, "Not before 01.07.2026.")
    for case in others:
        services.result_acquaint(case=case, version=case.version, user=cast.secretary, on=TOLD)


def _print(page: Page, cycle: Cycle) -> None:
    """Read the order and the minutes, then register and read the sheet of somebody."""
    found = fresh(cycle)
    names = [each.employee.last_name for each in cycles.cases_of(cycle)]
    tab_of(page, cycle, "Papers")
    order = pdf_text(page, "Order on the attestation with its annexes")
    assert f"№ {found.order_number}" in order
    assert all(name in order for name in names)
    assert all(member.split()[0] in order for member in MEMBERS)
    minutes = pdf_text(page, "Minutes of the sitting")
    assert "№ 1" in minutes
    assert names[0] in minutes

    first = cycles.cases_of(cycle)[0]
    page.goto(f"/attestation/cases/{first.pk}/")
    row = page.get_by_role("row").filter(has_text="Attestation sheet")
    with page.context.expect_event("response", lambda answer: answer.url.endswith("/kk.pdf")) as answer:
        row.get_by_role("button", name="Kazakh").click()
    assert answer.value.status == 200
    page.reload()
    expect(row).to_contain_text("№ 1")
    sheet = pdf_text(page, "Attestation sheet")
    assert names[0] in sheet
    assert "№ 1" in sheet


# ----------------------------------------------------------------------------------------------- a repeated attestation

ASKED, REPEATED, SIGNED_AGAIN = date(2026, 5, 25), date(2026, 7, 1), date(2026, 7, 3)
CONFIRMED, TOLD_AGAIN = date(2026, 7, 7), date(2026, 7, 8)


@pytest.fixture
def repeated(clock: Clock, law: None) -> tuple[Cast, Case]:
    """Somebody who was decided to be attested once more, three months ago, with the case that is open for it."""
    cast = cast_of(1)
    cycle, sitting = cycles.approved(cast.here)
    CommissionMember.objects.filter(cycle=cycle, role=CommissionRole.CHAIR).update(user=cast.chair)
    case = cycles.prepared(cast.here, cycles.cases_of(cycle)[0])
    cycles.begun(cast.here, sitting)
    cycles.voted(cast.here, case, cycles.members_of(cycle), decision="repeated", mark="unsatisfactory", **NO_GROUNDS)
    cycles.decided(cast.here, case)
    cycles.signed(cast.here, sitting)
    case = services.case_approve(case=fresh(case), version=fresh(case).version, user=cast.head, on=APPROVED)
    case = services.result_acquaint(case=case, version=case.version, user=cast.secretary, on=TOLD)
    return cast, services.case_repeat(case=case, version=case.version, user=cast.secretary, on=TOLD)


def test_a_repeated_attestation_waits_for_its_day_and_is_decided_once(
    enter: Enter, clock: Clock, repeated: tuple[Cast, Case], violations: Violations
) -> None:
    cast, case = repeated
    clock(ASKED)
    page = enter(cast.secretary)
    _put_before_a_sitting(page, case.cycle)
    do(page, case, "Note the notice", "The notice was noted.", Proof_of_delivery="Courier")
    do(page, case, "Note the request", "The request for the characteristic was noted.")
    hand_in(page, case)
    clock(REPEATED)
    tab_of(page, case.cycle, "Sittings")
    page.get_by_role("link", name="No 3, 01.07.2026", exact=True).click()
    seat(page, *range(PRESENT))
    press(page, "Open the sitting", "The sitting is open.")
    members = cycles.members_of(case.cycle)[:PRESENT]
    vote_by_services(cast, case, members, **SECOND)
    _decide_in_two_tabs(page, case, violations)
    _end(page, enter(cast.head), case, clock)
    assert fresh(case.cycle).state == "closed"
    assert fresh(case).state == "closed"
    assert CategoryAward.objects.get().awarded_on == REPEATED


def _put_before_a_sitting(page: Page, cycle: Cycle) -> None:
    """Put the case before a sitting that is too early, which is refused and cancelled, then before one in time."""
    tab_of(page, cycle, "Sittings")
    for held_on in (REPEATED - timedelta(days=1), REPEATED):
        plan_the_sitting(page, held_on)
    tab(page, "Persons")
    write(page, State="In the approved list: 1")
    page.get_by_role("button", name="Show people").click()
    do_with_all(page, "Put before a sitting", "Nothing was saved.", Sitting="No 2, 30.06.2026")
    say(page, "Possible from: 01.07.2026.")
    write(page.locator("details", has_text="Put before a sitting"), Sitting="No 3, 01.07.2026")
    press(page, "Put before a sitting", "Saved for 1 person.")
    tab(page, "Sittings")
    page.get_by_role("row", name="30.06.2026").get_by_role("link", name="Change").click()
    press(page, "Cancel the sitting", "The sitting is cancelled.")


def _decide_in_two_tabs(page: Page, case: Case, violations: Violations) -> None:
    """Open the decision twice: the first who saves decides, the second is told, and what she typed is kept."""
    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"/attestation/cases/{case.pk}/decide/")
        write(each, Recommendations_with_reasons="Курстан өту." if each is page else "Оқуды жалғастыру.")
    assert violations(page) == []
    press(page, "Put down the decision", "The decision was put down.")
    press(other, "Put down the decision", "This case was decided already")
    say(other, SECRETARY.split()[0])
    kept = other.get_by_role("region", name="Decided already")
    expect(kept).to_contain_text("What you typed and what was not saved")
    expect(kept).to_contain_text("Оқуды жалғастыру.")
    expect(other.get_by_role("button", name="Put down the decision")).to_have_count(0)
    assert fresh(case).recommendations == "Курстан өту."
    other.close()


def _end(page: Page, head: Page, case: Case, clock: Clock) -> None:
    """Sign, approve, acquaint, and close the cycle, in which nothing is missing now."""
    press(page, "Close the sitting", "The sitting is closed.")
    clock(SIGNED_AGAIN)
    page.reload()
    press(page, "Note the signing of the minutes", "The signing of the minutes was noted.")
    clock(CONFIRMED)
    task(head, "Approve the decision")
    press(head, "Approve the decision", "The decision was approved.")
    clock(TOLD_AGAIN)
    do(page, case, "Note that the sheet was read", "the employee has read the sheet; the case is closed")
    tab_of(page, case.cycle, "Results")
    press(page, "Close the cycle", "The cycle is closed.")
