"""Refusals in words: what stands in the way, what to do about it, and the clause that says so.

Pages show these words beside the field or above the form; a code never reaches a reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attestation.cycle import Caution, Lack, Missed, Note, Refusal, Step
from attestation.cycle_services import (
    AlreadyDecidedError,
    MemberActedError,
    NotYourPartError,
    OpenRulesError,
    StaleCycleError,
)
from attestation.regime_words import clause_words, parameter_words
from attestation.regimes import Regime

_COMMISSION = {
    Lack.NO_CHAIR: gettext_lazy("The commission has no chair. Name one."),
    Lack.SEVERAL_CHAIRS: gettext_lazy("The commission has more than one chair. Leave one of them."),
    Lack.NO_SECRETARY: gettext_lazy("The commission has no secretary. Name one."),
    Lack.SEVERAL_SECRETARIES: gettext_lazy("The commission has more than one secretary. Leave one of them."),
    Lack.PERSON_TWICE: gettext_lazy("One person stands in the commission twice. Take one of the two lines out."),
    Lack.TOO_FEW_MEMBERS: gettext_lazy("The commission has too few members. Name more of them."),
    Lack.NO_REPRESENTATIVE: gettext_lazy(
        "The decision can lead to dismissal, and the commission has no representative of the employees. "
        "Such a decision needs one in the commission."
    ),
    Lack.NOT_A_MEMBER: gettext_lazy(
        "Somebody is named who is not in the commission. Nobody but its members, as the order names them, takes part."
    ),
}
_SITTING = {
    Lack.NO_QUORUM: gettext_lazy(
        "Too few members are present, so there is no quorum. Note whoever has come, or hold the sitting on another day."
    ),
    Lack.CHAIR_ABSENT: gettext_lazy(
        "The chair is absent, and the rules let no member take the chair's place. Hold the sitting on another day."
    ),
    Lack.NO_ACTING_CHAIR: gettext_lazy("The chair is absent. Choose the member who takes the chair's place."),
    Lack.ACTING_CHAIR_UNFIT: gettext_lazy(
        "Only a member of the commission who is present can take the chair's place. Choose another one."
    ),
    Lack.BEFORE_START: gettext_lazy(
        "No sitting can be held before the first day of the attestation, from which the notices are counted back. "
        "Choose a later day."
    ),
    Lack.SITTING_NOT_OPEN: gettext_lazy(
        "The sitting has not begun yet or is over already. Open it, or choose another sitting."
    ),
    Lack.CASE_UNDECIDED: gettext_lazy(
        "Not everybody before the sitting has a decision. Decide, or note who did not come."
    ),
    Lack.CASE_DECIDED: gettext_lazy("The commission has decided here already, so this can no longer be changed."),
    Lack.MINUTES_SIGNED: gettext_lazy("The minutes are signed, so the sitting can no longer be changed."),
    Lack.MINUTES_NOT_SIGNED: gettext_lazy("The minutes of the sitting are not signed yet. Note their signing first."),
}
_VOTES = {
    Lack.SECRETARY_DOES_NOT_VOTE: gettext_lazy("The secretary has no vote. Take the evaluation sheet out."),
    Lack.OWN_CASE: gettext_lazy("Nobody votes on their own case. The other members decide."),
    Lack.NOT_PRESENT: gettext_lazy("Only members who are present vote. Note the presence first, if it is so."),
    Lack.NO_VOTES: gettext_lazy("There are no votes yet. Every member who is present fills in an evaluation sheet."),
    Lack.VOTES_MISSING: gettext_lazy(
        "Not everybody who is present has voted. Every member who is present fills in an evaluation sheet."
    ),
    Lack.VOTED_TWICE: gettext_lazy("A member has voted twice. Leave one evaluation sheet of each member."),
    Lack.NO_CASTING_VOTE: gettext_lazy(
        "The votes are equal, and whoever leads the sitting has not voted. Only that vote can settle it."
    ),
    Lack.CHAIR_VOTED_OTHERWISE: gettext_lazy(
        "The votes are equal, and whoever leads the sitting voted for something else. Talk it over and vote again."
    ),
    Lack.TIE_OPEN: gettext_lazy(
        "The votes are equal, and the rule-set does not say what that means. Talk it over and vote again."
    ),
}
_DECISIONS = {
    Lack.DECISION_NOT_ALLOWED: gettext_lazy(
        "The rules do not know this decision at an attestation of this kind. Choose one of the others."
    ),
    Lack.NO_MARK: gettext_lazy("The mark is missing. Choose one of the scale."),
    Lack.MARK_UNKNOWN: gettext_lazy("The scale has no such mark. Choose one of the scale."),
    Lack.MARK_FORBIDS: gettext_lazy("The rules tie this mark to another decision. Change the mark or the decision."),
    Lack.CATEGORY_NOT_DECIDED_HERE: gettext_lazy(
        "No category is decided in this case: the post has none, or the rules do not provide for it. "
        "Leave the category empty."
    ),
    Lack.CATEGORY_MISSING: gettext_lazy(
        "The decision on the category is not complete. Name the category with its level, or that there are no grounds."
    ),
    Lack.CATEGORY_UNDECIDED: gettext_lazy(
        "A category is named only where it is established. Choose the decision on the category, or leave the level and "
        "the category empty."
    ),
    Lack.NOT_AS_VOTED: gettext_lazy("The decision is not what the votes come to. Put it down as it was voted."),
    Lack.REASON_MISSING: gettext_lazy("The reason is missing. Write down why."),
    Lack.NO_GROUND_FOR_DISMISSAL: gettext_lazy(
        "Dismissal can be recommended only after the decision that the person does not fit the post, or after absences "
        "without a valid reason."
    ),
    Lack.PROTECTED: gettext_lazy(
        "The person is protected from dismissal now. Take the recommendation for dismissal out."
    ),
    Lack.PROTECTION_UNKNOWN: gettext_lazy(
        "It is not known whether the person is near pension age and protected from dismissal. "
        "Note it in the particulars first."
    ),
    Lack.NO_CONSEQUENCE: gettext_lazy(
        "The rules name no decision that follows from this absence. Put the case before another sitting."
    ),
}
_CASE = {
    Lack.WRONG_STATE: gettext_lazy(
        "This cannot be done in the present state: it is too early, or it was done already. Look at it as it is now."
    ),
    Lack.NOT_NOTIFIED: gettext_lazy("The employee has no notice yet. Note the day on which it was handed over."),
    Lack.NO_CHARACTERISTIC: gettext_lazy(
        "The service characteristic is missing. Ask the immediate superior for it and enter it."
    ),
    Lack.NOT_TESTED: gettext_lazy("The result of the test is missing. Enter it."),
    Lack.NO_APPLICATION: gettext_lazy("The employee's application is missing. Enter the day of the application."),
    Lack.EARLY_NOT_ALLOWED: gettext_lazy(
        "The attestation is not due, and the rules know none before its time. Leave the person out of the list."
    ),
    Lack.NO_SITTING: gettext_lazy("The case is before no sitting. Put it before one first."),
    Lack.EMPLOYEE_ABSENT: gettext_lazy("The employee missed this sitting. Choose another one."),
    Lack.TOO_EARLY: gettext_lazy("It is too early for this. Choose a later day."),
    Lack.NOT_APPROVED: gettext_lazy("The head has not approved the decision yet. The head approves it first."),
    Lack.NOT_ACQUAINTED: gettext_lazy(
        "The employee has not read the attestation sheet. Note the day, or the act of refusal."
    ),
    Lack.NO_REPEAT: gettext_lazy("A repeated attestation was decided and is not planned yet. Open it."),
    Lack.NOT_REPEATED: gettext_lazy("The commission did not decide on a repeated attestation, so there is none."),
    Lack.REPEATED_ALREADY: gettext_lazy("The repeated attestation of this case is open already."),
}
_CYCLE = {
    Lack.RULE_OPEN: gettext_lazy("The organisation has to settle first what the act leaves open."),
    Lack.NO_ORDER: gettext_lazy("The day of the order is missing. Enter it."),
    Lack.NOBODY_LISTED: gettext_lazy("Nobody is in the list. Propose the people who are due, or add somebody."),
    Lack.CYCLE_NOT_APPROVED: gettext_lazy(
        "The list, the schedule and the commission are not approved, or the cycle is over. "
        "Nothing can be done here before the order of the head, and nothing after the end."
    ),
    Lack.CASE_NOT_CLOSED: gettext_lazy("Not every case is finished. Finish or cancel what is left."),
}
#: What the sentence itself counts already.
_SAID = (Lack.NO_CHAIR, Lack.SEVERAL_CHAIRS, Lack.NO_SECRETARY, Lack.SEVERAL_SECRETARIES)
#: Where one code has a sentence of its own under a rule.
_UNDER: dict[tuple[Lack, str], Any] = {
    (Lack.TOO_EARLY, "repeat_after_months"): gettext_lazy(
        "It is too early for the repeated attestation. Choose a later sitting."
    ),
}
_WORDS: dict[Lack, Any] = {**_COMMISSION, **_SITTING, **_VOTES, **_DECISIONS, **_CASE, **_CYCLE}

_NOTES = {
    Note.NO_REPRESENTATIVE: gettext_lazy(
        "The commission has no representative of the employees, so it cannot decide what may lead to dismissal."
    ),
    Note.REPRESENTATIVE_ABSENT: gettext_lazy("The representative of the employees was absent at the sitting."),
    Note.NO_ABSOLUTE_MAJORITY: gettext_lazy("The decision has the most votes, but not more than half of them."),
    Note.TEST_FAILED: gettext_lazy("The test was not passed."),
    Note.CATEGORY_WITHOUT_FITNESS: gettext_lazy(
        "A category is established although the commission did not decide that the person fits the post."
    ),
    Note.PROTECTED: gettext_lazy("The person is protected from dismissal now."),
    Note.PROTECTION_UNKNOWN: gettext_lazy(
        "It is not known whether the person is near pension age and protected from dismissal."
    ),
}

_STEPS = {
    Step.NOTICE: gettext_lazy("notice of the attestation"),
    Step.CHARACTERISTIC: gettext_lazy("service characteristic"),
    Step.ACQUAINTANCE: gettext_lazy("acquaintance with the characteristic"),
    Step.ATTESTATION: gettext_lazy("attestation"),
    Step.MINUTES: gettext_lazy("signing of the minutes"),
    Step.APPROVAL: gettext_lazy("approval by the head"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in words, and the clause that it comes from; blank where no act says so."""

    words: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.clause})" if self.clause else self.words


