"""What may be voted for, and what the votes come to. Pure: no framework, no clock.

Acts ask for a simple majority of the votes of those present who may vote. The reading: the decision with the most votes
wins, more votes for it never harm it, and where decisions share the top the act's rule on ties holds. With three
decisions the winner may have half of the votes or fewer, on which acts are silent: the outcome then says so, and the
minutes carry it. Everybody present who may vote has to have voted, since every member fills in an evaluation sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from attestation.commission import check_voter, voters
from attestation.cycle_facts import CaseFacts, CategoryDecision, Decision, Kind, Lack, Member, Refusal, Vote, settled
from attestation.regimes import Regime
from positions.scales import CATEGORY_RANK, LEVEL_ORDER, Category, Level

_Choice = TypeVar("_Choice", bound=Hashable)


class CategoryChoice(NamedTuple):
    """A vote or decision on the category; level and category are blank where there are no grounds."""

    decision: str = ""
    level: str = ""
    category: str = ""


#: Nothing is said of the category.
UNSAID = CategoryChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryOutcome:
    """What the votes on the category come to; every category is counted by itself."""

    choice: CategoryChoice
    counts: Mapping[CategoryChoice, int]
    tie: bool = False
    decided_by_chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the votes come to: the decision, the count for each, and how a tie was settled."""

    decision: str
    counts: Mapping[str, int]
    voted: int
    tie: bool = False
    decided_by_chair: bool = False
    #: Whether the decision has more than half of the votes.
    absolute: bool = True
    category: CategoryOutcome | None = None


def allowed_decisions(kind: str, regime: Regime) -> tuple[str, ...]:
    """Give the decisions open to a commission, at a first or at a repeated attestation; an open rule allows all."""
    told = regime.codes("repeated_decisions" if kind == Kind.REPEATED else "first_decisions")
    return told or tuple(Decision)


def check_allowed(decision: str, kind: str, regime: Regime) -> None:
    """Refuse a decision that the act does not know at an attestation of this kind."""
    if decision not in allowed_decisions(kind, regime):
        rule = "repeated_decisions" if kind == Kind.REPEATED else "first_decisions"
        raise Refusal(Lack.DECISION_NOT_ALLOWED, settled(regime, rule))


def marks_for(decision: str, regime: Regime) -> tuple[str, ...]:
    """Give the marks that go with a decision, the best first."""
    return tuple(mark.code for mark in regime.marks if mark.decision in (None, decision))


def mark_allows(mark: str, decision: str, regime: Regime) -> bool:
    """Tell whether a mark goes with a decision; a scale that ties nothing to its marks, and an open one, allow all."""
    return not regime.marks or mark in marks_for(decision, regime)


def check_mark(mark: str, decision: str, regime: Regime) -> None:
    """Refuse a mark that is not on the scale or that the act ties to another decision."""
    if regime.marks and mark not in {each.code for each in regime.marks}:
        raise Refusal(Lack.MARK_UNKNOWN if mark else Lack.NO_MARK, "marks")
    if not mark_allows(mark, decision, regime):
        raise Refusal(Lack.MARK_FORBIDS, "marks")


def category_refusal(case: CaseFacts, regime: Regime) -> Refusal | None:
    """Give why no category can be decided in a case; none where it can."""
    if regime.value("category_decision") is False:
        return Refusal(Lack.CATEGORY_NOT_DECIDED_HERE, "category_decision")
    if not case.has_categories:
        return Refusal(Lack.CATEGORY_NOT_DECIDED_HERE)
    if regime.yes("application_needed_for_category") and case.applied_on is None:
        return Refusal(Lack.NO_APPLICATION, "application_needed_for_category")
    return None


def category_needed(case: CaseFacts, regime: Regime) -> bool:
    """Tell whether every vote must say something of the category: where it can be decided and the sheet has a line."""
    with_line = regime.yes("category_decision") and regime.value("sheet_form") == "with_category"
    return with_line and category_refusal(case, regime) is None


def check_category(choice: CategoryChoice, case: CaseFacts, regime: Regime) -> None:
    """Refuse a vote or decision on the category that says too little or what cannot be said in this case."""
    if not choice.decision:
        if choice.level or choice.category:
            raise Refusal(Lack.CATEGORY_UNDECIDED, settled(regime, "category_decision"))
        if category_needed(case, regime):
            raise Refusal(Lack.CATEGORY_MISSING, "category_decision")
        return
    refusal = category_refusal(case, regime)
    if refusal is not None:
        raise refusal
    named = choice.level in tuple(Level) and choice.category in tuple(Category) and choice.category != Category.NONE
    if choice.decision == CategoryDecision.ESTABLISHED and not named:
        raise Refusal(Lack.CATEGORY_MISSING, settled(regime, "category_decision"))
    if choice.decision not in tuple(CategoryDecision) or (
        choice.decision == CategoryDecision.NO_GROUNDS and (choice.level or choice.category)
    ):
        raise Refusal(Lack.CATEGORY_UNDECIDED, settled(regime, "category_decision"))


