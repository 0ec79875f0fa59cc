"""The forms of a case: what happened on which day, what was said and written, what is decided.

A field is named as the case keeps it, so that what somebody typed can be set beside what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attestation.codes import MissedReason, ProofKind
from attestation.cycle_forms import not_ahead, text_field
from attestation.models import Case, Cycle, Sitting
from attestation.wording import day
from employees.form_fields import NEEDED, UNKNOWN
from employees.forms import VersionedForm, day_field
from positions import rules
from positions.wording import rung_words

_BLANK = [("", "—")]


def words_field(label: Any, *, required: bool = False, rows: int = 3, **told: Any) -> forms.CharField:
    """Make a field for sentences."""
    return text_field(label, most=20_000, required=required, widget=forms.Textarea(attrs={"rows": rows}), **told)


def choice_field(label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    """Make a field with a list to choose from, nothing chosen at first."""
    named = [(str(code), capfirst(words)) for code, words in choices]
    errors = {"required": NEEDED, "invalid_choice": UNKNOWN}
    return forms.ChoiceField(label=label, required=required, choices=[*_BLANK, *named], error_messages=errors)


def radio_field(label: Any, choices: Iterable[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    """Make a field with everything that can be chosen in sight."""
    named = [(str(code), capfirst(words)) for code, words in choices]
    errors = {"required": UNKNOWN, "invalid_choice": UNKNOWN}
    return forms.ChoiceField(
        label=label, required=required, choices=named, widget=forms.RadioSelect, error_messages=errors
    )


class CaseForm(VersionedForm):
    """A form of a case, with the day on which something happened where it has one; today unless told otherwise."""

    #: The field of the day on which it happened.
    day_name = ""
    other_days: tuple[str, ...] = ()
    #: What stands in the whole width.
    wide: tuple[str, ...] = ()
    #: Fields of the form that the case keeps under the same name.
    kept: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: Case, on: date, **kwargs: Any) -> None:
        self.case, self.on = case, on
        stored = {name: getattr(case, name) for name in self.kept if getattr(case, name) not in (None, "")}
        first = {self.day_name: on} if self.day_name else {}
        kwargs["initial"] = {"version": case.version, **first, **stored, **kwargs.get("initial", {})}
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is still to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in (self.day_name, *self.other_days):
            try:
                not_ahead(cleaned.get(name), self.on)
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned

    @property
    def happened(self) -> date:
        """The day on which it happened."""
        told: date = self.cleaned_data[self.day_name] if self.day_name else self.on
        return told

    def stored(self, case: Case) -> dict[str, Any]:
        """Give what the case holds now, by the fields of the form."""
        return {name: getattr(case, name) for name in self.kept}

    @property
    def helper(self) -> FormHelper:
        """The layout: what is hidden first, then the fields as they flow."""
        hidden = [name for name, field in self.fields.items() if field.widget.is_hidden]
        shown = [name for name in self.fields if name not in hidden]
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*hidden, Div(*map(self._part, shown), css_class="record-fields"))
        self._take_the_focus()
        return helper

    def _part(self, name: str) -> Div:
        return Div(name, css_class="wide" if name in self.wide else "")

    def _take_the_focus(self) -> None:
        """Leave the cursor where it is, unless something is wrong: a page of a case holds many forms."""
        if self.is_bound and self.errors:
            super()._take_the_focus()


# --------------------------------------------------------------------------------------------------------- preparation


class NotifyForm(CaseForm):
    """The notice: when it reached the employee, and what proves it."""

    notified_on = day_field(label=gettext_lazy("Notice reached the employee on"))
    notice_proof = choice_field(gettext_lazy("Proof of delivery"), ProofKind.choices)
    day_name = "notified_on"
    kept = ("notified_on", "notice_proof")


class RequestForm(CaseForm):
    """The request for the characteristic."""

    characteristic_requested_on = day_field(label=gettext_lazy("Characteristic asked for on"))
    day_name = "characteristic_requested_on"
    kept = ("characteristic_requested_on",)


class HandInForm(CaseForm):
    """The characteristic: its text, the assessment in it, its author and the day."""

    characteristic = words_field(gettext_lazy("Service characteristic"), required=True, rows=8)
    characteristic_assessment = words_field(
        gettext_lazy("Assessment by the immediate superior"),
        required=True,
        help_text=gettext_lazy("In a sentence or two: the attestation sheet quotes it."),
    )
    characteristic_author = text_field(gettext_lazy("Immediate superior"), most=300)
    characteristic_on = day_field(label=gettext_lazy("Handed in on"))
    day_name = "characteristic_on"
    wide = ("characteristic", "characteristic_assessment")
    kept = ("characteristic", "characteristic_assessment", "characteristic_author", "characteristic_on")


class AcquaintForm(CaseForm):
    """The employee has read the characteristic."""

    acquainted_on = day_field(label=gettext_lazy("Acquainted with the characteristic on"))
    day_name = "acquainted_on"
    kept = ("acquainted_on",)


class ObjectForm(CaseForm):
    """What the employee says against the characteristic."""

    objection = words_field(gettext_lazy("What the employee says against it"), required=True, rows=4)
    objection_on = day_field(label=gettext_lazy("Handed in on"))
    day_name = "objection_on"
    wide = ("objection",)
    kept = ("objection", "objection_on")


class TestForm(CaseForm):
    """The result of the test."""

    test_passed = radio_field(
        gettext_lazy("Result of the test"),
        [("yes", pgettext_lazy("test", "passed")), ("no", pgettext_lazy("test", "not passed"))],
    )
    test_score = forms.DecimalField(
        label=gettext_lazy("Test score"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        localize=True,
        error_messages={"invalid": gettext_lazy("A number is needed here, as 87.5.")},
    )
    tested_on = day_field(label=gettext_lazy("Tested on"))
    day_name = "tested_on"
    kept = ("test_score", "tested_on")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {"test_passed": _yes_or_no(case.test_passed), **kwargs.get("initial", {})}
        super().__init__(*args, case=case, **kwargs)

    def stored(self, case: Case) -> dict[str, Any]:
        """Give what the case holds now."""
        return {"test_passed": _yes_or_no(case.test_passed), **super().stored(case)}


class ParticularsForm(CaseForm):
    """What the attestation sheet asks for beside the records."""

    academic_degree = text_field(gettext_lazy("Academic degree, academic title"), most=300, required=False)
    civil_service_length = text_field(gettext_lazy("Experience in civil-servant posts"), most=100, required=False)
    near_pension = forms.ChoiceField(
        label=gettext_lazy("Protected before pension age"),
        required=False,
        choices=[("", gettext_lazy("not known")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    )
    sanctions = words_field(gettext_lazy("Disciplinary and administrative sanctions"))
    wide = ("sanctions",)
    kept = ("academic_degree", "civil_service_length", "sanctions")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {"near_pension": _yes_or_no(case.near_pension), **kwargs.get("initial", {})}
        super().__init__(*args, case=case, **kwargs)

    def stored(self, case: Case) -> dict[str, Any]:
        """Give what the case holds now."""
        return {**super().stored(case), "near_pension": _yes_or_no(case.near_pension)}


class AskForm(CaseForm):
    """The category somebody asks for, and the day of the application."""

    requested_category = forms.ChoiceField(
        label=gettext_lazy("Category asked for"), required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    applied_on = day_field(label=gettext_lazy("Application of"), required=False)
    other_days = ("applied_on",)
    wide = ("requested_category",)
    kept = ("applied_on",)

    def __init__(self, *args: Any, case: Case, rungs: Sequence[rules.RungKey], **kwargs: Any) -> None:
        asked = rung_code(case.requested_level, case.requested_category)
        kwargs["initial"] = {"requested_category": asked, **kwargs.get("initial", {})}
        super().__init__(*args, case=case, **kwargs)
        self.fields["requested_category"].choices = [("", _("none")), *rung_choices(rungs)]  # type: ignore[attr-defined]

    def stored(self, case: Case) -> dict[str, Any]:
        """Give what the case holds now."""
        asked = rung_code(case.requested_level, case.requested_category)
        return {"requested_category": asked, **super().stored(case)}


# ------------------------------------------------------------------------------------------------------------- sitting


class InterviewForm(CaseForm):
    """The interview, as it goes into the minutes."""

    interview = words_field(gettext_lazy("Questions and answers"), rows=6)
    remarks = words_field(gettext_lazy("Remarks and proposals of the members"))
    opinion = words_field(gettext_lazy("Opinion of the person under attestation"))
    wide = ("interview", "remarks", "opinion")
    kept = ("interview", "remarks", "opinion")


class MissedForm(CaseForm):
    """Why somebody did not come, and the sitting to which the case is put off."""

    reason = choice_field(gettext_lazy("Why the person did not come"), MissedReason.choices)
    words = words_field(gettext_lazy("Document or explanation"), rows=2)
    to = forms.TypedChoiceField(
        label=gettext_lazy("Put off to"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Leave it empty where no sitting is planned yet."),
    )
    wide = ("reason", "words")

    def __init__(self, *args: Any, sittings: Sequence[Sitting] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [*_BLANK, *sitting_choices(sittings)]  # type: ignore[attr-defined]
        self._sittings = {each.pk: each for each in sittings}

    @property
    def sitting(self) -> Sitting | None:
        """The sitting to which the case is put off."""
        return self._sittings.get(self.cleaned_data["to"])


def sitting_choices(sittings: Iterable[Sitting]) -> list[tuple[int, str]]:
    """Name sittings for a list."""
    return [(each.pk, _("sitting %(number)d of %(day)s") % _named(each)) for each in sittings]


def _named(sitting: Sitting) -> dict[str, Any]:
    return {"number": sitting.number, "day": day(sitting.held_on)}


# ---------------------------------------------------------------------------------------------------------- afterwards


class ApproveForm(CaseForm):
    """The head approves the decision."""

    head_decision = words_field(gettext_lazy("Decision of the head"))
    approved_on = day_field(label=gettext_lazy("Approved on"))
    day_name = "approved_on"
    wide = ("head_decision",)
    kept = ("head_decision", "approved_on")


class ResultForm(CaseForm):
    """The employee has read the attestation sheet."""

    result_acquainted_on = day_field(label=gettext_lazy("Acquainted with the sheet on"))
    day_name = "result_acquainted_on"
    kept = ("result_acquainted_on",)


class RefusalForm(CaseForm):
    """The employee refused to read the sheet, before witnesses."""

    refusal_witnesses = words_field(
        gettext_lazy("Witnesses of the refusal"),
        required=True,
        rows=2,
        help_text=gettext_lazy("Name and post of each."),
    )
    refusal_on = day_field(label=gettext_lazy("Refused to be acquainted on"))
    day_name = "refusal_on"
    wide = ("refusal_witnesses",)
    kept = ("refusal_witnesses", "refusal_on")


class _CycleForm(CaseForm):
    """A form that chooses among cycles that go on."""

    cycle = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, cycles: Sequence[Cycle] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cycles = {each.pk: each for each in cycles}
        field: Any = self.fields["cycle"]
        field.choices = [(each.pk, each.title) for each in cycles]
        field.label = _("Attestation in which it is heard anew")
        if not cycles:
            del self.fields["cycle"]

    @property
    def chosen(self) -> Cycle | None:
        """The cycle that was chosen."""
        return self._cycles.get(self.cleaned_data.get("cycle") or 0)


class CancelForm(_CycleForm):
    """Why a case is cancelled, and where it is heard anew."""

    cancel_reason = words_field(
        gettext_lazy("Which rule was broken, and how"), required=True, help_text=gettext_lazy("It goes on record.")
    )
    wide = ("cancel_reason", "cycle")
    kept = ("cancel_reason",)


class RepeatForm(_CycleForm):
    """In which cycle a case is repeated."""

    wide = ("cycle",)


# --------------------------------------------------------------------------------------------------------------- rungs


def rung_code(level: str, category: str) -> str:
    """Write a level with its category as one choice."""
    return f"{level}/{category}" if category else ""


def rung_choices(rungs: Iterable[rules.RungKey]) -> list[tuple[str, str]]:
    """Name the categories that a post has, each with its level."""
    return [(rung_code(key.level or "", key.category or ""), rung_words(key)) for key in rungs]


def rung_chosen(code: str) -> tuple[str, str]:
    """Give level and category of a choice; blanks for none."""
    level, _slash, category = code.partition("/")
    return level, category


def _yes_or_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def yes_or_no(code: str) -> bool | None:
    """Give what was chosen of yes, no and not known."""
    return {"yes": True, "no": False}.get(code)
