"""The decision of a commission: that it is what was voted, that the act knows it, and what it needs beside it.

Pure: no framework, no clock. The product only proposes: a decision that differs from the proposal is as good as any
other, and has its reason written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attestation.commission import check_quorum, check_representative, who_chairs
from attestation.consequences import After, Consequence, Protection, check_dismissal, consequence_at
from attestation.cycle_facts import (
    CaseFacts,
    CategoryDecision,
    Caution,
    CycleFacts,
    Decision,
    Lack,
    Note,
    Refusal,
    SittingFacts,
    settled,
)
from attestation.regimes import Regime
from attestation.voting import (
    UNSAID,
    CategoryChoice,
    Outcome,
    check_allowed,
    check_category,
    check_mark,
    check_votes,
    tally,
)
from positions.scales import Category, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the verdict of the day proposed: a category with its level, or the fitness alone, and its status."""

    status: str = ""
    level: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the commission decides in a case; without a mark of the whole commission the mark is blank."""

    decision: str
    mark: str = ""
    category: CategoryChoice = UNSAID
    recommended_for_dismissal: bool = False
    difference_reason: str = ""


def outcome_of(case: CaseFacts, sitting: SittingFacts, cycle: CycleFacts, regime: Regime) -> Outcome:
    """Count the votes of a case at a sitting that has its quorum and somebody to lead it, else refuse."""
    check_quorum(sitting.present, cycle.members, regime)
    chair = who_chairs(cycle.members, sitting.present, sitting.acting_chair, regime)
    check_votes(cycle.members, sitting.present, case, regime)
    return tally(case.votes, chair, regime)


def check_decision(
    decided: Decided,
    case: CaseFacts,
    sitting: SittingFacts,
    cycle: CycleFacts,
    regime: Regime,
    *,
    proposal: Proposal,
    protections: Sequence[Protection] = (),
) -> tuple[Caution, ...]:
    """Refuse a decision that was not voted or that the act does not allow; give what the minutes have to say."""
    outcome = outcome_of(case, sitting, cycle, regime)
    check_allowed(decided.decision, case.kind, regime)
    if decided.mark:
        check_mark(decided.mark, decided.decision, regime)
    check_category(decided.category, case, regime)
    voted = outcome.category.choice if outcome.category else UNSAID
    if (decided.decision, decided.category) != (outcome.decision, voted):
        raise Refusal(Lack.NOT_AS_VOTED)
    dismissal = decided.recommended_for_dismissal
    if dismissal:
        check_dismissal(decided.decision, protections)
    cautions = check_representative(decided.decision, cycle.members, sitting.present, regime, dismissal=dismissal)
    if differs(proposal, decided.decision, decided.category) and not decided.difference_reason.strip():
        raise Refusal(Lack.REASON_MISSING)
    return (*cautions, *_remarks(decided, outcome, case, regime), *(each.caution for each in protections))


def check_absence_decision(
    case: CaseFacts,
    sitting: SittingFacts,
    cycle: CycleFacts,
    regime: Regime,
    *,
    protections: Sequence[Protection] = (),
) -> tuple[Consequence, tuple[Caution, ...]]:
    """Give what a commission decides, without votes, on somebody who missed a sitting, and what the minutes say.

    Refused where nothing follows that it could decide, and where something protects from the dismissal it would
    recommend: the case then stays in the list for another sitting.
    """
    check_quorum(sitting.present, cycle.members, regime)
    follows = consequence_at(case, sitting.key, regime)
    if follows is None or not follows.decides:
        raise Refusal(Lack.NO_CONSEQUENCE, follows.rule if follows else "")
    if follows.kind != After.DISMISSAL_RECOMMENDED:
        return follows, ()
    check_dismissal(follows.decision, protections, absent_to_dismissal=True)
    return follows, check_representative("", cycle.members, sitting.present, regime, dismissal=True)


def _remarks(decided: Decided, outcome: Outcome, case: CaseFacts, regime: Regime) -> tuple[Caution, ...]:
    """Give what forbids nothing and belongs in the minutes."""
    found = []
    if not outcome.absolute and not outcome.tie:
        found.append(Caution(code=Note.NO_ABSOLUTE_MAJORITY, rule=settled(regime, "tie")))
    if regime.yes("testing") and case.test_passed is False:
        found.append(Caution(code=Note.TEST_FAILED, rule="testing"))
    established = decided.category.decision == CategoryDecision.ESTABLISHED
    if established and decided.decision != Decision.FITS:
        found.append(Caution(code=Note.CATEGORY_WITHOUT_FITNESS, rule=settled(regime, "category_decision")))
    return tuple(found)


def differs(proposal: Proposal, decision: str, category: CategoryChoice) -> bool:
    """Tell whether a commission decides otherwise than the verdict proposes, so that the reason must be written.

    A verdict that is unknown proposes nothing, so that nothing differs from it. Requirements that are met propose that
    she fits, and the category named; those not met propose that there are no grounds for a category and, where no
    category is decided, that she does not fit.
    """
    if proposal.status not in (Status.MET, Status.NOT_MET):
        return False
    met = proposal.status == Status.MET
    if met and decision and decision != Decision.FITS:
        return True
    if not category.decision:
        return not met and decision == Decision.FITS
    named = proposal.category not in ("", Category.NONE)
    if category.decision == CategoryDecision.NO_GROUNDS:
        return met and named
    return not (met and (proposal.level, proposal.category) == (category.level, category.category))