def told(refusal: Refusal, regime: Regime | None) -> Told:
    """Say why something is not allowed, what to do, and by which clause; figures and days follow the sentence."""
    parts = [str(_UNDER.get((refusal.code, refusal.rule)) or _WORDS[refusal.code])]
    if refusal.code is Lack.RULE_OPEN and refusal.rule:
        parts = [
            _("The organisation has to settle this rule first: «%(rule)s».") % {"rule": parameter_words(refusal.rule)}
        ]
    if refusal.code in _SAID:
        return Told(" ".join(parts), _clause(refusal.rule, regime))
    if refusal.needed is not None and refusal.found is not None:
        numbers = {"needed": refusal.needed, "found": refusal.found}
        parts.append(_("Needed: %(needed)d; there are: %(found)d.") % numbers)
    elif refusal.found is not None:
        parts.append(_("How many: %(found)d.") % {"found": refusal.found})
    if refusal.day is not None:
        parts.append(_("Possible from: %(day)s.") % {"day": date_format(refusal.day, "SHORT_DATE_FORMAT")})
    return Told(" ".join(parts), _clause(refusal.rule, regime))


def refusal_words(error: Exception, regime: Regime | None = None) -> str:
    """Say in one text why a service of a cycle saved nothing, whatever it raised."""
    if isinstance(error, Refusal):
        return str(told(error, regime))
    if isinstance(error, OpenRulesError):
        return open_rules_words(error)
    if isinstance(error, NotYourPartError):
        return _("This is for others to do: your rights do not cover it. Ask whoever runs the attestation.")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, StaleCycleError | AlreadyDecidedError | MemberActedError):
        return str(error)
    if isinstance(error, PermissionDenied) and str(error):
        return str(error)
    raise error


