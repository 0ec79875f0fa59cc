"""The texts on file in three languages: complete, in their own letters, in the terms of the glossary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings

from positions.editing.characters import Oddity, odd_characters
from tests.law import norm_files

GLOSSARY: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (settings.BASE_DIR / "fixtures" / "glossary.yaml").read_text(encoding="utf-8")
)
PARTS = ("duties", "knowledge")


def editions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk through every edition on file."""
    for data in norm_files().positions:
        for edition in data["editions"]:
            yield data["position"], edition


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Walk through everything that is printed, with its place: titles, entries, lines of the clauses."""
    for data in norm_files().positions:
        yield f"{data['position']} title", data["title"]
    for code, edition in editions():
        for part in PARTS:
            for number, entry in enumerate(edition[part], start=1):
                yield f"{code} {edition['valid_from']} {part} {number}", entry
        yield f"{code} {edition['valid_from']} qualification", edition["qualification"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kazakh_text_has_its_translation(language: str) -> None:
    # The English of 360 is an unofficial translation as it was found; it lacks some entries, which is shown as it is.
    missing = [
        place
        for place, text in texts()
        if text["kk"] and not text[language] and not (language == "en" and place.startswith("360/"))
    ]
    assert missing == []


def test_russian_has_no_entry_that_the_kazakh_lacks() -> None:
    assert [place for place, text in texts() if text["ru"] and not text["kk"]] == []


def test_translations_end_as_the_kazakh_does() -> None:
    marks = re.compile(r"[;:.,]?$")
    differing = [
        (place, language)
        for place, text in texts()
        for language in (("ru",) if place.startswith("360/") else ("ru", "en"))
        if text["kk"] and marks.search(text["kk"].rstrip())[0] != marks.search(text[language].rstrip())[0]  # type: ignore[index]
    ]
    assert differing == []


def test_the_clauses_have_as_many_lines_in_our_translations_as_in_kazakh() -> None:
    for code, edition in editions():
        lines = {language: len(edition["qualification"][language].splitlines()) for language in ("kk", "ru", "en")}
        if code.startswith("360/"):
            del lines["en"]
        assert len(set(lines.values())) == 1, (code, lines)


def test_years_are_the_same_in_kazakh_and_in_russian() -> None:
    number = re.compile(r"\d+")
    for code, edition in editions():
        for kazakh, russian in zip(
            edition["qualification"]["kk"].splitlines(), edition["qualification"]["ru"].splitlines(), strict=True
        ):
            assert number.findall(kazakh) == number.findall(russian), (code, russian)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_of_ours_is_written_in_its_own_letters(language: str) -> None:
    wanted = {Oddity.LATIN_IN_CYRILLIC, Oddity.KAZAKH_IN_RUSSIAN, Oddity.CYRILLIC_IN_LATIN}
    found = [
        (place, odd.where)
        for place, text in texts()
        if not (language == "en" and place.startswith("360/"))
        for odd in odd_characters(text[language], language=language)
        if odd.oddity in wanted or odd.forbidden
    ]
    assert found == []


def test_origins_say_whose_translation_it_is() -> None:
    for code, edition in editions():
        assert edition["provenance"]["kk"] == "official"
        assert edition["provenance"]["ru"] == "working_translation"
        english = "unofficial_translation" if code.startswith("360/") else "working_translation"
        assert edition["provenance"]["en"] == english


@pytest.mark.parametrize("term", GLOSSARY["terms"], ids=lambda term: term["kk"])
def test_one_term_stands_for_one_notion(term: dict[str, Any]) -> None:
    """Wherever the Kazakh has the word, the translation has one of the words agreed for it."""
    kazakh = re.compile(term["kk"], re.IGNORECASE)
    except_for = set(term.get("except", ()))
    used = defaultdict(int)
    for place, text in texts():
        if not kazakh.search(text["kk"]) or place in except_for:
            continue
        for language in ("ru", "en"):
            if language == "en" and place.startswith("360/"):
                continue
            assert re.search(term[language], text[language], re.IGNORECASE), (place, text["kk"], text[language])
            used[language] += 1
    assert used["ru"], "no text has this term"


@pytest.mark.parametrize("act", GLOSSARY["acts"], ids=lambda act: act["kk"])
def test_an_act_has_one_title(act: dict[str, Any]) -> None:
    kazakh = re.compile(act["kk"], re.IGNORECASE)
    found = 0
    for place, text in texts():
        if not kazakh.search(text["kk"]):
            continue
        assert re.search(act["ru"], text["ru"]), (place, text["kk"], text["ru"])
        if place.startswith("31/"):
            assert re.search(act["en"], text["en"]), (place, text["kk"], text["en"])
        found += 1
    assert found, "no text names this act"
