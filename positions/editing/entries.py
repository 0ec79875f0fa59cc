"""Working on a list of entries in three languages: add, move, split, join, remove; pure, without Django.

Positions in a list count from 0. Every function gives a new list and leaves the old one as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LANGUAGES = ("kk", "ru", "en")

Texts = dict[str, str]


class NothingToSplitError(Exception):
    """No language of the entry has a line break that would tell where to part it."""


def empty() -> Texts:
    """Give an entry without text."""
    return dict.fromkeys(LANGUAGES, "")


def added(entries: Sequence[Texts], at: int) -> list[Texts]:
    """Put an empty entry at a place."""
    return [*entries[:at], empty(), *entries[at:]]


def removed(entries: Sequence[Texts], at: int) -> list[Texts]:
    """Take an entry out."""
    return [*entries[:at], *entries[at + 1 :]]


def moved(entries: Sequence[Texts], at: int, to: int) -> list[Texts]:
    """Move an entry to another place; beyond either end it stays at that end."""
    rest = removed(entries, at)
    to = min(max(to, 0), len(rest))
    return [*rest[:to], entries[at], *rest[to:]]


def split(entries: Sequence[Texts], at: int) -> list[Texts]:
    """Part an entry in two at the first line break of each language; a language without one stays in the first part.

    Raises NothingToSplitError.
    """
    entry = entries[at]
    if not any("\n" in text.strip() for text in entry.values()):
        raise NothingToSplitError
    first, second = empty(), empty()
    for language in LANGUAGES:
        head, _break, tail = entry.get(language, "").strip().partition("\n")
        first[language], second[language] = head.strip(), tail.strip()
    return [*entries[:at], first, second, *entries[at + 1 :]]


def joined(entries: Sequence[Texts], at: int) -> list[Texts]:
    """Join an entry with the one after it, language by language; the last one has none to join with and stays."""
    if at + 1 >= len(entries):
        return list(entries)
    one, other = entries[at], entries[at + 1]
    return [*entries[:at], {language: _joined(one, other, language) for language in LANGUAGES}, *entries[at + 2 :]]


def _joined(one: Mapping[str, str], other: Mapping[str, str], language: str) -> str:
    return " ".join(part for part in (one.get(language, "").strip(), other.get(language, "").strip()) if part)
