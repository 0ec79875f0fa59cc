"""Acts and positions themselves: adding them, renaming them, saying who continues whom."""

from __future__ import annotations

from django.db import transaction

from positions.changes import announce
from positions.models import Act, Position
from positions.norms import positions_reorder


class ActExistsError(Exception):
    """An act of this number and year is on file."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.code)
        self.act = act


def act_code(act: Act) -> str:
    """Make the code of an act from the digits of its number and the year, as `316-2024`."""
    number = "".join(character for character in act.number if character.isalnum() or character == "-").strip("-")
    return f"{number}-{act.adopted_on:%Y}"


def position_code(position: Position) -> str:
    """Make the code of a position, `<act>/<chapter>.<paragraph>`."""
    return f"{position.chapter.act.code}/{position.chapter.number}.{position.paragraph}"


@transaction.atomic
def act_add(*, act: Act) -> Act:
    """Put a new act on file, after all others. Raises ActExistsError."""
    act.code = act_code(act)
    known = Act.objects.filter(code=act.code).first()
    if known is not None:
        raise ActExistsError(known)
    last = Act.objects.order_by("-order").first()
    act.order = last.order + 1 if last is not None else 0
    act.save()
    return act


@transaction.atomic
def position_add(*, position: Position) -> Position:
    """Put a new position on file, in its place among all; it has no text yet."""
    position.code = position_code(position)
    position.order = 0
    position.save()
    positions_reorder()
    position.refresh_from_db(fields=["order"])
    announce({position.code})
    return position


@transaction.atomic
def position_change(*, position: Position) -> Position:
    """Keep new titles or another successor; time and categories count along the line of successors."""
    before = Position.objects.get(pk=position.pk).successor_id
    position.save()
    if before != position.successor_id:
        announce(set(Position.objects.values_list("code", flat=True)))
    return position


def successors_of(position: Position) -> list[Position]:
    """Follow the line of a position's successors, as far as it does not lead back (1 query each)."""
    found: list[Position] = []
    following = position.successor
    while following is not None and following not in found and following != position:
        found.append(following)
        following = following.successor
    return found
