"""Addresses of the desk, below the positions of the admin (`admin:desk_…`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from positions.desk import draft_views, position_views, review_views


def desk_urls(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Give the addresses, with every view wrapped by the admin."""
    return [
        path("<int:pk>/desk/", wrap(position_views.position), name="desk_position"),
        path("<int:pk>/desk/amend/", wrap(position_views.amend), name="desk_amend"),
        path("<int:pk>/desk/changes/", wrap(position_views.changes), name="desk_changes"),
        path("editions/<int:pk>/correct/", wrap(position_views.correct), name="desk_correct"),
        path("editions/<int:pk>/withdraw/", wrap(position_views.withdraw), name="desk_withdraw"),
        path("drafts/<int:pk>/", wrap(draft_views.draft), name="desk_draft"),
        path("drafts/<int:pk>/rungs/<int:index>/", wrap(draft_views.rung), name="desk_rung"),
        path("drafts/<int:pk>/base/", wrap(draft_views.base), name="desk_base"),
        path("drafts/<int:pk>/take-note/", wrap(draft_views.take_note), name="desk_take_note"),
        path("drafts/<int:pk>/review/", wrap(review_views.review), name="desk_review"),
        path("drafts/<int:pk>/discard/", wrap(review_views.discard), name="desk_discard"),
    ]
