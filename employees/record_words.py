"""What a form holds, in words: for setting what somebody typed beside what is stored now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from employees.form_fields import PositionField, UnitField
from employees.forms import VersionedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field as somebody typed it and as it is stored now."""

    label: str
    yours: str
    stored: str

    @property
    def differs(self) -> bool:
        """Whether both say different things."""
        return self.yours != self.stored


def differences(form: VersionedForm, stored: Mapping[str, Any]) -> list[Difference]:
    """Compare a bound form with what is stored, field by field."""
    return [
        Difference(
            label=str(field.label),
            yours=_words(field, form.cleaned_data[name] if name in form.cleaned_data else form[name].value()),
            stored=_words(field, stored.get(name)),
        )
        for name, field in form.fields.items()
        if name in stored
    ]


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return ""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, PositionField | UnitField):
        return str(field.prepare_value(value))
    if isinstance(field, forms.ChoiceField):
        names = dict(field.choices)  # type: ignore[arg-type]
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(names.get(code, code)) for code in codes)
    return str(value)
