"""The page on data quality: what is lacking, whom it concerns, where to enter it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from attestation.quality import Quality, quality
from attestation.quality_words import advice_of, anchor_of, title_of
from attestation.verdicts import verdicts_renew
from employees.codes import Role
from employees.identity import check_digit
from employees.models import Employee, Organisation, Unit, User
from tests.factories import (
    AwardFactory,
    EducationFactory,
    EmployeeFactory,
    GrantFactory,
    UserFactory,
    WorkFactory,
    full_record,
    position,
)

WHO_ASKS = 2
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> Iterator[None]:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def sound(organisation: Organisation, unit: Unit) -> Employee:
    """A person whose records lack nothing."""
    return full_record(
        organisation=organisation,
        unit=unit,
        iin=_iin("90010140000"),
        birth_date=date(1990, 1, 1),
        level="highest",
        personnel_number="sound",
    )


def _found(user: User) -> dict[str, list[int]]:
    verdicts_renew(on=timezone.localdate())
    found = quality(user, on=timezone.localdate())
    return {group.code: [place.person.pk for place in group.page.object_list] for group in found.groups}


def _iin(first_eleven: str) -> str:
    return f"{first_eleven}{check_digit(first_eleven)}"


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("hr", 200), ("manager", 403), ("stranger", 200), ("auditor", 403)]
)
def test_who_edits_sees_the_quality(
    who: str, status: int, request: pytest.FixtureRequest, client: Client, organisation: Organisation, sound: Employee
) -> None:
    EmployeeFactory(organisation=organisation, last_name="Кемшінова")
    if who == "auditor":
        user = UserFactory(username="auditor")
        GrantFactory(user=user, organisation=organisation, role=Role.AUDITOR)
    else:
        user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get("/quality/").status_code == status
    expected = 404 if who == "stranger" else status
    assert client.get("/quality/no_birth_date/").status_code == expected
    assert ("Кемшінова" in _words(client.get("/quality/"))) is (who in {"admin", "hr"})


def test_sound_records_lack_nothing(client: Client, hr: User, sound: Employee) -> None:
    assert _found(hr) == {}
    client.force_login(hr)
    assert "Nothing is lacking" in _words(client.get("/quality/"))


def test_an_organisation_without_people_is_told_what_to_do(client: Client, hr: User) -> None:
    client.force_login(hr)
    assert "import the organisation" in _words(client.get("/quality/"))


def test_every_gap_stands_in_its_group(hr: User, organisation: Organisation, sound: Employee) -> None:
    def person(number: str, **told: Any) -> Employee:
        found: Employee = EmployeeFactory(
            organisation=organisation,
            personnel_number=number,
            **{"iin": "", "birth_date": date(1990, 1, 1), "level": "highest", **told},
        )
        return found

    def educated(number: str, **told: Any) -> Employee:
        found = person(number, **told)
        EducationFactory(employee=found)
        return found

    uneducated = person("1", iin="850522400010", birth_date=date(1985, 5, 22))
    unstated = person("2", iin="850522400239", birth_date=date(1985, 5, 22))
    EducationFactory(employee=unstated, fields=[])
    foreign = educated("3")
    foreign.education.update(country="RU")
    ageless = educated("4", birth_date=None)
    contradicting = educated("5", iin=_iin("91010140000"))
    mistyped = educated("5a", iin=_iin("90010140001")[:-1] + "x")
    unsphered = educated("6")
    WorkFactory(employee=unsphered, sphere="")
    unnumbered = educated("7")
    AwardFactory(employee=unnumbered, order_number="")
    overlapping = educated("8")
    WorkFactory(employee=overlapping, until=date(2020, 3, 1))
    swimmer = educated("9", position=position("360/2.3"), appointed_on=date(2021, 1, 1))
    gone = person("10", birth_date=None, employed_until=date(2021, 1, 1))
    found = _found(hr)
    assert uneducated.pk in found["education-no_record"]
    assert found["education-field_not_stated"] == [unstated.pk]
    assert found["education-not_recognised"] == [foreign.pk]
    assert found["no_birth_date"] == [ageless.pk]
    assert found["iin_against_birth_date"] == [contradicting.pk]
    assert found["wrong_iin"] == [mistyped.pk]
    assert found["work_without_sphere"] == [unsphered.pk]
    assert found["award_without_number"] == [unnumbered.pk]
    assert found["posts_overlap"] == [overlapping.pk]
    assert set(found["no_iin"]) == {foreign.pk, ageless.pk, unsphered.pk, unnumbered.pk, overlapping.pk, swimmer.pk}
    assert gone.pk not in {pk for people in found.values() for pk in people}
    assert sound.pk not in {pk for people in found.values() for pk in people}


def test_posts_that_only_touch_do_not_overlap(hr: User, sound: Employee) -> None:
    WorkFactory(employee=sound, started_on=date(2020, 1, 1), until=date(2020, 2, 1))
    assert _found(hr) == {}


def test_a_day_between_hiring_and_appointment_lacks_a_post(hr: User, organisation: Organisation) -> None:
    waiting = EmployeeFactory(organisation=organisation, appointed_on=date(2090, 1, 1))
    assert _found(hr)["no_post"] == [waiting.pk]


def test_every_link_leads_to_the_very_place(client: Client, hr: User, organisation: Organisation) -> None:
    person = EmployeeFactory(organisation=organisation, level="highest")
    client.force_login(hr)
    content = client.get("/quality/").content.decode()
    assert f'href="/employees/{person.pk}/#education"' in content
    assert f'href="/employees/{person.pk}/#personal"' in content
    assert "Enter the education document" in content


def test_a_gap_of_a_record_leads_to_that_record(client: Client, hr: User, sound: Employee) -> None:
    work = WorkFactory(employee=sound, sphere="", started_on=date(2018, 1, 1), until=date(2019, 8, 1))
    earlier = sound.work_history.exclude(pk=work.pk).get()
    award = AwardFactory(employee=sound, order_number="", awarded_on=date(2022, 1, 1))
    client.force_login(hr)
    content = client.get("/quality/").content.decode()
    for anchor in (f"work_history-{work.pk}", f"work_history-{earlier.pk}", f"categories-{award.pk}"):
        assert f'href="/employees/{sound.pk}/#{anchor}"' in content


def test_an_hr_officer_of_a_unit_sees_her_unit_alone(
    client: Client, organisation: Organisation, unit: Unit, sound: Employee
) -> None:
    user = UserFactory(username="unit_hr")
    GrantFactory(user=user, organisation=organisation, unit=unit, role=Role.HR)
    inside = EmployeeFactory(organisation=organisation, unit=unit)
    EmployeeFactory(organisation=organisation)
    assert _found(user)["no_birth_date"] == [inside.pk]


@pytest.mark.parametrize("people", [3, 60])
def test_the_quality_asks_as_much_for_3_as_for_60(
    people: int, client: Client, hr: User, organisation: Organisation, django_assert_num_queries: Callable[..., Any]
) -> None:
    for index in range(people):
        EmployeeFactory(organisation=organisation, personnel_number=f"n{index:03d}")
    verdicts_renew(on=timezone.localdate())
    client.force_login(hr)
    with django_assert_num_queries(WHO_ASKS + 7):
        words = _words(client.get("/quality/"))
    assert ("Show all 60 people: No IIN" in words) is (people == 60)


def test_a_large_group_goes_page_by_page(client: Client, hr: User, organisation: Organisation) -> None:
    for index in range(53):
        EmployeeFactory(organisation=organisation, personnel_number=f"n{index:03d}", last_name=f"Б{index:03d}")
    client.force_login(hr)
    first, second = (_words(client.get(f"/quality/no_iin/?page={page}")) for page in (1, 2))
    assert "53 people" in first
    assert "n049" in first
    assert "n050" not in first
    assert "n052" in second
    assert "Page 2 of 2" in second
    assert client.get("/quality/no_iin/?page=x").status_code == 200
    assert client.get("/quality/nothing/").status_code == 404


def test_what_the_text_leaves_open_is_no_gap() -> None:
    assert title_of("certificate-no_record-swimming") == "Needed certificate not on record: ability to swim"
    assert anchor_of("certificate-no_record-swimming") == "certificates"
    assert "commission" in advice_of("education-above")
    assert title_of("something-new") == "something-new"
    assert anchor_of("something-new") == "verdict"
    assert "proposal" in advice_of("something-new")
    assert Quality(people=0, gaps=[], open_texts=[]).groups == []
