"""The last days of an attestation: notice, characteristic, acquaintance, minutes, approval; and what comes later.

Pure: no framework, no clock; which days people work on is told. A rule that an act leaves open gives no day, so that
nothing can be missed by it. A last day named here is itself in time.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from attestation.cycle_facts import (
    CaseFacts,
    CycleFacts,
    Deadline,
    IsWorking,
    Kind,
    Lack,
    Missed,
    Refusal,
    SittingFacts,
    SittingState,
    Step,
)
from attestation.regimes import Regime
from employees.experience import MONTHS_IN_YEAR, add_months

_DAY = timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Give the last day from which so many whole months pass by the day: the same day of the earlier month.

    Where that month has no such day it is its last: a month before 31 March is 28 February, since from 28 February to
    28 March is a month, and from 1 March one would not be over until 1 April.
    """
    years, month = divmod(day.month - 1 - months, MONTHS_IN_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def working_days_after(day: date, count: int, is_working: IsWorking) -> date:
    """Give the last of so many working days after a day, which is not counted itself."""
    while count > 0:
        day += _DAY
        count -= is_working(day)
    return day


def latest_notice(starts_on: date, regime: Regime) -> date | None:
    """Give the last day on which the notice may reach the employee."""
    months = regime.number("notice_months")
    return None if months is None else months_before(starts_on, months)


def latest_characteristic(starts_on: date, regime: Regime) -> date | None:
    """Give the last day on which the superior may hand in the characteristic, counted from the first day."""
    days = regime.number("characteristic_days_before")
    return None if days is None else starts_on - timedelta(days=days)


def latest_acquaintance(held_on: date, regime: Regime) -> date | None:
    """Give the last day on which the employee may be shown the characteristic, counted from the sitting."""
    days = regime.number("acquaintance_days_before")
    return None if days is None else held_on - timedelta(days=days)


def latest_attestation(due_on: date | None, regime: Regime) -> date | None:
    """Give the last day of an attestation that was due on a day."""
    months = regime.number("latest_months_after_due")
    return None if months is None or due_on is None else add_months(due_on, months)


def minutes_due(held_on: date, regime: Regime, is_working: IsWorking) -> date | None:
    """Give the last day on which the minutes of a sitting may be signed."""
    days = regime.number("minutes_working_days")
    return None if days is None else working_days_after(held_on, days, is_working)


def approval_due(signed_on: date | None, regime: Regime, is_working: IsWorking) -> date | None:
    """Give the last day on which the head may approve a decision, counted from the signing of the minutes."""
    days = regime.number("approval_working_days")
    return None if days is None or signed_on is None else working_days_after(signed_on, days, is_working)


def earliest_repeat(first_on: date, regime: Regime) -> date | None:
    """Give the first day on which a repeated attestation may be held."""
    months = regime.number("repeat_after_months")
    return None if months is None else add_months(first_on, months)


def check_repeat(held_on: date, first_on: date, regime: Regime) -> None:
    """Refuse a repeated attestation before its time."""
    earliest = earliest_repeat(first_on, regime)
    if earliest is not None and held_on < earliest:
        raise Refusal(Lack.TOO_EARLY, "repeat_after_months", day=earliest)


def award_valid_until(awarded_on: date, regime: Regime) -> date | None:
    """Give the first day on which a category no longer holds; none where the act sets no validity."""
    months = regime.number("category_validity_months")
    return None if months is None else add_months(awarded_on, months)


def recording_kept_until(held_on: date, regime: Regime) -> date | None:
    """Give the first day on which the recording of a sitting need no longer be kept."""
    months = regime.number("recording_kept_months")
    return None if months is None else add_months(held_on, months)


def first_day(case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime) -> date:
    """Give the first day of a person's attestation: of the cycle, or for a repeated one the day of its own sitting.

    Until that is known, the first day on which it may be held stands for it.
    """
    if case.kind != Kind.REPEATED:
        return cycle.starts_on
    if sitting is not None:
        return max(sitting.held_on, cycle.starts_on)
    earliest = earliest_repeat(case.first_on, regime) if case.first_on else None
    return max(earliest or cycle.starts_on, cycle.starts_on)


def timetable(
    case: CaseFacts, sitting: SittingFacts | None, cycle: CycleFacts, regime: Regime, is_working: IsWorking
) -> tuple[Deadline, ...]:
    """Give the deadlines of a case in the order of the procedure; those without a day are left open or not yet known.

    Before the case has a sitting, the first day of the attestation stands for its day.
    """
    starts_on = first_day(case, sitting, cycle, regime)
    held_on = sitting.held_on if sitting else starts_on
    signed_on = sitting.minutes_signed_on if sitting else None
    heard = sitting is not None and sitting.state in (SittingState.HELD, SittingState.SIGNED)
    due_on = None if case.kind == Kind.REPEATED else case.due_on
    told = (
        (Step.NOTICE, "notice_months", latest_notice(starts_on, regime), case.notified_on),
        (
            Step.CHARACTERISTIC,
            "characteristic_days_before",
            latest_characteristic(starts_on, regime),
            case.characteristic_on,
        ),
        (Step.ACQUAINTANCE, "acquaintance_days_before", latest_acquaintance(held_on, regime), case.acquainted_on),
        (Step.ATTESTATION, "latest_months_after_due", latest_attestation(due_on, regime), case.decided_on),
        (
            Step.MINUTES,
            "minutes_working_days",
            minutes_due(held_on, regime, is_working) if heard else None,
            signed_on,
        ),
        (Step.APPROVAL, "approval_working_days", approval_due(signed_on, regime, is_working), case.approved_on),
    )
    return tuple(Deadline(code=code, rule=rule, until=until, happened=day) for code, rule, until, day in told)


def missed_deadlines(
    case: CaseFacts,
    sitting: SittingFacts | None,
    cycle: CycleFacts,
    regime: Regime,
    is_working: IsWorking,
    *,
    on: date,
) -> list[Missed]:
    """Give the deadlines of a case that were missed by the end of a day: done too late, or over and not done."""
    return [
        Missed(code=each.code, rule=each.rule, deadline=each.until, happened=each.happened)
        for each in timetable(case, sitting, cycle, regime, is_working)
        if each.until is not None and (each.happened or on) > each.until
    ]
