"""Suppositions in templates: what is missing, and the way to a supposed transfer."""

from __future__ import annotations

from datetime import date

from django import template
from django.urls import reverse

from attestation import suppositions
from attestation.what_if import requirement_words, transfer_query

register = template.Library()

register.filter("missing", suppositions.missing)
register.filter("requirement_words", requirement_words)


@register.simple_tag
def transfer_address(employee: int, entry: suppositions.Entry, on: date) -> str:
    """Give the address on which somebody's transfer to a position is supposed."""
    query = transfer_query(position=entry.position, level=entry.level, on=on)
    return f"{reverse('employee_what_if', args=[employee])}?{query}"
