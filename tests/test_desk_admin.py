"""Orders, chapters and positions in the admin: codes are made, places are kept, names change with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from employees.models import Organisation, User
from positions.models import Act, Chapter, Draft, Position
from tests.browsing import as_user, words
from tests.desk import amending, editor
from tests.factories import position

pytestmark = pytest.mark.django_db

LIST = "admin:positions_position_changelist"


@pytest.fixture
def texts(organisation: Organisation) -> User:
    return editor(organisation)


@pytest.fixture
def client(texts: User) -> Client:
    return as_user(texts)


def titles(words_: str = "Атау") -> dict[str, str]:
    return {f"title_{language}": f"{words_} {language}" for language in ("kk", "ru", "en")}


def order(**told: Any) -> dict[str, Any]:
    return {
        "number": "№ 500",
        "adopted_on": "2026-12-01",
        "registration_number": "",
        "registered_on": "",
        "in_force_from": "2027-01-01",
        "amends": Act.objects.get(code="360").pk,
        **titles("Бұйрық"),
        **told,
    }


# -------------------------------------------------------------------------------------------------------------- orders


def test_an_amending_order_is_added_with_a_code_of_its_number_and_year(client: Client) -> None:
    response = client.post(reverse("admin:positions_act_add"), order())
    assert response.status_code == 302, words(response)
    act = Act.objects.get(code="500-2026")
    assert act.order == max(Act.objects.values_list("order", flat=True))
    assert act.title_en == "Бұйрық en"  # type: ignore[attr-defined]
    assert act.amends is not None
    assert 'value="500-2026"' in words(client.get(reverse("admin:desk_amend", args=[position().pk])))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"number": "№ 316", "adopted_on": "2024-08-15", "in_force_from": "2024-08-26"}, "on file: 316-2024"),
        ({"in_force_from": "2026-11-01"}, "An order is not in force before it was adopted."),
        ({"number": "№ 12345678901234567"}, "This number is too long."),
        ({"title_kk": ""}, "This field is required."),
    ],
)
def test_an_order_with_a_mistake_is_refused(client: Client, told: dict[str, str], said: str) -> None:
    before = Act.objects.count()
    response = client.post(reverse("admin:positions_act_add"), order(**told))
    assert response.status_code == 200
    assert said in words(response)
    assert Act.objects.count() == before


def test_an_order_is_changed_and_keeps_its_code(client: Client) -> None:
    act = Act.objects.get(code="316-2024")
    address = reverse("admin:positions_act_change", args=[act.pk])
    told = order(number="№ 316", adopted_on="2024-08-15", in_force_from="2024-08-30")
    assert client.post(address, told).status_code == 302
    act.refresh_from_db()
    assert (act.code, str(act.in_force_from)) == ("316-2024", "2024-08-30")
    assert "does not amend itself" in words(client.post(address, {**told, "amends": act.pk}))


def test_a_chapter_is_added_and_later_only_renamed(client: Client) -> None:
    act = Act.objects.get(code="360")
    told = {"act": act.pk, "number": 7, "managerial": "on", **titles("Тарау")}
    assert client.post(reverse("admin:positions_chapter_add"), told).status_code == 302
    chapter = Chapter.objects.get(act=act, number=7)
    address = reverse("admin:positions_chapter_change", args=[chapter.pk])
    client.post(address, {"number": 9, **titles("Бөлім")})
    chapter.refresh_from_db()
    assert (chapter.number, chapter.managerial) == (7, True)
    assert chapter.title_kk == "Бөлім kk"  # type: ignore[attr-defined]


# ----------------------------------------------------------------------------------------------------------- positions


def test_a_position_gets_its_code_and_its_place_among_all(client: Client) -> None:
    told = {"chapter": position().chapter_id, "paragraph": "3-1", "successor": "", **titles()}
    response = client.post(reverse("admin:positions_position_add"), told)
    added = Position.objects.get(code="360/2.3-1")
    assert response.headers["Location"] == reverse("admin:desk_position", args=[added.pk])
    codes = list(Position.objects.order_by("order").values_list("code", flat=True))
    at = codes.index("360/2.3-1")
    assert codes[at - 1 : at + 2] == ["360/2.3", "360/2.3-1", "360/2.4"]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("3", "A position has this place already: 360/2.3."),
        ("x", "Write the number of the paragraph"),
        ("", "required"),
    ],
)
def test_a_position_without_a_place_of_its_own_is_refused(client: Client, paragraph: str, said: str) -> None:
    before = Position.objects.count()
    told = {"chapter": position().chapter_id, "paragraph": paragraph, "successor": "", **titles()}
    assert said in words(client.post(reverse("admin:positions_position_add"), told))
    assert Position.objects.count() == before


def test_titles_change_with_a_reason_that_the_history_keeps(client: Client) -> None:
    address = reverse("admin:positions_position_change", args=[position().pk])
    response = client.post(address, {**titles("Жаңа атау"), "successor": ""})
    assert "Say why. The reason stays in the history." in words(response)
    response = client.post(address, {**titles("Жаңа атау"), "successor": "", "reason": "Қате түзетілді"})
    assert response.status_code == 302
    assert position().title_ru == "Жаңа атау ru"  # type: ignore[attr-defined]
    assert LogEntry.objects.latest("pk").get_change_message() == "Қате түзетілді"
    shown = words(client.get(reverse("admin:positions_position_history", args=[position().pk])))
    assert "Қате түзетілді" in shown


def test_no_position_continues_itself(client: Client) -> None:
    older, newer = position("31/3.6"), position("360/2.3")
    assert older.successor == newer
    told = {**titles(), "reason": "x"}
    for code, successor in (("360/2.3", older), ("360/2.3", newer)):
        address = reverse("admin:positions_position_change", args=[position(code).pk])
        response = client.post(address, {**told, "successor": successor.pk})
        assert "This position would continue itself. Choose another successor." in words(response)
    address = reverse("admin:positions_position_change", args=[position("360/2.4").pk])
    assert client.post(address, {**told, "successor": position("360/2.5").pk}).status_code == 302
    assert position("360/2.4").successor == position("360/2.5")


# ------------------------------------------------------------------------------------------------ the list of positions


def test_the_list_shows_what_is_in_force_what_comes_and_who_is_at_work(client: Client, texts: User) -> None:
    desk = amending(texts, on="2027-01-01")
    shown = words(client.get(reverse(LIST)))
    assert "since 01.07.2023" in shown
    assert f'href="{desk.address}"' in shown
    desk.do("save", {"duties.0.en": "Anew;"})
    desk.review("x")
    shown = words(client.get(reverse(LIST)))
    assert "from 01.01.2027" in shown
    assert f'href="{desk.address}"' not in shown


@pytest.mark.parametrize(
    ("words_", "found"),
    [
        ("360/2.3", "360/2.3"),
        ("алеуметтик жумыс жониндеги маман", "360/2.3"),
        ("специалист по социальной", "360/2.3"),
        ("SPECIALIST social work", "360/2.3"),
    ],
)
def test_positions_are_found_whatever_keyboard_was_used(client: Client, words_: str, found: str) -> None:
    shown = words(client.get(reverse(LIST), {"q": words_}))
    assert f">{found}</a>" in shown
    assert ">360/3.2</a>" not in shown


def test_positions_are_filtered_by_order_chapter_and_draft(client: Client, texts: User) -> None:
    amending(texts)
    chosen = {
        "chapter__act__id__exact": Act.objects.get(code="31").pk,
        "chapter__id__exact": position("31/3.6").chapter_id,
    }
    assert ">31/3.6</a>" in words(client.get(reverse(LIST), chosen))
    assert ">360/2.3</a>" not in words(client.get(reverse(LIST), chosen))
    assert ">360/2.3</a>" in words(client.get(reverse(LIST), {"draft": "yes"}))
    assert ">360/2.4</a>" not in words(client.get(reverse(LIST), {"draft": "yes"}))
    assert ">360/2.3</a>" not in words(client.get(reverse(LIST), {"draft": "no"}))


def test_the_list_asks_as_often_for_one_position_as_for_all(
    client: Client, texts: User, django_assert_max_num_queries: Any
) -> None:
    client.get(reverse(LIST))
    for asked in ({}, {"q": "360/2.3"}):
        with django_assert_max_num_queries(15):
            assert client.get(reverse(LIST), asked).status_code == 200


def test_drafts_and_changes_of_all_positions_are_listed_and_lead_to_the_desk(client: Client, texts: User) -> None:
    desk = amending(texts)
    assert f'href="{desk.address}"' in words(client.get(reverse("admin:positions_draft_changelist")))
    desk.do("save", {"duties.0.en": "Anew;"})
    desk.review("№ 500 бұйрық")
    shown = words(client.get(reverse("admin:positions_editionchange_changelist")))
    assert "№ 500 бұйрық" in shown
    assert reverse("admin:desk_changes", args=[position().pk]) in shown
    assert client.get(reverse("admin:positions_draft_add")).status_code == 403
    assert Draft.objects.get().state == "published"


def test_the_pages_of_the_admin_speak_the_language_of_the_reader_and_ask_no_other_host(client: Client) -> None:
    for language in ("kk", "ru", "en"):
        client.cookies["django_language"] = language
        shown = words(client.get(reverse("admin:positions_act_add")))
        assert f'<html lang="{language}"' in shown
        assert "https://" not in shown.replace("https://www.w3.org", "")
        assert "Қазақша" in shown
