"""The weekly digest: what it tells, and of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import translation

from attestation.digest import SHOWN, Digest, Prospect, Topic, digest, week_of
from attestation.digest_selectors import digest_of
from attestation.digest_words import told
from attestation.due import Standing
from attestation.models import StoredVerdict
from attestation.verdicts import verdicts_renew
from employees.access import rights_of
from employees.models import Employee, Organisation, Unit, User
from positions.rules import Category, Level, RungKey, Status
from tests.factories import AwardFactory, EducationFactory, EmployeeFactory, position

#: A Sunday; its week began on the 16th.
ON = date(2026, 11, 22)
UNTIL = date(2027, 2, 22)
DAY = timedelta(days=1)
FIRST = RungKey(Level.HIGHEST, Category.FIRST)


@pytest.fixture(autouse=True)
def _sunday_in_english() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00", tick=False), translation.override("en"):
        yield


def rising(organisation: Organisation, name: str, **told: Any) -> Employee:
    """Make a person whose next rung is reachable on 1 February 2027."""
    person: Employee = EmployeeFactory(organisation=organisation, last_name=name, level="highest", **told)
    EducationFactory(employee=person)
    AwardFactory(employee=person, awarded_on=date(2025, 2, 1))
    return person


def _topics(found: Digest) -> dict[str, list[str]]:
    return {section.topic: [reminder.name.split()[0] for reminder in section.reminders] for section in found.sections}


def _due(person: Employee, standing: Standing, due_on: date, overdue_on: date) -> None:
    verdicts_renew(on=ON)
    StoredVerdict.objects.filter(employee=person).update(
        due_standing=standing, due_on=due_on, overdue_on=overdue_on, holds_until=None
    )


# ----------------------------------------------------------------------------------------------------------- pure rules


def _sections(**told: Any) -> list[tuple[Topic, date | None]]:
    found = digest([Prospect(pk=1, name="Ә", **told)], on=ON, until=UNTIL)
    return [(section.topic, section.reminders[0].day) for section in found.sections]


def test_a_week_begins_on_monday() -> None:
    assert week_of(date(2026, 11, 15)) == date(2026, 11, 9)
    assert week_of(date(2026, 11, 16)) == week_of(ON) == date(2026, 11, 16)


def test_who_meets_the_next_rung_can_rise_now() -> None:
    assert _sections(next=FIRST, next_status=Status.MET) == [(Topic.RISES_NOW, None)]
    assert _sections(next=FIRST, next_status=Status.NOT_MET) == []
    assert _sections(next=FIRST, next_status=Status.UNKNOWN) == []


@pytest.mark.parametrize(("day", "told_of"), [(UNTIL - DAY, True), (UNTIL, False)], ids=["before", "on"])
def test_a_day_counts_up_to_the_end_of_the_months_ahead(day: date, told_of: bool) -> None:
    assert _sections(next=FIRST, next_status=Status.NOT_MET, reachable_on=day) == [(Topic.RISES_SOON, day)] * told_of
    assert _sections(due=Standing.NOT_YET, due_on=day) == [(Topic.DUE, day)] * told_of
    # A category is told by its last day, the day before the first one without it.
    assert _sections(current=FIRST, lapses_on=day + DAY) == [(Topic.LAPSES, day + DAY)] * told_of


def test_whose_category_has_lapsed_is_told_however_long_ago() -> None:
    assert _sections(lapsed_on=ON) == [(Topic.LAPSED, ON)]
    assert _sections(lapsed_on=date(2012, 1, 1)) == [(Topic.LAPSED, date(2012, 1, 1))]


def test_an_attestation_is_due_or_overdue_but_never_of_somebody_exempt() -> None:
    days = {"due_on": date(2026, 5, 1), "overdue_on": date(2026, 11, 2)}
    assert _sections(due=Standing.DUE, **days) == [(Topic.DUE, date(2026, 5, 1))]
    assert _sections(due=Standing.OVERDUE, **days) == [(Topic.OVERDUE, date(2026, 11, 2))]
    assert _sections(due=Standing.EXEMPT, **days) == []
    assert _sections(due=Standing.UNKNOWN) == []


def test_people_stand_by_their_days_and_who_lapsed_last_stands_first() -> None:
    people = [
        Prospect(
            pk=number, name=str(number), lapsed_on=date(2020 + number, 1, 1), due=Standing.DUE, due_on=ON - DAY * number
        )
        for number in range(4)
    ]
    found = {
        section.topic: [each.pk for each in section.reminders]
        for section in digest(people, on=ON, until=UNTIL).sections
    }
    assert found == {Topic.LAPSED: [3, 2, 1, 0], Topic.DUE: [3, 2, 1, 0]}


@pytest.mark.parametrize(("people", "more"), [(SHOWN, 0), (SHOWN + 1, 1), (SHOWN + 20, 20)])
def test_a_section_names_thirty_people_and_counts_the_others(people: int, more: int) -> None:
    rising = [Prospect(pk=pk, name=str(pk), next=FIRST, next_status=Status.MET) for pk in range(people)]
    section = digest(rising, on=ON, until=UNTIL).sections[0]
    assert (len(section.reminders), section.more, section.total) == (SHOWN, more, people)


def test_unknown_verdicts_are_counted_by_their_reasons_without_names() -> None:
    diploma, swimming = ("education", "no_record", ""), ("certificate", "no_record", "swimming")
    unnamed = [("education", "not_named", ""), ("experience", "not_named", "")]
    found = digest(
        [
            Prospect(pk=1, name="Бірінші", is_unknown=True, doubts=(diploma, swimming)),
            Prospect(pk=2, name="Екінші", is_unknown=True, doubts=(diploma,)),
            Prospect(pk=3, name="Үшінші", is_unknown=True, doubts=tuple(unnamed)),
            Prospect(pk=4, name="Төртінші"),
        ],
        on=ON,
        until=UNTIL,
    )
    (section,) = told(found)
    assert (section.title, section.total) == ("The verdict is unknown", 3)
    assert [(line.words, line.fact) for line in section.lines] == [
        ("No education record", "2"),
        ("No record: ability to swim", "1"),
        ("The text does not name what it asks for", "1"),
    ]
    assert not found.is_empty
    assert digest([Prospect(pk=4, name="Төртінші")], on=ON, until=UNTIL).is_empty


# ------------------------------------------------------------------------------------------------ what is read of whom


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "topics"),
    [
        (date(2026, 11, 1), {}),
        (date(2026, 11, 2), {Topic.RISES_SOON: ["Ерте"]}),
        (date(2027, 1, 31), {Topic.RISES_SOON: ["Ерте"]}),
        (date(2027, 2, 1), {Topic.RISES_NOW: ["Ерте"]}),
    ],
    ids=["too-early", "three-months-before", "the-day-before", "the-day"],
)
def test_from_soon_to_now(hr: User, organisation: Organisation, on: date, topics: dict[str, list[str]]) -> None:
    rising(organisation, "Ерте")
    verdicts_renew(on=on)
    assert _topics(digest_of(hr, on=on)) == topics


@pytest.mark.django_db
def test_the_months_ahead_are_a_setting(hr: User, organisation: Organisation, settings: Any) -> None:
    rising(organisation, "Ерте")
    verdicts_renew(on=ON)
    settings.REMINDER_MONTHS = 2
    assert _topics(digest_of(hr, on=ON)) == {}
    settings.REMINDER_MONTHS = 4
    assert _topics(digest_of(hr, on=ON)) == {Topic.RISES_SOON: ["Ерте"]}


@pytest.mark.django_db
def test_a_category_lapses_and_then_has_lapsed_until_there_is_another(hr: User, organisation: Organisation) -> None:
    person: Employee = EmployeeFactory(organisation=organisation, level="highest", last_name="Бітті")
    EducationFactory(employee=person)
    award = AwardFactory(employee=person, awarded_on=date(2024, 1, 1), lapses_on=date(2027, 1, 1))

    def found(on: date) -> dict[str, list[str]]:
        StoredVerdict.objects.all().delete()
        verdicts_renew(on=on)
        topics = _topics(digest_of(hr, on=on))
        return {topic: topics[topic] for topic in (Topic.LAPSES, Topic.LAPSED) if topic in topics}

    assert found(date(2026, 9, 30)) == {}
    assert found(date(2026, 12, 31)) == {Topic.LAPSES: ["Бітті"]}
    assert found(date(2027, 1, 1)) == {Topic.LAPSED: ["Бітті"]}
    renewed = AwardFactory(employee=person, awarded_on=date(2027, 1, 5))
    assert found(date(2027, 1, 4)) == {Topic.LAPSED: ["Бітті"]}
    assert found(date(2027, 1, 5)) == {}
    renewed.delete()
    award.annulled_on = award.awarded_on
    award.save()
    assert found(date(2027, 2, 1)) == {}, "what was annulled was never there to lapse"


@pytest.mark.django_db
def test_a_category_of_another_post_does_not_lapse_here(hr: User, organisation: Organisation) -> None:
    person: Employee = EmployeeFactory(organisation=organisation, level="highest")
    EducationFactory(employee=person)
    told: dict[str, Any] = {"awarded_on": date(2020, 3, 1), "lapses_on": date(2023, 3, 1)}
    award = AwardFactory(employee=person, position=position("360/2.7"), **told)
    verdicts_renew(on=ON)
    assert Topic.LAPSED not in _topics(digest_of(hr, on=ON))
    award.position = position("31/3.6")  # the predecessor of the post she holds
    award.save()
    assert _topics(digest_of(hr, on=ON))[Topic.LAPSED] == ["Әбдіқалықова"]


@pytest.mark.django_db
def test_due_and_overdue_come_from_the_stored_standing(hr: User, organisation: Organisation) -> None:
    soon, late = (rising(organisation, name) for name in ("Жақын", "Кеш"))
    _due(soon, Standing.NOT_YET, date(2027, 2, 21), date(2027, 8, 22))
    _due(late, Standing.OVERDUE, date(2026, 2, 1), date(2026, 8, 2))
    found = digest_of(hr, on=ON)
    assert _topics(found)[Topic.DUE] == ["Жақын"]
    assert _topics(found)[Topic.OVERDUE] == ["Кеш"]
    facts = {section.key: [line.fact for line in section.lines] for section in told(found)}
    assert facts[Topic.DUE] == ["from 21.02.2027"]
    assert facts[Topic.OVERDUE] == ["overdue since 02.08.2026"]


@pytest.mark.django_db
def test_whoever_has_left_or_is_not_yet_hired_is_not_told_of(hr: User, organisation: Organisation) -> None:
    rising(organisation, "Кеткен", employed_until=ON)
    rising(organisation, "Кетеді", employed_until=ON + DAY)
    rising(organisation, "Келмеген", hired_on=ON + DAY)
    verdicts_renew(on=ON)
    names = [name for people in _topics(digest_of(hr, on=ON)).values() for name in people]
    assert "Кеткен" not in names
    assert "Келмеген" not in names


@pytest.mark.django_db
@pytest.mark.parametrize("number", [3, 45])
def test_a_digest_takes_one_query_for_any_number(
    hr: User,
    manager: User,
    organisation: Organisation,
    unit: Unit,
    number: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(number):
        rising(organisation, "Көп", unit=unit)
    verdicts_renew(on=ON)
    for user, queries in ((hr, 1), (manager, 2)):  # the manager's rights end at a unit
        rights_of(user)
        with django_assert_num_queries(queries):
            assert digest_of(user, on=ON).sections[0].total == number
