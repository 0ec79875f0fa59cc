"""What the pages of the employees may be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employees.models import Organisation
from positions.forms import DayForm


class RosterForm(DayForm):
    """Which employees a list shows; what cannot be read is said in place and passed over."""

    organisation = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _("You see no organisation with this number. The list shows all that you see.")
        },
    )
    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(each.bin, each.display_name) for each in organisations]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        """Give what was chosen; None where nothing was, or where it cannot be read."""
        self.full_clean()
        return self.cleaned_data.get(name) or None
