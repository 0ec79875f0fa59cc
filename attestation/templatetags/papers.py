"""The papers of what a page shows, and their names."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from attestation.papers.forms import PrintForm
from attestation.papers.shelf import Shelf, shelf_of_case, shelf_of_cycle, shelf_of_sitting

register = template.Library()


@register.simple_tag(takes_context=True)
def papers_here(context: dict[str, Any]) -> Shelf | None:
    """Give the papers of the case, the sitting or the cycle that a page is about; None to whoever may not read them."""
    user, today = context["request"].user, timezone.localdate()
    if context.get("case"):
        return shelf_of_case(user, context["case"], today=today)
    if context.get("sitting"):
        return shelf_of_sitting(user, context["sitting"], today=today)
    board = context.get("board")
    return shelf_of_cycle(user, board.cycle if board else context["cycle"], today=today)


@register.simple_tag
def print_form(shelf: Shelf) -> PrintForm:
    """Give the form for printing papers of a whole cycle, with all that can be printed ticked."""
    kinds = [each.kind.value for each in shelf.bulk]
    return PrintForm(offered=shelf.bulk, initial={"kinds": kinds[-1:]}, auto_id="print_%s")
