"""What the user may do, for templates; the rules are those of access.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from employees import access
from employees.access import Ability
from employees.models import User

register = template.Library()


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the navigation: where it leads, and which pages belong to it."""

    label: str
    address: str
    current: bool


#: The rooms of the house: label, page, what one must be able to do somewhere, and the beginnings of their pages' names.
_ROOMS: tuple[tuple[str, str, Ability | None, tuple[str, ...]], ...] = (
    (gettext_noop("Employees"), "employees", Ability.SEE, ("employee", "person_edit", "record_")),
    (gettext_noop("Positions"), "positions", None, ("position", "succession", "job_description", "own_entry")),
    (gettext_noop("Organisations"), "organisations", Ability.SEE, ("organisation", "unit")),
    (
        gettext_noop("Attestation"),
        "attestation",
        Ability.SEE_ATTESTATION,
        ("attestation", "cycle", "case", "sitting", "sheet", "paper", "regime"),
    ),
    (gettext_noop("Editing texts"), "admin:positions_position_changelist", Ability.EDIT_TEXTS, ("desk_", "texts_")),
    (gettext_noop("Imports"), "imports", Ability.IMPORT, ("import",)),
    (gettext_noop("Data quality"), "quality", Ability.EDIT, ("quality",)),
    (gettext_noop("Reminders"), "reminders", Ability.SEE, ("reminders",)),
    (gettext_noop("Who looked at whom"), "readings", Ability.READ_LOG, ("readings",)),
    (gettext_noop("People and rights"), "people", Ability.MANAGE_PEOPLE, ("people", "person", "invitation")),
)


@register.simple_tag(takes_context=True)
def may_anywhere(context: dict[str, Any], ability: str) -> bool:
    """Tell whether the user may do this with anybody at all (no query beyond her rights)."""
    user = context.get("user")
    return user is not None and access.may_anywhere(user, Ability(ability))


def _may_enter(user: User | AnonymousUser, name: str, ability: Ability) -> bool:
    """Tell whether a user may open a room: by a right, or that of attestation by a place in a commission."""
    return access.may_anywhere(user, ability) or (name == "attestation" and _sits_in_a_commission(user))


def _sits_in_a_commission(user: User | AnonymousUser) -> bool:
    """Tell whether somebody without the right is in a commission (1 query for the life of the user object)."""
    if isinstance(user, AnonymousUser):
        return False
    if not hasattr(user, "_in_a_commission"):
        user._in_a_commission = user.commissions.exists()  # type: ignore[attr-defined]
    sits: bool = user._in_a_commission  # type: ignore[attr-defined]
    return sits


@register.simple_tag(takes_context=True)
def rooms(context: dict[str, Any]) -> list[Room]:
    """List the pages that this user may open, for the navigation."""
    user, request = context.get("user"), context.get("request")
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "") if match else ""
    found = [
        (label, name, beginnings)
        for label, name, ability, beginnings in _ROOMS
        if ability is None or (user is not None and _may_enter(user, name, ability))
    ]
    # Of two rooms that a page's name begins like, the longer beginning is its room: person_edit is no page of rights.
    lengths = {
        name: max((len(start) for start in beginnings if here.startswith(start)), default=0)
        for _label, name, beginnings in found
    }
    nearest = max(lengths.values(), default=0)
    return [
        Room(label=_(label), address=reverse(name), current=bool(nearest) and lengths[name] == nearest)
        for label, name, _beginnings in found
    ]
