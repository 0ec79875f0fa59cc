"""The list of employees in words, the same on the page and in an export."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from attestation.codes import DueStanding
from attestation.models import StoredVerdict
from attestation.roster import RosterLine
from attestation.wording import day, status_words
from employees.periods import last_day
from positions import rules
from positions.codes import Category, Level
from positions.wording import certificate_words


def rung_state_words(status: str, level: str, category: str) -> str:
    """Name a rung with the status of its requirements."""
    parts = [str(Level(level).label) if level else "", str(Category(category).label) if category else ""]
    rung = ", ".join(part for part in parts if part)
    words = status_words(rules.Status(status)) if status else ""
    return f"{rung}: {words}" if rung and words else rung or words


def doubts_words(doubts: Iterable[Any]) -> list[str]:
    """Say what keeps a verdict unknown, each thing once."""
    words = [_doubt_words(requirement, found, code) for requirement, found, code in doubts]
    return list(dict.fromkeys(words))


def _doubt_words(requirement: str, found: str, code: str) -> str:
    if requirement == "certificate" and code:
        return _("No record: %(document)s") % {"document": certificate_words(code)}
    if found == rules.Found.NO_RECORD:
        return _("No education record")
    sentence = {
        rules.Found.FIELD_NOT_STATED: _("The field or speciality of the education is not stated"),
        rules.Found.NOT_NAMED: _("The text does not name what it asks for"),
        rules.Found.ABOVE: _("The education is higher than the text names"),
        rules.Found.NOT_RECOGNISED: _("The foreign document is not recognised"),
        rules.Found.NO_TEXT: _("No text on file for this day"),
        rules.Found.NO_RUNG_IN_TEXT: _("The text has no such level and category"),
    }.get(rules.Found(found))
    return sentence or {
        "education": _("The education is not certain"),
        "experience": _("The experience is not certain"),
    }.get(requirement, _("Not certain"))


def without_verdict_words(line: RosterLine) -> str:
    """Say why a line has no verdict."""
    left = last_day(line.employee.employed_until) if line.has_left else None
    if left is not None:
        return _("Dismissed; last day: %(day)s") % {"day": day(left)}
    return _("No post is on record for this day.")


def standing_words(verdict: StoredVerdict) -> str:
    """Say where somebody stands with the next attestation, and since or from when it is due."""
    standing = str(DueStanding(verdict.due_standing).label)
    if verdict.due_on is None:
        return standing
    return _("%(standing)s (due on %(day)s)") % {"standing": standing, "day": day(verdict.due_on)}


def cell(line: RosterLine, key: str) -> str | date | None:
    """Give what a column of an export holds: a text, or a day."""
    employee, verdict = line.employee, line.verdict
    if verdict is None and key == "current":
        return without_verdict_words(line)
    values: dict[str, Any] = {
        "name": employee.full_name,
        "organisation": employee.organisation.display_name,
        "unit": employee.unit.name if employee.unit else "",
        "number": employee.personnel_number,
        "iin": line.iin,
        "position": line.title,
        "hired": employee.hired_on,
    }
    if key in values or verdict is None:
        return values.get(key)
    if key == "current":
        return rung_state_words(verdict.current_status, verdict.current_level, verdict.current_category)
    if key == "next":
        return rung_state_words(verdict.next_status, verdict.next_level, verdict.next_category)
    if key == "doubts":
        return "; ".join(doubts_words(verdict.doubts))
    if key == "attestation":
        return standing_words(verdict)
    return last_day(verdict.lapses_on) if key == "lapses" else verdict.reachable_on
