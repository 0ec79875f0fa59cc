"""The forms on which people decide: an evaluation sheet, a decision, who is present at a sitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation import cycle as rules
from attestation.case_forms import CaseForm, radio_field, rung_choices, rung_chosen, rung_code, words_field
from attestation.codes import CategoryDecision, CommissionRole, Decision
from attestation.cycle_forms import Versioned, not_ahead, text_field
from attestation.models import Case, CommissionMember, EvaluationSheet, Sitting
from attestation.regime_words import mark_words
from attestation.regimes import Regime
from employees.form_fields import UNKNOWN
from employees.forms import day_field
from positions.rules import RungKey

#: The choice that no category can be established.
NO_GROUNDS = str(CategoryDecision.NO_GROUNDS)


class SheetForm(CaseForm):
    """How one member evaluates a case: only what the rule-set knows at an attestation of this kind."""

    reasons = words_field(gettext_lazy("Reasons"), rows=3)
    dissenting_opinion = words_field(
        gettext_lazy("Dissenting opinion"),
        rows=2,
        help_text=gettext_lazy("Where you disagree with the decision; it goes to the minutes."),
    )
    wide = ("decision", "mark", "category", "reasons", "dissenting_opinion")
    field_order = ("decision", "mark", "category", "reasons", "dissenting_opinion")
    #: The sheet as it is kept now, told after somebody else has saved it.
    now: EvaluationSheet | None = None

    def __init__(
        self,
        *args: Any,
        case: Case,
        facts: rules.CaseFacts,
        regime: Regime,
        rungs: Sequence[RungKey],
        sheet: EvaluationSheet | None,
        paper_on: date | None = None,
        **kwargs: Any,
    ) -> None:
        self.day_name = "submitted_on" if paper_on else ""
        super().__init__(*args, case=case, initial=sheet_values(sheet), auto_id="vote-%s", **kwargs)
        if paper_on:
            day = sheet.submitted_on if sheet else min(paper_on, self.on)
            self.fields["submitted_on"] = day_field(label=gettext_lazy("Day of the sheet"), initial=day)
            self.initial["submitted_on"] = day
        allowed = rules.allowed_decisions(facts.kind, regime)
        self.fields["decision"] = radio_field(
            gettext_lazy("Decision"), [(code, Decision(code).label) for code in allowed]
        )
        if regime.marks:
            self.fields["mark"] = radio_field(gettext_lazy("Mark"), mark_choices(regime))
        if rules.category_refusal(facts, regime) is None:
            needed = rules.category_needed(facts, regime)
            self.fields["category"] = radio_field(
                gettext_lazy("Decision on the category"), _category_choices(rungs, needed=needed), required=needed
            )
        self.order_fields(self.field_order)

    def stored(self, case: Case) -> dict[str, Any]:
        """Give what is kept of the sheet now."""
        return {name: value for name, value in sheet_values(self.now).items() if name in self.fields}

    def told(self) -> dict[str, str]:
        """Give the vote as the service takes it."""
        told = self.cleaned_data
        category = told.get("category", "")
        level, name = ("", "") if category in ("", NO_GROUNDS) else rung_chosen(category)
        decision = NO_GROUNDS if category == NO_GROUNDS else str(CategoryDecision.ESTABLISHED) if category else ""
        return {
            "decision": told["decision"],
            "mark": told.get("mark", ""),
            "category_decision": decision,
            "level": level,
            "category": name,
            "reasons": told["reasons"],
            "dissenting_opinion": told["dissenting_opinion"],
        }


def sheet_values(sheet: EvaluationSheet | None) -> dict[str, Any]:
    """Give a sheet by the fields of its form."""
    if sheet is None:
        return {"version": None}
    established = sheet.category_decision == CategoryDecision.ESTABLISHED
    return {
        "version": sheet.version,
        "decision": sheet.decision,
        "mark": sheet.mark,
        "category": rung_code(sheet.level, sheet.category) if established else sheet.category_decision,
        "reasons": sheet.reasons,
        "dissenting_opinion": sheet.dissenting_opinion,
    }


def mark_choices(regime: Regime, decision: str | None = None) -> list[tuple[str, str]]:
    """Name the marks of a scale, or those that go with a decision, each with the decision that the act ties to it."""
    marks = [mark for mark in regime.marks if decision is None or mark.decision in (None, decision)]
    return [
        (
            mark.code,
            f"{mark_words(mark.code)} – {Decision(mark.decision).label}" if mark.decision else mark_words(mark.code),
        )
        for mark in marks
    ]


def _category_choices(rungs: Sequence[RungKey], *, needed: bool) -> list[tuple[str, str]]:
    unsaid = [] if needed else [("", _("nothing is said of the category"))]
    return [*rung_choices(rungs), (NO_GROUNDS, str(CategoryDecision.NO_GROUNDS.label)), *unsaid]


class DecideForm(CaseForm):
    """The decision of the commission as its votes have it, with what goes beside it."""

    decision = forms.CharField(widget=forms.HiddenInput)
    category_decision = forms.CharField(widget=forms.HiddenInput, required=False)
    level = forms.CharField(widget=forms.HiddenInput, required=False)
    category = forms.CharField(widget=forms.HiddenInput, required=False)
    difference_reason = words_field(gettext_lazy("Why the decision differs from the proposal"))
    recommendations = words_field(gettext_lazy("Recommendations with reasons"))
    notes = words_field(gettext_lazy("Notes"), rows=2)
    wide = ("mark", "difference_reason", "recommendations", "notes", "recommended_for_dismissal")
    field_order = ("mark", "difference_reason", "recommended_for_dismissal", "recommendations", "notes")
    kept = ("mark", "recommendations", "difference_reason", "notes")

    def __init__(
        self,
        *args: Any,
        case: Case,
        outcome: rules.Outcome,
        regime: Regime,
        differs: bool,
        dismissal: bool,
        marks: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        choice = outcome.category.choice if outcome.category else rules.UNSAID
        initial = {
            "decision": outcome.decision,
            "category_decision": choice.decision,
            "level": choice.level,
            "category": choice.category,
            "mark": _commonest(marks),
        }
        super().__init__(*args, case=case, initial=initial, **kwargs)
        allowed = mark_choices(regime, outcome.decision)
        if allowed:
            none = ("", _("no mark of the commission as a whole"))
            self.fields["mark"] = radio_field(gettext_lazy("Mark"), [*allowed, none], required=False)
        if not differs:
            del self.fields["difference_reason"]
        else:
            self.fields["difference_reason"].required = True
        if dismissal:
            self.fields["recommended_for_dismissal"] = forms.BooleanField(
                label=gettext_lazy("The commission recommends dismissal"), required=False
            )
        self.order_fields(self.field_order)

    def told(self) -> dict[str, Any]:
        """Give the decision as the service takes it."""
        names = ("decision", "category_decision", "level", "category", "mark", "recommendations", "notes")
        told: dict[str, Any] = {name: self.cleaned_data.get(name, "") for name in names}
        told["difference_reason"] = self.cleaned_data.get("difference_reason", "")
        told["recommended_for_dismissal"] = self.cleaned_data.get("recommended_for_dismissal", False)
        return told


def _commonest(marks: Mapping[str, int]) -> str:
    """Give the mark that most members gave; none where two share the first place."""
    most = max(marks.values(), default=0)
    top = [mark for mark, count in marks.items() if count == most]
    return top[0] if len(top) == 1 else ""


# ------------------------------------------------------------------------------------------------------------ a sitting


class PresenceForm(Versioned):
    """Who is present at a sitting, and who takes the chair where the chair is absent."""

    present = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Present"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    acting_chair = forms.TypedChoiceField(
        label=gettext_lazy("Takes the chair where the chair is absent"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[CommissionMember],
        sitting: Sitting,
        present: frozenset[int],
        regime: Regime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        told = {"version": sitting.version, "present": list(present), "acting_chair": sitting.acting_chair_id}
        self.initial = {**told, **self.initial}
        present_field: Any = self.fields["present"]
        present_field.choices = [(member.pk, member_label(member)) for member in members]
        if regime.yes("member_replaces_chair"):
            acting: Any = self.fields["acting_chair"]
            others = [member for member in members if member.role == CommissionRole.MEMBER]
            acting.choices = [("", "—"), *((member.pk, member.name) for member in others)]
        else:
            del self.fields["acting_chair"]

    @property
    def seated(self) -> frozenset[int]:
        """Those who are present, as far as it can be read."""
        return frozenset(self.cleaned_data.get("present") or ())


def member_label(member: CommissionMember) -> str:
    """Name a member with her role and her post."""
    parts = [str(CommissionRole(member.role).label), member.post]
    if member.represents_employees:
        parts.append(_("representative of the employees"))
    return f"{member.name} – {', '.join(part for part in parts if part)}"


class SignForm(Versioned):
    """The minutes are signed."""

    signed_on = day_field(label=gettext_lazy("Minutes signed on"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_signed_on(self) -> date | None:
        """Refuse a day still to come."""
        return not_ahead(self.cleaned_data["signed_on"], self.on)


class RecordingForm(Versioned):
    """Where the recording of a sitting is kept."""

    recording = text_field(gettext_lazy("Where the recording is kept"), most=300, required=False)
