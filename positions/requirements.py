"""What the law asks, as frozen data: editions of characteristics with their rungs, pathways and experience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from positions.scales import Level, RungKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceNorm:
    """One alternative of the experience that a clause asks for, in whole calendar years."""

    years: int
    rung: RungKey | None = None
    spheres: tuple[str, ...] = ()
    or_relevant_profile: bool = False
    relevant_profile: bool = False
    managerial: bool = False
    non_governmental: bool = False
    in_specialty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """One way of meeting a rung: education and certificates together with any one alternative of experience."""

    education: tuple[str, ...]
    fields: tuple[str, ...] = ()
    specialities: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    experience: tuple[ExperienceNorm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What one printed sentence of a qualification clause asks for."""

    key: RungKey
    clause: str
    pathways: tuple[Pathway, ...]
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A position's characteristic as it was in force from a day until (not including) another."""

    position: str
    clause: str
    valid_from: date
    valid_until: date | None
    rungs: tuple[Rung, ...]
    named_levels: tuple[Level, ...] = ()
    pk: int | None = None

    @cached_property
    def by_key(self) -> Mapping[RungKey, Rung]:
        """The rungs by level and category."""
        return {rung.key: rung for rung in self.rungs}

    @cached_property
    def has_categories(self) -> bool:
        """Whether the clause prints categories at all (reading 23)."""
        return any(rung.key.category is not None for rung in self.rungs)

    def in_force(self, on: date) -> bool:
        """Tell whether this text was in force on the day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, kw_only=True)
class PositionNorm:
    """A position with all its editions, and the positions it continues or that continue it (reading 6)."""

    code: str
    editions: tuple[Edition, ...]
    managerial: bool = False
    successor: str | None = None


@dataclass(frozen=True)
class Norms:
    """All positions, by code."""

    positions: Mapping[str, PositionNorm]

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        predecessors: dict[str, list[str]] = {}
        for code in sorted(self.positions):
            successor = self.positions[code].successor
            if successor is not None:
                predecessors.setdefault(successor, []).append(code)
        return {code: tuple(self._chain(code, predecessors)) for code in self.positions}

    def _chain(self, code: str, predecessors: Mapping[str, list[str]]) -> Iterator[str]:
        """Yield the position itself, then its predecessors and successors, the nearest first."""
        seen = {code}
        queue = [code]
        while queue:
            current = queue.pop(0)
            yield current
            successor = self.positions[current].successor if current in self.positions else None
            for neighbour in [*predecessors.get(current, []), *([successor] if successor else [])]:
                if neighbour not in seen:
                    seen.add(neighbour)
                    queue.append(neighbour)

    def family(self, code: str) -> tuple[str, ...]:
        """Give the positions that count as the same one: itself, its predecessors and successors (reading 6)."""
        return self._families.get(code, (code,))

    def text(self, code: str, on: date) -> Edition | None:
        """Give the text in force on the day: of the position, else of its predecessor or successor (reading 6)."""
        for member in self.family(code):
            norm = self.positions.get(member)
            for edition in norm.editions if norm else ():
                if edition.in_force(on):
                    return edition
        return None

    def nearest_clause(self, code: str) -> str | None:
        """Give the number of the qualification clause to name where no text is in force."""
        norm = self.positions.get(code)
        return norm.editions[-1].clause if norm and norm.editions else None

    def is_managerial(self, code: str | None) -> bool:
        """Tell whether a position belongs to a chapter of heads (reading 16)."""
        norm = self.positions.get(code) if code else None
        return norm is not None and norm.managerial
