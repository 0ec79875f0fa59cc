"""When an employee is to be attested next, by the rule-set of her organisation. Pure: no framework, no clock.

Every rule-set counts a period from the last attestation (a category that was awarded is one), else from the day she was
hired; not before so many months in the post and after the return from a long absence (domain: general rules, clause 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from attestation.regimes import Regime
from employees.experience import add_months, merge
from positions.rules import Absence, Period

_DAY = timedelta(days=1)


class Standing(StrEnum):
    """Where an employee stands with the next attestation."""

    NOT_YET = "not_yet"
    DUE = "due"
    OVERDUE = "overdue"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What the due day is counted from, or why there is none."""

    LAST_ATTESTATION = "last_attestation"
    LAST_AWARD = "last_award"
    SERVICE = "service"
    TIME_IN_POST = "time_in_post"
    RETURN = "return"
    EXEMPT_ABSENCE = "exempt_absence"
    LONG_ABSENCE = "long_absence"
    NO_REGIME = "no_regime"
    PERIOD_OPEN = "period_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What counts for the next attestation: service, post, earlier attestations and awards, absences."""

    hired_on: date
    appointed_on: date
    attested_on: tuple[date, ...] = ()
    awarded_on: tuple[date, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When the next attestation is due, what that is counted from, and the rule that says so.

    `overdue_on` is the first day on which it is overdue; none where the rule-set sets no latest day.
    """

    standing: Standing
    basis: Basis
    rule: str = ""
    due_on: date | None = None
    overdue_on: date | None = None
    counted_from: date | None = None


def due(service: Service, regime: Regime | None, *, on: date) -> Due:
    """Tell where somebody stands on a day with the next attestation; without a rule-set it is unknown."""
    if regime is None:
        return Due(standing=Standing.UNKNOWN, basis=Basis.NO_REGIME)
    period = regime.number("period_months")
    if period is None:
        return Due(standing=Standing.UNKNOWN, basis=Basis.PERIOD_OPEN, rule="period_months")
    known = tuple(absence for absence in service.absences if absence.period.start <= on)
    found = _counted(service, period, on)
    found = _not_before_months_in_post(found, service, regime)
    found = _not_before_return(found, known, regime)
    latest = regime.number("latest_months_after_due")
    if found.due_on is not None and latest is not None:
        found = replace(found, overdue_on=add_months(found.due_on, latest) + _DAY)
    return _standing(found, known, regime, on)


def _counted(service: Service, period: int, on: date) -> Due:
    """Count the period from the last attestation or award, else from the first day of service."""
    attested = [day for day in service.attested_on if day <= on]
    awarded = [day for day in service.awarded_on if day <= on]
    start, basis = service.hired_on, Basis.SERVICE
    if awarded:
        start, basis = max(awarded), Basis.LAST_AWARD
    if attested and (not awarded or max(attested) >= max(awarded)):
        start, basis = max(attested), Basis.LAST_ATTESTATION
    return Due(
        standing=Standing.NOT_YET,
        basis=basis,
        rule="period_months",
        due_on=add_months(start, period),
        counted_from=start,
    )


def _later(found: Due, day: date, basis: Basis, rule: str, start: date) -> Due:
    if found.due_on is not None and day <= found.due_on:
        return found
    return replace(found, due_on=day, basis=basis, rule=rule, counted_from=start)


def _not_before_months_in_post(found: Due, service: Service, regime: Regime) -> Due:
    least = regime.number("least_months_in_post")
    if least is None:
        return found
    day = add_months(service.appointed_on, least)
    return _later(found, day, Basis.TIME_IN_POST, "least_months_in_post", service.appointed_on)


def _not_before_return(found: Due, absences: Sequence[Absence], regime: Regime) -> Due:
    """Wait so many months after the return from an absence that was longer than the rule-set names."""
    wait = regime.number("months_after_return")
    if wait is None:
        return found
    for period in _long_absences(absences, regime):
        if period.end is not None:
            found = _later(found, add_months(period.end, wait), Basis.RETURN, "months_after_return", period.end)
    return found


def _long_absences(absences: Iterable[Absence], regime: Regime) -> list[Period]:
    """Give the unbroken absences that are long; one that goes on is long as soon as it began."""
    months = regime.number("long_absence_months") or 0
    kinds = regime.codes("long_absence_kinds")
    whole = merge(absence.period for absence in absences if absence.kind in kinds)
    return [period for period in whole if period.end is None or period.end > add_months(period.start, months)]


def _standing(found: Due, absences: Sequence[Absence], regime: Regime, on: date) -> Due:
    exempt = regime.codes("exempt_absences")
    if any(absence.kind in exempt and absence.period.covers(on) for absence in absences):
        return replace(found, standing=Standing.EXEMPT, basis=Basis.EXEMPT_ABSENCE, rule="exempt_absences")
    months = regime.number("long_absence_months")
    if months is not None:
        for period in _long_absences(absences, regime):
            if period.covers(on) and on > add_months(period.start, months):
                # She has been away for longer than the rule-set names: the wait begins with her return.
                return replace(found, standing=Standing.EXEMPT, basis=Basis.LONG_ABSENCE, rule="months_after_return")
    standing = Standing.NOT_YET
    if found.due_on is not None and on >= found.due_on:
        standing = Standing.DUE
    if found.overdue_on is not None and on >= found.overdue_on:
        standing = Standing.OVERDUE
    return replace(found, standing=standing)


def turning_days(found: Due, service: Service, regime: Regime | None) -> list[date]:
    """Give the days on which the standing can change by time alone, beside those on which an absence begins or ends."""
    days = [day for day in (found.due_on, found.overdue_on) if day is not None]
    months = regime.number("long_absence_months") if regime else None
    if months is not None:
        days += [add_months(absence.period.start, months) + _DAY for absence in service.absences]
    return days
