"""The page of a sitting: presence and quorum in words, one person after another, the end, and the minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from attestation.models import Attendance, Case, Cycle, Sitting
from employees.models import User
from tests import cycles
from tests.browsing import as_user, forms_of, readers, sitting_act, user_of, words
from tests.cycles import GENERAL, SECOND, SIGNED, Scene, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    """An organisation that follows the rules with a category, with two people who are due."""
    return cycles.scene(people=2)


@pytest.fixture
def planned(here: Scene) -> tuple[Cycle, Sitting]:
    """A planned sitting of a commission of seven and a secretary, all with accounts, two people before it."""
    cycle, sitting = cycles.approved(here, users=True)
    for case in cycles.cases_of(cycle):
        cycles.prepared(here, case)
    return cycle, sitting


def seats(cycle: Cycle, *places: int) -> list[int]:
    """Give the numbers of members by their places: 0 is the chair, 7 the secretary."""
    members = cycles.members_of(cycle, voting=False)
    return [members[place].pk for place in places]


def page(user: User, sitting: Sitting, query: str = "") -> str:
    """Give the page of a sitting."""
    response = as_user(user).get(reverse("sitting", args=[sitting.pk]) + query)
    assert response.status_code == 200
    return words(response)


def heard(here: Scene, sitting: Sitting, case: Case) -> Case:
    """Let everybody vote on a case, and decide it."""
    cycles.voted(here, case, cycles.members_of(sitting.cycle), **SECOND)
    return cycles.decided(here, case)


# ------------------------------------------------------------------------------------------------- presence and quorum


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((0, 1, 2, 3), "4 of 7 present; at least 5 needed"),
        ((0, 1, 2, 3, 4), "5 of 7 present; at least 5 needed"),
        ((0, 1, 2, 3, 7), "4 of 7 present; at least 5 needed"),
    ],
    ids=["four", "five", "four and the secretary"],
)
def test_the_quorum_is_said_in_words_while_people_are_ticked(
    here: Scene, planned: tuple[Cycle, Sitting], places: tuple[int, ...], said: str
) -> None:
    cycle, sitting = planned
    told = {"present": seats(cycle, *places), "version": sitting.version}
    shown = words(as_user(here.hr).get(reverse("sitting_quorum", args=[sitting.pk]), told))
    assert said in shown
    assert ("there is a quorum" in shown) == said.startswith("5")
    assert "(clause 20)" in shown


def test_a_chair_who_is_absent_is_told_of_while_people_are_ticked(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    told = {"present": seats(cycle, 1, 2, 3, 4, 5)}
    shown = words(as_user(here.hr).get(reverse("sitting_quorum", args=[sitting.pk]), told))
    assert "5 of 7 present" in shown
    assert "The chair is absent" in shown


def test_without_a_quorum_the_sitting_does_not_open_and_the_ticks_stay(
    here: Scene, planned: tuple[Cycle, Sitting]
) -> None:
    cycle, sitting = planned
    present = seats(cycle, 0, 1, 2, 3)
    response = sitting_act(here.hr, sitting, "open", present=present)
    assert response.status_code == 422
    assert "Too few members are present" in words(response)
    assert "Needed: 5; there are: 4." in words(response)
    assert words(response).count(" checked") == 4
    assert fresh(sitting).state == "planned"


def test_with_a_quorum_the_sitting_opens(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    assert sitting_act(here.hr, sitting, "open", present=seats(cycle, 0, 1, 2, 3, 4)).status_code == 302
    assert fresh(sitting).state == "open"
    assert Attendance.objects.filter(sitting=sitting, present=True).count() == 5
    assert "5 of 7 present; at least 5 needed" in page(here.hr, sitting)


def test_a_sitting_is_not_opened_before_its_day(here: Scene) -> None:
    ahead = timezone.localdate() + timedelta(days=1)
    cycle = cycles.proposed(here)
    sitting = cycles.sitting_in(here, cycle, held_on=ahead)
    day = ahead.strftime("%d.%m.%Y")
    assert f"The sitting can be opened on its day, {day}." in page(here.hr, sitting)
    refused = sitting_act(here.hr, sitting, "open", present=seats(cycle, 0, 1, 2, 3, 4))
    assert refused.status_code == 422
    assert f"It is too early for this. The first day possible: {day}." in words(refused)


def test_somebody_else_takes_the_chair_where_the_rules_let_her(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    sitting = planned[1]
    assert "acting_chair" not in page(here.hr, sitting)
    general = cycles.scene(GENERAL, bin_number="210987654321")
    other, second = cycles.approved(general)
    assert "acting_chair" in page(general.hr, second)
    present = seats(other, 1, 2, 3, 4, 5)
    refused = sitting_act(general.hr, second, "open", present=present, acting_chair="")
    assert refused.status_code == 422
    assert "Choose the member who takes the chair" in words(refused)
    led = sitting_act(general.hr, second, "open", present=present, acting_chair=present[0])
    assert led.status_code == 302
    assert fresh(second).acting_chair_id == present[0]


def test_who_is_present_is_corrected_while_the_sitting_goes_on(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    cycles.begun(here, sitting)
    assert sitting_act(here.hr, sitting, "presence", present=seats(cycle, 0, 1, 2, 3, 4)).status_code == 302
    assert Attendance.objects.filter(sitting=sitting, present=True).count() == 5
    short = sitting_act(here.hr, sitting, "presence", present=seats(cycle, 0, 1, 2))
    assert short.status_code == 422
    assert Attendance.objects.filter(sitting=sitting, present=True).count() == 5


def test_a_sitting_that_somebody_else_opened_is_told_so(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    seen, present = sitting.version, seats(cycle, 0, 1, 2, 3, 4)
    sitting_act(here.hr, sitting, "open", present=present)
    response = sitting_act(here.hr, sitting, "open", present=present, version=seen)
    assert response.status_code == 409
    assert "Somebody has changed this since you opened the page." in words(response)


# ----------------------------------------------------------------------------------------------- one after another, end


def test_people_are_heard_one_after_another(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    cycles.begun(here, sitting)
    first, second = cycles.cases_of(cycle)
    assert f"/attestation/cases/{first.pk}/decide/" in page(here.hr, sitting)
    assert "sheets: 0 of 7" in page(here.hr, sitting)
    cycles.voted(here, first, cycles.members_of(cycle), **SECOND)
    assert "all sheets are in" in page(here.hr, sitting)
    cycles.decided(here, first)
    after = page(here.hr, sitting)
    assert f"/attestation/cases/{second.pk}/decide/" in after, "the next one is shown"
    assert f"/attestation/cases/{first.pk}/decide/" not in after
    chosen = page(here.hr, sitting, f"?case={first.pk}")
    assert "Fits the post held" in chosen
    assert forms_of(chosen, "cases", first.pk) == {"interview", "withdraw"}


def test_what_is_written_at_a_sitting_leads_back_to_it(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    cycles.begun(here, sitting)
    case = cycles.cases_of(cycle)[1]
    told = {"version": fresh(case).version, "interview": "сұрақ", "back": "sitting"}
    answer = as_user(here.hr).post(reverse("case_act", args=[case.pk, "interview"]), told)
    assert answer.headers["Location"] == f"{reverse('sitting', args=[sitting.pk])}?case={case.pk}#heard"


def test_a_sitting_ends_when_everybody_is_decided_or_did_not_come(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    cycles.begun(here, sitting)
    first, second = cycles.cases_of(cycle)
    heard(here, sitting, first)
    assert "Not everybody before the sitting has a decision." in page(here.hr, sitting)
    assert "close" not in forms_of(page(here.hr, sitting), "sittings", sitting.pk)
    assert sitting_act(here.hr, sitting, "close").status_code == 422
    missed = {"version": fresh(second).version, "reason": "incapacity"}
    as_user(here.hr).post(reverse("case_act", args=[second.pk, "missed"]), missed)
    shown = page(here.hr, sitting)
    assert "did not come" in shown
    assert "close" in forms_of(shown, "sittings", sitting.pk)
    assert sitting_act(here.hr, sitting, "close").status_code == 302
    assert fresh(sitting).state == "held"
    assert sitting_act(here.hr, sitting, "reopen").status_code == 302
    assert fresh(sitting).state == "open"


@pytest.mark.parametrize(
    ("day", "status"), [(date(2026, 3, 31), 422), (SIGNED, 302)], ids=["before the sitting", "after it"]
)
def test_minutes_are_signed_on_a_day_after_the_sitting(day: date, status: int) -> None:
    here = cycles.scene()
    cycle, sitting, case = cycles.at_sitting(here)
    heard(here, sitting, case)
    sitting_act(here.hr, sitting, "close")
    response = sitting_act(here.hr, sitting, "sign", signed_on=day.isoformat())
    assert response.status_code == status
    assert fresh(sitting).state == ("signed" if status == 302 else "held")
    if status == 422:
        assert "The first day possible: 01.04.2026." in words(response)
        assert f'value="{day.isoformat()}"' in words(response)
    else:
        assert "Signed on 03.04.2026." in page(here.hr, sitting)
    assert cycle.pk == sitting.cycle_id


def test_late_minutes_are_said_to_be_late_with_the_clause() -> None:
    here = cycles.scene(GENERAL)
    _cycle, sitting, case = cycles.at_sitting(here)
    cycles.voted(here, case, cycles.members_of(sitting.cycle))
    cycles.decided(here, case)
    sitting_act(here.hr, sitting, "close")
    assert "To be signed until 06.04.2026." in page(here.hr, sitting)
    assert sitting_act(here.hr, sitting, "sign", signed_on="2026-04-07").status_code == 302
    shown = page(here.hr, sitting)
    assert "Late – signing of the minutes; last day: 06.04.2026, done on: 07.04.2026." in shown
    assert "(clause 31)" in shown


def test_where_the_recording_is_kept_is_noted_and_nothing_else_changes(
    here: Scene, planned: tuple[Cycle, Sitting]
) -> None:
    sitting = planned[1]
    Sitting.objects.filter(pk=sitting.pk).update(starts_at=time(10, 30))
    cycles.begun(here, sitting)
    assert sitting_act(here.hr, sitting, "recording", recording="Кадр қызметі, № 5 шкаф").status_code == 302
    found = fresh(sitting)
    assert (found.recording, found.starts_at, found.place) == ("Кадр қызметі, № 5 шкаф", time(10, 30), sitting.place)
    long = sitting_act(here.hr, sitting, "recording", recording="a" * 301)
    assert long.status_code == 422
    assert "a" * 301 in words(long)


# ----------------------------------------------------------------------------------------------------------- who meets


@pytest.mark.parametrize(
    ("who", "keeps"),
    [("hr", True), ("secretary", True), ("own secretary", True), ("chair", False), ("member", False), ("head", False),
     ("auditor", False)],
)  # fmt: skip
def test_who_keeps_a_sitting_and_who_looks_on(
    here: Scene, planned: tuple[Cycle, Sitting], who: str, keeps: bool
) -> None:
    cycle, sitting = planned
    user = readers(here, cycles.members_of(cycle, voting=False))[who]
    assert ("open" in forms_of(page(user, sitting), "sittings", sitting.pk)) == keeps
    answer = sitting_act(user, sitting, "open", present=seats(cycle, 0, 1, 2, 3, 4))
    assert answer.status_code == (302 if keeps else 403)
    quorum = as_user(user).get(reverse("sitting_quorum", args=[sitting.pk]))
    assert quorum.status_code == (200 if keeps else 403)


def test_a_stranger_and_the_head_of_a_unit_meet_no_sitting(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    sitting = planned[1]
    for user in (here.manager, cycles.scene(bin_number="210987654321").hr):
        assert as_user(user).get(reverse("sitting", args=[sitting.pk])).status_code == 404
        assert sitting_act(user, sitting, "close").status_code == 404


def test_a_member_finds_her_sheet_at_the_sitting(here: Scene, planned: tuple[Cycle, Sitting]) -> None:
    cycle, sitting = planned
    cycles.begun(here, sitting)
    member = cycles.members_of(cycle)[2]
    case = cycles.cases_of(cycle)[0]
    shown = page(user_of(member), sitting)
    assert reverse("sheet", args=[case.pk, member.pk]) in shown
    assert "Fill in my sheet" in shown


def test_the_page_costs_the_same_for_any_number_of_people(django_assert_max_num_queries: Callable[..., Any]) -> None:
    counts = []
    for people, number in ((2, "111111111111"), (6, "222222222222")):
        here = cycles.scene(people=people, bin_number=number)
        cycle, sitting = cycles.approved(here, members=people + 4)
        for case in cycles.cases_of(cycle):
            cycles.prepared(here, case)
        cycles.begun(here, sitting)
        client = as_user(here.hr)
        client.get(reverse("sitting", args=[sitting.pk]))
        with django_assert_max_num_queries(32) as asked:
            client.get(reverse("sitting", args=[sitting.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
