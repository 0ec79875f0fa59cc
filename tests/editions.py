"""Editions for tests: the next one of a text, published as an editor would."""

from __future__ import annotations

from datetime import date
from typing import Any

from positions.codes import DraftKind
from positions.editing.services import draft_begin, draft_publish, draft_save
from positions.models import Edition
from tests.factories import UserFactory, position

#: The edition of 360/2.3 that the norm files have, and one that is to come.
FIRST, COMING = date(2023, 7, 1), date(2027, 1, 1)


def entry(kk: str = "", ru: str = "", en: str = "") -> dict[str, str]:
    """Give an entry in three languages."""
    return {"kk": kk, "ru": ru, "en": en}


def next_edition(code: str = "360/2.3", *, begins: date = COMING, **changes: Any) -> Edition:
    """Publish another edition of a text from a day; what is not told stays as it is."""
    place, editor = position(code), UserFactory()
    latest = place.editions.order_by("valid_from").last()
    draft, _new = draft_begin(position=place, kind=DraftKind.AMENDMENT, edition=latest, user=editor, on=begins)
    draft = draft_save(draft=draft, version=draft.version, document={**draft.data, **changes}, user=editor)
    return draft_publish(draft=draft, version=draft.version, user=editor, reason="№ 1 бұйрық")
