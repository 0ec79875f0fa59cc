"""The decision on a case: counted from the evaluation sheets, beside the verdict of the day; once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from attestation.codes import CaseState
from attestation.cycle import (
    UNSAID,
    CaseAction,
    CaseFacts,
    CategoryChoice,
    Caution,
    Decided,
    Decision,
    Lack,
    Outcome,
    Refusal,
    SittingFacts,
    check_case_move,
    check_decision,
    earliest_repeat,
    missed_deadlines,
    outcome_of,
    protection,
    quorum_of,
)
from attestation.cycle_access import what_may
from attestation.cycle_rows import CycleRules, read_case, read_rules, read_sitting
from attestation.cycle_services.editing import (
    case_taken,
    caution_data,
    kept,
    missed_data,
    not_before,
    require,
    sitting_held_of,
    with_warnings,
)
from attestation.cycle_services.refusals import AlreadyDecidedError, NotYourPartError, StaleCycleError
from attestation.models import Case, Sitting
from attestation.services import judge
from attestation.verdict_record import proposal_of, verdict_data
from attestation.working_days import is_working_day
from employees.models import Employee, User
from employees.selectors import Person, read_people
from positions.models import Position
from positions.norm_selectors import read_norms
from positions.rules import Norms


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A case at its sitting with all that a decision on it depends on."""

    case: Case
    sitting: Sitting
    rules: CycleRules
    told: CaseFacts
    facts: SittingFacts
    person: Person
    norms: Norms

    @property
    def on(self) -> date:
        """The day of the sitting, on which everything is judged."""
        return self.sitting.held_on


@transaction.atomic
def case_decide(
    *,
    case: Case,
    version: int,
    decision: str | None = None,
    category_decision: str = "",
    level: str = "",
    category: str = "",
    mark: str = "",
    recommendations: str = "",
    difference_reason: str = "",
    notes: str = "",
    recommended_for_dismissal: bool = False,
    user: User,
    on: date,
) -> Case:
    """Put down what the commission decided, as its votes have it, with the verdict of the day of the sitting beside it.

    `decision` with what follows it is what a page showed as the outcome; where votes have changed it since, it is
    refused (none: as voted). Raises Refusal, AlreadyDecidedError, StaleCycleError, NotYourPartError.
    """
    _may_decide(user, case)
    sitting = sitting_held_of(case)
    found = _taken(case, version)
    heard = _heard(found, sitting)
    not_before(on, heard.on)
    outcome = _counted(heard)
    voted = outcome.category.choice if outcome.category else UNSAID
    decided = Decided(
        decision=outcome.decision if decision is None else decision,
        category=voted if decision is None else CategoryChoice(category_decision, level, category),
        mark=mark,
        recommended_for_dismissal=recommended_for_dismissal,
        difference_reason=difference_reason,
    )
    cautions = _judged(heard, decided)
    _write(found, decided, user, heard)
    found.votes = votes_data(outcome)
    found.recommendations, found.notes = recommendations.strip(), notes.strip()
    _warn(heard, cautions)
    return kept(found, user=user, reason="decide")


def _may_decide(user: User, case: Case) -> None:
    """Let whoever keeps the minutes write a decision down, and whoever leads the sitting."""
    part = what_may(user, case.cycle)
    leads = part.member is not None and case.sitting is not None and part.member == case.sitting.acting_chair_id
    if not (part.keep_minutes or part.chair or leads):
        raise NotYourPartError


def _taken(case: Case, version: int) -> Case:
    """Take a case that waits for its decision; of two who decide it, one alone finds it waiting."""
    try:
        return case_taken(case, version, state=CaseState.LISTED)
    except StaleCycleError:
        day = Case.objects.filter(pk=case.pk).values_list("decided_on", flat=True).get()
        if day is not None:
            raise AlreadyDecidedError(day) from None
        raise


def _heard(case: Case, sitting: Sitting | None) -> Hearing:
    """Read what a decision depends on; it is made on the post that the person holds on the day."""
    if sitting is None:
        raise Refusal(Lack.NO_SITTING)
    norms = read_norms()
    person = read_people(Employee.objects.filter(pk=case.employee_id))[0]
    post = person.facts.post(sitting.held_on)
    if post is not None and post.position not in (None, case.position.code):
        case.position = Position.objects.get(code=post.position)
    return Hearing(
        case=case,
        sitting=sitting,
        rules=read_rules(case.cycle),
        told=read_case(case, norms=norms, on=sitting.held_on),
        facts=read_sitting(sitting),
        person=person,
        norms=norms,
    )


