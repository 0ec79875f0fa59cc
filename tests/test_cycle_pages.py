"""Pages of attestation cycles as wholes: who sees them, what they say, what can be done on them and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from attestation import cycle_services as services
from attestation.codes import CaseState, CycleState, SittingState
from attestation.cycle import Task
from attestation.cycle_pages import place_of
from attestation.cycle_services import StaleCycleError
from attestation.models import Case, CommissionMember, Cycle, OrganisationRegime, Regime, Sitting
from attestation.regime_services import regime_variant
from employees.codes import Role
from employees.models import Employee, User
from tests import cycles
from tests.cycles import GENERAL, HELD, Scene, cases_of, fresh, members_of, scene
from tests.factories import AwardFactory, EmployeeFactory, GrantFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

#: A Friday after the order and before the first day: the notices were due on 1 March.
TODAY = date(2026, 3, 13)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Ask for everything on one day, in English."""
    with time_machine.travel("2026-03-13 12:00", tick=False), translation.override("en"):
        yield


def client_of(user: User) -> Client:
    """Give a browser in which somebody is logged in, speaking English."""
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def text_of(response: Any) -> str:
    """Give the page as text, its spaces and lines taken together."""
    return " ".join(response.content.decode().split())


def opened(user: User, name: str, *args: Any, **query: Any) -> str:
    """Open a page that must be there."""
    response = client_of(user).get(reverse(name, args=args), query)
    assert response.status_code == 200
    return text_of(response)


def posted(user: User, name: str, *args: Any, query: str = "", **data: Any) -> Any:
    """Post to a page."""
    return client_of(user).post(reverse(name, args=args) + query, data)


def ticked(*cases: Case) -> list[str]:
    """Give the ticks of cases as their page writes them."""
    return [f"{case.pk}:{case.version}" for case in cases]


def member_of(cycle: Cycle) -> User:
    """Give somebody without any right who is in the commission."""
    user: User = UserFactory(username="member")
    member = CommissionMember.objects.filter(cycle=cycle, role="member").order_by("pk")[0]
    member.user = user
    member.save()
    return user


def auditor_of(here: Scene) -> User:
    """Give an auditor of the organisation."""
    user: User = UserFactory(username="auditor")
    GrantFactory(user=user, organisation=here.organisation, role=Role.AUDITOR)
    return user


WHOLE = (
    "cycle",
    "cycle_people",
    "cycle_commission",
    "cycle_sittings",
    "cycle_order",
    "cycle_results",
    "cycle_papers",
)


# -------------------------------------------------------------------------------------------------------- who sees what


def test_whoever_has_a_part_in_a_cycle_reads_all_of_it_and_nobody_else_knows_of_it() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    stranger: User = UserFactory()
    GrantFactory(user=stranger, organisation=OrganisationFactory(), role=Role.HR)
    readers = (here.hr, here.head, auditor_of(here), member_of(cycle))
    for name in WHOLE:
        for user in readers:
            assert client_of(user).get(reverse(name, args=[cycle.pk])).status_code == 200, (name, user)
        for user in (stranger, here.manager):
            assert client_of(user).get(reverse(name, args=[cycle.pk])).status_code == 404, (name, user)


def test_readers_find_nothing_to_press() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    for user in (auditor_of(here), member_of(cycle)):
        for name in WHOLE:
            page = opened(user, name, cycle.pk)
            posts = page.count('method="post"')
            assert posts == (3 if name == "cycle_people" else 2), name  # the language, logging out; a name to look for
            assert 'name="case"' not in page


def test_a_member_without_any_right_finds_attestation_in_the_navigation_and_a_stranger_to_it_does_not() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    address = f'href="{reverse("attestation")}"'
    assert address in opened(member_of(cycle), "positions")
    texts: User = UserFactory()
    GrantFactory(user=texts, organisation=here.organisation, role=Role.TEXTS)
    assert address not in opened(texts, "positions")
    assert client_of(texts).get(reverse("attestation")).status_code == 403
    assert client_of(UserFactory()).get(reverse("attestation")).status_code == 403


# ----------------------------------------------------------------------------------------------------------- first page


def test_the_first_page_tells_tasks_of_a_kind_together_with_the_last_day_and_what_is_late() -> None:
    here = scene(people=3)
    cycle, _sitting = cycles.approved(here)
    page = opened(here.hr, "attestation")
    people = reverse("cycle_people", args=[cycle.pk])
    assert f'href="{people}?wait=notify">Hand over the notice</a>' in page
    assert "3 people" in page
    assert "01.03.2026" in page
    assert '<span class="sign" aria-hidden="true">!</span>overdue: 3' in page
    first = cases_of(cycle)[0]
    cycles.prepared(here, first)
    assert "2 people" in opened(here.hr, "attestation")


def test_a_single_task_leads_to_its_case_and_the_head_of_a_unit_meets_only_the_cases_of_her_people() -> None:
    here = scene(people=2)
    cycle, _sitting = cycles.approved(here)
    asked = cases_of(cycle)[0]
    services.characteristic_request(case=asked, version=asked.version, user=here.hr, on=TODAY)
    page = opened(here.manager, "attestation")
    assert f'href="{reverse("case", args=[asked.pk])}">Hand in the service characteristic</a>' in page
    assert here.people[0].full_name in page
    assert reverse("cycle", args=[cycle.pk]) not in page
    assert "immediate superior" in page


