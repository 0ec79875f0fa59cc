"""Telling others that records have changed, without knowing them: imports go one way, news goes the other.

A service announces the people it has changed, inside its transaction; whoever has subscribed (attestation keeps
verdicts) acts at once, so that either both are saved or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Listener = Callable[[Collection[int]], object]

_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Call the listener with the numbers of the employees whenever some have changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(employees: Collection[int]) -> None:
    """Say that these employees, or their records, have changed."""
    if employees:
        for listener in _listeners:
            listener(employees)
