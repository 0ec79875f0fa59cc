"""Verdicts in templates, in the same words as papers and JSON."""

from __future__ import annotations

from datetime import date

from django import template

from attestation import steps, wording
from employees.identity import masked
from employees.models import CategoryAward
from positions import rules
from positions.codes import Category, Level
from positions.wording import certificate_words, rung_words

register = template.Library()

register.filter("status_words", wording.status_words)
register.filter("required_words", wording.required_words)
register.filter("obstacle_words", wording.obstacle_words)
register.filter("certificate_words", certificate_words)
register.filter("rung_words", rung_words)
register.filter("masked", masked)
register.filter("who_words", steps.who_words)
register.filter("step_for", steps.for_words)


@register.filter
def found_words(finding: rules.Finding, on: date) -> str:
    """Say what the records hold."""
    return wording.found_words(finding, on=on)


@register.filter
def award_words(award: CategoryAward | rules.Award) -> str:
    """Name the rung of an award."""
    return rung_words(rules.RungKey(rules.Level(award.level), rules.Category(award.category)))


@register.filter
def category_words(category: rules.Category) -> str:
    """Name a category alone, where the level goes without saying: the next rung is always at the same level."""
    return str(Category(category).label)


@register.filter
def level_words(level: rules.Level) -> str:
    """Name a level alone."""
    return str(Level(level).label)


@register.filter
def of(titles: dict[str, str], code: str) -> str:
    """Look a title up by its code; a code without a title speaks for itself."""
    return titles.get(code, code)


@register.filter
def post_words(work: rules.Work, titles: dict[str, str]) -> str:
    """Name the post of a work record: as the record does, else by the position; the present one by the position."""
    by_position = titles.get(work.position, work.position) if work.position else ""
    return by_position if work.present else work.title or by_position


@register.filter
def record_anchor(work: rules.Work) -> str:
    """Give the place of a work record on the person's page; nothing for what is on no record."""
    if work.present:
        return "post-title"
    return f"work_history-{work.pk}" if work.pk else ""
