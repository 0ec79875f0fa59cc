"""The page of a text: addresses that stay, what is in force, all editions, and two of them compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from employees.models import User
from positions.models import Edition, Entry
from positions.norms import edition_data
from positions.standing import Standing, standing
from tests.editions import COMING, FIRST, entry, next_edition
from tests.factories import position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_22_november_2026", "hr_reads_english")]

PAGE, NOW, NEXT = "/positions/360/2.3/", "/positions/360/2.3/2023-07-01/", "/positions/360/2.3/2027-01-01/"
OLD = "/positions/31/3.6/2012-07-09/"


@pytest.fixture
def coming() -> Edition:
    """An edition of 360/2.3 that comes into force on 01.01.2027."""
    duties = [
        {language: getattr(each, f"text_{language}") or "" for language in ("kk", "ru", "en")}
        for each in Entry.objects.filter(edition__position__code="360/2.3", kind="duty").order_by("number")
    ]
    changed = {**duties[4], "kk": duties[4]["kk"].replace("болжайды", "алдын ала есептейді")}
    new = entry(kk="зырылдауықты айналдырады;", ru="вращает вертушку;", en="turns the whirligig;")
    return next_edition(duties=[*duties[:3], changed, *duties[5:], new])


def words(response: Any) -> str:
    """Give the text of a page, without tags and with single spaces."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


def html(client: Client, address: str) -> str:
    """Give a page as it is sent."""
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


# ------------------------------------------------------------------------------------------------ permanent addresses


def test_an_edition_keeps_its_address_whatever_comes_into_force_later(client: Client, hr: User) -> None:
    before = Entry.objects.get(edition__position__code="360/2.3", kind="duty", number=4).text_kk
    assert before in words(client.get(NOW))
    next_edition(duties=[entry(kk="зырылдауықты айналдырады;")])
    with time_machine.travel("2027-05-01 12:00", tick=False):
        client.force_login(hr)
        assert before in words(client.get(NOW))
        assert before not in words(client.get(PAGE))
        assert "зырылдауықты айналдырады;" in words(client.get(PAGE))


def test_the_page_names_its_permanent_address(client: Client) -> None:
    assert f'<a href="{NOW}">http://testserver{NOW}</a>' in html(client, PAGE)


def test_every_entry_has_a_link_to_itself(client: Client) -> None:
    page = html(client, PAGE)
    for anchor in ("duties-3", "knowledge-2", "qualification-line-4"):
        assert page.count(f'id="{anchor}"') == 1
        assert page.count(f'href="{NOW}#{anchor}"') == 1


def test_the_chosen_languages_stay_in_the_links_to_entries(client: Client) -> None:
    assert f'href="{NOW}?left=ru&amp;right=en#duties-3"' in html(client, f"{PAGE}?left=ru&right=en")


def test_every_edition_of_every_position_has_its_page(client: Client) -> None:
    for edition in Edition.objects.select_related("position"):
        act, number = edition.position.code.split("/")
        address = reverse("position_edition", args=[act, number, edition.valid_from])
        assert client.get(address).status_code == 200, address


def test_a_day_on_which_no_edition_begins_is_told_with_the_days_there_are(client: Client) -> None:
    response = client.get("/positions/360/2.3/2024-05-05/")
    assert response.status_code == 404
    assert "No edition of this text begins on 05.05.2024." in words(response)
    assert f'href="{NOW}"' in response.content.decode()


