"""What happens at a sitting, by the services: presence, votes, decisions, absences."""

from __future__ import annotations

from datetime import date

import pytest

from attestation import cycle_services as services
from attestation.codes import CaseState, SittingState
from attestation.cycle import Lack
from attestation.cycle_services import (
    AlreadyDecidedError,
    NotYourPartError,
    StaleCycleError,
)
from attestation.models import (
    AttestationRecord,
    EvaluationSheet,
    MissedSitting,
)
from employees.models import Employee
from tests import cycles
from tests.cycles import (
    GENERAL,
    HELD,
    NO_GROUNDS,
    OPENED,
    ORDERED,
    SECOND,
    WITH_CATEGORY,
    at_sitting,
    begun,
    cases_of,
    decided,
    decided_case,
    fresh,
    members_of,
    prepared,
    refused,
    repeated_case,
    said_near_pension,
    scene,
    signed,
    vote,
    voted,
)
from tests.factories import (
    position,
)

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------------------------------------------------- the sitting


def test_a_sitting_needs_its_quorum_and_its_day() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here)
    with refused(Lack.NO_QUORUM, "quorum"):
        begun(here, sitting, present=members_of(cycle)[:4])
    with refused(Lack.TOO_EARLY):
        services.sitting_open(sitting=sitting, version=sitting.version, present=[], user=here.hr, on=date(2026, 3, 31))
    begun(here, sitting, present=members_of(cycle)[:5])
    assert fresh(sitting).state == SittingState.OPEN


def test_a_member_takes_the_chair_where_the_rules_let_her() -> None:
    here = scene(GENERAL)
    cycle, sitting = cycles.approved(here, members=4)
    without = members_of(cycle)[1:]
    begun(here, sitting, present=without, acting_chair=without[0].pk)
    assert fresh(sitting).acting_chair == without[0]
    other = scene(WITH_CATEGORY, bin_number="210987654321")
    cycle, sitting = cycles.approved(other)
    without = members_of(cycle)[1:]
    with refused(Lack.CHAIR_ABSENT, "member_replaces_chair"):
        begun(other, sitting, present=without, acting_chair=without[0].pk)


def test_presence_is_corrected_but_nobody_who_has_voted_was_absent() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here)
    case = prepared(here, cases_of(cycle)[0])
    sitting = begun(here, sitting)
    everybody = members_of(cycle)
    vote(here, case, everybody[-1], **SECOND)
    with refused(Lack.NOT_PRESENT):
        services.sitting_presence(
            sitting=sitting,
            version=sitting.version,
            present=[each.pk for each in everybody[:-1]],
            user=here.hr,
            on=HELD,
        )
    sitting = fresh(sitting)
    services.sitting_presence(
        sitting=sitting,
        version=sitting.version,
        present=[each.pk for each in everybody[1:]] + [everybody[0].pk],
        user=here.hr,
        on=HELD,
    )
    with refused(Lack.NO_QUORUM):
        services.sitting_presence(
            sitting=sitting, version=fresh(sitting).version, present=[everybody[0].pk], user=here.hr, on=HELD
        )


def test_nobody_votes_on_herself_the_secretary_has_no_vote_and_the_absent_none() -> None:
    here = scene(people=2)
    cycle = cycles.proposed(here)
    told = cycles.told_commission()
    told[2] = services.Told(role="member", name="Өзі", employee=here.people[0])
    services.commission_set(cycle=cycle, version=cycle.version, members=told, user=here.hr, on=OPENED)
    sitting = cycles.sitting_in(here, cycle)
    services.cases_schedule(
        sitting=sitting, version=1, cases=[case.pk for case in cases_of(cycle)], user=here.hr, on=OPENED
    )
    services.cycle_approve(cycle=cycle, version=fresh(cycle).version, order_on=ORDERED, user=here.head, on=ORDERED)
    case, other = [prepared(here, each) for each in cases_of(cycle)]
    everybody = members_of(cycle, voting=False)
    begun(here, sitting, present=everybody[:6] + everybody[7:])
    with refused(Lack.OWN_CASE):
        vote(here, case, everybody[2], **SECOND)
    vote(here, other, everybody[2], **SECOND)
    with refused(Lack.NOT_PRESENT):
        vote(here, case, everybody[6], **SECOND)
    with refused(Lack.SECRETARY_DOES_NOT_VOTE, "secretary_votes"):
        vote(here, case, everybody[7], **SECOND)
    stranger = members_of(cycles.proposed(scene(bin_number="210987654321")))[0]
    with refused(Lack.NOT_A_MEMBER):
        vote(here, case, stranger, **SECOND)


