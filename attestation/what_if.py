"""What if: the verdict that would follow from a supposition, beside the one on record. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from attestation.succession import all_positions
from attestation.suppositions import Missing, Supposition, judge_supposed
from attestation.verdict_cells import Cell, verdict_cells
from attestation.wording import day
from employees.models import Employee
from employees.selectors import read_people
from positions import rules
from positions.models import Position
from positions.norm_selectors import read_norms
from positions.wording import certificate_words, validity_words


@dataclass(frozen=True, kw_only=True)
class Case:
    """Of whom something is supposed: her facts, the norms she is judged by, and the day it is."""

    facts: rules.Facts
    norms: rules.Norms
    positions: Mapping[str, Position]
    today: date

    @property
    def present(self) -> str:
        """The position of the present post."""
        return next(work.position or "" for work in self.facts.work if work.present)

    @cached_property
    def ladders(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The pairs of level and category that each position has in any edition; a bare level has a blank one."""
        return {code: frozenset(_rungs(norm)) for code, norm in self.norms.positions.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the comparison."""

    label: str
    recorded: Cell
    supposed: Cell

    @property
    def changed(self) -> bool:
        """Whether the two sides differ."""
        return self.recorded != self.supposed


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The verdict on record as of today and the supposed one, compared."""

    on: date
    recorded: rules.Verdict | None
    supposed: rules.Verdict | None
    rows: tuple[Row, ...]
    #: The text that was chosen, where it is not the one in force on the day.
    other_text: rules.Edition | None
    #: A part of it is dated after the day, so that it does not count yet.
    too_late: bool


def _rungs(norm: rules.PositionNorm) -> Iterator[tuple[str, str]]:
    for edition in norm.editions:
        for level in edition.named_levels:
            yield str(level), ""
        for rung in edition.rungs:
            if rung.key.level is not None:
                yield str(rung.key.level), str(rung.key.category)


def case_of(employee: Employee, *, today: date) -> Case:
    """Read what is needed for supposing something of a person (11 queries)."""
    return Case(
        facts=read_people(Employee.objects.filter(pk=employee.pk))[0].facts,
        norms=read_norms(),
        positions={position.code: position for position in all_positions()},
        today=today,
    )


def what_if(case: Case, supposition: Supposition) -> WhatIf:
    """Judge what is supposed, and compare it with the verdict on record as of today."""
    on = supposition.on or case.today
    recorded = judge_supposed(case.facts, case.norms, Supposition(), on=case.today)
    supposed = judge_supposed(case.facts, case.norms, supposition, on=on)
    chosen = supposition.edition
    in_force = case.norms.text(supposed.position, on) if supposed else None
    return WhatIf(
        on=on,
        recorded=recorded,
        supposed=supposed,
        rows=tuple(_rows(case, recorded, supposed, on=on)),
        other_text=chosen if supposed and chosen != in_force else None,
        too_late=supposition.later_than(on),
    )


def _rows(case: Case, recorded: rules.Verdict | None, supposed: rules.Verdict | None, *, on: date) -> Iterator[Row]:
    cells = (
        (_("Post"), lambda verdict: _post(case, verdict)),
        (_("Judged by the text"), _text),
    )
    yield Row(label=_("As of"), recorded=Cell(words=day(case.today)), supposed=Cell(words=day(on)))
    for label, cell in cells:
        yield Row(label=label, recorded=cell(recorded), supposed=cell(supposed))
    for (label, one), (_label, other) in zip(verdict_cells(recorded), verdict_cells(supposed), strict=True):
        yield Row(label=label, recorded=one, supposed=other)


def _post(case: Case, verdict: rules.Verdict | None) -> Cell:
    if verdict is None:
        return Cell(words=_("No post is on record for this day."))
    position = case.positions.get(verdict.position)
    return Cell(words=f"{position.title} ({position.code})" if position else verdict.position)


def _text(verdict: rules.Verdict | None) -> Cell:
    if verdict is None:
        return Cell(words="–")
    if verdict.edition is None:
        return Cell(words=_("No text on file for this day"))
    return Cell(words=edition_words(verdict.edition))


# -------------------------------------------------------------------------------------------------------------- words


def edition_words(edition: rules.Edition) -> str:
    """Name a text by its position and the days it has."""
    dated: Any = edition
    return f"{edition.position}: {validity_words(dated)}"


def requirement_words(missing: Missing) -> str:
    """Name a requirement in few words."""
    if missing.requirement == "certificate" and missing.code:
        words = certificate_words(missing.code)
        return words[:1].upper() + words[1:]
    return {
        "education": _("Education"),
        "experience": _("Experience"),
        "text": _("Text in force"),
    }.get(missing.requirement, missing.requirement)


def transfer_query(*, position: str, level: rules.Level | None, on: date) -> str:
    """Give the query of an address on which a transfer on a day is supposed, and judged as of that day."""
    told = {"on": on, "transfer_position": position, "transfer_level": level or "", "transfer_on": on}
    return urlencode({name: value for name, value in told.items() if value}, safe="/")
