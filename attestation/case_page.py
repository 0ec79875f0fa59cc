"""The page of a case: its stages, what is known in every block, and the forms of what this user can do now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from attestation import case_selectors as selectors
from attestation import cycle as rules
from attestation.case_acts import ACTS, Act
from attestation.case_forms import CaseForm
from attestation.case_proposal import kept_proposal, live_proposal
from attestation.case_selectors import Look
from attestation.case_stages import steps
from attestation.case_words import category_votes_lines, consequence_words, protection_words, votes_lines, warning_words
from attestation.codes import CaseState, SittingState
from attestation.cycle import Task
from attestation.cycle_words import basis_clause, basis_words
from attestation.models import MissedSitting
from attestation.refusal_words import Told, missed_words, told
from attestation.regime_words import clause_words
from attestation.working_days import is_working_day
from employees.access import Ability, may
from employees.models import User

#: Which act makes which move; what has a page of its own is not here.
_MOVES: dict[Task, str] = {
    Task.NOTIFY: "notify",
    Task.REQUEST_CHARACTERISTIC: "request",
    Task.HAND_IN_CHARACTERISTIC: "hand_in",
    Task.ACQUAINT: "acquaint",
    Task.TEST: "test",
    Task.APPROVE: "approve",
    Task.ACQUAINT_WITH_SHEET: "result",
    Task.PLAN_REPEAT: "repeat",
}
#: Acts of which the page says what they still need; others are shown only when they can be done.
_EXPLAINED = ("approve", "result")
_DECIDED = (CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An act that this user may do: its form, or why it cannot be done yet; the main one has the main button."""

    act: Act
    form: CaseForm | None
    reasons: list[Told]
    opened: bool
    main: bool
    again: bool
    stale: list[Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A sitting that was missed, with what follows from it."""

    row: MissedSitting
    follows: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A form that was sent and not saved: what is wrong stands in it, or what is stored now beside it."""

    name: str
    form: CaseForm
    differences: list[Any] | None = None


def case_context(user: User, look: Look, *, on: date, answer: Answer | None = None) -> dict[str, Any]:
    """Give everything the page of a case shows to this user on a day (at most 20 queries)."""
    case = look.case
    moves = look.moves(on=on)
    context = {
        "case": case,
        "employee": case.employee,
        "cycle": case.cycle,
        "look": look,
        "part": look.part,
        "whole": look.part.see,
        "on": on,
        "steps": steps(look.facts, look.sitting, look.cycle, look.regime, moves),
        "moves": [(move, clause_words(look.regime, move.rule) if move.rule else "") for move in moves],
        "offers": offers(user, look, moves, on=on, answer=answer),
        "may_see_employee": may(user, Ability.SEE, case.employee),
        "clauses": _clauses(look),
        "deadlines": _deadlines(look),
    }
    return context | (_whole(user, look, on) if look.part.see else {})


def _whole(user: User, look: Look, on: date) -> dict[str, Any]:
    """Give what is shown to those alone who see the cycle."""
    case, regime = look.case, look.regime
    late = rules.missed_deadlines(look.facts, look.sitting, look.cycle, regime, is_working_day, on=on)
    return {
        "basis": basis_words(case),
        "basis_clause": basis_clause(case, regime),
        "missed": _missed(look),
        "sheets": selectors.sheet_lines(user, look),
        "proposal": kept_proposal(case) if look.is_decided else live_proposal(look),
        "votes": votes_lines(case.votes, case.decision),
        "category_votes": category_votes_lines(case.votes),
        "head_approves": regime.yes("approval_by_head"),
        "warnings": warning_words(case.warnings, regime) if case.warnings else [],
        "late": [] if look.is_decided else [missed_words(each, regime) for each in late],
        "protections": [protection_words(each, regime) for each in look.protections]
        if case.recommended_for_dismissal
        else [],
        "repeated_by": selectors.repeated_by(user, case),
        "may_decide": look.may_decide and case.state == CaseState.LISTED,
        "sitting_open": look.sitting is not None and look.sitting.state == SittingState.OPEN,
        "decide_main": look.may_decide and any(move.action is Task.DECIDE for move in look.moves(on=on)),
    }


def _clauses(look: Look) -> dict[str, str]:
    """Name the clauses that blocks quote."""
    names = ("approval_by_head", "repeat_after_months")
    return {name: clause_words(look.regime, name) for name in names}


def _deadlines(look: Look) -> dict[str, tuple[date, str]]:
    """Give the last day of every step that has one, with the clause that sets it."""
    told = rules.timetable(look.facts, look.sitting, look.cycle, look.regime, is_working_day)
    return {
        str(each.code): (each.until, clause_words(look.regime, each.rule)) for each in told if each.until is not None
    }


def _missed(look: Look) -> list[Missed]:
    """Give the missed sittings with what followed from each, after those before it."""
    rows = selectors.missed_of(look.case)
    before = len(look.facts.missed) - len(rows)
    found = []
    for place, row in enumerate(rows):
        earlier = look.facts.missed[: before + place]
        follows = rules.consequence(row.reason, earlier, look.regime, look.facts.kind)
        found.append(Missed(row=row, follows=consequence_words(follows, look.regime)))
    return found


# ------------------------------------------------------------------------------------------------------------- offers


def offers(
    user: User, look: Look, moves: Iterable[rules.Move], *, on: date, answer: Answer | None = None
) -> dict[str, Offer]:
    """Give the acts that the user may do with a case now, each with its form."""
    wanted = [_MOVES[move.action] for move in moves if move.action in _MOVES and not move.optional]
    if not look.part.see:
        wanted.append("hand_in")  # the head of the unit is here for nothing else
    found: dict[str, Offer] = {}
    for act in ACTS.values():
        if not may_act(act, look) or not is_offered(act, look):
            continue
        reasons = _reasons(act, look)
        if reasons and act.name not in _EXPLAINED:
            continue
        bound = answer if answer is not None and answer.name == act.name else None
        form = bound.form if bound else None if reasons else make_form(act, look, user, None, on=on)
        again = form is not None and _is_done(act, look)
        found[act.name] = Offer(
            act=act,
            form=form,
            reasons=reasons,
            opened=bound is not None or (act.name in wanted and not again),
            main=form is not None
            and not again
            and act.name in wanted
            and not any(each.main for each in found.values()),
            again=again,
            stale=bound.differences if bound else None,
        )
    if answer is not None and answer.name not in found:
        found[answer.name] = Offer(
            act=ACTS[answer.name],
            form=answer.form,
            reasons=[],
            opened=True,
            main=False,
            again=False,
            stale=answer.differences,
        )
    return found


def may_act(act: Act, look: Look) -> bool:
    """Tell whether the user has a part that this act is for; a case that is not decided is cancelled by HR too."""
    parts = act.parts
    if act.name == "cancel" and look.case.state not in _DECIDED:
        parts = (*parts, "prepare")
    return any(look.hands_in if name == "hands_in" else getattr(look.part, name) for name in parts)


def is_offered(act: Act, look: Look) -> bool:
    """Tell whether an act belongs to the state of a case, and to what its rule-set knows."""
    state, facts = look.case.state, look.facts
    if act.action is not None:
        try:
            rules.case_after(state, act.action)
        except rules.Refusal:
            return False
    open_or_held = look.sitting is not None and look.sitting.state in (SittingState.OPEN, SittingState.HELD)
    own = {
        "particulars": state in (CaseState.PROPOSED, CaseState.LISTED, CaseState.DECIDED),
        "interview": state in (CaseState.LISTED, CaseState.DECIDED) and open_or_held,
        "ask": bool(look.rungs) and look.regime.value("category_decision") is not False,
        "test": look.regime.yes("testing"),
        "object": facts.characteristic_on is not None,
        "request": facts.characteristic_on is None,
    }
    return own.get(act.name, True)


def _reasons(act: Act, look: Look) -> list[Told]:
    """Say what an act still needs."""
    if act.action is None:
        return []
    faults = rules.case_faults(act.action, look.facts, cycle=look.cycle, regime=look.regime, sitting=look.sitting)
    return [told(fault, look.regime) for fault in faults]


def _is_done(act: Act, look: Look) -> bool:
    """Tell whether it was done before, so that its form corrects what is there."""
    return any(getattr(look.case, name) not in (None, "") for name in act.form.kept)


def make_form(act: Act, look: Look, user: User, data: Any, *, on: date) -> CaseForm:
    """Make the form of an act, blank or with what was sent."""
    case = look.case
    told_: dict[str, Any] = {"case": case, "on": on}
    if act.name == "ask":
        told_["rungs"] = look.rungs
    elif act.name == "missed":
        told_["sittings"] = selectors.sittings_to_come(case.cycle, but=case.sitting_id)
    elif act.name == "repeat" or (act.name == "cancel" and case.state in _DECIDED):
        told_["cycles"] = selectors.cycles_to_repeat_in(case)
    elif act.name == "hand_in" and not case.characteristic_author:
        told_["initial"] = {"characteristic_author": selectors.superior_of(case) or user.get_full_name()}
    return act.form(data, **told_)
