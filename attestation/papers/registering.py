"""Registering papers: each gets its number and keeps what it says, one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attestation.codes import PaperKind
from attestation.cycle_services.numbering import paper_register
from attestation.models import Paper, PaperCounter
from attestation.papers.data import paper_data, papers_data
from attestation.papers.subjects import Subject, is_ready, subject_found
from employees.models import User

_BATCH = 500


class PaperNotReadyError(Exception):
    """What a paper says is not settled yet, so that it gets no number; it can be looked at all the same."""

    def __str__(self) -> str:
        return _("This paper cannot be registered yet: what it says is not settled. You can look at it.")


def paper_registered(subject: Subject, *, user: User, today: date) -> Paper:
    """Give a paper with its number, registering it where there is none yet; what it says is kept from now on.

    Raises PaperNotReadyError.
    """
    found = Paper.objects.filter(kind=subject.kind, subject=subject.code).first()
    if found is not None and found.data:
        return found
    if not is_ready(subject, today=today):
        raise PaperNotReadyError
    return paper_register(
        organisation=subject.organisation,
        kind=subject.kind,
        subject=subject.code,
        on=day_of(subject, today=today),
        user=user,
        data=paper_data(subject),
        cycle=subject.cycle,
        sitting=subject.sitting,
        case=subject.case,
        member=subject.member,
    )


def day_of(subject: Subject, *, today: date) -> date:
    """Give the day under which a paper is registered: orders and minutes have one of their own."""
    own = None
    if subject.kind == PaperKind.ORDER and subject.cycle is not None:
        own = subject.on or subject.cycle.order_on
    if subject.kind == PaperKind.RESULTS_ORDER and subject.cycle is not None:
        own = subject.on or subject.cycle.results_order_on
    if subject.kind == PaperKind.MINUTES and subject.sitting is not None:
        own = subject.sitting.minutes_signed_on
    return own or today


def paper_kept(paper: Paper, *, user: User, today: date) -> Paper:
    """Give a registered paper with what it says; one that got its number alone keeps what is settled by now.

    An order or minutes are registered by what approves them, and told when they are first read.
    """
    if paper.data:
        return paper
    subject = subject_found(paper.kind, paper.subject, today=today)
    if subject is None:
        raise LookupError(paper.subject)
    try:
        return paper_registered(subject, user=user, today=today)
    except PaperNotReadyError:
        return paper_seen(subject)


def paper_seen(subject: Subject) -> Paper:
    """Give a paper as it would be now, kept nowhere; it has a number where an order or minutes got theirs already."""
    found = Paper.objects.filter(kind=subject.kind, subject=subject.code).first()
    if found is None:
        found = Paper(organisation=subject.organisation, kind=subject.kind, cycle=subject.cycle)
    if not found.data:
        found.data = paper_data(subject)
    return found


def papers_registered(subjects: Sequence[Subject], *, user: User, on: date) -> list[Paper]:
    """Give papers of one kind in one organisation, registering at once those there are none of (some 35 queries).

    All of them are such as can be registered. Where somebody registers one of them at the same moment, it is hers.
    """
    if not subjects:
        return []
    try:
        return _registered(subjects, user=user, on=on)
    except IntegrityError:
        return _registered(subjects, user=user, on=on)


@transaction.atomic
def _registered(subjects: Sequence[Subject], *, user: User, on: date) -> list[Paper]:
    known = _known(subjects)
    told = [subject for subject in subjects if subject.code not in known or not known[subject.code].data]
    data = dict(zip([subject.code for subject in told], papers_data(told), strict=True))
    fresh = [subject for subject in told if subject.code not in known]
    silent = [known[code] for code in data if code in known]
    for paper in silent:
        paper.data = data[paper.subject]
    Paper.objects.bulk_update(silent, ["data"], batch_size=_BATCH)
    if fresh:
        known |= {paper.subject: paper for paper in _numbered(fresh, data, user=user, on=on)}
    return [known[subject.code] for subject in subjects]


def _known(subjects: Sequence[Subject]) -> dict[str, Paper]:
    rows = Paper.objects.filter(kind=subjects[0].kind, subject__in=[subject.code for subject in subjects])
    return {paper.subject: paper for paper in rows.order_by("pk")}


def _numbered(subjects: Sequence[Subject], data: dict[str, dict[str, Any]], *, user: User, on: date) -> list[Paper]:
    """Give the next numbers in the order told; whoever wants a number of this kind waits."""
    place: dict[str, Any] = {"organisation": subjects[0].organisation, "kind": subjects[0].kind, "year": on.year}
    PaperCounter.objects.get_or_create(**place)
    counter = PaperCounter.objects.select_for_update().get(**place)
    papers = [
        Paper(
            **place,
            number=number,
            registered_on=on,
            subject=subject.code,
            data=data[subject.code],
            created_by=user,
            cycle=subject.cycle,
            sitting=subject.sitting,
            case=subject.case,
            member=subject.member,
        )
        for number, subject in enumerate(subjects, start=counter.last + 1)
    ]
    counter.last += len(papers)
    counter.save(update_fields=["last"])
    return Paper.objects.bulk_create(papers, batch_size=_BATCH)
