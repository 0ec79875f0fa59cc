"""Cycles in templates, in the words that papers and lists of tasks use too."""

from __future__ import annotations

from django import template

from attestation import cycle_words, move_words
from attestation.cycle_board import sitting_words
from attestation.cycle_pages import place_of
from attestation.cycle_stages import Waiting
from attestation.models import Case, Cycle
from attestation.regime_words import clause_words
from attestation.regimes import Regime

register = template.Library()

register.filter("stage_words", cycle_words.stage_words)
register.filter("stage_standing_words", cycle_words.standing_words)
register.filter("basis_words", cycle_words.basis_words)
register.filter("asked_words", cycle_words.asked_words)
register.filter("proposal_words", cycle_words.proposal_words)
register.filter("result_words", cycle_words.result_words)
register.filter("category_result_words", cycle_words.category_result_words)
register.filter("actor_words", move_words.actor_words)
register.filter("task_words", move_words.task_words)
register.filter("sitting_words", sitting_words)


@register.filter
def basis_clause(case: Case, regime: Regime) -> str:
    """Name the clause by which somebody is in the list."""
    return cycle_words.basis_clause(case, regime)


@register.filter
def clause_of(rule: str, regime: Regime) -> str:
    """Name the clause that settles a rule; blank for none."""
    return clause_words(regime, rule) if rule else ""


@register.filter
def place_in(waiting: Waiting, cycle: Cycle) -> str:
    """Give the page on which something that waits is done."""
    return place_of(waiting.task, cycle)
