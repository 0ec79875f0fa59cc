"""The pages: who gets them, how many queries they cost, what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from attestation.verdicts import verdicts_renew
from employees.models import Employee, Organisation, Unit, User
from positions.models import Entry
from positions.norm_files import read_folder
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, WorkFactory, full_record, position

CODES = [data["position"] for data in read_folder(settings.BASE_DIR / "fixtures" / "norms").positions]
LANGUAGES = ("kk", "ru", "en")
#: The session and the user, which every page asks for before its own work begins.
WHO_ASKS = 2
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def employee(organisation: Organisation, unit: Unit) -> Employee:
    return full_record(organisation=organisation, unit=unit, iin="900101400009", personnel_number="0001")


def _words(response: Any) -> str:
    """The text of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _addresses(employee: Employee) -> list[str]:
    return ["/", "/employees/", f"/employees/{employee.pk}/", "/positions/", "/positions/360/2.3/"]


# ------------------------------------------------------------------------------------------------------------- access


@pytest.mark.parametrize("who", ["admin", "hr", "manager"])
def test_every_page_answers_those_who_may(
    who: str, request: pytest.FixtureRequest, client: Client, employee: Employee
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert {address: client.get(address).status_code for address in _addresses(employee)} == dict.fromkeys(
        _addresses(employee), 200
    )


def test_the_anonymous_are_sent_to_the_login(client: Client, employee: Employee) -> None:
    for address in _addresses(employee):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"


def test_a_strangers_person_does_not_exist_for_her(client: Client, stranger: User, employee: Employee) -> None:
    client.force_login(stranger)
    response = client.get(f"/employees/{employee.pk}/")
    assert response.status_code == 404
    assert "There is no such page" in _words(response)
    assert employee.last_name not in _words(client.get("/employees/"))


def test_an_employee_outside_the_managers_unit_does_not_exist_for_him(
    client: Client, manager: User, organisation: Organisation
) -> None:
    client.force_login(manager)
    outside = EmployeeFactory(organisation=organisation)
    assert client.get(f"/employees/{outside.pk}/").status_code == 404


def test_only_those_entitled_see_an_iin_in_full(client: Client, hr: User, manager: User, employee: Employee) -> None:
    client.force_login(manager)
    assert employee.iin not in client.get(f"/employees/{employee.pk}/").content.decode()
    client.force_login(hr)
    assert employee.iin in client.get(f"/employees/{employee.pk}/").content.decode()


def test_a_user_without_rights_is_told_what_to_do(client: Client, django_user_model: type[User]) -> None:
    client.force_login(django_user_model.objects.create(username="nobody"))
    assert "Ask an administrator to give you a right" in _words(client.get("/"))
    assert "Ask an administrator to give you a right" in _words(client.get("/employees/"))
    assert 'href="/employees/"' not in client.get("/positions/").content.decode()


def test_logging_in_and_out(client: Client, hr: User) -> None:
    assert "User name" in _words(client.get("/accounts/login/"))
    wrong = client.post("/accounts/login/", {"login": "hr", "password": "wrong"})
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.content.decode()
    right = client.post("/accounts/login/?next=/positions/", {"login": "hr", "password": "sanat-test-password"})
    assert right["Location"] in {"/", "/positions/"}
    assert "Do you want to log out?" in _words(client.get("/accounts/logout/"))
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"


# ------------------------------------------------------------------------------------------------------------ queries


def _people(organisation: Organisation, unit: Unit, number: int) -> None:
    for index in range(number):
        full_record(organisation=organisation, unit=unit, personnel_number=f"n{index:03d}")


@pytest.mark.parametrize("people", [3, 60])
def test_the_list_of_employees_asks_as_much_for_3_as_for_60(
    people: int,
    client: Client,
    hr: User,
    organisation: Organisation,
    unit: Unit,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    _people(organisation, unit, people)
    verdicts_renew()
    client.force_login(hr)
    with django_assert_num_queries(WHO_ASKS + 4):
        response = client.get("/employees/")
    assert f"{people} employees in service" in _words(response)


@pytest.mark.parametrize("people", [3, 60])
def test_the_start_page_asks_as_much_for_3_as_for_60(
    people: int,
    client: Client,
    hr: User,
    organisation: Organisation,
    unit: Unit,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    _people(organisation, unit, people)
    verdicts_renew()
    client.force_login(hr)
    with django_assert_num_queries(WHO_ASKS + 9):
        client.get("/")


def test_the_catalogue_asks_at_most_15_queries(
    client: Client, hr: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.force_login(hr)
    with django_assert_max_num_queries(15):
        client.get("/positions/")


def test_a_position_asks_at_most_15_queries(
    client: Client, hr: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.force_login(hr)
    with django_assert_max_num_queries(15):
        client.get("/positions/31/3.6/?on=2023-08-01")


# ----------------------------------------------------------------------------------------------------------- positions


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_position_has_its_page_in_three_languages(language: str, client: Client, hr: User) -> None:
    assert len(CODES) == 51
    client.force_login(hr)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for code in CODES:
        response = client.get(reverse("position", args=code.split("/")))
        assert response.status_code == 200, code
        content = response.content.decode()
        assert f'<html lang="{language}"' in content
        assert position(code).editions.get().qualification_kk.splitlines()[0].strip()[:40] in content.replace(
            "&quot;", '"'
        )


def test_a_position_that_is_not_there(client: Client, hr: User) -> None:
    client.force_login(hr)
    assert client.get("/positions/360/9.9/").status_code == 404


@pytest.mark.parametrize("address", ["/positions/", "/positions/360/2.3/", "/employees/"])
@pytest.mark.parametrize("bad", ["2026-02-30", "soon", "0001-01-01", "9999-12-31"])
def test_a_bad_day_is_told_in_place(address: str, bad: str, client: Client, hr: User) -> None:
    client.force_login(hr)
    response = client.get(address, {"on": bad})
    assert response.status_code == 200
    assert 'id="on-problem"' in response.content.decode()
    assert "What is shown is as of today." in _words(response)


def test_a_bad_day_is_told_in_place_for_a_person(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    assert "This is not a day" in _words(client.get(f"/employees/{employee.pk}/?on=x"))


def test_a_day_without_text_says_so_and_names_no_other_wording_as_in_force(client: Client, hr: User) -> None:
    client.force_login(hr)
    words = _words(client.get("/positions/360/2.3/?on=2020-01-01"))
    assert "No text of this position is on file for 01.01.2020." in words
    assert "it does not count for that day" in words
    assert "No text on file for this day" in _words(client.get("/positions/?on=2020-01-01"))


def test_before_an_edition_the_text_of_the_predecessor_is_named(client: Client, hr: User) -> None:
    client.force_login(hr)
    words = _words(client.get("/positions/360/2.3/?on=2015-06-01"))
    assert "In force on that day is the text of: Specialist in social work (31/3.6)" in words


def test_dates_are_shown_with_the_last_day_and_estimates_in_words(client: Client, hr: User) -> None:
    client.force_login(hr)
    words = _words(client.get("/positions/31/3.6/"))
    assert "In force from 09.07.2012 to 16.12.2017" in words
    assert "dates are estimated" in words


def test_a_translation_to_come_is_said_once_for_a_part_and_a_missing_entry_has_words(client: Client, hr: User) -> None:
    client.force_login(hr)
    Entry.objects.filter(edition__position__code="31/3.6").update(text_en="")
    words = _words(client.get("/positions/31/3.6/?left=kk&right=en"))
    assert words.count("The translation of this part is still to come.") == 2
    assert "No such entry in this language" not in words
    assert "No such entry in this language" in _words(client.get("/positions/360/1.3/?left=kk&right=en"))


def test_the_languages_side_by_side_can_be_chosen_and_a_wrong_one_is_passed_over(client: Client, hr: User) -> None:
    client.force_login(hr)
    content = client.get("/positions/360/2.3/?left=en&right=zz").content.decode()
    assert content.index("Requirements for the qualification:") < content.rindex("unofficial translation")


def test_the_ladder_is_told_in_words(client: Client, hr: User) -> None:
    client.force_login(hr)
    words = _words(client.get("/positions/360/2.3/"))
    assert "field: social, pedagogical or medical" in words
    assert "at least 3 years; as: highest qualification level, the first category" in words


# ----------------------------------------------------------------------------------------------------------- employees


def test_the_list_is_searched_by_words_of_the_name_and_by_number(
    client: Client, hr: User, organisation: Organisation
) -> None:
    EmployeeFactory(organisation=organisation, last_name="Ахметов", first_name="Ержан", personnel_number="777")
    EmployeeFactory(organisation=organisation, last_name="Ахметов", first_name="Санжар", personnel_number="888")
    client.force_login(hr)
    words = _words(client.get("/employees/?q=Ахметов Ержан"))
    assert "Ержан" in words
    assert "Санжар" not in words
    assert "Санжар" in _words(client.get("/employees/?q=888"))
    assert "Nobody fits all that is asked." in _words(client.get("/employees/?q=zzz"))


def test_the_list_keeps_to_the_chosen_organisation_and_names_a_wrong_one(
    client: Client, admin: User, organisation: Organisation, other_organisation: Organisation
) -> None:
    EmployeeFactory(organisation=organisation, last_name="Бірінші")
    EmployeeFactory(organisation=other_organisation, last_name="Екінші")
    client.force_login(admin)
    words = _words(client.get("/employees/", {"organisation": organisation.bin}))
    assert "Бірінші" in words
    assert "Екінші" not in words
    wrong = _words(client.get("/employees/?organisation=000000000000"))
    assert "You see no organisation with this number." in wrong
    assert "Екінші" in wrong


def test_the_list_has_pages_and_a_page_past_the_last_is_the_first(
    client: Client, hr: User, organisation: Organisation
) -> None:
    for index in range(53):
        EmployeeFactory(organisation=organisation, personnel_number=f"n{index:03d}")
    client.force_login(hr)
    first, second = _words(client.get("/employees/")), _words(client.get("/employees/?page=2"))
    assert "n049" in first
    assert "n050" not in first
    assert "Next page" in first
    assert "n052" in second
    assert "Page 2 of 2" in second
    assert "n000" in _words(client.get("/employees/?page=9"))
    assert client.get("/employees/?page=x").status_code == 200


def test_who_has_left_is_not_in_service_any_more(client: Client, hr: User, organisation: Organisation) -> None:
    EmployeeFactory(organisation=organisation, last_name="Кетті", employed_until=date(2024, 5, 2))
    client.force_login(hr)
    assert "Кетті" in _words(client.get("/employees/?on=2024-05-01"))
    assert "Кетті" not in _words(client.get("/employees/?on=2024-05-02"))


def test_the_page_of_a_person_tells_records_and_proposal(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    response = client.get(f"/employees/{employee.pk}/?on=2025-06-01")
    words = _words(response)
    assert "Proposal as of 01.06.2025" in words
    assert "Current rung: highest qualification level, the second category" in words
    assert "Only time is missing: reachable on 01.02.2026, if all goes on as it is." in words
    assert "31.12.2019" in words, "a last day is shown, not the first day after"
    assert "The commission decides." in words
    assert '/positions/360/2.3/?on=2025-06-01#qualification"' in response.content.decode()


def test_a_lapsed_category_is_marked(client: Client, hr: User, employee: Employee) -> None:
    AwardFactory(
        employee=employee, category="first", awarded_on=date(2021, 1, 1), lapses_on=date(2024, 1, 1), order_number="1"
    )
    client.force_login(hr)
    words = _words(client.get(f"/employees/{employee.pk}/?on=2025-06-01"))
    assert "lapsed" in words
    assert "highest qualification level, the first category: from 01.01.2021 to 31.12.2023" in words


def test_a_day_without_a_post_and_a_day_without_text_are_told(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    assert "No post is on record for this day" in _words(client.get(f"/employees/{employee.pk}/?on=2019-06-01"))
    words = _words(client.get(f"/employees/{employee.pk}/?on=2021-06-01"))
    assert "No text is on file for this day; the wording of another day is not borrowed." in words


def test_a_predecessors_text_judges_an_old_day_and_is_named(
    client: Client, hr: User, organisation: Organisation
) -> None:
    veteran = EmployeeFactory(organisation=organisation, hired_on=date(2013, 1, 1), level="highest")
    EducationFactory(employee=veteran, graduated_on=date(2010, 6, 30))
    client.force_login(hr)
    response = client.get(f"/employees/{veteran.pk}/?on=2016-01-01")
    assert "Judged by the text in force on this day, which is that of: Specialist in social work" in _words(response)
    assert "/positions/31/3.6/?on=2016-01-01#qualification" in response.content.decode()


def test_an_earlier_post_is_judged_as_what_it_was(client: Client, hr: User, organisation: Organisation) -> None:
    promoted = EmployeeFactory(
        organisation=organisation,
        position=position("360/1.8"),
        hired_on=date(2024, 1, 1),
        appointed_on=date(2025, 1, 1),
    )
    WorkFactory(
        employee=promoted, position=position("360/2.3"), started_on=date(2024, 1, 1), until=date(2025, 1, 1), title=""
    )
    client.force_login(hr)
    assert "The post on this day: Specialist in social work." in _words(
        client.get(f"/employees/{promoted.pk}/?on=2024-06-01")
    )
    assert "360/2.3" in _words(client.get("/employees/?on=2024-06-01"))
    assert "Fitness for the post" in _words(client.get(f"/employees/{promoted.pk}/?on=2025-06-01"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_chosen_language(language: str, client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    response = client.post("/language/", {"language": language, "next": "/employees/"})
    assert response["Location"] == "/employees/"
    for address in _addresses(employee):
        assert f'<html lang="{language}"' in client.get(address).content.decode()


def test_error_pages_need_no_context() -> None:
    from django.template.loader import render_to_string

    for name in ("400", "500"):
        assert "Sanat" in render_to_string(f"{name}.html")
    for name in ("403", "403_csrf", "404", "429"):
        assert "Sanat" in render_to_string(f"{name}.html")
