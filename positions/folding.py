"""Letters folded for searching, the same on every database.

A keyboard for Russian has no ә ғ қ ң ө ұ ү һ і: searching folds them to а г к н о у у х и, and ё to е.
"""

from __future__ import annotations

_FOLDS = str.maketrans("әғқңөұүһіё", "агкноуухие")


def folded(text: str) -> str:
    """Fold a text for searching: case, Kazakh letters and ё do not matter."""
    return " ".join(text.casefold().translate(_FOLDS).split())
