"""Telling others that norms have changed, inside the transaction of the change (see employees.changes)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from positions.models import Edition

#: Is called with the codes of the positions whose norms have changed.
Listener = Callable[[Collection[str]], object]

_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Call the listener whenever norms have changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(codes: Collection[str]) -> None:
    """Say that the norms of these positions have changed."""
    if codes:
        for listener in _listeners:
            listener(codes)


#: Tells why an edition must stay: what rests on it.
Guard = Callable[["Edition"], list[str]]

_guards: list[Guard] = []


def guard(check: Guard) -> None:
    """Let somebody object whenever an edition is about to be withdrawn."""
    if check not in _guards:
        _guards.append(check)


def objections(edition: Edition) -> list[str]:
    """Give the reasons why an edition cannot be withdrawn."""
    return [reason for check in _guards for reason in check(edition)]
