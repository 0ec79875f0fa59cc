"""What the pages of traces may be asked; what cannot be read is said in place and passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

_DAYS: dict[str, Any] = {
    "required": False,
    "input_formats": ["%Y-%m-%d", "%d.%m.%Y"],
    "error_messages": {"invalid": _("This is not a day. Write it as 2026-11-22 or 22.11.2026. It was passed over.")},
    "validators": [
        MinValueValidator(date(1950, 1, 1), _("Choose a day between 01.01.1950 and 31.12.2099. It was passed over.")),
        MaxValueValidator(date(2099, 12, 31), _("Choose a day between 01.01.1950 and 31.12.2099. It was passed over.")),
    ],
}


class ReadingsForm(forms.Form):
    """From which day to which, and by whom."""

    first = forms.DateField(**_DAYS)
    last = forms.DateField(**_DAYS)
    reader = forms.CharField(required=False, max_length=150)

    def chosen(self) -> dict[str, Any]:
        """Give what was chosen and could be read."""
        self.full_clean()
        return {
            "first": self.cleaned_data.get("first"),
            "last": self.cleaned_data.get("last"),
            "reader": self.cleaned_data.get("reader") or "",
        }
