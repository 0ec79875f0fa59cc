"""Norms as they would be with an edition that is not in force yet; pure, without Django.

Editions come in the shape of a norm file, with days as dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from positions import rules

_DAY = timedelta(days=1)
_LISTS = ("education", "fields", "specialities", "certificates", "preferred")
_MARKS = ("or_relevant_profile", "relevant_profile", "managerial", "non_governmental", "in_specialty")


def edition_of(position: str, data: Mapping[str, Any], *, pk: int | None = None) -> rules.Edition:
    """Read an edition for the rules."""
    last: date | None = data["valid_to"]
    return rules.Edition(
        pk=pk,
        position=position,
        clause=data["clauses"]["qualification"],
        valid_from=data["valid_from"],
        valid_until=None if last is None else last + _DAY,
        named_levels=tuple(rules.Level(level) for level in data["named_levels"]),
        rungs=tuple(_rung(rung) for rung in data["rungs"]),
    )


def with_edition(norms: rules.Norms, edition: rules.Edition, *, instead_of: int | None) -> rules.Norms:
    """Give norms in which an edition stands instead of another, or follows the one in force on its first day."""
    norm = norms.positions[edition.position]
    kept = [each for each in norm.editions if instead_of is None or each.pk != instead_of]
    if instead_of is None:
        start = edition.valid_from
        kept = [replace(each, valid_until=start) if each.in_force(start) else each for each in kept]
    editions = tuple(sorted([*kept, edition], key=lambda each: each.valid_from))
    return rules.Norms({**norms.positions, edition.position: replace(norm, editions=editions)})


def _rung(rung: Mapping[str, Any]) -> rules.Rung:
    return rules.Rung(
        key=_key(rung["level"], rung["category"]),
        clause=rung["clause"],
        line=rung["line"],
        pathways=tuple(
            rules.Pathway(
                **{name: tuple(pathway[name]) for name in _LISTS},
                experience=tuple(_experience(norm) for norm in pathway["experience"]),
            )
            for pathway in rung["pathways"]
        ),
    )


def _experience(norm: Mapping[str, Any]) -> rules.ExperienceNorm:
    asked = norm["rung"]
    return rules.ExperienceNorm(
        years=norm["years"],
        rung=_key(asked["level"], asked["category"]) if asked else None,
        spheres=tuple(norm["spheres"]),
        **{mark: norm[mark] for mark in _MARKS},
    )


def _key(level: str | None, category: str | None) -> rules.RungKey:
    return rules.RungKey(rules.Level(level) if level else None, rules.Category(category) if category else None)
