"""The past years as a page shows them: a chart, the main numbers of each day, and all rungs in a wide table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attestation.charts import bars
from attestation.figure_tables import Table, trend_notes, trend_table
from attestation.trend import Trend
from attestation.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPage:
    """All that a page shows of a trend; `anybody` says whether anybody was in service on any of the days."""

    trend: Trend
    chart: SafeString
    table: Table
    notes: tuple[str, ...]
    anybody: bool


def trend_page(trend: Trend) -> TrendPage:
    """Give the page of a trend (no query)."""
    return TrendPage(
        trend=trend,
        chart=bars(
            [day(each.on) for each in trend.days],
            [[each.in_service for each in trend.days], [each.with_category for each in trend.days]],
            words=_("A chart with two bars for each day; its numbers stand in the table."),
        ),
        table=trend_table(trend),
        notes=tuple(trend_notes(trend)),
        anybody=any(each.in_service for each in trend.days),
    )
