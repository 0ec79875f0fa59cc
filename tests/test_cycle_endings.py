"""How a case ends, by the services: repeated, approved, refused, cancelled."""

from __future__ import annotations

from datetime import date

import pytest

from attestation import cycle_services as services
from attestation.codes import CaseState, CycleState
from attestation.cycle import Lack
from attestation.cycle_services import (
    NotYourPartError,
    StaleCycleError,
)
from attestation.models import (
    AttestationRecord,
    Case,
    StoredVerdict,
)
from employees.models import CategoryAward
from tests import cycles
from tests.cycles import (
    CLOSED,
    GENERAL,
    HELD,
    OPENED,
    ORDERED,
    SECOND,
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
    AbsenceFactory,
    AwardFactory,
)

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------------------------------------- repeated attestation


def test_a_repeated_attestation_is_not_held_before_its_time_and_ends_the_matter() -> None:
    """General rules, clause 29."""
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    voted(here, case, members_of(cycle), decision="repeated", mark="3")
    case = decided(here, case)
    assert case.repeat_from == date(2026, 7, 1)
    with refused(Lack.MINUTES_NOT_SIGNED):
        services.result_acquaint(case=case, version=case.version, user=here.hr, on=CLOSED)
    signed(here, sitting)
    case = services.result_acquaint(case=case, version=fresh(case).version, user=here.hr, on=CLOSED)
    with refused(Lack.NO_REPEAT, "repeat_after_months"):
        services.cycle_close(
            cycle=cycle, version=fresh(cycle).version, results_order_on=CLOSED, user=here.hr, on=CLOSED
        )
    with refused(Lack.TOO_EARLY, "repeat_after_months"):
        repeated_case(here, cycle, case, held_on=date(2026, 6, 30))
    again = Case.objects.get(repeats=case)
    assert (again.kind, again.state) == ("repeated", CaseState.LISTED)
    later = cycles.sitting_in(here, cycle, held_on=date(2026, 7, 1))
    services.cases_schedule(sitting=later, version=later.version, cases=[again.pk], user=here.hr, on=CLOSED)
    prepared(here, again)
    begun(here, later)
    with refused(Lack.DECISION_NOT_ALLOWED, "repeated_decisions"):
        vote(here, again, members_of(cycle)[0], decision="repeated", mark="3")
    voted(here, again, members_of(cycle), decision="does_not_fit", mark="1")
    again = services.case_decide(
        case=again, version=fresh(again).version, difference_reason="Білмейді", user=here.hr, on=later.held_on
    )
    assert (again.decision, "protection_unknown" in {each["code"] for each in again.warnings}) == ("does_not_fit", True)


def test_a_person_is_not_repeated_without_that_decision_or_twice() -> None:
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    with refused(Lack.WRONG_STATE):
        services.case_repeat(case=case, version=case.version, user=here.hr, on=CLOSED)
    case = fresh(case)
    voted(here, case, members_of(cycle), decision="repeated", mark="2")
    case = decided(here, case)
    signed(here, sitting)
    services.case_repeat(case=case, version=fresh(case).version, user=here.hr, on=CLOSED)
    with refused(Lack.REPEATED_ALREADY):
        services.case_repeat(case=case, version=fresh(case).version, user=here.hr, on=CLOSED)


def test_a_repeated_attestation_can_go_into_another_cycle_that_is_being_prepared() -> None:
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    voted(here, case, members_of(cycle), decision="repeated", mark="2")
    case = decided(here, case)
    signed(here, sitting)
    second = cycles.opened(here, starts_on=date(2026, 7, 1))
    again = services.case_repeat(case=case, version=fresh(case).version, cycle=second, user=here.hr, on=CLOSED)
    assert (again.cycle, again.state) == (second, CaseState.PROPOSED)
    other = scene(GENERAL, bin_number="210987654321")
    foreign = cycles.opened(other)
    with refused(Lack.CYCLE_NOT_APPROVED):
        services.case_repeat(case=case, version=fresh(case).version, cycle=foreign, user=here.hr, on=CLOSED)


def test_a_decision_against_somebody_needs_the_representative_of_the_employees() -> None:
    here = scene(GENERAL)
    cycle, _sitting, case = at_sitting(here, members=4, representative=False)
    voted(here, case, members_of(cycle), decision="does_not_fit", mark="1")
    with refused(Lack.NO_REPRESENTATIVE, "employees_representative_for_dismissal"):
        decided(here, case)


