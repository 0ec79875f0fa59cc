"""How an edition stands to a day: in force, no longer, or not yet; pure, without Django."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """Whether a text counts on a day."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    TO_COME = "to_come"


class Period(Protocol):
    """What has a first day, and a first day on which it is over."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


def covers(edition: Period, on: date) -> bool:
    """Tell whether an edition is in force on a day."""
    return standing(edition, on) is Standing.IN_FORCE


def standing(edition: Period, on: date) -> Standing:
    """Tell how an edition stands to a day."""
    if on < edition.valid_from:
        return Standing.TO_COME
    if edition.valid_until is not None and edition.valid_until <= on:
        return Standing.ENDED
    return Standing.IN_FORCE
