"""Where the texts of the law are found: addresses that stay, whatever comes into force later."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from positions.models import Edition
from positions.search_selectors import Passage


class DayConverter:
    """A day in an address, as `2026-11-22`."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read a day; one that there is not leads nowhere."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write a day."""
        return value.isoformat()


def edition_url(edition: Edition) -> str:
    """Give the permanent address of an edition."""
    position = edition.position
    return reverse("position_edition", args=[position.act_code, position.number, edition.valid_from])


def clause_anchor(edition: Edition, clause: str) -> str:
    """Give the place of a clause on the page of an edition; where it is the whole text, that is the top."""
    parts = {
        "duties": edition.duties_clause,
        "knowledge": edition.knowledge_clause,
        "qualification": edition.qualification_clause,
    }
    found = [part for part, own in parts.items() if own == clause]
    return f"#{found[0]}" if len(found) == 1 else ""


def clauses_of(edition: Edition) -> list[str]:
    """Give the clauses in which an edition stands, each once."""
    return list(dict.fromkeys((edition.duties_clause, edition.knowledge_clause, edition.qualification_clause)))


def passage_url(passage: Passage, *, language: str, shown: tuple[str, str]) -> str:
    """Give the permanent address of a passage; a language that the page does not show by itself is asked for."""
    act, number = passage.position.act_code, passage.position.number
    if passage.edition is None:
        return reverse("position", args=[act, number])
    page = reverse("position_edition", args=[act, number, passage.edition.valid_from])
    asked = "" if language in shown else f"?right={language}"
    return page + asked + (f"#{passage.anchor}" if passage.anchor else "")
