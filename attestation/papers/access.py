"""Who may read papers and who registers them; whoever may not read one does not learn that there is one.

Papers tell of people, so that they are read by those who run, approve or watch over attestation in the whole
organisation, and by the chair and the secretary of the commission; the head of a unit and a plain member read none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from attestation.cycle_access import what_may
from attestation.models import Cycle, Paper
from attestation.papers.subjects import Subject, subject_found
from employees.access import Ability, may_in
from employees.codes import ReadKind
from employees.models import Employee, Organisation, ReadLog, User
from employees.reading import SAME_READING

_READING = (Ability.SEE_ATTESTATION, Ability.RUN_ATTESTATION, Ability.APPROVE_ATTESTATION)
_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRights:
    """What a user may do with papers."""

    read: bool = False
    register: bool = False
    #: Whether she reads identification numbers in full.
    iin_in_full: bool = False


def rights_in(user: User | AnonymousUser, organisation: Organisation, cycle: Cycle | None = None) -> PaperRights:
    """Tell what a user may do with papers of an organisation, or of one of its cycles (1 query beyond her rights)."""
    reads = any(may_in(user, ability, organisation) for ability in _READING)
    prepares = may_in(user, Ability.RUN_ATTESTATION, organisation)
    if cycle is not None:
        part = what_may(user, cycle)
        reads, prepares = reads or part.chair or part.secretary, prepares or part.keep_minutes
    full = may_in(user, Ability.SEE_IIN, organisation)
    return PaperRights(read=reads, register=reads and prepares, iin_in_full=full)


def paper_for(user: User | AnonymousUser, pk: int) -> tuple[Paper, PaperRights]:
    """Give a registered paper that a user may read, and what she may do with it (3 queries at most). Raises Http404."""
    rows = Paper.objects.select_related("organisation", "cycle__organisation", "cycle__regime")
    paper = rows.filter(pk=pk).first()
    if paper is not None:
        rights = rights_in(user, paper.organisation, paper.cycle)
        if rights.read:
            return paper, rights
    raise Http404(_("There is no such paper among those you may read."))


def subject_for(user: User | AnonymousUser, kind: str, code: str, *, today: date) -> tuple[Subject, PaperRights]:
    """Give what a readable paper is about, and what the user may do with it (4 queries at most). Raises Http404."""
    subject = subject_found(kind, code, today=today)
    if subject is not None:
        rights = rights_in(user, subject.organisation, subject.cycle)
        if rights.read:
            return subject, rights
    raise Http404(_("There is no such paper among those you may read."))


def readings_note(user: User, papers: Iterable[Paper]) -> None:
    """Note that a user reads what papers tell of people, once an hour for each (3 queries)."""
    told = {number for paper in papers for number in paper.data.get("people", ())}
    people = set(Employee.objects.filter(pk__in=told).order_by().values_list("pk", flat=True))
    since = timezone.now() - SAME_READING
    noted = ReadLog.objects.filter(user=user, kind=ReadKind.PRINT, at__gt=since)
    fresh = people - set(noted.order_by().values_list("employee", flat=True))
    rows = [ReadLog(user=user, employee_id=number, kind=ReadKind.PRINT) for number in sorted(fresh)]
    ReadLog.objects.bulk_create(rows, batch_size=_BATCH)
