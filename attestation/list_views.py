"""The list of employees: the page, the fragment it is renewed by, what its fields search, and its export."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attestation import export_runs
from attestation.filters import RosterFilter
from attestation.list_export import CONTENT_TYPES, export_csv, export_xlsx
from attestation.list_headings import headings
from attestation.roster import roster
from attestation.search_selects import SEARCHED
from employees.access import Ability, may_anywhere, visible_organisations
from employees.models import User

_IN_MEMORY = 5_000_000


@require_http_methods(["GET", "POST"])
def employees(request: HttpRequest) -> HttpResponse:
    """List employees; a search is posted, so that no IIN comes into an address, and answered at the list's address."""
    asked = request.POST if request.method == "POST" else request.GET
    organisations = visible_organisations(request.user)
    filters = RosterFilter(asked, user=request.user, organisations=organisations, today=timezone.localdate())
    address = f"{reverse('employees')}?{filters.query()}".removesuffix("?")
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if request.method == "POST" and not fragment and not filters.is_private and filters.form.is_valid():
        return redirect(address)
    context = {
        "filters": filters,
        "form": filters.form,
        "on": filters.on,
        "organisations": organisations,
        "roster": roster(filters, number=filters.chosen("page") or 1),
        "headings": headings(filters),
        "export_limit": export_runs.DIRECT,
        "may_export": may_anywhere(request.user, Ability.EXPORT),
    }
    response = render(request, "employees/list/results.html" if fragment else "employees/list.html", context)
    if fragment and request.method == "POST":
        response["HX-Push-Url"] = address
    return response


@require_GET
def employee_choices(request: HttpRequest, kind: str) -> HttpResponse:
    """Offer what a field of the list searches for: units or positions."""
    if kind not in SEARCHED:
        raise Http404(_("There is nothing to search for here."))
    choices = SEARCHED[kind](request.user, request.GET.get(kind, "")[:300])
    return render(request, "employees/list/choices.html", {"choices": choices})


@require_GET
def employees_export(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """Hand the list out as a file: the same people, order and columns as the page with this address."""
    if not may_anywhere(request.user, Ability.EXPORT):
        raise PermissionDenied(_("You may not export lists. Ask an administrator for the right."))
    filters = export_runs.roster_filter(cast("User", request.user), request.GET)
    name = f"employees-{filters.on.isoformat()}.{suffix}"
    if suffix == "csv":
        streamed = StreamingHttpResponse(export_csv(filters), content_type=CONTENT_TYPES[suffix])
        streamed["Content-Disposition"] = f'attachment; filename="{name}"'
        return streamed
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    export_xlsx(filters, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[suffix])
