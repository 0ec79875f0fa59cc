"""Words of people: a heading or a code is known by its label in every language of the product."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation


def folded(text: str) -> str:
    """Fold a heading or a code for comparing: case, edges and the star of a needed column do not matter."""
    return " ".join(text.replace("*", " ").split()).casefold()


def spoken(text: Any) -> set[str]:
    """Give a label, or the label of a choice, in every language of the product, folded."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(folded(str(getattr(text, "label", text))))
    return found