def stale_words() -> str:
    """Say that somebody else has saved meanwhile."""
    return str(StaleCycleError())


def open_rules_words(error: OpenRulesError) -> str:
    """Name the rules that an organisation has to settle before a cycle can follow the rule-set."""
    sentence = ngettext(
        "This rule-set cannot be followed yet: a rule is still to be settled by the organisation: %(rules)s.",
        "This rule-set cannot be followed yet: %(count)d rules are still to be settled by the organisation: %(rules)s.",
        len(error.rules),
    )
    rules = "; ".join(f"«{parameter_words(name)}»" for name in error.rules)
    return sentence % {"count": len(error.rules), "rules": rules}


def caution_words(caution: Caution, regime: Regime | None) -> Told:
    """Say what is to be noticed though it forbids nothing."""
    return Told(str(_NOTES[caution.code]), _clause(caution.rule, regime))


def step_words(step: Step | str) -> str:
    """Name what has a deadline."""
    return str(_STEPS[Step(step)])


def missed_words(missed: Missed, regime: Regime | None) -> Told:
    """Say which deadline was missed, and when the thing was done after all."""
    days = {
        "step": step_words(missed.code),
        "deadline": date_format(missed.deadline, "SHORT_DATE_FORMAT"),
        "day": date_format(missed.happened, "SHORT_DATE_FORMAT") if missed.happened else "",
    }
    if missed.happened:
        words = _("Late – %(step)s; last day: %(deadline)s, done on: %(day)s.") % days
    else:
        words = _("Late – %(step)s; last day: %(deadline)s, not done.") % days
    return Told(words, _clause(missed.rule, regime))


def _clause(rule: str, regime: Regime | None) -> str:
    return clause_words(regime, rule) if rule and regime is not None else ""
