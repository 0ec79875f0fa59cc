"""What the list of employees may be asked, beside its filters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attestation.list_columns import COLUMNS, SORTS
from positions.forms import DayForm


class RosterForm(DayForm):
    """The day, the order, the columns and the page of a list; what cannot be read is said in place and passed over."""

    sort = forms.ChoiceField(
        required=False,
        choices=[(f"{sign}{name}", name) for name in SORTS for sign in ("", "-")],
        error_messages={"invalid_choice": _("The list has no such order. It is sorted by name.")},
    )
    columns = forms.MultipleChoiceField(
        required=False,
        choices=[(column.key, column.label) for column in COLUMNS],
        error_messages={"invalid_choice": _("The list has no such column. It shows the usual ones.")},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("The list has no such page. It shows the first.")
        ),
    )

    def chosen(self, name: str) -> Any:
        """Give what was chosen; None where nothing was, or where it cannot be read."""
        return None if name in self.errors else self.cleaned_data.get(name) or None
