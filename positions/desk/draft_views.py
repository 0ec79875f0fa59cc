"""The page of a draft: editing it by its form, and what happens when somebody else was faster."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from positions.codes import DraftState
from positions.desk import selectors
from positions.desk.access import needs
from positions.desk.acts import UnknownActError, perform
from positions.desk.ladder_page import rung_box
from positions.desk.page import Remarks, draft_page
from positions.desk.parsing import FormCutOffError, document_of, version_of
from positions.desk.place_words import anchor_of
from positions.desk.refusals import closed_words, saved_words
from positions.editing import errors, services
from positions.editing.checks import Checked, Remark, check_document, years_that_disagree
from positions.editing.entries import NothingToSplitError
from positions.edition_differences import differences
from positions.located import Data
from positions.models import Draft

#: Buttons that save the form as it stands.
_PLAIN = {"save", "over", "review"}


def open_draft(pk: int) -> Draft:
    """Give a draft, or nothing to be found."""
    draft = selectors.draft_with_all(pk)
    if draft is None:
        raise Http404(_("There is no such draft."))
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_draft")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft, or keep what its form says."""
    found = open_draft(pk)
    if request.method == "POST":
        return _keep(request, found)
    if found.state != DraftState.OPEN:
        messages.info(request, closed_words(found))
        return redirect("admin:desk_position", found.position_id)
    return show(request, found, found.data)


def show(
    request: HttpRequest,
    found: Draft,
    document: Data,
    *,
    status: int = 200,
    told: list[Remark] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a document on the page of its draft."""
    acts = selectors.acts_by_code()
    checked = check_document(document, acts=set(acts), base=found.base)
    state, _present = selectors.base_now(found)
    context: dict[str, Any] = {
        "draft": found,
        "base_state": state,
        "version": found.version,
        "saved": saved_words(found),
        "page": draft_page(document, base=found.base, checked=checked, acts=acts, told=told or ()),
    }
    if "others" in more:
        numbers = {code: act.number for code, act in acts.items()}
        context["meanwhile"] = differences(more.pop("others"), document, acts=numbers)
    return render(request, "positions/desk/draft.html", context | more, status=status)


def _keep(request: HttpRequest, found: Draft) -> HttpResponse:
    """Save what the form says, after doing what its button says."""
    try:
        typed = document_of(request.POST)
    except FormCutOffError:
        return HttpResponseBadRequest(
            _("The form did not arrive as a whole. Nothing was saved. Go back and save again.")
        )
    act, told, anchor = request.POST.get("act") or "save", [], ""
    document = typed
    try:
        document, anchor = (typed, "") if act in _PLAIN else perform(typed, act, base=found.base)
    except NothingToSplitError:
        told = [Remark(place=_place(act), message=_("Type a line break (Enter) where this entry is to be parted."))]
    except UnknownActError:
        told = [Remark(place=(), message=_("What this button works on is no longer there. The text was saved."))]
    version = request.POST.get("present" if act == "over" else "version", "")
    try:
        saved = services.draft_save(draft=found, version=version_of(version), document=document, user=request.user)
    except errors.DraftEditedError as error:
        more = {"version": version_of(version), "others": error.draft.data, "conflict": True}
        return show(request, error.draft, typed, status=409, **more)
    except errors.DraftClosedError as error:
        more = {"others": error.draft.data, "closed": closed_words(error.draft)}
        return show(request, error.draft, typed, status=409, **more)
    if told:
        return show(request, saved, saved.data, status=422, told=told, place=anchor_of(told[0].place))
    return _go_on(request, saved, act, anchor)


def _go_on(request: HttpRequest, saved: Draft, act: str, anchor: str) -> HttpResponse:
    """Lead back to the place of an act, or on to the review."""
    htmx = bool(request.headers.get("HX-Request"))
    if act == "review":
        address = reverse("admin:desk_review", args=[saved.pk])
        return HttpResponseClientRedirect(address) if htmx else redirect(address)
    if htmx:
        return show(request, saved, saved.data, place=anchor)
    return redirect(reverse("admin:desk_draft", args=[saved.pk]) + (f"#{anchor}" if anchor else ""))


def _place(act: str) -> tuple[str | int, ...]:
    part, index, *_rest = act.split(".")
    return part, int(index)


@require_POST
@needs("change_draft")
def rung(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """Show how a rung reads, as its form stands; nothing is saved."""
    try:
        document = document_of(request.POST)
    except FormCutOffError:
        return HttpResponseBadRequest(_("The form did not arrive as a whole."))
    if index >= len(document["rungs"]):
        raise Http404(_("There is no such rung."))
    disagreeing = [Remark(place=place, message=message) for place, message in years_that_disagree(document)]
    remarks = Remarks(Checked(edition=None, warnings=disagreeing))
    box = rung_box(document, index, old=None, problems=remarks.problems, warnings=remarks.warnings)
    return render(request, "positions/desk/reading.html", {"rung": box})


@require_GET
@needs("change_draft")
def base(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of the edition under a draft since the draft took it."""
    found = open_draft(pk)
    _state, present = selectors.base_now(found)
    if found.state != DraftState.OPEN or present is None or found.base is None:
        return redirect("admin:desk_draft", pk)
    numbers = {code: act.number for code, act in selectors.acts_by_code().items()}
    context = {"draft": found, "diff": differences(found.base, present, acts=numbers)}
    return render(request, "positions/desk/base_changed.html", context)


@require_POST
@needs("change_draft")
def take_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft replace what its edition says now."""
    found = open_draft(pk)
    version = version_of(request.POST.get("version", ""))
    try:
        services.draft_rebase(draft=found, version=version, user=request.user)
    except errors.EditionGoneError:
        messages.error(request, _("The edition was withdrawn meanwhile. Discard this draft and begin a new one."))
    except (errors.DraftEditedError, errors.DraftClosedError) as error:
        messages.error(request, saved_words(error.draft))
    else:
        messages.success(request, _("This draft now starts from the edition as it is. Check the text once more."))
    return redirect("admin:desk_draft", pk)
