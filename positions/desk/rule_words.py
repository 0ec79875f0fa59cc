"""How a rule reads, in every language, even while it is being written: what is missing is said to be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from positions.comparison import OWN_NAMES
from positions.located import LANGUAGES, Data
from positions.rung_wording import rung_lines
from positions.wording import any_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A rung in one language: how the rule reads, and what the clause prints."""

    language: str
    name: str
    #: One line a pathway.
    ways: list[str]
    printed: str
    warnings: list[str]


def readings(document: Data, index: int, warnings: Mapping[str, list[str]]) -> list[Reading]:
    """Put a rung into words in every language, each beside its printed line; `warnings` by language."""
    rung = document["rungs"][index]
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            ways = rung_lines(rung)
        found.append(
            Reading(
                language=language,
                name=OWN_NAMES[language],
                ways=ways,
                printed=printed_line(document, rung, language),
                warnings=warnings.get(language, []),
            )
        )
    return found


def printed_line(document: Data, rung: Mapping[str, Any], language: str) -> str:
    """Give the line of the clause that a rung was read from; nothing where the rung names none."""
    line = rung.get("line")
    lines = (document["qualification"].get(language) or "").splitlines()
    return lines[line - 1] if isinstance(line, int) and 1 <= line <= len(lines) else ""


def codes_words(codes: list[str], labels: Mapping[str, str]) -> str:
    """Sum up a group of boxes: what is ticked, or a dash."""
    return any_of(labels.get(code, code) for code in codes) if codes else "–"
