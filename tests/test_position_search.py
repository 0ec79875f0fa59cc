"""Searching the texts of the law: what is found, where it stands, and how it is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from positions.models import Entry
from positions.searching import Piece, marked, read_terms
from tests.editions import COMING, entry, next_edition
from tests.factories import position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_22_november_2026", "hr_reads_english")]

#: PostgreSQL knows the stems of Russian and English words.
KNOWS_STEMS = connection.vendor == "postgresql"


@pytest.fixture
def texts() -> None:
    """An edition to come whose duties have words that no other text has."""
    next_edition(
        duties=[
            entry(kk="бірінші міндет;", ru="первая обязанность ёжика;", en="the first duty;"),
            entry(kk="зырылдауықты айналдырады;", ru="ведёт учёт шмелей на лугах;", en="counts bumblebees;"),
            entry(kk="зымыранды ұшырады;", ru="считает шмелям крылья;", en="counting wings of a bumblebee;"),
            entry(kk="соңғы міндет.", ru="<b>последняя</b> обязанность шмеля.", en="the last duty."),
        ]
    )


def words(response: Any) -> str:
    """Give the text of a page, without tags and with single spaces."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode())))


def found(client: Client, q: str, **asked: Any) -> list[str]:
    """Give the texts of the hits on a page, as they are marked."""
    response = client.get("/positions/search/", {"q": q, **asked})
    assert response.status_code == 200
    return [unescape(each) for each in re.findall(r'<p class="said"[^>]*>(.*?)</p>', response.content.decode())]


def total(client: Client, q: str, **asked: Any) -> int:
    """Give how many places were found."""
    told = re.search(r"(\d+) places? (?:was|were) found", words(client.get("/positions/search/", {"q": q, **asked})))
    return int(told[1]) if told else 0


# ------------------------------------------------------------------------------------------------------ what is found


def test_kazakh_words_are_found_from_a_russian_keyboard_and_in_any_case(client: Client) -> None:
    asked = ("әлеуметтік қорғау", "алеуметтик коргау", "ӘЛЕУМЕТТІК ҚОРҒАУ", "  АЛЕУМЕТТИК   коргау ")
    numbers = {total(client, q) for q in asked}
    assert len(numbers) == 1
    assert numbers.pop() > 50


def test_the_russian_yo_can_be_typed_as_ye(client: Client, texts: None) -> None:
    assert found(client, "учет шмелей") == ["ведёт <mark>учёт</mark> <mark>шмелей</mark> на лугах;"]


def test_letters_composed_in_another_way_are_the_same(client: Client, texts: None) -> None:
    assert found(client, "е\u0308жика") == ["первая обязанность <mark>ёжика</mark>;"]


def test_a_word_is_found_by_its_beginning_and_not_from_its_middle(client: Client, texts: None) -> None:
    assert found(client, "зырыл") == ["<mark>зырылдауықты</mark> айналдырады;"]
    assert found(client, "дауық") == []


def test_a_single_letter_is_looked_for_as_a_word(client: Client, texts: None) -> None:
    assert found(client, "шмелей н") == []


def test_of_several_words_all_must_stand_in_one_place(client: Client, texts: None) -> None:
    assert found(client, "учёт лугах") == ["ведёт <mark>учёт</mark> шмелей на <mark>лугах</mark>;"]
    assert found(client, "учёт ёжика") == []


@pytest.mark.parametrize("quotes", ['"%s"', "«%s»", "“%s”"])
def test_words_in_quotes_stand_one_after_the_other(quotes: str, client: Client, texts: None) -> None:
    assert found(client, quotes % "учёт шмелей") == ["ведёт <mark>учёт шмелей</mark> на лугах;"]
    assert found(client, quotes % "шмелей учёт") == []
    assert found(client, quotes % "шмелей лугах") == []


def test_other_forms_of_a_word_are_found_where_the_database_knows_stems(client: Client, texts: None) -> None:
    forms = ["ведёт учёт <mark>шмелей</mark> на лугах;", "считает <mark>шмелям</mark> крылья;"]
    assert found(client, "шмель", language="ru")[:2] == (forms if KNOWS_STEMS else [])
    both = ["<mark>counts</mark> <mark>bumblebees</mark>;", "<mark>counting</mark> wings of a <mark>bumblebee</mark>;"]
    assert found(client, "counted bumblebee") == (both if KNOWS_STEMS else [])
    assert found(client, "count bumblebee") == both


