"""Who sees which cycle, case and sitting, and what each is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from attestation import cycle_services as services
from attestation.cycle_access import may_hand_in, what_may
from attestation.cycle_selectors import (
    attestation_history,
    case_of,
    cases_in,
    category_proposed,
    commission_of,
    cycle_of,
    cycles_for,
    sheets_of,
    sitting_of,
    sittings_in,
    tasks_of,
)
from attestation.models import Cycle, Sitting
from employees.codes import Role
from employees.models import User
from tests import cycles
from tests.cycles import (
    GENERAL,
    HELD,
    OPENED,
    ORDERED,
    SECOND,
    Scene,
    begun,
    cases_of,
    decided,
    fresh,
    members_of,
    prepared,
    scene,
    signed,
    vote,
    voted,
)
from tests.factories import AwardFactory, GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def granted(here: Scene, role: Role, **told: Any) -> User:
    """Make a user with one right in the organisation."""
    user: User = UserFactory()
    GrantFactory(user=user, organisation=here.organisation, role=role, **told)
    return user


def again(user: User) -> User:
    """Give a user as the next request has her, her rights read anew."""
    return User.objects.get(pk=user.pk)


def _everybody(here: Scene, cycle: Cycle) -> dict[str, Any]:
    """Give one user of each kind."""
    members = members_of(cycle, voting=False)
    other = scene(bin_number="210987654321")
    closed = granted(here, Role.HR)
    closed.is_active = False
    return {
        "hr": here.hr,
        "secretary": granted(here, Role.SECRETARY),
        "head": here.head,
        "auditor": granted(here, Role.AUDITOR),
        "texts": granted(here, Role.TEXTS),
        "hr of a unit": granted(here, Role.HR, unit=here.unit),
        "head of her unit": here.manager,
        "head of another unit": granted(here, Role.MANAGER, unit=UnitFactory(organisation=here.organisation)),
        "member": members[1].user,
        "chair": members[0].user,
        "its secretary": members[-1].user,
        "stranger": other.hr,
        "superuser": UserFactory(is_superuser=True),
        "nobody": AnonymousUser(),
        "closed account": closed,
    }


def _who(everybody: dict[str, Any], sees: Callable[[Any], object]) -> set[str]:
    """Give those who see it; the others meet a page that is not there."""
    found = set()
    for name, user in everybody.items():
        try:
            sees(user)
        except Http404:
            continue
        found.add(name)
    return found


WHOLE = {"hr", "secretary", "head", "auditor", "member", "chair", "its secretary", "superuser"}


def test_a_cycle_is_seen_by_right_in_the_whole_organisation_or_from_its_commission() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here, users=True)
    everybody = _everybody(here, cycle)
    case = cases_of(cycle)[0]
    assert _who(everybody, lambda user: cycle_of(user, cycle.pk)) == WHOLE
    assert _who(everybody, lambda user: sitting_of(user, sitting.pk)) == WHOLE
    assert _who(everybody, lambda user: case_of(user, case.pk)) == {*WHOLE, "head of her unit"}
    assert {name for name, user in everybody.items() if what_may(user, cycle).see} == WHOLE
    assert {name for name, user in everybody.items() if cycle in cycles_for(user)} == WHOLE


def test_the_head_of_a_unit_meets_nobody_who_is_not_in_the_list() -> None:
    here = scene()
    cycle = cycles.proposed(here)
    with pytest.raises(Http404):
        case_of(here.manager, cases_of(cycle)[0].pk)
    with pytest.raises(Http404):
        case_of(here.hr, 0)


def test_each_has_her_part() -> None:
    here = scene()
    cycle, _sitting = cycles.approved(here, users=True)
    everybody = _everybody(here, cycle)
    parts = {name: what_may(user, cycle) for name, user in everybody.items()}
    running = {"hr", "secretary", "superuser"}
    assert {name for name, part in parts.items() if part.prepare} == running
    assert {name for name, part in parts.items() if part.keep_minutes} == {*running, "its secretary"}
    assert {name for name, part in parts.items() if part.approve} == {"head", "superuser"}
    assert {name for name, part in parts.items() if part.member} == {"member", "chair", "its secretary"}
    assert {name for name, part in parts.items() if part.chair} == {"chair"}
    assert {name for name, part in parts.items() if part.secretary} == {"its secretary"}
    case = cases_of(cycle)[0]
    handing = {name for name, user in everybody.items() if may_hand_in(user, case)}
    assert handing == {*running, "head", "head of her unit"}


def test_a_part_costs_one_query_beside_the_rights(django_assert_num_queries: Any) -> None:
    here = scene()
    cycle = cycle_of(here.hr, cycles.opened(here).pk)
    with django_assert_num_queries(1):
        what_may(here.hr, cycle)
    user = again(here.hr)
    with django_assert_num_queries(2):
        what_may(user, cycle)


def test_a_member_reads_her_own_sheet_alone_until_the_case_is_decided() -> None:
    here = scene(GENERAL)
    cycle, sitting = cycles.approved(here, members=2, users=True)
    case = prepared(here, cases_of(cycle)[0])
    begun(here, sitting)
    first, second = members_of(cycle)[:2]
    voted(here, case, members_of(cycle))
    case = fresh(case)
    assert [sheet.member for sheet in sheets_of(first.user, case)] == [first]
    assert [sheet.member for sheet in sheets_of(here.hr, case)] == members_of(cycle)
    assert sheets_of(here.head, case) == []
    assert sheets_of(here.manager, case) == []
    case = decided(here, case)
    for user in (second.user, here.head):
        assert len(sheets_of(user, case)) == 3
    assert sheets_of(here.manager, case) == []


def test_open_voting_lets_members_read_all_sheets() -> None:
    here = scene()
    cycle, sitting = cycles.approved(here, users=True)
    case = prepared(here, cases_of(cycle)[0])
    begun(here, sitting)
    first, second = members_of(cycle)[:2]
    vote(here, case, first, **SECOND)
    assert [sheet.member for sheet in sheets_of(second.user, fresh(case))] == [first]


def test_what_is_in_a_cycle_stands_in_its_order(django_assert_num_queries: Any) -> None:
    here = scene(people=2)
    cycle, sitting = cycles.approved(here)
    with django_assert_num_queries(3):
        assert [case.employee.full_name for case in cases_in(cycle)] == [person.full_name for person in here.people]
        assert len(commission_of(cycle)) == 8
        assert sittings_in(cycle) == [sitting]


def test_the_category_to_ask_for_is_the_next_one_if_it_is_met_on_the_day_of_the_sitting() -> None:
    here = scene(people=3)
    AwardFactory(employee=here.people[1], awarded_on=date(2022, 1, 10))
    AwardFactory(employee=here.people[2], awarded_on=date(2022, 1, 10), lapses_on=date(2026, 4, 1))
    cycle, _sitting = cycles.approved(here)
    found = {case.employee_id: category_proposed(case) for case in cases_of(cycle)}
    assert found == dict(
        zip(
            [person.pk for person in here.people],
            [("highest", "second"), ("highest", "first"), ("highest", "second")],
            strict=True,
        )
    )


def test_a_person_s_attestations_are_told_with_what_they_brought(django_assert_num_queries: Any) -> None:
    here = scene()
    cycle, sitting = cycles.approved(here)
    case = prepared(here, cases_of(cycle)[0])
    begun(here, sitting)
    voted(here, case, members_of(cycle), **SECOND)
    decided(here, case)
    signed(here, sitting)
    services.case_approve(case=case, version=fresh(case).version, user=here.head, on=cycles.APPROVED)
    with django_assert_num_queries(1):
        [held] = attestation_history(here.people[0])
        assert held.award is not None
        assert (held.record.held_on, held.award.category, held.case) == (HELD, "second", case)


# --------------------------------------------------------------------------------------------------------------- tasks


def codes(user: Any, on: date) -> list[str]:
    """Give the codes of a user's tasks."""
    return [str(task.code) for task in tasks_of(again(user), on)]