def test_an_empty_first_page_says_what_to_do_next() -> None:
    here = scene()
    assert "No cycle goes on. Open one" in opened(here.hr, "attestation")
    assert "The HR service opens one" in opened(auditor_of(here), "attestation")
    assert "no rule-set is chosen" not in opened(here.hr, "attestation")
    OrganisationRegime.objects.all().delete()
    page = opened(here.hr, "attestation")
    assert "no rule-set is chosen" in page
    assert reverse("regime_choose", args=[here.organisation.bin]) in page


def test_cycles_that_ended_stand_below_those_that_go_on() -> None:
    here = scene()
    over, going_on = cycles.opened(here), cycles.opened(here, starts_on=date(2026, 1, 15))
    services.cycle_cancel(cycle=over, version=over.version, reason="Қателік", user=here.hr, on=TODAY)
    page = opened(here.hr, "attestation")
    found = [page.index(reverse("cycle", args=[each.pk])) for each in (going_on, over)]
    assert found == sorted(found)
    assert page.index("Closed and cancelled cycles") < found[1]


def test_older_cycles_are_shown_when_asked_for() -> None:
    here = scene()
    for number in range(31):
        one = cycles.opened(here, starts_on=HELD + timedelta(days=number))
        services.cycle_cancel(cycle=one, version=one.version, reason="Қателік", user=here.hr, on=TODAY)
    rows = opened(here.hr, "attestation").count(here.organisation.display_name)
    assert rows == 30
    assert "Show older cycles too" in opened(here.hr, "attestation")
    assert opened(here.hr, "attestation", older="1").count(here.organisation.display_name) == 31


# -------------------------------------------------------------------------------------------------------------- opening


def test_a_new_cycle_is_proposed_by_the_rule_set_that_the_organisation_follows() -> None:
    here = scene(GENERAL)
    page = opened(here.hr, "cycle_new")
    assert f'<option value="{here.regime.pk}" selected>' in page
    assert 'value="Attestation of 2026"' in page
    assert "in time for a first day from 13.04.2026 on (clause 13)" in page


def test_opening_a_cycle_leads_to_its_empty_list() -> None:
    here = scene()
    told = {"regime": here.regime.pk, "title": "Көктем", "starts_on": "2026-05-04"}
    response = posted(here.hr, "cycle_new", **told)
    cycle = Cycle.objects.get()
    assert response["Location"] == reverse("cycle_people", args=[cycle.pk])
    assert (cycle.title, cycle.starts_on, cycle.opened_by) == ("Көктем", date(2026, 5, 4), here.hr)
    assert "Propose the list" in opened(here.hr, "cycle_people", cycle.pk)


def test_a_rule_set_with_open_rules_is_refused_by_the_names_of_the_rules_and_nothing_typed_is_lost() -> None:
    here = scene()
    open_one = Regime.objects.get(code="social-workers", organisation=None)
    told = {"regime": open_one.pk, "title": "Көктем", "starts_on": "2026-05-04"}
    page = text_of(posted(here.hr, "cycle_new", **told))
    assert "This rule-set cannot be followed yet" in page
    assert "«Part of the commission that must be present»" in page
    assert 'value="Көктем"' in page
    assert 'value="2026-05-04"' in page
    assert not Cycle.objects.exists()


def test_mistakes_of_a_new_cycle_stand_beside_their_fields() -> None:
    here = scene()
    page = text_of(posted(here.hr, "cycle_new", regime="", title="", starts_on="tomorrow"))
    assert page.count("A value is needed here.") == 2
    assert "A date is needed here" in page
    early = {"regime": here.regime.pk, "title": "Көктем", "starts_on": "2015-05-04"}
    assert "The rule-set is not in force on this day." in text_of(posted(here.hr, "cycle_new", **early))


def test_of_several_organisations_one_is_chosen_first_and_variants_of_others_are_not_offered() -> None:
    here = scene()
    other = OrganisationFactory()
    GrantFactory(user=here.hr, organisation=other, role=Role.SECRETARY)
    own = regime_variant(regime=here.regime, organisation=here.organisation)
    page = opened(here.hr, "cycle_new")
    assert "For which organisation?" in page
    assert f"?organisation={other.bin}" in page
    assert f'<option value="{own.pk}"' in opened(here.hr, "cycle_new", organisation=here.organisation.bin)
    assert f'<option value="{own.pk}"' not in opened(here.hr, "cycle_new", organisation=other.bin)


def test_whoever_runs_no_attestation_opens_no_cycle() -> None:
    here = scene()
    for user in (here.head, here.manager, auditor_of(here)):
        assert client_of(user).get(reverse("cycle_new")).status_code == 403
        assert posted(user, "cycle_new", title="Көктем").status_code == 403
    assert not Cycle.objects.exists()


def test_title_and_first_day_change_while_the_cycle_is_prepared_and_a_stale_edit_is_told() -> None:
    here = scene()
    cycle = cycles.opened(here)
    told = {"title": "Басқа атау", "starts_on": "2026-04-20", "version": cycle.version}
    assert posted(here.hr, "cycle_edit", cycle.pk, **told).status_code == 302
    assert (fresh(cycle).title, fresh(cycle).starts_on) == ("Басқа атау", date(2026, 4, 20))
    page = text_of(posted(here.hr, "cycle_edit", cycle.pk, **(told | {"title": "Үшінші"})))
    assert escape(str(StaleCycleError())) in page
    assert 'value="Үшінші"' in page
    assert fresh(cycle).title == "Басқа атау"


# --------------------------------------------------------------------------------------------------------------- stages


