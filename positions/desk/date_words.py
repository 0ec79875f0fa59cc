"""When a draft comes into force and what it ends, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from positions.codes import DraftKind
from positions.models import Draft, Edition

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What publishing a draft means in time, and how the button is named."""

    lines: list[str]
    button: str
    #: The edition in whose time the draft would be in force.
    overlaps: Edition | None = None


def date_words(draft: Draft, others: Iterable[Edition], *, today: date) -> Dates:
    """Say what becomes of the editions of a position when a draft is published; `others` are the oldest first."""
    start, last = _day(draft.data.get("valid_from")), _day(draft.data.get("valid_to"))
    correction = draft.kind == DraftKind.CORRECTION and draft.edition is not None
    button = _("Save the correction") if correction else _button(start, today)
    if start is None:
        return Dates(
            lines=[_("The first day is missing: nobody can say yet when this comes into force.")], button=button
        )
    lines = [_correction(draft)] if correction else [_coming(start, today)]
    if last is not None:
        lines.append(_("Its last day is %(day)s.") % {"day": shown(last)})
    ended, overlaps = in_the_way(others, start=start, last=last, correction=correction)
    lines += [
        _("The edition in force from %(first)s ends on %(last)s.")
        % {"first": shown(edition.valid_from), "last": shown(start - _DAY)}
        for edition in ended
    ]
    return Dates(lines=lines, button=button, overlaps=overlaps)


def in_the_way(
    others: Iterable[Edition], *, start: date, last: date | None, correction: bool
) -> tuple[list[Edition], Edition | None]:
    """Give the editions that a text would end, and the first one that it would overlap without ending it."""
    ended: list[Edition] = []
    for other in others:
        before = last is not None and last < other.valid_from
        after = other.valid_until is not None and other.valid_until <= start
        if before or after:
            continue
        if correction or other.valid_from >= start:
            return ended, other
        ended.append(other)
    return ended, None


def overlap_words(other: Edition) -> str:
    """Say which edition stands in the way, with its days, and what can be done."""
    if other.valid_until is None:
        return _(
            "Another edition is in force from %(first)s on. Choose other days, or correct or withdraw that edition."
        ) % {"first": shown(other.valid_from)}
    return _(
        "Another edition is in force from %(first)s to %(last)s. "
        "Choose other days, or correct or withdraw that edition."
    ) % {"first": shown(other.valid_from), "last": shown(other.valid_until - _DAY)}


def shown(day: date) -> str:
    """Write a day."""
    return date_format(day, "SHORT_DATE_FORMAT")


def _correction(draft: Draft) -> str:
    edition = draft.edition
    assert edition is not None  # noqa: S101
    return _("Correction of the edition in force from %(first)s: the past changes, verdicts on past days too.") % {
        "first": shown(edition.valid_from)
    }


def _coming(start: date, today: date) -> str:
    if start > today:
        return _("Comes into force on %(day)s; until then nothing changes.") % {"day": shown(start)}
    if start == today:
        return _("Comes into force today, %(day)s.") % {"day": shown(start)}
    return _("Is in force since %(day)s: verdicts from that day on change.") % {"day": shown(start)}


def _button(start: date | None, today: date) -> str:
    if start is None:
        return _("Publish")
    if start > today:
        return _("Publish: in force from %(day)s") % {"day": shown(start)}
    return _("Publish at once: in force since %(day)s") % {"day": shown(start)}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None
