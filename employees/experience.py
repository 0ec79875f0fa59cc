"""How days of work add up: periods to years, months and days, and the day on which so many years are complete.

The convention is reading 18, since no act on file settles the arithmetic: one continuous period is counted by the
calendar; the years, months and days of several periods are added, 30 days carrying to a month and 12 months to a
year. Periods are half-open, so a period that ends on the day on which the next begins touches it, and the two are one.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from positions.rules import Length, Period

MONTHS_IN_YEAR = 12
DAYS_IN_MONTH = 30
_FOREVER = date.max


def add_months(start: date, months: int) -> date:
    """Give the same day of a later month, or the first of the month after where that day does not exist.

    Raises OverflowError past the year 9999.
    """
    years, month = divmod(start.month - 1 + months, MONTHS_IN_YEAR)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise OverflowError(year)
    if start.day <= 28 or start.day <= calendar.monthrange(year, month)[1]:
        return date(year, month, start.day)
    return date(year, month + 1, 1)  # never December, which has 31 days


def merge(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Make one period of those that overlap or touch; empty ones vanish."""
    merged: list[tuple[date, date]] = []
    for start, end in sorted((period.start, period.end or _FOREVER) for period in periods):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(Period(start, None if end == _FOREVER else end) for start, end in merged)


def without(periods: Sequence[Period], cuts: Sequence[Period]) -> tuple[Period, ...]:
    """Cut days out of periods; what is cut in the middle leaves two."""
    left = [(period.start, period.end or _FOREVER) for period in periods]
    for cut in cuts:
        cut_start, cut_end = cut.start, cut.end or _FOREVER
        left = (
            [
                piece
                for start, end in left
                for piece in ((start, min(end, cut_start)), (max(start, cut_end), end))
                if piece[0] < piece[1]
            ]
            if cut_start < cut_end
            else left
        )
    return tuple(Period(start, None if end == _FOREVER else end) for start, end in left)


def until(periods: Iterable[Period], on: date) -> tuple[Period, ...]:
    """Leave out the day and all that follows it."""
    return tuple(Period(period.start, min(period.end or _FOREVER, on)) for period in periods if period.start < on)


def by_calendar(start: date, end: date) -> Length:
    """Count one continuous period by the calendar, up to and not including `end`."""
    months = (end.year - start.year) * MONTHS_IN_YEAR + end.month - start.month
    whole = add_months(start, months)
    if whole > end:
        months -= 1
        whole = add_months(start, months)
    return Length(*divmod(months, MONTHS_IN_YEAR), (end - whole).days)


def length(periods: Sequence[Period], *, on: date) -> Length:
    """Give the length of the periods up to, not including, the day, in years, months and days."""
    parts = [by_calendar(period.start, period.end or on) for period in until(merge(periods), on)]
    if len(parts) <= 1:
        return parts[0] if parts else Length()
    months, days = divmod(sum(part.days for part in parts), DAYS_IN_MONTH)
    years, months = divmod(sum(part.months for part in parts) + months, MONTHS_IN_YEAR)
    return Length(sum(part.years for part in parts) + years, months, days)


def complete_on(periods: Sequence[Period], *, years: int, after: date) -> date | None:
    """Give the first day after `after` on which the periods come to so many years; None if they never will."""
    whole = merge(periods)
    if not whole:
        return None
    if len(whole) == 1:
        day = max(add_months(whole[0].start, years * MONTHS_IN_YEAR), after + timedelta(days=1))
        return day if length(whole, on=day).years >= years else None
    # The length never falls as the day moves on, so the first such day can be searched for by halves.
    first, last = after.toordinal() + 1, _latest(whole, years, after).toordinal()
    if first > last or length(whole, on=date.fromordinal(last)).years < years:
        return None
    while first < last:
        middle = (first + last) // 2
        if length(whole, on=date.fromordinal(middle)).years >= years:
            last = middle
        else:
            first = middle + 1
    return date.fromordinal(last)


def _latest(whole: Sequence[Period], years: int, after: date) -> date:
    """Give a day by which the years are complete if they ever are."""
    if whole[-1].end is None:
        return add_months(max(whole[-1].start, after), (years + 1) * MONTHS_IN_YEAR)
    return max(whole[-1].end, after + timedelta(days=1))