def test_the_stages_say_how_far_a_cycle_has_come_whose_move_it_is_and_until_when() -> None:
    here = scene(people=2)
    cycle = cycles.opened(here)
    page = opened(here.hr, "cycle", cycle.pk)
    assert page.count("step-current") == 1
    assert '<li class="step step-current" aria-current="step">' in page
    assert page.index("step-current") < page.index("List")
    assert "Prepare the list of persons" in page
    assert "until 01.03.2026" in page  # the order, for the notices follow it
    cycle, _sitting = cycles.approved(scene(people=2, bin_number="123456789013"))
    page = opened(User.objects.get(pk=cycle.opened_by_id), "cycle", cycle.pk)
    assert page.count("step-done") == 4
    assert "0 of 2" in page
    assert "Hand over the notice" in page
    assert "clause 10" in page


def test_the_schedule_stays_in_progress_after_the_order_while_somebody_is_before_no_sitting() -> None:
    here = scene(people=2)
    cycle, sitting = cycles.approved(here)
    services.sitting_cancel(sitting=sitting, version=fresh(sitting).version, user=here.hr, on=TODAY)
    page = opened(here.hr, "cycle", cycle.pk)
    assert page.count("step-done") == 3
    assert page.count("step-current") == 2
    assert "Put the case before a sitting" in page


def test_what_is_done_with_a_sitting_is_counted_once_for_it() -> None:
    here = scene(people=3)
    cycle, _sitting = cycles.approved(here)
    page = opened(here.hr, "cycle", cycle.pk)
    row = page[page.index("Open the sitting") :]
    assert '<td class="number" data-label="How many">1</td>' in row[:300]


# --------------------------------------------------------------------------------------------------------------- people


def test_the_list_says_why_everybody_is_in_it_or_is_not_with_the_clause() -> None:
    here = scene(people=1)
    AwardFactory(employee=cycles.due_person(here, last_name="Мұратова"), awarded_on=date(2022, 5, 1))
    newcomer = cycles.due_person(here, last_name="Жаңабаева", hired_on=date(2015, 1, 1), appointed_on=date(2026, 2, 1))
    cycle = cycles.proposed(here)
    page = opened(here.hr, "cycle_people", cycle.pk, state="all")
    assert 'Period since the hiring</span> <span class="second-line">clause 30; due on 01.02.2023' in page
    assert 'Period since the category was awarded</span> <span class="second-line">clause 30; due on' in page
    assert newcomer.full_name in page
    assert 'Least time in the post</span> <span class="second-line">clause 30;' in page
    assert "Why not in the list" in page
    assert newcomer.full_name not in opened(here.hr, "cycle_people", cycle.pk)
    assert newcomer.full_name in opened(here.hr, "cycle_people", cycle.pk, state="excluded")


def test_the_list_is_narrowed_by_what_waits_and_by_sitting_and_a_wrong_filter_is_passed_over() -> None:
    here = scene(people=0)
    names = ["Ахметова", "Бекова", "Жұмабаева"]
    here.people = [cycles.due_person(here, last_name=name) for name in names]
    cycle, sitting = cycles.approved(here)
    cycles.prepared(here, cases_of(cycle)[0])
    shown = {
        "wait=notify": names[1:],
        "wait=open_sitting": names,
        f"sitting={sitting.pk}": names,
        "sitting=none": [],
        "wait=nothing&state=none&sitting=x": names,
        "state=decided": [],
    }
    client = client_of(here.hr)
    for query, expected in shown.items():
        page = text_of(client.get(f"{reverse('cycle_people', args=[cycle.pk])}?{query}"))
        assert [name for name in names if f"Tick {name}" in page] == expected, query


def test_a_name_is_looked_for_by_post_also_on_a_keyboard_without_kazakh_letters() -> None:
    here = scene(people=0)
    here.people = [cycles.due_person(here, last_name=name) for name in ("Әбдіқалықова", "Бекова")]
    cycle, _sitting = cycles.approved(here)
    for reader in (here.hr, auditor_of(here)):
        response = posted(reader, "cycle_people", cycle.pk, q="абдика")
        assert response.status_code == 200
        page = text_of(response)
        assert "Әбдіқалықова" in page
        assert "Бекова" not in page