def check_vote(vote: Vote, case: CaseFacts, regime: Regime) -> None:
    """Refuse an evaluation sheet that the act does not allow: its decision, its mark, what it says of the category."""
    check_allowed(vote.decision, case.kind, regime)
    check_mark(vote.mark, vote.decision, regime)
    check_category(choice_of(vote), case, regime)


def choice_of(vote: Vote) -> CategoryChoice:
    """Give what a vote says of the category."""
    return CategoryChoice(vote.category_decision, vote.level, vote.category)


def check_votes(members: Sequence[Member], present: Collection[int], case: CaseFacts, regime: Regime) -> None:
    """Refuse to count votes of a case before everybody present who may vote has voted, once and as the act allows."""
    if not case.votes:
        raise Refusal(Lack.NO_VOTES)
    for vote in case.votes:
        check_voter(vote.member, members, present, case.employee, regime)
        check_vote(vote, case, regime)
    voted = [vote.member for vote in case.votes]
    if len(set(voted)) != len(voted):
        raise Refusal(Lack.VOTED_TWICE)
    needed = len(voters(members, present, case.employee, regime))
    if len(voted) < needed:
        raise Refusal(Lack.VOTES_MISSING, needed=needed, found=len(voted))


def tally(votes: Sequence[Vote], chair: int | None, regime: Regime) -> Outcome:
    """Count votes; `chair` is the key of whoever leads the sitting and whose own vote settles a tie.

    Where some vote on the category and others do not, the votes are refused: part of a commission establishes nothing.
    """
    if not votes:
        raise Refusal(Lack.NO_VOTES)
    ballots = {vote.member: vote.decision for vote in votes}
    counts = Counter(ballots.values())
    won = _winner(ballots, chair, regime, tuple(Decision).index)
    return Outcome(
        decision=won.choice,
        counts={decision: counts[decision] for decision in Decision},
        voted=len(ballots),
        tie=won.tie,
        decided_by_chair=won.by_chair,
        absolute=counts[won.choice] * 2 > len(ballots),
        category=_category_outcome(votes, chair, regime),
    )


def _category_outcome(votes: Sequence[Vote], chair: int | None, regime: Regime) -> CategoryOutcome | None:
    ballots = {vote.member: choice_of(vote) for vote in votes if vote.category_decision}
    if not ballots:
        return None
    if len(ballots) < len(votes):
        raise Refusal(
            Lack.CATEGORY_MISSING, settled(regime, "category_decision"), needed=len(votes), found=len(ballots)
        )
    won = _winner(ballots, chair, regime, _disfavour)
    counts = dict(Counter(ballots[member] for member in sorted(ballots)))
    return CategoryOutcome(choice=won.choice, counts=counts, tie=won.tie, decided_by_chair=won.by_chair)


def _disfavour(choice: CategoryChoice) -> int:
    """Rank what can be decided on the category, the best for the employee lowest."""
    if choice.decision != CategoryDecision.ESTABLISHED:
        return len(CATEGORY_RANK) * len(LEVEL_ORDER)
    level = LEVEL_ORDER.index(Level(choice.level))
    return level * len(CATEGORY_RANK) + len(CATEGORY_RANK) - 1 - CATEGORY_RANK[Category(choice.category)]


class _Won(NamedTuple, Generic[_Choice]):
    choice: _Choice
    tie: bool = False
    by_chair: bool = False


def _winner(
    ballots: Mapping[int, _Choice], chair: int | None, regime: Regime, disfavour: Callable[[_Choice], int]
) -> _Won[_Choice]:
    """Give the choice with the most votes; a tie at the top is settled as the act says, else refused."""
    counts = Counter(ballots.values())
    most = max(counts.values())
    top = [choice for choice, count in counts.items() if count == most]
    if len(top) == 1:
        return _Won(top[0])
    rule = regime.value("tie")
    if rule is None:
        raise Refusal(Lack.TIE_OPEN, "tie")
    if rule == "in_favour":
        return _Won(min(top, key=disfavour), tie=True)
    if chair is None or chair not in ballots:
        raise Refusal(Lack.NO_CASTING_VOTE, "tie")
    if ballots[chair] not in top:
        raise Refusal(Lack.CHAIR_VOTED_OTHERWISE, "tie")
    return _Won(ballots[chair], tie=True, by_chair=True)