@pytest.mark.parametrize("address", ["/positions/360/2.3/2026-02-30/", "/positions/360/9.9/2023-07-01/"])
def test_what_there_is_not_has_no_page(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no such page" in words(response)


# ------------------------------------------------------------------------------------------------------------- clauses


@pytest.mark.parametrize(("clause", "anchor"), [("43", "#duties"), ("44", "#knowledge"), ("45", "#qualification")])
def test_a_clause_leads_to_its_part_of_the_text_in_force(clause: str, anchor: str, client: Client) -> None:
    response = client.get(f"/positions/360/clause/{clause}/")
    assert (response.status_code, response["Location"]) == (302, f"{NOW}{anchor}")


def test_a_clause_that_is_a_whole_text_leads_to_its_top(client: Client) -> None:
    response = client.get("/positions/31/clause/3.6/?on=2015-06-01")
    assert response["Location"] == f"{OLD}?on=2015-06-01"


def test_a_clause_leads_to_the_edition_of_the_day_that_is_asked_for(client: Client, coming: Edition) -> None:
    on = "on=2027-01-01"
    assert client.get(f"/positions/360/clause/43/?{on}")["Location"] == f"{NEXT}?{on}#duties"
    assert client.get("/positions/360/clause/43/?on=2026-12-31")["Location"] == f"{NOW}?on=2026-12-31#duties"
    assert client.get(f"/positions/360/clause/43/?{on}", follow=True).status_code == 200


def test_a_clause_without_text_on_the_day_says_so_and_names_what_is_on_file(client: Client) -> None:
    response = client.get("/positions/360/clause/45/?on=2020-01-01")
    assert response.status_code == 404
    assert "No text of this clause is in force on 01.01.2020." in words(response)
    assert f'href="{NOW}"' in response.content.decode()


def test_a_clause_of_several_texts_lets_the_reader_choose(client: Client) -> None:
    Edition.objects.filter(position__code="360/2.4").update(duties_clause="45")
    response = client.get("/positions/360/clause/45/")
    assert response.status_code == 200
    assert "Several texts in force on 22.11.2026 stand in this clause." in words(response)
    assert f'href="{NOW}"' in response.content.decode()
    assert 'href="/positions/360/2.4/2023-07-01/"' in response.content.decode()


def test_a_clause_that_is_not_on_file_says_so(client: Client) -> None:
    response = client.get("/positions/360/clause/999/")
    assert response.status_code == 404
    assert "No text on file stands in this clause." in words(response)


# ---------------------------------------------------------------------------------------------- in force, over, to come


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 6, 30), Standing.TO_COME),
        (date(2023, 7, 1), Standing.IN_FORCE),
        (date(2026, 12, 31), Standing.IN_FORCE),
        (date(2027, 1, 1), Standing.ENDED),
    ],
)
def test_an_edition_is_in_force_from_its_first_day_to_its_last(on: date, expected: Standing) -> None:
    assert standing(Edition(valid_from=FIRST, valid_until=COMING), on) is expected


def test_a_text_in_force_says_so_and_that_a_later_one_will_come(client: Client, coming: Edition) -> None:
    told = words(client.get(PAGE))
    assert "✓ In force In force from 01.07.2023 to 31.12.2026" in told
    assert "A later edition is on file: Comes into force on 01.01.2027" in told


def test_a_text_to_come_says_so_and_names_the_one_in_force(client: Client, coming: Edition) -> None:
    told = words(client.get(NEXT))
    assert "Comes into force on 01.01.2027. In force today is another edition: In force from 01.07.2023" in told


def test_a_text_that_has_ended_says_since_when_and_whose_text_is_in_force(client: Client) -> None:
    told = words(client.get(OLD))
    assert "No longer in force since 17.12.2017. In force today is the text of: Specialist in social work" in told
    assert "(360/2.3)" in told


def test_a_text_that_has_ended_without_successor_says_that_none_is_in_force(client: Client) -> None:
    told = words(client.get("/positions/31/2.2/2012-07-09/"))
    assert "No text of this position is in force today." in told


def test_an_edition_asked_for_on_a_day_of_another_one_says_so(client: Client, coming: Edition) -> None:
    told = words(client.get(f"{NEXT}?on=2020-01-01"))
    assert "No text of this position is on file for 01.01.2020." in told


def test_all_editions_are_listed_the_newest_first_with_what_they_are(client: Client, coming: Edition) -> None:
    listed = words(client.get(PAGE)).partition("Editions of this text")[2].partition("About this text")[0]
    assert listed.index("In force from 01.01.2027") < listed.index("In force from 01.07.2023 to 31.12.2026")
    assert "This is the edition shown here." in listed
    page = html(client, f"{PAGE}?left=ru")
    assert f'href="{NEXT}?left=ru"' in page
    assert 'href="/positions/360/2.3/compare/?one=2027-01-01&amp;other=2023-07-01"' in page


def test_one_edition_alone_needs_no_list(client: Client) -> None:
    assert "Editions of this text" not in words(client.get(PAGE))


def test_the_day_in_the_form_shows_the_edition_that_is_shown(client: Client, coming: Edition) -> None:
    assert 'value="2026-11-22"' in html(client, NOW)
    assert 'value="2027-01-01"' in html(client, NEXT)


