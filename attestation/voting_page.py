"""The page of an evaluation sheet: who may fill it in, what stands in the way, and the verdict beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from attestation import case_selectors as selectors
from attestation import cycle as rules
from attestation.case_proposal import Shown, kept_proposal, live_proposal
from attestation.case_selectors import Look, SheetLine
from attestation.case_words import category_choice_words
from attestation.models import CommissionMember, EvaluationSheet
from attestation.refusal_words import Told, told
from attestation.regime_words import mark_words
from attestation.sheet_forms import SheetForm
from employees.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Voting:
    """A sheet as its page shows it: a form, or what is in it, or why it cannot be filled in now."""

    look: Look
    member: CommissionMember
    line: SheetLine
    sheet: EvaluationSheet | None
    own: bool
    form: SheetForm | None
    reasons: list[Told]
    proposal: Shown | None
    differences: list[Any] | None = None

    @property
    def back(self) -> str:
        """Where the page leads afterwards: the sitting, at this person."""
        case = self.look.case
        return f"{reverse('sitting', args=[case.sitting_id])}?case={case.pk}#heard"

    def renewed(self, differences: list[Any]) -> Voting:
        """Set what was typed beside what is kept now."""
        return replace(self, differences=differences)

    def context(self) -> dict[str, Any]:
        """Give what the template shows."""
        sheet = self.sheet if self.form is None else None
        choice = rules.CategoryChoice(sheet.category_decision, sheet.level, sheet.category) if sheet else rules.UNSAID
        return {
            "case": self.look.case,
            "employee": self.look.case.employee,
            "look": self.look,
            "member": self.member,
            "line": self.line,
            "own": self.own,
            "form": self.form,
            "reasons": self.reasons,
            "proposal": self.proposal,
            "differences": self.differences,
            "sheet": sheet,
            "mark": mark_words(sheet.mark) if sheet and sheet.mark else "",
            "category": category_choice_words(choice),
            "back": self.back if self.look.case.sitting_id else reverse("case", args=[self.look.case.pk]),
        }


def voting(user: User, look: Look, member: int, data: Any, *, on: date) -> Voting | None:
    """Read a sheet for its page (at most 12 queries); None for a stranger to the commission.

    A member fills in her own; whoever keeps the minutes writes one down that is on paper. Raises PermissionDenied for
    anybody else, until the decision opens the sheets.
    """
    found = next((each for each in look.members if each.pk == member), None)
    if found is None:
        return None
    line = _line(user, look, found)
    own = found.user_id is not None and found.user_id == user.pk
    writes = own or (look.part.keep_minutes and (line.handed_in is None or line.on_paper))
    if not line.open and (look.is_decided or not writes):
        raise PermissionDenied
    reasons = [] if look.is_decided else _reasons(look, found)
    sheet = selectors.sheet_of(look.case, found) if line.open or writes else None
    fillable = writes and not look.is_decided and not reasons
    return Voting(
        look=look,
        member=found,
        line=line,
        sheet=sheet,
        own=own,
        form=_form(look, sheet, data, own=own, on=on) if fillable else None,
        reasons=reasons,
        proposal=kept_proposal(look.case) if look.is_decided else live_proposal(look),
    )


def _line(user: User, look: Look, member: CommissionMember) -> SheetLine:
    """Give the sheet of a member, blank where she has none and does not vote."""
    lines = selectors.sheet_lines(user, look)
    blank = SheetLine(member=member, sheet=None, handed_in=None, open=False, on_paper=False, votes=False)
    return next((line for line in lines if line.member.pk == member.pk), blank)


def _reasons(look: Look, member: CommissionMember) -> list[Told]:
    """Say why this member cannot vote on this case now."""
    faults = list(
        rules.case_faults(rules.CaseAction.VOTE, look.facts, cycle=look.cycle, regime=look.regime, sitting=look.sitting)
    )
    present = look.sitting.present if look.sitting else frozenset()
    try:
        rules.case_after(look.case.state, rules.CaseAction.VOTE)
        rules.check_voter(member.pk, look.cycle.members, present, look.case.employee_id, look.regime)
    except rules.Refusal as refusal:
        faults.append(refusal)
    return [told(fault, look.regime) for fault in faults]


def _form(look: Look, sheet: EvaluationSheet | None, data: Any, *, own: bool, on: date) -> SheetForm:
    return SheetForm(
        data,
        case=look.case,
        on=on,
        facts=look.facts,
        regime=look.regime,
        rungs=look.rungs,
        sheet=sheet,
        paper_on=None if own else look.on,
    )
