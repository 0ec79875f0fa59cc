"""No page, form or refusal says a word in another language than its reader's: a walk through all of them.

In Kazakh every form is sent as well: as it stands, empty, and filled with nonsense. What nobody asked to be translated
is English in every language, so that one language is enough to find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import trans_real

from employees.models import User
from tests import test_access
from tests.languages import LANGUAGES, strange_words
from tests.reading import Page
from tests.test_access import _names
from tests.walk_scene import (
    CHIEF,
    MOST,
    Cast,
    Stop,
    Things,
    admin_names,
    further,
    not_named_alike,
    of_admin,
    of_table,
    texts_at_work,
)
from tests.walking import Walk

pytestmark = pytest.mark.django_db
#: The table of access knows an address for everything; who and what it is made of is at home there.
cast, things = test_access.cast, test_access.things


@pytest.fixture(autouse=True)
def _a_sunday(settings: Any) -> Iterator[None]:
    """Stand on one day, and let jobs run at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language_of_its_reader(language: str, things: Things, cast: Cast) -> None:
    chief = cast[CHIEF]
    assert chief is not None
    not_named_alike(cast)
    texts_at_work(chief)
    walk = Walk(language, cast, forms=language == MOST)
    for part in (of_table(things, language), of_admin(), further(cast, language)):
        for stop in part:
            walk.open(stop)
    assert walk.told() == ""
    everywhere = _names(get_resolver().url_patterns) | admin_names()
    assert not everywhere - walk.seen, "an address without a walk"


# ------------------------------------------------------------------------------------------------ what is not a page


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_speak_the_language_of_the_reader(
    language: str, hr: User, manager: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_named_alike({"hr": hr, "manager": manager})
    walk = Walk(language, {"hr": hr, "manager": manager, "anonymous": None})
    log_in = reverse("account_login")
    told = {"login": "hr", "password": "?"}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = walk.client("anonymous").cookies
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/h/ip"}
    cache.clear()
    walk.client("anonymous").post(log_in, told)
    answers = {
        400: walk.client("hr").get("/healthz", headers={"host": "elsewhere.example"}),
        403: walk.client("manager").get(reverse("imports")),
        4031: strict.post(log_in, told),
        404: walk.client("hr").get("/nowhere/"),
        410: walk.client("anonymous").get(reverse("invitation", args=["wrong"])),
        429: walk.client("anonymous").post(log_in, told),
    }
    monkeypatch.setattr("config.views.connection", None)
    answers[500] = walk.client("hr").get("/healthz")
    cache.clear()
    for status, answer in answers.items():
        assert str(status).startswith(str(answer.status_code))
        page = walk.look(f"error {status}", answer)
        assert page is not None
        assert page.language == language
        assert sum(len(piece.text) for piece in page.pieces) > 100, "an error says what to do"
    assert walk.told() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_at_the_door_speak_the_language_of_the_reader(language: str, hr: User, settings: Any) -> None:
    cache.clear()
    not_named_alike({"hr": hr})
    walk = Walk(language, {"anonymous": None})
    log_in = reverse("account_login")
    for told in ({}, {"login": "hr", "password": ""}, *[{"login": "hr", "password": "wrong"}] * 7):
        walk.look("log in", walk.client("anonymous").post(log_in, told))
    cache.clear()
    walk.client("anonymous").force_login(hr)
    walk.look("home", walk.client("anonymous").post(log_in, {"login": "hr", "password": "wrong"}, follow=True))
    walk.look("log out", walk.client("anonymous").post(reverse("account_logout"), follow=True))
    assert walk.told() == ""


# ------------------------------------------------------------------------------------ that the walk finds what is there


def _changed(monkeypatch: pytest.MonkeyPatch, language: str, msgid: str, words: str | None) -> None:
    """Take a string out of a loaded catalogue, or put another in its place."""
    found = False
    for catalogue in trans_real.translation(language)._catalog._catalogs:
        if msgid in catalogue:
            found = True
            if words is None:
                monkeypatch.delitem(catalogue, msgid)
            else:
                monkeypatch.setitem(catalogue, msgid, words)
    assert found, f"the catalogue has no {msgid}"


@pytest.mark.parametrize(
    ("address", "language", "msgid", "words", "reported"),
    [
        ("/", "kk", "Skip to the content", None, "Skip, to, the, content"),
        ("/", "kk", "Skip to the content", "Перейти к содержанию", "Перейти, содержанию"),
        ("/", "ru", "Skip to the content", None, "Мазмұнға, өту"),
        ("/admin/employees/unit/add/", "kk", "Save and add another", None, "Save, and, add, another"),
        ("/admin/employees/unit/add/", "kk", "Home", None, "Home"),
    ],
)
def test_one_string_that_is_missing_is_found(
    address: str,
    language: str,
    msgid: str,
    words: str | None,
    reported: str,
    admin: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A string of ours and of Django: left in English, put in Russian, and Kazakh where the Russian is missing."""
    not_named_alike({CHIEF: admin})
    walk = Walk(language, {CHIEF: admin}, forms=False)
    walk.open(Stop(CHIEF, address))
    assert walk.told() == ""
    _changed(monkeypatch, language, msgid, words)
    walk.open(Stop(CHIEF, address))
    assert {", ".join(finding.words) for finding in walk.findings} >= {reported}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Қызметкерлердің тізімі", "kk", []),
        ("Қызметкерлердің тізімі", "ru", ["Қызметкерлердің", "тізімі"]),
        ("Список работников", "kk", ["Список", "работников"]),
        ("Список работников", "ru", []),
        ("Employees", "ru", ["Employees"]),
        ("Employees in 2026: Қызметкерлер", "en", ["Қызметкерлер"]),
        ("Сақтау (Save)", "kk", ["Save"]),
        ("XII тоқсан, А. Б., PDF және Excel, hr@example.kz, /people/, staff.xlsx", "kk", []),
        ("Cақтау", "kk", ["Cақтау"]),
    ],
)
def test_words_are_told_apart_by_their_language(text: str, language: str, found: list[str]) -> None:
    assert strange_words(text, language) == found


def test_what_is_read_of_a_page_is_all_that_a_user_meets() -> None:
    page = Page(
        '<html lang="kk"><title>Бас бет</title><script>ignored()</script><style>p {}</style>'
        '<p>Мәтін <b lang="ru">текст</b> <code>person.name</code><span translate="no">Sanat</span></p>'
        '<img alt="сурет"><input type="submit" value="Сақтау"><input type="text" value="typed" placeholder="аты">'
        '<button aria-label="Жабу" title="жабу" data-confirm="Жою керек пе?" data-bs-toggle="collapse"></button>'
        '<textarea name="title_ru">Название</textarea><svg><title>Сызба</title><text>белгі</text></svg>'
    )
    assert page.language == "kk"
    said = {(piece.text, piece.language) for piece in page.pieces}
    kazakh = "Бас бет,Мәтін,сурет,Сақтау,аты,Жабу,жабу,Жою керек пе?,Сызба,белгі".split(",")
    assert said == {*((text, None) for text in kazakh), ("текст", "ru"), ("Название", "ru")}
