"""How days add up (reading 18)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employees import experience
from employees.experience import add_months, by_calendar, complete_on, length, merge, without
from positions.rules import Length, Period

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a closed or an open period."""
    start = draw(DAYS)
    return Period(start, draw(st.none() | st.integers(1, 3000).map(lambda days: start + timedelta(days=days))))


LISTS = st.lists(periods(), max_size=5)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 2, 1), date(2026, 2, 1), Length(3, 0, 0)),
        (date(2023, 2, 1), date(2026, 1, 31), Length(2, 11, 30)),
        (date(2020, 2, 29), date(2021, 2, 28), Length(0, 11, 30)),
        (date(2020, 2, 29), date(2021, 3, 1), Length(1, 0, 0)),
        (date(2024, 1, 31), date(2024, 2, 29), Length(0, 0, 29)),
        (date(2024, 1, 31), date(2024, 3, 1), Length(0, 1, 0)),
        (date(2023, 1, 30), date(2023, 3, 1), Length(0, 1, 0)),
        (date(2024, 5, 5), date(2024, 5, 5), Length(0, 0, 0)),
    ],
)
def test_one_period_is_counted_by_the_calendar(start: date, end: date, expected: Length) -> None:
    assert by_calendar(start, end) == expected
    assert length([Period(start, end)], on=date(2030, 1, 1)) == expected


def test_several_periods_are_added_with_months_of_thirty_days() -> None:
    parts = [Period(date(2020, 1, 1), date(2020, 1, 21)), Period(date(2021, 1, 1), date(2021, 12, 16))]
    assert length(parts, on=date(2022, 1, 1)) == Length(1, 0, 5)  # 20 days, and 11 months 15 days


def test_twelve_months_are_a_year() -> None:
    parts = [Period(date(2020, 1, 1), date(2020, 7, 1)), Period(date(2021, 1, 1), date(2021, 7, 1))]
    assert length(parts, on=date(2022, 1, 1)) == Length(1, 0, 0)


def test_an_open_period_runs_up_to_the_day_and_does_not_include_it() -> None:
    assert length([Period(date(2026, 11, 21))], on=date(2026, 11, 22)) == Length(0, 0, 1)
    assert length([Period(date(2026, 11, 22))], on=date(2026, 11, 22)) == Length(0, 0, 0)


def test_what_is_cut_out_leaves_two_periods() -> None:
    cut = without([Period(date(2024, 1, 1), date(2024, 12, 31))], [Period(date(2024, 3, 1), date(2024, 4, 1))])
    assert cut == (Period(date(2024, 1, 1), date(2024, 3, 1)), Period(date(2024, 4, 1), date(2024, 12, 31)))


def test_an_open_cut_stops_an_open_period() -> None:
    assert without([Period(date(2024, 1, 1))], [Period(date(2024, 3, 1))]) == (
        Period(date(2024, 1, 1), date(2024, 3, 1)),
    )


@given(LISTS, DAYS)
def test_the_order_of_periods_changes_nothing(whole: list[Period], on: date) -> None:
    assert length(whole, on=on) == length(whole[::-1], on=on)


@given(periods(), LISTS, DAYS, st.integers(1, 3000))
def test_splitting_a_period_in_two_touching_ones_changes_nothing(
    period: Period, others: list[Period], on: date, after_days: int
) -> None:
    middle = period.start + timedelta(days=after_days)
    if period.end is not None and middle >= period.end:
        return
    halves = [Period(period.start, middle), Period(middle, period.end)]
    assert length([*others, *halves], on=on) == length([*others, period], on=on)
    assert complete_on([*others, *halves], years=2, after=on) == complete_on([*others, period], years=2, after=on)


@given(LISTS, DAYS)
def test_overlapping_days_count_once(whole: list[Period], on: date) -> None:
    assert length([*whole, *whole], on=on) == length(whole, on=on)
    merged = merge(whole)
    assert all(earlier.end is not None and earlier.end < later.start for earlier, later in pairwise(merged))


@given(LISTS, DAYS, st.integers(1, 400))
def test_the_length_never_falls_as_the_days_go_on(whole: list[Period], on: date, days: int) -> None:
    assert length(whole, on=on + timedelta(days=days)) >= length(whole, on=on)


@given(LISTS, DAYS, st.integers(1, 4))
def test_the_day_so_many_years_are_complete_is_the_first_such_day(whole: list[Period], after: date, years: int) -> None:
    day = complete_on(whole, years=years, after=after)
    if day is None:
        later = [after + timedelta(days=days) for days in range(1, 12_000, 97)]
        assert all(length(whole, on=other).years < years for other in later)
    else:
        assert day > after
        assert length(whole, on=day).years >= years
        assert day == after + timedelta(days=1) or length(whole, on=day - timedelta(days=1)).years < years


@given(st.lists(periods(), min_size=2, max_size=4), DAYS)
def test_filling_gaps_costs_no_more_than_a_day_for_each_period_joined(whole: list[Period], on: date) -> None:
    """Reading 18 lets 30 days make a month only where periods are added; joined, they may come to less."""
    start = min(period.start for period in whole)
    ends = [period.end for period in whole]
    joined = Period(start, None if None in ends else max(end for end in ends if end is not None))

    def days(value: Length) -> int:
        return value.years * 360 + value.months * 30 + value.days

    assert days(length([joined], on=on)) >= days(length(whole, on=on)) - len(whole)


@given(DAYS, st.integers(0, 600))
def test_a_month_later_is_the_same_day_or_the_first_of_the_month_after(start: date, months: int) -> None:
    day = add_months(start, months)
    ahead = (day.year - start.year) * 12 + day.month - start.month
    assert (ahead, day.day) in {(months, start.day), (months + 1, 1)}


def test_the_arithmetic_is_the_counting_the_rules_ask_for() -> None:
    assert {"length", "complete_on", "without"} <= set(dir(experience))
