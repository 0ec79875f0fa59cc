"""Reading drafts, editions and their changes for the desk; every function promises its number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from positions.codes import DraftKind, DraftState
from positions.editing.documents import plain
from positions.folding import folded
from positions.models import Act, Draft, Edition, EditionChange, Position
from positions.norms import edition_data
from positions.standing import Standing, standing

CHANGES_A_PAGE = 10
_BELONGINGS = ("entries", "notes", "rungs__pathways__requirements", "rungs__pathways__experience")


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionAtDesk:
    """A position as an editor meets it."""

    position: Position
    #: The newest first.
    editions: list[Edition]
    draft: Draft | None


def draft_with_all(pk: int) -> Draft | None:
    """Give a draft with its position, edition and editors (1 query)."""
    return (
        Draft.objects.select_related(
            "position__chapter__act", "edition__brought_by", "edition__position", "edited_by", "created_by"
        )
        .filter(pk=pk)
        .first()
    )


def acts_by_code() -> dict[str, Act]:
    """Give all acts by their codes, in their order (1 query)."""
    return {act.code: act for act in Act.objects.order_by("order", "code")}


def other_editions(draft: Draft) -> list[Edition]:
    """Give the editions of a draft's position that it would not replace, the oldest first (1 query)."""
    found = draft.position.editions.order_by("valid_from")
    if draft.kind == DraftKind.CORRECTION and draft.edition_id is not None:
        found = found.exclude(pk=draft.edition_id)
    return list(found)


def base_now(draft: Draft) -> tuple[str, dict[str, object] | None]:
    """Tell whether the edition under a draft is still what the draft took: same, changed (and to what), gone.

    At most 6 queries, for any number of rungs.
    """
    if draft.base is None:
        return "same", None
    if draft.edition is None:
        return "gone", None
    prefetch_related_objects([draft.edition], *_BELONGINGS)
    present = plain(edition_data(draft.edition))
    return ("same", None) if present == draft.base else ("changed", present)


def position_at_desk(pk: int) -> PositionAtDesk | None:
    """Give a position with its editions and its open draft (3 queries)."""
    position = Position.objects.select_related("chapter__act", "successor").filter(pk=pk).first()
    if position is None:
        return None
    editions = list(position.editions.select_related("brought_by", "position").order_by("-valid_from"))
    draft = Draft.objects.select_related("edited_by").filter(position=position, state=DraftState.OPEN).first()
    return PositionAtDesk(position=position, editions=editions, draft=draft)


def edition_at_desk(pk: int) -> Edition | None:
    """Give an edition with its position and act (1 query)."""
    return Edition.objects.select_related("position__chapter__act", "brought_by").filter(pk=pk).first()


def edition_to_copy(editions: list[Edition], on: date) -> Edition | None:
    """Choose, of a position's editions, the one that a new edition from a day is written after."""
    earlier = [edition for edition in editions if edition.valid_from < on]
    return max(earlier or editions, key=lambda edition: edition.valid_from, default=None)


def changes_of(position: Position, *, page: int | str | None) -> Page[EditionChange]:
    """Give the changes of a position's editions, the latest first (2 queries)."""
    found = EditionChange.objects.filter(position=position).select_related("user").order_by("-at", "-pk")
    return Paginator(found, CHANGES_A_PAGE).get_page(page)


# ------------------------------------------------------------------------------------------------ the list of positions


def with_editions(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Read positions with their editions and open drafts (2 queries more, for any number of positions)."""
    drafts = Draft.objects.filter(state=DraftState.OPEN).select_related("edited_by").order_by("pk")
    return positions.select_related("chapter__act").prefetch_related(
        Prefetch("editions", Edition.objects.order_by("valid_from"), to_attr="at_desk"),
        Prefetch("drafts", drafts, to_attr="open_drafts"),
    )


def edition_standing(position: Position, wanted: Standing, *, on: date) -> Edition | None:
    """Give the first edition of a position (as `with_editions` read it) that stands so to a day (no query)."""
    editions: list[Edition] = position.at_desk  # type: ignore[attr-defined]
    return next((edition for edition in editions if standing(edition, on) is wanted), None)


def positions_matching(positions: QuerySet[Position], words: str) -> QuerySet[Position]:
    """Find positions by code or title in any language; Kazakh letters may be typed as Russian ones (1 query)."""
    terms = folded(words).split()
    rows = Position.objects.values_list("pk", "code", "title_kk", "title_ru", "title_en")
    found = [pk for pk, *texts in rows if all(term in folded(" ".join(text or "" for text in texts)) for term in terms)]
    return positions.filter(Q(pk__in=found))
