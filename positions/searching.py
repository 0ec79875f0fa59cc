"""Searching in texts: what was asked for, whether a text has it, and where it stands; pure, without Django.

A word is found by its beginning, folded; where a database knows the stems of a language, by its stem as well. All the
words asked for must be there; words in quotes stand one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from positions.folding import folded

#: For a folded word that was asked for, the folded words of a language with its stem.
Stems = Mapping[str, Collection[str]]

_WORD = re.compile(r"\w+")
_ASKED = re.compile(r'["«“„]([^"»”“]*)["»”“]?|([^\s"«»“”„]+)')


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; marked where it is what was asked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are to stand one after the other, folded; mostly a single one."""

    words: tuple[str, ...]


def read_terms(asked: str) -> tuple[Term, ...]:
    """Read what somebody typed: words, and phrases in quotes of any kind."""
    found = (Term(tuple(folded_words(phrase or word))) for phrase, word in _ASKED.findall(asked))
    return tuple(dict.fromkeys(term for term in found if term.words))


def folded_words(text: str) -> list[str]:
    """Give the words of a text, folded."""
    return _WORD.findall(folded(unicodedata.normalize("NFC", text)))


def has_all(words: Sequence[str], terms: Sequence[Term], stems: Stems) -> bool:
    """Tell whether the folded words of a text have everything that was asked for."""
    return all(any(True for _place in _places(words, term, stems)) for term in terms)


def marked(text: str, terms: Sequence[Term], stems: Stems) -> tuple[Piece, ...]:
    """Cut a text into pieces, and mark the words that were asked for."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))
    words = [folded(match[0]) for match in found]
    pieces, written = [], 0
    for first, last in _stretches(words, terms, stems):
        start, end = found[first].start(), found[last].end()
        pieces += [Piece(text[written:start], False), Piece(text[start:end], True)]
        written = end
    return tuple(piece for piece in (*pieces, Piece(text[written:], False)) if piece.text)


def _stretches(words: Sequence[str], terms: Sequence[Term], stems: Stems) -> Iterator[tuple[int, int]]:
    """Give the first and the last word of each stretch to be marked; a phrase is one stretch."""
    until = -1
    places = {(start, start + len(term.words) - 1) for term in terms for start in _places(words, term, stems)}
    for first, last in sorted(places, key=lambda place: (place[0], -place[1])):
        if last > until:
            yield max(first, until + 1), last
            until = last


def _places(words: Sequence[str], term: Term, stems: Stems) -> Iterator[int]:
    """Give where a term begins in a text."""
    *before, last = term.words
    for start in range(len(words) - len(before)):
        end = start + len(before)
        if _begins(words[end], last, stems) and all(
            _same(word, wanted, stems) for word, wanted in zip(words[start:end], before, strict=True)
        ):
            yield start


def _begins(word: str, wanted: str, stems: Stems) -> bool:
    """Tell whether a word begins as wanted; a single letter is wanted as a whole word."""
    return _same(word, wanted, stems) or (len(wanted) > 1 and word.startswith(wanted))


def _same(word: str, wanted: str, stems: Stems) -> bool:
    return word == wanted or word in stems.get(wanted, ())
