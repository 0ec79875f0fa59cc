"""Checking a draft and bringing it into force, or putting it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from positions.codes import DraftState
from positions.desk import selectors
from positions.desk.access import needs
from positions.desk.date_words import date_words, overlap_words
from positions.desk.draft_views import open_draft
from positions.desk.forms import ReasonForm
from positions.desk.parsing import version_of
from positions.desk.place_words import anchor_of, place_words
from positions.desk.refusals import closed_words, refusal_words, saved_words
from positions.editing import errors, services
from positions.editing.checks import Remark, check_document
from positions.editing.documents import blank
from positions.edition_differences import differences
from positions.models import Draft


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_draft")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft changes, and publish it."""
    found = open_draft(pk)
    if found.state != DraftState.OPEN:
        messages.info(request, closed_words(found))
        return redirect("admin:desk_position", found.position_id)
    if request.method != "POST":
        return _show(request, found, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        edition = services.draft_publish(
            draft=found,
            version=version_of(request.POST.get("version", "")),
            user=request.user,
            reason=form.cleaned_data["reason"],
        )
    except errors.DraftClosedError as error:
        messages.error(request, closed_words(error.draft))
        return redirect("admin:desk_position", found.position_id)
    except errors.EditingRefusedError as error:
        return _show(request, open_draft(pk), form, status=409, refusals=refusal_words(error))
    messages.success(
        request, _("Published: the edition of %(day)s.") % {"day": edition.valid_from.strftime("%d.%m.%Y")}
    )
    return redirect("admin:desk_position", found.position_id)


def _show(
    request: HttpRequest, found: Draft, form: ReasonForm, *, status: int = 200, refusals: list[str] | None = None
) -> HttpResponse:
    acts = selectors.acts_by_code()
    checked = check_document(found.data, acts=set(acts), base=found.base)
    dates = date_words(found, selectors.other_editions(found), today=timezone.localdate())
    state, _present = selectors.base_now(found)
    empty = blank(act=found.data.get("brought_by") or "", clause="")
    numbers = {code: act.number for code, act in acts.items()}
    told = refusals or ([overlap_words(dates.overlaps)] if dates.overlaps is not None else [])
    context: dict[str, Any] = {
        "draft": found,
        "saved": saved_words(found),
        "form": form,
        "refusals": told,
        "dates": dates,
        "base_state": state,
        "diff": differences(found.base or empty, found.data, acts=numbers),
        "problems": [_named(remark, found) for remark in checked.problems],
        "warnings": [_named(remark, found) for remark in checked.warnings],
    }
    return render(request, "positions/desk/review.html", context, status=status)


def _named(remark: Remark, draft: Draft) -> dict[str, str]:
    return {
        "place": place_words(remark.place, draft.data),
        "anchor": anchor_of(remark.place),
        "message": remark.message,
    }


@require_POST
@needs("change_draft")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    found = open_draft(pk)
    try:
        services.draft_discard(draft=found, version=version_of(request.POST.get("version", "")), user=request.user)
    except errors.DraftClosedError as error:
        messages.error(request, closed_words(error.draft))
    except errors.DraftEditedError as error:
        words = [_("%(who)s. Look at it again before you discard it.") % {"who": saved_words(error.draft)}]
        return _show(request, open_draft(pk), ReasonForm(), status=409, refusals=words)
    else:
        messages.success(request, _("The draft was discarded; the editions are as they were."))
    return redirect("admin:desk_position", found.position_id)
