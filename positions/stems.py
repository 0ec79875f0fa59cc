"""Which words of the texts have one stem, where the database knows the stems of a language.

PostgreSQL knows those of Russian and English, SQLite none, and nobody those of Kazakh: there the beginnings of words
have to do. Words are compared and not whole texts, so that a hit can be marked, and found in a line of a clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

_CONFIGURATIONS = {"ru": "russian", "en": "english"}
_SAME_STEM = """
    SELECT DISTINCT asked.word, text.word
    FROM unnest(%(asked)s::text[]) AS asked (word)
    JOIN unnest(%(words)s::text[]) AS text (word)
      ON to_tsvector(%(configuration)s::regconfig, asked.word) = to_tsvector(%(configuration)s::regconfig, text.word)
    WHERE to_tsvector(%(configuration)s::regconfig, asked.word) <> ''::tsvector
"""


def same_stems(asked: Collection[str], words: Collection[str], *, language: str) -> Mapping[str, set[str]]:
    """Give for each word asked for the words with its stem (1 query on PostgreSQL for a language it knows)."""
    found: dict[str, set[str]] = defaultdict(set)
    if connection.vendor == "postgresql" and language in _CONFIGURATIONS and asked and words:
        told: dict[str, Any] = {"asked": list(asked), "words": list(words), "configuration": _CONFIGURATIONS[language]}
        with connection.cursor() as cursor:
            cursor.execute(_SAME_STEM, told)
            for word, same in cursor.fetchall():
                found[word].add(same)
    return dict(found)
