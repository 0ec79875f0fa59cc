"""Evaluation sheets: how each member of the commission votes on a case, and what she holds against the decision."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from attestation.cycle import (
    CaseAction,
    CaseState,
    Lack,
    Refusal,
    SittingState,
    Vote,
    check_case_move,
    check_vote,
    check_voter,
)
from attestation.cycle_access import what_may
from attestation.cycle_rows import read_case_with_norms, read_rules, read_sitting
from attestation.cycle_services.editing import case_held, kept, require, sitting_held_of, taken
from attestation.cycle_services.refusals import AlreadyDecidedError, NotYourPartError, StaleCycleError
from attestation.models import Case, CommissionMember, EvaluationSheet, Sitting
from employees.models import User


@transaction.atomic
def sheet_submit(
    *,
    case: Case,
    member: CommissionMember,
    version: int | None,
    decision: str,
    mark: str = "",
    category_decision: str = "",
    level: str = "",
    category: str = "",
    reasons: str = "",
    dissenting_opinion: str = "",
    user: User,
    on: date,
) -> EvaluationSheet:
    """Submit a member's evaluation sheet, or change it; `version` is the sheet's, None for the first.

    A member submits her own; whoever keeps the minutes writes down what stands on paper, and never changes what a
    member submitted herself. Raises Refusal, AlreadyDecidedError, NotYourPartError, StaleCycleError.
    """
    sitting = sitting_held_of(case)
    found = case_held(case.pk)
    sheet = EvaluationSheet.objects.filter(case=found, member=member).first()
    _is_hers(user, found, member, sheet)
    if found.state != CaseState.LISTED and found.decided_on is not None:
        raise AlreadyDecidedError(found.decided_on)
    if (sheet.version if sheet else None) != version:
        raise StaleCycleError
    vote = Vote(
        member=member.pk,
        decision=decision,
        mark=mark,
        category_decision=category_decision,
        level=level,
        category=category,
    )
    _check(vote, found, sitting)
    sheet = _filled(sheet or EvaluationSheet(case=found, member=member, version=0), vote)
    sheet.reasons, sheet.dissenting_opinion = reasons.strip(), dissenting_opinion.strip()
    sheet.submitted_on = on
    return kept(sheet, user=user, reason="vote")


def _filled(sheet: EvaluationSheet, vote: Vote) -> EvaluationSheet:
    sheet.version += 1
    sheet.decision, sheet.mark = vote.decision, vote.mark
    sheet.category_decision, sheet.level, sheet.category = vote.category_decision, vote.level, vote.category
    return sheet


@transaction.atomic
def opinion_attach(*, sheet: EvaluationSheet, version: int, words: str, user: User, on: date) -> EvaluationSheet:
    """Attach a member's dissenting opinion, which she can write until the minutes are signed; no words take it back.

    Raises Refusal, NotYourPartError, StaleCycleError.
    """
    sitting = sitting_held_of(sheet.case)
    found = taken(sheet, version, "case__cycle__organisation", "member")
    if not (user.is_active and found.member.user_id == user.pk):
        require(user, found.case.cycle, "keep_minutes")
    if sitting is None:
        raise Refusal(Lack.NO_SITTING)
    if sitting.state == SittingState.SIGNED:
        raise Refusal(Lack.MINUTES_SIGNED)
    found.dissenting_opinion = words.strip()
    return kept(found, user=user, reason="opinion")


def _check(vote: Vote, case: Case, sitting: Sitting | None) -> None:
    """Refuse a vote that the act does not allow, or that is given elsewhere than at the sitting."""
    if sitting is None:
        raise Refusal(Lack.NO_SITTING)
    rules, told = read_rules(case.cycle), read_case_with_norms(case, on=sitting.held_on)
    facts = read_sitting(sitting)
    check_case_move(CaseAction.VOTE, told, cycle=rules.cycle, regime=rules.regime, sitting=facts)
    check_voter(vote.member, rules.cycle.members, facts.present, case.employee_id, rules.regime)
    check_vote(vote, told, rules.regime)


def _is_hers(user: User, case: Case, member: CommissionMember, sheet: EvaluationSheet | None) -> None:
    """Refuse whoever may not write this sheet: her own, or one on paper that she writes down."""
    if member.cycle_id != case.cycle_id:
        raise Refusal(Lack.NOT_A_MEMBER)
    own = user.is_active and member.user_id == user.pk
    if own:
        return
    if not what_may(user, case.cycle).keep_minutes:
        raise NotYourPartError
    if sheet is not None and member.user_id is not None:
        last = sheet.history.order_by("-history_id").values_list("history_user", flat=True).first()
        if last == member.user_id:
            raise NotYourPartError
