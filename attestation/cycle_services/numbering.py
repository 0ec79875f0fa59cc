"""Registration numbers of papers: one counter for each kind of paper in an organisation and year.

The counter moves in the transaction that registers the paper, so that a number is neither lost nor given twice,
whatever happens half-way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from attestation.codes import PaperKind
from attestation.models import Case, CommissionMember, Cycle, Paper, PaperCounter, Sitting
from employees.models import Organisation, User

#: Rows in hand, and what the paper says, need no check.
_KEYS = ("organisation", "cycle", "sitting", "case", "member", "created_by", "data")


@transaction.atomic
def paper_register(
    *,
    organisation: Organisation,
    kind: str,
    subject: str,
    on: date,
    user: User,
    data: Mapping[str, Any] | None = None,
    cycle: Cycle | None = None,
    sitting: Sitting | None = None,
    case: Case | None = None,
    member: CommissionMember | None = None,
) -> Paper:
    """Give the paper of a kind about a subject (`case:12`) with its number, registering it where there is none yet.

    Asked again it gives the same paper. What the paper says is kept when it is first told and never changes.
    """
    paper = _known(kind, subject)
    if paper is None:
        about = {"cycle": cycle, "sitting": sitting, "case": case, "member": member}
        paper = Paper(
            organisation=organisation,
            kind=kind,
            subject=subject,
            year=on.year,
            registered_on=on,
            created_by=user,
            data=dict(data or {}),
            **about,
        )
        paper = _numbered(paper)
    if data and not paper.data:
        paper.data = dict(data)
        paper.save(update_fields=["data"])
    return paper


def _known(kind: str, subject: str) -> Paper | None:
    return Paper.objects.select_for_update().filter(kind=kind, subject=subject).first()


def _numbered(paper: Paper) -> Paper:
    """Give the paper the next number; another registration of the same subject may have come first."""
    try:
        with transaction.atomic():
            counter = _counter(paper)
            found = _known(paper.kind, paper.subject)
            if found is not None:
                return found
            counter.last += 1
            counter.save(update_fields=["last"])
            paper.number = counter.last
            paper.clean_fields(exclude=_KEYS)
            paper.save()
            return paper
    except IntegrityError:
        # Registered at the same moment by the counter of another year: the number taken here went back with it.
        return Paper.objects.get(kind=paper.kind, subject=paper.subject)


def _counter(paper: Paper) -> PaperCounter:
    """Take the counter for the rest of the transaction; whoever wants a number of this kind waits."""
    PaperCounter.objects.get_or_create(organisation=paper.organisation, kind=paper.kind, year=paper.year)
    return PaperCounter.objects.select_for_update().get(
        organisation=paper.organisation, kind=paper.kind, year=paper.year
    )


def paper_of_sitting(sitting: Sitting, *, on: date, user: User) -> Paper:
    """Give the minutes of a sitting with their number, registering them where they are not yet."""
    return paper_register(
        organisation=sitting.cycle.organisation,
        kind=PaperKind.MINUTES,
        subject=f"sitting:{sitting.pk}",
        on=on,
        user=user,
        cycle=sitting.cycle,
        sitting=sitting,
    )


def order_of_cycle(cycle: Cycle, kind: PaperKind, *, on: date, user: User, further: bool = False) -> Paper:
    """Give an order about a cycle with its number: its one order of this kind, or a further one of a later day."""
    subject = f"cycle:{cycle.pk}"
    return paper_register(
        organisation=cycle.organisation,
        kind=kind,
        subject=f"{subject}:{on.isoformat()}" if further else subject,
        on=on,
        user=user,
        cycle=cycle,
    )
