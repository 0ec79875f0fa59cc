"""Telling others that records have changed, without knowing them: imports go one way, news goes the other.

A service announces the people it has changed, inside its transaction; whoever has subscribed (attestation keeps
verdicts) acts at once, so that either both are saved or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

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


#: Tells why some of these records of a model must stay as they are, by their numbers.
Guard = Callable[[Any, Collection[int]], dict[int, str]]

_guards: list[Guard] = []


def guard(check: Guard) -> None:
    """Let somebody object whenever a record is about to be changed or deleted by hand or by an import."""
    if check not in _guards:
        _guards.append(check)


def objections(model: Any, pks: Collection[int]) -> dict[int, str]:
    """Give the reasons why records must stay as they are, by their numbers (1 query for each guard concerned)."""
    found: dict[int, str] = {}
    for check in _guards:
        found |= check(model, pks) if pks else {}
    return found
