"""The life of a cycle by its services: from the rule-set to the order on the results, under the rules on file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attestation import cycle_services as services
from attestation.codes import CaseState, CycleState, SittingState
from attestation.cycle import Lack
from attestation.cycle_services import (
    MemberActedError,
    NotYourPartError,
    OpenRulesError,
    StaleCycleError,
)
from attestation.models import (
    AttestationRecord,
    Case,
    Cycle,
    Paper,
    Regime,
    StoredVerdict,
)
from employees.codes import Role
from employees.models import CategoryAward
from tests import cycles
from tests.cycles import (
    CLOSED,
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
    scene,
    signed,
    vote,
    voted,
)
from tests.factories import (
    AbsenceFactory,
    EmployeeFactory,
    GrantFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


# --------------------------------------------------------------------------------------------------------- a whole life


def test_a_cycle_with_categories_lives_from_its_list_to_the_order_on_its_results() -> None:
    here = scene(WITH_CATEGORY, people=2)
    cycle, sitting = cycles.approved(here)
    assert (cycle.state, cycle.order_number, cycle.order_on) == (CycleState.APPROVED, "1", ORDERED)
    first, second = [prepared(here, case) for case in cases_of(cycle)]
    begun(here, sitting)
    for case, choice in ((first, SECOND), (second, NO_GROUNDS)):
        voted(here, case, members_of(cycle), **choice)
        services.case_interview(
            case=case,
            version=fresh(case).version,
            questions="Не істейсіз?",
            remarks="",
            opinion="",
            user=here.hr,
            on=HELD,
        )
        decided(here, case)
    assert not CategoryAward.objects.exists()
    signed(here, sitting)
    assert not CategoryAward.objects.exists()
    found = services.cases_approve(
        cycle=cycle,
        cases={case.pk: case.version for case in cases_of(cycle)},
        head_decision="Бекітемін",
        user=here.head,
        on=cycles.APPROVED,
    )
    assert [case.state for case in found] == [CaseState.APPROVED] * 2
    award = CategoryAward.objects.get()
    assert (award.employee, award.awarded_on, award.lapses_on) == (here.people[0], HELD, None)
    assert (award.level, award.category, award.order_number) == ("highest", "second", "1")
    assert found[0].award == award
    assert found[1].award is None
    for case in found:
        services.result_acquaint(case=case, version=case.version, user=here.hr, on=cycles.TOLD)
    closed = services.cycle_close(
        cycle=cycle, version=fresh(cycle).version, results_order_on=CLOSED, user=here.hr, on=CLOSED
    )
    assert (closed.state, closed.results_order_number) == (CycleState.CLOSED, "1")
    assert closed.results_order_on == cycles.APPROVED
    assert [case.state for case in cases_of(cycle)] == [CaseState.CLOSED] * 2
    assert StoredVerdict.objects.get(employee=here.people[0]).current_category == "second"
    held = AttestationRecord.objects.order_by("employee").values_list("employee", "held_on", "decision", "order_number")
    assert list(held) == [(person.pk, HELD, "fits", "1") for person in here.people]
    assert StoredVerdict.objects.get(employee=here.people[1]).due_on == date(2029, 4, 1)
    assert {row.history_user for row in Case.history.filter(id=first.pk)} == {here.hr, here.head, here.manager}


def test_by_the_general_rules_the_signed_minutes_put_a_decision_on_record() -> None:
    here = scene(GENERAL)
    cycle, sitting = cycles.approved(here, members=4)
    [case] = cases_of(cycle)
    prepared(here, case)
    begun(here, sitting)
    voted(here, case, members_of(cycle), **SECOND)
    decided(here, case, mark="4")
    signed(here, sitting)
    case = fresh(case)
    assert (case.state, case.award.order_number) == (CaseState.DECIDED, "1")
    assert AttestationRecord.objects.get().case == case
    assert list(Paper.objects.order_by("pk").values_list("kind", "number")) == [("order", 1), ("minutes", 1)]
    case = services.result_refuse(case=case, version=case.version, witnesses="Екі куә", user=here.hr, on=cycles.TOLD)
    assert (case.state, case.refusal_on) == (CaseState.CLOSED, cycles.TOLD)
    closed = services.cycle_close(
        cycle=cycle, version=fresh(cycle).version, results_order_on=CLOSED, user=here.hr, on=CLOSED
    )
    assert (closed.results_order_number, closed.results_order_on) == ("1", CLOSED)


def test_an_award_lapses_when_the_rules_of_the_cycle_say() -> None:
    here = scene(WITH_CATEGORY)
    document = here.regime.document
    document["rules"]["category_validity_months"] = {"value": 36, "clause": "12"}
    Regime.objects.filter(pk=here.regime.pk).update(document=document)
    cycle, _sitting, case = decided_case(here)
    services.case_approve(case=case, version=case.version, user=here.head, on=cycles.APPROVED)
    assert CategoryAward.objects.get().lapses_on == date(2029, 4, 1)
    assert fresh(cycle).rules["rules"]["category_validity_months"]["value"] == 36


# ---------------------------------------------------------------------------------------------------------- the opening


def test_a_rule_set_with_open_rules_opens_nothing_and_names_them() -> None:
    here = scene("social-workers")
    with pytest.raises(OpenRulesError) as error:
        cycles.opened(here)
    assert "quorum" in error.value.rules
    assert not Cycle.objects.exists()


def test_the_cycle_keeps_its_copy_of_the_rules_when_the_rule_set_changes() -> None:
    here = scene()
    cycle = cycles.opened(here)
    document = {
        **here.regime.document,
        "rules": {**here.regime.document["rules"], "quorum": {"value": "1/2", "clause": "1"}},
    }
    Regime.objects.filter(pk=here.regime.pk).update(document=document)
    assert fresh(cycle).rules["rules"]["quorum"]["value"] == "2/3"


@pytest.mark.parametrize("starts_on", [date(2016, 1, 27), date(2016, 1, 28)], ids=str)
def test_a_cycle_begins_while_its_rule_set_is_in_force(starts_on: date) -> None:
    here = scene()
    if starts_on == date(2016, 1, 28):
        assert cycles.opened(here, starts_on=starts_on).pk
        return
    with pytest.raises(ValidationError):
        cycles.opened(here, starts_on=starts_on)


def test_the_variant_of_another_organisation_is_refused() -> None:
    here = scene()
    here.regime = Regime.objects.create(
        code=WITH_CATEGORY,
        organisation=OrganisationFactory(),
        valid_from=date(2016, 1, 28),
        document=here.regime.document,
    )
    with pytest.raises(ValidationError):
        cycles.opened(here)


def test_who_is_due_is_proposed_and_who_is_spared_is_noted_with_the_rule() -> None:
    here = scene(WITH_CATEGORY)
    spared = cycles.due_person(here, appointed_on=date(2025, 12, 1))
    away = cycles.due_person(here)
    AbsenceFactory(employee=away, kind="parental_leave", started_on=date(2026, 1, 1), until=None)
    recent = cycles.due_person(here, hired_on=date(2025, 1, 1))
    gone = cycles.due_person(here, employed_until=HELD)
    cycle = cycles.opened(here)
    services.cycle_propose(cycle=cycle, version=cycle.version, user=here.hr, on=OPENED)
    found = {case.employee_id: (case.state, case.basis, case.basis_rule) for case in cases_of(cycle)}
    assert found == {
        here.people[0].pk: ("proposed", "service", "period_months"),
        spared.pk: ("excluded", "time_in_post", "least_months_in_post"),
        away.pk: ("excluded", "exempt_absence", "exempt_absences"),
    }
    assert {recent.pk, gone.pk}.isdisjoint(found)
    assert Case.history.filter(history_user=here.hr).count() == 3


def test_proposing_again_adds_who_is_new_and_touches_nothing_that_somebodydecided_case() -> None:
    here = scene(people=3)
    cycle = cycles.opened(here)
    cycle = services.cycle_propose(cycle=cycle, version=cycle.version, user=here.hr, on=OPENED)
    out, followed, kept = cases_of(cycle)
    services.case_exclude(case=out, version=1, reason="Зейнетке шығады", user=here.hr, on=OPENED)
    AttestationRecord.objects.create(employee=followed.employee, held_on=date(2025, 1, 1), decision="fits")
    cycles.due_person(here)
    for _time in range(2):
        cycle = fresh(cycle)
        services.cycle_propose(cycle=cycle, version=cycle.version, user=here.hr, on=OPENED)
        states = [(case.state, case.basis) for case in cases_of(cycle)]
        assert states == [
            ("excluded", "service"),
            ("excluded", "last_attestation"),
            ("proposed", "service"),
            ("proposed", "service"),
        ]
    assert fresh(out).excluded_reason == "Зейнетке шығады"
    assert fresh(kept).version == 1


def test_somebody_under_attestation_elsewhere_and_under_other_rules_is_not_proposed() -> None:
    here = scene()
    cycles.proposed(here)
    second = cycles.opened(here)
    services.cycle_propose(cycle=second, version=1, user=here.hr, on=OPENED)
    assert cases_of(second) == []
    other = scene(GENERAL, bin_number="210987654321")
    other.regime = Regime.objects.get(code=WITH_CATEGORY, organisation=None)
    third = cycles.opened(other)
    services.cycle_propose(cycle=third, version=1, user=other.hr, on=OPENED)
    assert cases_of(third) == []


def test_proposing_costs_the_same_for_one_and_for_many(django_assert_max_num_queries: Any) -> None:
    here = scene(people=12)
    cycle = cycles.opened(here)
    with django_assert_max_num_queries(26):
        services.cycle_propose(cycle=cycle, version=1, user=here.hr, on=OPENED)
    assert len(cases_of(cycle)) == 12


def test_who_is_not_due_comes_early_on_an_application_alone() -> None:
    here = scene()
    early = cycles.due_person(here, hired_on=date(2025, 1, 1))
    cycle = cycles.opened(here)
    with refused(Lack.NO_APPLICATION, "early_on_application"):
        services.case_add(cycle=cycle, version=1, employee=early, user=here.hr, on=OPENED)
    assert cases_of(cycle) == []


def test_an_application_makes_an_early_attestation_and_a_due_one_a_regular() -> None:
    here = scene()
    early = cycles.due_person(here, hired_on=date(2025, 1, 1))
    cycle = cycles.opened(here)
    case = services.case_add(cycle=cycle, version=1, employee=early, applied_on=OPENED, user=here.hr, on=OPENED)
    assert (case.kind, case.state) == ("early", "proposed")
    case = services.case_add(cycle=cycle, version=2, employee=here.people[0], user=here.hr, on=OPENED)
    assert case.kind == "regular"
    with pytest.raises(ValidationError):
        services.case_add(cycle=cycle, version=3, employee=early, applied_on=OPENED, user=here.hr, on=OPENED)
    with pytest.raises(ValidationError):
        services.case_add(cycle=cycle, version=3, employee=EmployeeFactory(), user=here.hr, on=OPENED)


def test_leaving_somebody_out_needs_a_reason_and_can_be_taken_back() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    [case] = cases_of(cycle)
    with refused(Lack.REASON_MISSING):
        services.case_exclude(case=case, version=1, reason=" ", user=here.hr, on=OPENED)
    case = services.case_exclude(case=case, version=1, reason="Ауысады", user=here.hr, on=OPENED)
    assert (case.state, case.excluded_reason) == ("excluded", "Ауысады")
    case = services.case_include(case=case, version=2, user=here.hr, on=OPENED)
    assert (case.state, case.excluded_reason) == ("proposed", "")


def test_only_a_category_that_the_position_has_can_be_asked_for() -> None:
    here = scene()
    [case] = cases_of(cycles.proposed(here))
    with pytest.raises(ValidationError):
        services.case_ask_category(case=case, version=1, level="average", category="none", user=here.hr, on=OPENED)
    case = services.case_ask_category(
        case=case, version=1, level="highest", category="second", applied_on=OPENED, user=here.hr, on=OPENED
    )
    assert (case.requested_level, case.requested_category, case.applied_on) == ("highest", "second", OPENED)
    case = services.case_ask_category(case=case, version=2, level="", category="", user=here.hr, on=OPENED)
    assert case.requested_category == ""


# --------------------------------------------------------------------------------------------- commission and its order


def test_a_commission_in_the_making_may_lack_members_and_the_order_may_not() -> None:
    here = scene()
    cycle = cycles.proposed(here, members=5)
    with refused(Lack.TOO_FEW_MEMBERS, "least_members"):
        services.cycle_approve(cycle=cycle, version=cycle.version, order_on=ORDERED, user=here.head, on=ORDERED)


def test_two_chairs_are_refused_at_once_and_a_chair_changes_places_with_a_member() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    told = [
        services.Told(pk=each.pk, role=each.role, name=each.name, represents_employees=each.represents_employees)
        for each in members_of(cycle, voting=False)
    ]
    double = [*told, services.Told(role="chair", name="Тағы біреу")]
    with refused(Lack.SEVERAL_CHAIRS):
        services.commission_set(cycle=cycle, version=cycle.version, members=double, user=here.hr, on=OPENED)
    changed = [
        services.Told(pk=told[0].pk, role="member", name=told[0].name),
        services.Told(pk=told[1].pk, role="chair", name=told[1].name),
        *told[3:],
    ]
    services.commission_set(cycle=cycle, version=fresh(cycle).version, members=changed, user=here.hr, on=OPENED)
    found = members_of(cycle, voting=False)
    assert [member.pk for member in found] == [told[0].pk, told[1].pk, *(each.pk for each in told[3:])]
    assert [member.role for member in found][:2] == ["member", "chair"]


def test_after_the_order_only_the_head_changes_the_commission_and_nobody_leaves_who_has_sat() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here)
    told = [
        services.Told(pk=each.pk, role=each.role, name=each.name, represents_employees=each.represents_employees)
        for each in members_of(cycle, voting=False)
    ]
    more = [*told, services.Told(role="member", name="Жаңа мүше")]
    with pytest.raises(NotYourPartError):
        services.commission_set(cycle=cycle, version=cycle.version, members=more, user=here.hr, on=ORDERED)
    cycle = services.commission_set(cycle=cycle, version=cycle.version, members=more, user=here.head, on=ORDERED)
    begun(here, sitting)
    with pytest.raises(MemberActedError):
        services.commission_set(cycle=cycle, version=cycle.version, members=told, user=here.head, on=ORDERED)
    assert len(members_of(cycle, voting=False)) == 9


def test_no_sitting_before_the_first_day() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    with refused(Lack.BEFORE_START, "notice_months"):
        cycles.sitting_in(here, cycle, held_on=date(2026, 3, 31))


def test_only_the_head_approves_the_list_and_only_as_she_saw_it() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    [case] = cases_of(cycle)
    seen = fresh(cycle).version
    with pytest.raises(PermissionDenied):
        services.cycle_approve(cycle=cycle, version=seen, order_on=ORDERED, user=here.hr, on=ORDERED)
    services.case_exclude(case=case, version=1, reason="Ауысады", user=here.hr, on=OPENED)
    with pytest.raises(StaleCycleError):
        services.cycle_approve(cycle=cycle, version=seen, order_on=ORDERED, user=here.head, on=ORDERED)
    with refused(Lack.NOBODY_LISTED):
        services.cycle_approve(cycle=cycle, version=fresh(cycle).version, order_on=ORDERED, user=here.head, on=ORDERED)
    assert not Paper.objects.exists()


def test_who_is_added_after_the_order_waits_for_a_further_one() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    late = cycles.due_person(here)
    case = services.case_add(cycle=cycle, version=fresh(cycle).version, employee=late, user=here.hr, on=ORDERED)
    assert case.state == "proposed"
    further = date(2026, 2, 16)
    services.additions_approve(cycle=cycle, version=fresh(cycle).version, order_on=further, user=here.head, on=further)
    assert fresh(case).state == "listed"
    assert list(Paper.objects.order_by("number").values_list("number", "registered_on")) == [(1, ORDERED), (2, further)]
    with refused(Lack.NOBODY_LISTED):
        services.additions_approve(
            cycle=cycle, version=fresh(cycle).version, order_on=further, user=here.head, on=further
        )


def test_a_cancelled_sitting_leaves_its_cases_without_one() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here)
    sitting = services.sitting_cancel(sitting=sitting, version=sitting.version, user=here.hr, on=ORDERED)
    assert sitting.state == SittingState.CANCELLED
    assert cases_of(cycle)[0].sitting is None
    with refused(Lack.SITTING_NOT_OPEN):
        services.cases_schedule(
            sitting=sitting, version=sitting.version, cases=[cases_of(cycle)[0].pk], user=here.hr, on=ORDERED
        )


def test_a_sitting_moves_while_it_is_planned_and_its_recording_is_noted_afterwards() -> None:
    here = scene()
    _cycle, sitting = cycles.approved(here)
    later = date(2026, 4, 2)
    sitting = services.sitting_change(
        sitting=sitting, version=sitting.version, held_on=later, place="Зал", user=here.hr, on=ORDERED
    )
    assert sitting.held_on == later
    begun(here, sitting)
    values = {"held_on": later, "place": "Зал", "user": here.hr, "on": later}
    sitting = services.sitting_change(sitting=sitting, version=fresh(sitting).version, recording="Сейф", **values)
    assert sitting.recording == "Сейф"
    with refused(Lack.WRONG_STATE):
        services.sitting_change(sitting=sitting, version=sitting.version, **{**values, "held_on": date(2026, 4, 3)})


# --------------------------------------------------------------------------------------------------------- preparations


def test_many_notices_are_noted_together_or_not_at_all() -> None:
    here = scene(people=2)
    cycle, _sitting = cycles.approved(here)
    seen = {case.pk: case.version for case in cases_of(cycle)}
    stale = dict.fromkeys(seen, 99) | dict([next(iter(seen.items()))])
    with pytest.raises(StaleCycleError):
        services.cases_notify(cycle=cycle, cases=stale, proof="post", user=here.hr, on=ORDERED)
    assert {case.notified_on for case in cases_of(cycle)} == {None}
    services.cases_notify(cycle=cycle, cases=seen, proof="post", user=here.hr, on=ORDERED)
    assert {case.notified_on for case in cases_of(cycle)} == {ORDERED}
    asked = {case.pk: case.version for case in cases_of(cycle)}
    services.characteristics_request(cycle=cycle, cases=asked, user=here.hr, on=ORDERED)
    assert {case.characteristic_requested_on for case in cases_of(cycle)} == {ORDERED}


def test_another_text_of_the_characteristic_has_to_be_shown_anew() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    case = prepared(here, cases_of(cycle)[0])
    case = services.case_object(case=case, version=case.version, words="Келіспеймін", user=here.hr, on=HELD)
    assert (case.objection, case.objection_on) == ("Келіспеймін", HELD)
    told = {"assessment": "Жақсы", "author": "Бөлім басшысы", "user": here.manager, "on": HELD}
    case = services.characteristic_hand_in(case=case, version=case.version, text="Жұмысын біледі.", **told)
    assert case.acquainted_on == cycles.ACQUAINTED
    case = services.characteristic_hand_in(case=case, version=case.version, text="Жұмысын жақсы біледі.", **told)
    assert case.acquainted_on is None


def test_the_sheet_asks_for_particulars_and_for_a_test() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    case = services.case_particulars(
        case=cases_of(cycle)[0],
        version=fresh(cases_of(cycle)[0]).version,
        academic_degree="магистр",
        sanctions="",
        civil_service_length="6 ж.",
        near_pension=False,
        user=here.hr,
        on=ORDERED,
    )
    case = services.case_test(case=case, version=case.version, passed=True, user=here.hr, on=ORDERED)
    assert (case.academic_degree, case.near_pension, case.test_passed) == ("магистр", False, True)


# ----------------------------------------------------------------------------------------------------------- every role


def test_nobody_without_a_part_does_anything() -> None:
    here = scene()
    cycle, sitting, case = at_sitting(here)
    sheet = vote(here, case, members_of(cycle)[0], **SECOND)
    auditor = UserFactory()
    GrantFactory(user=auditor, organisation=here.organisation, role=Role.AUDITOR)
    day: dict[str, Any] = {"on": HELD}
    of_cycle = {"cycle": cycle, "version": cycle.version, **day}
    of_case = {"case": case, "version": case.version, **day}
    of_sitting = {"sitting": sitting, "version": sitting.version, **day}
    attempts: list[tuple[Any, dict[str, Any]]] = [
        (services.cycle_change, {**of_cycle, "title": "x", "starts_on": HELD}),
        (services.cycle_propose, of_cycle),
        (services.case_add, {**of_cycle, "employee": here.people[0]}),
        (services.case_include, of_case),
        (services.case_exclude, {**of_case, "reason": "x"}),
        (services.case_ask_category, {**of_case, "level": "", "category": ""}),
        (services.commission_set, {**of_cycle, "members": []}),
        (services.sitting_plan, {**of_cycle, "held_on": HELD}),
        (services.sitting_change, {**of_sitting, "held_on": HELD}),
        (services.sitting_cancel, of_sitting),
        (services.cases_schedule, {**of_sitting, "cases": []}),
        (services.cycle_approve, {**of_cycle, "order_on": HELD}),
        (services.additions_approve, {**of_cycle, "order_on": HELD}),
        (services.case_notify, {**of_case, "proof": "post"}),
        (services.characteristic_request, of_case),
        (services.characteristic_hand_in, {**of_case, "text": "x", "assessment": "", "author": ""}),
        (services.case_acquaint, of_case),
        (services.case_object, {**of_case, "words": "x"}),
        (services.case_test, {**of_case, "passed": True}),
        (
            services.case_particulars,
            {**of_case, "academic_degree": "", "sanctions": "", "civil_service_length": "", "near_pension": None},
        ),
        (services.sitting_open, {**of_sitting, "present": []}),
        (services.sitting_presence, {**of_sitting, "present": []}),
        (services.case_interview, {**of_case, "questions": "", "remarks": "", "opinion": ""}),
        (services.case_missed, {**of_case, "reason": "none"}),
        (services.sheet_submit, {**of_case, "version": None, "member": members_of(cycle)[0], "decision": "fits"}),
        (services.opinion_attach, {"sheet": sheet, "version": 1, "words": "x", **day}),
        (services.case_decide, of_case),
        (services.decision_withdraw, of_case),
        (services.sitting_close, of_sitting),
        (services.sitting_reopen, of_sitting),
        (services.minutes_sign, of_sitting),
        (services.case_approve, of_case),
        (services.result_acquaint, of_case),
        (services.result_refuse, {**of_case, "witnesses": "x"}),
        (services.cycle_close, {**of_cycle, "results_order_on": HELD}),
        (services.case_repeat, of_case),
        (services.case_cancel, {**of_case, "reason": "x"}),
        (services.cycle_cancel, {**of_cycle, "reason": "x"}),
        (services.cases_approve, {"cycle": cycle, "cases": {case.pk: case.version}, **day}),
        (services.cases_notify, {"cycle": cycle, "cases": {case.pk: case.version}, "proof": "post", **day}),
        (services.characteristics_request, {"cycle": cycle, "cases": {case.pk: case.version}, **day}),
        (
            services.cycle_open,
            {"organisation": here.organisation, "regime": here.regime, "title": "x", "starts_on": HELD, **day},
        ),
    ]
    tried = {attempt.__name__ for attempt, _told in attempts}
    offered = {name for name in services.__all__ if name[0].islower()} - {"paper_register"}
    assert tried == offered
    for attempt, told in attempts:
        with pytest.raises(NotYourPartError):
            attempt(**told, user=auditor)


def test_the_secretary_of_the_commission_keeps_the_minutes_without_any_grant() -> None:
    here = scene()
    cycle, sitting, case = at_sitting(here, users=True)
    secretary = members_of(cycle, voting=False)[-1].user
    assert secretary is not None
    voted(here, case, members_of(cycle), user=secretary, **SECOND)
    case = services.case_decide(case=case, version=fresh(case).version, user=secretary, on=HELD)
    services.sitting_close(sitting=sitting, version=fresh(sitting).version, user=secretary, on=HELD)
    with pytest.raises(NotYourPartError):
        services.case_notify(case=case, version=case.version, proof="post", user=secretary, on=HELD)


def test_the_chair_decides_and_an_ordinary_member_does_not() -> None:
    here = scene()
    cycle, _sitting, case = at_sitting(here, users=True)
    chair, member = members_of(cycle)[:2]
    voted(here, case, members_of(cycle), **SECOND)
    with pytest.raises(NotYourPartError):
        services.case_decide(case=case, version=fresh(case).version, user=member.user, on=HELD)
    case = services.case_decide(case=case, version=fresh(case).version, user=chair.user, on=HELD)
    assert case.decided_by == chair.user


def test_the_head_of_another_unit_hands_in_no_characteristic() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    case = cases_of(cycle)[0]
    other = cycles.scene(bin_number="210987654321").manager
    told = {"text": "x", "assessment": "", "author": "", "on": HELD}
    with pytest.raises(NotYourPartError):
        services.characteristic_hand_in(case=case, version=case.version, user=other, **told)
    with refused(Lack.NO_CHARACTERISTIC):
        services.characteristic_hand_in(case=case, version=case.version, user=here.manager, **{**told, "text": " "})
