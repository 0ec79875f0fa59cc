"""Lines of the list of employees in templates, in the same words as its exports."""

from __future__ import annotations

from django import template

from attestation import list_words
from employees.periods import last_day

register = template.Library()

register.filter("doubts_words", list_words.doubts_words)
register.filter("standing_words", list_words.standing_words)
register.filter("without_verdict_words", list_words.without_verdict_words)
register.filter("last_day_of", last_day)
