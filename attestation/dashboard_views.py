"""The start page: figures of all that the user may see, of an organisation or of a unit, on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attestation import figure_runs, selectors
from attestation.figure_forms import FiguresForm, scope_choices, scope_value, scope_words
from attestation.figure_page import figures_page
from attestation.figure_selectors import ScopeView, figures, scope_view
from attestation.figures import Figures
from employees.access import sees_employees
from employees.models import User
from positions.selectors import acts


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the figures, the organisations the user sees, and the way into the catalogue."""
    today = timezone.localdate()
    form = FiguresForm(request.GET)
    on = form.asked() or today
    view = _view(request, form, on)
    context = _context(view, form, figures(view, on=on, today=today), today)
    headcounts = selectors.headcounts(request.user, on=today)
    return render(request, "home.html", context | {"headcounts": headcounts, "acts": acts()})


@require_POST
def figures_start(request: HttpRequest) -> HttpResponse:
    """Begin to count many people as of another day."""
    if not sees_employees(request.user):
        raise PermissionDenied(
            _("You may not see any employee yet. Ask an administrator to give you a right in your organisation.")
        )
    form = FiguresForm(request.POST)
    on = form.asked()
    if on is None:
        raise Http404(_("There are no figures of such a day."))
    run = figure_runs.figures_run_start(
        user=cast("User", request.user),
        view=_view(request, form, on),
        on=on,
        language=translation.get_language() or "kk",
    )
    return redirect("figures_run", run.pk)


@require_GET
def figures_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the counting is, and the figures when they are there."""
    found = _run(request, pk)
    if found.figures is None:
        scope = scope_words(found.view.organisation, found.view.unit)
        return render(request, "figures/run.html", {"run": found.run, "scope_words": scope, "on": found.on})
    context = _context(found.view, FiguresForm({"on": found.on}), found.figures, timezone.localdate())
    return render(request, "home.html", context | {"counted_at": found.run.created_at})


@require_GET
def figures_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the progress alone; a page that waits asks for it every second and is told when the figures are there."""
    found = _run(request, pk)
    response = render(request, "figures/progress.html", {"run": found.run})
    if found.figures is not None and request.htmx:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"
    return response


def _view(request: HttpRequest, form: FiguresForm, on: date) -> ScopeView:
    scope = form.asked_scope()
    view = None if scope is None else scope_view(request.user, scope, on=on)
    if view is None:
        raise Http404(_("There is no such organisation or unit among those you may see."))
    return view


def _run(request: HttpRequest, pk: int) -> figure_runs.FiguresRun:
    found = figure_runs.figures_run(cast("User", request.user), pk)
    if found is None:
        raise Http404(_("There are no such figures of yours."))
    return found


def _context(view: ScopeView, form: FiguresForm, found: Figures | None, today: date) -> dict[str, Any]:
    return {
        "form": form,
        "on": view.on,
        "choices": scope_choices(view),
        "scope": scope_value(view.scope),
        "scope_words": scope_words(view.organisation, view.unit),
        "sees_anybody": bool(view.organisations),
        "page": figures_page(found, view, today=today) if found else None,
    }
