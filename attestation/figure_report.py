"""The figures of a day as a paper: what the dashboard shows, to be printed and filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attestation.figure_page import FiguresPage
from attestation.figure_tables import Cell, Table, figure_tables
from attestation.paper_words import day_in_words
from attestation.printing import pdf
from attestation.wording import day

#: How wide the first column of a table is beside each of the others.
_FIRST = 3
#: A table of so many rows is not parted by the end of a page.
_KEPT_TOGETHER = 16


def figures_report(page: FiguresPage, *, whose: Sequence[tuple[str, str]], today: date) -> bytes:
    """Give the figures as PDF in the language of the reader; `whose` says in labels and values whose they are."""
    title = _("Figures of the staff")
    blocks: list[dict[str, Any]] = [
        {"kind": "title", "text": title},
        {"kind": "subtitle", "text": day_in_words(page.figures.on)},
        {"kind": "facts", "pairs": [*whose, (_("Printed on"), day_in_words(today))]},
        {"kind": "small", "text": _("Sanat proposes on the ground of the records; the commission decides.")},
    ]
    for table in figure_tables(page):
        blocks += blocks_of(table)
    return pdf("paper", {"blocks": blocks}, language=get_language() or "kk", title=title, on=today)


def blocks_of(table: Table) -> list[dict[str, Any]]:
    """Give a table as blocks of a paper: a heading, bars or rows, and what must be known to read them."""
    blocks: list[dict[str, Any]] = [{"kind": "section", "text": table.title}]
    if not table.rows:
        blocks.append({"kind": "small", "text": _("Nothing.")})
    elif table.bars:
        items = [{"label": text_of(row[0]), "number": row[-1]} for row in table.rows]
        blocks.append({"kind": "bars", "items": items, "heads": list(table.heads), "foot": _texts(table.foot)})
    else:
        blocks.append(
            {
                "kind": "listing",
                "heads": list(table.heads),
                "rows": [_texts(row) for row in table.rows],
                "foot": _texts(table.foot),
                "widths": [_FIRST if isinstance(table.rows[0][0], str) else 1, *[1 for _head in table.heads[1:]]],
                "sides": ["left" if isinstance(cell, str | date) else "right" for cell in table.rows[0]],
            }
        )
    if table.note:
        blocks.append({"kind": "small", "text": table.note})
    return [{"kind": "together", "blocks": blocks}] if len(table.rows) <= _KEPT_TOGETHER else blocks


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text_of(cell) for cell in row]


def text_of(cell: Cell) -> str:
    """Write a cell as it is read: days by the custom of tables, nothing where there is nothing."""
    if cell is None:
        return ""
    return day(cell) if isinstance(cell, date) else str(cell)
