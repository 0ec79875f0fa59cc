"""Norms in templates: days as people write them, and addresses of positions."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from positions import addresses, wording
from positions.codes import Field
from positions.comparison import OWN_NAMES
from positions.forms import default_pair
from positions.search_selectors import Passage
from positions.standing import standing

register = template.Library()


@register.filter
def last_day(until: date | None) -> date | None:
    """Turn the first day after a period into its last day; an open period has none."""
    return None if until is None else until - timedelta(days=1)


register.filter("in_force_words", wording.validity_words)
register.filter("edition_url", addresses.edition_url)
register.filter("place_words", wording.place_words)
register.filter("standing_of", standing)
register.filter("standing_words", wording.standing_words)


@register.simple_tag
def passage_url(passage: Passage, language: str) -> str:
    """Give the permanent address of a passage, whose page shows the language in which it was found."""
    return addresses.passage_url(passage, language=language, shown=default_pair(get_language() or "kk"))


@register.filter
def own_name(language: str) -> str:
    """Name a language in itself."""
    return OWN_NAMES[language]


@register.filter
def position_url(code: str) -> str:
    """Give the address of a position's page."""
    act, _slash, number = code.partition("/")
    return reverse("position", args=[act, number])


@register.filter
def field_names(codes: list[str]) -> str:
    """Name fields of education."""
    return ", ".join(str(Field(code).label) for code in codes)
