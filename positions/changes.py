"""Telling others that norms have changed, inside the transaction of the change (see employees.changes)."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[], object]

_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Call the listener whenever norms have changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce() -> None:
    """Say that norms have changed."""
    for listener in _listeners:
        listener()
