"""Reading the trend of past years; every function promises its number of queries.

The day of a scope is the last day of its trend: today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import Min, Q

from attestation.figure_selectors import ScopeView
from attestation.trend import Trend, days_back, trend
from employees.models import Employee
from employees.selectors import read_people
from positions.norm_selectors import read_norms
from positions.rules import Facts

#: Up to so many people are counted while the user waits.
DIRECT = 1000
_CHUNK = 500


def trend_days(view: ScopeView) -> tuple[date, ...]:
    """Give the days that the trend of a scope looks at (1 query)."""
    return days_back(today=view.on, first=view.people().order_by().aggregate(first=Min("hired_on"))["first"])


def trend_numbers(view: ScopeView) -> list[int]:
    """Name by their numbers the people who were in service on any of the days (2 queries)."""
    since = Q(employed_until__isnull=True) | Q(employed_until__gt=trend_days(view)[0])
    people = view.people().filter(since, hired_on__lte=view.on)
    return list(people.order_by("pk").values_list("pk", flat=True))


def trend_of(view: ScopeView, *, people: Sequence[int], tell: Callable[[int], object] = lambda done: None) -> Trend:
    """Give the trend of the people of a scope (5 queries, and 6 for each 500 people)."""
    return trend(_facts(people), read_norms(), days=trend_days(view), tell=tell)


def trend_at_once(view: ScopeView) -> Trend | None:
    """Give the trend of a scope; None where so many people are to be looked at that it takes a job.

    7 queries, and 6 for each 500 people, which are limited; 2 where it takes a job.
    """
    people = trend_numbers(view)
    return trend_of(view, people=people) if len(people) <= DIRECT else None


def _facts(people: Sequence[int]) -> Iterator[Facts]:
    for start in range(0, len(people), _CHUNK):
        for person in read_people(Employee.objects.filter(pk__in=people[start : start + _CHUNK])):
            yield person.facts
