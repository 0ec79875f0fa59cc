"""The page on which a decision is put down: the votes, the proposal beside them, and what goes with the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from attestation import case_selectors as selectors
from attestation import cycle as rules
from attestation.acting import typed_words
from attestation.case_proposal import Shown, kept_proposal, live_proposal
from attestation.case_selectors import Look
from attestation.case_words import (
    category_choice_words,
    category_lines,
    protection_words,
    tally_lines,
    tie_words,
)
from attestation.codes import Decision
from attestation.cycle import Proposal
from attestation.refusal_words import Told, caution_words, told
from attestation.sheet_forms import DecideForm
from attestation.verdict_record import proposal_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What the votes of a case come to, or why they cannot be counted; the form where it can be put down."""

    look: Look
    outcome: rules.Outcome | None
    reasons: list[Told]
    cautions: list[Told]
    form: DecideForm | None
    proposal: Shown | None
    differs: bool
    #: What somebody typed who was second.
    typed: tuple[tuple[str, str], ...] = ()

    def with_typed(self, data: Mapping[str, str]) -> Deciding:
        """Keep what somebody typed who was second."""
        told_ = typed_words(DecideForm, data, "recommendations", "difference_reason", "notes")
        return replace(self, typed=tuple(told_))

    def context(self) -> dict[str, Any]:
        """Give what the template shows."""
        case, outcome = self.look.case, self.outcome
        allowed = rules.allowed_decisions(self.look.facts.kind, self.look.regime)
        choice = outcome.category.choice if outcome and outcome.category else rules.UNSAID
        kept = rules.CategoryChoice(case.category_decision, case.decided_level, case.decided_category)
        return {
            "case": case,
            "employee": case.employee,
            "look": self.look,
            "form": self.form,
            "reasons": self.reasons,
            "cautions": self.cautions,
            "proposal": self.proposal,
            "differs": self.differs,
            "outcome": outcome,
            "decision": str(Decision(outcome.decision).label) if outcome else "",
            "category": category_choice_words(choice),
            "tally": tally_lines(outcome, allowed) if outcome else [],
            "category_tally": category_lines(outcome) if outcome else [],
            "ties": tie_words(outcome) if outcome else [],
            "decided": selectors.decided_at(case) if self.look.is_decided else None,
            "decided_category": category_choice_words(kept),
            "typed": self.typed,
            "sitting_at": reverse("sitting", args=[case.sitting_id]) if case.sitting_id else "",
        }


def deciding(look: Look, data: Any, *, on: date) -> Deciding:
    """Count the votes of a case for the page on which its decision is put down (6 queries)."""
    if look.is_decided:
        return _closed(look, [], kept_proposal(look.case))
    faults = _faults(look)
    outcome = None if faults else _outcome(look, faults)
    if outcome is None:
        return _closed(look, [told(fault, look.regime) for fault in faults], live_proposal(look))
    differs = rules.differs(_proposal(look), outcome.decision, _choice(outcome))
    dismissal, cautions = _dismissal(look, outcome)
    form = DecideForm(
        data,
        case=look.case,
        on=on,
        outcome=outcome,
        regime=look.regime,
        differs=differs,
        dismissal=dismissal,
        marks=Counter(vote.mark for vote in look.facts.votes if vote.mark),
    )
    return Deciding(
        look=look,
        outcome=outcome,
        reasons=[],
        cautions=cautions,
        form=form,
        proposal=live_proposal(look),
        differs=differs,
    )


def _closed(look: Look, reasons: list[Told], proposal: Shown | None) -> Deciding:
    """Give the page without a form: it is decided, or something is missing."""
    return Deciding(look=look, outcome=None, reasons=reasons, cautions=[], form=None, proposal=proposal, differs=False)


def _faults(look: Look) -> list[rules.Refusal]:
    """Give everything that the decision still needs."""
    faults = list(
        rules.case_faults(
            rules.CaseAction.DECIDE, look.facts, cycle=look.cycle, regime=look.regime, sitting=look.sitting
        )
    )
    try:
        rules.case_after(look.case.state, rules.CaseAction.DECIDE)
    except rules.Refusal as refusal:
        faults.append(refusal)
    return faults


def _outcome(look: Look, faults: list[rules.Refusal]) -> rules.Outcome | None:
    """Count the votes; what keeps them from being counted goes to the faults."""
    if look.sitting is None:
        return None
    try:
        return rules.outcome_of(look.facts, look.sitting, look.cycle, look.regime)
    except rules.Refusal as refusal:
        faults.append(refusal)
        return None


def _choice(outcome: rules.Outcome) -> rules.CategoryChoice:
    return outcome.category.choice if outcome.category else rules.UNSAID


def _proposal(look: Look) -> Proposal:
    return proposal_of(look.verdict, look.case.requested_level, look.case.requested_category)


def _dismissal(look: Look, outcome: rules.Outcome) -> tuple[bool, list[Told]]:
    """Tell whether dismissal can be recommended with this decision, and what is to be noticed about it."""
    regime, sitting = look.regime, look.sitting
    if outcome.decision != Decision.DOES_NOT_FIT or sitting is None:
        return False, []
    found = [protection_words(each, regime) for each in look.protections]
    try:
        notes = rules.check_representative(outcome.decision, look.cycle.members, sitting.present, regime)
    except rules.Refusal as refusal:
        return False, [*found, told(refusal, regime)]
    return not found, [*found, *(caution_words(each, regime) for each in notes)]


def renew_outcome(form: DecideForm, page: Deciding) -> None:
    """Let the form be saved with what the votes come to now, after they changed since the page was opened."""
    if page.outcome is None:
        return
    choice = _choice(page.outcome)
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["decision"] = page.outcome.decision
    data["category_decision"], data["level"], data["category"] = choice
    form.data = data