@pytest.mark.parametrize(
    ("q", "place"),
    [
        ("Specialist social work", "Title of the position"),
        ("зырылдауықты", "Official duties, clause 43, entry 2"),
        ("Неке ерлі-зайыптылық", "Must know, clause 44, entry 2"),
        ("санаты жоқ педагогикалық", "Requirements for the qualification, clause 45, line 6"),
        ("continues Specialist in social work", "How the text is read, clause 45"),
    ],
)
def test_every_part_of_a_text_is_searched(q: str, place: str, client: Client, texts: None) -> None:
    assert place in words(client.get("/positions/search/", {"q": q, "act": "360"}))


# ----------------------------------------------------------------------------------------------------- where one looks


def test_a_language_an_order_and_a_day_narrow_the_search(client: Client, texts: None) -> None:
    everything = total(client, "социальн")
    assert 0 < total(client, "социальн", act="31") < everything
    assert total(client, "социальн", language="ru") == everything
    assert total(client, "социальн", language="en") == 0
    assert found(client, "зырылдауықты", on="2026-12-31") == []
    assert len(found(client, "зырылдауықты", on="2027-01-01")) == 1


def test_what_lies_elsewhere_is_counted_and_offered(client: Client, texts: None) -> None:
    response = client.get("/positions/search/", {"q": "лугах", "language": "kk"})
    assert "Nothing was found. In all orders, languages and editions there is 1 place" in words(response)
    assert 'href="/positions/search/?q=%D0%BB%D1%83%D0%B3%D0%B0%D1%85"' in response.content.decode()


def test_an_unknown_language_or_order_is_passed_over(client: Client, texts: None) -> None:
    assert len(found(client, "зырылдауықты", language="zz", act="1")) == 1


@pytest.mark.parametrize("bad", ["soon", "2026-02-30"])
def test_a_bad_day_is_told_in_place(bad: str, client: Client, texts: None) -> None:
    response = client.get("/positions/search/", {"q": "зырылдауықты", "on": bad})
    assert "This is not a day." in words(response)
    assert 'id="id_on_error"' in response.content.decode()


def test_too_many_words_are_refused_in_place(client: Client) -> None:
    assert "Search for fewer words" in words(client.get("/positions/search/", {"q": "а" * 201}))


# ------------------------------------------------------------------------------------------------------ how it is shown


def test_a_hit_stands_between_its_neighbours(client: Client, texts: None) -> None:
    told = words(client.get("/positions/search/", {"q": "зырылдауықты"}))
    assert "бірінші міндет; зырылдауықты айналдырады; зымыранды ұшырады;" in told
    assert "In force from 01.01.2027" in told
    assert "Comes into force on 01.01.2027" in told


def test_a_hit_leads_to_its_entry_on_the_page_of_its_edition(client: Client, texts: None) -> None:
    page = client.get("/positions/search/", {"q": "зырылдауықты"}).content.decode()
    assert 'href="/positions/360/2.3/2027-01-01/#duties-2"' in page
    assert 'id="duties-2"' in client.get("/positions/360/2.3/2027-01-01/").content.decode()


def test_a_hit_in_a_language_that_the_page_does_not_show_asks_for_it(client: Client, texts: None) -> None:
    page = client.get("/positions/search/", {"q": "шмелей"}).content.decode()
    assert 'href="/positions/360/2.3/2027-01-01/?right=ru#duties-2"' in page
    assert "шмелей" in words(client.get("/positions/360/2.3/2027-01-01/?right=ru"))


def test_the_anchors_of_all_parts_are_on_the_page(client: Client) -> None:
    page = client.get("/positions/360/2.3/").content.decode()
    for anchor in ("duties-1", "knowledge-1", "qualification-line-4", "note-1"):
        assert f'id="{anchor}"' in page


def test_what_looks_like_a_tag_in_a_text_is_shown_and_never_obeyed(client: Client, texts: None) -> None:
    page = client.get("/positions/search/", {"q": "последняя"}).content.decode()
    assert "&lt;b&gt;<mark>последняя</mark>&lt;/b&gt; обязанность шмеля." in page
    assert "<b>последняя" not in page


