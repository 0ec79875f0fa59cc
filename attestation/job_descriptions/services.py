"""Writing an organisation's own entries; the order's text is never touched, and every change is kept in the history."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import models, transaction

from attestation.job_descriptions.selectors import LANGUAGES, version_of
from attestation.models import OwnEntry
from employees.models import Organisation
from positions.codes import EntryKind
from positions.models import Position


class Direction(StrEnum):
    """Where an entry is moved in its list."""

    UP = "up"
    DOWN = "down"


class OwnEntryRefusedError(Exception):
    """An entry is not written."""


class OwnEntryEmptyError(OwnEntryRefusedError):
    """An entry says nothing in any language."""


class OwnEntryChangedError(OwnEntryRefusedError):
    """Somebody else has changed the entry since it was read; `entry` is what is there now."""

    def __init__(self, entry: OwnEntry) -> None:
        super().__init__(str(entry.pk))
        self.entry = entry


class OwnEntryGoneError(OwnEntryRefusedError):
    """Somebody else has deleted the entry."""


@transaction.atomic
def own_entry_add(
    *, organisation: Organisation, position: Position, kind: EntryKind, texts: Mapping[str, str]
) -> OwnEntry:
    """Add an entry at the end of its list. Raises OwnEntryEmptyError."""
    _lock(organisation)
    last = _list_of(organisation, position, kind).last()
    entry = OwnEntry(organisation=organisation, position=position, kind=kind, order=last.order + 1 if last else 1)
    return _written(entry, texts)


@transaction.atomic
def own_entry_change(*, entry: OwnEntry, read: str, texts: Mapping[str, str]) -> OwnEntry:
    """Change the texts of an entry that was read in a version.

    Raises OwnEntryEmptyError, OwnEntryChangedError and OwnEntryGoneError.
    """
    _lock(entry.organisation)
    present = OwnEntry.objects.filter(pk=entry.pk).first()
    if present is None:
        raise OwnEntryGoneError
    if version_of(present) != read:
        raise OwnEntryChangedError(present)
    return _written(present, texts)


@transaction.atomic
def own_entry_move(*, entry: OwnEntry, direction: Direction) -> None:
    """Let an entry change places with its neighbour; the first one cannot go up, nor the last one down."""
    _lock(entry.organisation)
    entries = list(_list_of(entry.organisation, entry.position, EntryKind(entry.kind)))
    place = next((number for number, each in enumerate(entries) if each.pk == entry.pk), None)
    if place is None:
        return
    other = place - 1 if direction is Direction.UP else place + 1
    if 0 <= other < len(entries):
        _exchanged(entries[place], entries[other], free=entries[-1].order + 1)


@transaction.atomic
def own_entry_delete(*, entry: OwnEntry) -> None:
    """Delete an entry; its history stays."""
    _lock(entry.organisation)
    for present in OwnEntry.objects.filter(pk=entry.pk):
        present.delete()


def _exchanged(one: OwnEntry, other: OwnEntry, *, free: int) -> None:
    """Exchange the places of two entries, by way of a free one: no two may ever have the same."""
    one_place, other_place = one.order, other.order
    OwnEntry.objects.filter(pk=one.pk).update(order=free)
    other.order = one_place
    other.save()
    one.order = other_place
    one.save()


def _written(entry: OwnEntry, texts: Mapping[str, str]) -> OwnEntry:
    told = {language: texts.get(language, "").strip() for language in LANGUAGES}
    if not any(told.values()):
        raise OwnEntryEmptyError
    for language, text in told.items():
        setattr(entry, f"text_{language}", text)
    entry.full_clean()
    entry.save()
    return entry


def _list_of(organisation: Organisation, position: Position, kind: EntryKind) -> models.QuerySet[OwnEntry]:
    return OwnEntry.objects.filter(organisation=organisation, position=position, kind=kind).order_by("order")


def _lock(organisation: Organisation) -> None:
    """Let nobody else write entries of the organisation meanwhile."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
