"""The norms in the database, read for the pure rules."""

from __future__ import annotations

from collections import defaultdict

from positions import rules
from positions.models import Edition, ExperienceRequirement, PathwayRequirement, Position, Rung
from positions.models import Pathway as PathwayRow
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS

#: What is read of an experience requirement and of a rung, in the order in which it is unpacked.
_EXPERIENCE = ("pathway", "years", "level", "category", "spheres", *EXPERIENCE_MARKS)
_RUNG = ("pk", "rung", "rung__edition", "rung__level", "rung__category", "rung__clause", "rung__line")


def _rungs() -> dict[int, list[rules.Rung]]:
    """Give the rungs of every edition (3 queries)."""
    experience: dict[int, list[rules.ExperienceNorm]] = defaultdict(list)
    rows = ExperienceRequirement.objects.order_by("pathway", "order").values_list(*_EXPERIENCE)
    for pathway, years, level, category, spheres, *marks in rows:
        norm = rules.ExperienceNorm(
            years=years,
            rung=rung_key(level, category) if level else None,
            spheres=tuple(spheres),
            **dict(zip(EXPERIENCE_MARKS, marks, strict=True)),
        )
        experience[pathway].append(norm)
    codes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    asked = PathwayRequirement.objects.order_by("pathway", "order").values_list("pathway", "kind", "code")
    for pathway, kind, code in asked:
        codes[pathway][kind].append(code)
    pathways: dict[int, list[rules.Pathway]] = defaultdict(list)
    found: dict[int, dict[int, tuple[str, str, str, int | None]]] = defaultdict(dict)
    ladder = PathwayRow.objects.order_by("rung__edition", "rung__order", "order").values_list(*_RUNG)
    for pk, rung, edition, level, category, clause, line in ladder:
        own = codes[pk]
        pathways[rung].append(
            rules.Pathway(
                **{key: tuple(own[kind]) for key, kind in REQUIREMENT_KINDS.items()}, experience=tuple(experience[pk])
            )
        )
        found[edition][rung] = (level, category, clause, line)
    return {
        edition: [
            rules.Rung(key=rung_key(level, category), clause=clause, line=line, pathways=tuple(pathways[pk]))
            for pk, (level, category, clause, line) in rungs.items()
        ]
        for edition, rungs in found.items()
    }


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
