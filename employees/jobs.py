"""Work that takes longer than a second: reading a workbook, saving it, undoing it.

A job never lets an error out: the queue would keep its text, and the text of an error may hold personal data.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from employees import access
from employees.access import Ability
from employees.cells import WrongCellError, meaning
from employees.codes import ImportState
from employees.import_plan import Plan, Problem
from employees.import_report import problems_of, report_of
from employees.import_undo import UndoRefusedError, complete_snapshot, snapshot, undo
from employees.importing import IMPORTED, apply, plan
from employees.models import ImportRun, Organisation, User
from employees.stored import compare
from employees.workbook import SHEET_BY_NAME, Content, FileRefusedError, read

logger = logging.getLogger(__name__)

#: Progress in hundredths: reading the file takes the first part, working out the changes the rest.
WHOLE = 100
_READING = 60


class OutpacedError(Exception):
    """Somebody else has taken the run on meanwhile."""


class _WatchedFile(io.BytesIO):
    """A file that tells how much of it has been read."""

    def __init__(self, content: bytes, tell: Callable[[int], object]) -> None:
        super().__init__(content)
        self._size, self._tell, self._furthest = len(content), tell, 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        # The directory at the end is read first; it says nothing about how far the sheets are.
        if self.tell() < self._size:
            self._furthest = max(self._furthest, self.tell())
            self._tell(_READING * self._furthest // self._size)
        return found


@task()
def import_read(pk: int) -> None:
    """Read a workbook and work out what it would do."""
    run = _taken(pk, ImportState.WAITING, ImportState.READING)
    if run is not None:
        _guarded(run, lambda: _read_and_plan(run), ImportState.FAILED)


@task()
def import_apply(pk: int, user: int) -> None:
    """Save what a confirmed import brings."""
    run = _taken(pk, ImportState.APPLYING, ImportState.APPLYING)
    if run is not None:
        _guarded(run, lambda: _plan_and_apply(run, User.objects.get(pk=user)), ImportState.FAILED)


@task()
def import_undo(pk: int, user: int) -> None:
    """Undo a saved import."""
    run = _taken(pk, ImportState.APPLYING, ImportState.APPLYING)
    if run is not None:
        _guarded(run, lambda: _undo(run, User.objects.get(pk=user)), ImportState.APPLIED)


def _taken(pk: int, state: ImportState, next_state: ImportState) -> ImportRun | None:
    """Give the run if it is still in the state that this job is for."""
    found = ImportRun.objects.filter(pk=pk, state=state)
    return ImportRun.objects.get(pk=pk) if found.update(state=next_state) else None


def _guarded(run: ImportRun, work: Callable[[], None], failed: ImportState) -> None:
    """Do the work in the language of the run; whatever happens, the run says how it ended."""
    with translation.override(run.language):
        try:
            work()
        except OutpacedError:
            logger.warning("import %d was taken on by another job", run.pk)
        except Exception as error:
            logger.error("import %d failed: %s", run.pk, type(error).__name__)
            sentence = _("The work broke off because of an error in the program; nothing of it was saved.")
            _end(run, failed, message=sentence)


def _end(run: ImportRun, state: ImportState, *, message: str = "", **report: object) -> None:
    """Note how a run ended; what is no longer needed of the file is dropped."""
    current = ImportRun.objects.get(pk=run.pk)
    current.report = {**current.report, **report, "message": message}
    current.state = state
    current.done, current.total = WHOLE, WHOLE
    if state in (ImportState.REFUSED, ImportState.FAILED) or current.report.get("changes_nothing"):
        current.content = b""
    current.save(update_fields=["state", "report", "done", "total", "content"])


def _progress(run: ImportRun) -> Callable[[int], None]:
    """Give a way to note how far a run is; every step is written once."""
    last = -1

    def tell(done: int) -> None:
        nonlocal last
        if done > last:
            last = done
            now = timezone.now().isoformat()
            values: dict[str, object] = {"done": done, "total": WHOLE, "before": {"alive": now}}
            ImportRun.objects.filter(pk=run.pk).update(**values)

    return tell


# ------------------------------------------------------------------------------------------------------------- read


def _planned(run: ImportRun, user: User) -> tuple[Organisation | None, Plan]:
    """Read the file of a run and plan it, as far as the user may import it.

    Raises FileRefusedError. Whoever may not import into the organisation learns nothing of it: no plan is made.
    """
    tell = _progress(run)
    tell(0)
    content = read(_WatchedFile(bytes(run.content), tell))
    organisation, problem = _organisation_of(content, user)
    if problem is not None:
        refused = Plan()
        refused.errors.append(problem)
        return None, refused
    result = plan(content, progress=lambda done, rows: tell(_READING + (WHOLE - _READING) * done // max(rows, 1)))
    return organisation, result


def _organisation_of(content: Content, user: User) -> tuple[Organisation | None, Problem | None]:
    """Find the organisation of a workbook and say why the user may not import it, if she may not (2 queries)."""
    rows = content.sheets.get("organisation", [])
    raw = rows[0].cells.get("bin") if rows else None
    try:
        number = meaning(SHEET_BY_NAME["organisation"].column("bin"), raw)
    except WrongCellError:
        number = None
    organisation = Organisation.objects.filter(bin=number).first() if number else None
    if organisation is not None and access.may_in(user, Ability.IMPORT, organisation):
        return organisation, None
    if number is None or (organisation is None and user.is_superuser and user.is_active):
        # Without a number there is nothing to compare with: the plan names the mistake itself.
        return None, None
    reason = _(
        "You may not import into an organisation with this BIN. "
        "Only a system administrator brings in a new organisation."
    )
    return None, Problem(sheet="organisation", row=rows[0].number, column="bin", value=str(number), reason=reason)


def _read_and_plan(run: ImportRun) -> None:
    try:
        organisation, result = _planned(run, run.user)
    except FileRefusedError as error:
        _end(run, ImportState.REFUSED, message=str(error))
        return
    _show(run, organisation, result)


def _show(run: ImportRun, organisation: Organisation | None, result: Plan, *, message: str = "") -> None:
    """Keep what an import would do, for somebody to look at."""
    ImportRun.objects.filter(pk=run.pk).update(organisation=organisation, before={})
    if result.errors:
        _end(run, ImportState.REFUSED, message=message, **problems_of(result.errors, result.warnings))
    else:
        _end(run, ImportState.READY, message=message, **report_of(result))


# ------------------------------------------------------------------------------------------------------------ apply


def _plan_and_apply(run: ImportRun, user: User) -> None:
    try:
        organisation, result = _planned(run, user)
    except FileRefusedError as error:
        _end(run, ImportState.REFUSED, message=str(error))
        return
    if not result.errors and _applied(run, result, user):
        return
    message = _("Meanwhile the records have changed. This is what the import would do now; nothing was saved.")
    _show(run, organisation, result, message=message)


@transaction.atomic
def _applied(run: ImportRun, result: Plan, user: User) -> bool:
    """Save a plan if it still is what was confirmed; tells whether it was saved."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != ImportState.APPLYING:
        raise OutpacedError
    # Nobody else imports into the organisation before this is saved; what stands there now is what counts.
    list(Organisation.objects.select_for_update().filter(bin=result.organisation["bin"]))
    compare(result)
    report = report_of(result)
    if report["fingerprint"] != locked.report.get("fingerprint"):
        return False
    before = snapshot(result)
    apply(result, user=user, reason=IMPORTED)
    organisation = Organisation.objects.get(bin=result.organisation["bin"])
    locked.before = complete_snapshot(before, organisation)
    locked.organisation = organisation
    locked.content = b""
    locked.applied_at = timezone.now()
    locked.state = ImportState.APPLIED
    locked.done, locked.total = WHOLE, WHOLE
    locked.report = {**locked.report, "message": "", "applied_by": str(user.get_full_name() or user.get_username())}
    locked.save()
    return True


# ------------------------------------------------------------------------------------------------------------- undo


def _undo(run: ImportRun, user: User) -> None:
    try:
        with transaction.atomic():
            undo(run=run, user=user)
            ImportRun.objects.filter(pk=run.pk).update(undone_at=timezone.now(), before={})
            _end(run, ImportState.UNDONE, undo_refused=[])
    except UndoRefusedError as error:
        _end(run, ImportState.APPLIED, undo_refused=error.reasons)