def test_tasks_go_to_whoever_has_the_move() -> None:
    here = scene()
    cycle = cycles.opened(here)
    assert codes(here.hr, OPENED) == ["name_commission", "prepare_list"]
    assert codes(here.head, OPENED) == ["sign_order"]
    services.cycle_cancel(cycle=cycle, version=1, reason="қате", user=here.hr, on=OPENED)
    assert codes(here.hr, OPENED) == []
    cycle, sitting = cycles.approved(here, users=True)
    secretary, chair = members_of(cycle, voting=False)[-1].user, members_of(cycle)[0].user
    case = cases_of(cycle)[0]
    assert codes(here.hr, ORDERED) == ["notify", "request_characteristic", "open_sitting"]
    assert codes(secretary, ORDERED) == ["open_sitting"]
    assert codes(here.manager, ORDERED) == codes(here.head, ORDERED) == codes(chair, ORDERED) == []
    services.characteristic_request(case=case, version=case.version, user=here.hr, on=ORDERED)
    [task] = tasks_of(again(here.manager), ORDERED)
    assert (str(task.code), task.case, task.until, task.overdue) == (
        "hand_in_characteristic",
        case,
        date(2026, 3, 18),
        False,
    )
    case = prepared(here, case)
    begun(here, sitting)
    assert codes(chair, HELD) == ["vote"]
    assert codes(secretary, HELD) == []
    vote(here, case, members_of(cycle)[0], user=chair, **SECOND)
    assert codes(chair, HELD) == []
    voted(here, case, members_of(cycle)[1:], **SECOND)
    assert codes(chair, HELD) == codes(secretary, HELD) == ["decide"]
    decided(here, case)
    assert codes(secretary, HELD) == ["close_sitting"]
    sitting = services.sitting_close(sitting=sitting, version=fresh(sitting).version, user=here.hr, on=HELD)
    [task] = tasks_of(again(here.hr), HELD)
    assert (str(task.code), task.sitting, task.case) == ("sign_minutes", sitting, None)
    services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=cycles.SIGNED)
    assert codes(here.hr, cycles.SIGNED) == []
    [task] = tasks_of(again(here.head), date(2026, 4, 11))
    assert (str(task.code), task.until, task.overdue) == ("approve", date(2026, 4, 10), True)
    services.case_approve(case=case, version=fresh(case).version, user=here.head, on=cycles.APPROVED)
    assert codes(here.hr, cycles.TOLD) == ["acquaint_with_sheet"]
    services.result_acquaint(case=case, version=fresh(case).version, user=here.hr, on=cycles.TOLD)
    assert codes(here.hr, cycles.TOLD) == ["close_cycle"]