def test_a_long_list_is_shown_in_pages_of_fifty_with_a_constant_number_of_queries(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    here = scene(people=5)
    cycle, _sitting = cycles.approved(here)
    client, address = client_of(here.hr), reverse("cycle_people", args=[cycle.pk])
    with django_assert_max_num_queries(15):
        client.get(address)
    Case.objects.bulk_create(
        Case(cycle=cycle, employee=person, kind="regular", state="listed", position=person.position)
        for person in EmployeeFactory.create_batch(55, organisation=here.organisation)
    )
    with django_assert_max_num_queries(15):
        page = text_of(client.get(address))
    assert page.count('name="case"') == 50
    assert "Page 1 of 2" in page
    assert text_of(client.get(address, {"page": 2})).count('name="case"') == 10


@pytest.mark.parametrize(
    ("name", "most"), [("cycle", 15), ("cycle_results", 15), ("cycle_order", 15), ("attestation", 18)]
)
def test_the_other_pages_ask_the_same_number_of_queries_for_any_number_of_people(
    name: str, most: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    here = scene(people=5)
    cycle, _sitting = cycles.approved(here)
    client = client_of(here.hr)
    address = reverse(name, args=[] if name == "attestation" else [cycle.pk])
    with django_assert_max_num_queries(most) as few:
        client.get(address)
    Case.objects.bulk_create(
        Case(cycle=cycle, employee=person, kind="regular", state="listed", position=person.position)
        for person in EmployeeFactory.create_batch(55, organisation=here.organisation)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_proposing_again_adds_whoever_is_new_and_a_stale_page_is_told() -> None:
    here = scene(people=1)
    cycle = cycles.opened(here)
    assert posted(here.hr, "cycle_propose", cycle.pk, version=cycle.version).status_code == 302
    assert len(cases_of(cycle)) == 1
    cycles.due_person(here)
    stale = client_of(here.hr)
    stale.post(reverse("cycle_propose", args=[cycle.pk]), {"version": cycle.version})
    assert escape(str(StaleCycleError())) in text_of(stale.get(reverse("cycle_people", args=[cycle.pk])))
    assert len(cases_of(cycle)) == 1
    posted(here.hr, "cycle_propose", cycle.pk, version=fresh(cycle).version)
    assert len(cases_of(cycle)) == 2
    assert "Propose again" in opened(here.hr, "cycle_people", cycle.pk)


def test_whoever_is_not_due_is_added_early_on_application_alone() -> None:
    here = scene(people=1)
    cycle = cycles.proposed(here)
    early = cycles.due_person(here, last_name="Ерте", hired_on=date(2025, 6, 1))
    told = {
        "employee": f"{early.personnel_number} {early.full_name}",
        "applied_on": "",
        "version": fresh(cycle).version,
    }
    page = text_of(posted(here.hr, "cycle_person_add", cycle.pk, **told))
    assert escape("The employee's application is missing.") in page
    assert "(clause 31)" in page
    assert "Ерте" in page
    ahead = told | {"applied_on": "2026-03-14"}
    assert "This day is still to come." in text_of(posted(here.hr, "cycle_person_add", cycle.pk, **ahead))
    assert posted(here.hr, "cycle_person_add", cycle.pk, **(told | {"applied_on": "2026-03-13"})).status_code == 302
    added = Case.objects.get(employee=early)
    assert (added.kind, added.state, added.applied_on) == ("early", CaseState.PROPOSED, TODAY)
    assert 'Early attestation</span> <span class="second-line">clause 31' in opened(here.hr, "cycle_people", cycle.pk)


def test_only_employees_of_the_organisation_who_are_not_in_the_list_can_be_added() -> None:
    here = scene(people=1)
    cycle = cycles.proposed(here)
    stranger: Employee = EmployeeFactory(personnel_number="99999")
    for wrong in (stranger.personnel_number, here.people[0].personnel_number, "нет такого"):
        told = {"employee": wrong, "version": fresh(cycle).version}
        assert "There is no such employee here." in text_of(posted(here.hr, "cycle_person_add", cycle.pk, **told)), (
            wrong
        )
    assert stranger.full_name not in opened(here.hr, "cycle_person_add", cycle.pk).split("known-employees")[1]


# ------------------------------------------------------------------------------------------------------- many at a time


def test_many_are_left_out_with_one_reason_and_put_back() -> None:
    here = scene(people=3)
    cycle = cycles.proposed(here)
    first, second, third = cases_of(cycle)
    told = {"case": ticked(first, second), "action": "exclude", "exclude-reason": "Ұзақ іссапарда"}
    response = posted(here.hr, "cycle_people_act", cycle.pk, query="?state=proposed", **told)
    assert response["Location"] == f"{reverse('cycle_people', args=[cycle.pk])}?state=proposed"
    assert [fresh(each).state for each in (first, second, third)] == ["excluded", "excluded", "proposed"]
    assert opened(here.hr, "cycle_people", cycle.pk, state="excluded").count("Ұзақ іссапарда") >= 2
    back = {"case": ticked(fresh(first)), "action": "include"}
    assert posted(here.hr, "cycle_people_act", cycle.pk, **back).status_code == 302
    assert [fresh(each).state for each in (first, second, third)] == ["proposed", "excluded", "proposed"]


def test_without_a_reason_or_without_a_tick_nothing_is_saved_and_nothing_typed_is_lost() -> None:
    here = scene(people=2)
    cycle = cycles.proposed(here)
    first = cases_of(cycle)[0]
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, case=ticked(first), action="exclude"))
    assert "A value is needed here." in page
    assert f'value="{first.pk}:{first.version}"' in page
    assert page.count(" checked") == 1
    assert '<details class="bulk-act" open>' in page
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, action="exclude", **{"exclude-reason": "Себебі бар"}))
    assert "Nobody is chosen. Tick at least one person." in page
    assert "Себебі бар</textarea>" in page
    assert not Case.objects.filter(state=CaseState.EXCLUDED).exists()


def test_everybody_whom_the_filter_shows_is_put_before_a_sitting_before_the_order() -> None:
    here = scene(people=4)
    cycle = cycles.proposed(here)
    sitting = cycles.sitting_in(here, cycle)
    left_out = cases_of(cycle)[0]
    services.case_exclude(case=left_out, version=left_out.version, reason="Себебі бар", user=here.hr, on=TODAY)
    page = opened(here.hr, "cycle_people", cycle.pk)
    seen = page.split('name="everybody" value="')[1].split('"')[0]
    told = {"everybody": seen, "action": "schedule", "schedule-sitting": sitting.pk}
    assert posted(here.hr, "cycle_people_act", cycle.pk, **told).status_code == 302
    assert Case.objects.filter(cycle=cycle, sitting=sitting).count() == 3
    assert fresh(left_out).sitting is None


