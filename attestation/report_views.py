"""The figures to take away, as a paper and as a workbook, and the page of past years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attestation import figure_runs, trend_runs
from attestation.figure_book import figures_book
from attestation.figure_forms import FiguresForm, scope_choices, scope_value, scope_words
from attestation.figure_page import figures_page
from attestation.figure_report import figures_report
from attestation.figure_selectors import ScopeView, figures, scope_view
from attestation.figure_tables import whose
from attestation.figures import Figures
from attestation.list_export import CONTENT_TYPES
from attestation.report_selectors import may_with_everybody
from attestation.trend import Trend
from attestation.trend_page import trend_page
from attestation.trend_selectors import trend_at_once
from employees.access import Ability, may_anywhere
from employees.models import User


@require_GET
def figures_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the figures of a day as a paper."""
    if not may_anywhere(request.user, Ability.PRINT):
        raise PermissionDenied(_("You may not print figures. Ask an administrator for the right."))
    view, found, elsewhere = _figures(request, Ability.PRINT)
    if found is None:
        return redirect(elsewhere)
    today = timezone.localdate()
    content = figures_report(figures_page(found, view, today=today), whose=whose(view), today=today)
    return _file(content, "pdf", found.on)


@require_GET
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    """Hand out the figures of a day, and the past years, as a workbook."""
    if not may_anywhere(request.user, Ability.EXPORT):
        raise PermissionDenied(_("You may not export figures. Ask an administrator for the right."))
    view, found, elsewhere = _figures(request, Ability.EXPORT)
    if found is None:
        return redirect(elsewhere)
    today = timezone.localdate()
    page = figures_page(found, view, today=today)
    content = figures_book(page, _past(request, view, today), whose=whose(view), today=today)
    return _file(content, "xlsx", found.on)


@require_GET
def figures_trend(request: HttpRequest) -> HttpResponse:
    """Show how the staff stood at the ends of past years, and stands today."""
    view = _view(request, FiguresForm(request.GET), timezone.localdate())
    return _trend_page(request, view, trend_at_once(view))


@require_POST
def figures_trend_start(request: HttpRequest) -> HttpResponse:
    """Begin to count the past years of many people."""
    view = _view(request, FiguresForm(request.POST), timezone.localdate())
    run = trend_runs.trend_run_start(
        user=cast("User", request.user), view=view, language=translation.get_language() or "kk"
    )
    return redirect("figures_trend_run", run.pk)


@require_GET
def figures_trend_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the counting is, and the past years when they are there."""
    found = _trend_run(request, pk)
    return _trend_page(request, found.view, found.trend, run=found.run)


@require_GET
def figures_trend_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the progress alone; a page that waits asks for it every second and is told when the years are there."""
    found = _trend_run(request, pk)
    response = render(request, "figures/trend_progress.html", {"run": found.run})
    if found.trend is not None and request.htmx:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"
    return response


def _trend_page(request: HttpRequest, view: ScopeView, trend: Trend | None, **more: Any) -> HttpResponse:
    context = {
        "choices": scope_choices(view),
        "scope": scope_value(view.scope),
        "scope_words": scope_words(view.organisation, view.unit),
        "page": trend_page(trend) if trend else None,
    }
    return render(request, "figures/trend.html", context | more)


def _trend_run(request: HttpRequest, pk: int) -> trend_runs.TrendRun:
    found = trend_runs.trend_run(cast("User", request.user), pk)
    if found is None:
        raise Http404(_("There are no such figures of yours."))
    return found


def _view(request: HttpRequest, form: FiguresForm, on: date) -> ScopeView:
    if not may_anywhere(request.user, Ability.SEE):
        raise PermissionDenied(_("You may not see any employees. Ask an administrator for the right."))
    scope = form.asked_scope()
    view = None if scope is None else scope_view(request.user, scope, on=on)
    if view is None:
        raise Http404(_("There is no such organisation or unit among those you may see."))
    return view


def _figures(request: HttpRequest, ability: Ability) -> tuple[ScopeView, Figures | None, str]:
    """Give the figures asked for, of a finished job or of the address; without any, where they can be counted."""
    run = request.GET.get("run", "")
    if run:
        job = figure_runs.figures_run(cast("User", request.user), int(run)) if run.isdecimal() else None
        if job is None:
            raise Http404(_("There are no such figures of yours."))
        view, found, elsewhere = job.view, job.figures, reverse("figures_run", args=[job.run.pk])
    else:
        form, today = FiguresForm(request.GET), timezone.localdate()
        view = _view(request, form, form.asked() or today)
        found = figures(view, on=view.on, today=today)
        asked = {"scope": scope_value(view.scope), "on": view.on.isoformat()}
        elsewhere = f"{reverse('home')}?{urlencode(asked)}"
    if not may_with_everybody(view, ability):
        raise PermissionDenied(_("You may not do this with everybody who is counted here. Choose a smaller part."))
    return view, found, elsewhere


def _past(request: HttpRequest, view: ScopeView, today: date) -> Trend | None:
    """Give the past years of the scope: those of a finished job, else at once where that is possible."""
    run = request.GET.get("trend", "")
    if not run:
        return trend_at_once(replace(view, on=today))
    return _trend_run(request, int(run) if run.isdecimal() else 0).trend


def _file(content: bytes, suffix: str, on: date) -> HttpResponse:
    kind = "application/pdf" if suffix == "pdf" else CONTENT_TYPES[suffix]
    name = f"figures-{on.isoformat()}.{suffix}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
