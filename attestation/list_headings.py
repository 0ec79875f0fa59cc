"""The headings of the list, which sort it when they are clicked."""

from __future__ import annotations

from dataclasses import dataclass

from attestation.filters import RosterFilter
from attestation.list_columns import NAME, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its column, the query that sorts by it, and how the list is sorted by it now, as ARIA names it."""

    column: Column
    query: str
    aria_sort: str


def headings(filters: RosterFilter) -> list[Heading]:
    """Give the headings of the columns shown; a second click turns the order round."""
    return [_heading(filters, column) for column in [NAME, *filters.columns] if column.key != "unit"]


def _heading(filters: RosterFilter, column: Column) -> Heading:
    if not column.sort or filters.is_private:
        return Heading(column=column, query="", aria_sort="")
    turned = f"-{column.sort}" if filters.sort == column.sort else column.sort
    state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(filters.sort, "")
    return Heading(column=column, query=filters.query(sort=turned) or "sort=name", aria_sort=state)
