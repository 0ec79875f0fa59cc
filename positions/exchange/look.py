"""What a plan looks like on a page: position by position, edition by edition, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from positions.comparison import OWN_NAMES
from positions.editing.differences import Kind, Piece, word_diff
from positions.editing.documents import blank
from positions.edition_differences import Differences, day_words, differences
from positions.exchange.planning import EditionPlan, Plan, PositionPlan
from positions.exchange.problems import Problem
from positions.located import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedEdition:
    """An edition with all that changes in it."""

    plan: EditionPlan
    begins: str
    ends: str
    page: Differences
    official: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedTitle:
    """The title of a position in a language in which it changes."""

    language: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedPosition:
    """A position with all that changes in it."""

    plan: PositionPlan
    title: str
    titles: list[LookedTitle]
    editions: list[LookedEdition] = field(default_factory=list)


def looked_at(plan: Plan, *, acts: Mapping[str, str], language: str) -> Iterator[LookedPosition]:
    """Give what changes, in the words of the reader."""
    for each in plan.changing:
        yield LookedPosition(
            plan=each,
            title=each.wanted.title.get(language) or each.wanted.title["kk"],
            titles=_titles(each),
            editions=[_edition(each, edition, acts) for edition in each.editions],
        )


def warnings_of(plan: Plan) -> list[Problem]:
    """Give all that deserves a second look."""
    return [*plan.warnings, *(warning for edition in plan.editions for warning in edition.warnings)]


def _titles(plan: PositionPlan) -> list[LookedTitle]:
    before = plan.stored.title if plan.stored else {}
    found = {
        language: word_diff(before.get(language) or "", plan.wanted.title.get(language) or "") for language in LANGUAGES
    }
    return [
        LookedTitle(language=language, pieces=pieces)
        for language, pieces in found.items()
        if any(piece.kind is not Kind.SAME for piece in pieces)
    ]


def _edition(position: PositionPlan, plan: EditionPlan, acts: Mapping[str, str]) -> LookedEdition:
    act, _slash, number = position.wanted.code.partition("/")
    return LookedEdition(
        plan=plan,
        begins=day_words(plan.valid_from),
        ends=day_words(plan.ends) if plan.ends else "",
        page=differences(plan.compared or blank(act=act, clause=number), plan.document, acts=acts),
        official=[OWN_NAMES[language] for language in plan.made_official],
    )