def test_a_page_of_many_editions_asks_as_much_as_one_of_one(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.get(PAGE)
    with django_assert_num_queries(12):
        client.get(NOW)
    for year in (2027, 2028, 2029):
        next_edition(begins=date(year, 1, 1), notes=[] if year % 2 else [_note()])
    with django_assert_num_queries(12):
        client.get(NOW)


def _note() -> dict[str, Any]:
    return {"clause": "45", "reading": None, "text": entry(kk="Ескертпе.", ru="Примечание.", en="A note.")}


# -------------------------------------------------------------------------------------------------------- two editions


def compared(client: Client, query: str = "") -> str:
    """Give the text of the page that compares two editions."""
    return words(client.get(f"/positions/360/2.3/compare/{query}"))


def test_what_was_added_dropped_and_changed_is_marked_word_by_word(client: Client, coming: Edition) -> None:
    page = html(client, "/positions/360/2.3/compare/?language=kk")
    assert "<ins>зырылдауықты айналдырады;</ins>" in page
    assert "<del>көрсетілетін қызметтердің сапасы мен түрлерін талдайды;</del>" in page
    assert "динамикасын <del>болжайды</del><ins>алдын ала есептейді</ins>;" in page
    assert "20 entries are the same in both." in compared(client)


def test_a_change_in_another_language_alone_is_shown_in_that_language(client: Client, coming: Edition) -> None:
    page = html(client, "/positions/360/2.3/compare/")
    assert "<ins>turns the whirligig;</ins>" in page
    assert re.search(r'<p lang="kk">[^<]*динамикасын <del>болжайды</del>', page)


def test_the_older_edition_comes_first_in_whatever_order_they_are_asked_for(client: Client, coming: Edition) -> None:
    one = compared(client, "?one=2027-01-01&other=2023-07-01").partition("Compare ")[2]
    other = compared(client, "?one=2023-07-01&other=2027-01-01").partition("Compare ")[2]
    assert one == other
    assert "Last day in force 31.12.2026 no last day" in one


def test_a_requirement_that_differs_is_told_in_words(client: Client) -> None:
    old = next_edition(notes=[])
    experience = old.rungs.order_by("order")[0].pathways.get().experience.get()
    experience.years = 5
    experience.save()
    told = compared(client)
    assert "at least 3 years; as: highest qualification level, the first category" in told
    assert "at least 5 years; as: highest qualification level, the first category" in told


def test_another_way_of_meeting_a_rung_is_marked_and_its_clause_is_not(client: Client) -> None:
    first, second, *others = edition_data(position("360/2.3").editions.get())["rungs"]
    next_edition(rungs=[first, {**second, "pathways": [*second["pathways"], *first["pathways"]]}, *others])
    page = html(client, "/positions/360/2.3/compare/")
    assert "<ins>or: Education: " in page
    assert len(re.findall(r"<br>clause 45\s*</td>", page)) == 2


def test_an_edition_that_there_is_not_is_told_in_place(client: Client, coming: Edition) -> None:
    response = client.get("/positions/360/2.3/compare/?one=2020-01-01")
    assert response.status_code == 200
    assert "No edition of this text begins on that day. Choose one." in words(response)


def test_an_edition_beside_itself_has_nothing_to_show(client: Client, coming: Edition) -> None:
    assert "This is the same edition twice." in compared(client, "?one=2023-07-01&other=2023-07-01")


def test_one_edition_cannot_be_compared(client: Client) -> None:
    assert "There is one edition of this text only" in compared(client)
    position("31/2.2").editions.all().delete()
    assert "No text is on file yet." in words(client.get("/positions/31/2.2/compare/"))


def test_what_looks_like_a_tag_in_a_text_is_never_obeyed(client: Client) -> None:
    next_edition(duties=[entry(kk="<script>alert(1)</script>")])
    assert "<script>alert(1)" not in html(client, "/positions/360/2.3/compare/?language=kk")
    assert "<script>alert(1)" not in html(client, NEXT)


def test_comparing_asks_as_much_for_two_editions_as_for_five(
    client: Client, coming: Edition, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.get(PAGE)
    for year in (2028, 2029, 2030):
        next_edition(begins=date(year, 1, 1), notes=[] if year % 2 else [_note()])
    with django_assert_max_num_queries(13):
        client.get("/positions/360/2.3/compare/?one=2023-07-01&other=2029-01-01")
