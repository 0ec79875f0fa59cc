"""Verdicts in templates, in the same words as papers and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template

from attestation import wording
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
def about(findings: Iterable[rules.Finding], which: str) -> list[rules.Finding]:
    """Keep the findings on the current rung or on the next."""
    return [finding for finding in findings if finding.about == which]


@register.filter
def alternatives(findings: Iterable[rules.Finding]) -> int:
    """Count the alternatives of experience among findings."""
    return sum(finding.requirement == "experience" for finding in findings)


@register.filter
def of(titles: dict[str, str], code: str) -> str:
    """Look a title up by its code; a code without a title speaks for itself."""
    return titles.get(code, code)
