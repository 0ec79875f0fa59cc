"""The commission of a cycle and its sittings: who decides, and when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attestation import cycle_services
from attestation.cycle_board import Board
from attestation.cycle_forms import SittingForm, Versioned, members_formset, told_members
from attestation.cycle_pages import commission_notes, employees_to_choose, may_change_commission, users_to_choose
from attestation.cycle_views import REFUSED, board_for, refuse_unless, saved, user_of
from attestation.models import Sitting
from attestation.refusal_words import refusal_words

#: So many blank lines stand below the members; asking for more keeps what was typed.
_BLANK = 3


@require_http_methods(["GET", "POST"])
def cycle_commission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the commission with what it lacks; whoever prepares the cycle names its members."""
    board = board_for(request, pk)
    if request.method == "POST":
        refuse_unless(may_change_commission(board))
        return _commission_saved(request, board)
    return _commission(request, board)


def _commission(request: HttpRequest, board: Board, **told: Any) -> HttpResponse:
    context: dict[str, Any] = {"board": board, "notes": commission_notes(board), "tab": "commission"}
    if may_change_commission(board):
        people, accounts = employees_to_choose(board), users_to_choose(board)
        least = board.regime.number("least_members") or 0
        blank = max(_BLANK, least + 1 - len(board.members))
        context |= {
            "employees": people,
            "form": Versioned(initial={"version": board.cycle.version}),
            "members": members_formset(None, members=board.members, employees=people, users=accounts, blank=blank),
        }
    return render(request, "attestation/commission.html", context | told)


def _commission_saved(request: HttpRequest, board: Board) -> HttpResponse:
    people, accounts = employees_to_choose(board), users_to_choose(board)
    data = request.POST.copy()
    more = "more" in data
    lines = str(data.get("member-TOTAL_FORMS", ""))
    if more and lines.isdecimal():
        data["member-TOTAL_FORMS"] = str(int(lines) + _BLANK)
    form = Versioned(data)
    members = members_formset(data, members=board.members, employees=people, users=accounts, blank=0)
    if not more and form.is_valid() and members.is_valid():
        told = {
            "cycle": board.cycle,
            "version": form.cleaned_data["version"],
            "members": told_members(members),
            "user": user_of(request),
            "on": board.on,
        }
        if saved(form, lambda: cycle_services.commission_set(**told), board.regime):
            messages.success(request, _("The commission was saved."))
            return redirect("cycle_commission", board.cycle.pk)
    return _commission(request, board, form=form, members=members, employees=people, asked_more=more)


@require_http_methods(["GET", "POST"])
def cycle_sittings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sittings, and plan one."""
    board = board_for(request, pk)
    form = SittingForm(request.POST or None, initial={"version": board.cycle.version})
    if request.method == "POST":
        refuse_unless(board.part.keep_minutes)
        if form.is_valid():
            told = form.told() | {"cycle": board.cycle, "user": user_of(request), "on": board.on}
            if saved(form, lambda: cycle_services.sitting_plan(**told), board.regime, about="held_on"):
                messages.success(request, _("The sitting is planned. Put people before it."))
                return redirect("cycle_sittings", pk)
    return render(request, "attestation/sittings.html", {"board": board, "form": form, "tab": "sittings"})


@require_http_methods(["GET", "POST"])
def cycle_sitting(request: HttpRequest, pk: int, sitting: int) -> HttpResponse:
    """Change day, hour and place of a sitting, or note where its recording is kept."""
    board = board_for(request, pk)
    found = _sitting(board, sitting)
    refuse_unless(board.part.keep_minutes)
    form = SittingForm(request.POST or None, sitting=found)
    if request.method == "POST" and form.is_valid():
        told = form.told() | {"sitting": found, "user": user_of(request), "on": board.on}
        if saved(form, lambda: cycle_services.sitting_change(**told), board.regime, about="held_on"):
            messages.success(request, _("The sitting was saved."))
            return redirect("cycle_sittings", pk)
    context = {"board": board, "form": form, "sitting": found, "tab": "sittings"}
    return render(request, "attestation/sitting_edit.html", context)


@require_POST
def cycle_sitting_cancel(request: HttpRequest, pk: int, sitting: int) -> HttpResponse:
    """Cancel a sitting at which nothing was decided; its people are without a sitting again."""
    board = board_for(request, pk)
    found = _sitting(board, sitting)
    refuse_unless(board.part.keep_minutes)
    form = Versioned(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        cycle_services.sitting_cancel(sitting=found, version=version, user=user_of(request), on=board.on)
    except REFUSED as refused:
        messages.error(request, refusal_words(refused, board.regime))
    else:
        messages.success(request, _("The sitting is cancelled. Its people are without a sitting again."))
    return redirect("cycle_sittings", pk)


def _sitting(board: Board, pk: int) -> Sitting:
    found = next((each for each in board.sittings if each.pk == pk), None)
    if found is None:
        raise Http404(_("There is no such sitting in this cycle."))
    found.cycle = board.cycle
    return found