def test_what_was_typed_comes_back_as_text(client: Client) -> None:
    page = client.get("/positions/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page


def test_words_that_stayed_the_same_are_shown_once_in_the_newest_edition(client: Client) -> None:
    before = total(client, "паллиативті көмек", act="360")
    next_edition(notes=[])
    assert total(client, "паллиативті көмек", act="360") == before
    told = words(client.get("/positions/search/", {"q": "паллиативті көмек", "act": "360"}))
    assert "In the same words also here: In force from 01.07.2023 to 31.12.2026" in told


def test_the_same_words_twice_in_one_text_are_two_places(client: Client) -> None:
    next_edition(duties=[entry(kk="зырылдауықты айналдырады;"), entry(kk="зырылдауықты айналдырады;")])
    assert len(found(client, "зырылдауықты")) == 2


def test_the_readers_language_is_shown_and_the_others_are_named(client: Client) -> None:
    next_edition(duties=[entry(kk="квазар;", ru="квазар;", en="quasar квазар;")])
    response = client.get("/positions/search/", {"q": "квазар"})
    assert found(client, "квазар") == ["quasar <mark>квазар</mark>;"]
    assert "Found also in: Қазақша, Русский" in words(response)


def test_many_hits_come_page_by_page_and_none_is_lost(client: Client) -> None:
    number = total(client, "әлеуметтік")
    assert number > 150
    first = client.get("/positions/search/", {"q": "әлеуметтік"})
    assert f"{number} places were found. Shown here: 1–50 of {number}." in words(first)
    pages = -(-number // 50)
    seen = [len(found(client, "әлеуметтік", page=page)) for page in range(1, pages + 1)]
    assert sum(seen) == number
    assert f"Shown here: {number - seen[-1] + 1}–{number} of {number}." in words(
        client.get("/positions/search/", {"q": "әлеуметтік", "page": pages})
    )


@pytest.mark.parametrize("q", ["", "   ", '""', "— …"])
def test_nothing_to_look_for_explains_how_to_search(q: str, client: Client) -> None:
    told = words(client.get("/positions/search/", {"q": q}))
    assert "Kazakh letters can be typed on a Russian keyboard" in told


def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "Try fewer words" in words(client.get("/positions/search/", {"q": "zzzz"}))


def test_the_catalogue_has_the_search(client: Client) -> None:
    page = client.get("/positions/").content.decode()
    assert 'action="/positions/search/"' in page
    assert 'name="q"' in page


@pytest.mark.parametrize("q", ["зырылдауықты", "әлеуметтік", "zzzz", "social work education health"])
def test_a_search_asks_as_much_for_one_hit_as_for_hundreds(
    q: str, client: Client, texts: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.get("/positions/search/", {"q": q})
    who_asks, acts, reading, stems, rights = 2, 1, 4, 2 if KNOWS_STEMS else 0, 1
    with django_assert_num_queries(who_asks + acts + reading + stems + rights):
        client.get("/positions/search/", {"q": q})


def test_a_position_without_any_text_is_found_by_its_title(client: Client) -> None:
    place = position("31/2.2")
    place.title_en = "Zoologist"
    place.save()
    place.editions.all().delete()
    response = client.get("/positions/search/", {"q": "zoologist"})
    assert "No text is on file yet." in words(response)
    assert 'href="/positions/31/2.2/"' in response.content.decode()


# ------------------------------------------------------------------------------------------------------- the bare rules


def test_terms_are_words_and_phrases_each_once() -> None:
    assert [term.words for term in read_terms('соц «Әлеуметтік жұмыс» соц 18-жастан "a')] == [
        ("соц",),
        ("алеуметтик", "жумыс"),
        ("18", "жастан"),
        ("a",),
    ]


def test_marks_that_meet_do_not_overlap() -> None:
    pieces = marked("әлеуметтік жұмыс жөніндегі маман", read_terms('"әлеуметтік жұмыс" жұмыс маман'), {})
    assert pieces == (
        Piece("әлеуметтік жұмыс", True),
        Piece(" жөніндегі ", False),
        Piece("маман", True),
    )


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_loses_no_letter(text: str, asked: str) -> None:
    pieces = marked(text, read_terms(asked), {})
    assert "".join(piece.text for piece in pieces) == unicodedata.normalize("NFC", text)


def test_an_entry_of_the_norm_files_is_found_by_its_own_words(client: Client) -> None:
    told = Entry.objects.filter(edition__position__code="360/2.3", kind="duty", number=4).get()
    assert told.edition.valid_from < COMING
    assert any(told.text_kk.split()[0] in hit for hit in found(client, f'"{told.text_kk}"', on=date(2026, 1, 1)))
