"""Pages of attestation cycles as wholes: tasks and cycles, opening, stages, the order, the results, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from attestation import cycle_pages, cycle_services
from attestation.cycle import CycleAction, CycleState, Refusal
from attestation.cycle_board import Board, Line, board_of
from attestation.cycle_bulk import Bulk, cases_act
from attestation.cycle_bulk_forms import BulkForm, Selection, bulk_form, selection_of
from attestation.cycle_forms import CancelForm, CloseForm, CycleForm, NewCycleForm, OrderForm
from attestation.cycle_rows import regime_in
from attestation.cycle_selectors import cycle_of, what_may
from attestation.models import Cycle
from attestation.new_cycle import NewCycle, new_cycle
from attestation.refusal_words import refusal_words
from attestation.regimes import Regime
from employees.models import User

#: What a service of a cycle may answer with instead of saving.
REFUSED = (
    Refusal,
    ValidationError,
    PermissionDenied,
    cycle_services.OpenRulesError,
    cycle_services.StaleCycleError,
    cycle_services.AlreadyDecidedError,
    cycle_services.MemberActedError,
)


@require_GET
def attestation(request: HttpRequest) -> HttpResponse:
    """Show what the user has to do, then the cycles."""
    if not cycle_pages.meets_attestation(request.user):
        raise PermissionDenied(_("You have no part in attestation. Ask an administrator to give you a right."))
    older = "older" in request.GET
    found = cycle_pages.attestation_home(request.user, on=timezone.localdate(), older=older)
    return render(request, "attestation/home.html", {"home": found})


@require_http_methods(["GET", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Open a cycle for one of the user's organisations, by a rule-set that can be followed."""
    if not cycle_pages.openable(request.user):
        raise PermissionDenied(_("You may not open a cycle of attestation. Ask whoever runs it in your organisation."))
    found = new_cycle(request.user, request.GET.get("organisation"), on=timezone.localdate())
    if found is None:
        return render(request, "attestation/organisation.html", {"organisations": cycle_pages.openable(request.user)})
    form = found.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _opened(request, found, form)
        if opened is not None:
            messages.success(request, _("The cycle is open. Propose the people who are due."))
            return redirect("cycle_people", opened.pk)
    return render(request, "attestation/new.html", {"new": found, "form": form})


def _opened(request: HttpRequest, found: NewCycle, form: NewCycleForm) -> Cycle | None:
    """Open a cycle; what is refused is told beside its field."""
    told, opened = form.cleaned_data, []

    def save() -> None:
        opened.append(
            cycle_services.cycle_open(
                organisation=found.organisation,
                regime=form.chosen(),
                title=told["title"],
                starts_on=told["starts_on"],
                user=user_of(request),
                on=timezone.localdate(),
            )
        )

    return opened[0] if saved(form, save, None, about="regime") else None


@require_GET
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a cycle has come and whose move it is."""
    board = board_for(request, pk)
    return render(request, "attestation/cycle.html", {"board": board, "tab": "cycle"})


@require_http_methods(["GET", "POST"])
def cycle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title and first day while the cycle is being prepared."""
    found = cycle_for(request, pk, "prepare")
    form = CycleForm(request.POST or None, cycle=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"cycle": found, "user": user_of(request), "on": timezone.localdate()}
        if saved(form, lambda: cycle_services.cycle_change(**told), regime_in(found), about="starts_on"):
            messages.success(request, _("The cycle was saved."))
            return redirect("cycle", pk)
    return render(request, "attestation/edit.html", {"cycle": found, "form": form})


@require_http_methods(["GET", "POST"])
def cycle_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the order approves and what it still lacks; the head approves."""
    board = board_for(request, pk)
    form = OrderForm(request.POST or None, initial={"version": board.cycle.version, "order_on": board.on})
    if request.method == "POST":
        refuse_unless(board.part.approve)
        if form.is_valid():
            told = form.cleaned_data | {"cycle": board.cycle, "user": user_of(request), "on": board.on}
            if saved(form, lambda: _approve(**told), board.regime):
                messages.success(request, _("The order is registered. Hand over the notices."))
                return redirect("cycle_people", pk)
            board = board_for(request, pk)
    draft = board.cycle.state == CycleState.DRAFT
    context = {
        "board": board,
        "form": form,
        "missing": cycle_pages.missing_for(board, CycleAction.APPROVE) if draft else [],
        "notes": cycle_pages.commission_notes(board),
        "tab": "order",
    }
    return render(request, "attestation/order.html", context)


def _approve(*, cycle: Cycle, **told: Any) -> None:
    """Approve the list with schedule and commission, or whoever was added after the order."""
    approve = cycle_services.cycle_approve if cycle.state == CycleState.DRAFT else cycle_services.additions_approve
    approve(cycle=cycle, **told)


@require_http_methods(["GET", "POST"])
def cycle_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the results in figures, what waits for the head, and what is missing before the cycle can be closed.

    The head approves here, many decisions at once.
    """
    board = board_for(request, pk)
    if request.method == "GET":
        return _results(request, board)
    refuse_unless(board.part.approve)
    form = bulk_form(Bulk.APPROVE, request.POST, today=board.on, sittings=())
    done = act(request, board, Bulk.APPROVE, form, cycle_pages.to_approve(board))
    if done.saved:
        messages.success(request, done.words)
        return redirect("cycle_results", pk)
    told: dict[str, Any] = {"approve_form": form, "problems": done.problems, "chosen": done.chosen}
    return _results(request, board_for(request, pk), **told)


