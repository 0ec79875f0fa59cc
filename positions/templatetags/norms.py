"""Norms in templates: days as people write them, and addresses of positions."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from positions.codes import Field
from positions.models import Edition

register = template.Library()


@register.filter
def last_day(until: date | None) -> date | None:
    """Turn the first day after a period into its last day; an open period has none."""
    return None if until is None else until - timedelta(days=1)


@register.filter
def in_force_words(edition: Edition) -> str:
    """Say when an edition is in force, from its first day to its last."""
    first = date_format(edition.valid_from, "SHORT_DATE_FORMAT")
    last = last_day(edition.valid_until)
    if last is None:
        return _("In force from %(first)s") % {"first": first}
    return _("In force from %(first)s to %(last)s") % {"first": first, "last": date_format(last, "SHORT_DATE_FORMAT")}


@register.filter
def position_url(code: str) -> str:
    """Give the address of a position's page."""
    act, _slash, number = code.partition("/")
    return reverse("position", args=[act, number])


@register.filter
def field_names(codes: list[str]) -> str:
    """Name fields of education."""
    return ", ".join(str(Field(code).label) for code in codes)