def test_a_member_submits_her_own_sheet_and_nobody_changes_it_for_her() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here, users=True)
    first, second = members_of(cycle)[:2]
    with pytest.raises(NotYourPartError):
        vote(here, case, first, user=second.user, **SECOND)
    vote(here, case, first, user=first.user, **SECOND)
    with pytest.raises(NotYourPartError):
        vote(here, case, first, version=1, **NO_GROUNDS)
    sheet = vote(here, case, first, user=first.user, version=1, **NO_GROUNDS)
    assert (sheet.version, sheet.category_decision) == (2, "no_grounds")
    with pytest.raises(StaleCycleError):
        vote(here, case, first, user=first.user, version=1, **SECOND)
    with pytest.raises(StaleCycleError):
        vote(here, case, first, user=first.user, **SECOND)
    paper = vote(here, case, second, **SECOND)
    assert vote(here, case, second, version=paper.version, **NO_GROUNDS).version == 2
    assert EvaluationSheet.history.filter(member=first).count() == 2


def test_a_dissenting_opinion_is_attached_until_the_minutes_are_signed() -> None:
    here = scene()
    cycle, sitting, case = at_sitting(here, users=True)
    voted(here, case, members_of(cycle), **SECOND)
    decided(here, case)
    sheet = EvaluationSheet.objects.get(member=members_of(cycle)[1])
    sheet = services.opinion_attach(
        sheet=sheet, version=1, words="Келіспеймін", user=members_of(cycle)[1].user, on=HELD
    )
    assert (sheet.dissenting_opinion, sheet.decision) == ("Келіспеймін", "fits")
    with pytest.raises(NotYourPartError):
        services.opinion_attach(sheet=sheet, version=2, words="", user=members_of(cycle)[2].user, on=HELD)
    signed(here, sitting)
    with refused(Lack.MINUTES_SIGNED):
        services.opinion_attach(sheet=sheet, version=2, words="", user=here.hr, on=HELD)


def test_whoever_was_transferred_meanwhile_is_judged_in_the_post_of_the_day() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here)
    Employee.objects.filter(pk=here.people[0].pk).update(position=position("360/2.4"), appointed_on=date(2026, 3, 20))
    voted(here, case, members_of(cycle), **NO_GROUNDS)
    case = decided(here, case)
    assert (case.position.code, case.verdict["position"]) == ("360/2.4", "360/2.4")


def test_a_mark_and_a_decision_that_the_act_ties_together_go_together() -> None:
    here = scene(GENERAL)
    cycle, _sitting, case = at_sitting(here, members=4)
    with refused(Lack.MARK_FORBIDS, "marks"):
        vote(here, case, members_of(cycle)[0], mark="3")
    other = scene(WITH_CATEGORY, bin_number="210987654321")
    cycle, _sitting, case = at_sitting(other)
    with refused(Lack.DECISION_NOT_ALLOWED, "first_decisions"):
        vote(other, case, members_of(cycle)[0], decision="does_not_fit", **NO_GROUNDS)
    with refused(Lack.CATEGORY_MISSING, "category_decision"):
        vote(other, case, members_of(cycle)[0])


def test_a_decision_waits_for_every_vote_and_is_what_was_voted() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here)
    members = members_of(cycle)
    voted(here, case, members[:-1], **SECOND)
    with refused(Lack.VOTES_MISSING):
        decided(here, case)
    vote(here, case, members[-1], **NO_GROUNDS)
    with refused(Lack.NOT_AS_VOTED):
        decided(here, case, decision="fits", **NO_GROUNDS)
    case = decided(here, case, decision="fits", **SECOND)
    assert (case.decision, case.decided_category, case.members_present) == ("fits", "second", 7)
    assert case.votes["counts"]["fits"] == 7
    assert sorted(each["votes"] for each in case.votes["category"]["counts"]) == [1, 6]
    with pytest.raises(AlreadyDecidedError) as error:
        vote(here, case, members[0], version=1, **NO_GROUNDS)
    assert error.value.on == HELD
    with pytest.raises(AlreadyDecidedError):
        services.case_decide(case=case, version=case.version, user=here.hr, on=HELD)