def test_dismissal_is_not_recommended_during_leave() -> None:
    here = scene(GENERAL)
    AbsenceFactory(employee=here.people[0], kind="incapacity", started_on=date(2026, 3, 30), until=date(2026, 4, 5))
    cycle, _sitting, case = at_sitting(here, members=4)
    case = said_near_pension(here, case, near=False)
    voted(here, case, members_of(cycle), decision="does_not_fit", mark="1")
    with refused(Lack.PROTECTED, "no_dismissal_during"):
        decided(here, case, recommended_for_dismissal=True)
    assert decided(here, case).decision == "does_not_fit"


# ----------------------------------------------------------------------------------------------- approval, cancellation


def test_approving_waits_for_the_minutes_and_is_the_head_s() -> None:
    here = scene()
    cycle, sitting, case = at_sitting(here)
    voted(here, case, members_of(cycle), **SECOND)
    case = decided(here, case)
    with refused(Lack.MINUTES_NOT_SIGNED):
        services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    signed(here, sitting)
    case = fresh(case)
    with pytest.raises(NotYourPartError):
        services.case_approve(case=case, version=case.version, user=here.hr, on=cycles.APPROVED)
    with refused(Lack.TOO_EARLY):
        services.case_approve(case=case, version=case.version, user=here.head, on=HELD)
    with pytest.raises(StaleCycleError):
        services.case_approve(case=case, version=case.version - 1, user=here.head, on=cycles.APPROVED)
    services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    with refused(Lack.WRONG_STATE):
        services.case_approve(case=case, version=fresh(case).version, user=here.head, on=cycles.APPROVED)
    assert CategoryAward.objects.count() == 1


def test_what_is_approved_on_a_later_day_has_an_order_of_its_own() -> None:
    here = scene(people=2)
    cycle, sitting = cycles.approved(here)
    for case in cases_of(cycle):
        prepared(here, case)
    begun(here, sitting)
    for case in cases_of(cycle):
        voted(here, case, members_of(cycle), **SECOND)
        decided(here, case)
    signed(here, sitting)
    for case, on in zip(cases_of(cycle), (cycles.APPROVED, cycles.TOLD), strict=True):
        services.case_approve(case=case, version=case.version, user=here.head, on=on)
    assert list(CategoryAward.objects.order_by("pk").values_list("order_number", flat=True)) == ["1", "2"]
    assert (fresh(cycle).results_order_number, fresh(cycle).results_order_on) == ("1", cycles.APPROVED)


def test_a_refusal_to_read_the_sheet_needs_its_witnesses() -> None:
    here = scene()
    _cycle, _sitting, case = decided_case(here)
    with refused(Lack.REASON_MISSING):
        services.result_refuse(case=case, version=case.version, witnesses="", user=here.hr, on=CLOSED)
    with refused(Lack.NOT_APPROVED, "approval_by_head"):
        services.result_refuse(case=case, version=case.version, witnesses="Екі куә", user=here.hr, on=CLOSED)


def test_a_cancelled_case_leaves_no_award_in_force_and_is_heard_anew() -> None:
    here = scene()
    AwardFactory(employee=here.people[0], awarded_on=date(2022, 1, 10))
    cycle, _sitting, case = decided_case(here, category_decision="established", level="highest", category="first")
    case = services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    assert StoredVerdict.objects.get(employee=here.people[0]).current_category == "first"
    with pytest.raises(NotYourPartError):
        services.case_cancel(case=case, version=case.version, reason="Кворум болған жоқ", user=here.hr, on=CLOSED)
    with refused(Lack.REASON_MISSING):
        services.case_cancel(case=case, version=case.version, reason="", user=here.head, on=CLOSED)
    case = services.case_cancel(case=case, version=case.version, reason="Кворум болған жоқ", user=here.head, on=CLOSED)
    assert (case.state, case.cancelled_on) == (CaseState.CANCELLED, CLOSED)
    assert CategoryAward.objects.get(pk=case.award_id).annulled_on == CLOSED
    assert AttestationRecord.objects.get().cancelled_on == CLOSED
    stored = StoredVerdict.objects.get(employee=here.people[0])
    assert (stored.current_category, stored.due_on) == ("second", date(2025, 1, 10))
    anew = Case.objects.get(repeats=case)
    assert (anew.kind, anew.state, anew.cycle) == ("regular", CaseState.LISTED, cycle)
    assert CategoryAward.history.filter(id=case.award_id).count() == 2


