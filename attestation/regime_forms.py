"""Forms of rule-sets: a value and a clause for every rule, and the choice of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.codes import Decision
from attestation.models import Regime
from attestation.regime_words import GROUP_WORDS, code_words, mark_words, parameter_words
from attestation.regimes import PARAMETERS, Group, Kind, Parameter
from employees.models import Organisation

#: As many marks as a scale of the form can have.
MARKS = 6
_COUNTING = (Kind.MONTHS, Kind.DAYS, Kind.WORKING_DAYS, Kind.COUNT, Kind.YEARS)
_UNITS = {
    Kind.MONTHS: gettext_lazy("in months"),
    Kind.DAYS: gettext_lazy("in calendar days"),
    Kind.WORKING_DAYS: gettext_lazy("in working days"),
    Kind.COUNT: gettext_lazy("how many"),
    Kind.YEARS: gettext_lazy("in years"),
    Kind.FRACTION: gettext_lazy("a part such as 2/3"),
}


@dataclass(frozen=True, slots=True)
class RuleFields:
    """A rule of the form: its name, the fields of its value, and the field of its clause."""

    parameter: Parameter
    label: str
    values: list[BoundField]
    clause: BoundField


class RulesForm(forms.Form):
    """Every rule of a rule-set; an empty value leaves the rule open."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regime: Regime, **kwargs: Any) -> None:
        self.told: Mapping[str, Any] = regime.document.get("rules", {})
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = regime.version
        for parameter in PARAMETERS:
            body = self.told.get(parameter.name) or {}
            for name, field in _value_fields(parameter, body.get("value")):
                self.fields[name] = field
            self.fields[f"{parameter.name}-clause"] = forms.CharField(
                label=_("Clause"), required=False, max_length=60, initial=body.get("clause", "")
            )

    @property
    def groups(self) -> Iterator[tuple[str, list[RuleFields]]]:
        """Give the rules by their parts, for the page."""
        for group in Group:
            yield (
                str(GROUP_WORDS[group]),
                [
                    RuleFields(
                        parameter,
                        parameter_words(parameter.name),
                        [self[name] for name in _names(parameter)],
                        self[f"{parameter.name}-clause"],
                    )
                    for parameter in PARAMETERS
                    if parameter.group is group
                ],
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the clause wherever a rule has a value."""
        cleaned: dict[str, Any] = super().clean() or {}
        for parameter in PARAMETERS:
            clause = f"{parameter.name}-clause"
            if clause not in self.errors and self._value(parameter) is not None and not cleaned.get(clause):
                self.add_error(clause, _("Name the clause that settles this, or leave the rule empty."))
        return cleaned

    def rules(self) -> dict[str, Any]:
        """Give the rules as a document holds them."""
        found: dict[str, Any] = {}
        for parameter in PARAMETERS:
            value = self._value(parameter)
            before = self.told.get(parameter.name) or {}
            body = {"value": value, "clause": self.cleaned_data.get(f"{parameter.name}-clause", "")}
            if before.get("act") and body["clause"] == before.get("clause"):
                body["act"] = before["act"]
            found[parameter.name] = body if value is not None else {"value": None}
        return found

    def _value(self, parameter: Parameter) -> Any:
        if parameter.kind is Kind.MARKS:
            return self._marks(parameter)
        value = self.cleaned_data.get(parameter.name)
        if parameter.kind is Kind.YES_NO:
            return {"yes": True, "no": False}.get(str(value))
        if value in (None, "", []):
            return None
        return list(value) if parameter.kind is Kind.CODES else value

    def _marks(self, parameter: Parameter) -> list[dict[str, str]] | None:
        marks = []
        for number in range(MARKS):
            code = self.cleaned_data.get(f"{parameter.name}-{number}", "")
            decision = self.cleaned_data.get(f"{parameter.name}-{number}-decision", "")
            if code:
                marks.append({"code": code, **({"decision": decision} if decision else {})})
        return marks or None


def _names(parameter: Parameter) -> list[str]:
    if parameter.kind is Kind.MARKS:
        return [f"{parameter.name}-{number}{end}" for number in range(MARKS) for end in ("", "-decision")]
    return [parameter.name]


def _value_fields(parameter: Parameter, value: Any) -> Iterator[tuple[str, forms.Field]]:
    """Give the fields of a rule's value, by its kind."""
    label, kind = parameter_words(parameter.name), parameter.kind
    if kind is Kind.MARKS:
        yield from _mark_fields(parameter, value or [])
    elif kind in _COUNTING:
        yield (
            parameter.name,
            forms.IntegerField(
                label=label, required=False, min_value=0, max_value=1200, initial=value, help_text=_UNITS[kind]
            ),
        )
    elif kind is Kind.FRACTION:
        yield (
            parameter.name,
            forms.CharField(
                label=label, required=False, initial=value, help_text=_UNITS[kind], validators=[_is_a_part]
            ),
        )
    elif kind is Kind.CODES:
        choices = [(code, code_words(parameter.name, code)) for code in parameter.choices or _decisions()]
        yield (
            parameter.name,
            forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=choices,
                initial=value or [],
                widget=forms.CheckboxSelectMultiple,
            ),
        )
    else:
        codes = ("yes", "no") if kind is Kind.YES_NO else parameter.choices
        words = {"yes": _("yes"), "no": _("no")}
        choices = [(code, words.get(code) or code_words(parameter.name, code)) for code in codes]
        initial = {True: "yes", False: "no"}.get(value, "") if kind is Kind.YES_NO else value or ""
        yield (
            parameter.name,
            forms.ChoiceField(label=label, required=False, choices=[("", _("not settled")), *choices], initial=initial),
        )


def _decisions() -> tuple[str, ...]:
    return tuple(str(code) for code in Decision.values)


def _mark_fields(parameter: Parameter, marks: list[Mapping[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    free = [("", _("the commission is free")), *Decision.choices]
    for number in range(MARKS):
        mark = marks[number] if number < len(marks) else {}
        shown = {"n": number + 1}
        code = mark.get("code", "")
        yield (
            f"{parameter.name}-{number}",
            forms.CharField(
                label=_("Mark %(n)d") % shown, required=False, max_length=30, initial=code, help_text=mark_words(code)
            ),
        )
        yield (
            f"{parameter.name}-{number}-decision",
            forms.ChoiceField(
                label=_("Decision that mark %(n)d leads to") % shown,
                required=False,
                choices=free,
                initial=mark.get("decision", ""),
            ),
        )


def _is_a_part(value: str) -> None:
    try:
        part = Fraction(value)
    except (ValueError, ZeroDivisionError):
        part = Fraction(0)
    if not 0 < part <= 1:
        raise forms.ValidationError(_("A part of the whole is needed here, as 2/3."))


class ChoiceForm(forms.Form):
    """Which rule-set an organisation follows, from when, and for which positions."""

    regime = forms.TypedChoiceField(label=gettext_lazy("Rule-set"), coerce=int)
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    positions = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these positions"),
        required=False,
        help_text=gettext_lazy("Choose none, and the rule-set holds for every position that has none of its own."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        regimes: list[Regime],
        positions: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.pk, each.title) for each in regimes if each.organisation_id in (None, organisation.pk)]
        self.fields["regime"].choices = choices  # type: ignore[attr-defined]
        self.fields["positions"].choices = positions  # type: ignore[attr-defined]
