"""Selects that search: units and positions by a part of their name, never a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from employees.access import visible_employees
from employees.models import Organisation, Unit, User
from employees.names import folded, sort_key
from positions.models import Position

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what is written into the field, and what tells it from others."""

    value: str
    hint: str = ""


def _named(wanted: str, *names: str | None) -> bool:
    """Tell whether every word asked for stands in one of the names."""
    words = folded(wanted).split()
    return any(all(word in folded(name) for word in words) for name in names if name)


def units_like(wanted: str, *, organisations: Iterable[Organisation]) -> set[int]:
    """Give the units of that very name, else those that have its words in theirs, with all below them (1 query).

    Two units whose names differ only in what folding takes away are told apart by the name as it is written.
    """
    rows = list(Unit.objects.filter(organisation__in=organisations).order_by("pk").values_list("pk", "parent", "name"))
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent, _name in rows:
        children[parent].append(pk)
    found = {pk for pk, _parent, name in rows if name == wanted}
    found = found or {pk for pk, _parent, name in rows if folded(name) == folded(wanted)}
    found = found or {pk for pk, _parent, name in rows if _named(wanted, name)}
    frontier = list(found)
    while frontier:
        below = [child for child in children[frontier.pop()] if child not in found]
        found.update(below)
        frontier += below
    return found


def positions_like(wanted: str) -> set[str]:
    """Give the codes of the positions of that very title or code, else of those that have its words (1 query)."""
    rows = list(Position.objects.order_by("order").values_list("code", "title_kk", "title_ru", "title_en"))
    exact = {code for code, *names in rows if folded(wanted) in {folded(name) for name in (code, *names) if name}}
    return exact or {code for code, *names in rows if _named(wanted, code, *names)}


def unit_choices(user: User | AnonymousUser, wanted: str) -> list[Choice]:
    """Offer units in which the user sees somebody (3 queries at most, her rights among them)."""
    names = Unit.objects.filter(employees__in=visible_employees(user)).order_by("name").values_list("name", flat=True)
    fitting = [name for name in set(names) if _named(wanted, name)]
    return [Choice(name) for name in sorted(fitting, key=sort_key)[:_SHOWN]]


def position_choices(user: User | AnonymousUser, wanted: str) -> list[Choice]:
    """Offer positions by title, in any of the languages, or by code (1 query)."""
    found = [
        Choice(position.title or position.title_kk or position.code, position.code)  # type: ignore[attr-defined]
        for position in Position.objects.order_by("order")
        if _named(wanted, position.code, position.title_kk, position.title_ru, position.title_en)  # type: ignore[attr-defined]
    ]
    return found[:_SHOWN]


#: What can be searched for, by its name in the address.
SEARCHED = {"unit": unit_choices, "position": position_choices}
