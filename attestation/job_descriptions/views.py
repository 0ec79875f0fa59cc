"""The pages of job descriptions: what they rest on, the organisation's own entries, the sheets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attestation.acting import SAVED, STALE, WRONG
from attestation.job_descriptions import papers, services
from attestation.job_descriptions.access import may_write, seen_organisation, seen_organisations, written_organisation
from attestation.job_descriptions.forms import BasisForm, OwnEntryForm
from attestation.job_descriptions.page import own_lists, own_texts, text_parts
from attestation.job_descriptions.selectors import LANGUAGES, Basis, basis, own_entry, position_of
from attestation.models import OwnEntry
from attestation.papers.word import CONTENT_TYPE
from employees.models import Organisation
from positions.codes import EntryKind
from positions.models import Position


@require_GET
def job_description(request: HttpRequest, act: str, number: str) -> HttpResponse:
    """Show what a job description rests on, and what the organisation asks for besides."""
    found, form = _asked(request, act, number)
    context = {
        "basis": found,
        "position": found.position,
        "edition": found.edition,
        "organisation": found.organisation,
        "organisations": seen_organisations(request.user),
        "form": form,
        "on": form.asked() or timezone.localdate(),
        "today": timezone.localdate(),
        "parts": text_parts(found),
        "own": own_lists(found),
        "may_write": found.organisation is not None and may_write(request.user, found.organisation),
        "languages": LANGUAGES,
        "kept": _kept(request),
    }
    return render(request, "job_descriptions/page.html", context)


@require_GET
def sheet(request: HttpRequest, act: str, number: str, language: str, form: str) -> HttpResponse:
    """Print the basis of a job description in one language, as PDF or for Word."""
    found, _form = _asked(request, act, number)
    if language not in LANGUAGES:
        raise Http404(_("There is no sheet in such a language."))
    if found.edition is None:
        return redirect(f"{_page(found.position)}?{_kept(request)}")
    today = timezone.localdate()
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    name = papers.file_name(found, language, form)
    if form == "pdf":
        content = papers.description_pdf(found, found.edition, language, today=today)
        headers["Content-Disposition"] = f'inline; filename="{name}"'
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    content = papers.description_word(found, found.edition, language, today=today)
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, act: str, number: str, bin_: str, kind: str) -> HttpResponse:
    """Add an entry of the organisation's own."""
    organisation, position = written_organisation(request.user, bin_), _position(act, number)
    if kind not in EntryKind.values:
        raise Http404(_("There is no such list of entries."))
    form = OwnEntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.own_entry_add(organisation=organisation, position=position, kind=EntryKind(kind), texts=form.texts())
        messages.success(request, _("The entry was added."))
        return _back(organisation, position)
    context = {"form": form, "kind": EntryKind(kind), "position": position, "organisation": organisation}
    return render(request, "job_descriptions/entry.html", context, status=WRONG if form.errors else SAVED)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, act: str, number: str, bin_: str, pk: int) -> HttpResponse:
    """Change an entry of the organisation's own."""
    found = _entry(request, act, number, bin_, pk)
    form = OwnEntryForm.of(found, request.POST if request.method == "POST" else None)
    present, status = None, SAVED
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                services.own_entry_change(entry=found, read=form.cleaned_data["read"], texts=form.texts())
            except services.OwnEntryChangedError as error:
                status, present = STALE, error.entry
                form.overtaken_by(present)
            except services.OwnEntryGoneError:
                messages.error(request, _("Somebody else has deleted this entry meanwhile."))
                return _back(found.organisation, found.position)
            else:
                messages.success(request, _("The entry was saved."))
                return _back(found.organisation, found.position)
    context = {"form": form, "kind": EntryKind(found.kind), "entry": found, "position": found.position}
    context |= {"organisation": found.organisation, "present": present and own_texts(present)}
    return render(request, "job_descriptions/entry.html", context, status=status)


@require_POST
def entry_move(request: HttpRequest, act: str, number: str, bin_: str, pk: int) -> HttpResponse:
    """Move an entry up or down in its list."""
    found = _entry(request, act, number, bin_, pk)
    direction = request.POST.get("direction", "")
    if direction in list(services.Direction):
        services.own_entry_move(entry=found, direction=services.Direction(direction))
    return _back(found.organisation, found.position)


@require_POST
def entry_delete(request: HttpRequest, act: str, number: str, bin_: str, pk: int) -> HttpResponse:
    """Delete an entry."""
    found = _entry(request, act, number, bin_, pk)
    services.own_entry_delete(entry=found)
    messages.success(request, _("The entry was deleted. The history keeps it."))
    return _back(found.organisation, found.position)


# ------------------------------------------------------------------------------------------------------- what is asked


def _asked(request: HttpRequest, act: str, number: str) -> tuple[Basis, BasisForm]:
    """Give the basis that an address asks for: of a position, for an organisation, by the text of a day."""
    position = _position(act, number)
    bin_ = request.GET.get("organisation", "")
    organisation = seen_organisation(request.user, bin_) if bin_ else None
    form = BasisForm(request.GET, organisations=seen_organisations(request.user))
    return basis(position, organisation=organisation, on=form.asked() or timezone.localdate()), form


def _position(act: str, number: str) -> Position:
    found = position_of(f"{act}/{number}")
    if found is None:
        raise Http404(_("There is no such position."))
    return found


def _entry(request: HttpRequest, act: str, number: str, bin_: str, pk: int) -> OwnEntry:
    organisation = written_organisation(request.user, bin_)
    found = own_entry(organisation=organisation, position=_position(act, number), pk=pk)
    if found is None:
        raise Http404(_("There is no such entry."))
    return found


def _kept(request: HttpRequest) -> str:
    """Give what was chosen, for the addresses of the sheets."""
    return urlencode({name: request.GET[name] for name in ("organisation", "on") if request.GET.get(name)})


def _page(position: Position) -> str:
    return reverse("job_description", args=[position.act_code, position.number])


def _back(organisation: Organisation, position: Position) -> HttpResponse:
    told: dict[str, Any] = {"organisation": organisation.bin}
    return redirect(f"{_page(position)}?{urlencode(told)}#own")
