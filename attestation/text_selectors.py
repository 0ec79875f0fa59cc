"""Reading what the texts of a day say of whole positions, without reading what they ask for."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from attestation.figures import DayTexts, day_texts
from positions import rules
from positions.models import Position, Rung
from positions.norm_selectors import rung_key


def read_day_texts(*, on: date) -> DayTexts:
    """Tell which positions have no text on a day, and whose text prints no categories (2 queries)."""
    rungs: dict[int, list[rules.Rung]] = defaultdict(list)
    for edition, level, category in Rung.objects.order_by("pk").values_list("edition", "level", "category"):
        rungs[edition].append(rules.Rung(key=rung_key(level, category), clause="", pathways=()))
    editions: dict[str, list[rules.Edition]] = defaultdict(list)
    successors: dict[str, str | None] = {}
    rows = Position.objects.order_by("order", "editions__valid_from").values_list(
        "code", "successor__code", "editions__pk", "editions__valid_from", "editions__valid_until"
    )
    for code, successor, pk, valid_from, valid_until in rows:
        successors[code] = successor
        if pk is not None:
            editions[code].append(
                rules.Edition(
                    position=code,
                    clause="",
                    valid_from=valid_from,
                    valid_until=valid_until,
                    rungs=tuple(rungs[pk]),
                )
            )
    norms = rules.Norms(
        {
            code: rules.PositionNorm(code=code, editions=tuple(editions[code]), successor=successor)
            for code, successor in successors.items()
        }
    )
    return day_texts(norms, on=on)
