"""Cases in templates: stages, moves, and what stands beside a decision."""

from __future__ import annotations

from django import template

from attestation import case_words, move_words
from attestation.regime_words import clause_words, mark_words
from attestation.regimes import Regime

register = template.Library()

register.filter("until_words", move_words.until_words)
register.filter("case_stage_words", case_words.stage_words)
register.filter("case_standing_words", case_words.standing_words)
register.filter("counted_words", case_words.counted_words)
register.filter("scale_words", mark_words)


@register.filter
def clause_in(regime: Regime | None, rule: str) -> str:
    """Name the clause by which a rule-set settles a rule; blank for none."""
    return clause_words(regime, rule) if regime is not None and rule else ""
