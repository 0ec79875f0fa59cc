"""The calendar: what stands in it, for whom, for how long, and that its address is a secret."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone, translation
from icalendar import Calendar

from attestation import calendar_feed
from attestation.due import Standing
from attestation.models import CalendarFeed, StoredVerdict
from attestation.services import evaluate_everyone
from attestation.verdicts import verdicts_renew
from employees.codes import Role
from employees.experience import add_months
from employees.invitations import digest
from employees.log_filters import TokenFilter
from employees.models import Employee, Grant, Organisation, Unit, User
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, GrantFactory, UserFactory
from tests.test_evaluate import _people as invented

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[Any]:
    with time_machine.travel("2026-11-22 12:00", tick=False) as traveller, translation.override("en"):
        yield traveller


def _make(user: User, language: str = "en") -> str:
    return calendar_feed.calendar_address_make(user=user, language=language, now=timezone.now())


def _get(token: str, **told: Any) -> Any:
    return Client().get(f"/calendar/{token}.ics", **told)


def _entries(token: str) -> dict[str, tuple[date, str]]:
    """Read a calendar as a program does: the day and the words of every entry, by its number."""
    response = _get(token)
    assert response.status_code == 200
    events = Calendar.from_ical(response.content).walk("VEVENT")
    found = {str(event["UID"]).split("@")[0]: (event.decoded("DTSTART"), str(event["SUMMARY"])) for event in events}
    assert len(found) == len(events), "no two entries have one number"
    return found


def _person(organisation: Organisation, name: str = "Әбдіқалықова", **told: Any) -> Employee:
    """Make a person whose next rung is reachable on 1 February 2027."""
    person: Employee = EmployeeFactory(organisation=organisation, last_name=name, level="highest", **told)
    EducationFactory(employee=person)
    AwardFactory(employee=person, awarded_on=date(2025, 2, 1))
    return person


def _travel(day: str) -> Any:
    return time_machine.travel(f"{day} 12:00", tick=False)


# ------------------------------------------------------------------------------------------------------------ contents


def test_the_days_are_those_of_evaluate(settings: Any) -> None:
    settings.CALENDAR_MONTHS_AHEAD = 60
    invented(60)
    organisation = Organisation.objects.get()
    user = UserFactory()
    GrantFactory(user=user, organisation=organisation, role=Role.HR)
    end = add_months(ON, 60)
    expected = {
        judged.person.pk: judged.verdict.next.reachable_on
        for judged in evaluate_everyone(on=ON)
        if judged.verdict.next and judged.verdict.next.reachable_on and judged.verdict.next.reachable_on < end
    }
    assert len(expected) >= 3
    rising = {number: day for number, (day, _words) in _entries(_make(user)).items() if number.startswith("rises")}
    ahead = {int(number.split("-")[1]): day for number, day in rising.items() if day > ON}
    assert ahead == expected


def test_an_entry_says_the_fact_and_the_name_and_nothing_else(
    hr: User, organisation: Organisation, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://sanat.example.kz"
    person = _person(
        organisation, iin="900101400003", birth_date=date(1990, 1, 1), personnel_number="N-4711", email="e@e.kz"
    )
    response = _get(_make(hr))
    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == (
        f"Next rung reachable (highest qualification level, the first category): {person.full_name}"
    )
    assert event.decoded("DTSTART") == date(2027, 2, 1)
    assert "DTEND" not in event, "a day without an end is the whole day"
    assert str(event["UID"]) == f"rises_soon-{person.pk}-highest-first@sanat.example.kz"
    assert str(event["URL"]) == f"https://sanat.example.kz/employees/{person.pk}/"
    assert (str(event["CLASS"]), str(event["TRANSP"])) == ("PRIVATE", "TRANSPARENT")
    assert set(event) == {"SUMMARY", "DTSTART", "DTSTAMP", "UID", "URL", "CLASS", "TRANSP"}
    assert str(calendar["X-WR-CALNAME"]) == "Sanat: reminders"
    text = response.content.decode()
    for private in (person.iin, "1990", person.personnel_number, person.email, organisation.bin):
        assert private not in text


def test_an_entry_stays_for_a_month_after_its_day(hr: User, organisation: Organisation) -> None:
    person = _person(organisation)
    token = _make(hr)
    number = f"rises_soon-{person.pk}-highest-first"
    before = _entries(token)[number]
    for day, there in (("2027-01-31", True), ("2027-02-01", True), ("2027-03-01", True), ("2027-03-02", False)):
        with _travel(day):
            assert (_entries(token).get(number) == before) is there, day


def test_who_rose_is_shown_the_rung_above(hr: User, organisation: Organisation) -> None:
    person = _person(organisation)
    token = _make(hr)
    with _travel("2027-02-10"):
        AwardFactory(employee=person, awarded_on=date(2027, 2, 5), category="first")
        StoredVerdict.objects.all().delete()
        assert _entries(token) == {}, "the rung that was reachable is held, and the one above is years away"


@pytest.mark.parametrize(
    ("day", "there"),
    [("2025-12-31", False), ("2026-01-01", True), ("2027-01-01", True), ("2027-01-31", True), ("2027-02-01", False)],
)
def test_a_category_is_told_by_its_last_day_and_stays_the_same_entry(
    hr: User, organisation: Organisation, day: str, there: bool
) -> None:
    person: Employee = EmployeeFactory(organisation=organisation, level="highest")
    EducationFactory(employee=person)
    AwardFactory(employee=person, awarded_on=date(2024, 1, 1), lapses_on=date(2027, 1, 1))
    with _travel(day):
        lapses = {number: entry for number, entry in _entries(_make(hr)).items() if number.startswith("lapses")}
    told = {f"lapses-{person.pk}": (date(2026, 12, 31), f"Last day of the category: {person.full_name}")}
    assert lapses == (told if there else {})


@pytest.mark.parametrize(
    ("standing", "due_on", "there"),
    [
        (Standing.NOT_YET, date(2027, 11, 21), True),
        (Standing.NOT_YET, date(2027, 11, 22), False),
        (Standing.DUE, date(2026, 10, 22), True),
        (Standing.OVERDUE, date(2026, 10, 22), True),
        (Standing.DUE, date(2026, 10, 21), False),
        (Standing.EXEMPT, date(2026, 12, 1), False),
    ],
)
def test_an_attestation_is_told_by_the_first_day_it_is_due(
    hr: User, organisation: Organisation, standing: Standing, due_on: date, there: bool
) -> None:
    person = _person(organisation)
    verdicts_renew(on=ON)
    StoredVerdict.objects.update(due_standing=standing, due_on=due_on, holds_until=None)
    entry = _entries(_make(hr)).get(f"due-{person.pk}")
    assert entry == ((due_on, f"Attestation due: {person.full_name}") if there else None)


def test_the_months_are_settings(hr: User, organisation: Organisation, settings: Any) -> None:
    _person(organisation)
    token = _make(hr)
    settings.CALENDAR_MONTHS_AHEAD = 2
    assert _entries(token) == {}
    settings.CALENDAR_MONTHS_AHEAD = 3
    assert len(_entries(token)) == 1
    with _travel("2027-03-10"):
        assert _entries(token) == {}
        settings.CALENDAR_MONTHS_BACK = 2
        assert len(_entries(token)) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_calendar_speaks_the_language_chosen_with_its_address(
    hr: User, organisation: Organisation, language: str
) -> None:
    person: Employee = EmployeeFactory(organisation=organisation, level="highest")
    AwardFactory(employee=person, lapses_on=date(2027, 1, 1))
    response = _get(_make(hr, language), headers={"accept-language": "en"})
    assert response["Content-Language"] == language
    with translation.override(language):
        words = translation.gettext("Last day of the category")
    assert (words == "Last day of the category") is (language == "en")
    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]
    assert f"{words}: {person.full_name}" in summaries


# -------------------------------------------------------------------------------------------------------------- rights


def test_rights_are_asked_at_every_reading(
    hr: User, manager: User, organisation: Organisation, other_organisation: Organisation, unit: Unit
) -> None:
    _person(organisation, "Біздікі", unit=unit)
    _person(organisation, "Көршінікі")
    _person(other_organisation, "Бөтендікі")
    tokens = {user: _make(user) for user in (hr, manager)}

    def names(user: User) -> set[str]:
        return {words.split(": ")[-1].split()[0] for _day, words in _entries(tokens[user]).values()}

    assert names(hr) == {"Біздікі", "Көршінікі"}
    assert names(manager) == {"Біздікі"}
    Grant.objects.filter(user=hr).update(organisation=other_organisation)
    assert names(hr) == {"Бөтендікі"}
    Grant.objects.filter(user=hr).delete()
    assert names(hr) == set()


def test_a_closed_account_closes_the_calendar_until_it_is_opened(hr: User, organisation: Organisation) -> None:
    token = _make(hr)
    User.objects.filter(pk=hr.pk).update(is_active=False)
    assert _get(token).status_code == 404
    User.objects.filter(pk=hr.pk).update(is_active=True)
    assert _get(token).status_code == 200


def test_whoever_has_left_is_not_in_it(hr: User, organisation: Organisation) -> None:
    person: Employee = EmployeeFactory(organisation=organisation, level="highest", employed_until=ON)
    AwardFactory(employee=person, lapses_on=date(2027, 1, 1))
    assert _entries(_make(hr)) == {}


# --------------------------------------------------------------------------------------------------------- the address


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _address(response: Any) -> str:
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", response.content.decode())
    assert found, _words(response)
    return found[1]


def test_from_making_an_address_to_revoking_it(client: Client, hr: User, organisation: Organisation) -> None:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(hr)
    assert "Make an address" in _words(client.get("/reminders/"))
    answer = client.post("/reminders/address/", {"calendar_language": "ru"})
    assert "shown only now" in _words(answer)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    address = _address(answer)
    token = address.split("/")[2].removesuffix(".ics")
    kept = CalendarFeed.objects.get()
    assert (kept.token_hash, kept.language, kept.read_at) == (digest(token), "ru", None)
    assert token not in str(vars(kept))
    page = client.get("/reminders/")
    assert token not in page.content.decode()
    assert "Last read never" in _words(page)
    assert Client().get(address).status_code == 200
    assert "Last read 22.11.2026" in _words(client.get("/reminders/"))

    renewed = _address(client.post("/reminders/address/", {"calendar_language": "en"}))
    assert renewed != address
    assert [Client().get(each).status_code for each in (address, renewed)] == [404, 200]
    assert CalendarFeed.objects.get().language == "en"
    answer = client.post("/reminders/address/revoke/", follow=True)
    assert "opens nothing any more" in _words(answer)
    assert [Client().get(each).status_code for each in (address, renewed)] == [404, 404]
    assert not CalendarFeed.objects.exists()
    again = client.post("/reminders/address/revoke/", follow=True)
    assert "opens nothing any more" not in _words(again)


def test_a_renewed_address_is_as_old_as_its_secret(hr: User) -> None:
    _make(hr)
    with _travel("2026-12-24"):
        _make(hr)
        assert CalendarFeed.objects.get().created_at == timezone.now()


def test_a_language_that_is_none_makes_no_address(client: Client, hr: User) -> None:
    client.force_login(hr)
    answer = client.post("/reminders/address/", {"calendar_language": "xx"})
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not CalendarFeed.objects.exists()


def test_an_answer_is_for_a_calendar_program_alone(hr: User, organisation: Organisation) -> None:
    response = _get(_make(hr))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    wrong = _get("wrong")
    assert wrong.status_code == 404
    assert wrong["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in wrong["Cache-Control"]


def test_an_address_is_read_and_nothing_else(hr: User) -> None:
    client, address = Client(enforce_csrf_checks=True), f"/calendar/{_make(hr)}.ics"
    assert client.head(address).status_code == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        assert client.generic(method, address).status_code == 405, method


def test_when_it_was_read_is_noted_once_an_hour(hr: User) -> None:
    token = _make(hr)

    def read_at(moment: str) -> datetime | None:
        with time_machine.travel(moment, tick=False):
            _get(token)
        return CalendarFeed.objects.get().read_at

    first = read_at("2026-11-22 12:00")
    assert first is not None
    assert read_at("2026-11-22 12:59:59") == first
    assert read_at("2026-11-22 13:00") == first + timedelta(hours=1)


@pytest.mark.parametrize("number", [3, 40])
def test_a_reading_takes_the_same_queries_for_any_number(
    hr: User,
    manager: User,
    organisation: Organisation,
    unit: Unit,
    number: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(number):
        _person(organisation, unit=unit)
    verdicts_renew(on=ON)
    tokens = [_make(user) for user in (hr, manager)]
    # The address, whether a verdict is due, the rights, the people; the manager's units; when it was read.
    for token, queries in zip(tokens, (4, 5), strict=True):
        with django_assert_num_queries(queries + 1):
            assert len(_entries(token)) == number
        with django_assert_num_queries(queries):
            _get(token)
    with _travel("2027-02-10"):
        verdicts_renew(on=date(2027, 2, 10))
        with django_assert_num_queries(4 + 1 + 10):  # those who can rise are judged as of a month ago
            assert len(_entries(tokens[0])) == number


def test_no_log_holds_the_secret(hr: User, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.force_login(hr)
    answer = client.post("/reminders/address/", {"calendar_language": "en"})
    address = _address(answer)
    token = address.split("/")[2].removesuffix(".ics")
    strict = Client(enforce_csrf_checks=True)
    for method in ("GET", "HEAD", "POST", "PROPFIND"):
        strict.generic(method, address)
    calendar_feed.calendar_address_revoke(user=hr)
    assert strict.get(address).status_code == 404
    assert token not in caplog.text


def test_the_filter_hides_the_secret_of_a_calendar_in_a_line_of_a_log() -> None:
    for path in ("/calendar/a-b_c.ics", "https://sanat.example.kz/calendar/a-b_c.ics?x=1"):
        record = logging.LogRecord("django.server", 20, "", 0, '"%s" %s', (f"GET {path} HTTP/1.1", "200"), None)
        assert TokenFilter().filter(record)
        assert "a-b_c" not in record.getMessage()
        assert "/calendar/***" in record.getMessage()
