"""What the user may do, for templates; the rules are those of access.py."""

from __future__ import annotations

from typing import Any

from django import template

from employees import access

register = template.Library()


@register.simple_tag(takes_context=True)
def may_anywhere(context: dict[str, Any], ability: str) -> bool:
    """Tell whether the user may do this with anybody at all (no query beyond her rights)."""
    user = context.get("user")
    return user is not None and access.may_anywhere(user, access.Ability(ability))
