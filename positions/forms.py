"""What the pages of the norms may be asked."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

_NOT_A_DAY = _("This is not a day. Write it as 2026-11-22 or 22.11.2026. What is shown is as of today.")
_FAR_AWAY = _("Choose a day between 01.01.1950 and 31.12.2099. What is shown is as of today.")


class DayForm(forms.Form):
    """The day a page is asked for."""

    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _NOT_A_DAY},
        validators=[
            MinValueValidator(date(1950, 1, 1), _FAR_AWAY),
            MaxValueValidator(date(2099, 12, 31), _FAR_AWAY),
        ],
    )

    def asked(self) -> date | None:
        """Give the day asked for; None where none was, or where it cannot be read."""
        self.full_clean()
        day: date | None = self.cleaned_data.get("on")
        return day


class LanguagesForm(forms.Form):
    """The two languages that stand side by side; one that is not known is passed over."""

    left = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    right = forms.ChoiceField(required=False, choices=settings.LANGUAGES)

    def pair(self, *, reader: str) -> tuple[str, str]:
        """Give the languages asked for, else Kazakh beside the reader's own (Russian for a reader of Kazakh)."""
        self.full_clean()
        left, right = self.cleaned_data.get("left"), self.cleaned_data.get("right")
        return left or "kk", right or ("ru" if reader == "kk" else reader)
