"""The addresses of papers: a sheet as PDF, registering, and printing the papers of a whole cycle."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attestation.cycle_selectors import cycle_of
from attestation.models import Paper
from attestation.papers.access import PaperRights, paper_for, readings_note, rights_in, subject_for
from attestation.papers.drawing import file_name, paper_pdf
from attestation.papers.forms import PrintForm
from attestation.papers.print_runs import print_start
from attestation.papers.registering import PaperNotReadyError, paper_kept, paper_registered, paper_seen
from attestation.papers.words import LANGUAGES
from employees.models import User


@require_GET
def sheet(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Show a registered paper in one language, as it was registered."""
    paper, rights = paper_for(request.user, pk)
    today = timezone.localdate()
    return _pdf(request, paper_kept(paper, user=_user(request), today=today), rights, language)


@require_GET
def look(request: HttpRequest, kind: str, subject: str, language: str) -> HttpResponse:
    """Show a paper as it would be now; it is not registered by that."""
    found, rights = subject_for(request.user, kind, subject, today=timezone.localdate())
    return _pdf(request, paper_seen(found), rights, language)


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Give a paper its number, and show its sheet; what is not settled yet is shown without a number."""
    kind, code = request.POST.get("kind", ""), request.POST.get("subject", "")
    language, today = request.POST.get("language", ""), timezone.localdate()
    found, rights = subject_for(request.user, kind, code, today=today)
    if not rights.register:
        raise PermissionDenied(_("You may read this paper. Those who run the attestation register it."))
    if language not in LANGUAGES:
        raise Http404(_("There is no sheet in such a language."))
    try:
        paper = paper_registered(found, user=_user(request), today=today)
    except PaperNotReadyError:
        return redirect("paper_look", kind, code, language)
    return redirect("paper_pdf", paper.pk, language)


@require_POST
def print_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to print papers of a whole cycle."""
    cycle = cycle_of(request.user, pk)
    rights = rights_in(request.user, cycle.organisation, cycle)
    if not rights.read:
        raise Http404(_("There is no such paper among those you may read."))
    if not rights.register:
        raise PermissionDenied(_("You may read these papers. Those who run the attestation register and print them."))
    form = PrintForm(request.POST)
    if not form.is_valid():
        return redirect("cycle_papers", pk)
    told = form.cleaned_data
    run = print_start(
        user=_user(request),
        cycle=cycle,
        kinds=form.chosen(),
        languages=told["languages"],
        form=told["form"],
        language=translation.get_language() or LANGUAGES[0],
        on=timezone.localdate(),
    )
    return redirect("export_run", run.pk)


def _pdf(request: HttpRequest, paper: Paper, rights: PaperRights, language: str) -> HttpResponse:
    """Give a sheet to be looked at in the browser; whose data it shows is noted before it leaves."""
    if language not in LANGUAGES:
        raise Http404(_("There is no sheet in such a language."))
    readings_note(_user(request), [paper])
    content = paper_pdf(paper, language, today=timezone.localdate(), iin_in_full=rights.iin_in_full)
    name = file_name(paper, language)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": language}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
