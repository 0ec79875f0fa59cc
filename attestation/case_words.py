"""A case in words: its stages, what follows from an absence, what was missed, how the votes fell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attestation.case_stages import Stage, Standing
from attestation.codes import CategoryDecision, Decision
from attestation.cycle import (
    After,
    CategoryChoice,
    Caution,
    Consequence,
    Ground,
    Missed,
    Note,
    Outcome,
    Protection,
    Quorum,
    Step,
)
from attestation.due import Basis
from attestation.refusal_words import Told, caution_words, missed_words
from attestation.regime_words import clause_words
from attestation.regimes import Regime
from attestation.wording import day
from employees.periods import last_day
from positions.norm_selectors import rung_key
from positions.wording import rung_words

_COUNTED: dict[str, Any] = {
    Basis.LAST_ATTESTATION: gettext_lazy("Counted from the last attestation."),
    Basis.LAST_AWARD: gettext_lazy("Counted from the day on which the last category was awarded."),
    Basis.SERVICE: gettext_lazy("Counted from the first day of service; no earlier attestation is on record."),
    Basis.TIME_IN_POST: gettext_lazy("Not before the least time in the post has passed."),
    Basis.RETURN: gettext_lazy("Not before the time of waiting after the return from a long absence has passed."),
    Basis.EXEMPT_ABSENCE: gettext_lazy("Nobody is attested during such an absence."),
    Basis.LONG_ABSENCE: gettext_lazy("Nobody is attested during a long absence; the wait begins with the return."),
    Basis.NO_REGIME: gettext_lazy("The organisation follows no rule-set for this post. Choose one."),
    Basis.PERIOD_OPEN: gettext_lazy("The rule-set leaves open after how many months an attestation is due."),
}
_AFTER: dict[After, Any] = {
    After.POSTPONED: gettext_lazy("The reason is valid: the case is put off to another sitting."),
    After.REPEATED: gettext_lazy("A repeated attestation follows from it."),
    After.DISMISSAL_RECOMMENDED: gettext_lazy("A recommendation for dismissal follows from it."),
    After.NOT_SETTLED: gettext_lazy("The rules tie nothing to it: the case stays in the list for another sitting."),
}
_STAGES: dict[Stage, Any] = {
    Stage.LIST: gettext_lazy("List approved"),
    Stage.NOTICE: gettext_lazy("Notice"),
    Stage.CHARACTERISTIC: gettext_lazy("Service characteristic"),
    Stage.ACQUAINTANCE: gettext_lazy("Acquaintance"),
    Stage.TEST: gettext_lazy("Test"),
    Stage.SITTING: gettext_lazy("Sitting"),
    Stage.DECISION: gettext_lazy("Decision"),
    Stage.MINUTES: gettext_lazy("Minutes"),
    Stage.APPROVAL: gettext_lazy("Approval"),
    Stage.RESULT: gettext_lazy("Attestation sheet read"),
    Stage.END: gettext_lazy("End"),
}
_STANDINGS: dict[Standing, Any] = {
    Standing.DONE: gettext_lazy("done"),
    Standing.NOW: gettext_lazy("now"),
    Standing.LATE: gettext_lazy("overdue"),
    Standing.TO_COME: gettext_lazy("to come"),
    Standing.PASSED_OVER: gettext_lazy("passed over"),
}


def counted_words(basis: str) -> str:
    """Say what the next due day is counted from, or why there is none."""
    return str(_COUNTED.get(basis, ""))


def stage_words(stage: Stage) -> str:
    """Name a stage."""
    return str(_STAGES[stage])


def standing_words(standing: Standing) -> str:
    """Name where a stage stands."""
    return str(_STANDINGS[standing])


def consequence_words(follows: Consequence, regime: Regime) -> Told:
    """Say what follows from a missed sitting."""
    return Told(str(_AFTER[follows.kind]), clause_words(regime, follows.rule) if follows.rule else "")


def warning_words(warnings: Iterable[Mapping[str, Any]], regime: Regime) -> list[Told]:
    """Say what is kept of missed deadlines and other remarks for the minutes."""
    return [_warning(each, regime) for each in warnings]


def _warning(told: Mapping[str, Any], regime: Regime) -> Told:
    rule = str(told.get("rule") or "")
    if not told.get("deadline"):
        return caution_words(Caution(code=Note(told["code"]), rule=rule), regime)
    happened = told.get("happened")
    missed = Missed(
        code=Step(told["code"]),
        rule=rule,
        deadline=date.fromisoformat(told["deadline"]),
        happened=date.fromisoformat(happened) if happened else None,
    )
    return missed_words(missed, regime)


def quorum_words(quorum: Quorum) -> str:
    """Say how many are present, of how many, and how many are needed."""
    return ngettext(
        "%(present)d of %(size)d present; at least %(needed)d needed",
        "%(present)d of %(size)d present; at least %(needed)d needed",
        quorum.present,
    ) % {"present": quorum.present, "size": quorum.size, "needed": quorum.needed}


def category_choice_words(choice: CategoryChoice) -> str:
    """Say what a vote or a decision says of the category."""
    if choice.decision == CategoryDecision.ESTABLISHED:
        rung = rung_words(rung_key(choice.level, choice.category))
        return _("the category is established (confirmed): %(rung)s") % {"rung": rung}
    return str(CategoryDecision(choice.decision).label) if choice.decision else ""


def tally_lines(outcome: Outcome, allowed: Iterable[str]) -> list[tuple[str, int, bool]]:
    """Give the votes for each decision: its words, how many, and whether it has won."""
    shown = [code for code in outcome.counts if code in allowed or outcome.counts[code]]
    return [(str(Decision(code).label), outcome.counts[code], code == outcome.decision) for code in shown]


def category_lines(outcome: Outcome) -> list[tuple[str, int, bool]]:
    """Give the votes for each decision on the category: its words, how many, and whether it has won."""
    if outcome.category is None:
        return []
    won = outcome.category.choice
    return [(category_choice_words(choice), count, choice == won) for choice, count in outcome.category.counts.items()]


def votes_lines(votes: Mapping[str, Any], decision: str) -> list[tuple[str, int, bool]]:
    """Give the votes as they are kept with a decision: words, how many, and whether it has won."""
    counts: Mapping[str, int] = votes.get("counts", {})
    return [(str(Decision(code).label), count, code == decision) for code, count in counts.items() if count]


def category_votes_lines(votes: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Give the votes on the category as they are kept with a decision."""
    told: Iterable[Mapping[str, Any]] = (votes.get("category") or {}).get("counts", ())
    return [
        (category_choice_words(CategoryChoice(each["decision"], each["level"], each["category"])), each["votes"])
        for each in told
    ]


