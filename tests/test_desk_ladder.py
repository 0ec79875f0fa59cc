"""The ladder editor: rungs, ways and experience, how each rule reads at once, and what a ladder may not be."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from employees.models import Organisation, User
from positions.desk.place_words import anchor_of, place_words
from positions.models import Draft
from tests.browsing import as_user, words
from tests.desk import Desk, amending, editor, new_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(organisation: Organisation) -> User:
    return editor(organisation)


@pytest.fixture
def desk(texts: User) -> Desk:
    return amending(texts)


def keys(desk: Desk) -> list[tuple[str | None, str | None]]:
    return [(rung["level"], rung["category"]) for rung in desk.data["rungs"]]


def reading(desk: Desk, index: int, changes: dict[str, Any]) -> str:
    """Give how a rung reads while its form is being changed; nothing is saved."""
    sheet = desk.open()
    for name, value in changes.items():
        sheet.fields[name] = value if isinstance(value, list) else [value]
    response = desk.client.post(reverse("admin:desk_rung", args=[desk.draft.pk, index]), sheet.fields)
    assert response.status_code == 200
    return words(response)


def test_a_rung_is_moved_removed_and_added(desk: Desk) -> None:
    before = keys(desk)
    desk.do("rungs.0.down")
    assert keys(desk) == [before[1], before[0], *before[2:]]
    assert "The rungs stand in the wrong order: the highest category comes first." in desk.open().text
    desk.do("rungs.1.up")
    desk.do("rungs.2.remove")
    assert keys(desk) == [*before[:2], *before[3:]]
    shown = desk.open().text
    assert "is missing between its neighbours" in shown
    assert "a rung that this ladder does not have" in shown
    assert desk.review("x").status_code == 409
    desk.do("rungs.add")
    assert keys(desk)[-1] == (None, None)


def test_a_whole_level_is_added_at_once_and_asks_for_the_rung_below(texts: User) -> None:
    position = new_position()
    client = as_user(texts)
    client.post(reverse("admin:desk_amend", args=[position.pk]), {"on": "2027-01-01", "act": "316-2024"})
    desk = Desk(user=texts, draft=Draft.objects.get(position=position))
    assert desk.do("rungs.standard.average").headers["Location"].endswith("#rungs-0")
    rungs = desk.data["rungs"]
    assert keys(desk) == [("average", category) for category in ("highest", "first", "second", "none")]
    asked = [[norm["rung"] for norm in rung["pathways"][0]["experience"]] for rung in rungs]
    assert asked == [
        [{"level": "average", "category": "first"}],
        [{"level": "average", "category": "second"}],
        [{"level": "average", "category": "none"}],
        [],
    ]
    shown = desk.open().text
    assert "A pathway needs at least one level of education." in shown
    assert "is missing between" not in shown


def test_ways_and_experience_are_added_and_removed(desk: Desk) -> None:
    desk.do("rungs.0.pathways.add")
    ways = desk.data["rungs"][0]["pathways"]
    assert len(ways) == 2
    assert ways[1]["education"] == ways[0]["education"]
    assert desk.do("rungs.0.pathways.1.experience.add").headers["Location"].endswith("#rungs-0-pathways-1-experience-0")
    prefix = "rungs.0.pathways.1.experience.0"
    typed = {f"{prefix}.years": "7", f"{prefix}.rung": "average/first", f"{prefix}.spheres": ["sport", "education"]}
    desk.do("save", {**typed, f"{prefix}.marks": ["managerial", "in_specialty"]})
    norm = desk.data["rungs"][0]["pathways"][1]["experience"][0]
    assert norm["years"] == 7
    assert norm["rung"] == {"level": "average", "category": "first"}
    assert sorted(norm["spheres"]) == ["education", "sport"]
    assert [mark for mark, holds in norm.items() if holds is True] == ["managerial", "in_specialty"]
    desk.do("rungs.0.pathways.1.experience.0.remove")
    assert desk.data["rungs"][0]["pathways"][1]["experience"] == []
    desk.do("rungs.0.pathways.1.remove")
    assert len(desk.data["rungs"][0]["pathways"]) == 1
    desk.do("rungs.0.pathways.0.remove")
    assert "A rung needs at least one pathway." in desk.open().text


def test_ticking_a_box_does_not_move_the_others(desk: Desk) -> None:
    name = "rungs.0.pathways.0.fields"
    assert desk.data["rungs"][0]["pathways"][0]["fields"] == ["social", "pedagogical", "medical"]
    desk.do("save", {name: ["social", "economic", "pedagogical", "medical"]})
    assert desk.data["rungs"][0]["pathways"][0]["fields"] == ["social", "pedagogical", "medical", "economic"]


def test_how_a_rule_reads_is_shown_in_three_languages_before_it_is_saved(desk: Desk) -> None:
    before = desk.data
    shown = reading(desk, 0, {"rungs.0.pathways.0.experience.0.years": "4"})
    assert "кемінде 4 жыл" in shown
    assert "не менее 4 лет" in shown
    assert "at least 4 years" in shown
    assert "жоғары санат – жоғары (немесе жоғары оқу орнынан кейінгі)" in shown  # the line of the clause
    for language in ("Kazakh", "Russian", "English"):
        assert f"Years in the rule: 4; in line 3 of the text ({language}): 3." in shown
    assert desk.data == before


def test_a_rule_without_years_reads_so(desk: Desk) -> None:
    assert "years are missing" in reading(desk, 0, {"rungs.0.pathways.0.experience.0.years": ""})
    assert "years “many”" in reading(desk, 0, {"rungs.0.pathways.0.experience.0.years": "many"})
    assert "Education: none is named" in reading(desk, 0, {"rungs.0.pathways.0.education": []})


def test_a_rung_that_is_not_there_has_no_reading(desk: Desk) -> None:
    address = reverse("admin:desk_rung", args=[desk.draft.pk, 99])
    assert desk.client.post(address, desk.open().fields).status_code == 404
    assert desk.client.post(address, {"version": "1"}).status_code == 400


def test_years_of_text_and_rule_that_disagree_are_warned_of_and_may_be_published(desk: Desk) -> None:
    desk.do("save", {"rungs.0.pathways.0.experience.0.years": "4"})
    sheet = desk.open()
    assert "Years in the rule: 4; in line 3 of the text (Russian): 3." in sheet.text
    assert "rungs-0-ru" in sheet.ids & sheet.anchors
    assert desk.review("Жаңа мерзім").status_code == 302


@pytest.mark.parametrize(
    ("place", "named", "anchor"),
    [
        (("valid_from",), "About this edition: First day in force", "valid_from"),
        (("clauses", "duties"), "About this edition: Clause of the official duties", "clauses-duties"),
        (("provenance", "kk"), "About this edition: Origin of the Kazakh text", "provenance-kk"),
        (("qualification", "ru"), "Requirements for the qualification: Русский", "qualification-ru"),
        (("duties", 2, "en"), "Official duties, entry 3: English", "duties-2-en"),
        (("notes", 0, "clause"), "How the text is read, note 1: clause", "notes-0-clause"),
        (("rungs",), "Ladder", "rungs"),
        (("rungs", 1), "Ladder: highest qualification level, the first category", "rungs-1"),
        (
            ("rungs", 1, "pathways", 0, "education", 3),
            "Ladder, highest qualification level, the first category, way 1: education",
            "rungs-1-pathways-0-education",
        ),
        (
            ("rungs", 1, "pathways", 0, "experience", 0, "rung", "level"),
            "Ladder, highest qualification level, the first category, way 1, experience 1, as which rung: level",
            "rungs-1-pathways-0-experience-0-rung",
        ),
        ((), "About this edition", "about"),
    ],
)
def test_a_place_is_named_in_words_and_leads_to_its_field(
    desk: Desk, place: tuple[str | int, ...], named: str, anchor: str
) -> None:
    from django.utils import translation

    with translation.override("en"):
        assert place_words(place, desk.data) == named
    assert anchor_of(place) == anchor
    assert anchor in desk.open().ids
