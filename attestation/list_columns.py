"""The columns and the orders that the list of employees has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, OrderBy, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the list: its key in the address, its heading, the order that its heading gives."""

    key: str
    label: str | Promise
    sort: str = ""
    usual: bool = True


#: The name stands in every list and is no choice.
NAME = Column(key="name", label=_("Name"), sort="name")
COLUMNS = (
    Column(key="organisation", label=_("Organisation"), usual=False),
    Column(key="unit", label=_("Structural unit")),
    Column(key="number", label=_("Personnel number"), sort="number"),
    Column(key="iin", label=_("IIN"), usual=False),
    Column(key="position", label=_("Position"), sort="position"),
    Column(key="hired", label=_("Hired on"), usual=False),
    Column(key="current", label=_("Current rung and its requirements")),
    Column(key="lapses", label=_("Last day of the category"), usual=False),
    Column(key="next", label=_("Next rung and its requirements"), sort="status"),
    Column(key="reachable", label=_("Reachable on"), sort="reachable"),
    Column(key="attestation", label=_("Next attestation"), usual=False),
    Column(key="doubts", label=_("What keeps it unknown"), usual=False),
)

#: From what can be decided to what cannot.
STATUS_ORDER = {"met": 0, "unknown": 1, "not_met": 2, "": 3}
_STATUS = Case(
    *(When(verdict__next_status=status, then=Value(rank)) for status, rank in STATUS_ORDER.items()),
    default=Value(3),
    output_field=IntegerField(),
)
#: The orders of the list; whoever is equal stands by name and personnel number.
SORTS: dict[str, Any] = {
    "name": F("sort_key"),
    "number": F("personnel_number"),
    "position": F("position__order"),
    "status": _STATUS,
    "reachable": F("verdict__reachable_on"),
}
#: The orders that rest on the verdict.
VERDICT_SORTS = ("status", "reachable")


def order_by(sort: str) -> list[OrderBy]:
    """Give the order of a list, explicit to the last; whoever has no value stands last in both directions."""
    asked = OrderBy(SORTS[sort.removeprefix("-")], descending=sort.startswith("-"), nulls_last=True)
    return [asked, F("sort_key").asc(), F("personnel_number").asc(), F("pk").asc()]
