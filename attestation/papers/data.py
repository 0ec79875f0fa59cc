"""What a paper says, as data without words: it is kept when the paper is registered, and every sheet is drawn from it.

Codes, days as ISO, names as recorded; texts that are kept in several languages with all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attestation.models import Paper
from attestation.papers.case_papers import case_papers
from attestation.papers.cycle_papers import cycle_paper, overdue_of
from attestation.papers.sitting_papers import minutes_of
from attestation.papers.subjects import Subject, subject_found


def paper_data(subject: Subject) -> dict[str, Any]:
    """Give what a paper says now (at most 26 queries)."""
    return papers_data([subject])[0]


def papers_data(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Give what papers of one kind say now, in the order told; those of cases are read at once (at most 26 queries)."""
    if not subjects:
        return []
    if subjects[0].case is not None:
        return case_papers(subjects[0].kind, subjects)
    return [_of_a_whole(subject) for subject in subjects]


def data_kept(paper: Paper, *, today: date) -> Paper:
    """Keep what a paper that has its number says now; what it said before stays (at most 29 queries)."""
    subject = subject_found(paper.kind, paper.subject, today=today)
    if subject is not None and not paper.data:
        paper.data = paper_data(subject)
        paper.save(update_fields=["data"])
    return paper


def _of_a_whole(subject: Subject) -> dict[str, Any]:
    if subject.sitting is not None:
        return minutes_of(subject.sitting)
    if subject.cycle is not None:
        return cycle_paper(subject.kind, subject.cycle, on=subject.on)
    if subject.on is None:
        raise ValueError(subject.code)
    return overdue_of(subject.organisation, on=subject.on)
