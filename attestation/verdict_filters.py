"""The filters of the list that rest on the verdict; each asks the same of a stored verdict and of a computed one.

The figures count by the same conditions, so that a number and the list behind it agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.figures import DayTexts, FigureRow, Place, Reason
from attestation.quality_words import title_of
from employees.models import CategoryAward, Employee
from positions import rules
from positions.codes import Category, CertificateKind

NONE = "-"
_NO_TEXT = "text-no_text"
#: Every reason for which a verdict can be unknown, in the order in which they are offered.
REASONS: tuple[Reason, ...] = (
    *(
        ("education", found.value, "")
        for found in (
            rules.Found.NO_RECORD,
            rules.Found.FIELD_NOT_STATED,
            rules.Found.NOT_RECOGNISED,
            rules.Found.ABOVE,
            rules.Found.NOT_NAMED,
        )
    ),
    *(("certificate", rules.Found.NO_RECORD.value, kind) for kind in CertificateKind.values),
    ("experience", rules.Found.NOT_NAMED.value, ""),
    ("text", rules.Found.NO_TEXT.value, ""),
    ("text", rules.Found.NO_RUNG_IN_TEXT.value, ""),
)
_DAY = timedelta(days=1)
People = QuerySet[Employee]


@dataclass(frozen=True, slots=True)
class VerdictFilter:
    """What a filter asks of the stored verdicts, and of one that was computed."""

    stored: Callable[[People, Any], People]
    fits: Callable[[FigureRow, Any], bool]


def _plain(field: str, attribute: str) -> VerdictFilter:
    """Ask for a code; the sign for none asks for a blank one."""

    def stored(people: People, value: str) -> People:
        return people.filter(verdict__listed=True, **{f"verdict__{field}": "" if value == NONE else value})

    def fits(row: FigureRow, value: str) -> bool:
        return bool(getattr(row, attribute) == ("" if value == NONE else value))

    return VerdictFilter(stored, fits)


def reason_key(reason: Reason) -> str:
    """Name a reason in an address; what it has no part of is left out."""
    return "-".join(part for part in reason if part)


def reason_words(key: str) -> str:
    """Say what keeps a verdict unknown; of a text, that it is lacking on the day asked for, whichever that is."""
    return _("No text on file for this day") if key == _NO_TEXT else title_of(key)


def _reason(key: str) -> tuple[str, ...]:
    """Give the reason that a key names; a key of one part names a requirement alone."""
    parts = key.split("-")
    return tuple(parts if len(parts) == 1 else [*parts, ""][:3])


def _doubts(people: People, value: str) -> People:
    if value == "any":
        return people.exclude(verdict__doubts=[])
    # JSON as text is the same on both databases, where a search inside of it is not.
    reason = _reason(value)
    words = ", ".join(f'"{part}"' for part in reason)
    inner = f"[{words}," if len(reason) == 1 else f"[{words}]"
    return people.alias(doubts_text=Cast("verdict__doubts", TextField())).filter(doubts_text__contains=inner)


def _has_doubt(row: FigureRow, value: str) -> bool:
    return bool(row.doubts) if value == "any" else any(_reason(value) in (doubt, doubt[:1]) for doubt in row.doubts)


#: The filters that need nothing but the verdict. Days are included; a category ends with its last day.
VERDICT_CONDITIONS: dict[str, VerdictFilter] = {
    "level": _plain("current_level", "level"),
    "category": _plain("current_category", "category"),
    "current": _plain("current_status", "current_status"),
    "status": _plain("next_status", "next_status"),
    "due": _plain("due_standing", "standing"),
    "reachable_from": VerdictFilter(
        lambda people, value: people.filter(verdict__reachable_on__gte=value),
        lambda row, value: row.reachable_on is not None and row.reachable_on >= value,
    ),
    "reachable": VerdictFilter(
        lambda people, value: people.filter(verdict__reachable_on__lte=value),
        lambda row, value: row.reachable_on is not None and row.reachable_on <= value,
    ),
    "lapses_from": VerdictFilter(
        lambda people, value: people.filter(verdict__lapses_on__gt=value),
        lambda row, value: row.last_day is not None and row.last_day >= value,
    ),
    "lapses": VerdictFilter(
        lambda people, value: people.filter(verdict__lapses_on__lte=min(value, date.max - _DAY) + _DAY),
        lambda row, value: row.last_day is not None and row.last_day <= value,
    ),
    "doubts": VerdictFilter(_doubts, _has_doubt),
}

#: Why somebody stands on no rung, as the list asks for it.
WITHOUT = (
    (Place.NO_RUNG.value, gettext_lazy("no entry requirement met")),
    (Place.NO_CATEGORIES.value, gettext_lazy("a post without categories")),
    (Place.NO_TEXT.value, gettext_lazy("no text on file for the day")),
    (Place.NO_POST.value, gettext_lazy("no post on record for the day")),
)


def standing_at(people: People, place: str, texts: DayTexts) -> People:
    """Keep those whose stored verdict puts them there, instead of on a rung."""
    if place == Place.NO_POST:
        return people.filter(verdict__listed=False)
    off = people.filter(verdict__listed=True, verdict__current_level="")
    if place == Place.NO_TEXT:
        return off.filter(verdict__position__in=texts.missing)
    if place == Place.NO_CATEGORIES:
        return off.filter(verdict__position__in=texts.without_categories)
    return off.exclude(verdict__position__in=texts.missing | texts.without_categories)


def lapsed_condition(texts: DayTexts, *, on: date) -> Q:
    """Give the condition on employees that a category of the post has ended and none is in force."""
    ended = (
        CategoryAward.objects.filter(annulled_on__isnull=True, lapses_on__lte=on)
        .alias(
            family=_family("position__code", texts),
            post=_family("employee__verdict__position", texts),
        )
        .filter(post=F("family"))
    )
    return Q(
        verdict__listed=True, verdict__current_category__in=["", Category.NONE], pk__in=ended.values("employee")
    ) & ~Q(verdict__position__in=texts.without_categories)


def _family(field: str, texts: DayTexts) -> Case:
    """Name the positions that count as one by one of their codes."""
    cases = (When(**{f"{field}__in": family}, then=Value(family[0])) for family in texts.families)
    return Case(*cases, default=F(field), output_field=CharField())
