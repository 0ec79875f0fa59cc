"""The forms of a person and her records, made of the columns of the workbook: one list of fields, one set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from employees import checking
from employees.facts import HOME_COUNTRY
from employees.form_fields import COUNTRY, DAY, NEEDED, UNKNOWN, PositionField, UnitField
from employees.import_plan import Line, Problem
from employees.models import Employee, Organisation, Unit
from employees.periods import after, last_day
from employees.record_selectors import Known, taken
from employees.stored import LAST_DAYS, RECORDS
from employees.workbook import SHEET_BY_NAME, Column, Sheet
from positions.models import Position

#: What is seldom needed stands folded.
RARE: dict[str, tuple[str, ...]] = {
    "education": (
        "speciality_code",
        "qualification",
        "document_series",
        "country",
        "recognition_number",
        "recognition_on",
        "recognition_waived",
    ),
    "work_history": ("level", "managerial", "non_governmental"),
    "certificates": ("issuer",),
    "personal": ("email",),
    "post": ("dismissed_on",),
}
PERSONAL = ("personnel_number", "iin", "last_name", "first_name", "patronymic", "birth_date", "email")
POST = ("position", "level", "unit", "hired_on", "appointed_on")
_LONG = ("employer", "institution", "position", "title", "unit", "fields", "kind", "recognition_waived")


def _field(column: Column, known: Known) -> forms.Field:
    """Make the form field of a column of the workbook."""
    common: dict[str, Any] = {"label": column.label, "required": column.required}
    if column.kind == "date":
        return day_field(**common)
    if column.kind in ("code", "codes"):
        choices = [(choice.value, choice.label[:1].upper() + choice.label[1:]) for choice in column.codes]
        errors = {"required": NEEDED, "invalid_choice": UNKNOWN}
        if column.kind == "codes":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=widget, error_messages=errors, **common)
        return forms.ChoiceField(choices=[("", "—"), *choices], error_messages=errors, **common)
    if column.kind == "mark":
        return forms.BooleanField(**{**common, "required": False})
    if column.kind == "position":
        return PositionField(known=known.positions, label=_("Position"), required=column.required)
    if column.name == "unit":
        return UnitField(known=known.units, **common)
    if column.kind == "email":
        return forms.EmailField(error_messages={"invalid": _("This is not an e-mail address.")}, **common)
    return _text_field(column, common)


def _text_field(column: Column, common: dict[str, Any]) -> forms.Field:
    too_long = _("The text is longer than %(limit_value)d characters.")
    text = forms.CharField(max_length=column.max_length, error_messages={"required": NEEDED}, **common)
    if column.kind == "number":
        text.max_length = None
        text.validators = [RegexValidator(r"^[0-9]{12}$", _("Twelve digits are needed."))]
        text.widget.attrs = {"inputmode": "numeric", "autocomplete": "off"}
    elif column.kind == "country":
        text.validators = [COUNTRY]
    for validator in text.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = too_long
    text.widget.attrs.pop("maxlength", None)
    return text


def day_field(**common: Any) -> forms.DateField:
    """Make a field for a day, with the bounds of the workbook."""
    outside = _("The date lies outside the years 1900 to 2199.")
    return forms.DateField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": NEEDED, "invalid": DAY},
        validators=[MinValueValidator(date(1900, 1, 1), outside), MaxValueValidator(date(2199, 12, 31), outside)],
        **common,
    )


class Fold(Div):  # type: ignore[misc]
    """Fields that are seldom needed, open where one of them holds something or is wrong."""

    template = "employees/edit/fold.html"

    def __init__(self, *fields: Any, opened: bool) -> None:
        super().__init__(*fields)
        self.opened = opened


class VersionedForm(forms.Form):
    """A form that knows which version of the person it began with, and how it is laid out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    rare: tuple[str, ...] = ()

    @property
    def helper(self) -> FormHelper:
        """The layout: fields that flow, and the rare ones folded."""
        shown = [name for name in self.fields if name != "version" and name not in self.rare]
        rare = [name for name in self.fields if name in self.rare]
        # Asked before the layout is made: a bound form has its mistakes by now.
        opened = any(self.errors.get(name) or self._says_something(name) for name in rare)
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            "version",
            Div(*map(self._part, shown), css_class="record-fields"),
            *([Fold(*map(self._part, rare), opened=opened)] if rare else []),
        )
        self._take_the_focus()
        return helper

    def _part(self, name: str) -> Div:
        return Div(name, css_class="wide" if name in _LONG else "")

    def _says_something(self, name: str) -> bool:
        value = self[name].value()
        return bool(value) and value != self.blanks().get(name)

    def _take_the_focus(self) -> None:
        """Put the cursor into the first wrong field, else into the first."""
        names = [name for name in self.fields if not self.fields[name].widget.is_hidden]
        first = next((name for name in names if name in self.errors), names[0]) if names else None
        if first is not None and not isinstance(self.fields[first].widget, forms.CheckboxSelectMultiple):
            self.fields[first].widget.attrs["autofocus"] = True

    def blanks(self) -> dict[str, Any]:
        """Give what fields hold before anybody has written anything."""
        return {"country": "KZ", "counts": True}

    def note(self, error: ValidationError) -> None:
        """Show what the database would refuse: at its field where the form has it, else above."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def take(self, problems: Iterable[Problem]) -> None:
        """Show the mistakes that stand in fields of this form and have none yet."""
        for problem in problems:
            name = problem.column or ""
            if name in self.fields and name not in self.errors:
                self.add_error(name, problem.reason)


class RecordForm(VersionedForm):
    """One record of a kind."""

    def __init__(self, *args: Any, kind: str, known: Known, record: Any | None = None, **kwargs: Any) -> None:
        self.kind, self.known, self.record = kind, known, record
        self.sheet = SHEET_BY_NAME[kind]
        self.rare = RARE.get(kind, ())
        kwargs["initial"] = {**self.blanks(), **(record_values(kind, record) if record else {}), **kwargs["initial"]}
        super().__init__(*args, **{**kwargs, "auto_id": f"{kind}-{record.pk if record else 'new'}-%s"})
        for column in self.sheet.columns[1:]:
            self.fields[column.name] = _field(column, known)

    def clean(self) -> dict[str, Any]:
        """Check by the same rules as an import."""
        cleaned: dict[str, Any] = super().clean() or {}
        line = line_of(self.sheet, cleaned)
        self.take(checking.record(self.kind, line, self.known.positions, self.known.ladders))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Give what was written, as the model keeps it."""
        renamed = RECORDS[self.kind][1]
        values = {}
        for column in self.sheet.columns[1:]:
            value = self.cleaned_data.get(column.name)
            if column.name in LAST_DAYS:
                value = after(value)
            elif column.name == "country":
                value = (value or HOME_COUNTRY).upper()
            values[renamed.get(column.name, column.name)] = value
        return values


