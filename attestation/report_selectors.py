"""What a user may take away of the figures."""

from __future__ import annotations

from attestation.figure_selectors import ScopeView
from employees.access import Ability, employees_for


def may_with_everybody(view: ScopeView, ability: Ability) -> bool:
    """Tell whether the user may do this with everybody of a scope (1 query, 2 more where her rights end at a unit)."""
    allowed = employees_for(view.user, ability).order_by().values("pk")
    return not view.people().exclude(pk__in=allowed).exists()
