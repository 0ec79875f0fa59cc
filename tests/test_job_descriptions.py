"""Job descriptions: the order's text as their basis, what an organisation adds, and the sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from docx import Document
from pypdf import PdfReader

from attestation.job_descriptions import services
from attestation.job_descriptions.selectors import version_of
from attestation.job_descriptions.services import Direction
from attestation.models import OwnEntry
from attestation.papers.words import LANGUAGES, words_of
from employees.codes import Role
from employees.models import Organisation, User
from positions.codes import EntryKind
from positions.models import Edition, Entry
from tests.editions import entry, next_edition
from tests.factories import GrantFactory, UserFactory, position
from tests.word_documents import text_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_22_november_2026", "hr_reads_english")]

PAGE = "/positions/360/2.3/job-description/"


@pytest.fixture
def own(organisation: Organisation) -> list[OwnEntry]:
    """Two duties and one knowledge of the organisation's own."""
    return [
        added(organisation, kk="мобильді бригадамен шығады;", ru="выезжает с мобильной бригадой;"),
        added(organisation, ru="ведет страницу центра;"),
        added(organisation, kind=EntryKind.KNOWLEDGE, kk="ішкі тәртіпті;", en="the internal rules;"),
    ]


def added(organisation: Organisation, *, kind: EntryKind = EntryKind.DUTY, **texts: str) -> OwnEntry:
    """Add an entry of an organisation's own."""
    return services.own_entry_add(organisation=organisation, position=position(), kind=kind, texts=texts)


