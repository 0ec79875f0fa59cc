"""Taking a row as it was seen and saving it with its history: every change of a cycle passes here.

A row is taken by growing its version in one statement that names the version seen: of two people who save the same
thing, in two processes and on either database, one alone finds it. Rows are always taken in one order, so that nobody
waits for somebody who waits for her: cycle, sitting, case, counter of papers, employee.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, ForeignKey, JSONField, Model

from attestation.cycle import Caution, Lack, Missed, Refusal
from attestation.cycle_access import what_may
from attestation.cycle_services.refusals import NotYourPartError, StaleCycleError
from attestation.models import Case, Cycle, Sitting
from attestation.regimes import Regime
from employees.models import User

Row = TypeVar("Row", bound=Model)


def require(user: User, cycle: Cycle, *parts: str) -> None:
    """Refuse whoever has none of these parts in a cycle (at most 3 queries). Raises NotYourPartError."""
    held = what_may(user, cycle)
    if not any(getattr(held, part) for part in parts):
        raise NotYourPartError


def taken(row: Row, version: int, *related: str, **when: Any) -> Row:
    """Take a row for changing, as it is now, with what it points at (2 queries); `when` names what else must hold.

    Raises StaleCycleError if it is not what it was when the page was opened.
    """
    rows: Any = type(row)._default_manager
    if not rows.filter(pk=row.pk, version=version, **when).update(version=version + 1):
        raise StaleCycleError
    found: Row = rows.select_related(*related).get(pk=row.pk)
    return found


def cycle_taken(cycle: Cycle, version: int) -> Cycle:
    """Take a cycle for changing (2 queries). Raises StaleCycleError."""
    return taken(cycle, version, "organisation", "regime")


def sitting_taken(sitting: Sitting, version: int) -> Sitting:
    """Take a sitting for changing, with its cycle (2 queries). Raises StaleCycleError."""
    return taken(sitting, version, "cycle__organisation", "cycle__regime")


def case_taken(case: Case, version: int, **when: Any) -> Case:
    """Take a case for changing, with its cycle, sitting and person (2 queries). Raises StaleCycleError."""
    return taken(case, version, *_OF_A_CASE, **when)


_OF_A_CASE = ("cycle__organisation", "cycle__regime", "sitting", "employee", "position")


def cycle_held(cycle: int) -> Cycle:
    """Hold a cycle as it is for the rest of the transaction (1 query)."""
    rows = Cycle.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "regime").get(pk=cycle)


def sitting_held(sitting: int) -> Sitting:
    """Hold a sitting as it is for the rest of the transaction (1 query)."""
    return Sitting.objects.select_for_update().get(pk=sitting)


def sitting_held_of(case: Case) -> Sitting | None:
    """Hold the sitting that a case is before now, whatever its page knew, for the rest of the transaction (1 query)."""
    return Sitting.objects.select_for_update(of=("self",)).filter(cases=case.pk).first()


def case_held(case: int) -> Case:
    """Hold a case as it is for the rest of the transaction (1 query)."""
    return Case.objects.select_for_update(of=("self",)).select_related(*_OF_A_CASE).get(pk=case)


def list_grown(cycle: int) -> None:
    """Let a cycle's version grow because its list changed: an order approves what somebody has seen (1 query)."""
    Cycle.objects.filter(pk=cycle).update(version=F("version") + 1)


def kept(row: Row, *, user: User, reason: str) -> Row:
    """Save a row with who did what; the database itself holds what it points at (2 queries)."""
    row.clean_fields(exclude=_unchecked(row))
    row._history_user = user  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
    row.save()
    return row


def not_before(on: date, earliest: date | None) -> None:
    """Refuse a day before the one that it follows."""
    if earliest is not None and on < earliest:
        raise Refusal(Lack.TOO_EARLY, day=earliest)


def missed_data(missed: Missed, regime: Regime) -> dict[str, Any]:
    """Give a missed deadline as it is kept: codes with the clause."""
    return {
        "code": str(missed.code),
        "rule": missed.rule,
        "clause": regime.clause(missed.rule),
        "deadline": missed.deadline.isoformat(),
        "happened": missed.happened.isoformat() if missed.happened else None,
    }


def caution_data(caution: Caution, regime: Regime) -> dict[str, Any]:
    """Give a remark for the minutes as it is kept: codes with the clause."""
    return {
        "code": str(caution.code),
        "rule": caution.rule,
        "clause": regime.clause(caution.rule) if caution.rule else "",
    }


def with_warnings(kept_before: list[dict[str, Any]], *added: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give warnings with new ones in the place of older ones of the same code."""
    codes = {warning["code"] for warning in added}
    return [*(warning for warning in kept_before if warning["code"] not in codes), *map(dict, added)]


def _unchecked(row: Model) -> list[str]:
    """Name the fields that need no check: keys are rows in hand, and what is kept as JSON is written here."""
    return [field.name for field in row._meta.concrete_fields if isinstance(field, ForeignKey | JSONField)]
