"""Judging in which language a text is written: word by word, against the words that our own catalogues know.

A text of a page is Kazakh, Russian or English; what people typed in, and names, are nobody's words and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import trans_real
from modeltranslation.fields import TranslationField

from attestation.codes import PaperKind
from attestation.papers.word_examples import example
from positions.models import EditionChange

LANGUAGES = ("kk", "ru", "en")
KAZAKH_LETTERS = frozenset("әғқңөұүһі")
#: Names and codes that are the same in every language; everything else of two Latin letters or more is a finding.
NAMES = frozenset(
    "sanat cookie ctrl enter ldap iso ok bin iin kk ru en kz pdf word excel csv docx html json xlsx yaml zip".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-öø-ÿ]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ROMAN = re.compile("[IVX]+")
#: What is written the same everywhere: addresses, mailboxes, files, tags of Word templates.
_NO_WORDS = re.compile(
    r"https?://\S+|/\w[\w/.-]*/|[\w.+-]+@[\w-]+(?:\.[\w-]+)*|[\w-]+\.(?:xlsx|xls|csv|docx|pdf|json|ya?ml|ics|svg|html|txt)\b"
    # How languages call themselves, and users whom a factory has named.
    r"|\{\{.*?\}\}|\{%.*?%\}|\bҚазақша\b|\bРусский\b|\bEnglish\b|\buser\d+\b",
    re.DOTALL,
)
_CODE = re.compile(r"[a-z0-9_.:/+=&?%-]*", re.IGNORECASE)


_SHORTENED = re.compile(r"([^;:–]{6,})…")


class Data:
    """What the scene holds that is no text of ours: names, free words, file names."""

    def __init__(self, values: Iterable[str]) -> None:
        kept = {_spaced(line) for value in values for line in (value, *value.splitlines())}
        found = {value for value in kept if _WORD.search(value)}
        #: What looks like a code of ours is left out only where nothing else is said.
        self._whole = {value for value in found if _CODE.fullmatch(value)}
        self._parts = sorted(found - self._whole, key=len, reverse=True)

    def without(self, text: str) -> str:
        """Leave out of a text what the scene holds."""
        if text.strip() in self._whole:
            return ""
        for value in self._parts:
            if value in text:
                text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", text)
        return _SHORTENED.sub(lambda found: "" if self._begins(found[1].strip()) else found[0], text)

    def _begins(self, text: str) -> bool:
        """Tell whether a text that was cut off is the beginning of one that the scene holds."""
        return any(value.startswith(text) for value in self._parts)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def strange_words(text: str, language: str, data: Data | None = None) -> list[str]:
    """Give the words of a text that are not of its language; none is good."""
    text = _spaced(text)
    if not _strange(text, language):
        return []
    text = _NO_WORDS.sub(" ", text)
    if data is not None:
        text = data.without(text)
    return _strange(text, language)


def _strange(text: str, language: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) > 1 and _is_strange(word, language)]


def _is_strange(word: str, language: str) -> bool:
    small = word.casefold()
    if _LATIN.fullmatch(small):
        return language != "en" and small not in NAMES and not _ROMAN.fullmatch(word)
    if not _CYRILLIC.search(small):
        return False
    if language == "en":
        return True
    if not _CYRILLIC.fullmatch(small):
        return small not in vocabulary(language)
    if language == "ru":
        return bool(KAZAKH_LETTERS & set(small)) or small in only_in("kk")
    return small in only_in("ru")


# --------------------------------------------------------------------------------------------------------- vocabularies


@cache
def only_in(language: str) -> frozenset[str]:
    """Give the words that the texts of one of the two languages have and those of the other have not."""
    other = {"kk": "ru", "ru": "kk"}[language]
    return frozenset(vocabulary(language) - vocabulary(other))


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Give every Cyrillic word of the catalogues, norms, rule-sets and papers in a language, misprints as printed."""
    found = set()
    for text in _texts(language):
        found.update(word.casefold() for word in _WORD.findall(text) if _CYRILLIC.search(word.casefold()))
    return frozenset(found)


def _texts(language: str) -> Iterator[str]:
    yield from (text for _key, text in trans_real.translation(language)._catalog.items())
    yield from _kept_texts(language)
    for path in (settings.BASE_DIR / "fixtures" / "regimes").glob("*.yaml"):
        yield from strings(yaml.safe_load(path.read_text(encoding="utf-8")), language)
    words = settings.BASE_DIR / "templates" / "print" / "words" / f"{language}.yaml"
    yield from strings(yaml.safe_load(words.read_text(encoding="utf-8")), language)


def _kept_texts(language: str) -> Iterator[str]:
    """Give the texts of the norms, which every test finds in its database."""
    for model in apps.get_app_config("positions").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TranslationField) and field.language == language:
                yield from filter(None, model._default_manager.values_list(field.attname, flat=True))


def strings(value: Any, language: str) -> Iterator[str]:
    """Give the texts of nested data; of one that stands in several languages, that of one language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        spoken = set(value) & set(LANGUAGES)
        for key, each in value.items():
            if not spoken or key in (*(set(value) - spoken), language):
                yield from strings(each, language)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each, language)


# ------------------------------------------------------------------------------------------------- what the scene holds

#: What is written by the product itself, in the language of who asked: no data that could be excused.
_OURS = {"ExportRun.query", "LogEntry.change_message", "PersonnelOrder.words"}
#: What nobody typed in, and the texts of the law, which are words that the vocabularies know.
_NOBODYS = {"contenttypes", "sessions", "auth", "positions"}


def data_of_scene(language: str) -> Data:
    """Read from the database what people typed in; of a text in several languages, that of one language."""
    kept = [model for model in apps.get_models() if model._meta.app_label not in _NOBODYS or model is EditionChange]
    return Data([*_examples(language), *(text for model in kept for text in _values(model, language))])


@cache
def _examples(language: str) -> list[str]:
    """Give the names and words of the invented papers that templates are tried on."""
    return [text for kind in PaperKind for text in _typed_in(example(kind).data, language)]


def _values(model: type[models.Model], language: str) -> Iterator[str]:
    """Give the texts of a model; what looks like a code is one of ours, and left out."""
    kept = [field for field in model._meta.concrete_fields if _is_typed(field, language)]
    for row in model._default_manager.values_list(*(field.attname for field in kept)) if kept else ():
        for value in row:
            yield from _typed_in(value, language)


def _is_typed(field: models.Field[Any, Any], language: str) -> bool:
    """Tell whether people type this in; of a text in several languages, whether it is the one of that language."""
    ours = field.choices or f"{field.model.__name__}.{field.name}" in _OURS
    spoken = field.language if isinstance(field, TranslationField) else field.name.rpartition("_")[2]
    texts = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return texts and not ours and (spoken not in LANGUAGES or spoken == language)


def _typed_in(row: Any, language: str) -> Iterator[str]:
    """Give what was typed in of nested data; in a report of an import that are the wrong values, and the names."""
    if isinstance(row, Mapping) and "errors" in row:
        problems = [*row["errors"], *row.get("warnings", [])]
        yield from (str(each["value"]) for each in problems)
        yield from _typed_in(row.get("people", []), language)
    else:
        yield from (text for text in strings(row, language) if not _CODE.fullmatch(text))
