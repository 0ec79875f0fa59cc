"""Charts of the figures in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attestation.charts import bars
from attestation.figure_page import FiguresPage

register = template.Library()


@register.simple_tag
def rung_chart(page: FiguresPage) -> SafeString:
    """Draw how many stand on each rung."""
    return bars(
        [shown.label for shown in page.rungs[0][1]],
        [[shown.number for shown in row] for _level, row in page.rungs],
        words=_("A chart with a bar for each level and category; its numbers stand in the table."),
    )


@register.simple_tag
def month_chart(page: FiguresPage) -> SafeString:
    """Draw how many can rise in each of the months ahead."""
    return bars(
        [shown.label for shown in page.rising.months],
        [[shown.number for shown in page.rising.months]],
        words=_("A chart with a bar for each month; its numbers stand in the table below it."),
    )