def test_a_list_that_changed_meanwhile_is_not_taken_for_the_one_that_was_seen() -> None:
    here = scene(people=2)
    cycle, _sitting = cycles.approved(here)
    page = opened(here.hr, "cycle_people", cycle.pk)
    seen = page.split('name="everybody" value="')[1].split('"')[0]
    cycles.prepared(here, cases_of(cycle)[0])
    told = {"everybody": seen, "action": "request", "request-day": "2026-03-12"}
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, **told))
    assert "The list has changed since you opened the page." in page
    assert not Case.objects.filter(characteristic_requested_on=date(2026, 3, 12)).exists()


def test_notices_and_requests_are_noted_for_many_on_the_day_that_was_told() -> None:
    here = scene(people=3)
    cycle, _sitting = cycles.approved(here)
    first, second, third = cases_of(cycle)
    told = {"case": ticked(first, second), "action": "notify", "notify-day": "2026-02-20", "notify-proof": "signature"}
    assert posted(here.hr, "cycle_people_act", cycle.pk, **told).status_code == 302
    found = [(fresh(each).notified_on, fresh(each).notice_proof) for each in (first, second, third)]
    assert found == [(date(2026, 2, 20), "signature")] * 2 + [(None, "")]
    asked = {"case": ticked(fresh(first), third), "action": "request", "request-day": "2026-03-13"}
    assert posted(here.hr, "cycle_people_act", cycle.pk, **asked).status_code == 302
    assert [fresh(each).characteristic_requested_on for each in (first, second, third)] == [TODAY, None, TODAY]
    ahead = {"case": ticked(fresh(second)), "action": "request", "request-day": "2026-03-14"}
    assert "This day is still to come." in text_of(posted(here.hr, "cycle_people_act", cycle.pk, **ahead))
    assert fresh(second).characteristic_requested_on is None


def test_where_one_stands_in_the_way_nobody_is_saved_and_she_is_named() -> None:
    here = scene(people=0)
    here.people = [cycles.due_person(here, last_name=name) for name in ("Ахметова", "Бекова")]
    cycle, _sitting = cycles.approved(here)
    first, second = cases_of(cycle)
    seen = ticked(first, second)
    cycles.prepared(here, first)
    told = {"case": seen, "action": "notify", "notify-day": "2026-03-01", "notify-proof": "post"}
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, **told))
    assert "Nothing was saved." in page
    assert escape(f"{first.employee.full_name}: {StaleCycleError()}") in page
    assert escape(f"{second.employee.full_name}:") not in page
    assert fresh(second).notified_on is None
    early = cycles.sitting_in(here, cycle)
    Sitting.objects.filter(pk=early.pk).update(held_on=date(2026, 3, 2))
    put = {"case": ticked(fresh(first)), "action": "schedule", "schedule-sitting": early.pk}
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, **put))
    assert f"{first.employee.full_name}: No sitting can be held before the first day of the attestation" in page


def test_nobody_does_with_many_what_is_for_others_to_do_or_what_cannot_be_done_now() -> None:
    here = scene(people=1)
    cycle, _sitting = cycles.approved(here)
    ticks = ticked(*cases_of(cycle))
    told = {"case": ticks, "action": "notify", "notify-day": "2026-03-01", "notify-proof": "post"}
    for user in (auditor_of(here), member_of(cycle)):
        assert posted(user, "cycle_people_act", cycle.pk, **told).status_code == 403
    assert posted(here.head, "cycle_people_act", cycle.pk, **told).status_code == 400
    for wrong in ("approve", "nonsense", ""):
        assert posted(here.hr, "cycle_people_act", cycle.pk, case=ticks, action=wrong).status_code == 400
    assert fresh(cases_of(cycle)[0]).notified_on is None


def test_ticks_that_nobody_can_have_made_change_nothing() -> None:
    here = scene(people=1)
    cycle, _sitting = cycles.approved(here)
    for wrong in ("x", "1", f"{10**30}:1", "0:0"):
        told = {"case": wrong, "action": "request", "request-day": "2026-03-12"}
        response = posted(here.hr, "cycle_people_act", cycle.pk, **told)
        assert response.status_code == 200, wrong
        assert "Nothing was saved." in text_of(response)


# ----------------------------------------------------------------------------------------------------------- commission


def lines(*members: dict[str, Any], version: int, before: int = 0) -> dict[str, Any]:
    """Tell the lines of a commission as its form posts them."""
    data: dict[str, Any] = {"version": version, "member-TOTAL_FORMS": len(members), "member-INITIAL_FORMS": before}
    for number, member in enumerate(members):
        told = {"role": "member", **member}
        data |= {f"member-{number}-{name}": value for name, value in told.items()}
    return data


def test_a_commission_is_named_and_what_it_lacks_is_said_with_the_clause() -> None:
    here = scene(people=1)
    cycle = cycles.opened(here)
    chair, account = here.people[0], here.head
    told = lines(
        {"role": "chair", "employee": f"{chair.personnel_number} {chair.full_name}", "user": account.pk},
        {"name": "Сейітов Б.", "post": "маман", "represents_employees": "on"},
        {"role": "member"},
        version=cycle.version,
    )
    assert posted(here.hr, "cycle_commission", cycle.pk, **told).status_code == 302
    found = list(CommissionMember.objects.filter(cycle=cycle).order_by("order"))
    assert [(each.role, each.name, each.represents_employees) for each in found] == [
        ("chair", chair.full_name, False),
        ("member", "Сейітов Б.", True),
    ]
    assert (found[0].employee, found[0].user, found[0].post) == (chair, account, chair.position.title)
    page = opened(here.hr, "cycle_commission", cycle.pk)
    assert "The commission has no secretary. Name one." in page
    assert "Needed: 7; there are: 2." in page
    assert "(clause 17)" in page


