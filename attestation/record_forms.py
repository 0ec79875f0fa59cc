"""The form of an earlier attestation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from attestation.case_forms import radio_field, words_field
from attestation.codes import AttestationKind, Decision
from attestation.cycle_forms import text_field
from employees.form_fields import NEEDED, UNKNOWN
from employees.forms import day_field


class RecordForm(forms.Form):
    """An earlier attestation, as its papers tell it."""

    held_on = day_field(label=gettext_lazy("Held on"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of attestation"),
        choices=AttestationKind.choices,
        error_messages={"required": NEEDED, "invalid_choice": UNKNOWN},
    )
    decision = radio_field(gettext_lazy("Decision"), Decision.choices)
    order_number = text_field(gettext_lazy("Order number"), most=60, required=False)
    recommendations = words_field(gettext_lazy("Recommendations"))
