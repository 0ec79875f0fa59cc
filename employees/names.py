"""Names for searching and sorting, the same on every database.

They are searched by folded letters, as the texts of the law are. The Kazakh alphabet has an order of its own, which
neither code points nor the collations of both databases give.
"""

from __future__ import annotations

from positions.folding import folded

__all__ = ["folded", "sort_key"]

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=0x60)}


def sort_key(text: str) -> bytes:
    """Give bytes whose order is the order of the Kazakh alphabet; Latin and digits come before it, case last."""
    ranks = bytearray()
    for letter in text.casefold():
        if letter in _RANK:
            ranks.append(_RANK[letter])
        elif letter.isspace():
            ranks.append(0x01)
        elif letter.isascii():
            ranks.append(max(ord(letter) - 0x1F, 0x02))
        else:
            ranks.append(0xFE)
    return bytes(ranks) + b"\0" + text.encode()