def test_a_commission_as_the_rules_want_it_is_said_to_be_so_and_one_without_a_representative_is_noticed() -> None:
    here = scene()
    assert "The commission is as the rules want it." in opened(here.hr, "cycle_commission", cycles.proposed(here).pk)
    other = scene(bin_number="123456789013")
    page = opened(other.hr, "cycle_commission", cycles.proposed(other, representative=False).pk)
    assert "has no representative of the employees" in page
    assert "(Labour Code, art. 53(3))" in page


def test_mistakes_of_a_commission_stand_beside_their_fields_and_nothing_typed_is_lost() -> None:
    here = scene()
    cycle = cycles.opened(here)
    told = lines(
        {"role": "chair", "name": "Ахметов А.", "employee": "нет такого"},
        {"post": "маман"},
        {"role": "king", "name": "Патша"},
        version=cycle.version,
    )
    page = text_of(posted(here.hr, "cycle_commission", cycle.pk, **told))
    for words in (
        "There is no such employee here.",
        "Enter the name, or choose an employee.",
        "Choose one of the values",
    ):
        assert words in page
    for typed in ("нет такого", "Ахметов А.", "Патша"):
        assert f'value="{typed}"' in page
    assert not CommissionMember.objects.exists()


def test_two_chairs_and_one_person_twice_are_refused_in_words() -> None:
    here = scene()
    cycle = cycles.opened(here)
    person = here.people[0].personnel_number
    for told, words in (
        (lines({"role": "chair", "name": "А"}, {"role": "chair", "name": "Б"}, version=1), "more than one chair"),
        (lines({"employee": person}, {"employee": person}, version=1), "stands in the commission twice"),
    ):
        assert words in text_of(posted(here.hr, "cycle_commission", cycle.pk, **told))
    assert not CommissionMember.objects.exists()


def test_more_lines_keep_what_was_typed_and_save_nothing() -> None:
    here = scene()
    cycle = cycles.opened(here)
    told = lines({"name": "Ахметов А."}, version=cycle.version) | {"more": "1"}
    page = text_of(posted(here.hr, "cycle_commission", cycle.pk, **told))
    assert 'value="Ахметов А."' in page
    assert page.count('class="sheet member"') == 4
    assert "Something is wrong below" not in page
    assert not CommissionMember.objects.exists()


def test_a_member_is_taken_out_and_a_stale_commission_is_told() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    members = members_of(cycle, voting=False)
    told = [{"pk": each.pk, "role": each.role, "name": each.name, "post": each.post} for each in members]
    told[2]["out"] = "on"
    data = lines(*told, version=cycle.version, before=len(told))
    assert posted(here.hr, "cycle_commission", cycle.pk, **data).status_code == 302
    assert [each.pk for each in members_of(cycle, voting=False)] == [each.pk for each in members if each != members[2]]
    page = text_of(posted(here.hr, "cycle_commission", cycle.pk, **data))
    assert escape(str(StaleCycleError())) in page
    assert len(members_of(cycle, voting=False)) == 7


def test_after_the_order_only_the_head_changes_the_commission() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    assert "only the head changes it now" in opened(here.hr, "cycle_commission", cycle.pk)
    data = lines({"name": "Жаңа мүше"}, version=fresh(cycle).version)
    assert posted(here.hr, "cycle_commission", cycle.pk, **data).status_code == 403
    page = text_of(posted(here.head, "cycle_commission", cycle.pk, **data))
    assert "The commission has no chair. Name one." in page
    assert len(members_of(cycle, voting=False)) == 8


def test_accounts_of_other_organisations_are_not_offered() -> None:
    here = scene()
    other: User = UserFactory(username="otherhr")
    GrantFactory(user=other, organisation=OrganisationFactory(), role=Role.HR)
    page = opened(here.hr, "cycle_commission", cycles.opened(here).pk)
    assert f'<option value="{here.head.pk}">' in page
    assert "otherhr" not in page


# ------------------------------------------------------------------------------------------------------------- sittings


def test_a_sitting_is_planned_changed_and_cancelled() -> None:
    here = scene(people=2)
    cycle = cycles.proposed(here)
    told = {"held_on": "2026-04-02", "starts_at": "10:00", "place": "Кеңес бөлмесі", "version": cycle.version}
    assert posted(here.hr, "cycle_sittings", cycle.pk, **told).status_code == 302
    sitting = Sitting.objects.get()
    assert (sitting.number, sitting.held_on, sitting.place) == (1, date(2026, 4, 2), "Кеңес бөлмесі")
    page = opened(here.hr, "cycle_sittings", cycle.pk)
    assert "2 people are before no sitting yet" in page
    moved = {"held_on": "2026-04-03", "starts_at": "", "place": "Зал", "recording": "", "version": sitting.version}
    assert posted(here.hr, "cycle_sitting", cycle.pk, sitting.pk, **moved).status_code == 302
    assert (fresh(sitting).held_on, fresh(sitting).place) == (date(2026, 4, 3), "Зал")
    page = text_of(posted(here.hr, "cycle_sitting", cycle.pk, sitting.pk, **(moved | {"place": "Басқа зал"})))
    assert escape(str(StaleCycleError())) in page
    assert 'value="Басқа зал"' in page
    version = fresh(sitting).version
    assert posted(here.hr, "cycle_sitting_cancel", cycle.pk, sitting.pk, version=version).status_code == 302
    assert fresh(sitting).state == SittingState.CANCELLED


