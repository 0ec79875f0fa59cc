"""Dates, numbers and plurals as offices of Kazakhstan write them: in every language, on our pages and in the admin."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import ngettext

from employees.models import Unit, User
from tests import library_strings
from tests.languages import LANGUAGES, strange_words

DAY = date(2026, 11, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_day_first_in_every_language(language: str) -> None:
    with translation.override(language):
        assert formats.date_format(DAY, "DATE_FORMAT") == formats.date_format(DAY, "SHORT_DATE_FORMAT") == "02.11.2026"
        assert formats.date_format(datetime(2026, 11, 2, 9, 5, tzinfo=UTC), "DATETIME_FORMAT") == "02.11.2026 09:05"
        assert formats.date_format(DAY, "YEAR_MONTH_FORMAT") == "11.2026"
        assert formats.date_format(DAY, "MONTH_DAY_FORMAT") == "02.11"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.get_format("DATE_INPUT_FORMATS")[:2] == ["%d.%m.%Y", "%Y-%m-%d"]


@pytest.mark.parametrize(
    ("language", "number", "grouped"),
    [("kk", "1234,5", "1\xa0234,5"), ("ru", "1234,5", "1\xa0234,5"), ("en", "1234.5", "1\xa0234.5")],
)
def test_numbers_have_the_sign_of_their_language(language: str, number: str, grouped: str) -> None:
    with translation.override(language):
        assert formats.localize(1234.5) == number
        assert formats.number_format(1234.5, force_grouping=True) == grouped


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", {1: "1 нәтиже", 2: "2 нәтиже", 5: "5 нәтиже", 21: "21 нәтиже"}),
        ("ru", {1: "1 результат", 2: "2 результата", 5: "5 результатов", 21: "21 результат"}),
        ("en", {1: "1 result", 2: "2 results", 5: "5 results", 21: "21 results"}),
    ],
)
def test_things_are_counted_in_the_forms_of_the_language(language: str, said: dict[int, str]) -> None:
    with translation.override(language):
        words = {
            count: ngettext("%(counter)s result", "%(counter)s results", count) % {"counter": count} for count in said
        }
    assert words == said


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin_writes_days_as_our_pages_do(language: str, client: Client, admin: User, unit: Unit) -> None:
    client.force_login(admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    kind = ContentType.objects.get_for_model(Unit)
    entry = LogEntry.objects.create(user=admin, content_type=kind, object_id=str(unit.pk), action_flag=CHANGE)
    LogEntry.objects.filter(pk=entry.pk).update(action_time=datetime(2026, 11, 2, 4, 5, tzinfo=UTC))
    page = client.get(reverse("admin:employees_unit_history", args=[unit.pk])).content.decode()
    assert f'<html lang="{language}" dir="ltr">' in page
    assert "02.11.2026 09:05" in page, "in the time of Kazakhstan"
    script = client.get(reverse("admin:jsi18n")).content.decode()
    told = _part(script, "django.formats")
    assert told["DATE_INPUT_FORMATS"][0] == "%d.%m.%Y"
    assert told["DATETIME_INPUT_FORMATS"][0] == "%d.%m.%Y %H:%M"
    assert str(told["FIRST_DAY_OF_WEEK"]) == "1"
    words = _part(script, "const newcatalog") if language != "en" else {}
    assert words.get("Today") == {"kk": "Бүгін", "ru": "Сегодня", "en": None}[language]
    # Words of scripts of old stand there too, which no script asks for any more.
    asked = {each.msgid for each in library_strings.met("djangojs")}
    said = json.dumps([text for msgid, text in words.items() if msgid in asked], ensure_ascii=False)
    assert not strange_words(re.sub(r"%(\(\w+\))?s|\\\w", " ", said), language)


def _part(script: str, name: str) -> dict[str, Any]:
    """Give what a script of the admin is told."""
    found = re.search(rf"{re.escape(name)} = (\{{.*?\}});", script, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.mark.django_db
def test_the_searched_lists_of_the_admin_speak_kazakh(client: Client, admin: User, unit: Unit) -> None:
    """Select2 has no Kazakh: our file says everything that the Russian one says."""
    client.force_login(admin)
    page = client.get(reverse("admin:employees_unit_change", args=[unit.pk])).content.decode()
    assert "admin/js/vendor/select2/i18n/kk.js" in page
    assert 'lang="None"' not in page
    said = {}
    for language in ("kk", "ru"):
        path = finders.find(f"admin/js/vendor/select2/i18n/{language}.js")
        assert path
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the finder names a file
            said[language] = set(re.findall(r"\b([a-z]+[A-Z]\w+|searching)\b(?=:)", file.read()))
    assert said["ru"] <= said["kk"]


@pytest.mark.django_db
def test_browsers_find_the_sign_of_the_site(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/sanat.svg")
    assert finders.find("sanat.svg")