def words(response: Any) -> str:
    """Give the text of a page, without tags and with single spaces."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())))


def pdf(client: Client, language: str = "ru", code: str = "360/2.3", **asked: str) -> str:
    """Give the text of the sheet as PDF, with single spaces."""
    response = client.get(f"/positions/{code}/job-description/{language}.pdf", asked)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def word(client: Client, language: str = "ru", code: str = "360/2.3", **asked: str) -> str:
    """Give the text of the sheet for Word, with single spaces."""
    response = client.get(f"/positions/{code}/job-description/{language}.docx", asked)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return text_in(response.content)


BOTH = pytest.mark.parametrize("sheet", [pdf, word], ids=["pdf", "word"])


# ------------------------------------------------------------------------------------------------------------ the sheet


@BOTH
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_has_the_whole_text_of_the_order_with_its_clauses(
    language: str, sheet: Callable[..., str], client: Client
) -> None:
    edition = Edition.objects.get(position__code="360/2.3")
    told = sheet(client, language).replace(" ", "")
    texts = [getattr(each, f"text_{language}") for each in Entry.objects.filter(edition=edition)]
    texts += getattr(edition, f"qualification_{language}").splitlines()
    assert [text for text in texts if text and re.sub(r"\s+", "", text) not in told] == []
    for clause in ("43", "44", "45"):
        assert words_of(language)("common.clause", clause=clause).replace(" ", "") in told


@BOTH
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", ("ЛАУАЗЫМДЫҚ НҰСҚАУЛЫҚ", "БЕКІТЕМІН", "№ 360 бұйрық, 2017 жылғы 25 қазан", "01.07.2023 ж. бастап")),
        ("ru", ("ДОЛЖНОСТНАЯ ИНСТРУКЦИЯ", "УТВЕРЖДАЮ", "приказ № 360, 25 октября 2017 года", "с 01.07.2023")),
        ("en", ("JOB DESCRIPTION", "APPROVED", "Order No 360, 25 October 2017", "from 01.07.2023")),
    ],
)
def test_the_sheet_says_what_it_rests_on_and_has_places_for_signatures(
    language: str, expected: tuple[str, ...], sheet: Callable[..., str], client: Client
) -> None:
    told = sheet(client, language)
    say = words_of(language)
    for words_expected in (
        *expected[1:],
        say("sign.superior"),
        say("sign.hr"),
        say("sign.caption"),
        say("job_description.received"),
        say("job_description.organisation_blank"),
    ):
        assert words_expected in told
    assert expected[0].casefold() in told.casefold()


@BOTH
def test_a_translation_is_marked_as_such_at_the_top_and_at_every_part(
    sheet: Callable[..., str], client: Client
) -> None:
    russian, english, kazakh = sheet(client, "ru"), sheet(client, "en"), sheet(client, "kk")
    assert "Текст приказа напечатан в рабочем переводе, это не официальный текст." in russian
    assert russian.count("рабочий перевод") == 4
    assert english.count("unofficial translation") == 5
    assert "аударма" not in kazakh
    assert kazakh.count("ресми мәтін") == 4


@BOTH
def test_a_part_without_a_translation_is_printed_in_kazakh_and_says_so(
    sheet: Callable[..., str], client: Client
) -> None:
    Entry.objects.filter(edition__position__code="360/2.3", kind="knowledge").update(text_ru="")
    told = sheet(client, "ru")
    assert "пункт 44, официальный текст; перевода пока нет, напечатан казахский текст" in told
    assert "Неке (ерлі-зайыптылық) және отбасы туралы кодексті;" in told


@BOTH
def test_the_edition_is_that_of_the_day_and_its_state_is_told(sheet: Callable[..., str], client: Client) -> None:
    next_edition(duties=[entry(kk="зырылдауықты айналдырады;", ru="вращает вертушку;")])
    today, coming = sheet(client, "ru"), sheet(client, "ru", on="2027-01-01")
    assert "Состояние на 22.11.2026: действует" in today
    assert "с 01.07.2023 по 31.12.2026" in today
    assert "вертушку" not in today
    assert "Состояние на 22.11.2026: вступает в силу 01.01.2027" in coming
    assert "вращает вертушку;" in coming
    old = sheet(client, "ru", code="31/3.6", on="2015-06-01")
    assert "не действует с 17.12.2017" in old
    assert "с 09.07.2012 по 16.12.2017 (даты предположительные)" in old


def test_a_day_without_text_leads_back_to_the_page_which_offers_the_editions(client: Client) -> None:
    response = client.get("/positions/31/3.6/job-description/ru.pdf", {"on": "2026-01-01"}, follow=True)
    assert response.redirect_chain == [("/positions/31/3.6/job-description/?on=2026-01-01", 302)]
    assert "No text of this position is on file for 01.01.2026" in words(response)
    assert "?on=2012-07-09" in response.content.decode()


def test_the_pdf_is_made_to_be_kept_and_names_no_other_day(client: Client) -> None:
    response = client.get(f"{PAGE}kk.pdf")
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.xmp_metadata is not None
    assert (str(reader.xmp_metadata.pdfaid_part), str(reader.xmp_metadata.pdfaid_conformance)) == ("2", "B")
    assert response.content == client.get(f"{PAGE}kk.pdf").content
    assert response["Content-Disposition"] == 'inline; filename="job-description-360-2.3-kk.pdf"'


def test_the_word_document_says_what_it_is_and_has_no_tag_left(client: Client, own: list[OwnEntry]) -> None:
    content = client.get(f"{PAGE}ru.docx", {"organisation": own[0].organisation.bin}).content
    found = Document(io.BytesIO(content))
    assert found.core_properties.title == "Должностная инструкция: Специалист по социальной работе"
    assert found.core_properties.language == "ru-RU"
    assert not re.search(r"{{|{%|%}|}}", text_in(content))


def test_braces_and_tags_in_a_text_are_printed_as_they_are(client: Client, organisation: Organisation) -> None:
    added(organisation, ru="пишет {{ title }} и <b>{% if x %}</b>;")
    for sheet in (pdf, word):
        assert "пишет {{ title }} и <b>{% if x %}</b>;" in sheet(client, "ru", organisation=organisation.bin)


@pytest.mark.parametrize("address", [f"{PAGE}de.pdf", f"{PAGE}de.docx", "/positions/360/9.9/job-description/kk.pdf"])
def test_there_is_no_sheet_of_what_there_is_not(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


# ------------------------------------------------------------------------------------------- what the organisation adds


@BOTH
def test_own_entries_stand_apart_from_the_text_of_the_order(
    sheet: Callable[..., str], client: Client, own: list[OwnEntry]
) -> None:
    organisation = own[0].organisation
    told = sheet(client, "ru", organisation=organisation.bin)
    law, _heading, added_part = told.partition("Кроме того, в данной организации")
    assert organisation.name_ru in law
    assert "мобильной бригадой" not in law
    assert "Они не являются текстом приказа." in added_part
    assert "приказ № 31-ө-м, 2 февраля 2012 года, общие положения, пункт 3 (утратил силу)" in added_part
    assert "4.1 выезжает с мобильной бригадой; 4.2 ведет страницу центра;" in added_part
    assert "5. Должен знать: дополнения организации" in added_part


@BOTH
def test_an_own_entry_without_the_language_is_printed_in_the_one_it_has_and_says_so(
    sheet: Callable[..., str], client: Client, own: list[OwnEntry]
) -> None:
    bin_ = own[0].organisation.bin
    assert "ведет страницу центра; (мәтіні орыс тілінде)" in sheet(client, "kk", organisation=bin_)
    english = sheet(client, "en", organisation=bin_)
    assert "мобильді бригадамен шығады; (text in Kazakh)" in english
    assert "the internal rules;" in english
    assert "the internal rules; (text" not in english


@BOTH
def test_without_an_organisation_nothing_of_any_organisation_is_printed(
    sheet: Callable[..., str], client: Client, own: list[OwnEntry]
) -> None:
    told = sheet(client, "ru")
    assert "бригадой" not in told
    assert "Кроме того" not in told


def test_own_entries_are_seen_by_whoever_sees_the_organisation_and_by_nobody_else(
    client: Client, own: list[OwnEntry], manager: User, stranger: User
) -> None:
    asked = {"organisation": own[0].organisation.bin}
    client.force_login(manager)
    response = client.get(PAGE, asked)
    assert "мобильді бригадамен шығады;" in words(response)
    assert "Add a duty" not in words(response)
    texts = UserFactory()
    GrantFactory(user=texts, organisation=own[0].organisation, role=Role.TEXTS)
    for user in (stranger, texts, UserFactory()):
        client.force_login(user)
        assert client.get(PAGE).status_code == 200
        for address in (PAGE, f"{PAGE}ru.pdf", f"{PAGE}ru.docx"):
            assert client.get(address, asked).status_code == 404


def test_the_page_of_a_position_leads_here(client: Client) -> None:
    page = client.get("/positions/360/2.3/").content.decode()
    assert f'href="{PAGE}?on=2026-11-22"' in page
    assert "/positions/31/3.6/job-description/?on=2012-07-09" in client.get("/positions/31/3.6/").content.decode()


# -------------------------------------------------------------------------------------------------------------- writing


def addresses(entry: OwnEntry) -> str:
    """Give where the pages of an entry begin."""
    return f"{PAGE}{entry.organisation.bin}/{entry.pk}/"


def in_order(organisation: Organisation) -> list[str]:
    """Give the own duties as they stand."""
    return [each.text_ru for each in OwnEntry.objects.filter(organisation=organisation, kind="duty")]


def test_an_entry_is_added_at_the_end_of_its_list(client: Client, own: list[OwnEntry], hr: User) -> None:
    organisation = own[0].organisation
    response = client.post(f"{PAGE}{organisation.bin}/add/duty/", {"text_ru": "  ведет прием; ", "text_kk": ""})
    assert response["Location"] == f"{PAGE}?organisation={organisation.bin}#own"
    assert in_order(organisation)[-1] == "ведет прием;"
    written = OwnEntry.objects.get(text_ru="ведет прием;").history.get()
    assert (written.history_type, written.history_user) == ("+", hr)


@pytest.mark.parametrize("blank", [{}, {"text_kk": "  ", "text_ru": "\n"}])
def test_an_entry_that_says_nothing_is_refused_in_words(
    blank: dict[str, str], client: Client, organisation: Organisation
) -> None:
    response = client.post(f"{PAGE}{organisation.bin}/add/knowledge/", blank)
    assert response.status_code == 422
    assert "Write the entry in one language at least." in words(response)
    assert not OwnEntry.objects.exists()


def test_an_entry_that_is_too_long_is_refused_beside_its_field(client: Client, organisation: Organisation) -> None:
    response = client.post(f"{PAGE}{organisation.bin}/add/duty/", {"text_kk": "а" * 4001})
    assert response.status_code == 422
    assert "4000" in words(response)


def test_there_are_no_other_lists(client: Client, organisation: Organisation) -> None:
    assert client.get(f"{PAGE}{organisation.bin}/add/rights/").status_code == 404
    assert client.get(f"/positions/360/9.9/job-description/{organisation.bin}/add/duty/").status_code == 404


def test_an_entry_is_changed_and_its_history_keeps_what_it_said(client: Client, own: list[OwnEntry]) -> None:
    page = client.get(addresses(own[0])).content.decode()
    read = re.search(r'name="read" value="(\w+)"', page)
    assert read is not None
    response = client.post(addresses(own[0]), {"text_kk": "", "text_ru": "выезжает;", "read": read[1]})
    assert response.status_code == 302
    own[0].refresh_from_db()
    assert (own[0].text_kk, own[0].text_ru) == ("", "выезжает;")
    assert [each.text_ru for each in own[0].history.all()] == ["выезжает;", "выезжает с мобильной бригадой;"]


def test_who_comes_second_is_told_what_the_entry_says_now_and_may_save_again(
    client: Client, own: list[OwnEntry]
) -> None:
    read = version_of(own[0])
    services.own_entry_change(entry=own[0], read=read, texts={"ru": "сказано другим;"})
    response = client.post(addresses(own[0]), {"text_ru": "сказано мной;", "read": read})
    assert response.status_code == 409
    assert "Somebody else has changed this entry meanwhile." in words(response)
    assert "сказано другим;" in words(response)
    again = re.search(r'name="read" value="(\w+)"', response.content.decode())
    assert again is not None
    assert client.post(addresses(own[0]), {"text_ru": "сказано мной;", "read": again[1]}).status_code == 302
    own[0].refresh_from_db()
    assert own[0].text_ru == "сказано мной;"


def test_entries_move_up_and_down_and_not_beyond_the_ends(client: Client, own: list[OwnEntry]) -> None:
    organisation = own[0].organisation
    one, other = in_order(organisation)
    move = f"{addresses(own[1])}move/"
    assert client.post(move, {"direction": "up"}).status_code == 302
    assert in_order(organisation) == [other, one]
    client.post(move, {"direction": "up"})
    assert in_order(organisation) == [other, one]
    client.post(move, {"direction": "down"})
    client.post(move, {"direction": "sideways"})
    assert in_order(organisation) == [one, other]


def test_moving_goes_past_gaps_and_stays_within_its_kind(organisation: Organisation) -> None:
    first, gone, last = (added(organisation, ru=text) for text in ("один", "два", "три"))
    known = added(organisation, kind=EntryKind.KNOWLEDGE, ru="знание")
    services.own_entry_delete(entry=gone)
    services.own_entry_move(entry=first, direction=Direction.DOWN)
    assert in_order(organisation) == ["три", "один"]
    services.own_entry_move(entry=known, direction=Direction.UP)
    assert OwnEntry.objects.get(pk=known.pk).order == 1
    services.own_entry_move(entry=gone, direction=Direction.UP)
    assert in_order(organisation) == ["три", "один"]
    assert last.text_ru == "три"


def test_an_entry_is_deleted_and_its_history_stays(client: Client, own: list[OwnEntry], hr: User) -> None:
    assert client.post(f"{addresses(own[1])}delete/").status_code == 302
    assert in_order(own[0].organisation) == ["выезжает с мобильной бригадой;"]
    gone = OwnEntry.history.filter(id=own[1].pk).first()
    assert (gone.history_type, gone.text_ru, gone.history_user) == ("-", "ведет страницу центра;", hr)
    assert client.get(addresses(own[1])).status_code == 404


def test_an_entry_deleted_meanwhile_is_not_brought_back(own: list[OwnEntry]) -> None:
    read = version_of(own[0])
    services.own_entry_delete(entry=OwnEntry.objects.get(pk=own[0].pk))
    with pytest.raises(services.OwnEntryGoneError):
        services.own_entry_change(entry=own[0], read=read, texts={"ru": "снова"})


def test_the_service_refuses_an_entry_without_words(organisation: Organisation) -> None:
    with pytest.raises(services.OwnEntryEmptyError):
        added(organisation, kk=" ", ru="")


def test_the_database_refuses_it_too(organisation: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnEntry.objects.create(organisation=organisation, position=position(), kind="duty", order=1)


@pytest.mark.parametrize("who", ["manager", "secretary", "auditor"])
def test_who_sees_but_does_not_manage_the_organisation_cannot_write(
    who: str, client: Client, own: list[OwnEntry], manager: User
) -> None:
    user = manager
    if who != "manager":
        user = UserFactory()
        GrantFactory(user=user, organisation=own[0].organisation, role=Role(who))
    client.force_login(user)
    for address in (addresses(own[0]), f"{addresses(own[0])}move/", f"{addresses(own[0])}delete/"):
        assert client.post(address, {"text_ru": "чужое", "direction": "down"}).status_code == 403
    assert in_order(own[0].organisation)[0] == "выезжает с мобильной бригадой;"


def test_an_entry_is_not_reached_by_way_of_another_organisation_or_position(
    client: Client, own: list[OwnEntry], other_organisation: Organisation, admin: User
) -> None:
    client.force_login(admin)
    assert client.get(f"{PAGE}{other_organisation.bin}/{own[0].pk}/").status_code == 404
    bin_ = own[0].organisation.bin
    assert client.get(f"/positions/360/2.4/job-description/{bin_}/{own[0].pk}/").status_code == 404


def test_the_page_asks_as_much_for_one_entry_as_for_thirty(
    client: Client, own: list[OwnEntry], django_assert_num_queries: Callable[..., Any]
) -> None:
    organisation = own[0].organisation
    client.get(PAGE, {"organisation": organisation.bin})
    with django_assert_num_queries(8):
        client.get(PAGE, {"organisation": organisation.bin})
    for number in range(27):
        added(organisation, ru=f"обязанность {number};")
    with django_assert_num_queries(8):
        client.get(PAGE, {"organisation": organisation.bin})


def test_a_bad_day_is_told_in_place(client: Client) -> None:
    response = client.get(PAGE, {"on": "soon"})
    assert response.status_code == 200
    assert "This is not a day" in words(response)
