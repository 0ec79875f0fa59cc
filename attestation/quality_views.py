"""The page on data quality; it asks what day it is."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation import quality
from attestation.verdicts import verdicts_renew
from employees.access import Ability, may_anywhere, organisations_for


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every reason with the first people it concerns."""
    return _shown(request, None)


@require_GET
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show everybody whom one reason concerns, page by page."""
    return _shown(request, code)


def _shown(request: HttpRequest, code: str | None) -> HttpResponse:
    if not may_anywhere(request.user, Ability.EDIT):
        raise PermissionDenied
    on = timezone.localdate()
    verdicts_renew(on=on)
    found = quality.quality(request.user, on=on, code=code, number=request.GET.get("page"))
    if code is not None and not found.groups:
        raise Http404(_("Nobody is concerned by this any more. Go back to the page on data quality."))
    several = len(organisations_for(request.user, Ability.EDIT)) > 1
    context = {"on": on, "quality": found, "several": several}
    if code is None:
        return render(request, "quality/overview.html", context)
    return render(request, "quality/group.html", {**context, "group": found.groups[0], "page": found.groups[0].page})