class PersonForm(VersionedForm):
    """What stands with the person: personal data, the present post, or both when she is new."""

    sheet = SHEET_BY_NAME["employees"]

    def __init__(
        self,
        *args: Any,
        names: tuple[str, ...],
        known: Known,
        organisation: Organisation | None,
        employee: Employee | None = None,
        **kwargs: Any,
    ) -> None:
        self.known, self.organisation, self.employee, self.names = known, organisation, employee, names
        self.rare = (*RARE["personal"], *RARE["post"])
        kwargs["initial"] = {**(person_values(employee) if employee else {}), **kwargs["initial"]}
        super().__init__(*args, **{**kwargs, "auto_id": f"{names[0]}-{employee.pk if employee else 'new'}-%s"})
        for name in names:
            self.fields[name] = _field(self.sheet.column(name), known)

    def clean(self) -> dict[str, Any]:
        """Check by the same rules as an import, together with what is stored already."""
        cleaned: dict[str, Any] = super().clean() or {}
        stored = person_values(self.employee) if self.employee else {}
        merged = {**stored, **{name: cleaned.get(name) for name in self.names}}
        line = line_of(self.sheet, merged)
        self.take(checking.employee(line, self.known.positions, self.known.ladders))
        for name, reason in _TAKEN.items():
            value = cleaned.get(name)
            but = self.employee.pk if self.employee else None
            if value and self.organisation and taken(self.organisation, field=name, value=value, but=but):
                self.add_error(name, reason)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Give what was written, as the model keeps it."""
        values = {name: self.cleaned_data.get(name) for name in self.names}
        if "dismissed_on" in values:
            values["employed_until"] = after(values.pop("dismissed_on"))
        if "appointed_on" in values and values["appointed_on"] is None:
            values["appointed_on"] = values.get("hired_on")
        return related(values, self.known)


_TAKEN = {
    "iin": _("Another employee of the organisation has this IIN."),
    "personnel_number": _("Another employee of the organisation has this personnel number."),
}


class HireForm(PersonForm):
    """Somebody new: who she is, and the post she takes."""

    order_number = forms.CharField(label=_("Order number"), max_length=60, required=False)
    field_order = [*PERSONAL[:-1], *POST, "order_number", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, names=(*PERSONAL, *POST), **kwargs)
        self.order_fields(self.field_order)


class OrderForm(VersionedForm):
    """An order: its day and its number."""

    def __init__(self, *args: Any, employee: Employee, known: Known, day: Any, post: bool, **kwargs: Any) -> None:
        self.known, self.employee = known, employee
        if post:
            kwargs["initial"] = {**person_values(employee), **kwargs["initial"]}
        super().__init__(*args, **{**kwargs, "auto_id": "order-%s"})
        self.fields["on"] = day_field(label=day, required=True)
        self.fields["order_number"] = forms.CharField(
            label=_("Order number"), max_length=60, error_messages={"required": NEEDED}
        )
        for name in ("position", "level", "unit") if post else ():
            self.fields[name] = _field(SHEET_BY_NAME["employees"].column(name), known)

    def clean(self) -> dict[str, Any]:
        """Check that the position has the level."""
        cleaned: dict[str, Any] = super().clean() or {}
        line = line_of(SHEET_BY_NAME["employees"], cleaned)
        self.take(checking.employee(line, self.known.positions, self.known.ladders))
        return cleaned


# --------------------------------------------------------------------------------------------------------------- values


def line_of(sheet: Sheet, values: Mapping[str, Any]) -> Line:
    """Give values as a row of the workbook, so that the rules of an import can read them."""
    spoken = {name: value for name, value in values.items() if value not in (None, "")}
    for name, value in list(spoken.items()):
        if isinstance(value, Position):
            spoken[name] = value.code
        elif isinstance(value, Unit):
            spoken[name] = value.name
    return Line(sheet, 0, spoken, {})


def related(values: dict[str, Any], known: Known) -> dict[str, Any]:
    """Keep only what a model takes: blank texts instead of nothing."""
    nothing = ("unit", "birth_date", "employed_until", "position")
    return {name: "" if value is None and name not in nothing else value for name, value in values.items()}


def record_values(kind: str, record: Any) -> dict[str, Any]:
    """Give a record by the columns of its sheet; the last day where the database keeps the first day after."""
    renamed = RECORDS[kind][1]
    values = {}
    for column in SHEET_BY_NAME[kind].columns[1:]:
        value = getattr(record, renamed.get(column.name, column.name))
        values[column.name] = last_day(value) if column.name in LAST_DAYS else value
    return values


def person_values(employee: Employee) -> dict[str, Any]:
    """Give a person by the columns of the sheet of employees."""
    values = {name: getattr(employee, name) for name in (*PERSONAL, *POST)}
    return {**values, "dismissed_on": last_day(employee.employed_until)}
