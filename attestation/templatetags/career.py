"""The line of a career in templates: its drawing, and the words of its table."""

from __future__ import annotations

from datetime import date

from django import template

from attestation import career_words, wording
from attestation.career import Item
from attestation.career_svg import Drawing, draw
from employees.models import Employee
from positions import rules

register = template.Library()

register.filter("lane_words", career_words.lane_words)
register.filter("mark_words", career_words.mark_words)


@register.simple_tag
def career_drawing(employee: Employee, verdict: rules.Verdict | None, on: date) -> Drawing:
    """Draw the career from what the page has read (no query where the records are prefetched)."""
    return draw(career_words.career_of(employee, verdict, on=on))


@register.filter
def length_words(item: Item, on: date) -> str:
    """Write the length of an item; of one that goes on, up to the day."""
    length = item.length(on=on)
    return "" if length is None else wording.length_words(length)