def tie_words(outcome: Outcome) -> list[str]:
    """Say how equal votes were settled, and where the winner has not more than half."""
    found = []
    for tie, by_chair in ((outcome.tie, outcome.decided_by_chair), *_category_tie(outcome)):
        if tie and by_chair:
            found.append(_("The votes are equal; the vote of whoever leads the sitting decides."))
        elif tie:
            found.append(_("The votes are equal; that counts in favour of the employee."))
    if not outcome.absolute and not outcome.tie:
        found.append(_("The decision has the most votes, but not more than half of them."))
    return list(dict.fromkeys(found))


def _category_tie(outcome: Outcome) -> list[tuple[bool, bool]]:
    return [(outcome.category.tie, outcome.category.decided_by_chair)] if outcome.category else []


def protection_words(protection: Protection, regime: Regime) -> Told:
    """Say what protects somebody from dismissal."""
    until = last_day(protection.until)
    words = {
        Ground.PENSION: _("Protected from dismissal: not much is left to pension age."),
        Ground.PENSION_UNKNOWN: _("Protection before pension age is not known. Note it in the particulars."),
        Ground.ABSENCE: _("Protected from dismissal while the absence lasts."),
    }[protection.ground]
    if until is not None:
        words = " ".join([words, _("Last day of the protection: %(day)s.") % {"day": day(until)}])
    return Told(words, clause_words(regime, protection.rule))
