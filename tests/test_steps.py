"""What to bring or do: every lack has its step, and nothing else is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import translation
from hypothesis import given, settings

from attestation.services import judge
from attestation.steps import Who, for_words, steps_of
from employees.models import Organisation, User
from positions.rules import Facts, Status
from tests import law
from tests.panels import (
    COLLEGE,
    ON,
    SECOND,
    SOCIAL,
    panel_of,
    swimmer,
    verdict_of,
    words_of,
)
from tests.test_properties import ANYBODY, climbers

Told = dict[str, Any]


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"


def _steps(**told: Any) -> list[tuple[str, str, str]]:
    verdict = verdict_of(**told)
    with translation.override("en"):
        return [(step.who.value, step.words, for_words(step, verdict)) for step in steps_of(verdict)]


BOTH, NEXT = "for the current and the next rung", "for the next rung"
ANOTHER = (
    "If there is another education document that fits, bring it. "
    "Education: higher or postgraduate; field: social, pedagogical or medical."
)
DECIDES = "Whether the education fits is for the commission to decide: "


@pytest.mark.parametrize(
    ("education", "who", "words"),
    [
        ([], Who.EMPLOYEE, "Bring the education document."),
        ([{**SOCIAL, "fields": []}], Who.HR, "Enter the field or speciality that the education document states."),
        (
            [{**SOCIAL, "fields": ["economic"]}],
            Who.EMPLOYEE,
            ANOTHER,
        ),
        (
            [COLLEGE],
            Who.EMPLOYEE,
            ANOTHER,
        ),
        (
            [{**SOCIAL, "country": "RU"}],
            Who.EMPLOYEE,
            "Bring the recognition certificate of the foreign document, or the reason why none is needed.",
        ),
    ],
    ids=["none", "field not stated", "field differs", "level below", "not recognised"],
)
def test_each_lack_of_education_has_its_step_once_for_both_rungs(education: list[Told], who: Who, words: str) -> None:
    told = _steps(education=education, categories=[{**SECOND, "awarded_on": date(2021, 2, 1)}])
    assert told == [(who.value, words, BOTH)]


def test_an_education_above_the_named_is_for_the_commission() -> None:
    told = _steps(level="average", education=[SOCIAL])
    assert told[0] == ("commission", DECIDES + "it is higher than the text names.", BOTH)


def test_where_only_time_is_missing_the_day_comes_first() -> None:
    assert _steps(education=[SOCIAL], categories=[{**SECOND, "valid_until": None}]) == [
        ("time", "Only time is missing: reachable on 01.02.2028, if all goes on as it is.", NEXT),
        ("hr", "Check that every category held in this position is on record, with the day of its award.", NEXT),
    ]


def test_why_no_day_can_be_given_is_told() -> None:
    told = _steps(education=[SOCIAL], categories=[{**SECOND, "valid_until": date(2027, 1, 31)}])
    assert told[0] == ("time", "No day can be given: the category in force ends on 31.01.2027, before that.", NEXT)


def test_where_all_is_met_there_is_nothing_to_do() -> None:
    assert _steps(education=[SOCIAL], categories=[{**SECOND, "awarded_on": date(2022, 2, 1)}]) == []


@pytest.mark.django_db
def test_the_steps_of_certificates_name_them(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    expired = swimmer(organisation, issued_on=date(2024, 5, 1), lapses_on=date(2026, 5, 1))
    words = words_of(panel_of(client, expired, ON))
    assert "To bring Renew the document that expired on 30.04.2026, and bring it: ability to swim." in words
    assert "To bring Bring the document: ability to swim." in words_of(panel_of(client, swimmer(organisation), ON))


def test_alternatives_ask_for_nothing_once_one_of_them_is_met() -> None:
    """A head may come by experience in the sphere or by experience in managing: either is enough."""
    education = [{"level": "higher", "graduated_on": date(2005, 6, 30), "fields": ["social"]}]
    for hired_on, asked in ((date(2025, 1, 1), True), (date(2010, 1, 1), False)):
        facts = law.facts({"hired_on": hired_on, "education": education}, position="360/1.7")
        verdict = judge(facts, law.norms(), on=ON)
        assert verdict is not None
        assert len([finding for finding in verdict.findings if finding.requirement == "experience"]) > 1
        with translation.override("en"):
            told = [(step.who, step.words) for step in steps_of(verdict)]
        assert bool(told) == asked
        if asked:
            assert told[0][0] is Who.EMPLOYEE
            assert "Bring the documents of earlier work that is not on record" in told[0][1]
            assert told[1][0] is Who.HR
            assert "sphere: social protection" in told[1][1]


def test_a_post_without_a_level_and_a_day_without_text_have_their_steps() -> None:
    assert ("hr", "Enter the level of the post, if the act of appointment states it.", "for the entry rung") in _steps(
        level="", education=[{**SOCIAL, "fields": ["economic"]}]
    )
    facts = law.facts({"hired_on": date(2020, 2, 1), "level": "highest"}, position="360/2.3")
    verdict = judge(facts, law.norms(), on=date(2021, 6, 1))
    assert verdict is not None
    with translation.override("en"):
        assert [(step.words, for_words(step, verdict)) for step in steps_of(verdict)] == [
            ("No text is on file for this day: ask for a day on which a text is in force.", "for this day")
        ]


@settings(max_examples=100)
@given(ANYBODY | climbers())
def test_whatever_is_not_met_or_unknown_has_a_step(facts: Facts) -> None:
    verdict = judge(facts, law.norms(), on=ON)
    if verdict is None:
        return
    told = steps_of(verdict)
    assert len({(step.who, step.words) for step in told}) == len(told)
    for about, status in (("current", verdict.current_status), ("next", verdict.next and verdict.next.status)):
        if status in (Status.NOT_MET, Status.UNKNOWN):
            assert any(about in step.about for step in told)
    if verdict.current_status is Status.MET and (verdict.next is None or verdict.next.status is Status.MET):
        assert told == []
