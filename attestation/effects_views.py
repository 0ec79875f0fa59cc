"""The page on whose verdicts a draft would change; the only place here that asks what day it is."""

from __future__ import annotations

import contextlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation.effects import NothingToJudgeError, draft_of, effects_of


@require_GET
def draft_effects(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whose verdicts a draft would change: a whole page, or for htmx what belongs into one."""
    if not request.user.has_perm("positions.change_draft"):
        raise PermissionDenied(_("Only editors of texts see what a draft would change."))
    draft = draft_of(pk)
    if draft is None:
        raise Http404(_("There is no such draft, or it is no longer being edited."))
    start = request.GET.get("from", "")
    context: dict[str, Any] = {"draft": draft, "effects": None}
    with contextlib.suppress(NothingToJudgeError):
        first = int(start) if start.isdecimal() else 0
        context["effects"] = effects_of(draft, request.user, today=timezone.localdate(), start=first)
    template = "effects/part.html" if request.headers.get("HX-Request") else "effects/page.html"
    return render(request, template, context)
