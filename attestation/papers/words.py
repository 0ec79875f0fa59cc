"""The words of the papers: the phrases of the forms as data, in three languages, or what a rule-set says instead.

A key names a phrase (`sheet.title`); values are put together as label and nominative, never by declension.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

import yaml
from django.conf import settings

#: A paper has a sheet in each of these; the first two are those of the forms.
LANGUAGES = ("kk", "ru", "en")

_FOLDER = settings.BASE_DIR / "templates" / "print" / "words"


@cache
def _file(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def form(name: str) -> Mapping[str, Any]:
    """Give what a form of the attestation sheet holds: its fields and the decisions that it has lines for."""
    found: Mapping[str, Any] = _file("forms")[name]
    return found


def certificate_kinds(purpose: str) -> tuple[str, ...]:
    """Give the kinds of certificates that prove professional development or retraining."""
    return tuple(_file("forms")[purpose])


@dataclass(frozen=True)
class Words:
    """The phrases of one language; `instead` holds those of a rule-set, by their keys."""

    language: str
    instead: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Give a phrase with its values. Raises KeyError for one that there is not."""
        found = self.instead.get(key) or self._plain(key)
        return str(found).format(**values) if values else str(found)

    def choice(self, key: str, code: str) -> str:
        """Give the phrase for a code; blank for no code, and the code itself where it speaks for itself."""
        if not code:
            return ""
        try:
            return self(f"{key}.{code}")
        except KeyError:
            return code

    def lines(self, key: str) -> list[str]:
        """Give several phrases, as the headings of a table."""
        found = self._plain(key)
        if not isinstance(found, list):
            raise KeyError(key)
        return [str(each) for each in found]

    def codes(self, key: str) -> list[str]:
        """Give the codes that have a phrase, in the order of the law."""
        return [str(code) for code in self._plain(key)]

    def _plain(self, key: str) -> Any:
        found: Any = _file(self.language)
        for part in key.split("."):
            found = found[part]
        return found

    def day(self, value: str | date | None) -> str:
        """Write a day as acts do, in words."""
        if not value:
            return ""
        on = _day(value)
        months = self.lines("common.months")
        return self("common.day", day=on.day, month=months[on.month - 1], year=on.year)

    def short_day(self, value: str | date | None) -> str:
        """Write a day as tables do."""
        return _day(value).strftime("%d.%m.%Y") if value else ""

    def hour(self, value: str | None) -> str:
        """Write an hour as `14:30`."""
        return time.fromisoformat(value).strftime("%H:%M") if value else ""

    def length(self, value: Sequence[int] | None) -> str:
        """Write a length of experience from years, months and days."""
        if value is None:
            return ""
        years, months, days = value
        return self("common.length", years=years, months=months, days=days)

    def text(self, texts: Mapping[str, str] | None) -> str:
        """Give a text kept in several languages in this one, else in Kazakh."""
        return (texts or {}).get(self.language) or (texts or {}).get("kk") or ""

    def rung(self, level: str, category: str) -> str:
        """Name a category with its level in words."""
        parts = [self.choice("common.levels", level), self.choice("common.categories", category)]
        return ", ".join(part for part in parts if part)


def words_of(language: str, wording: Mapping[str, Any] | None = None) -> Words:
    """Give the phrases of a language; `wording` is what a rule-set says instead, `{language: {key: phrase}}`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    instead = (wording or {}).get(language) or {}
    return Words(language, {str(key): str(value) for key, value in instead.items()})


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
