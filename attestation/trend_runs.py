"""The past years of many people: a job with its progress, and the numbers for its user alone.

The numbers are shown only to whoever may still see everybody who was counted.
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

from attestation.figure_selectors import ScopeView, scope_view
from attestation.figures import Scope
from attestation.models import ExportRun, ExportState, ExportSubject
from attestation.trend import Trend, as_data, from_data
from attestation.trend_selectors import trend_numbers, trend_of
from employees.models import User

logger = logging.getLogger(__name__)

#: What tells such a job from those that count one day.
SUFFIX = "past"
_KEPT = timedelta(days=1)
_TOLD_EVERY = 100


class ScopeGoneError(Exception):
    """The scope of a job is none that its user may see any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRun:
    """A job, whose past it counts, and the trend when it is ready."""

    run: ExportRun
    view: ScopeView
    trend: Trend | None = None


def trend_run_start(*, user: User, view: ScopeView, language: str) -> ExportRun:
    """Begin to count the past years of a scope up to its day; what is older than a day is thrown away."""
    ExportRun.objects.filter(
        subject=ExportSubject.FIGURES, suffix=SUFFIX, created_at__lt=timezone.now() - _KEPT
    ).delete()
    run = ExportRun.objects.create(
        user=user,
        subject=ExportSubject.FIGURES,
        query=json.dumps({"on": view.on.isoformat(), "scope": asdict(view.scope)}),
        suffix=SUFFIX,
        language=language,
        total=len(trend_numbers(view)),
    )
    trend_write.enqueue(run.pk)
    return run


def trend_run(user: User, pk: int) -> TrendRun | None:
    """Give a job of this user and of nobody else; None also where she may no longer see all whom it counted.

    2 queries beside her rights and those of reading the scope.
    """
    run = ExportRun.objects.filter(user=user, pk=pk, subject=ExportSubject.FIGURES, suffix=SUFFIX).first()
    if run is None:
        return None
    try:
        view = _asked(run)
    except ScopeGoneError:
        return None
    if run.state != ExportState.READY or run.content is None:
        return TrendRun(run=run, view=view)
    kept = json.loads(bytes(run.content))
    return TrendRun(run=run, view=view, trend=from_data(kept["trend"])) if _all_seen(view, kept["people"]) else None


@task()
def trend_write(pk: int) -> None:
    """Count the past years of a job; an error leaves its kind in the log, and no text that may be personal."""
    if not ExportRun.objects.filter(pk=pk, state=ExportState.WAITING).update(state=ExportState.WORKING):
        return
    try:
        content = _written(ExportRun.objects.select_related("user").get(pk=pk))
    except Exception as error:
        logger.error("Past years %s failed: %s", pk, type(error).__name__)
        ExportRun.objects.filter(pk=pk).update(state=ExportState.FAILED)
        return
    ExportRun.objects.filter(pk=pk).update(state=ExportState.READY, content=content, done=F("total"))


def _written(run: ExportRun) -> bytes:
    view = _asked(run)
    people = trend_numbers(view)
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if done % _TOLD_EVERY == 0:
            ExportRun.objects.filter(pk=run.pk).update(done=done)

    found = trend_of(view, people=people, tell=tell)
    return json.dumps({"people": people, "trend": as_data(found)}).encode()


def _asked(run: ExportRun) -> ScopeView:
    """Give whose past a job counts, by the rights that its user has now."""
    asked = json.loads(run.query)
    view = scope_view(run.user, Scope(**asked["scope"]), on=date.fromisoformat(asked["on"]))
    if view is None:
        raise ScopeGoneError
    return view


def _all_seen(view: ScopeView, people: Collection[int]) -> bool:
    """Tell whether the user may still see everybody who was counted (1 query)."""
    return set(people) <= set(view.people().order_by().values_list("pk", flat=True))