def test_a_sitting_before_the_first_day_is_refused_beside_the_day_with_the_clause() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    told = {"held_on": "2026-03-31", "starts_at": "25:00", "place": "Зал", "version": cycle.version}
    assert "An hour is needed here" in text_of(posted(here.hr, "cycle_sittings", cycle.pk, **told))
    page = text_of(posted(here.hr, "cycle_sittings", cycle.pk, **(told | {"starts_at": ""})))
    assert 'id="id_held_on_error"' in page
    assert "Possible from: 01.04.2026. (clause 10)" in page
    assert 'value="Зал"' in page
    assert not Sitting.objects.exists()


def test_a_sitting_of_another_cycle_is_not_found_here() -> None:
    here = scene()
    cycle, other = cycles.proposed(here), cycles.opened(here)
    sitting = cycles.sitting_in(here, cycle)
    assert client_of(here.hr).get(reverse("cycle_sitting", args=[other.pk, sitting.pk])).status_code == 404
    assert posted(here.hr, "cycle_sitting_cancel", other.pk, sitting.pk, version=1).status_code == 404


def test_a_secretary_without_any_right_keeps_the_sittings_and_nothing_else() -> None:
    here = scene(people=1)
    cycle = cycles.proposed(here)
    user: User = UserFactory()
    CommissionMember.objects.filter(cycle=cycle, role="secretary").update(user=user)
    told = {"held_on": "2026-04-02", "starts_at": "", "place": "", "version": fresh(cycle).version}
    assert posted(user, "cycle_sittings", cycle.pk, **told).status_code == 302
    put = {"case": ticked(*cases_of(cycle)), "action": "schedule", "schedule-sitting": Sitting.objects.get().pk}
    assert posted(user, "cycle_people_act", cycle.pk, **put).status_code == 302
    assert cases_of(cycle)[0].sitting is not None
    assert posted(user, "cycle_propose", cycle.pk, version=1).status_code == 403
    assert posted(user, "cycle_commission", cycle.pk, version=1).status_code == 403


# ---------------------------------------------------------------------------------------------------------------- order


def test_the_order_names_all_that_it_still_lacks() -> None:
    here = scene(people=0)
    cycle = cycles.opened(here)
    page = opened(here.head, "cycle_order", cycle.pk)
    assert "The order cannot be signed yet:" in page
    for words in ("no chair", "no secretary", "too few members", "Nobody is in the list."):
        assert words in page, words
    assert "The day of the order is missing" not in page
    assert 'type="submit" disabled' in page
    data = {"order_on": "2026-03-13", "version": cycle.version}
    assert "The commission has no chair." in text_of(posted(here.head, "cycle_order", cycle.pk, **data))
    assert fresh(cycle).state == CycleState.DRAFT


def test_the_head_approves_list_schedule_and_commission_by_one_order_and_nobody_else_does() -> None:
    here = scene(people=2)
    cycle = cycles.proposed(here)
    assert "The head of the organisation signs it." in opened(here.hr, "cycle_order", cycle.pk)
    data = {"order_on": "2026-03-12", "version": fresh(cycle).version}
    for user in (here.hr, auditor_of(here)):
        assert posted(user, "cycle_order", cycle.pk, **data).status_code == 403
    page = text_of(posted(here.head, "cycle_order", cycle.pk, order_on="2026-03-12", version=1))
    assert escape(str(StaleCycleError())) in page
    assert 'value="2026-03-12"' in page
    assert posted(here.head, "cycle_order", cycle.pk, **data).status_code == 302
    assert (fresh(cycle).state, fresh(cycle).order_on) == (CycleState.APPROVED, date(2026, 3, 12))
    assert "№ 1, 12.03.2026" in opened(here.hr, "cycle_order", cycle.pk)


def test_whoever_is_added_after_the_order_waits_for_a_further_one() -> None:
    here = scene(people=1)
    cycle, _sitting = cycles.approved(here)
    late = cycles.due_person(here)
    told = {"employee": late.personnel_number, "applied_on": "", "version": fresh(cycle).version}
    assert posted(here.hr, "cycle_person_add", cycle.pk, **told).status_code == 302
    assert "Added after the order" in opened(here.head, "cycle_order", cycle.pk)
    data = {"order_on": "2026-03-13", "version": fresh(cycle).version}
    assert posted(here.head, "cycle_order", cycle.pk, **data).status_code == 302
    assert Case.objects.get(employee=late).state == CaseState.LISTED
    assert "Added after the order" not in opened(here.head, "cycle_order", cycle.pk)


# -------------------------------------------------------------------------------------------------------------- results


@pytest.fixture
def judged() -> Iterator[tuple[Scene, Cycle]]:
    """A cycle of two whose decisions wait for the head, on the day after the minutes were signed."""
    here = scene(people=0)
    here.people = [cycles.due_person(here, last_name=name) for name in ("Ахметова", "Бекова")]
    cycle, sitting = cycles.approved(here)
    first, second = [cycles.prepared(here, case) for case in cases_of(cycle)]
    cycles.begun(here, sitting)
    for case, choice in ((first, cycles.SECOND), (second, cycles.NO_GROUNDS)):
        cycles.voted(here, case, members_of(cycle), **choice)
        cycles.decided(here, case)
    cycles.signed(here, sitting)
    with time_machine.travel("2026-04-06 12:00", tick=False):
        yield here, cycle


