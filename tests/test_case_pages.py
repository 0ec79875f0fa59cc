"""The page of a case: who meets which of its forms, and what it shows of stages, proposal and votes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from attestation.case_acts import ACTS
from attestation.case_forms import NotifyForm
from attestation.codes import ProofKind
from attestation.models import AttestationRecord, Case, Cycle, Sitting
from employees.codes import Role
from employees.models import ReadLog, User
from tests import cycles
from tests.browsing import act, as_user, offered
from tests.browsing import case_page as page
from tests.cycles import GENERAL, NO_GROUNDS, SECOND, Scene, fresh
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db

SENT, LATER = date(2026, 2, 24).isoformat(), (date(2026, 4, 2)).isoformat()


@pytest.fixture
def here() -> Scene:
    """An organisation that follows the rules with a category, with one person who is due."""
    return cycles.scene()


@pytest.fixture
def listed(here: Scene) -> tuple[Cycle, Sitting, Case]:
    """A case in the approved list, before a planned sitting."""
    cycle, sitting = cycles.approved(here)
    return cycle, sitting, cycles.cases_of(cycle)[0]


@pytest.fixture
def heard(here: Scene) -> tuple[Cycle, Sitting, Case]:
    """A case at its open sitting."""
    return cycles.at_sitting(here)


@pytest.fixture
def signed(here: Scene) -> tuple[Cycle, Sitting, Case]:
    """A case that was decided, its minutes signed."""
    return cycles.decided_case(here)


# ----------------------------------------------------------------------------------------------------------- who meets


def _cast(here: Scene, cycle: Cycle) -> dict[str, User]:
    """Give somebody of every kind who may meet a case."""
    found = {"hr": here.hr, "head": here.head, "manager": here.manager}
    for role in (Role.SECRETARY, Role.AUDITOR, Role.TEXTS):
        user = UserFactory()
        GrantFactory(user=user, organisation=here.organisation, role=role)
        found[str(role)] = user
    members = cycles.members_of(cycle, voting=False)
    for name, member in (("chair", members[0]), ("member", members[1]), ("own secretary", members[-1])):
        member.user = UserFactory()
        member.save()
        found[name] = member.user
    found["stranger"] = cycles.scene(bin_number="210987654321").hr
    return found


PREPARED = {"ask", "notify", "hand_in", "acquaint", "object", "particulars", "cancel"}


@pytest.mark.parametrize(
    ("who", "forms"),
    [
        ("hr", PREPARED),
        ("secretary", PREPARED),
        ("own secretary", {"object", "particulars"}),
        ("head", {"hand_in", "cancel"}),
        ("manager", {"hand_in"}),
        ("chair", set()),
        ("member", set()),
        ("auditor", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_everybody_finds_the_forms_of_her_own_part(
    here: Scene, listed: tuple[Cycle, Sitting, Case], who: str, forms: set[str]
) -> None:
    cycle, _sitting, case = listed
    case = cycles.prepared(here, case)
    user = _cast(here, cycle)[who]
    assert offered(user, case) == forms
    client, version = as_user(user), fresh(case).version
    for name in sorted(set(ACTS) - forms):
        answer = client.post(reverse("case_act", args=[case.pk, name]), {"version": version})
        assert answer.status_code in (403, 422), name
    assert fresh(case).version == version


def test_a_stranger_meets_nothing(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    cycle, _sitting, case = listed
    cast = _cast(here, cycle)
    for who in ("stranger", "texts"):
        assert as_user(cast[who]).get(reverse("case", args=[case.pk])).status_code == 404
        assert act(cast[who], case, "notify").status_code == 404


def test_the_head_of_the_unit_meets_the_characteristic_alone(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    case = heard[2]
    Case.objects.filter(pk=case.pk).update(sanctions="сөгіс", interview="сұрақ")
    shown = page(here.manager, case)
    assert "Жұмысын біледі." in shown
    assert "сөгіс" not in shown
    assert "сұрақ" not in shown
    assert "proposal-title" not in shown
    assert "сөгіс" in page(here.hr, case)


def test_who_opens_a_case_is_noted_to_have_looked_at_the_person(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    page(here.hr, listed[2])
    assert ReadLog.objects.filter(user=here.hr, employee=listed[2].employee).count() == 1


# ------------------------------------------------------------------------------------------------------- what it shows


def test_the_stages_say_whose_move_it_is_and_until_when(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    shown = page(here.hr, listed[2])
    assert "Hand over the notice" in shown
    assert "HR service, until 01.03.2026 (clause 10)" in shown
    assert "overdue" in shown
    assert "case-stage-late" in shown


def test_the_reason_for_being_in_the_list_stands_with_its_clause(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    shown = page(here.hr, listed[2])
    assert "Period since the hiring" in shown
    assert "(clause 30)" in shown


def test_missed_deadlines_are_told_before_the_decision_and_kept_after_it(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    late = "Late – attestation; last day: 01.08.2023, not done."
    assert late in page(here.hr, case)
    cycles.voted(here, case, cycles.members_of(case.cycle), **SECOND)
    cycles.decided(here, case)
    shown = page(here.hr, case)
    assert "Late – attestation; last day: 01.08.2023, done on: 01.04.2026." in shown
    assert late not in shown
    assert "Deadlines that were missed" not in shown


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_words_to_choose_from_follow_the_reader_of_the_moment(code: str) -> None:
    with translation.override(code):
        shown = dict(NotifyForm.base_fields["notice_proof"].choices)  # type: ignore[attr-defined]
        wanted = str(ProofKind.COURIER.label)
        assert str(shown["courier"]) == wanted[0].upper() + wanted[1:]


def test_the_proposal_stands_live_before_the_decision_and_as_kept_after_it(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    before = page(here.hr, case)
    assert "A proposal; the commission decides." in before
    assert "Proposal as of 01.04.2026" in before
    assert "Kept as it was" not in before
    cycles.voted(here, case, cycles.members_of(case.cycle), **NO_GROUNDS)
    cycles.decided(here, case)
    case.employee.education.all().delete()
    after = page(here.hr, case)
    assert "Kept as it was on the day of the sitting." in after
    assert "clause 45" in after, "the text that was in force"
    assert "0001234" in after, "the document that was there"
    assert "Why the decision differs from the proposal" in after


def test_the_votes_stand_with_the_decision(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    case = heard[2]
    members = cycles.members_of(case.cycle)
    cycles.voted(here, case, members[:5], **SECOND)
    cycles.voted(here, case, members[5:], **NO_GROUNDS)
    cycles.decided(here, case)
    shown = page(here.hr, case)
    assert "Fits the post held: 7" in shown
    assert "the second category: 5" in shown
    assert "No grounds for establishing the category: 2" in shown


def test_a_regime_without_approval_asks_for_none() -> None:
    here = cycles.scene(GENERAL)
    cycle, sitting = cycles.approved(here)
    case = cycles.prepared(here, cycles.cases_of(cycle)[0])
    cycles.begun(here, sitting)
    cycles.voted(here, case, cycles.members_of(cycle))
    cycles.decided(here, case)
    cycles.signed(here, sitting)
    shown = page(here.hr, case)
    assert "Approval by the head" not in shown
    assert AttestationRecord.objects.filter(case=case).exists()


def test_the_page_costs_the_same_for_a_small_commission_and_a_large_one(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    counts = []
    for size, number in ((6, "111111111111"), (12, "222222222222")):
        here = cycles.scene(people=size, bin_number=number)
        cycle, sitting = cycles.approved(here, members=size)
        case = cycles.prepared(here, cycles.cases_of(cycle)[0])
        cycles.begun(here, sitting)
        cycles.voted(here, case, cycles.members_of(cycle), **SECOND)
        client = as_user(here.hr)
        client.get(reverse("case", args=[case.pk]))
        with django_assert_max_num_queries(36) as asked:
            client.get(reverse("case", args=[case.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
