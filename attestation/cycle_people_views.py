"""The people of a cycle: the list, what is done with many of them at once, and who is added by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attestation import cycle_services
from attestation.cycle_board import Board, seen_words
from attestation.cycle_bulk import Bulk, offered
from attestation.cycle_bulk_forms import BulkForm, Selection, bulk_form
from attestation.cycle_filters import PAGE_SIZE, PeopleFilter, people_filter
from attestation.cycle_forms import AddForm
from attestation.cycle_pages import employees_to_add
from attestation.cycle_rows import regime_in
from attestation.cycle_stages import plannable
from attestation.cycle_views import REFUSED, act, board_for, cycle_for, refuse_unless, saved, user_of
from attestation.refusal_words import refusal_words


@require_http_methods(["GET", "POST"])
def cycle_people(request: HttpRequest, pk: int) -> HttpResponse:
    """List the people of a cycle; a name to look for is posted, so that it stands in no address."""
    board = board_for(request, pk)
    words = request.POST.get("q", "") if request.method == "POST" else ""
    return _page(request, board, people_filter(board, request.GET, words=words))


def _page(request: HttpRequest, board: Board, found: PeopleFilter, **told: Any) -> HttpResponse:
    lines = found.lines
    page = Paginator(lines, PAGE_SIZE if not found.words else max(1, len(lines))).get_page(request.GET.get("page"))
    sittings = [each for each in board.sittings if plannable(each.state)]
    told.setdefault("chosen", Selection({}))
    wrong: BulkForm | None = told.get("form")
    context = {
        "board": board,
        "filter": found,
        "page": page,
        "total": len(lines),
        "seen": seen_words(lines),
        "bulks": [
            (bulk, wrong if wrong is not None and wrong.prefix == bulk else _blank(bulk, board, sittings))
            for bulk in offered(board.part, board.cycle, set(board.states))
        ],
        "tab": "people",
    }
    return render(request, "attestation/people.html", context | told)


def _blank(bulk: Bulk, board: Board, sittings: list[Any]) -> BulkForm:
    return bulk_form(bulk, None, today=board.on, sittings=sittings)


@require_http_methods(["GET", "POST"])
def cycle_people_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing with many people, all or none; where it cannot be done, say with whom and why.

    Whoever comes back to the answer by its address (to change the language, say) finds the list.
    """
    if request.method == "GET":
        return redirect("cycle_people", pk)
    board = board_for(request, pk)
    name = request.POST.get("action", "")
    allowed = offered(board.part, board.cycle, set(board.states))
    refuse_unless(bool(allowed) or board.part.prepare or board.part.approve or board.part.keep_minutes)
    if name not in allowed:
        return HttpResponseBadRequest(_("This cannot be done with the list now. Go back and load the page again."))
    bulk, found = Bulk(name), people_filter(board, request.GET)
    form = bulk_form(bulk, request.POST, today=board.on, sittings=board.sittings)
    done = act(request, board, bulk, form, found.lines)
    if done.saved:
        messages.success(request, done.words)
        return redirect(f"{reverse('cycle_people', args=[pk])}?{found.query}")
    again = board_for(request, pk)
    told = {"form": form, "problems": done.problems, "chosen": done.chosen, "opened": bulk}
    return _page(request, again, people_filter(again, request.GET), **told)


@require_POST
def cycle_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose everybody who is due by the first day; done again, it adds whoever is new."""
    board = board_for(request, pk)
    refuse_unless(board.part.prepare)
    version = request.POST.get("version", "")
    try:
        cycle_services.cycle_propose(
            cycle=board.cycle,
            version=int(version) if version.isdecimal() else 0,
            user=user_of(request),
            on=board.on,
        )
    except REFUSED as refused:
        messages.error(request, refusal_words(refused, board.regime))
    else:
        messages.success(request, _("The list is proposed. Look at whom it holds, and at whom it leaves out."))
    return redirect("cycle_people", pk)


@require_http_methods(["GET", "POST"])
def cycle_person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody into the list by hand, early and on application where nobody is due yet."""
    cycle = cycle_for(request, pk, "prepare")
    board = board_for(request, pk)
    form = AddForm(
        request.POST or None,
        employees=employees_to_add(request.user, board),
        today=board.on,
        initial={"version": cycle.version},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"cycle": cycle, "user": user_of(request), "on": board.on}
        if saved(form, lambda: cycle_services.case_add(**told), regime_in(cycle), about="applied_on"):
            messages.success(request, _("The person was put into the list."))
            return redirect("cycle_people", pk)
    return render(request, "attestation/add.html", {"board": board, "form": form, "tab": "people"})
