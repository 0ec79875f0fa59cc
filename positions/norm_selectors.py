"""The norms in the database, read for the pure rules."""

from __future__ import annotations

from collections import defaultdict

from positions import rules
from positions.models import Edition, ExperienceRequirement, PathwayRequirement, Position, Rung
from positions.models import Pathway as PathwayRow
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS


def _rungs() -> dict[int, list[rules.Rung]]:
    """Give the rungs of every edition (3 queries)."""
    experience: dict[int, list[rules.ExperienceNorm]] = defaultdict(list)
    for norm in ExperienceRequirement.objects.order_by("pathway", "order"):
        experience[norm.pathway_id].append(_experience_norm(norm))
    codes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for requirement in PathwayRequirement.objects.order_by("pathway", "order"):
        codes[requirement.pathway_id][requirement.kind].append(requirement.code)
    pathways: dict[int, list[rules.Pathway]] = defaultdict(list)
    rungs: dict[int, dict[int, Rung]] = defaultdict(dict)
    for row in PathwayRow.objects.select_related("rung").order_by("rung__edition", "rung__order", "order"):
        own = codes[row.pk]
        pathways[row.rung_id].append(
            rules.Pathway(
                **{key: tuple(own[kind]) for key, kind in REQUIREMENT_KINDS.items()},
                experience=tuple(experience[row.pk]),
            )
        )
        rungs[row.rung.edition_id][row.rung_id] = row.rung
    return {edition: [_rung(row, tuple(pathways[row.pk])) for row in rows.values()] for edition, rows in rungs.items()}


def read_norms() -> rules.Norms:
    """Give all norms for the pure rules (4 queries for any number of positions)."""
    rungs = _rungs()
    positions: dict[str, rules.PositionNorm] = {}
    editions: dict[str, list[rules.Edition]] = defaultdict(list)
    rows = Position.objects.order_by("order", "editions__valid_from").values_list(
        "code",
        "chapter__managerial",
        "successor__code",
        "editions__pk",
        "editions__qualification_clause",
        "editions__valid_from",
        "editions__valid_until",
        "editions__named_levels",
    )
    for code, managerial, successor, pk, clause, valid_from, valid_until, levels in rows:
        if pk is not None:
            editions[code].append(
                rules.Edition(
                    pk=pk,
                    position=code,
                    clause=clause,
                    valid_from=valid_from,
                    valid_until=valid_until,
                    named_levels=tuple(rules.Level(level) for level in levels),
                    rungs=tuple(rungs.get(pk, ())),
                )
            )
        positions[code] = rules.PositionNorm(
            code=code, editions=tuple(editions[code]), managerial=managerial, successor=successor
        )
    return rules.Norms(positions)


def read_ladders() -> dict[str, frozenset[tuple[str, str]]]:
    """Give the pairs of level and category that each position has in any edition (2 queries).

    A level that a clause names without categories stands with a blank category.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for code, level, category in Rung.objects.values_list("edition__position__code", "level", "category"):
        if level:
            found[code].add((level, category))
    for code, levels in Edition.objects.values_list("position__code", "named_levels"):
        found[code] |= {(level, "") for level in levels}
    return {code: frozenset(rungs) for code, rungs in found.items()}


def rung_key(level: str, category: str) -> rules.RungKey:
    """Turn the codes of a rung into its key; blanks are None."""
    return rules.RungKey(rules.Level(level) if level else None, rules.Category(category) if category else None)


def _rung(rung: Rung, pathways: tuple[rules.Pathway, ...]) -> rules.Rung:
    return rules.Rung(key=rung_key(rung.level, rung.category), clause=rung.clause, line=rung.line, pathways=pathways)


def _experience_norm(norm: ExperienceRequirement) -> rules.ExperienceNorm:
    return rules.ExperienceNorm(
        years=norm.years,
        rung=rung_key(norm.level, norm.category) if norm.level else None,
        spheres=tuple(norm.spheres),
        **{mark: getattr(norm, mark) for mark in EXPERIENCE_MARKS},
    )
