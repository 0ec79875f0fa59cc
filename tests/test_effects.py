"""Whose verdicts a draft would change: judged by both texts, named only to whoever may see them, and nothing saved."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from attestation import effects
from attestation.effects import Effects, NothingToJudgeError, effects_of
from attestation.services import evaluate_employees
from employees.codes import Role
from employees.models import Employee, Organisation, User
from positions.codes import DraftKind
from positions.editing import services
from positions.models import Draft
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, GrantFactory, UserFactory, position

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
COMING = date(2027, 6, 1)


@pytest.fixture
def hr_and_editor(organisation: Organisation) -> User:
    """An editor of texts who is an HR officer as well."""
    found: User = UserFactory(username="both")
    GrantFactory(user=found, organisation=organisation, role=Role.TEXTS)
    GrantFactory(user=found, organisation=organisation, role=Role.HR)
    return found


def specialist(organisation: Organisation, *, awarded_on: date, **told: Any) -> Employee:
    """A specialist in social work of the first category since a day."""
    employee: Employee = EmployeeFactory(
        organisation=organisation, position=position("360/2.3"), level="highest", **told
    )
    EducationFactory(employee=employee, fields=["social"])
    AwardFactory(
        employee=employee, position=employee.position, level="highest", category="first", awarded_on=awarded_on
    )
    return employee


def draft_of_years(years: Any, *, user: User, kind: DraftKind = DraftKind.AMENDMENT, on: date = COMING) -> Draft:
    """Begin a draft that asks for other years on the highest rung of clause 45."""
    place = position("360/2.3")
    draft, _new = services.draft_begin(position=place, kind=kind, edition=place.editions.get(), user=user, on=on)
    document = deepcopy(draft.data)
    document["rungs"][0]["pathways"][0]["experience"][0]["years"] = years
    return services.draft_save(draft=draft, version=1, document=document, user=user)


def by_both_texts(draft: Draft, user: User) -> Effects:
    """Judge everybody by a draft."""
    return effects_of(Draft.objects.select_related("position").get(pk=draft.pk), user, today=TODAY)


def test_who_would_no_longer_meet_the_next_rung_is_told(
    organisation: Organisation, other_organisation: Organisation, hr_and_editor: User
) -> None:
    met = specialist(organisation, awarded_on=COMING - timedelta(days=4 * 366))
    specialist(organisation, awarded_on=COMING - timedelta(days=9 * 366))
    specialist(other_organisation, awarded_on=COMING - timedelta(days=4 * 366))
    EmployeeFactory(organisation=organisation, position=position("360/3.2"))

    found = by_both_texts(draft_of_years(6, user=hr_and_editor), hr_and_editor)

    assert (found.on, found.to_come, found.concerned, found.changed) == (COMING, True, 3, 2)
    (group,) = found.groups
    assert (group.count, group.unseen) == (2, 1)
    assert [each.employee for each in group.people] == [met]
    statuses = [(str(change.now.status), str(change.then.status)) for change in group.changes if change.now.status]
    assert statuses == [("met", "not_met")]


def test_an_editor_who_may_see_nobody_learns_how_many_and_not_who(organisation: Organisation, editor: User) -> None:
    specialist(organisation, awarded_on=COMING - timedelta(days=4 * 366))

    found = by_both_texts(draft_of_years(6, user=editor), editor)

    (group,) = found.groups
    assert (group.count, group.people, group.unseen) == (1, (), 1)


def test_the_effects_are_what_evaluate_says_after_publishing(organisation: Organisation, hr_and_editor: User) -> None:
    for years in (2, 4, 5, 7, 9):
        specialist(organisation, awarded_on=COMING - timedelta(days=years * 366))
    before = {each.person.pk: each.verdict for each in evaluate_employees(Employee.objects.all(), on=COMING)}
    draft = draft_of_years(6, user=hr_and_editor)
    expected = {each.employee.pk for group in by_both_texts(draft, hr_and_editor).groups for each in group.people}

    services.draft_publish(draft=draft, version=draft.version, user=hr_and_editor, reason="№ 12 бұйрық")

    after = {each.person.pk: each.verdict for each in evaluate_employees(Employee.objects.all(), on=COMING)}
    assert {pk for pk, verdict in after.items() if verdict.next != before[pk].next} == expected
    the_day_before = COMING - timedelta(days=1)
    met = [
        each.verdict.next.status
        for each in evaluate_employees(Employee.objects.all(), on=the_day_before)
        if each.verdict.next is not None
    ]
    assert len(met) == 5


def test_a_correction_is_judged_as_of_today(organisation: Organisation, editor: User) -> None:
    specialist(organisation, awarded_on=TODAY - timedelta(days=4 * 366))

    found = by_both_texts(draft_of_years(6, user=editor, kind=DraftKind.CORRECTION), editor)

    assert (found.on, found.to_come, found.changed) == (TODAY, False, 1)


def test_the_same_rule_changes_nobody(organisation: Organisation, editor: User) -> None:
    specialist(organisation, awarded_on=COMING - timedelta(days=4 * 366))
    assert by_both_texts(draft_of_years(3, user=editor), editor).groups == ()


def test_a_longer_time_moves_the_day_for_whoever_waits(organisation: Organisation, hr_and_editor: User) -> None:
    waiting = specialist(organisation, awarded_on=COMING - timedelta(days=366))

    (group,) = by_both_texts(draft_of_years(4, user=hr_and_editor), hr_and_editor).groups

    (person,) = group.people
    assert person.employee == waiting
    assert person.now is not None
    assert person.then == person.now.replace(year=person.now.year + 1)


def test_nobody_is_judged_by_a_draft_with_mistakes(editor: User) -> None:
    with pytest.raises(NothingToJudgeError):
        by_both_texts(draft_of_years(None, user=editor), editor)


def test_a_long_list_is_judged_part_by_part(
    organisation: Organisation, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        specialist(organisation, awarded_on=COMING - timedelta(days=4 * 366))
    monkeypatch.setattr(effects, "PART", 2)
    draft = Draft.objects.select_related("position").get(pk=draft_of_years(6, user=editor).pk)

    first = effects_of(draft, editor, today=TODAY)
    second = effects_of(draft, editor, today=TODAY, start=first.next_part or 0)

    assert (first.judged, first.changed, first.next_part) == (2, 2, 2)
    assert (second.judged, second.changed, second.next_part) == (1, 1, None)


def test_the_queries_do_not_grow_with_the_people(
    organisation: Organisation, editor: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(4):
        specialist(organisation, awarded_on=COMING - timedelta(days=4 * 366))
    draft = Draft.objects.select_related("position").get(pk=draft_of_years(6, user=editor).pk)
    with django_assert_max_num_queries(15):
        effects_of(draft, editor, today=TODAY)


def test_the_page_names_nobody_whom_its_reader_may_not_see(
    client: Client, organisation: Organisation, editor: User
) -> None:
    employee = specialist(organisation, awarded_on=timezone.localdate() - timedelta(days=4 * 366))
    draft = draft_of_years(6, user=editor, kind=DraftKind.CORRECTION)
    client.force_login(editor)
    client.cookies["django_language"] = "en"

    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(f"/positions/drafts/{draft.pk}/effects/", headers=headers).content.decode()
        assert "the verdict on 1 person changes" in page
        assert employee.last_name not in page
        assert "not named" in page


def test_people_with_different_days_fall_into_one_group_and_no_day_is_told(
    organisation: Organisation, editor: User
) -> None:
    for days in (366, 400, 500):
        specialist(organisation, awarded_on=COMING - timedelta(days=days))
    for days in (4 * 366, 5 * 366):
        specialist(organisation, awarded_on=COMING - timedelta(days=days))

    groups = by_both_texts(draft_of_years(6, user=editor), editor).groups

    assert [group.count for group in groups] == [3, 2]
    words = " ".join(cell.words for group in groups for change in group.changes for cell in (change.now, change.then))
    assert not re.search(r"\d{4}", words)
