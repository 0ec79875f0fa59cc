"""The ladder as it is drawn: every rung of the text in force, from its top, and what the verdict says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from positions import rules


class Place(StrEnum):
    """Where a rung lies, seen from where the employee stands."""

    CURRENT = "current"
    NEXT = "next"
    ABOVE = "above"
    BELOW = "below"
    OPEN = "open"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRung:
    """A rung with its place; a status where the verdict gives one to it."""

    key: rules.RungKey
    place: Place
    status: rules.Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The rungs of one level, the highest category first; `own` where the employee stands on it."""

    level: rules.Level
    own: bool
    rungs: tuple[PlacedRung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The tracks of a text, the employee's own first."""

    tracks: tuple[Track, ...]
    since: date | None = None
    valid_until: date | None = None
    reachable_on: date | None = None

    @property
    def stands_on_it(self) -> bool:
        """Tell whether the employee stands on a rung that the text has."""
        return any(track.own for track in self.tracks)


def ladder_of(verdict: rules.Verdict) -> Ladder | None:
    """Draw the ladder of a verdict; None where no text is in force, or where it names no categories."""
    if verdict.edition is None or not verdict.edition.has_categories:
        return None
    current, following = verdict.current, verdict.next
    tracks = [
        Track(level=level, own=any(rung.place is Place.CURRENT for rung in rungs), rungs=rungs)
        for level in rules.LEVEL_ORDER
        if (rungs := _rungs(verdict, level))
    ]
    return Ladder(
        tracks=tuple(sorted(tracks, key=lambda track: not track.own)),
        since=current.since if current else None,
        valid_until=current.valid_until if current else None,
        reachable_on=following.reachable_on if following else None,
    )


def _rungs(verdict: rules.Verdict, level: rules.Level) -> tuple[PlacedRung, ...]:
    keys = verdict.edition.by_key if verdict.edition else {}
    return tuple(
        _placed(verdict, rules.RungKey(level, category))
        for category in reversed(rules.CATEGORY_ORDER)
        if rules.RungKey(level, category) in keys
    )


def _placed(verdict: rules.Verdict, key: rules.RungKey) -> PlacedRung:
    """Say of a rung what the verdict says of it."""
    current, following = verdict.current, verdict.next
    if current is not None and key == current.key:
        return PlacedRung(key=key, place=Place.CURRENT, status=verdict.current_status)
    if following is not None and key == following.key:
        return PlacedRung(key=key, place=Place.NEXT, status=following.status)
    if key in dict(verdict.other_tracks):
        return PlacedRung(key=key, place=Place.OPEN, status=dict(verdict.other_tracks)[key])
    if current is None or key.level != current.key.level:
        return PlacedRung(key=key, place=Place.ELSEWHERE)
    return PlacedRung(key=key, place=Place.ABOVE if _rank(key) > _rank(current.key) else Place.BELOW)


def _rank(key: rules.RungKey) -> int:
    return rules.CATEGORY_ORDER.index(key.category or rules.Category.NONE)
