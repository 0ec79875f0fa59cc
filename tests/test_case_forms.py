"""The forms of a case, each with both outcomes: what is noted, and what is refused and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from attestation import cycle_services as services
from attestation.case_acts import ACTS
from attestation.models import Case, Cycle, Sitting
from tests import cycles
from tests.browsing import act, as_user, offered, words
from tests.browsing import case_page as page
from tests.cycles import NO_GROUNDS, SECOND, Scene, fresh

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


# --------------------------------------------------------------------------------------------------- preparation: forms


def test_the_notice_is_noted_with_its_day_and_proof(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    case = listed[2]
    response = act(here.hr, case, "notify", notified_on=SENT, notice_proof="signature")
    assert response.headers["Location"] == f"{reverse('case', args=[case.pk])}#notice"
    assert fresh(case).notified_on == date(2026, 2, 24)
    assert "24.02.2026" in page(here.hr, case)


def test_a_notice_without_proof_is_said_to_be_wrong_beside_its_field(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    case = listed[2]
    response = act(here.hr, case, "notify", notified_on="2026-02-24")
    assert response.status_code == 422
    assert 'id="error_1_id_notify-notice_proof"' in words(response) or "A value is needed here." in words(response)
    assert 'value="2026-02-24"' in words(response), "nothing typed is lost"
    assert fresh(case).notified_on is None


@pytest.mark.parametrize(("ahead", "status"), [(0, 302), (1, 422)], ids=["today", "tomorrow"])
def test_nothing_can_have_happened_tomorrow(
    here: Scene, listed: tuple[Cycle, Sitting, Case], ahead: int, status: int
) -> None:
    told = (timezone.localdate() + timedelta(days=ahead)).isoformat()
    assert act(here.hr, listed[2], "request", characteristic_requested_on=told).status_code == status


def test_the_head_of_the_unit_hands_the_characteristic_in(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    case = listed[2]
    told = {
        "characteristic": "Жұмысын жақсы біледі.",
        "characteristic_assessment": "жақсы",
        "characteristic_author": "Бөлім басшысы",
        "characteristic_on": SENT,
    }
    assert offered(here.manager, case) == {"hand_in"}
    assert act(here.manager, case, "hand_in", **told).status_code == 302
    assert fresh(case).characteristic == "Жұмысын жақсы біледі."
    missing = act(here.manager, case, "hand_in", **{**told, "characteristic": "", "characteristic_author": "Б."})
    assert missing.status_code == 422
    assert 'value="Б."' in words(missing)
    assert fresh(case).characteristic == "Жұмысын жақсы біледі."


def test_acquaintance_before_the_characteristic_is_refused_at_its_day(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    case = cycles.prepared(here, listed[2])
    response = act(here.hr, case, "acquaint", acquainted_on="2026-03-09")
    assert response.status_code == 422
    assert "The first day possible: 10.03.2026." in words(response)
    assert act(here.hr, case, "acquaint", acquainted_on="2026-03-10").status_code == 302
    assert fresh(case).acquainted_on == date(2026, 3, 10)


def test_without_a_characteristic_there_is_nothing_to_be_shown(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    case = listed[2]
    assert "acquaint" not in offered(here.hr, case)
    response = act(here.hr, case, "acquaint", acquainted_on=SENT)
    assert response.status_code == 422
    assert "The service characteristic is missing." in words(response)


def test_what_the_employee_says_is_taken_and_shown(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    case = cycles.prepared(here, listed[2])
    assert act(here.hr, case, "object", objection="Келіспеймін <b>", objection_on="2026-03-16").status_code == 302
    assert escape("Келіспеймін <b>") in page(here.hr, case)
    assert act(here.hr, case, "object", objection="", objection_on="2026-03-16").status_code == 422
    assert fresh(case).objection == "Келіспеймін <b>"


def test_a_test_is_there_only_where_the_rules_know_one(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    cycle, _sitting, case = listed
    assert "test" not in offered(here.hr, case)
    told = {**cycle.rules, "rules": {**cycle.rules["rules"], "testing": {"value": True, "clause": "6"}}}
    Cycle.objects.filter(pk=cycle.pk).update(rules=told)
    assert "test" in offered(here.hr, case)
    assert act(here.hr, case, "test", tested_on=SENT).status_code == 422
    assert act(here.hr, case, "test", tested_on=SENT, test_passed="yes", test_score="87.5").status_code == 302
    assert (fresh(case).test_passed, fresh(case).test_score) == (True, 87.5)


def test_particulars_are_kept_and_the_pension_stays_unknown_until_said(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    case = listed[2]
    act(here.hr, case, "particulars", academic_degree="PhD", near_pension="")
    assert (fresh(case).academic_degree, fresh(case).near_pension) == ("PhD", None)
    act(here.hr, case, "particulars", academic_degree="PhD", near_pension="no")
    assert fresh(case).near_pension is False
    long = act(here.hr, case, "particulars", academic_degree="a" * 301)
    assert long.status_code == 422
    assert "a" * 301 in words(long)


def test_a_category_is_asked_for_among_those_of_the_post(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    case = listed[2]
    assert act(here.hr, case, "ask", requested_category="highest/second", applied_on=SENT).status_code == 302
    assert (fresh(case).requested_level, fresh(case).requested_category) == ("highest", "second")
    assert act(here.hr, case, "ask", requested_category="lowest/fifth").status_code == 422
    assert act(here.hr, case, "ask", requested_category="").status_code == 302
    assert fresh(case).requested_category == ""


# --------------------------------------------------------------------------------------------------------- the sitting


def test_the_interview_is_written_down_at_the_sitting_alone(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    _cycle, sitting, case = listed
    refused = act(here.hr, case, "interview", interview="– Неге?")
    assert refused.status_code == 422
    assert "The sitting has not begun yet" in words(refused)
    assert "– Неге?" in words(refused)
    cycles.prepared(here, case)
    cycles.begun(here, sitting)
    told = {"interview": "– Неге?", "back": "sitting"}
    response = act(here.hr, case, "interview", **told)
    assert response.headers["Location"].startswith(reverse("sitting", args=[sitting.pk]))
    assert fresh(case).interview == "– Неге?"


def test_a_missed_sitting_stands_with_its_reason_what_follows_and_the_clause(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    assert act(here.hr, case, "missed", words="парақ").status_code == 422
    assert act(here.hr, case, "missed", reason="incapacity", words="парақ № 5").status_code == 302
    shown = page(here.hr, case)
    assert "Missed: No 1, 01.04.2026" in shown
    assert "парақ № 5" in shown
    assert "valid reason" in shown
    assert "put off to another sitting. (clause 22)" in shown


def test_a_decision_is_taken_back_while_the_sitting_goes_on(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    _cycle, sitting, case = heard
    cycles.voted(here, case, cycles.members_of(case.cycle), **SECOND)
    case = cycles.decided(here, case)
    assert "withdraw" in offered(here.hr, case)
    assert act(here.hr, case, "withdraw").status_code == 302
    assert fresh(case).decision == ""
    case = cycles.decided(here, case)
    cycles.signed(here, sitting)
    assert "withdraw" not in offered(here.hr, case)
    assert act(here.hr, case, "withdraw").status_code == 422


# ---------------------------------------------------------------------------------------------------------- afterwards


def test_the_head_approves_and_the_category_goes_on_record(here: Scene, signed: tuple[Cycle, Sitting, Case]) -> None:
    case = signed[2]
    assert "approve" not in offered(here.hr, case)
    assert act(here.hr, case, "approve", approved_on="2026-04-08").status_code == 403
    assert act(here.head, case, "approve", approved_on="2026-04-08", head_decision="Бекітемін").status_code == 302
    case = fresh(case)
    assert (case.state, case.award.category) == ("approved", "second")
    shown = page(here.hr, case)
    assert "Бекітемін" in shown
    assert "Category on record" in shown


def test_before_the_minutes_are_signed_the_page_says_what_approval_waits_for(
    here: Scene, heard: tuple[Cycle, Sitting, Case]
) -> None:
    case = heard[2]
    cycles.voted(here, case, cycles.members_of(case.cycle), **SECOND)
    cycles.decided(here, case)
    shown = page(here.head, case)
    assert "The minutes of the sitting are not signed yet." in shown
    assert "approve" not in offered(here.head, case)
    response = act(here.head, case, "approve", approved_on="2026-04-08", head_decision="Бекітемін")
    assert response.status_code == 422
    assert "Бекітемін" in words(response)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "said"),
    [
        ("result", {"result_acquainted_on": "2026-04-10"}, {"result_acquainted_on": ""}, "read it on 10.04.2026"),
        (
            "refusal",
            {"refusal_on": "2026-04-10", "refusal_witnesses": "А. Иванов"},
            {"refusal_on": "2026-04-10", "refusal_witnesses": ""},
            "refused to read it on 10.04.2026",
        ),
    ],
    ids=["result", "refusal"],
)
def test_the_sheet_is_read_or_its_reading_refused_and_the_case_is_closed(
    here: Scene, signed: tuple[Cycle, Sitting, Case], name: str, right: dict[str, str], wrong: dict[str, str], said: str
) -> None:
    case = services.case_approve(case=signed[2], version=signed[2].version, user=here.head, on=date(2026, 4, 8))
    assert act(here.hr, case, name, **wrong).status_code == 422
    assert fresh(case).state == "approved"
    assert act(here.hr, case, name, **right).status_code == 302
    assert fresh(case).state == "closed"
    assert said in page(here.hr, case)


def test_a_repeated_attestation_is_opened_once(here: Scene, heard: tuple[Cycle, Sitting, Case]) -> None:
    _cycle, sitting, case = heard
    cycles.voted(here, case, cycles.members_of(case.cycle), decision="repeated", mark="satisfactory", **NO_GROUNDS)
    cycles.decided(here, case)
    cycles.signed(here, sitting)
    shown = page(here.hr, case)
    assert "Not before 01.07.2026." in shown
    assert act(here.hr, case, "repeat").status_code == 302
    again = Case.objects.get(repeats=case)
    assert reverse("case", args=[again.pk]) in page(here.hr, case)
    assert reverse("case", args=[case.pk]) in page(here.hr, again)
    refused = act(here.hr, case, "repeat")
    assert refused.status_code == 422
    assert "The repeated attestation of this case is open already." in words(refused)


def test_a_case_is_cancelled_with_the_reason_by_the_head_once_it_is_decided(
    here: Scene, signed: tuple[Cycle, Sitting, Case]
) -> None:
    case = signed[2]
    assert "cancel" not in offered(here.hr, case)
    assert act(here.head, case, "cancel", cancel_reason=" ").status_code == 422
    assert act(here.head, case, "cancel", cancel_reason="Кворум болмаған").status_code == 302
    assert fresh(case).state == "cancelled"
    assert "Кворум болмаған" in page(here.hr, case)
    assert offered(here.hr, case) == set()


# ------------------------------------------------------------------------------------------------------- stale, unknown


def test_a_stale_form_is_told_what_is_stored_now_and_keeps_what_was_typed(
    here: Scene, listed: tuple[Cycle, Sitting, Case]
) -> None:
    case = listed[2]
    seen = case.version
    act(here.hr, case, "notify", notified_on=SENT, notice_proof="post")
    response = act(here.hr, case, "notify", notified_on="2026-02-25", notice_proof="signature", version=seen)
    assert response.status_code == 409
    assert "Not saved: somebody has changed this" in words(response)
    assert "24.02.2026" in words(response), "what is stored now"
    assert 'value="2026-02-25"' in words(response), "what was typed"
    assert f'name="version" value="{fresh(case).version}"' in words(response), "it can be saved on purpose"
    assert fresh(case).notice_proof == "post"


def test_what_has_no_address_is_not_found(here: Scene, listed: tuple[Cycle, Sitting, Case]) -> None:
    client = as_user(here.hr)
    assert client.get(reverse("case_act", args=[listed[2].pk, "nothing"])).status_code == 404
    assert client.get(reverse("case", args=[listed[2].pk + 1000])).status_code == 404
    leads = client.get(reverse("case_act", args=[listed[2].pk, "notify"]))
    assert leads.headers["Location"].endswith("#notice")


def test_every_form_has_a_place_on_the_page_and_words_for_its_button() -> None:
    blocks = {told.block for told in ACTS.values()}
    assert blocks <= {
        "category", "notice", "characteristic", "test", "particulars", "sitting", "interview", "decision", "approval",
        "result", "repeat", "cancel",
    }  # fmt: skip
    assert all(str(told.button) and str(told.done) for told in ACTS.values())
