"""Evaluation sheets in the browser: who reads whose, and what can be voted."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from attestation import cycle_services as services
from attestation.models import Case, CommissionMember, Cycle, EvaluationSheet, Sitting
from employees.models import User
from tests import cycles
from tests.browsing import as_user, readers, user_of, words
from tests.cycles import GENERAL, HELD, NO_GROUNDS, SECOND, Scene, fresh

pytestmark = pytest.mark.django_db

FITS = {"decision": "fits", "mark": "good", "category": "highest/second", "reasons": "Біледі."}


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


def kept(case: Case, member: CommissionMember) -> EvaluationSheet | None:
    """Give the sheet of a member as it is kept."""
    return EvaluationSheet.objects.filter(case=case, member=member).first()


# --------------------------------------------------------------------------------------------------------- filling in


def test_a_member_fills_in_her_own_sheet(heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]) -> None:
    case, member = heard[2], members[1]
    client = as_user(user_of(member))
    shown = words(client.get(address(case, member)))
    assert "Proposal as of 01.04.2026" in shown
    assert "Fits the post held" in shown
    assert "Does not fit" not in shown, "no such decision at a first attestation"
    assert client.post(address(case, member), {"version": "", **FITS}).status_code == 302
    sheet = kept(case, member)
    assert sheet is not None
    assert (sheet.decision, sheet.mark, sheet.category_decision) == ("fits", "good", "established")
    assert (sheet.level, sheet.category, sheet.reasons) == ("highest", "second", "Біледі.")


def test_a_sheet_without_a_mark_or_category_says_so_beside_the_field_and_loses_nothing(
    heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, member = heard[2], members[1]
    told = {"version": "", "decision": "fits", "reasons": "Ұзақ негіздеме"}
    response = as_user(user_of(member)).post(address(case, member), told)
    assert response.status_code == 422
    assert words(response).count("Choose one of the values of the list.") == 2
    assert "Ұзақ негіздеме" in words(response)
    assert kept(case, member) is None


def test_a_mark_of_another_decision_is_refused_with_the_clause() -> None:
    here = cycles.scene(GENERAL)
    cycle, _sitting, case = cycles.at_sitting(here, users=True)
    member = cycles.members_of(cycle)[1]
    client = as_user(user_of(member))
    assert "Decision on the category" in words(client.get(address(case, member)))
    told = {"version": "", "decision": "fits", "mark": "1"}
    response = client.post(address(case, member), told)
    assert response.status_code == 422
    assert "The rules tie this mark to another decision." in words(response)
    assert client.post(address(case, member), {**told, "mark": "4"}).status_code == 302


def test_a_repeated_attestation_knows_other_decisions(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    cycle, sitting, case = heard
    cycles.voted(here, case, cycles.members_of(cycle), decision="repeated", mark="satisfactory", **NO_GROUNDS)
    cycles.decided(here, case)
    cycles.signed(here, sitting)
    again, later = cycles.repeated_case(here, cycle, case, held_on=date(2026, 7, 1))
    cycles.begun(here, later)
    member = cycles.members_of(cycle)[1]
    shown = words(as_user(user_of(member)).get(address(again, member)))
    assert "Does not fit the post held" in shown
    assert "Subject to repeated attestation" not in shown


def test_a_stale_sheet_is_told_what_is_kept_now(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, member = heard[2], members[1]
    cycles.vote(here, case, member, **SECOND)
    told = {"version": "", **FITS, "mark": "excellent", "reasons": "Менікі"}
    response = as_user(user_of(member)).post(address(case, member), told)
    assert response.status_code == 409
    assert "Not saved: somebody has changed this" in words(response)
    assert "Менікі" in words(response)
    sheet = kept(case, member)
    assert sheet is not None
    assert sheet.mark == "good"
    assert f'name="version" value="{sheet.version}"' in words(response)


def test_whoever_keeps_the_minutes_writes_down_what_is_on_paper(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, member = heard[2], members[2]
    client = as_user(here.hr)
    assert "written down from paper" in words(client.get(address(case, member)))
    told = {"version": "", **FITS, "submitted_on": HELD.isoformat()}
    assert client.post(address(case, member), told).status_code == 302
    sheet = kept(case, member)
    assert sheet is not None
    assert sheet.submitted_on == HELD
    shown = words(client.get(reverse("case", args=[case.pk])))
    assert "on paper" in shown
    assert client.post(address(case, member), {**told, "version": 1, "mark": "excellent"}).status_code == 302


def test_what_a_member_handed_in_herself_nobody_else_writes_or_reads(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, member = heard[2], members[1]
    as_user(user_of(member)).post(address(case, member), {"version": "", **FITS})
    client = as_user(here.hr)
    assert client.get(address(case, member)).status_code == 403
    told = {"version": 1, **FITS, "mark": "excellent", "submitted_on": HELD.isoformat()}
    assert client.post(address(case, member), told).status_code == 403
    sheet = kept(case, member)
    assert sheet is not None
    assert sheet.mark == "good"


def test_who_is_absent_or_has_no_vote_is_told_so(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    _cycle, sitting, case = heard
    secretary = members[-1]
    shown = words(as_user(user_of(secretary)).get(address(case, secretary)))
    assert "The secretary has no vote." in shown
    present = [member.pk for member in members if member.pk != members[3].pk]
    services.sitting_presence(sitting=sitting, version=fresh(sitting).version, present=present, user=here.hr, on=HELD)
    client = as_user(user_of(members[3]))
    assert "Only members who are present vote." in words(client.get(address(case, members[3])))
    assert client.post(address(case, members[3]), {"version": "", **FITS}).status_code == 409
    assert kept(case, members[3]) is None


def test_before_the_sitting_no_sheet_can_be_filled_in(here: Scene) -> None:
    cycle, _sitting = cycles.approved(here, users=True)
    case = cycles.prepared(here, cycles.cases_of(cycle)[0])
    member = cycles.members_of(cycle)[1]
    shown = words(as_user(user_of(member)).get(address(case, member)))
    assert "The sitting has not begun yet" in shown
    assert "<form method" not in shown.split("<main")[1]


def test_a_sheet_of_a_stranger_to_the_commission_is_not_found(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    assert as_user(here.hr).get(reverse("sheet", args=[heard[2].pk, 10_000])).status_code == 404


def test_who_comes_after_the_decision_is_told_that_it_was_taken(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    """The decision is taken between the opening of the page and the sending of the sheet."""
    case, member = heard[2], members[1]
    cycles.voted(here, case, cycles.members_of(heard[0]), **SECOND)
    client = as_user(user_of(member))
    cycles.decided(here, case)
    told = {"version": 1, **FITS, "mark": "excellent", "reasons": "Менің сөзім"}
    response = client.post(address(case, member), told)
    assert response.status_code == 409
    assert "the commission has decided this case on 01.04.2026 already" in words(response)
    assert "Менің сөзім" in words(response), "nothing typed is lost"
    sheet = kept(case, member)
    assert sheet is not None
    assert sheet.mark == "good"


# ----------------------------------------------------------------------------------------------------- who reads whose


def _seen(user: User, case: Case, members: list[CommissionMember]) -> str:
    """Give what somebody sees of the sheets on the page of the case: r(eads), t(here), - for each voting member."""
    response = as_user(user).get(reverse("case", args=[case.pk]))
    lines = {line.member.pk: line for line in response.context.get("sheets") or []}
    return "".join("-" if member.pk not in lines else "r" if lines[member.pk].open else "t" for member in members[:-1])


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("chair", "rtttttt", "rrrrrrr"),
        ("member", "-r-----", "rrrrrrr"),
        ("own secretary", "ttttttt", "rrrrrrr"),
        ("hr", "ttttttt", "rrrrrrr"),
        ("secretary", "ttttttt", "rrrrrrr"),
        ("head", "-------", "rrrrrrr"),
        ("auditor", "-------", "-------"),
        ("manager", "-------", "-------"),
    ],
    ids=lambda value: value if value.isalpha() else "",
)
def test_who_reads_whose_sheet_before_and_after_the_decision(
    here: Scene,
    heard: tuple[Cycle, Sitting, Case],
    members: list[CommissionMember],
    who: str,
    before: str,
    after: str,
) -> None:
    """Every member has handed her own sheet in; the rules of this cycle know open voting, and yet nobody peeps."""
    case = heard[2]
    for member in members[:-1]:
        cycles.vote(here, case, member, user=user_of(member), reasons="Жасырын сөз", **SECOND)
    user = readers(here, members)[who]
    assert _seen(user, case, members) == before
    cycles.decided(here, case)
    assert _seen(user, case, members) == after


def test_a_sheet_is_read_at_its_address_only_by_those_who_may(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case = heard[2]
    for member in members[:-1]:
        cycles.vote(here, case, member, user=user_of(member), reasons="Жасырын сөз", **SECOND)
    cast = readers(here, members)
    other = address(case, members[2])
    for user in cast.values():
        assert as_user(user).get(other).status_code == 403
    cycles.decided(here, case)
    for who, user in cast.items():
        response = as_user(user).get(other)
        assert response.status_code == (403 if who in ("auditor", "manager") else 200), who
        assert ("Жасырын сөз" in words(response)) == (response.status_code == 200)


def test_nobody_reads_the_sheets_on_her_own_case(
    here: Scene, heard: tuple[Cycle, Sitting, Case], members: list[CommissionMember]
) -> None:
    case, member = heard[2], members[1]
    CommissionMember.objects.filter(pk=member.pk).update(employee=case.employee)
    voting = [each for each in members[:-1] if each.pk != member.pk]
    cycles.voted(here, case, voting, **SECOND)
    shown = words(as_user(user_of(member)).get(address(case, member)))
    assert "Nobody votes on their own case." in shown
    cycles.decided(here, case)
    assert _seen(user_of(member), case, members) == "-------"
