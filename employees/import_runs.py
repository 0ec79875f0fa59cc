"""Imports in the browser: which ones a user meets, and the steps she may take with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from employees import jobs
from employees.access import Ability, may_in, organisations_for
from employees.codes import ImportState
from employees.import_report import person_words, position_codes, problem_words, rows_of
from employees.models import ImportRun, User
from positions.selectors import titles

#: Up to so many people and problems stand on the page; the report that can be downloaded holds all of them.
SHOWN_PEOPLE = 200
SHOWN_PROBLEMS = 500
#: More people than these are shown folded.
_OPEN_PEOPLE = 10
#: A job that has said nothing for so long is dead.
_SILENCE = timedelta(minutes=15)
#: After so long a wait the page says what may be wrong.
_LONG_WAIT = timedelta(seconds=30)
_WORKING = (ImportState.WAITING, ImportState.READING, ImportState.APPLYING)
_LISTED = 100


class ImportRefusedNowError(Exception):
    """The step is not open to this import any more, or not to this user; the message is for the user."""


# -------------------------------------------------------------------------------------------------------- selectors


def may_import(user: User | AnonymousUser) -> bool:
    """Tell whether the user imports at all (no query beyond her rights, one for an administrator of everything)."""
    if user.is_superuser and user.is_active:
        return True
    return bool(organisations_for(user, Ability.IMPORT, whole=True))


def runs_for(user: User) -> QuerySet[ImportRun]:
    """Give the imports the user may meet: those of organisations she imports into, and her own of no organisation."""
    if not may_import(user):
        return ImportRun.objects.none()
    organisations = organisations_for(user, Ability.IMPORT, whole=True)
    return ImportRun.objects.filter(Q(organisation__in=organisations) | Q(organisation=None, user=user))


def listed_runs(user: User) -> list[ImportRun]:
    """Give the latest imports without their content, the newest first (1 query beyond the rights)."""
    runs = runs_for(user).select_related("organisation", "user").defer("content", "report", "before")
    return list(runs.order_by("-created_at", "-pk")[:_LISTED])


def run_record(user: User, pk: int) -> ImportRun | None:
    """Give an import the user may meet, without the file itself (1 query beyond the rights)."""
    return runs_for(user).select_related("organisation", "user").defer("content").filter(pk=pk).first()


@dataclass(frozen=True)
class Look:
    """An import as a page shows it, in the reader's language."""

    run: ImportRun

    @property
    def working(self) -> bool:
        """Whether a job is at it."""
        return self.run.state in _WORKING

    @property
    def undoing(self) -> bool:
        """Whether the job at it undoes it."""
        return self.run.state == ImportState.APPLYING and self.run.applied_at is not None

    @property
    def waits_long(self) -> bool:
        """Whether it waits longer than a server at work would let it."""
        return self.run.state == ImportState.WAITING and timezone.now() - self.run.created_at > _LONG_WAIT

    @property
    def percent(self) -> int | None:
        """How much is done, in hundredths; None where that cannot be told."""
        if self.run.state != ImportState.READING and not (self.run.state == ImportState.APPLYING and self.run.done):
            return None
        if self.undoing or self.run.done >= jobs.WHOLE - 1:
            return None
        return self.run.done

    @property
    def words(self) -> str:
        """What is being done, in words."""
        if self.run.state == ImportState.WAITING:
            return _("The file waits for its turn.")
        if self.run.state == ImportState.READING:
            return _("The file is being read and compared with the records.")
        return _("The import is being undone.") if self.undoing else _("The changes are being saved.")

    @property
    def message(self) -> str:
        """What the last job said."""
        return str(self.run.report.get("message", ""))

    @cached_property
    def errors(self) -> list[dict[str, Any]]:
        """The mistakes that are shown."""
        return [problem_words(each) for each in self.run.report.get("errors", [])[:SHOWN_PROBLEMS]]

    @cached_property
    def warnings(self) -> list[dict[str, Any]]:
        """The warnings that are shown."""
        return [problem_words(each) for each in self.run.report.get("warnings", [])[:SHOWN_PROBLEMS]]

    @property
    def error_count(self) -> int:
        """How many mistakes there are."""
        return len(self.run.report.get("errors", []))

    @property
    def warning_count(self) -> int:
        """How many warnings there are."""
        return len(self.run.report.get("warnings", []))

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        """The people that are shown, with what happens to each (1 query)."""
        shown = self.run.report.get("people", [])[:SHOWN_PEOPLE]
        named = titles(position_codes(self.run.report, first=SHOWN_PEOPLE))
        return [person_words(each, named) for each in shown]

    @property
    def people_count(self) -> int:
        """How many people are new or change."""
        return len(self.run.report.get("people", []))

    @property
    def unfolded(self) -> bool:
        """Whether so few people change that all stand open."""
        return self.people_count <= _OPEN_PEOPLE

    @property
    def organisation_is_new(self) -> bool:
        """Whether the import brings the organisation itself."""
        return "bin" in self.run.report.get("organisation_changes", [])

    @property
    def changes_nothing(self) -> bool:
        """Whether the database holds all this already."""
        return bool(self.run.report.get("changes_nothing"))

    @property
    def may_confirm(self) -> bool:
        """Whether there is something to save."""
        return self.run.state == ImportState.READY and not self.changes_nothing

    @property
    def may_replace(self) -> bool:
        """Whether a mended file may take its place."""
        return self.run.state in (ImportState.REFUSED, ImportState.READY, ImportState.FAILED)


