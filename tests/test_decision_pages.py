"""Decisions in the browser: what the votes come to, what goes with it, and what the second of two is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from attestation.models import Case, CommissionMember, Cycle, Sitting
from employees.models import User
from tests import cycles
from tests.browsing import as_user, readers, user_of, words
from tests.cycles import GENERAL, NO_GROUNDS, SECOND, Scene, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    """An organisation that follows the rules with a category, with one person who is due."""
    return cycles.scene()


@pytest.fixture
def heard(here: Scene) -> tuple[Cycle, Sitting, Case]:
    """A case at its open sitting, its commission with accounts of their own."""
    return cycles.at_sitting(here, users=True)


@pytest.fixture
def members(heard: tuple[Cycle, Sitting, Case]) -> list[CommissionMember]:
    """The commission of the case."""
    return cycles.members_of(heard[0], voting=False)


def address(case: Case, member: CommissionMember) -> str:
    """Give the address of a sheet."""
    return reverse("sheet", args=[case.pk, member.pk])


def _decide(user: User, case: Case, **told: Any) -> Any:
    """Send the decision as the page shows it."""
    client, where = as_user(user), reverse("case_decide", args=[case.pk])
    form = client.get(where).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields} if form else {}
    shown.pop("recommended_for_dismissal", None)
    return client.post(where, {**shown, **told})


@pytest.mark.parametrize(
    ("who", "status"),
    [("hr", 200), ("secretary", 200), ("own secretary", 200), ("chair", 200), ("member", 403), ("head", 403),
     ("auditor", 403), ("manager", 403)],
)  # fmt: skip
def test_who_puts_a_decision_down(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember], who: str, status: int
) -> None:
    user = readers(here, members)[who]
    assert as_user(user).get(reverse("case_decide", args=[heard[2].pk])).status_code == status


def test_a_decision_is_put_down_as_it_was_voted(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    case = heard[2]
    voting = cycles.members_of(heard[0])
    cycles.voted(here, case, voting[:5], **SECOND)
    cycles.voted(here, case, voting[5:], **NO_GROUNDS, mark="satisfactory")
    page = as_user(here.hr).get(reverse("case_decide", args=[case.pk]))
    assert [(count, won) for _words, count, won in page.context["tally"]] == [(7, True), (0, False)]
    assert [(count, won) for _words, count, won in page.context["category_tally"]] == [(5, True), (2, False)]
    assert page.context["form"].initial["mark"] == "good", "the mark of most members"
    assert _decide(here.hr, case, recommendations="Курс").status_code == 302
    case = fresh(case)
    assert (case.decision, case.decided_category, case.mark) == ("fits", "second", "good")
    assert case.recommendations == "Курс"


def test_before_everybody_has_voted_the_page_says_what_is_missing(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    cycles.voted(here, case, cycles.members_of(heard[0])[:6], **SECOND)
    shown = words(as_user(here.hr).get(reverse("case_decide", args=[case.pk])))
    assert "Not everybody who is present has voted." in shown
    assert "Needed: 7; there are: 6." in shown
    assert "Put down the decision" not in shown


def test_a_decision_that_differs_needs_its_reason_beside_the_field(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    cycles.voted(here, case, cycles.members_of(heard[0]), **NO_GROUNDS)
    response = _decide(here.hr, case, recommendations="Оқу керек")
    assert response.status_code == 422
    assert "Оқу керек" in words(response)
    assert response.context["form"].errors.keys() == {"difference_reason"}
    assert fresh(case).decision == ""
    assert _decide(here.hr, case, difference_reason="Сұхбат").status_code == 302
    assert fresh(case).difference_reason == "Сұхбат"


def test_a_decision_that_follows_the_proposal_is_not_asked_for_a_reason(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    cycles.voted(here, heard[2], cycles.members_of(heard[0]), **SECOND)
    page = as_user(here.hr).get(reverse("case_decide", args=[heard[2].pk]))
    assert "difference_reason" not in page.context["form"].fields


def test_the_second_of_two_is_told_when_and_by_whom_it_was_decided(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, second = heard[2], user_of(members[-1])
    here.hr.first_name, here.hr.last_name = "Айжан", "Бекова"
    here.hr.save()
    cycles.voted(here, case, cycles.members_of(heard[0]), **SECOND)
    client, where = as_user(second), reverse("case_decide", args=[case.pk])
    form = client.get(where).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"recommendations": "Менің ұсынысым"}
    cycles.decided(here, case)
    response = client.post(where, typed)
    assert response.status_code == 409
    assert "This case was decided already:" in words(response)
    assert "Айжан Бекова" in words(response)
    assert "Менің ұсынысым" in words(response), "nothing typed is lost"
    assert fresh(case).recommendations == "Курстан өту."


def test_votes_that_changed_meanwhile_are_shown_before_anything_is_saved(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case, voting = heard[2], cycles.members_of(heard[0])
    cycles.voted(here, case, voting, **SECOND)
    client, where = as_user(here.hr), reverse("case_decide", args=[case.pk])
    form = client.get(where).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    for member in voting[:4]:
        cycles.vote(here, case, member, version=1, **NO_GROUNDS)
    response = client.post(where, {**typed, "difference_reason": "себеп"})
    assert response.status_code == 422
    assert "The decision is not what the votes come to." in words(response)
    assert [(count, won) for _words, count, won in response.context["category_tally"]] == [(4, True), (3, False)]
    assert fresh(case).decision == ""
    assert _decide(here.hr, case, difference_reason="себеп").status_code == 302


@pytest.mark.parametrize(
    ("near", "offered"), [(False, True), (True, False), (None, False)], ids=["no", "yes", "unknown"]
)
def test_dismissal_can_be_recommended_only_where_nothing_protects(near: bool | None, offered: bool) -> None:
    here = cycles.scene(GENERAL)
    cycle, _sitting, case = cycles.at_sitting(here)
    if near is not None:
        cycles.said_near_pension(here, case, near=near)
    cycles.voted(here, case, cycles.members_of(cycle), decision="does_not_fit", mark="1")
    page = as_user(here.hr).get(reverse("case_decide", args=[case.pk]))
    assert ("recommended_for_dismissal" in page.context["form"].fields) == offered
    told = {"difference_reason": "Білмейді", "recommended_for_dismissal": "on"}
    assert _decide(here.hr, case, **told).status_code == 302
    assert fresh(case).recommended_for_dismissal == offered


def test_the_pages_cost_the_same_for_any_number_of_members(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    counts: list[tuple[int, int]] = []
    for size, number in ((6, "111111111111"), (12, "222222222222")):
        here = cycles.scene(bin_number=number)
        cycle, _sitting, case = cycles.at_sitting(here, members=size)
        cycles.voted(here, case, cycles.members_of(cycle), **SECOND)
        client, asked = as_user(here.hr), []
        for where in (reverse("case_decide", args=[case.pk]), address(case, cycles.members_of(cycle)[1])):
            client.get(where)
            with django_assert_max_num_queries(30) as captured:
                assert client.get(where).status_code == 200
            asked.append(len(captured))
        counts.append((asked[0], asked[1]))
    assert counts[0] == counts[1]