def test_the_head_of_the_organisation_is_the_superior_of_whoever_is_in_no_unit() -> None:
    here = scene()
    cycles.due_person(here, unit=None)
    cycle, _sitting = cycles.approved(here)
    for case in cases_of(cycle):
        services.characteristic_request(case=case, version=case.version, user=here.hr, on=ORDERED)
    inside, outside = cases_of(cycle)
    assert [task.case for task in tasks_of(here.head, ORDERED)] == [outside]
    assert [task.case for task in tasks_of(here.manager, ORDERED)] == [inside]


def test_a_sitting_is_told_once_and_the_most_urgent_comes_first() -> None:
    here = scene(people=3)
    cycles.approved(here)
    late = tasks_of(here.hr, date(2026, 3, 2))
    assert [str(task.code) for task in late] == [*["notify"] * 3, *["request_characteristic"] * 3, "open_sitting"]
    assert [task.overdue for task in late] == [True] * 3 + [False] * 4
    assert {task.rule for task in late[:3]} == {"notice_months"}


def test_tasks_cost_the_same_for_any_number_of_people(django_assert_max_num_queries: Any) -> None:
    here = scene(people=2)
    cycle, _sitting = cycles.approved(here)
    user = again(here.hr)
    with django_assert_max_num_queries(12):
        assert len(tasks_of(user, ORDERED)) == 5
    for _time in range(4):
        person = cycles.due_person(here)
        services.case_add(cycle=cycle, version=fresh(cycle).version, employee=person, user=here.hr, on=ORDERED)
    services.additions_approve(cycle=cycle, version=fresh(cycle).version, order_on=ORDERED, user=here.head, on=ORDERED)
    user = again(here.hr)
    with django_assert_max_num_queries(12):
        assert len(tasks_of(user, ORDERED)) == 17
    assert Sitting.objects.count() == 1
