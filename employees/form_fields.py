"""Fields of the forms of a person: a position and a unit are found by typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from employees.countries import COUNTRIES
from employees.models import Unit
from positions.models import Position

NEEDED = _("A value is needed here.")
DAY = _("A date is needed here, as 22.11.2026.")
UNKNOWN = _("Choose one of the values of the list.")


def COUNTRY(value: str) -> None:  # noqa: N802 - a validator, named as those beside it
    """Refuse what is no country code."""
    if value.upper() not in COUNTRIES:
        raise ValidationError(_("A country code of two letters (ISO 3166) is needed here, as KZ."))


class _Typed(forms.CharField):
    """Something chosen from a list by typing a part of it."""

    listed = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": NEEDED}, **kwargs)
        self.widget.attrs |= {"list": self.listed, "autocomplete": "off"}


class PositionField(_Typed):
    """A position by its code or its title, as the list of positions writes it."""

    listed = "known-positions"

    def __init__(self, *, known: Mapping[str, Position], **kwargs: Any) -> None:
        self.known = known
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write code and title."""
        return f"{value.code} {value.title}" if isinstance(value, Position) else value

    def clean(self, value: Any) -> Position | None:
        """Find the position; None where nothing was typed."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        found = self.known.get(text.split(" ", 1)[0])
        if found is not None:
            return found
        fitting = [each for each in self.known.values() if text.casefold() in _titles(each)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise ValidationError(
                _("Several positions have this title. Type the code: %(codes)s.")
                % {"codes": ", ".join(each.code for each in fitting)}
            )
        raise ValidationError(_("There is no such position. Type its code or its title and choose it from the list."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as written."""
        return super().has_changed(self.prepare_value(initial), data)


def _titles(position: Position) -> set[str]:
    titles = (getattr(position, f"title_{language}", "") for language in ("kk", "ru", "en"))
    return {" ".join(title.split()).casefold() for title in titles if title}


class UnitField(_Typed):
    """A structural unit of the organisation, by its name."""

    listed = "known-units"

    def __init__(self, *, known: Mapping[str, Unit], **kwargs: Any) -> None:
        self.known = known
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write the name."""
        return value.name if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        """Find the unit; None where nothing was typed."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        names = {name.casefold(): unit for name, unit in self.known.items()}
        if text.casefold() not in names:
            raise ValidationError(
                _("The organisation has no such unit. Choose one from the list, or leave this empty.")
            )
        return names[text.casefold()]
