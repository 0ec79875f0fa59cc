"""One edition in two languages, entry beside entry, and its ladder as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, zip_longest

from positions import rules
from positions.codes import Category, Level, Provenance
from positions.models import Edition, Entry
from positions.wording import certificate_words, education_lines, experience_words, rung_words

#: Each language by its own name, as a column is headed.
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What stands in one of the two columns."""

    language: str
    name: str
    provenance: str
    qualification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in both languages, under the number it is printed in."""

    number: int
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The duties or the knowledge in both languages."""

    rows: tuple[Row, ...]
    left_to_come: bool
    right_to_come: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPathway:
    """One way of meeting a rung, in words."""

    education: list[str]
    experience: list[str]
    certificates: list[str]
    wishes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRung:
    """A rung in words, with its clause."""

    name: str
    clause: str
    pathways: list[LadderPathway]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderLevel:
    """The rungs of one level."""

    name: str
    rungs: list[LadderRung]


def side(edition: Edition, language: str) -> Side:
    """Give what one column shows of an edition."""
    return Side(
        language=language,
        name=OWN_NAMES[language],
        provenance=str(Provenance(getattr(edition, f"provenance_{language}")).label),
        qualification=getattr(edition, f"qualification_{language}") or "",
    )


def lines(left: Side, right: Side) -> list[Row]:
    """Put the printed lines of the qualification clause side by side."""
    pairs = zip_longest(left.qualification.splitlines(), right.qualification.splitlines(), fillvalue="")
    return [Row(number=number, left=one, right=other) for number, (one, other) in enumerate(pairs, start=1)]


def part(entries: Iterable[Entry], *, left: str, right: str) -> Part:
    """Put the entries side by side; a language without a single entry is still to be translated."""
    rows = [
        Row(
            number=entry.number,
            left=getattr(entry, f"text_{left}") or "",
            right=getattr(entry, f"text_{right}") or "",
        )
        for entry in entries
    ]
    return Part(
        rows=tuple(row for row in rows if row.left or row.right),
        left_to_come=not any(row.left for row in rows),
        right_to_come=not any(row.right for row in rows),
    )


def ladder(edition: rules.Edition) -> list[LadderLevel]:
    """Put the rungs of an edition into words, level by level."""
    return [
        LadderLevel(
            name=str(Level(level).label) if level else "",
            rungs=[
                _ladder_rung(
                    rung, name=str(Category(rung.key.category).label) if rung.key.category else rung_words(rung.key)
                )
                for rung in rungs
            ],
        )
        for level, rungs in groupby(edition.rungs, key=lambda rung: rung.key.level)
    ]


def _ladder_rung(rung: rules.Rung, *, name: str) -> LadderRung:
    """Put a rung into words."""
    return LadderRung(name=name, clause=rung.clause, pathways=[_pathway(pathway) for pathway in rung.pathways])


def _pathway(pathway: rules.Pathway) -> LadderPathway:
    return LadderPathway(
        education=education_lines(pathway),
        experience=[experience_words(norm) for norm in pathway.experience],
        certificates=[certificate_words(code) for code in pathway.certificates],
        wishes=[certificate_words(code) for code in pathway.preferred],
    )
