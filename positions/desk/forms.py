"""What the desk asks besides the text itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positions.editing.limits import FIRST_DAY, LAST_DAY
from positions.models import Act

_TOO_LONG = 2000


class ReasonForm(forms.Form):
    """Why: no edition is changed without."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=_TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text=_("It stays in the history: who did it, when and why."),
        error_messages={"required": _("Say why. The reason stays in the history.")},
    )


class AmendForm(forms.Form):
    """The first day of a new edition, and the order that brings it."""

    on = forms.DateField(
        label=_("First day of the new edition"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(
            attrs={
                "type": "date",
                "class": "form-control",
                "min": FIRST_DAY.isoformat(),
                "max": LAST_DAY.isoformat(),
            },
            format="%Y-%m-%d",
        ),
        error_messages={
            "required": _("From which day is the new wording in force?"),
            "invalid": _("This is not a day. Write it as 2026-11-22 or 22.11.2026."),
        },
    )
    act = forms.ChoiceField(
        label=_("Order that brings the new wording"),
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": _("Which order brings the new wording?")},
    )

    def __init__(self, *args: Any, acts: list[Act], begins: set[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begins = begins
        self.fields["act"].choices = [("", "–"), *((act.code, _act_words(act)) for act in acts)]  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        """Refuse a day on which an edition begins already, and one that no order means."""
        day = self.cleaned_data["on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 01.01.1950 and 31.12.2099."))
        if day in self._begins:
            raise forms.ValidationError(_("An edition begins on that day already. Correct that one instead."))
        return day


def _act_words(act: Act) -> str:
    return f"{act.number}, {act.adopted_on:%d.%m.%Y} – {act.title}"
