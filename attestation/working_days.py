"""Working days of Kazakhstan: Monday to Friday without the state holidays and the days off in their place.

The calendar of holidays comes from the `holidays` library; days that the Government moves by a decision of its own are
not in it and can be told by the settings DAYS_OFF and DAYS_WORKED.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays
from django.conf import settings

_SATURDAY = 5


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("KZ")


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day."""
    if day in settings.DAYS_WORKED:
        return True
    return day.weekday() < _SATURDAY and day not in _calendar() and day not in settings.DAYS_OFF
