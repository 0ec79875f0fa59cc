"""The page of a draft: nothing typed is lost, every button does what it says, what is wrong is named at its place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from employees.models import Organisation, User
from positions.desk.page import draft_page
from positions.desk.parsing import document_of
from positions.editing.checks import check_document
from positions.editing.documents import plain
from positions.models import Act, Draft, Edition
from positions.norms import edition_data
from tests.browsing import as_user, words
from tests.desk import Desk, amending, correcting, current, editor, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(organisation: Organisation) -> User:
    return editor(organisation)


@pytest.fixture
def desk(texts: User) -> Desk:
    return amending(texts)


def duties(desk: Desk, language: str = "kk") -> list[str]:
    return [entry[language] for entry in desk.data["duties"]]


# ------------------------------------------------------------------------------------------------- nothing is lost


@pytest.mark.parametrize(
    "code", ["360/1.2", "360/1.4-1", "360/2.2", "360/2.3", "360/2.6", "360/2.10", "360/3.4", "31/2.1"]
)
def test_an_edition_goes_through_its_form_unchanged(texts: User, code: str) -> None:
    desk = correcting(texts, code)
    before = desk.data
    sheet = desk.open()
    assert desk.send(sheet).status_code == 302
    assert desk.data == before == plain(edition_data(current(code)))


def test_every_edition_on_file_goes_through_a_form_unchanged(texts: User) -> None:
    from django.http import QueryDict
    from django.template.loader import render_to_string

    draft = correcting(texts).draft
    acts = {act.code: act for act in Act.objects.all()}
    for edition in Edition.objects.all():
        document = plain(edition_data(edition))
        page = draft_page(document, base=document, checked=check_document(document, acts=set(acts)), acts=acts)
        shown = render_to_string("positions/desk/draft.html", {"page": page, "draft": draft, "version": 1})
        posted = QueryDict(mutable=True)
        for name, values in read_text(shown).items():
            posted.setlist(name, values)
        assert document_of(posted) == document, edition


def read_text(shown: str) -> dict[str, list[str]]:
    from django.http import HttpResponse

    return read(HttpResponse(shown)).fields


def test_a_form_that_did_not_arrive_as_a_whole_changes_nothing(desk: Desk) -> None:
    sheet, before = desk.open(), desk.data
    del sheet.fields["end"]
    response = desk.send(sheet)
    assert response.status_code == 400
    assert "Nothing was saved" in words(response)
    assert desk.data == before


def test_what_cannot_be_read_stays_as_typed_and_is_named_at_its_place(desk: Desk) -> None:
    years = "rungs.0.pathways.0.experience.0.years"
    changes = {
        "valid_from": "31.02.2027",
        years: "üç",
        "rungs.1.line": "-",
        "clauses.duties": "",
        "rungs.2.clause": "4" * 21,
        "rungs.3.level": "lowest",
        "notes.0.reading": "99999",
    }
    assert desk.do("save", changes).status_code == 302
    sheet = desk.open()
    for name, value in changes.items():
        assert sheet.fields[name] == [value]
    for said in (
        "A date is expected here",
        "A whole number of years is needed here.",
        "Write a whole number here, or nothing.",
        "The clause is missing.",
        "The number of a clause has at most 20 characters.",
        "Unknown code: lowest.",
    ):
        assert said in sheet.text
    assert "Ladder, highest qualification level, the highest category, way 1, experience 1: years" in sheet.text
    assert "About this edition: First day" in sheet.text
    missing = {anchor for anchor in sheet.anchors if anchor and anchor not in sheet.ids}
    assert not missing
    assert desk.review("x").status_code == 409


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1949-12-31", "2100-01-01"])
def test_a_day_that_no_order_means_is_named(desk: Desk, day: str) -> None:
    desk.do("save", {"valid_to": day})
    assert "Choose a day between 01.01.1950 and 31.12.2099." in desk.open().text
    assert desk.review("x").status_code == 409


def test_a_day_may_be_written_as_people_do(desk: Desk) -> None:
    desk.do("save", {"valid_from": "05.02.2027"})
    assert desk.data["valid_from"] == "2027-02-05"


def test_too_many_years_are_refused(desk: Desk) -> None:
    desk.do("save", {"rungs.0.pathways.0.experience.0.years": "40000"})
    assert "That are too many years: at most 60." in desk.open().text


def test_experience_without_years_is_saved_and_not_published(desk: Desk) -> None:
    desk.do("rungs.3.pathways.0.experience.add")
    assert desk.data["rungs"][3]["pathways"][0]["experience"][0]["years"] == ""
    assert "years are missing" in desk.open().text
    response = desk.review("х")
    assert response.status_code == 409
    assert "cannot come into force" in words(response)


def test_nonsense_in_any_field_is_kept_and_named_and_breaks_no_page(desk: Desk) -> None:
    desk.do("rungs.0.pathways.0.experience.add")
    sheet = desk.open()
    typed = {name for name in sheet.fields if name not in {"version", "present", "end", "csrfmiddlewaretoken"}}
    for name in typed:
        sheet.fields[name] = ["§§ 31.02.2026 <i>"]
    assert desk.send(sheet).status_code == 302
    again = desk.open()
    lost = {name for name in typed if not name.endswith(".was") and again.fields.get(name) != ["§§ 31.02.2026 <i>"]}
    assert not {name for name in lost if not name.endswith((".rung", "dates_estimated", ".marks"))}
    assert desk.review().status_code == 200
    assert desk.review("x").status_code == 409
    address = f"{desk.address}rungs/0/"
    assert desk.client.post(address, again.fields).status_code == 200


# ------------------------------------------------------------------------------------------- what Word leaves behind


def test_quotes_dashes_and_unbreakable_spaces_of_word_are_kept(desk: Desk) -> None:
    typed = "«Отбасы» — “үй”\u00a0шаруасы… 2–3 рет, N\u2011сынып;"
    desk.do("save", {"duties.0.kk": typed})
    assert desk.data["duties"][0]["kk"] == typed


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("бір\u000bекі;", "бір\u000bекі;", "A control character (U+000B)"),
        ("бір\x00екі;", "бір\ufffdекі;", "A sign that was lost in copying (U+FFFD)"),
        ("бір\uf0b7екі;", "бір\uf0b7екі;", "A sign that was lost in copying (U+F0B7)"),
    ],
)
def test_what_would_break_a_text_is_named_and_not_published(desk: Desk, typed: str, kept: str, said: str) -> None:
    desk.do("save", {"duties.0.kk": typed})
    assert desk.data["duties"][0]["kk"] == kept
    sheet = desk.open()
    assert said in sheet.text
    assert "Official duties, entry 1: Қазақша" in sheet.text
    assert desk.review("x").status_code == 409


def test_what_no_reader_sees_is_pointed_at_and_may_be_published(desk: Desk) -> None:
    desk.do("save", {"duties.0.ru": "Осуще\u00adствляет деятельноcть қызмет;"})
    shown = desk.open().text
    for said in (
        "An invisible character (U+00AD)",
        "Latin letters stand in",
        "Kazakh letters stand in the Russian text",
    ):
        assert said in shown
    assert desk.review("Новая редакция").status_code == 302


def test_markup_in_a_text_is_a_text(desk: Desk) -> None:
    typed = "</textarea><script>alert(1)</script>&amp; <b>"
    desk.do("save", {"duties.0.en": typed})
    assert desk.data["duties"][0]["en"] == typed
    assert "<script>alert(1)" not in desk.open().text
    assert "<script>alert(1)" not in words(desk.review())


# -------------------------------------------------------------------------------------------------------- the entries


def test_an_entry_goes_up_and_down_and_no_farther_than_the_end(desk: Desk) -> None:
    before = duties(desk)
    response = desk.do("duties.3.up")
    assert response.headers["Location"].endswith("#duties-2")
    assert duties(desk) == [*before[:2], before[3], before[2], *before[4:]]
    assert desk.do("duties.2.down").headers["Location"].endswith("#duties-3")
    assert duties(desk) == before
    sheet = desk.open()
    assert "duties.0.up" not in sheet.buttons
    assert f"duties.{len(before) - 1}.down" not in sheet.buttons
    desk.send(sheet, "duties.0.up")
    assert duties(desk) == before


def test_an_entry_is_added_where_it_is_wanted_and_at_the_end(desk: Desk) -> None:
    before = duties(desk)
    assert desk.do("duties.2.add").headers["Location"].endswith("#duties-2")
    assert duties(desk) == [*before[:2], "", *before[2:]]
    assert "This entry is empty: write its text or remove it." in desk.open().text
    desk.do("duties.add")
    assert duties(desk)[-1] == ""


def test_what_is_typed_elsewhere_is_saved_with_the_button(desk: Desk) -> None:
    desk.do("duties.3.up", {"knowledge.0.en": "Constitution, as amended;", "duties.3.ru": "переписано;"})
    assert desk.data["knowledge"][0]["en"] == "Constitution, as amended;"
    assert desk.data["duties"][2]["ru"] == "переписано;"


def test_an_entry_is_split_at_the_line_breaks_and_joined_again(desk: Desk) -> None:
    before = duties(desk)
    changes = {"duties.1.kk": "бірінші;\r\nекінші;", "duties.1.ru": "первое;\r\nвторое;", "duties.1.en": "the first;"}
    assert desk.do("duties.1.split", changes).headers["Location"].endswith("#duties-2")
    assert desk.data["duties"][1] == {"kk": "бірінші;", "ru": "первое;", "en": "the first;"}
    assert desk.data["duties"][2] == {"kk": "екінші;", "ru": "второе;", "en": ""}
    desk.do("duties.1.join")
    assert desk.data["duties"][1] == {"kk": "бірінші; екінші;", "ru": "первое; второе;", "en": "the first;"}
    assert len(duties(desk)) == len(before)


def test_splitting_without_a_line_break_saves_and_says_what_to_do(desk: Desk) -> None:
    response = desk.do("duties.1.split", {"duties.1.kk": "бір жол;"})
    assert response.status_code == 422
    assert "Official duties: entry 2" in words(response)
    assert "Type a line break (Enter) where this entry is to be parted." in words(response)
    assert duties(desk)[1] == "бір жол;"


def test_a_line_break_left_in_an_entry_is_named(desk: Desk) -> None:
    desk.do("save", {"duties.1.kk": "бір\r\nекі;"})
    assert "This entry has a line break: split it there or take it out." in desk.open().text


def test_an_entry_is_removed_and_can_be_put_back(desk: Desk) -> None:
    before = desk.data["duties"]
    desk.do("duties.4.remove")
    assert desk.data["duties"] == [*before[:4], *before[5:]]
    sheet = desk.open()
    assert "1 entry of the edition before is no longer here" in sheet.text
    assert "duties.restore.4" in sheet.buttons
    desk.do("duties.restore.4")
    assert desk.data["duties"] == before


def test_all_entries_may_go(desk: Desk) -> None:
    for _entry in range(len(desk.data["knowledge"])):
        desk.do("knowledge.0.remove")
    assert desk.data["knowledge"] == []
    assert desk.open().status == 200
    desk.do("knowledge.add")
    assert len(desk.data["knowledge"]) == 1


_GONE = (
    "duties.99.up duties.-1.remove duties.x.up duties rungs.9.pathways.0.up nonsense.1 duties.0.fly "
    "rungs.standard.lowest rungs.0.ways.add notes.7.remove duties.restore.99 rungs.standard"
)


@pytest.mark.parametrize("act", _GONE.split())
def test_a_button_whose_place_is_gone_saves_what_was_typed(desk: Desk, act: str) -> None:
    response = desk.do(act, {"duties.0.en": "typed before;"})
    assert response.status_code == 422
    assert "What this button works on is no longer there. The text was saved." in words(response)
    assert desk.data["duties"][0]["en"] == "typed before;"


def test_what_differs_from_the_edition_before_is_marked(desk: Desk) -> None:
    desk.do("duties.0.add", {"duties.3.en": "analyzes the quality and kinds of services provided;"})
    desk.do("duties.6.up", {"duties.0.kk": "мүлде жаңа міндет;"})
    shown = re.sub(r"\s+", " ", desk.open().text)
    assert '<span class="tag badge-added">new</span>' in shown
    assert "changed, was entry 4" in shown
    assert '<span class="tag badge-moved">moved, was entry' in shown
    assert "<del>types</del><ins>kinds</ins>" in shown


def test_a_note_is_added_filled_and_removed(desk: Desk) -> None:
    before = desk.data["notes"]
    desk.do("notes.add")
    assert "A text is needed here." in desk.open().text
    typed = {
        f"notes.{len(before)}.{name}": value for name, value in {"kk": "ескерту", "ru": "заметка", "en": "note"}.items()
    }
    desk.do("save", {**typed, f"notes.{len(before)}.reading": "7"})
    assert desk.data["notes"][-1] == {
        "clause": "45",
        "reading": 7,
        "text": {"kk": "ескерту", "ru": "заметка", "en": "note"},
    }
    assert "1 mistake" not in desk.open().text
    desk.do(f"notes.{len(before)}.remove")
    assert desk.data["notes"] == before


# ------------------------------------------------------------------------------------------------ the page as a page


def test_with_htmx_the_page_comes_back_at_once_and_names_its_place(desk: Desk) -> None:
    response = desk.send(desk.open(), "duties.3.up", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'data-place="duties-2"' in words(response)
    response = desk.send(desk.open(), "review", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].endswith("/review/")


def test_the_form_of_the_longest_edition_is_far_from_what_a_server_takes(texts: User, settings: Any) -> None:
    sheet = correcting(texts, "360/2.6").open()
    assert 2 * sum(map(len, sheet.fields.values())) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_draft_that_is_none_is_not_found(texts: User) -> None:
    client = as_user(texts)
    for address in ("drafts/999/", "drafts/999/review/", "999/desk/", "editions/999/withdraw/", "999/desk/amend/"):
        assert client.get(f"/admin/positions/position/{address}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_text(texts: User, django_assert_max_num_queries: Any) -> None:
    small, large = correcting(texts, "360/1.9"), correcting(texts, "360/2.6")
    client = as_user(texts)
    client.get(small.address)
    for desk in (small, large):
        with django_assert_max_num_queries(15):
            assert client.get(desk.address).status_code == 200
        with django_assert_max_num_queries(15):
            assert client.get(f"{desk.address}review/").status_code == 200


def test_every_language_opens_the_page(desk: Desk) -> None:
    for language in ("kk", "ru", "en"):
        client = Client()
        client.force_login(desk.user)
        client.cookies["django_language"] = language
        assert client.get(desk.address).status_code == 200
        assert client.get(f"{desk.address}review/").status_code == 200


def test_who_saved_last_is_shown_and_every_saving_is_kept(desk: Desk) -> None:
    desk.do("save", {"duties.0.en": "one;"})
    desk.do("save", {"duties.0.en": "two;"})
    assert "Saved by texts at" in desk.open().text
    kept = [row.data["duties"][0]["en"] for row in Draft.history.filter(id=desk.draft.pk).order_by("history_id")]
    assert kept[-2:] == ["one;", "two;"]