def _results(request: HttpRequest, board: Board, **told: Any) -> HttpResponse:
    version = {"version": board.cycle.version}
    context = {
        "board": board,
        "summary": cycle_pages.summary_of(board),
        "to_approve": cycle_pages.to_approve(board),
        "missing": cycle_pages.missing_for(board, CycleAction.CLOSE),
        "approve_form": bulk_form(Bulk.APPROVE, None, today=board.on, sittings=()),
        "close_form": CloseForm(initial=version | {"results_order_on": board.cycle.results_order_on or board.on}),
        "cancel_form": CancelForm(initial=version),
        "tab": "results",
    }
    return render(request, "attestation/results.html", context | told)


@require_http_methods(["GET", "POST"])
def cycle_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a cycle by the order on its results; whoever comes back by the address finds the results."""
    if request.method == "GET":
        return redirect("cycle_results", pk)
    board = board_for(request, pk)
    refuse_unless(board.part.prepare)
    form = CloseForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data | {"cycle": board.cycle, "user": user_of(request), "on": board.on}
        if saved(form, lambda: cycle_services.cycle_close(**told), board.regime):
            messages.success(request, _("The cycle is closed."))
            return redirect("cycle_results", pk)
    return _results(request, board_for(request, pk), close_form=form)


@require_http_methods(["GET", "POST"])
def cycle_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a cycle, with the reason; whoever comes back by the address finds the results."""
    if request.method == "GET":
        return redirect("cycle_results", pk)
    board = board_for(request, pk)
    refuse_unless(board.may_cancel)
    form = CancelForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data | {"cycle": board.cycle, "user": user_of(request), "on": board.on}
        if saved(form, lambda: cycle_services.cycle_cancel(**told), board.regime):
            messages.success(request, _("The cycle is cancelled."))
            return redirect("cycle", pk)
    return _results(request, board_for(request, pk), cancel_form=form)


@require_GET
def cycle_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the papers of a cycle."""
    return render(request, "attestation/papers.html", {"board": board_for(request, pk), "tab": "papers"})


# ------------------------------------------------------------------------------------------- what views of cycles share


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of something done with many people: saved, or nothing saved, and why."""

    saved: bool
    words: str = ""
    chosen: Selection = field(default_factory=lambda: Selection({}))
    problems: list[str] = field(default_factory=list)


def act(request: HttpRequest, board: Board, bulk: Bulk, form: BulkForm, listed: Sequence[Line]) -> Done:
    """Do one thing with whom the user chose, all or none; `listed` is whom the page shows."""
    try:
        chosen = selection_of(request.POST, listed, {line.case.pk for line in board.lines})
    except ValidationError as refused:
        form.is_valid()
        return Done(saved=False, problems=list(refused.messages))
    if not form.is_valid():
        return Done(saved=False, chosen=chosen)
    told, user = form.cleaned_data, user_of(request)
    try:
        cases_act(bulk, cycle=board.cycle, cases=chosen.cases, told=told, user=user, on=board.on)
    except REFUSED as refused:
        problems = cycle_pages.hindered(board, bulk, chosen.cases, told) or [refusal_words(refused, board.regime)]
        return Done(saved=False, chosen=chosen, problems=problems)
    count = len(chosen.cases)
    words = ngettext("Saved for %(count)d person.", "Saved for %(count)d people.", count) % {"count": count}
    return Done(saved=True, words=words)


def board_for(request: HttpRequest, pk: int) -> Board:
    """Give a cycle as its pages show it; 404 for whoever does not see it."""
    return board_of(request.user, cycle_of(request.user, pk), on=timezone.localdate())


def cycle_for(request: HttpRequest, pk: int, *parts: str) -> Cycle:
    """Give a cycle in which the user has one of these parts; 404 for whoever does not see it."""
    found = cycle_of(request.user, pk)
    held = what_may(request.user, found)
    refuse_unless(any(getattr(held, part) for part in parts))
    return found


def refuse_unless(allowed: bool) -> None:
    """Turn away whoever looks at a cycle and tries what is for others to do."""
    if not allowed:
        raise PermissionDenied(_("This is for others to do: your rights do not cover it."))


def saved(form: forms.Form, save: Callable[[], object], regime: Regime | None, *, about: str | None = None) -> bool:
    """Save what a form told; what is refused is said beside its field, or the one it is about, and nothing is lost."""
    try:
        save()
    except ValidationError as refused:
        _tell(form, refused)
    except REFUSED as refused:
        stale = isinstance(refused, cycle_services.StaleCycleError)
        form.add_error(None if stale else about, refusal_words(refused, regime))
    else:
        return True
    return False


def _tell(form: forms.Form, refused: ValidationError) -> None:
    """Put the mistakes beside the fields they name; those of a field that the form has not stand above it."""
    named: dict[str, Any] = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for name, words in named.items():
        for each in words:
            form.add_error(name if name in form.fields else None, each)


def user_of(request: HttpRequest) -> User:
    """Give the user, who is logged in on every page here."""
    return cast("User", request.user)
