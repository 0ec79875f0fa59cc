"""Names for searching and sorting, the same on every database.

A keyboard for Russian has no ә ғ қ ң ө ұ ү һ і: searching folds them to а г к н о у у х и. The Kazakh alphabet has an
order of its own, which neither code points nor the collations of both databases give.
"""

from __future__ import annotations

_FOLDS = str.maketrans("әғқңөұүһіё", "агкноуухие")
_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=0x60)}


def folded(text: str) -> str:
    """Fold a text for searching: case, Kazakh letters and ё do not matter."""
    return " ".join(text.casefold().translate(_FOLDS).split())


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