def test_the_chair_settles_a_tie() -> None:
    here = scene()
    cycle = cycles.proposed(here, members=7)
    sitting = cycles.sitting_in(here, cycle)
    services.cases_schedule(sitting=sitting, version=1, cases=[cases_of(cycle)[0].pk], user=here.hr, on=OPENED)
    services.cycle_approve(cycle=cycle, version=fresh(cycle).version, order_on=ORDERED, user=here.head, on=ORDERED)
    case = prepared(here, cases_of(cycle)[0])
    begun(here, sitting)
    members = members_of(cycle)
    voted(here, case, members[:4], **SECOND)
    voted(here, case, members[4:], decision="repeated", **SECOND)
    case = decided(here, case)
    assert (case.decision, case.votes["tie"], case.votes["decided_by_chair"]) == ("fits", True, True)


def test_the_verdict_of_the_day_is_kept_beside_the_decision_with_its_text_and_its_facts() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here)
    voted(here, case, members_of(cycle), **SECOND)
    case = decided(here, case)
    assert case.verdict["on"] == "2026-04-01"
    assert (case.verdict["edition"]["position"], case.verdict["edition"]["clause"]) == ("360/2.3", "45")
    assert case.verdict["facts"]["education"][0]["graduated_on"] == "2019-06-30"
    assert case.verdict["findings"]
    assert (case.proposed_level, case.proposed_category, case.proposed_status) == ("highest", "second", "met")


def test_a_decision_that_differs_from_the_verdict_needs_its_reason() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here)
    voted(here, case, members_of(cycle), **NO_GROUNDS)
    with refused(Lack.REASON_MISSING):
        decided(here, case, difference_reason="")
    assert fresh(case).verdict == {}
    assert decided(here, case, difference_reason="Есеп тапсырмады.").difference_reason == "Есеп тапсырмады."


def test_as_proposed_needs_no_reason() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here)
    voted(here, case, members_of(cycle), **SECOND)
    assert decided(here, case, difference_reason="").state == CaseState.DECIDED


def test_what_was_late_goes_into_the_warnings_with_its_clause() -> None:
    here = scene(GENERAL)
    cycle, sitting = cycles.approved(here, members=4)
    case = prepared(here, cases_of(cycle)[0])
    case = services.case_notify(case=case, version=case.version, proof="post", user=here.hr, on=date(2026, 3, 2))
    begun(here, sitting)
    voted(here, case, members_of(cycle))
    case = decided(here, case)
    late = {warning["code"]: (warning["clause"], warning.get("deadline")) for warning in case.warnings}
    assert late["notice"] == ("13", "2026-03-01")
    assert "acquaintance" not in late
    sitting = signed(here, sitting, on=date(2026, 4, 7))
    assert sitting.warnings == [
        {
            "code": "minutes",
            "rule": "minutes_working_days",
            "clause": "31",
            "deadline": "2026-04-06",
            "happened": "2026-04-07",
        }
    ]


@pytest.mark.parametrize(("on", "late"), [(date(2026, 4, 10), False), (date(2026, 4, 11), True)], ids=str)
def test_the_head_approves_within_five_working_days_or_it_is_written_down(on: date, late: bool) -> None:
    here = scene()
    _cycle, _sitting, case = decided_case(here)
    case = services.case_approve(case=case, version=case.version, user=here.head, on=on)
    assert ("approval" in [warning["code"] for warning in case.warnings]) is late


