"""The page of a sitting: who is present, the people before it one by one, and what is to be done next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms

from attestation import case_selectors as selectors
from attestation import cycle as rules
from attestation.case_page import Offer, offers
from attestation.case_selectors import Heard, look_at
from attestation.case_words import category_choice_words, quorum_words, warning_words
from attestation.codes import CommissionRole, SittingState
from attestation.cycle_access import Part, what_may
from attestation.cycle_forms import Versioned
from attestation.cycle_rows import member_facts, read_sitting, regime_in
from attestation.cycle_selectors import commission_of
from attestation.models import CommissionMember, Sitting
from attestation.refusal_words import Told, told
from attestation.regime_words import clause_words
from attestation.regimes import Regime
from attestation.sheet_forms import PresenceForm, RecordingForm, SignForm
from attestation.working_days import is_working_day
from employees.models import User

#: What is done with the case that is being heard, on the page of the sitting.
_AT_SITTING = ("interview", "missed", "withdraw")


@dataclass(frozen=True, kw_only=True)
class Session:
    """A sitting with everything that its page depends on, as a user meets it."""

    sitting: Sitting
    part: Part
    members: list[CommissionMember]
    regime: Regime
    cycle: rules.CycleFacts
    facts: rules.SittingFacts
    heard: list[Heard]

    def reasons(self, action: rules.SittingAction) -> list[Told]:
        """Say what an action on the sitting still needs."""
        cases = [each.facts for each in self.heard]
        faults = rules.sitting_faults(action, self.facts, cases=cases, cycle=self.cycle, regime=self.regime)
        return [told(fault, self.regime) for fault in faults]

    @property
    def waiting(self) -> list[Heard]:
        """The people who are still to be heard."""
        return [each for each in self.heard if each.is_waiting]


def session_of(user: User, sitting: Sitting) -> Session:
    """Read a sitting for its page (8 queries for any number of people)."""
    members, regime, facts = commission_of(sitting.cycle), regime_in(sitting.cycle), read_sitting(sitting)
    cycle = rules.CycleFacts(
        state=sitting.cycle.state,
        starts_on=sitting.cycle.starts_on,
        order_on=sitting.cycle.order_on,
        members=tuple(member_facts(member) for member in members),
    )
    return Session(
        sitting=sitting,
        part=what_may(user, sitting.cycle),
        members=members,
        regime=regime,
        cycle=cycle,
        facts=facts,
        heard=selectors.hearings(sitting, facts, cycle.members, regime),
    )


def sitting_context(
    user: User, session: Session, chosen: int | None, *, on: date, form: forms.Form | None = None, act: str = ""
) -> dict[str, Any]:
    """Give everything that the page of a sitting shows (at most 20 queries for any number of people and members)."""
    sitting, part = session.sitting, session.part
    state = sitting.state
    own = {act: form} if form is not None else {}
    person = _chosen(session, chosen)
    presence = own.get("open") or own.get("presence") or _presence(session)
    context: dict[str, Any] = {
        "sitting": sitting,
        "cycle": sitting.cycle,
        "session": session,
        "part": part,
        "on": on,
        "presence": presence if part.keep_minutes and state in (SittingState.PLANNED, SittingState.OPEN) else None,
        "present": [member for member in session.members if member.pk in session.facts.present],
        "absent": [member for member in session.members if member.pk not in session.facts.present],
        "quorum": quorum_line(session, _seated(presence, session)),
        "clauses": {name: clause_words(session.regime, name) for name in ("quorum", "minutes_working_days")},
        "warnings": warning_words(sitting.warnings, session.regime),
        "minutes_until": rules.minutes_due(sitting.held_on, session.regime, is_working_day),
        "close_reasons": session.reasons(rules.SittingAction.HOLD) if state == SittingState.OPEN else [],
        "sign": own.get("sign") or SignForm(on=on, initial={"version": sitting.version, "signed_on": on}),
        "recording": own.get("recording")
        or RecordingForm(initial={"version": sitting.version, "recording": sitting.recording}),
        "problem": form,
    }
    return context | _person(user, session, person, on)


def _presence(session: Session) -> PresenceForm:
    return PresenceForm(
        members=session.members, sitting=session.sitting, present=session.facts.present, regime=session.regime
    )


def _seated(form: forms.Form, session: Session) -> Collection[int]:
    """Give those who are ticked: as they were sent, else as they are kept."""
    if form.is_bound and isinstance(form, PresenceForm):
        form.is_valid()
        return form.seated
    return session.facts.present


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumLine:
    """How many are present, in words, and what a sitting with these people lacks."""

    words: str
    held: bool
    clause: str
    reasons: list[Told]


def quorum_line(session: Session, present: Collection[int], acting: int | None = None) -> QuorumLine:
    """Count who is ticked, while they are being ticked."""
    quorum = rules.quorum_of(present, session.cycle.members, session.regime)
    chair = next((member for member in session.members if member.role == CommissionRole.CHAIR), None)
    chairless = bool(present) and (chair is None or chair.pk not in present)
    reasons = []
    if chairless:
        try:
            rules.who_chairs(session.cycle.members, present, acting or session.facts.acting_chair, session.regime)
        except rules.Refusal as refusal:
            reasons.append(told(refusal, session.regime))
    return QuorumLine(
        words=quorum_words(quorum),
        held=quorum.held,
        clause=clause_words(session.regime, "quorum"),
        reasons=reasons,
    )


def _chosen(session: Session, chosen: int | None) -> Heard | None:
    """Give the person who is shown: the one who was chosen, else the first who is still to be heard."""
    found = next((each for each in session.heard if each.case.pk == chosen), None)
    if found is not None or session.sitting.state != SittingState.OPEN:
        return found
    return next(iter(session.waiting), None)


def _person(user: User, session: Session, person: Heard | None, on: date) -> dict[str, Any]:
    """Give what is shown of the person who is being heard."""
    if person is None:
        return {"heard": None}
    case = person.case
    case.cycle, case.sitting = session.sitting.cycle, session.sitting
    look = look_at(user, case)
    found: dict[str, Offer] = offers(user, look, look.moves(on=on), on=on)
    choice = rules.CategoryChoice(case.category_decision, case.decided_level, case.decided_category)
    shown = {name: offer for name, offer in found.items() if name in _AT_SITTING}
    if "interview" in shown and person.is_waiting:
        shown["interview"] = replace(shown["interview"], opened=True)
    return {
        "heard": person,
        "case": case,
        "employee": case.employee,
        "look": look,
        "offers": shown,
        "sheets": selectors.sheet_lines(user, look),
        "may_decide": look.may_decide,
        "decided_category": category_choice_words(choice),
        "back": "sitting",
    }


# ---------------------------------------------------------------------------------------------------------------- acts


def make_form(name: str, session: Session, data: Any, *, on: date) -> forms.Form:
    """Make the form of what is done with a sitting, with what was sent."""
    if name in ("open", "presence"):
        return PresenceForm(
            data, members=session.members, sitting=session.sitting, present=frozenset(), regime=session.regime
        )
    if name == "sign":
        return SignForm(data, on=on)
    return RecordingForm(data) if name == "recording" else Versioned(data)