def _counted(heard: Hearing) -> Outcome:
    """Count the votes of a case that can be decided now, and move it on."""
    rules = heard.rules
    heard.case.state = check_case_move(
        CaseAction.DECIDE, heard.told, cycle=rules.cycle, regime=rules.regime, sitting=heard.facts
    )
    return outcome_of(heard.told, heard.facts, rules.cycle, rules.regime)


def _judged(heard: Hearing, decided: Decided) -> tuple[Caution, ...]:
    """Keep the verdict of the day with the case, and refuse a decision that the rules do not allow beside it."""
    case, rules = heard.case, heard.rules
    verdict = judge(heard.person.facts, heard.norms, on=heard.on)
    proposal = proposal_of(verdict, case.requested_level, case.requested_category)
    case.verdict = verdict_data(heard.person, verdict)
    case.proposed_status = proposal.status
    case.proposed_level, case.proposed_category = proposal.level, proposal.category
    protections = protection(
        decided.decision,
        heard.on,
        birth_date=case.employee.birth_date,
        near_pension=case.near_pension,
        absences=heard.person.facts.absences,
        regime=rules.regime,
    )
    return check_decision(
        decided,
        heard.told,
        heard.facts,
        rules.cycle,
        rules.regime,
        proposal=proposal,
        protections=protections,
    )


def _write(case: Case, decided: Decided, user: User, heard: Hearing) -> None:
    regime = heard.rules.regime
    case.mark, case.decision = decided.mark, decided.decision
    case.category_decision, case.decided_level, case.decided_category = decided.category
    case.recommended_for_dismissal = decided.recommended_for_dismissal
    case.difference_reason = decided.difference_reason.strip()
    case.members_present = quorum_of(heard.facts.present, heard.rules.cycle.members, regime).present
    case.decided_on, case.decided_by = heard.on, user
    case.repeat_from = earliest_repeat(heard.on, regime) if decided.decision == Decision.REPEATED else None


def _warn(heard: Hearing, cautions: tuple[Caution, ...]) -> None:
    """Write down the deadlines that were missed, and the remarks for the minutes."""
    regime = heard.rules.regime
    told = replace(heard.told, decided_on=heard.on)
    missed = missed_deadlines(told, heard.facts, heard.rules.cycle, regime, is_working_day, on=heard.on)
    heard.case.warnings = with_warnings(
        [],
        *(missed_data(each, regime) for each in missed),
        *(caution_data(each, regime) for each in cautions),
    )


def votes_data(outcome: Outcome) -> Mapping[str, Any]:
    """Give the count of the votes as it is kept."""
    category = outcome.category
    return {
        "voted": outcome.voted,
        "counts": {str(key): count for key, count in outcome.counts.items()},
        "tie": outcome.tie,
        "decided_by_chair": outcome.decided_by_chair,
        "absolute": outcome.absolute,
        "category": category
        and {
            "counts": [{**choice._asdict(), "votes": count} for choice, count in category.counts.items()],
            "tie": category.tie,
            "decided_by_chair": category.decided_by_chair,
        },
    }


@transaction.atomic
def decision_withdraw(*, case: Case, version: int, user: User, on: date) -> Case:
    """Take a decision back while its sitting goes on; what it was stays in the history. Raises Refusal."""
    require(user, case.cycle, "keep_minutes")
    sitting = sitting_held_of(case)
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    facts = read_sitting(sitting) if sitting else None
    found.state = check_case_move(
        CaseAction.WITHDRAW_DECISION, read_case(found), cycle=rules.cycle, regime=rules.regime, sitting=facts
    )
    fresh = Case()
    for name in _DECIDED:
        setattr(found, name, getattr(fresh, name))
    return kept(found, user=user, reason="withdraw")


#: What a decision writes into a case.
_DECIDED = (
    *("verdict", "proposed_level", "proposed_category", "proposed_status", "mark", "decision", "category_decision"),
    *("decided_level", "decided_category", "votes", "members_present", "difference_reason", "recommendations", "notes"),
    *("recommended_for_dismissal", "decided_on", "decided_by", "warnings", "repeat_from"),
)
