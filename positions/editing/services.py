"""Drafts and what becomes of them: a correction of an edition, a new edition from a date, a withdrawal.

Every change of an edition is one transaction: the texts, the end of the edition before, the record of who did it and
why, and the verdicts that rest on it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from positions.changes import announce, objections
from positions.codes import DraftKind, DraftState, EditionAction
from positions.editing import errors
from positions.editing.checks import Checked, check_document
from positions.editing.documents import blank, plain, storable
from positions.located import Data
from positions.models import Act, Draft, Edition, EditionChange, Position
from positions.norms import edition_data, edition_write

_DAY = timedelta(days=1)

#: A user; who that is, is settled in a layer above this one.
Editor = Any


# ------------------------------------------------------------------------------------------------------------- drafts


@transaction.atomic
def draft_begin(
    *, position: Position, kind: DraftKind, edition: Edition | None, user: Editor, on: date | None = None
) -> tuple[Draft, bool]:
    """Begin a draft of a position, or give the one that is open already; tells whether it is new.

    A correction starts from its edition as it is. A new edition starts as a copy, from the day `on` (where it is known
    already) until the day before the edition that follows. A position without any text starts with an empty one.
    """
    _lock(position)
    found = Draft.objects.filter(position=position, state=DraftState.OPEN).first()
    if found is not None:
        return found, False
    base = plain(edition_data(edition)) if edition is not None else None
    if base is None:
        data = blank(act=position.act_code, clause=position.number)
    elif kind == DraftKind.CORRECTION:
        data = base
    else:
        data = {**base, "dates_estimated": False}
    if kind == DraftKind.AMENDMENT:
        data = {**data, "valid_from": on.isoformat() if on else None, "valid_to": _last_day_free(position, on)}
    draft = Draft.objects.create(
        position=position, kind=kind, edition=edition, base=base, data=data, created_by=user, edited_by=user
    )
    return draft, True


def _last_day_free(position: Position, on: date | None) -> str | None:
    if on is None:
        return None
    later = position.editions.filter(valid_from__gt=on).order_by("valid_from").first()
    return (later.valid_from - _DAY).isoformat() if later is not None else None


@transaction.atomic
def draft_save(*, draft: Draft, version: int, document: Data, user: Editor) -> Draft:
    """Keep what an editor has written, finished or not; every saving stays in the draft's history.

    Raises DraftClosedError, and DraftEditedError where somebody else has saved since `version` was read.
    """
    row = _open(draft, version)
    row.data, row.edited_by, row.version = storable(document), user, row.version + 1
    row.save()
    return row


@transaction.atomic
def draft_discard(*, draft: Draft, version: int, user: Editor) -> Draft:
    """Put a draft away without publishing it. Raises DraftClosedError and DraftEditedError."""
    row = _open(draft, version)
    row.state, row.edited_by, row.version = DraftState.DISCARDED, user, row.version + 1
    row.save()
    return row


@transaction.atomic
def draft_rebase(*, draft: Draft, version: int, user: Editor) -> Draft:
    """Take note of what the edition under a draft says now: the draft is to replace that.

    Raises DraftClosedError, DraftEditedError, and EditionGoneError where the edition was withdrawn.
    """
    row = _open(draft, version)
    if row.base is not None and row.edition is None:
        raise errors.EditionGoneError
    if row.edition is not None:
        row.base = plain(edition_data(row.edition))
    row.edited_by, row.version = user, row.version + 1
    row.save()
    return row


def draft_check(draft: Draft) -> Checked:
    """Tell what is wrong with a draft and what deserves a second look (1 query)."""
    return check_document(draft.data, acts=set(Act.objects.values_list("code", flat=True)), base=draft.base)


@transaction.atomic
def draft_publish(*, draft: Draft, version: int, user: Editor, reason: str) -> Edition:
    """Bring a draft into force, from the day it names: at once, or on a day to come.

    A new edition ends the one before on the day before its own first. Raises ReasonMissingError, DraftClosedError,
    DraftEditedError, EditionGoneError, BaseChangedError where the edition was changed since the draft took it,
    NothingChangedError, DraftProblemsError, and EditionOverlapsError.
    """
    if not reason.strip():
        raise errors.ReasonMissingError
    row = _open(draft, version)
    _lock(row.position)
    _compare_base(row)
    checked = draft_check(row)
    if checked.edition is None:
        raise errors.DraftProblemsError(checked.problems)
    if not _says_something_new(row):
        raise errors.NothingChangedError
    edition = row.edition if row.kind == DraftKind.CORRECTION else None
    action = EditionAction.CORRECTED if edition is not None else EditionAction.PUBLISHED
    written = edition_put(
        position=row.position, edition=edition, data=checked.edition, action=action, user=user, reason=reason
    )
    row.edition, row.edited_by = written, user
    row.state, row.version = DraftState.PUBLISHED, row.version + 1
    row.save()
    return written


def _compare_base(draft: Draft) -> None:
    """Refuse a draft whose edition says something else by now."""
    if draft.base is None:
        return
    if draft.edition is None:
        raise errors.EditionGoneError
    if plain(edition_data(draft.edition)) != draft.base:
        raise errors.BaseChangedError(draft.edition)


def _says_something_new(draft: Draft) -> bool:
    """Tell whether a draft differs from its edition; of a new edition other days alone are not enough."""
    if draft.base is None:
        return True
    days = {"valid_from", "valid_to", "dates_estimated"} if draft.kind == DraftKind.AMENDMENT else set()
    return any(draft.data.get(key) != value for key, value in draft.base.items() if key not in days)


def _open(draft: Draft, version: int) -> Draft:
    """Give the draft as it is now, locked. Raises DraftClosedError and DraftEditedError."""
    row = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("position__chapter__act", "edition", "edited_by")
        .get(pk=draft.pk)
    )
    if row.state != DraftState.OPEN:
        raise errors.DraftClosedError(row)
    if row.version != version:
        raise errors.DraftEditedError(row)
    return row


def _lock(position: Position) -> None:
    """Let nobody else change the editions of a position meanwhile."""
    Position.objects.select_for_update(of=("self",)).get(pk=position.pk)


# ----------------------------------------------------------------------------------------------------------- editions


@transaction.atomic
def edition_put(
    *, position: Position, edition: Edition | None, data: Data, action: EditionAction, user: Editor, reason: str
) -> Edition:
    """Write an edition that was checked: over the given one, or as a new one that ends the one before it.

    Raises EditionOverlapsError, ReasonMissingError.
    """
    if not reason.strip():
        raise errors.ReasonMissingError
    before = plain(edition_data(edition)) if edition is not None else None
    _make_room(position, edition, data, user=user, reason=reason)
    written = edition_write(position, edition, data)
    EditionChange.objects.create(
        position=position,
        edition=written,
        valid_from=written.valid_from,
        action=action,
        user=user,
        reason=reason.strip(),
        before=before,
        after=plain(data),
    )
    announce({position.code})
    return written


def _make_room(position: Position, edition: Edition | None, data: Data, *, user: Editor, reason: str) -> None:
    """End the edition in force on the first day of a new one; refuse to overlap any other."""
    start: date = data["valid_from"]
    until: date | None = data["valid_to"] + _DAY if data["valid_to"] else None
    for other in position.editions.order_by("valid_from"):
        if edition is not None and other.pk == edition.pk:
            continue
        if (until is not None and until <= other.valid_from) or (other.valid_until and other.valid_until <= start):
            continue
        if edition is not None or other.valid_from >= start:
            raise errors.EditionOverlapsError(other)
        _end(other, start, user=user, reason=reason)


def _end(edition: Edition, until: date | None, *, user: Editor, reason: str) -> None:
    """Let an edition end the day before another begins, or last on after that one was withdrawn."""
    before = plain(edition_data(edition))
    reopened = until is None or (edition.valid_until is not None and until > edition.valid_until)
    edition.valid_until = until
    edition.save(update_fields=["valid_until"])
    EditionChange.objects.create(
        position_id=edition.position_id,
        edition=edition,
        valid_from=edition.valid_from,
        action=EditionAction.REOPENED if reopened else EditionAction.CLOSED,
        user=user,
        reason=reason.strip(),
        before=before,
        after=plain(edition_data(edition)),
    )


@transaction.atomic
def edition_withdraw(*, edition: Edition, user: Editor, reason: str) -> None:
    """Take an edition back; the one that it ended is in force again until the day on which the withdrawn one ended.

    Its text stays in the record of changes. Raises ReasonMissingError, and EditionInUseError where somebody was
    attested under it.
    """
    if not reason.strip():
        raise errors.ReasonMissingError
    position = edition.position
    _lock(position)
    reasons = objections(edition)
    if reasons:
        raise errors.EditionInUseError(reasons)
    before = plain(edition_data(edition))
    start, until = edition.valid_from, edition.valid_until
    edition.delete()
    EditionChange.objects.create(
        position=position,
        valid_from=start,
        action=EditionAction.WITHDRAWN,
        user=user,
        reason=reason.strip(),
        before=before,
    )
    previous = position.editions.filter(valid_until=start).first()
    if previous is not None and previous.changes.filter(action=EditionAction.CLOSED).exists():
        _end(previous, until, user=user, reason=reason)
    announce({position.code})
