"""The papers of a cycle, a sitting or a case as pages list them: those registered, and those that can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from attestation.codes import CommissionRole, PaperKind, SittingState
from attestation.cycle_rows import regime_in
from attestation.models import Case, CommissionMember, Cycle, EvaluationSheet, Paper, Sitting
from attestation.papers.access import rights_in
from attestation.papers.subjects import (
    CASE_KINDS,
    UNLISTED,
    Subject,
    is_decided,
    is_ready,
    of_case,
    of_cycle,
    of_organisation,
    of_sitting,
    ready_in,
)
from employees.models import User

#: Papers of a case that are printed for all at once.
BULK_KINDS = (
    PaperKind.NOTICE,
    PaperKind.CHARACTERISTIC_REQUEST,
    PaperKind.CHARACTERISTIC,
    PaperKind.EVALUATION_SHEET,
    PaperKind.SHEET,
    PaperKind.EXTRACT,
    PaperKind.CERTIFICATE,
)
#: Papers that only some cases have: they are offered where there is something to say.
_SOMETIMES = (PaperKind.REFUSAL, PaperKind.CERTIFICATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paper in the list: registered, or to be registered, or only to be looked at."""

    kind: PaperKind
    code: str
    #: What tells it from others of its kind: a member, a day, a number.
    detail: str = ""
    day: date | None = None
    paper: Paper | None = None
    ready: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Papers of one kind that can be printed for everybody in a cycle, and how many of them have a number."""

    kind: PaperKind
    count: int
    registered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The papers of a thing as a user meets them."""

    rows: list[Row]
    register: bool
    cycle: Cycle | None = None
    bulk: list[Bulk] = field(default_factory=list)


def shelf_of_cycle(user: User | AnonymousUser, cycle: Cycle, *, today: date) -> Shelf | None:
    """Give the papers of a cycle; None to whoever may not read them (7 queries beside the user's rights)."""
    rights = rights_in(user, cycle.organisation, cycle)
    if not rights.read:
        return None
    known = _known(Paper.objects.filter(cycle=cycle, case__isnull=True))
    subjects = [of_cycle(PaperKind.ORDER, cycle), *_further(cycle, PaperKind.ORDER, known.values())]
    subjects.append(of_cycle(PaperKind.SCHEDULE, cycle))
    sittings = Sitting.objects.filter(cycle=cycle).exclude(state=SittingState.CANCELLED).order_by("number")
    for sitting in sittings:
        sitting.cycle = cycle
        subjects.append(of_sitting(PaperKind.MINUTES, sitting))
    subjects += [of_cycle(PaperKind.SUMMARY, cycle), of_cycle(PaperKind.RESULTS_ORDER, cycle)]
    subjects += _further(cycle, PaperKind.RESULTS_ORDER, known.values())
    overdue = of_organisation(PaperKind.OVERDUE, cycle.organisation, on=today)
    known |= _known(Paper.objects.filter(kind=PaperKind.OVERDUE, subject=overdue.code))
    rows = _rows([*subjects, overdue], known, today)
    return Shelf(rows=rows, register=rights.register, cycle=cycle, bulk=_bulk(cycle, today) if rights.register else [])


def shelf_of_sitting(user: User | AnonymousUser, sitting: Sitting, *, today: date) -> Shelf | None:
    """Give the papers of a sitting; None to whoever may not read them (2 queries beside the user's rights)."""
    cycle = sitting.cycle
    rights = rights_in(user, cycle.organisation, cycle)
    if not rights.read:
        return None
    known = _known(Paper.objects.filter(sitting=sitting))
    return Shelf(rows=_rows([of_sitting(PaperKind.MINUTES, sitting)], known, today), register=rights.register)


def shelf_of_case(user: User | AnonymousUser, case: Case, *, today: date) -> Shelf | None:
    """Give the papers of a case; None to whoever may not read them (4 queries beside the user's rights)."""
    cycle = case.cycle
    rights = rights_in(user, cycle.organisation, cycle)
    if not rights.read:
        return None
    known = _known(Paper.objects.filter(case=case))
    subjects: list[Subject] = []
    if case.state not in UNLISTED:
        regime = regime_in(cycle)
        for kind in CASE_KINDS:
            subject = of_case(kind, case)
            if kind not in _SOMETIMES or is_ready(subject, today=today, regime=regime):
                subjects.append(subject)
    rows = [*_rows(subjects, known, today), *_evaluations(case, known)]
    shown = {(row.kind, row.code) for row in rows}
    rows += [_past(paper) for key, paper in known.items() if key not in shown]
    return Shelf(rows=rows, register=rights.register)


def _known(papers: Iterable[Paper]) -> dict[tuple[str, str], Paper]:
    """Give registered papers by kind and code, the earliest first (1 query)."""
    rows = papers.defer("data").order_by("registered_on", "pk") if hasattr(papers, "defer") else papers
    return {(paper.kind, paper.subject): paper for paper in rows}


def _further(cycle: Cycle, kind: PaperKind, papers: Iterable[Paper]) -> list[Subject]:
    """Give the further orders of a kind, by their days."""
    own = of_cycle(kind, cycle).code
    days = sorted(paper.registered_on for paper in papers if paper.kind == kind and paper.subject != own)
    return [of_cycle(kind, cycle, on=day) for day in days]


def _rows(subjects: Sequence[Subject], known: dict[tuple[str, str], Paper], today: date) -> list[Row]:
    return [
        Row(
            kind=subject.kind,
            code=subject.code,
            day=_day(subject),
            paper=known.get((subject.kind, subject.code)),
            ready=is_ready(subject, today=today),
        )
        for subject in subjects
    ]


def _evaluations(case: Case, known: dict[tuple[str, str], Paper]) -> list[Row]:
    """Give the evaluation sheets of the members: forms until the case is decided, then those submitted (2 queries)."""
    if case.state in UNLISTED:
        return []
    members = CommissionMember.objects.filter(cycle=case.cycle_id).order_by("order", "pk")
    submitted = set(EvaluationSheet.objects.filter(case=case).order_by("pk").values_list("member", flat=True))
    decided = is_decided(case)
    rows = []
    for member in members:
        subject = of_case(PaperKind.EVALUATION_SHEET, case, member)
        votes = member.pk in submitted or (member.role != CommissionRole.SECRETARY and case.decided_on is None)
        if votes:
            paper = known.get((subject.kind, subject.code))
            ready = decided and member.pk in submitted
            rows.append(Row(kind=subject.kind, code=subject.code, detail=member.name, paper=paper, ready=ready))
    return rows


def _past(paper: Paper) -> Row:
    """Give a paper on what has changed since: a notice of another day, a characteristic that was handed in anew."""
    return Row(kind=PaperKind(paper.kind), code=paper.subject, day=paper.registered_on, paper=paper)


def _day(subject: Subject) -> date | None:
    if subject.sitting is not None:
        return subject.sitting.held_on
    return subject.on


def _bulk(cycle: Cycle, today: date) -> list[Bulk]:
    """Count the papers on cases that can be printed at once (3 queries)."""
    rows = Paper.objects.filter(cycle=cycle, kind__in=BULK_KINDS).order_by().values_list("kind")
    registered = dict(rows.annotate(count=Count("pk")))
    found = ready_in(cycle, BULK_KINDS, today=today)
    return [
        Bulk(kind=kind, count=len(subjects), registered=registered.get(kind, 0))
        for kind, subjects in found.items()
        if subjects
    ]
