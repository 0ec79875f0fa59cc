"""The texts as they are on file, in the shape that files of texts are compared with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from positions.editing.documents import plain
from positions.located import LANGUAGES, Data
from positions.models import Act, Position
from positions.norms import edition_data, stored_positions


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosition:
    """A position with all its editions, by their first day as text."""

    code: str
    title: Mapping[str, str]
    successor: str | None = None
    editions: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """All positions, the acts, and the chapters that a position may belong to."""

    positions: Mapping[str, StoredPosition]
    #: The numbers of the acts by their codes.
    acts: Mapping[str, str]
    chapters: frozenset[tuple[str, int]]

    def digest(self, codes: Iterable[str]) -> str:
        """Give a mark of these positions that changes with anything about them."""
        state = [
            (code, dict(each.title), each.successor, dict(each.editions)) if each else (code,)
            for code, each in ((code, self.positions.get(code)) for code in sorted(set(codes)))
        ]
        told = json.dumps(state, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def texts_on_file() -> OnFile:
    """Read everything (9 queries for any number of positions)."""
    chapters = list(Act.objects.order_by("order").values_list("code", "number", "chapters__number"))
    return OnFile(
        positions={position.code: stored(position) for position in stored_positions()},
        acts={code: act for code, act, _number in chapters},
        chapters=frozenset((code, number) for code, _act, number in chapters if number is not None),
    )


def texts_of(*, act: str | None = None, code: str | None = None) -> list[StoredPosition]:
    """Give a position, or those of an act, in the order of the act (8 queries)."""
    only = {"code": code} if code is not None else {"chapter__act__code": act} if act is not None else {}
    return [stored(position) for position in stored_positions(**{key: value for key, value in only.items() if value})]


def stored(position: Position) -> StoredPosition:
    """Describe a position whose parts were read with it."""
    editions = [plain(edition_data(edition)) for edition in position.editions.all()]
    return StoredPosition(
        code=position.code,
        title={language: getattr(position, f"title_{language}") or "" for language in LANGUAGES},
        successor=position.successor.code if position.successor else None,
        editions={edition["valid_from"]: edition for edition in editions},
    )


def with_days(edition: Data) -> Data:
    """Read the days of a document, as a norm file has them."""
    days = {name: date.fromisoformat(edition[name]) if edition[name] else None for name in ("valid_from", "valid_to")}
    return {**edition, **days}
