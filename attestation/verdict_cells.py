"""What a verdict says in a few cells, for putting two verdicts side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attestation.wording import day, obstacle_words
from positions import rules
from positions.wording import rung_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one side says: words, and a status where it has one."""

    words: str
    status: rules.Status | None = None


def verdict_cells(verdict: rules.Verdict | None) -> tuple[tuple[str, Cell], ...]:
    """Give the current rung, the next one and the day it is reachable on, each under its label."""
    return (
        (_("Current rung and its requirements"), _current(verdict)),
        (_("Next rung and its requirements"), _next(verdict)),
        (_("Reachable on"), _reachable(verdict)),
    )


def _current(verdict: rules.Verdict | None) -> Cell:
    if verdict is None:
        return Cell(words="–")
    if verdict.current is not None:
        words = rung_words(verdict.current.key)
    elif verdict.edition is None:
        words = _("No rung is on record.")
    elif verdict.edition.has_categories:
        words = _("No rung: no level is stated, and no entry education is proved.")
    else:
        words = _("Fitness for the post (the text names no categories)")
    return Cell(words=words, status=verdict.current_status)


def _next(verdict: rules.Verdict | None) -> Cell:
    if verdict is None or verdict.next is None:
        return Cell(words=pgettext("rung", "no next rung") if verdict else "–")
    return Cell(words=rung_words(verdict.next.key), status=verdict.next.status)


def _reachable(verdict: rules.Verdict | None) -> Cell:
    if verdict is None or verdict.next is None:
        return Cell(words="–")
    if verdict.next.status is rules.Status.MET:
        return Cell(words=_("met already"))
    if verdict.next.reachable_on is not None:
        return Cell(words=day(verdict.next.reachable_on))
    return Cell(words=obstacle_words(verdict.next) or "–")
