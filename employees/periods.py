"""The one place where last days, which people write, and first days after, which the database keeps, meet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import overload

_DAY = timedelta(days=1)


@overload
def after(last_day: date) -> date: ...
@overload
def after(last_day: None) -> None: ...
def after(last_day: date | None) -> date | None:
    """Turn the last day of a period into the first day after it; an open period stays open."""
    return None if last_day is None else last_day + _DAY


@overload
def last_day(until: date) -> date: ...
@overload
def last_day(until: None) -> None: ...
def last_day(until: date | None) -> date | None:
    """Turn the first day after a period into its last day; an open period stays open."""
    return None if until is None else until - _DAY
