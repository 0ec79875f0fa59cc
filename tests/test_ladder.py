"""The ladder as it is drawn: where somebody stands, what comes next, which other track is open."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given, settings

from attestation.ladder import Place, ladder_of
from attestation.services import judge
from employees.models import Organisation, User
from positions.rules import Facts
from tests import law
from tests.factories import (
    EducationFactory,
    EmployeeFactory,
    position,
)
from tests.panels import (
    COLLEGE,
    ON,
    SECOND,
    SOCIAL,
    panel_of,
    social,
    verdict_of,
    words_of,
)
from tests.test_properties import ANYBODY


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"


def test_the_ladder_marks_where_she_stands_and_the_next_rung() -> None:
    ladder = ladder_of(verdict_of(education=[SOCIAL], categories=[SECOND]))
    assert ladder is not None
    own, other = ladder.tracks
    assert (own.level, own.own, other.level, other.own) == ("highest", True, "average", False)
    assert [(rung.key.category, rung.place, rung.status) for rung in own.rungs] == [
        ("highest", Place.ABOVE, None),
        ("first", Place.NEXT, "not_met"),
        ("second", Place.CURRENT, "met"),
        ("none", Place.BELOW, None),
    ]
    assert {rung.place for rung in other.rungs} == {Place.ELSEWHERE}
    assert (ladder.since, ladder.valid_until, ladder.reachable_on) == (
        date(2026, 2, 1),
        date(2030, 2, 1),
        date(2028, 2, 1),
    )


def test_the_entry_rung_of_the_other_track_is_marked_only_where_it_is_open() -> None:
    for education, places in (
        ([COLLEGE], [Place.ELSEWHERE] * 4),
        ([COLLEGE, SOCIAL], [Place.ELSEWHERE, Place.ELSEWHERE, Place.ELSEWHERE, Place.OPEN]),
    ):
        ladder = ladder_of(verdict_of(level="average", education=education))
        assert ladder is not None
        assert ladder.tracks[0].level == "average"
        assert [rung.place for rung in ladder.tracks[1].rungs] == places


def test_at_the_top_there_is_no_next_rung_and_without_a_rung_nothing_is_marked() -> None:
    top = ladder_of(verdict_of(education=[SOCIAL], categories=[{**SECOND, "category": "highest"}]))
    nowhere = ladder_of(verdict_of(level="", education=[{**SOCIAL, "fields": ["economic"]}]))
    assert top is not None
    assert nowhere is not None
    assert [rung.place for rung in top.tracks[0].rungs] == [Place.CURRENT, *[Place.BELOW] * 3]
    assert not nowhere.stands_on_it
    assert {rung.place for track in nowhere.tracks for rung in track.rungs} == {Place.ELSEWHERE}


@settings(max_examples=60)
@given(ANYBODY)
def test_whoever_has_a_rung_of_the_text_stands_on_exactly_one(facts: Facts) -> None:
    verdict = judge(facts, law.norms(), on=ON)
    ladder = ladder_of(verdict) if verdict else None
    if verdict is None or ladder is None:
        return
    places = [rung.place for track in ladder.tracks for rung in track.rungs]
    on_it = (
        verdict.current is not None and verdict.edition is not None and verdict.current.key in verdict.edition.by_key
    )
    assert places.count(Place.CURRENT) == ladder.stands_on_it == on_it
    assert places.count(Place.NEXT) == (verdict.next is not None)
    assert places.count(Place.OPEN) == len(verdict.other_tracks)


@pytest.mark.django_db
def test_the_ladder_is_told_in_words_from_the_top(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    panel = panel_of(client, social(organisation, "social"), date(2025, 6, 1))
    ladder = words_of(panel.partition('<div class="ladder">')[2].partition('<section class="steps">')[0])
    own, _level, other = ladder.partition("Average qualification level")
    assert own == (
        "Highest qualification level The highest category "
        "The first category ▲ Next rung ✕ not met Reachable on 01.02.2026 "
        "The second category ● Stands here Since 01.02.2024. "
        "Without a category "
    )
    assert other.strip() == "The highest category The first category The second category Without a category"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["social"], "✓ The requirements for this post are met."),
        (["physical_education"], "✕ The requirements for this post are not met."),
        ([], "? Whether the requirements for this post are met is not known."),
    ],
)
def test_a_post_without_categories_has_a_box_instead_of_a_ladder(
    fields: list[str], words: str, client: Client, hr: User, organisation: Organisation
) -> None:
    employee = EmployeeFactory(organisation=organisation, position=position("360/1.7"), hired_on=date(2010, 1, 1))
    EducationFactory(employee=employee, fields=fields, graduated_on=date(2005, 6, 30))
    client.force_login(hr)
    panel = panel_of(client, employee, ON)
    assert words in words_of(panel)
    assert 'class="ladder"' not in panel