def test_a_decision_is_taken_back_while_the_sitting_goes_on_and_decided_again() -> None:
    here = scene()
    cycle, sitting, case = at_sitting(here)
    voted(here, case, members_of(cycle), **SECOND)
    case = decided(here, case)
    case = services.decision_withdraw(case=case, version=case.version, user=here.hr, on=HELD)
    assert (case.state, case.decision, case.decided_on, case.verdict) == (CaseState.LISTED, "", None, {})
    decided(here, case)
    sitting = services.sitting_close(sitting=sitting, version=fresh(sitting).version, user=here.hr, on=HELD)
    sitting = services.sitting_reopen(sitting=sitting, version=sitting.version, user=here.hr, on=HELD)
    signed(here, sitting)
    with refused(Lack.MINUTES_SIGNED):
        services.decision_withdraw(case=case, version=fresh(case).version, user=here.hr, on=HELD)
    with refused(Lack.MINUTES_SIGNED):
        services.case_interview(
            case=case, version=fresh(case).version, questions="", remarks="", opinion="", user=here.hr, on=HELD
        )


def test_a_sitting_ends_when_everybody_before_it_isdecided_case() -> None:
    here = scene()
    _cycle, sitting, _case = at_sitting(here)
    with refused(Lack.CASE_UNDECIDED):
        services.sitting_close(sitting=sitting, version=sitting.version, user=here.hr, on=HELD)


# ------------------------------------------------------------------------------------------------------ missed sittings


def test_an_absence_for_a_valid_reason_is_postponed_once_and_thenrepeated_case() -> None:
    """Rules with a category, clauses 22 and 26."""
    here = scene(WITH_CATEGORY)
    cycle, sitting, case = at_sitting(here)
    later = cycles.sitting_in(here, cycle, held_on=date(2026, 4, 15))
    case = services.case_missed(
        case=case, version=case.version, reason="incapacity", words="парақ", to=later, user=here.hr, on=HELD
    )
    assert (case.state, case.sitting) == (CaseState.LISTED, later)
    signed(here, sitting)
    begun(here, later)
    case = services.case_missed(
        case=case, version=case.version, reason="business_trip", user=here.hr, on=date(2026, 4, 15)
    )
    assert (case.state, case.decision, case.repeat_from) == (CaseState.DECIDED, "repeated", date(2026, 7, 15))
    assert list(MissedSitting.objects.order_by("pk").values_list("valid", flat=True)) == [True, True]
    signed(here, later, on=date(2026, 4, 16))
    case = services.case_approve(case=fresh(case), version=fresh(case).version, user=here.head, on=date(2026, 4, 17))
    assert not AttestationRecord.objects.exists()


def test_by_the_general_rules_a_second_absence_without_reason_is_recommended_for_dismissal() -> None:
    """General rules, clause 26."""
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    case = services.case_missed(case=case, version=case.version, reason="none", user=here.hr, on=HELD)
    assert (case.state, case.decision, case.repeat_from) == (CaseState.DECIDED, "repeated", date(2026, 7, 1))
    signed(here, sitting)
    again, later = repeated_case(here, cycle, case, held_on=date(2026, 7, 1))
    begun(here, later)
    with refused(Lack.PROTECTION_UNKNOWN, "pension_protection_years"):
        services.case_missed(case=again, version=again.version, reason="none", user=here.hr, on=later.held_on)
    again = said_near_pension(here, again, near=False)
    again = services.case_missed(case=again, version=again.version, reason="none", user=here.hr, on=later.held_on)
    assert (again.state, again.decision, again.recommended_for_dismissal) == (CaseState.DECIDED, "", True)
    signed(here, later, on=date(2026, 7, 2))
    assert not AttestationRecord.objects.exists()


def test_whom_the_code_protects_waits_for_another_sitting_instead_of_dismissal() -> None:
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    case = services.case_missed(case=case, version=case.version, reason="none", user=here.hr, on=HELD)
    signed(here, sitting)
    again, later = repeated_case(here, cycle, case, held_on=date(2026, 7, 1))
    begun(here, later)
    again = said_near_pension(here, again, near=True)
    again = services.case_missed(case=again, version=again.version, reason="none", user=here.hr, on=later.held_on)
    assert (again.state, again.sitting, again.recommended_for_dismissal) == (CaseState.LISTED, None, False)
    assert [warning["code"] for warning in again.warnings] == ["protected"]
