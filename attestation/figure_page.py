"""The figures as a page shows them: every number with its words, and the query of the list of those it counts.

A number and the list behind it rest on the same conditions (verdict_filters); tests hold every one of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attestation.codes import DueStanding
from attestation.figure_selectors import ScopeView
from attestation.figures import Ahead, Figures, Place, StatusCounts
from attestation.verdict_filters import NONE, reason_key, reason_words
from attestation.wording import status_words
from positions import rules
from positions.codes import Category, Level

_STATUSES = (rules.Status.MET, rules.Status.NOT_MET, rules.Status.UNKNOWN)
_ALL: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A number with its words; `query` asks the list for the people it counts."""

    label: str
    number: int
    query: str
    #: The code of a state, which has a sign and a colour beside its word.
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAhead:
    """What is to come: in spans, and month by month."""

    spans: tuple[Shown, ...]
    months: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """All that a page shows of figures."""

    figures: Figures
    #: What matters most, in big numbers.
    main: tuple[Shown, ...]
    #: For each level its name, and a number for each of its categories, from the top.
    rungs: tuple[tuple[str, tuple[Shown, ...]], ...]
    beside: tuple[Shown, ...]
    rising_now: Shown
    rising: ShownAhead
    lapsed: Shown
    lapsing: ShownAhead
    attestation: tuple[Shown, ...]
    current: tuple[Shown, ...]
    next: tuple[Shown, ...]
    reasons: tuple[Shown, ...]

    @property
    def months(self) -> list[tuple[Shown, Shown]]:
        """Month by month: who becomes able to rise, and whose category ends."""
        return list(zip(self.rising.months, self.lapsing.months, strict=True))

    @property
    def ahead(self) -> list[Shown]:
        """Who can rise and whose category ends, now and within spans."""
        return [self.rising_now, *self.rising.spans, self.lapsed, *self.lapsing.spans]

    @property
    def requirements(self) -> list[tuple[str, str, Shown | None, Shown]]:
        """A row for each state: its words and its code, a number for the current rung and one for the next."""
        return [
            (following.label, following.mark, current, following)
            for current, following in zip_longest(self.current, self.next)
        ]

    def every(self) -> Iterator[Shown]:
        """Give every number of the page."""
        yield from self.main
        for _level, row in self.rungs:
            yield from row
        yield from (*self.beside, self.rising_now, self.lapsed)
        for ahead in (self.rising, self.lapsing):
            yield from (*ahead.spans, *ahead.months)
        yield from (*self.attestation, *self.current, *self.next, *self.reasons)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The list of the scope on the day, to be narrowed further."""

    view: ScopeView
    on: date
    today: date

    def of(self, label: str, number: int, asked: Mapping[str, object] = _ALL, *, mark: str = "") -> Shown:
        """Give a number with the query that lists whom it counts."""
        organisation = self.view.organisation or (self.view.unit.organisation if self.view.unit else None)
        base: dict[str, object] = {
            "organisation": organisation.bin if organisation else "",
            "unit": self.view.unit.name if self.view.unit else "",
            "on": "" if self.on == self.today else self.on,
        }
        query = urlencode({name: value for name, value in {**base, **asked}.items() if value != ""})
        return Shown(label=label, number=number, query=query, mark=mark)


def figures_page(figures: Figures, view: ScopeView, *, today: date) -> FiguresPage:
    """Give the page of figures (no query)."""
    lists = _Lists(view, figures.on, today)
    rising_now = lists.of(_("Can be proposed for the next category now"), figures.rising_now, {"status": "met"})
    rising = _ahead(figures.rising, lists, _rising_words, first="reachable_from", last="reachable")
    lapsed = lists.of(_("Category ended and none in force"), figures.lapsed, {"lapsed": "yes"})
    lapsing = _ahead(figures.lapsing, lists, _lapsing_words, first="lapses_from", last="lapses")
    attestation = _attestation(figures, lists)
    unknown = lists.of(_("Verdict kept unknown by something"), figures.unknown, {"doubts": "any"})
    return FiguresPage(
        figures=figures,
        main=(
            lists.of(_("In service"), figures.in_service),
            rising_now,
            rising.spans[0],
            lapsing.spans[0],
            lapsed,
            attestation[DueStanding.DUE],
            attestation[DueStanding.OVERDUE],
            unknown,
        ),
        rungs=tuple(_rungs(figures, lists)),
        beside=_beside(figures, lists),
        rising_now=rising_now,
        rising=rising,
        lapsed=lapsed,
        lapsing=lapsing,
        attestation=tuple(attestation.values()),
        current=_statuses(figures.current, lists, "current"),
        next=(
            *_statuses(figures.next, lists, "status"),
            lists.of(pgettext("rung", "no next rung"), figures.next.none, {"status": NONE}),
        ),
        reasons=tuple(_reasons(figures, lists)),
    )


def _statuses(counts: StatusCounts, lists: _Lists, asked: str) -> tuple[Shown, ...]:
    """Give the numbers by the status of the requirements; `asked` is the filter of the list that asks for one."""
    return tuple(
        lists.of(status_words(status), getattr(counts, status), {asked: status.value}, mark=status)
        for status in _STATUSES
    )


def _rungs(figures: Figures, lists: _Lists) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    for level in Level:
        row = (
            lists.of(
                str(category.label),
                figures.on_rung(level, category),
                {"level": level.value, "category": category.value},
            )
            for category in Category
        )
        yield str(level.label), tuple(row)


def _beside(figures: Figures, lists: _Lists) -> tuple[Shown, ...]:
    """Give those who stand on no rung, by why."""
    told = (
        (Place.NO_RUNG, _("No level on record, and no entry education met"), figures.without_rung),
        (Place.NO_CATEGORIES, _("Posts without categories"), figures.without_categories),
        (Place.NO_TEXT, _("No text on file for the day, and no level or category on record"), figures.without_text),
        (Place.NO_POST, _("No post on record for the day"), figures.without_post),
    )
    return tuple(lists.of(words, number, {"without": place.value}) for place, words, number in told)


def _ahead(ahead: Ahead, lists: _Lists, words: Callable[[int], str], *, first: str, last: str) -> ShownAhead:
    """Give what is to come, with the days between which the list looks."""
    spans = (lists.of(words(span.months), span.number, {first: lists.on, last: span.last}) for span in ahead.spans)
    months = (
        lists.of(month_words(month.first), month.number, {first: month.first, last: month.last})
        for month in ahead.months
    )
    return ShownAhead(spans=tuple(spans), months=tuple(months))


def month_words(day: date) -> str:
    """Name a month with its year."""
    return date_format(day, "F Y")


def _rising_words(months: int) -> str:
    return ngettext(
        "The next category becomes reachable within %(months)d month",
        "The next category becomes reachable within %(months)d months",
        months,
    ) % {"months": months}


def _lapsing_words(months: int) -> str:
    return ngettext(
        "The category ends within %(months)d month", "The category ends within %(months)d months", months
    ) % {"months": months}


def _attestation(figures: Figures, lists: _Lists) -> dict[DueStanding, Shown]:
    words = {
        DueStanding.OVERDUE: _("Attestation overdue"),
        DueStanding.DUE: _("Attestation due"),
        DueStanding.NOT_YET: _("Attestation not due yet"),
        DueStanding.EXEMPT: _("Exempt from attestation for now"),
        DueStanding.UNKNOWN: _("Day of the attestation unknown"),
    }
    return {
        standing: lists.of(label, getattr(figures.attestation, standing), {"due": standing.value})
        for standing, label in words.items()
    }


def _reasons(figures: Figures, lists: _Lists) -> Iterator[Shown]:
    for each in figures.reasons:
        key = reason_key((each.requirement, each.found, each.code))
        yield lists.of(reason_words(key), each.number, {"doubts": key})
