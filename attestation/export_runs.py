"""Exports that take longer than a second: a job with its progress, and the file for its user alone."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F
from django.http import QueryDict
from django.utils import timezone, translation
from django_tasks import task

from attestation.filters import RosterFilter
from attestation.list_export import export_csv, export_xlsx
from attestation.models import ExportRun, ExportState, ExportSubject
from employees.access import Ability, organisations_for
from employees.models import User

logger = logging.getLogger(__name__)

#: Up to so many people a file is written while the user waits.
DIRECT = 1000
_KEPT = timedelta(days=1)


def roster_filter(user: User, query: QueryDict) -> RosterFilter:
    """Give the list that an export holds: what its user may export, by the filters of the address."""
    return RosterFilter(
        query,
        user=user,
        organisations=organisations_for(user, Ability.EXPORT),
        today=timezone.localdate(),
        ability=Ability.EXPORT,
    )


def export_start(*, user: User, query: str, suffix: str, language: str) -> ExportRun:
    """Begin an export; files older than a day are thrown away."""
    exports_forget()
    run = ExportRun.objects.create(user=user, query=query, suffix=suffix, language=language)
    export_write.enqueue(run.pk)
    return run


def exports_forget() -> None:
    """Throw away files older than a day."""
    ExportRun.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()


def export_of(user: User, pk: int) -> ExportRun | None:
    """Give a file of this user, a list or papers, and of nobody else (1 query)."""
    subjects = (ExportSubject.ROSTER, ExportSubject.PAPERS)
    return ExportRun.objects.filter(user=user, pk=pk, subject__in=subjects).first()


@task()
def export_write(pk: int) -> None:
    """Write the list of an export."""
    run = export_taken(pk)
    if run is not None:
        export_done(run, _written)


def export_taken(pk: int) -> ExportRun | None:
    """Take an export in hand; None where another worker has it, or had it."""
    run = ExportRun.objects.select_related("user").get(pk=pk)
    if not ExportRun.objects.filter(pk=pk, state=ExportState.WAITING).update(state=ExportState.WORKING):
        return None
    return run


def export_done(run: ExportRun, write: Callable[[ExportRun], bytes]) -> None:
    """Write the file of an export; an error leaves its kind in the log, and no text that may be personal."""
    try:
        with translation.override(run.language):
            content = write(run)
    except Exception as error:
        logger.error("Export %s failed: %s", run.pk, type(error).__name__)
        ExportRun.objects.filter(pk=run.pk).update(state=ExportState.FAILED)
        return
    ExportRun.objects.filter(pk=run.pk).update(state=ExportState.READY, content=content, done=F("total"))


def _written(run: ExportRun) -> bytes:
    filters = roster_filter(run.user, QueryDict(run.query))
    ExportRun.objects.filter(pk=run.pk).update(total=filters.qs.order_by().count())

    def tell(count: int) -> None:
        ExportRun.objects.filter(pk=run.pk).update(done=F("done") + count)

    if run.suffix == "csv":
        return b"".join(export_csv(filters, tell))
    file = io.BytesIO()
    export_xlsx(filters, file, tell)
    return file.getvalue()