def test_results_are_counted_and_wait_for_the_head_until_the_day_of_the_clause(judged: tuple[Scene, Cycle]) -> None:
    here, cycle = judged
    page = opened(here.hr, "cycle_results", cycle.pk)
    assert '<th scope="row">Fits the post held</th><td class="number">2</td>' in page
    assert 'No grounds for establishing the category</th><td class="number">1</td>' in page
    assert "Decisions that wait for the head" in page
    assert "10.04.2026" in page
    assert 'name="case"' not in page


def test_the_head_approves_the_decisions_that_are_ticked(judged: tuple[Scene, Cycle]) -> None:
    here, cycle = judged
    first, second = cases_of(cycle)
    data = {"case": ticked(first), "approve-day": "2026-04-06", "approve-head_decision": "Бекітемін"}
    assert posted(here.hr, "cycle_results", cycle.pk, **data).status_code == 403
    assert posted(here.head, "cycle_results", cycle.pk, **data).status_code == 302
    assert [fresh(each).state for each in (first, second)] == ["approved", "decided"]
    assert fresh(first).head_decision == "Бекітемін"
    page = text_of(posted(here.head, "cycle_results", cycle.pk, **(data | {"case": ticked(first, second)})))
    assert "Nothing was saved." in page
    assert escape(f"{first.employee.full_name}: {StaleCycleError()}") in page
    assert "Бекітемін</textarea>" in page
    assert fresh(second).state == CaseState.DECIDED
    many = {"case": ticked(fresh(second)), "action": "approve", "approve-day": "2026-04-06"}
    assert posted(here.head, "cycle_people_act", cycle.pk, **many).status_code == 302
    assert fresh(second).state == CaseState.APPROVED


def test_a_cycle_is_closed_when_nothing_is_missing_and_what_is_missing_leads_there(judged: tuple[Scene, Cycle]) -> None:
    here, cycle = judged
    page = opened(here.hr, "cycle_results", cycle.pk)
    assert f'<a href="{reverse("cycle_people", args=[cycle.pk])}">Not every case is finished.' in page
    data = {"results_order_on": "2026-04-06", "version": fresh(cycle).version}
    assert "Not every case is finished." in text_of(posted(here.hr, "cycle_close", cycle.pk, **data))
    approve = {"case": ticked(*cases_of(cycle)), "approve-day": "2026-04-06"}
    posted(here.head, "cycle_results", cycle.pk, **approve)
    for case in cases_of(cycle):
        services.result_acquaint(case=case, version=case.version, user=here.hr, on=date(2026, 4, 6))
    stale = text_of(posted(here.hr, "cycle_close", cycle.pk, **(data | {"version": 1})))
    assert escape(str(StaleCycleError())) in stale
    data["version"] = fresh(cycle).version
    assert posted(here.head, "cycle_close", cycle.pk, **data).status_code == 403
    assert posted(here.hr, "cycle_close", cycle.pk, **data).status_code == 302
    assert fresh(cycle).state == CycleState.CLOSED
    assert opened(here.hr, "cycle", cycle.pk).count("step-done") == 8


def test_a_cycle_is_cancelled_with_a_reason_before_the_order_by_hr_and_afterwards_by_the_head() -> None:
    here = scene(people=1)
    draft = cycles.opened(here)
    page = text_of(posted(here.hr, "cycle_cancel", draft.pk, reason="", version=draft.version))
    assert "A value is needed here." in page
    assert posted(here.hr, "cycle_cancel", draft.pk, reason="Қате ашылды", version=draft.version).status_code == 302
    assert "Қате ашылды" in opened(here.hr, "cycle", draft.pk)
    cycle, _sitting = cycles.approved(here)
    data = {"reason": "Тәртіп бұзылды", "version": fresh(cycle).version}
    assert posted(here.hr, "cycle_cancel", cycle.pk, **data).status_code == 403
    assert posted(here.head, "cycle_cancel", cycle.pk, **data).status_code == 302
    assert (fresh(cycle).state, fresh(cycle).cancel_reason) == (CycleState.CANCELLED, "Тәртіп бұзылды")


def test_every_task_of_a_cycle_has_a_page_on_which_it_is_done() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    client = client_of(here.hr)
    for task in Task:
        assert client.get(place_of(task, cycle)).status_code == 200, task


def test_what_the_state_of_a_cycle_forbids_is_told_on_the_page() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here)
    told = {"title": "Басқа", "starts_on": HELD, "version": fresh(cycle).version}
    page = text_of(posted(here.hr, "cycle_edit", cycle.pk, **told))
    assert "This cannot be done in the present state" in page
    assert fresh(cycle).title != "Басқа"


def test_the_answer_to_a_post_has_no_dead_address() -> None:
    """The language and the filters are changed on the page that told what was wrong, too."""
    here = scene(people=1)
    cycle, _sitting = cycles.approved(here)
    places = {"cycle_people_act": "cycle_people", "cycle_close": "cycle_results", "cycle_cancel": "cycle_results"}
    for name, place in places.items():
        response = client_of(here.hr).get(reverse(name, args=[cycle.pk]))
        assert response["Location"] == reverse(place, args=[cycle.pk])
    page = text_of(posted(here.hr, "cycle_people_act", cycle.pk, action="request"))
    assert f'method="get" action="{reverse("cycle_people", args=[cycle.pk])}"' in page
