"""What papers write in words where tables write figures."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS_ALT
from django.utils.translation import pgettext


def day_in_words(value: date) -> str:
    """Write a day as acts do: `22 November 2026`."""
    return pgettext("day on a paper", "%(day)d %(month)s %(year)d") % {
        "day": value.day,
        "month": str(MONTHS_ALT[value.month]),
        "year": value.year,
    }
