"""A cycle in words: its stages, why somebody is in the list, what was asked for and what is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.codes import AttestationKind, CaseState, CategoryDecision, Decision
from attestation.cycle_stages import StageCode, Standing
from attestation.due import Basis
from attestation.models import Case, StoredVerdict
from attestation.models.verdicts import StatusCode
from attestation.regime_words import clause_words
from attestation.regimes import Regime
from positions.codes import Category, Level

_STAGES: dict[StageCode, Any] = {
    StageCode.LIST: gettext_lazy("List"),
    StageCode.COMMISSION: gettext_lazy("Commission"),
    StageCode.SCHEDULE: gettext_lazy("Schedule"),
    StageCode.ORDER: gettext_lazy("Order"),
    StageCode.PREPARATION: gettext_lazy("Notices and characteristics"),
    StageCode.SITTINGS: gettext_lazy("Sittings"),
    StageCode.RESULTS: gettext_lazy("Results"),
    StageCode.CLOSED: gettext_lazy("Closed"),
}
_STANDINGS: dict[Standing, Any] = {
    Standing.DONE: gettext_lazy("done"),
    Standing.CURRENT: gettext_lazy("in progress"),
    Standing.LATER: gettext_lazy("to come"),
}
#: Why somebody is due, or is spared although due.
_BASES: dict[Basis, Any] = {
    Basis.LAST_ATTESTATION: gettext_lazy("period since the last attestation"),
    Basis.LAST_AWARD: gettext_lazy("period since the category was awarded"),
    Basis.SERVICE: gettext_lazy("period since the hiring"),
    Basis.TIME_IN_POST: gettext_lazy("least time in the post"),
    Basis.RETURN: gettext_lazy("time since the return from a long absence"),
    Basis.EXEMPT_ABSENCE: gettext_lazy("exempt: on leave"),
    Basis.LONG_ABSENCE: gettext_lazy("long absence that goes on"),
    Basis.NO_REGIME: gettext_lazy("no rule-set is chosen"),
    Basis.PERIOD_OPEN: gettext_lazy("the rule-set names no period"),
}


def stage_words(code: StageCode) -> str:
    """Name a stage."""
    return str(_STAGES[code])


def standing_words(standing: Standing) -> str:
    """Say where a stage stands."""
    return str(_STANDINGS[standing])


def basis_words(case: Case) -> str:
    """Say why somebody is in the list, or is not; what HR wrote goes before what was computed."""
    if case.state == CaseState.EXCLUDED and case.excluded_reason:
        return case.excluded_reason
    if case.state == CaseState.CANCELLED and case.cancel_reason:
        return case.cancel_reason
    if case.kind in (AttestationKind.REPEATED, AttestationKind.EARLY):
        return str(AttestationKind(case.kind).label)
    if case.basis not in set(Basis):
        return _("put into the list by hand")
    return str(_BASES[Basis(case.basis)])


def basis_clause(case: Case, regime: Regime) -> str:
    """Name the clause by which somebody is in the list; blank where no rule put her there."""
    if case.excluded_reason and case.state == CaseState.EXCLUDED:
        return ""
    if case.kind == AttestationKind.REPEATED:
        return clause_words(regime, "repeat_after_months")
    if case.kind == AttestationKind.EARLY:
        return clause_words(regime, "early_on_application")
    return clause_words(regime, case.basis_rule) if case.basis_rule else ""


def short_rung(level: str, category: str) -> str:
    """Name a rung in a table: the category, and its level after it."""
    parts = (Category(category).label if category else "", Level(level).label if level else "")
    return ", ".join(str(part) for part in parts if part)


def asked_words(case: Case) -> str:
    """Name the category that somebody asks for; blank where none."""
    return short_rung(case.requested_level, case.requested_category)


def proposal_words(case: Case, on: date) -> str:
    """Name what Sanat proposes, as of the sitting, else as of today; blank where nothing is known.

    That is the next rung if it is met, else the present one.
    """
    if case.proposed_status:
        return short_rung(case.proposed_level, case.proposed_category)
    verdict: StoredVerdict | None = getattr(case.employee, "verdict", None)
    if verdict is None or not _holds(verdict, on):
        return ""
    if verdict.next_status == StatusCode.MET:
        return short_rung(verdict.next_level, verdict.next_category)
    named = verdict.current_category not in ("", Category.NONE)
    return short_rung(verdict.current_level, verdict.current_category) if named else ""


def _holds(verdict: StoredVerdict, on: date) -> bool:
    """Tell whether a stored verdict is still that of the day."""
    return verdict.judged_on <= on and (verdict.holds_until is None or on < verdict.holds_until)


def result_words(case: Case) -> str:
    """Name what the commission decided of the post; blank before."""
    return str(Decision(case.decision).label) if case.decision else ""


def category_result_words(case: Case) -> str:
    """Name what the commission decided of the category; blank where it said nothing."""
    if case.category_decision == CategoryDecision.ESTABLISHED:
        return short_rung(case.decided_level, case.decided_category)
    return str(CategoryDecision(case.category_decision).label) if case.category_decision else ""
