"""The figures as tables: one set of tables for the printed report and for the workbook, in the words of the page.

They are statistics: numbers without a single name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attestation.figure_forms import scope_words
from attestation.figure_page import FiguresPage, Shown
from attestation.figure_selectors import ScopeView
from attestation.trend import Trend, TrendDay, rung_keys
from attestation.wording import day
from positions.rules import RungKey
from positions.wording import rung_words

Cell = str | int | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what it is called, its headings and rows, a row of totals, what must be known to read it.

    Where `bars` holds, the last number of each row is also drawn as a bar.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    note: str = ""
    bars: bool = False


def whose(view: ScopeView) -> tuple[tuple[str, str], ...]:
    """Say in labels and values whose figures they are."""
    organisation = view.organisation or (view.unit.organisation if view.unit else None)
    if organisation is None:
        return ((_("Figures of"), scope_words(None, None)),)
    named = ((_("Organisation"), organisation.display_name),)
    return (*named, (_("Structural unit"), view.unit.name)) if view.unit else named


def figure_tables(page: FiguresPage) -> tuple[Table, ...]:
    """Give the tables of what a page shows of figures."""
    return (
        _summary(page),
        _rungs(page),
        _requirements(page),
        _calendar(page),
        Table(
            title=_("Next attestation"),
            heads=(_("Attestation"), _("Number of people")),
            rows=_rows(page.attestation),
        ),
        Table(
            title=_("What keeps verdicts unknown"),
            heads=(_("Reason"), _("Number of people")),
            rows=_rows(page.reasons),
            note=_("One person may have several reasons."),
        ),
    )


def _rows(shown: Iterable[Shown]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((capfirst(each.label), each.number) for each in shown)


def _summary(page: FiguresPage) -> Table:
    """Give the main numbers, each span ahead and the share that holds a category among them."""
    figures = page.figures
    with_category = sum(each.number for each in figures.rungs if each.category != "none")
    before, *rest = page.main
    spans = (*page.rising.spans, *page.lapsing.spans)
    return Table(
        title=_("Main figures"),
        heads=(_("Figure"), _("Number of people")),
        rows=(
            *_rows([before]),
            (_("With a category in force"), with_category),
            *_rows([page.rising_now, *spans]),
            *_rows(each for each in rest if each not in (page.rising_now, *spans)),
        ),
    )


def _rungs(page: FiguresPage) -> Table:
    """Give the numbers by level and category; everybody in service stands in one row."""
    figures = page.figures
    rungs = [(_rung(key), figures.on_rung(str(key.level), str(key.category))) for key in rung_keys()]
    return Table(
        title=_("Staff by level and category"),
        heads=(_("Level and category"), _("Number of people")),
        rows=(*rungs, *_rows(page.beside)),
        foot=(_("In all"), figures.in_service),
        bars=True,
    )


def _rung(key: RungKey) -> str:
    return capfirst(rung_words(key))


def _requirements(page: FiguresPage) -> Table:
    """Give the numbers by the status of the requirements."""
    current = {each.label: each.number for each in page.current}
    return Table(
        title=_("Requirements"),
        heads=(_("Requirements"), _("Of the current rung"), _("Of the next rung")),
        rows=tuple((capfirst(each.label), current.get(each.label), each.number) for each in page.next),
    )


def _calendar(page: FiguresPage) -> Table:
    """Give the months ahead: who becomes able to rise, and whose category ends."""
    rising, lapsing = page.figures.rising, page.figures.lapsing
    return Table(
        title=_("The next 12 months"),
        heads=(_("First day"), _("Last day"), _("Next category reachable"), _("Last day of a category")),
        rows=tuple(
            (each.first, each.last, each.number, ends.number)
            for each, ends in zip(rising.months, lapsing.months, strict=True)
        ),
        foot=(_("In all"), None, rising.total, lapsing.total),
        note=_(
            "Days rest on the records as they are: all open periods and the categories in force going on unchanged."
        ),
    )


# -------------------------------------------------------------------------------------------------------------- trend


def trend_table(trend: Trend) -> Table:
    """Give the staff of past days, a column a day and a row a rung."""
    rows: list[tuple[Cell, ...]] = [
        (_rung(key), *(each.on_rung(str(key.level), str(key.category)) for each in trend.days)) for key in rung_keys()
    ]
    beside = [_beside(each) for each in trend.days]
    rows += [(label, *(numbers[label] for numbers in beside)) for label in beside[-1]]
    rows.append((_("With a category in force"), *(each.with_category for each in trend.days)))
    rows.append((_("With a category, of 100 on a rung"), *(each.share for each in trend.days)))
    return Table(
        title=_("The staff in past years"),
        heads=(_("Level and category"), *(day(each.on) for each in trend.days)),
        rows=tuple(rows),
        foot=(_("In service"), *(each.in_service for each in trend.days)),
        note=" ".join(trend_notes(trend)),
    )


def _beside(each: TrendDay) -> dict[str, int]:
    """Give those who stand on no rung, by why."""
    return {
        _("No level on record, and no entry education met"): each.without_rung,
        _("Posts without categories"): each.without_categories,
        _("No text on file for the day, and no level or category on record"): each.without_text,
        _("No post on record for the day"): each.without_post,
    }


def trend_notes(trend: Trend) -> list[str]:
    """Say what must be known to read a trend."""
    notes = [
        _("Every day is judged by the records and the texts of that day."),
        _("People stand in the unit in which they are today; who was taken back counts from the latest hiring."),
    ]
    if trend.has_unread:
        notes.append(
            _(
                "Where no text is on file for a day, the category in force is taken, else the level on record without "
                "a category; the wording of another day is not borrowed."
            )
        )
    return notes
