"""Characters that a word processor leaves behind and that no reader sees; pure, without Django.

Quotation marks, dashes and unbreakable spaces are kept as typed. What would break a search or a print is named: some of
it forbids saving, the rest is pointed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-z]")
#: Format characters of writing systems that neither Kazakh, Russian nor English use.
_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f"}


class Oddity(StrEnum):
    """What is odd about a character or a word."""

    #: A control character: a line break of Word (vertical tab), a form feed, a null.
    CONTROL = "control"
    #: A sign of a symbol font, or one that was lost in a conversion: nobody can say what it meant.
    LOST = "lost"
    INVISIBLE = "invisible"
    LATIN_IN_CYRILLIC = "latin_in_cyrillic"
    CYRILLIC_IN_LATIN = "cyrillic_in_latin"
    KAZAKH_IN_RUSSIAN = "kazakh_in_russian"


#: What no text is saved with.
FORBIDDEN = frozenset({Oddity.CONTROL, Oddity.LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Something odd, with the word or the place it stands in."""

    oddity: Oddity
    where: str
    code: str = ""

    @property
    def forbidden(self) -> bool:
        """Whether a text with it cannot be saved."""
        return self.oddity in FORBIDDEN


def odd_characters(text: str, *, language: str) -> list[Odd]:
    """Find what is odd in a text of a language, each kind and place once, in the order of the text."""
    return list(dict.fromkeys([*_characters(text), *_words(text, language)]))


def _characters(text: str) -> Iterator[Odd]:
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if character in "\n\t":
            continue
        if category == "Cc":
            oddity = Oddity.CONTROL
        elif category in {"Co", "Cn", "Cs"} or character == "\ufffd":
            oddity = Oddity.LOST
        elif character in _INVISIBLE:
            oddity = Oddity.INVISIBLE
        else:
            continue
        yield Odd(oddity=oddity, where=_around(text, place), code=f"U+{ord(character):04X}")


def _around(text: str, place: int) -> str:
    """Give the words around a place, without the character that cannot be seen."""
    before, after = text[:place].split()[-2:], text[place + 1 :].split()[:2]
    shown = " ".join([*before, "…", *after])
    return "".join(each for each in shown if unicodedata.category(each)[0] != "C")


def _words(text: str, language: str) -> Iterator[Odd]:
    # Words in quotes may be of another language, and a single letter is a mark of an order, not a word.
    for word in _WORD.findall(_QUOTED.sub(" ", text)):
        if len(word) == 1:
            continue
        cyrillic, latin = bool(_CYRILLIC.search(word)), bool(_LATIN.search(word))
        if cyrillic and latin:
            yield Odd(oddity=Oddity.CYRILLIC_IN_LATIN if language == "en" else Oddity.LATIN_IN_CYRILLIC, where=word)
        elif language == "en" and cyrillic:
            yield Odd(oddity=Oddity.CYRILLIC_IN_LATIN, where=word)
        elif language != "en" and latin and not _ROMAN.fullmatch(word):
            yield Odd(oddity=Oddity.LATIN_IN_CYRILLIC, where=word)
        if language == "ru" and any(letter in _KAZAKH for letter in word):
            yield Odd(oddity=Oddity.KAZAKH_IN_RUSSIAN, where=word)
