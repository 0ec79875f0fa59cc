"""A position at the desk: its editions, what can be done with them, and what was done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positions.codes import DraftKind
from positions.desk import selectors
from positions.desk.access import needs
from positions.desk.forms import AmendForm, ReasonForm
from positions.desk.refusals import refusal_words
from positions.desk.selectors import PositionAtDesk
from positions.editing import errors, services
from positions.edition_differences import differences
from positions.models import Draft, Edition


def _position(pk: int) -> PositionAtDesk:
    found = selectors.position_at_desk(pk)
    if found is None:
        raise Http404(_("There is no such position."))
    return found


def _edition(pk: int) -> Edition:
    found = selectors.edition_at_desk(pk)
    if found is None:
        raise Http404(_("There is no such edition."))
    return found


@require_GET
@needs("view_position")
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a position with its editions and what can be done with them."""
    context = {"record": _position(pk), "today": timezone.localdate()}
    return render(request, "positions/desk/position.html", context)


@require_POST
@needs("add_draft")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to correct an edition."""
    edition = _edition(pk)
    draft, new = services.draft_begin(
        position=edition.position, kind=DraftKind.CORRECTION, edition=edition, user=request.user
    )
    return _begun(request, draft, new)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("add_draft")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask from which day a new edition is in force and which order brings it, and begin it."""
    record = _position(pk)
    acts = selectors.acts_by_code()
    form = AmendForm(
        request.POST if request.method == "POST" else None,
        acts=list(acts.values()),
        begins={edition.valid_from for edition in record.editions},
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "positions/desk/amend.html", {"record": record, "form": form}, status=status)
    day: date = form.cleaned_data["on"]
    draft, new = services.draft_begin(
        position=record.position,
        kind=DraftKind.AMENDMENT,
        edition=selectors.edition_to_copy(record.editions, day),
        user=request.user,
        on=day,
    )
    if new:
        document = {**draft.data, "brought_by": form.cleaned_data["act"]}
        draft = services.draft_save(draft=draft, version=draft.version, document=document, user=request.user)
    return _begun(request, draft, new)


def _begun(request: HttpRequest, draft: Draft, new: bool) -> HttpResponse:
    if not new:
        messages.warning(request, _("A draft of this position is open already: here it is. One at a time is edited."))
    return redirect("admin:desk_draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_position")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why an edition is withdrawn, and withdraw it."""
    edition = _edition(pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"edition": edition, "position": edition.position, "form": form}
    if request.method != "POST":
        return render(request, "positions/desk/withdraw.html", context)
    if not form.is_valid():
        return render(request, "positions/desk/withdraw.html", context, status=422)
    try:
        services.edition_withdraw(edition=edition, user=request.user, reason=form.cleaned_data["reason"])
    except errors.EditionInUseError as error:
        context["refusals"] = refusal_words(error)
        return render(request, "positions/desk/withdraw.html", context, status=409)
    messages.success(request, _("The edition was withdrawn; its text stays in the history."))
    return redirect("admin:desk_position", edition.position_id)


@require_GET
@needs("view_editionchange")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed the editions of a position, when, why and in which words."""
    record = _position(pk)
    page = selectors.changes_of(record.position, page=request.GET.get("page"))
    numbers = {code: act.number for code, act in selectors.acts_by_code().items()}
    rows = [
        (change, differences(change.before, change.after, acts=numbers) if change.before and change.after else None)
        for change in page
    ]
    return render(request, "positions/desk/changes.html", {"record": record, "page": page, "rows": rows})
