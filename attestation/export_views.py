"""Pages of exports that are jobs."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attestation import export_runs
from attestation.list_export import CONTENT_TYPES
from attestation.models import ExportRun, ExportState, ExportSubject
from attestation.papers.print_runs import PAPER_TYPES, may_have
from employees.access import Ability, may_anywhere
from employees.models import User


@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Begin to write the list that the user has before her."""
    if not may_anywhere(request.user, Ability.EXPORT):
        raise PermissionDenied(_("You may not export lists. Ask an administrator for the right."))
    suffix = request.POST.get("suffix", "")
    if suffix not in CONTENT_TYPES:
        raise Http404(_("There is no such kind of file."))
    run = export_runs.export_start(
        user=cast("User", request.user),
        query=request.POST.get("query", "")[:2000],
        suffix=suffix,
        language=translation.get_language() or "kk",
    )
    return redirect("export_run", run.pk)


@require_GET
def export_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an export is, and its file when it is ready."""
    return render(request, "employees/list/export.html", {"run": _run(request, pk)})


@require_GET
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the progress alone; a page that waits asks for it every second."""
    return render(request, "employees/list/export_progress.html", {"run": _run(request, pk)})


@require_GET
def export_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the file to the user who asked for it."""
    run = _run(request, pk)
    if run.state != ExportState.READY or run.content is None:
        raise Http404(_("This file is not ready."))
    what = "papers" if run.subject == ExportSubject.PAPERS else "employees"
    name = f"{what}-{run.created_at:%Y-%m-%d}.{run.suffix}"
    return HttpResponse(
        bytes(run.content),
        content_type=(CONTENT_TYPES | PAPER_TYPES)[run.suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _run(request: HttpRequest, pk: int) -> ExportRun:
    run = export_runs.export_of(cast("User", request.user), pk)
    if run is None or (run.subject == ExportSubject.PAPERS and not may_have(run)):
        raise Http404(_("There is no such export of yours."))
    return run
