"""What the figures are asked for: whose, and of which day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _

from attestation.figure_selectors import ScopeView
from attestation.figures import Scope
from employees.models import Organisation, Unit
from positions.forms import DayForm

_SCOPE = re.compile(r"(?P<organisation>[0-9]{12})(-(?P<unit>[0-9]{1,18}))?")


class FiguresForm(DayForm):
    """A day, and a scope: nothing for all that is seen, the number of an organisation, or with a unit's after it."""

    scope = forms.CharField(required=False, max_length=40)

    def asked_scope(self) -> Scope | None:
        """Give the scope asked for; None where it is none at all."""
        self.full_clean()
        asked = str(self.cleaned_data.get("scope", "-"))
        if not asked:
            return Scope()
        found = _SCOPE.fullmatch(asked)
        if found is None:
            return None
        return Scope(organisation=found["organisation"], unit=int(found["unit"]) if found["unit"] else None)


def scope_value(scope: Scope) -> str:
    """Name a scope as the form reads it."""
    return f"{scope.organisation}-{scope.unit}" if scope.unit else scope.organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeChoice:
    """A scope that can be chosen: as the form reads it, and in words; what lies below another is set in."""

    value: str
    label: str
    chosen: bool


def scope_choices(view: ScopeView) -> list[ScopeChoice]:
    """Give what a user may choose: all, each organisation where there are several, and the units of the one chosen."""
    several = len(view.organisations) > 1
    found = [(Scope(), scope_words(None, None), 0)]
    for organisation in view.organisations:
        scope = Scope(organisation=organisation.bin)
        units = [(unit, depth) for unit, depth in view.units if unit.organisation_id == organisation.pk]
        found += [(scope, organisation.display_name, 0)] if several else []
        found += [(replace(scope, unit=unit.pk), unit.name, depth + several) for unit, depth in units]
    chosen = scope_value(view.scope)
    return [
        ScopeChoice(value=scope_value(scope), label="— " * depth + label, chosen=scope_value(scope) == chosen)
        for scope, label, depth in found
    ]


def scope_words(organisation: Organisation | None, unit: Unit | None) -> str:
    """Say whose figures they are."""
    if unit is not None:
        return unit.name
    return organisation.display_name if organisation is not None else _("All employees that you may see")
