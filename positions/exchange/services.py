"""Taking a file of texts in: all of it or nothing, by somebody and for a reason; both stay in the record of changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from positions.codes import EditionAction
from positions.editing.errors import EditingRefusedError, ReasonMissingError
from positions.editing.positions import position_add, position_change
from positions.editing.services import edition_put
from positions.exchange.on_file import texts_on_file
from positions.exchange.planning import Plan, PositionPlan
from positions.exchange.problems import FileRefusedError, NothingNewError, TextsChangedError, TextsRefusedError
from positions.exchange.reading import read_file
from positions.located import LANGUAGES
from positions.models import Chapter, Position

#: A user; who that is, is settled in a layer above this one.
Editor = Any


def texts_plan(*, name: str, content: bytes) -> Plan:
    """Say what a file would do, or what is wrong with it (9 queries)."""
    return read_file(name, content, texts_on_file())


@transaction.atomic
def texts_import(*, name: str, content: bytes, digest: str | None, user: Editor, reason: str) -> Plan:
    """Take a file in, in one transaction; `digest` is that of the plan that was looked at, where one was.

    Raises ReasonMissingError, TextsRefusedError, TextsChangedError where the texts on file are others by now, and
    NothingNewError.
    """
    if not reason.strip():
        raise ReasonMissingError
    # Whoever else is importing or publishing now comes before or after, never in between.
    list(Position.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = texts_plan(name=name, content=content)
    if digest is not None and plan.digest and plan.digest != digest:
        raise TextsChangedError
    if plan.problems:
        raise TextsRefusedError(list(plan.problems))
    if plan.changes_nothing:
        raise NothingNewError
    try:
        _write(plan, user=user, reason=reason)
    except (IntegrityError, DataError, ValidationError, EditingRefusedError) as error:
        # Every reason that is known of is named with its place before; what is left, the database alone knows.
        raise FileRefusedError(_("The database refuses these texts: %(why)s") % {"why": error}) from error
    return plan


def _write(plan: Plan, *, user: Editor, reason: str) -> None:
    positions = {each.wanted.code: _position_write(each) for each in plan.changing}
    for each in plan.changing:
        position = positions[each.wanted.code]
        if each.new_successor:
            position.successor = Position.objects.filter(code=each.wanted.successor).first()
        if (each.new_title and not each.is_new) or each.new_successor:
            position_change(position=position)
    for each in plan.changing:
        position = positions[each.wanted.code]
        present = {edition.valid_from.isoformat(): edition for edition in position.editions.all()}
        for edition in each.editions:
            edition_put(
                position=position,
                edition=present.get(edition.valid_from),
                data=edition.after,
                action=EditionAction.IMPORTED,
                user=user,
                reason=reason,
            )


def _position_write(plan: PositionPlan) -> Position:
    """Give the position of a plan with its titles; one that is not on file yet is put there."""
    act, _slash, number = plan.wanted.code.partition("/")
    chapter, _dot, paragraph = number.partition(".")
    row = Position.objects.filter(code=plan.wanted.code).first() or Position(paragraph=paragraph)
    for language in LANGUAGES:
        setattr(row, f"title_{language}", plan.wanted.title.get(language) or "")
    if plan.is_new:
        row.chapter = Chapter.objects.select_related("act").get(act__code=act, number=int(chapter))
        position_add(position=row)
    return row
