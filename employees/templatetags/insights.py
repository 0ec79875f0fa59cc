"""Rights in templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from employees.people import ability_words

register = template.Library()

register.filter("ability_words", ability_words)


@register.filter
def item(values: Sequence[Any], index: int) -> Any:
    """Give the value at a place of a row."""
    return values[index]
