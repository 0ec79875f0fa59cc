"""Opening a cycle, and making the list of those to be attested."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attestation.codes import CaseState
from attestation.cycle import CaseAction, CycleState, Kind, Lack, Refusal, check_case_move, check_sitting_day
from attestation.cycle_access import may_open
from attestation.cycle_rows import has_categories, read_case, read_rules
from attestation.cycle_services.editing import case_taken, cycle_taken, kept, list_grown, require
from attestation.cycle_services.listing import listing_of, listings
from attestation.cycle_services.refusals import NotYourPartError, OpenRulesError
from attestation.models import Case, Cycle, Regime, Sitting
from attestation.regime_selectors import as_regime
from employees.models import Employee, Organisation, User
from positions.norm_selectors import read_norms, rung_key


@transaction.atomic
def cycle_open(
    *, organisation: Organisation, regime: Regime, title: str, starts_on: date, user: User, on: date
) -> Cycle:
    """Open a cycle with a copy of the rule-set. Raises OpenRulesError, NotYourPartError, ValidationError."""
    if not may_open(user, organisation):
        raise NotYourPartError
    row = Regime.objects.get(pk=regime.pk)
    open_rules = as_regime(row).open_rules
    if open_rules:
        raise OpenRulesError(tuple(parameter.name for parameter in open_rules))
    if row.organisation_id not in (None, organisation.pk):
        raise ValidationError({"regime": _("This rule-set belongs to another organisation.")})
    if starts_on < row.valid_from or (row.valid_until is not None and starts_on >= row.valid_until):
        raise ValidationError({"starts_on": _("The rule-set is not in force on this day.")})
    cycle = Cycle(
        organisation=organisation,
        regime=row,
        rules=deepcopy(row.document),
        title=title.strip(),
        opened_on=on,
        starts_on=starts_on,
        opened_by=user,
    )
    return kept(cycle, user=user, reason="open")


@transaction.atomic
def cycle_change(*, cycle: Cycle, version: int, title: str, starts_on: date, user: User, on: date) -> Cycle:
    """Change the title or the first day, as long as the cycle is being prepared."""
    require(user, cycle, "prepare")
    found = cycle_taken(cycle, version)
    in_draft(found)
    found.title, found.starts_on = title.strip(), starts_on
    rules = read_rules(found)
    planned = Sitting.objects.filter(cycle=found).exclude(state="cancelled").order_by("held_on")
    for held_on in planned.values_list("held_on", flat=True):
        check_sitting_day(held_on, rules.cycle, rules.regime)
    return kept(found, user=user, reason="change")


def in_draft(cycle: Cycle) -> None:
    """Refuse what can be done only while a cycle is being prepared."""
    if cycle.state != CycleState.DRAFT:
        raise Refusal(Lack.WRONG_STATE)


@transaction.atomic
def cycle_propose(*, cycle: Cycle, version: int, user: User, on: date) -> Cycle:
    """Propose a case for everybody who is due by the first day; whoever would be due and is not to be is left out.

    Doing it again adds whoever is new and corrects what was proposed, but nothing that somebody has decided since.
    """
    require(user, cycle, "prepare")
    found = cycle_taken(cycle, version)
    in_draft(found)
    listings(found, user=user)
    return found


@transaction.atomic
def case_add(
    *, cycle: Cycle, version: int, employee: Employee, applied_on: date | None = None, user: User, on: date
) -> Case:
    """Put somebody into the list by hand; who is not due, early and on application, where the rule-set allows it.

    In a cycle that is approved already the case waits for an order of its own (`additions_approve`). Raises Refusal,
    ValidationError for somebody who is not in service, or is in the list.
    """
    require(user, cycle, "prepare")
    found = cycle_taken(cycle, version)
    if found.state not in (CycleState.DRAFT, CycleState.APPROVED):
        raise Refusal(Lack.WRONG_STATE)
    if Case.objects.filter(cycle=found, employee=employee).exclude(state=CaseState.CANCELLED).exists():
        raise ValidationError({"employee": _("The employee is in the list already, or is noted there as left out.")})
    listing = listing_of(found, employee)
    if listing is None:
        raise ValidationError({"employee": _("The employee is not in service on the first day of the attestation.")})
    case = replace(listing, kind=Kind.REGULAR if listing.due else Kind.EARLY).case(found)
    case.state, case.applied_on = CaseState.PROPOSED, applied_on
    kept(case, user=user, reason="add")
    rules = read_rules(found)
    check_case_move(CaseAction.LIST, read_case(case), cycle=rules.cycle, regime=rules.regime)
    return case


@transaction.atomic
def case_include(*, case: Case, version: int, user: User, on: date) -> Case:
    """Put somebody back into the list who was left out."""
    return _listed(case, version, CaseAction.INCLUDE, reason="", user=user)


@transaction.atomic
def case_exclude(*, case: Case, version: int, reason: str, user: User, on: date) -> Case:
    """Leave somebody out of the list, with the reason. Raises Refusal without one."""
    if not reason.strip():
        raise Refusal(Lack.REASON_MISSING)
    return _listed(case, version, CaseAction.EXCLUDE, reason=reason.strip(), user=user)


def _listed(case: Case, version: int, action: CaseAction, *, reason: str, user: User) -> Case:
    require(user, case.cycle, "prepare")
    list_grown(case.cycle_id)
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    found.state = check_case_move(action, read_case(found), cycle=rules.cycle, regime=rules.regime)
    found.excluded_reason = reason
    if action == CaseAction.EXCLUDE:
        found.sitting = None
    return kept(found, user=user, reason=str(action))


@transaction.atomic
def case_ask_category(
    *, case: Case, version: int, level: str, category: str, applied_on: date | None = None, user: User, on: date
) -> Case:
    """Note which category somebody asks for; blank takes it back.

    Raises Refusal, ValidationError for a category that the text of her position does not have on the day of the
    sitting.
    """
    require(user, case.cycle, "prepare")
    list_grown(case.cycle_id)
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    check_case_move(CaseAction.APPLY, read_case(found), cycle=rules.cycle, regime=rules.regime)
    if level or category:
        _is_in_text(found, level, category)
    found.requested_level, found.requested_category, found.applied_on = level, category, applied_on
    return kept(found, user=user, reason="ask")


def _is_in_text(case: Case, level: str, category: str) -> None:
    day = case.sitting.held_on if case.sitting else case.cycle.starts_on
    norms = read_norms()
    edition = norms.text(case.position.code, day)
    known = has_categories(norms, case.position.code, on=day) and category not in ("", "none")
    if edition is None or not known or rung_key(level, category) not in edition.by_key:
        raise ValidationError({"requested_category": _("The position has no such category.")})