def test_cancelling_in_a_closed_cycle_opens_a_case_in_the_one_that_is_named() -> None:
    here = scene()
    cycle, _sitting, case = decided_case(here)
    case = services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    case = services.result_acquaint(case=case, version=case.version, user=here.hr, on=cycles.TOLD)
    services.cycle_close(cycle=cycle, version=fresh(cycle).version, results_order_on=CLOSED, user=here.hr, on=CLOSED)
    later = cycles.opened(here, starts_on=date(2026, 9, 1))
    services.case_cancel(case=case, version=case.version, reason="Қателік", cycle=later, user=here.head, on=CLOSED)
    assert Case.objects.get(repeats=case).cycle == later
    assert Case.objects.get(repeats=case).state == CaseState.PROPOSED


def test_a_case_that_is_not_decided_is_cancelled_without_another() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    case = cases_of(cycle)[0]
    services.case_cancel(case=case, version=case.version, reason="Жұмыстан кетті", user=here.hr, on=ORDERED)
    assert [each.state for each in cases_of(cycle)] == [CaseState.CANCELLED]


def test_cancelling_a_repeated_case_lets_it_be_repeated_again_and_the_first_takes_it_along() -> None:
    here = scene(GENERAL)
    cycle, sitting, case = at_sitting(here, members=4)
    voted(here, case, members_of(cycle), decision="repeated", mark="2")
    case = decided(here, case)
    signed(here, sitting)
    again, later = repeated_case(here, cycle, fresh(case), held_on=date(2026, 7, 1))
    begun(here, later)
    voted(here, again, members_of(cycle))
    again = services.case_decide(
        case=again, version=fresh(again).version, difference_reason="Көрді", user=here.hr, on=later.held_on
    )
    services.case_cancel(case=again, version=again.version, reason="Қателік", user=here.head, on=later.held_on)
    third = Case.objects.get(repeats=case, state="listed")
    assert third.kind == "repeated"
    case = fresh(case)
    services.case_cancel(case=case, version=case.version, reason="Қателік", user=here.head, on=later.held_on)
    assert fresh(third).state == CaseState.CANCELLED
    assert list(Case.objects.filter(state="listed").values_list("kind", flat=True)) == ["regular"]


def test_a_cancelled_cycle_takes_its_results_back() -> None:
    here = scene()
    cycle, _sitting, case = decided_case(here)
    services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    with pytest.raises(NotYourPartError):
        services.cycle_cancel(
            cycle=cycle, version=fresh(cycle).version, reason="Бұйрық жойылды", user=here.hr, on=CLOSED
        )
    cycle = services.cycle_cancel(
        cycle=cycle, version=fresh(cycle).version, reason="Бұйрық жойылды", user=here.head, on=CLOSED
    )
    assert (cycle.state, cycle.cancelled_on) == (CycleState.CANCELLED, CLOSED)
    assert fresh(case).state == CaseState.CANCELLED
    assert CategoryAward.objects.get().annulled_on == CLOSED
    with refused(Lack.WRONG_STATE):
        services.cycle_cancel(cycle=cycle, version=cycle.version, reason="Тағы", user=here.head, on=CLOSED)


def test_the_title_and_the_first_day_change_while_the_cycle_is_prepared() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    later = date(2026, 4, 15)
    cycle = services.cycle_change(
        cycle=cycle, version=cycle.version, title="Көктемгі", starts_on=later, user=here.hr, on=OPENED
    )
    assert (cycle.title, cycle.starts_on) == ("Көктемгі", later)
    with pytest.raises(StaleCycleError):
        services.cycle_change(
            cycle=cycle, version=cycle.version - 1, title="Көктемгі", starts_on=HELD, user=here.hr, on=OPENED
        )
    cycles.sitting_in(here, cycle, held_on=later)
    with refused(Lack.BEFORE_START):
        services.cycle_change(
            cycle=cycle,
            version=fresh(cycle).version,
            title="Күзгі",
            starts_on=date(2026, 4, 16),
            user=here.hr,
            on=OPENED,
        )
