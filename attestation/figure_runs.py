"""Figures of another day that take longer than a second: a job with its progress, and the figures for its user alone.

The figures are shown only to whoever may still see everybody who was counted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from attestation.figure_selectors import ScopeView, figures_of_day, headcount, people_of_day, scope_view
from attestation.figures import Figures, Scope, as_data, from_data
from attestation.models import ExportRun, ExportState, ExportSubject
from employees.models import User

logger = logging.getLogger(__name__)

#: What tells such a job from others whose subject is figures.
SUFFIX = "json"
_KEPT = timedelta(days=1)


class ScopeGoneError(Exception):
    """The scope of a job is none that its user may see any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRun:
    """A job, what it is about, and the figures when they are ready."""

    run: ExportRun
    view: ScopeView
    on: date
    figures: Figures | None = None


def figures_run_start(*, user: User, view: ScopeView, on: date, language: str) -> ExportRun:
    """Begin to count a scope of the user as of a day; figures older than a day are thrown away."""
    ExportRun.objects.filter(
        subject=ExportSubject.FIGURES, suffix=SUFFIX, created_at__lt=timezone.now() - _KEPT
    ).delete()
    run = ExportRun.objects.create(
        user=user,
        subject=ExportSubject.FIGURES,
        query=json.dumps({"on": on.isoformat(), "scope": asdict(view.scope)}),
        suffix=SUFFIX,
        language=language,
        total=headcount(view, on=on),
    )
    figures_write.enqueue(run.pk)
    return run


def figures_run(user: User, pk: int) -> FiguresRun | None:
    """Give a job of this user and of nobody else; None also where she may no longer see all whom it counted.

    2 queries beside her rights and those of reading the scope.
    """
    run = ExportRun.objects.filter(user=user, pk=pk, subject=ExportSubject.FIGURES, suffix=SUFFIX).first()
    if run is None:
        return None
    try:
        view, on = _asked(run)
    except ScopeGoneError:
        return None
    if run.state != ExportState.READY or run.content is None:
        return FiguresRun(run=run, view=view, on=on)
    kept = json.loads(bytes(run.content))
    if not _all_seen(view, kept["people"]):
        return None
    return FiguresRun(run=run, view=view, on=on, figures=from_data(kept["figures"]))


@task()
def figures_write(pk: int) -> None:
    """Count the figures of a job; an error leaves its kind in the log, and no text that may be personal."""
    if not ExportRun.objects.filter(pk=pk, state=ExportState.WAITING).update(state=ExportState.WORKING):
        return
    try:
        content = _written(ExportRun.objects.select_related("user").get(pk=pk))
    except Exception as error:
        logger.error("Figures %s failed: %s", pk, type(error).__name__)
        ExportRun.objects.filter(pk=pk).update(state=ExportState.FAILED)
        return
    ExportRun.objects.filter(pk=pk).update(state=ExportState.READY, content=content, done=F("total"))


def _written(run: ExportRun) -> bytes:
    view, on = _asked(run)
    people = people_of_day(view, on=on)

    def tell(done: int) -> None:
        ExportRun.objects.filter(pk=run.pk).update(done=done)

    figures = figures_of_day(view, on=on, people=people, tell=tell)
    return json.dumps({"people": people, "figures": as_data(figures)}).encode()


def _asked(run: ExportRun) -> tuple[ScopeView, date]:
    """Give what a job is about, by the rights that its user has now."""
    asked = json.loads(run.query)
    on = date.fromisoformat(asked["on"])
    view = scope_view(run.user, Scope(**asked["scope"]), on=on)
    if view is None:
        raise ScopeGoneError
    return view, on


def _all_seen(view: ScopeView, people: Collection[int]) -> bool:
    """Tell whether the user may still see everybody who was counted (1 query)."""
    return set(people) <= set(view.people().order_by().values_list("pk", flat=True))
