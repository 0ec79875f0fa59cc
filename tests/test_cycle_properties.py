"""What holds for every procedure, whatever the votes, the commission and the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from attestation import cycle
from attestation.regimes import Regime
from employees.experience import add_months
from tests import procedure

GENERAL, WITH_CATEGORY = procedure.regime("a"), procedure.regime("b")
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
DECISIONS = st.sampled_from(list(cycle.Decision))
VOTES = st.dictionaries(st.integers(1, 9), DECISIONS, min_size=1, max_size=9)
TIES = st.sampled_from([GENERAL, procedure.regime("c", {"tie": "in_favour"})])
PARTS = st.sampled_from(["1/2", "2/3", "3/4", "1"])


def _decision(votes: dict[int, cycle.Decision], rules: Regime, chair: int | None) -> str | None:
    """Give what votes come to; none where a tie is not settled."""
    told = procedure.votes({key: str(vote) for key, vote in votes.items()})
    try:
        return cycle.tally(told, chair, rules).decision
    except cycle.Refusal:
        return None


@given(VOTES, DECISIONS, st.integers(10, 12), TIES, st.integers(1, 9))
def test_one_more_vote_never_harms_what_it_is_for(
    votes: dict[int, cycle.Decision], more: cycle.Decision, member: int, rules: Regime, chair: int
) -> None:
    if _decision(votes, rules, chair) == more:
        assert _decision({**votes, member: more}, rules, chair) == more


@given(VOTES, DECISIONS, st.integers(1, 9), TIES, st.integers(1, 9))
def test_a_vote_that_changes_sides_never_harms_its_new_side(
    votes: dict[int, cycle.Decision], more: cycle.Decision, member: int, rules: Regime, chair: int
) -> None:
    if member in votes and _decision(votes, rules, chair) == more:
        assert _decision({**votes, member: more}, rules, chair) == more


@given(VOTES, TIES, st.integers(1, 9))
def test_what_wins_has_at_least_as_many_votes_as_anything_else(
    votes: dict[int, cycle.Decision], rules: Regime, chair: int
) -> None:
    if _decision(votes, rules, chair) is None:
        return
    outcome = cycle.tally(procedure.votes({key: str(vote) for key, vote in votes.items()}), chair, rules)
    assert sum(outcome.counts.values()) == outcome.voted == len(votes)
    assert outcome.counts[outcome.decision] == max(outcome.counts.values())
    assert outcome.absolute == (outcome.counts[outcome.decision] > len(votes) - outcome.counts[outcome.decision])
    assert outcome.decided_by_chair == (outcome.tie and rules is GENERAL)


@given(VOTES, TIES, st.permutations(range(1, 10)))
def test_only_the_chair_counts_for_more_than_her_vote(
    votes: dict[int, cycle.Decision], rules: Regime, order: list[int]
) -> None:
    shuffled = {key: votes[key] for key in order if key in votes}
    assert _decision(shuffled, rules, 1) == _decision(votes, rules, 1)


@given(st.integers(1, 40), PARTS)
def test_a_larger_commission_never_needs_fewer(size: int, part: str) -> None:
    rules = procedure.regime("c", {"quorum": part})
    needed = cycle.quorum_needed(size, rules)
    assert needed <= cycle.quorum_needed(size + 1, rules) <= needed + 1
    assert 1 <= needed <= size


@given(st.integers(3, 9), st.sets(st.integers(1, 9)), st.integers(1, 9))
def test_one_more_present_never_breaks_a_quorum(size: int, present: set[int], member: int) -> None:
    members = procedure.commission(size)
    here = {key for key in present if key <= size}
    more = here | {min(member, size)}
    before, after = cycle.quorum_of(here, members, GENERAL), cycle.quorum_of(more, members, GENERAL)
    assert after.present >= before.present
    assert after.held or not before.held
    assert before.held == (before.present * 3 >= size * 2)


@given(st.integers(3, 9), st.integers(1, 9), st.booleans())
def test_nobody_votes_on_herself_and_the_secretary_on_nobody(size: int, member: int, secretary_too: bool) -> None:
    member = min(member, size)
    employees = {member: procedure.EMPLOYEE, **({procedure.SECRETARY: 7} if secretary_too else {})}
    members = procedure.commission({"size": size, "employees": employees})
    present = {each.key for each in members}
    found = {each.key for each in cycle.voters(members, present, procedure.EMPLOYEE, GENERAL)}
    assert found == set(range(1, size + 1)) - {member}


@settings(max_examples=300)
@given(DAYS, st.integers(0, 36))
def test_so_many_whole_months_pass_from_the_latest_day_and_from_no_later_one(day: date, months: int) -> None:
    latest = cycle.months_before(day, months)
    assert add_months(latest, months) <= day < add_months(latest + timedelta(days=1), months)


@given(DAYS, st.integers(0, 60), st.integers(0, 5))
def test_a_later_day_never_has_an_earlier_deadline(day: date, more: int, count: int) -> None:
    later = day + timedelta(days=more)
    rules = procedure.regime("a", {"approval_working_days": count})
    assert cycle.latest_notice(day, rules) <= cycle.latest_notice(later, rules)  # type: ignore[operator]
    assert cycle.minutes_due(day, rules, procedure.is_working) <= cycle.minutes_due(  # type: ignore[operator]
        later, rules, procedure.is_working
    )
    approval, after = (cycle.approval_due(each, rules, procedure.is_working) for each in (day, later))
    assert day <= approval <= after  # type: ignore[operator]
    assert cycle.earliest_repeat(day, rules) <= cycle.earliest_repeat(later, rules)  # type: ignore[operator]


@given(DAYS, st.integers(0, 400), st.integers(-400, 400), st.integers(-400, 400))
def test_time_alone_never_makes_a_missed_deadline_good(day: date, passed: int, notified: int, written: int) -> None:
    whole = cycle.CycleFacts(starts_on=day)
    case = cycle.CaseFacts(notified_on=day + timedelta(days=notified), characteristic_on=day + timedelta(days=written))
    sooner, later = (
        {each.code for each in cycle.missed_deadlines(case, None, whole, GENERAL, procedure.is_working, on=on)}
        for on in (day, day + timedelta(days=passed))
    )
    assert sooner <= later


@given(st.sampled_from(list(cycle.CaseState)), DAYS, st.sampled_from(["a", "b", "c", "d"]))
def test_a_case_that_goes_on_is_always_somebodys_move(state: cycle.CaseState, day: date, name: str) -> None:
    whole = cycle.CycleFacts(state="approved", starts_on=day)
    case = cycle.CaseFacts(state=state)
    found = cycle.moves(case, None, whole, procedure.regime(name), procedure.is_working, on=day)
    ended = state in (cycle.CaseState.CLOSED, cycle.CaseState.CANCELLED, cycle.CaseState.EXCLUDED)
    assert bool([move for move in found if not move.optional]) != ended


@given(st.lists(st.sampled_from(["incapacity", "none", "other", "training"]), max_size=5), st.sampled_from("abcd"))
def test_nobody_is_recommended_for_dismissal_for_absences_with_a_valid_reason(reasons: list[str], name: str) -> None:
    rules = procedure.regime(name)
    earlier = [cycle.Absent(reason=reason, valid=cycle.is_valid(reason, rules)) for reason in reasons]
    for kind in cycle.Kind:
        follows = cycle.consequence("incapacity", earlier, rules, kind)
        assert follows.valid
        assert follows.kind != cycle.After.DISMISSAL_RECOMMENDED


@given(st.sampled_from(list(cycle.Decision)), st.sampled_from(["met", "not_met", "unknown"]))
def test_what_is_unknown_is_never_differed_from(decision: cycle.Decision, status: str) -> None:
    proposal = cycle.Proposal(status=status, level="highest", category="first")
    assert not cycle.differs(replace(proposal, status="unknown"), decision, cycle.UNSAID)
    assert cycle.differs(proposal, decision, cycle.UNSAID) == (
        status != "unknown" and (status == "met") != (decision == "fits")
    )
