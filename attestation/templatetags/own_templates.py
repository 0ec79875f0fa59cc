"""What the pages of templates need beside their rows."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from employees.access import Ability, organisations_for

register = template.Library()


@register.simple_tag(takes_context=True)
def manages_templates(context: dict[str, Any]) -> bool:
    """Tell whether the user may change the templates of an organisation (no query beyond her rights)."""
    return bool(organisations_for(context["request"].user, Ability.MANAGE_REGIMES, whole=True))


@register.filter
def in_words(language: str) -> str:
    """Name a language."""
    return str(dict(settings.LANGUAGES).get(language, language))