def report_rows(run: ImportRun) -> list[list[Any]]:
    """Give the report of an import as rows with a heading, in the reader's language (1 query)."""
    return rows_of(run.report, titles(position_codes(run.report)))


# --------------------------------------------------------------------------------------------------------- services


@transaction.atomic
def run_start(*, user: User, file_name: str, content: bytes, replaces: ImportRun | None = None) -> ImportRun:
    """Keep a file that was sent and have it read; the file it takes the place of is dropped."""
    _refuse_unless(may_import(user))
    if replaces is not None:
        run_discard(run=replaces)
    run = ImportRun(
        user=user,
        file_name=file_name[-200:],
        content=content,
        language=(translation.get_language() or "kk")[:2],
        before={"alive": timezone.now().isoformat()},
    )
    run.full_clean(exclude=["report", "before"])
    run.save()
    jobs.import_read.enqueue(run.pk)
    return run


@transaction.atomic
def run_confirm(*, run: ImportRun, user: User) -> None:
    """Have a plan that somebody has looked at saved."""
    _refuse_unless_hers(run, user)
    ready = ImportRun.objects.filter(pk=run.pk, state=ImportState.READY)
    values: dict[str, Any] = {"done": 0, "before": {"alive": timezone.now().isoformat()}}
    _refuse_unless(not Look(run).changes_nothing and ready.update(state=ImportState.APPLYING, **values) == 1)
    jobs.import_apply.enqueue(run.pk, user.pk)


@transaction.atomic
def run_undo(*, run: ImportRun, user: User) -> None:
    """Have a saved import undone."""
    _refuse_unless_hers(run, user)
    report = {**run.report, "message": "", "undo_refused": [], "undo_started": timezone.now().isoformat()}
    saved = ImportRun.objects.filter(pk=run.pk, state=ImportState.APPLIED)
    _refuse_unless(saved.update(state=ImportState.APPLYING, report=report) == 1)
    jobs.import_undo.enqueue(run.pk, user.pk)


@transaction.atomic
def run_discard(*, run: ImportRun) -> None:
    """Delete an import that was not saved, with the file and all that was read from it."""
    states = [ImportState.REFUSED, ImportState.READY, ImportState.FAILED]
    deleted, _kinds = ImportRun.objects.filter(pk=run.pk, state__in=states).delete()
    _refuse_unless(deleted == 1)


def run_notice_death(run: ImportRun) -> None:
    """Mark an import failed whose job has been silent for so long that it must have died."""
    undoing = Look(run).undoing
    if run.state not in (ImportState.READING, ImportState.APPLYING):
        return
    said = run.report.get("undo_started") if undoing else run.before.get("alive")
    if said is None or timezone.now() - datetime.fromisoformat(said) < _SILENCE:
        return
    run.report = {**run.report, "message": _("The work broke off on the server; nothing of it was saved. Try again.")}
    found = ImportRun.objects.filter(pk=run.pk, state=run.state)
    if undoing:
        run.state = ImportState.APPLIED
        found.update(state=run.state, report=run.report)
    else:
        run.state = ImportState.FAILED
        found.update(state=run.state, report=run.report, content=b"")


def _refuse_unless_hers(run: ImportRun, user: User) -> None:
    organisation = run.organisation
    _refuse_unless(user.is_superuser if organisation is None else may_in(user, Ability.IMPORT, organisation))


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise ImportRefusedNowError(
            _("This step is not open any more: the import has gone on meanwhile. Look at its present state.")
        )
