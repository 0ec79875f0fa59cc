"""Printing the papers of a whole cycle: a job with its progress, and the file for its user alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django_tasks import task

from attestation.codes import PaperKind
from attestation.export_runs import export_done, export_taken, exports_forget
from attestation.models import Cycle, ExportRun, ExportSubject, Paper
from attestation.papers.access import PaperRights, readings_note, rights_in
from attestation.papers.drawing import file_name, sheets_of
from attestation.papers.forms import PDF, ZIP
from attestation.papers.registering import papers_registered
from attestation.papers.subjects import Subject, ready_in
from attestation.printing import Sheet, pdf_of
from employees.models import User

#: So many papers are registered and drawn at a time.
_CHUNK = 250
#: What a job has done, in parts of a paper: drawn, then set.
_DRAWN, _SET = 1, 1
PAPER_TYPES = {PDF: "application/pdf", ZIP: "application/zip"}
Tell = Callable[[int], None]


class NotAllowedAnyLongerError(Exception):
    """Whoever began the job may not register papers of the cycle any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a job is to print."""

    cycle: int
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    on: date

    @classmethod
    def of(cls, run: ExportRun) -> Asked:
        """Read what a job is to print."""
        told = json.loads(run.query)
        return cls(
            cycle=told["cycle"],
            kinds=tuple(told["kinds"]),
            languages=tuple(told["languages"]),
            on=date.fromisoformat(told["on"]),
        )


def print_start(
    *,
    user: User,
    cycle: Cycle,
    kinds: Sequence[PaperKind],
    languages: Sequence[str],
    form: str,
    language: str,
    on: date,
) -> ExportRun:
    """Begin to print papers of a cycle; they are registered on the day, those that have no number yet."""
    exports_forget()
    told = {"cycle": cycle.pk, "kinds": list(kinds), "languages": list(languages), "on": on.isoformat()}
    run = ExportRun.objects.create(
        user=user, subject=ExportSubject.PAPERS, query=json.dumps(told), suffix=form, language=language
    )
    papers_write.enqueue(run.pk)
    return run


@task()
def papers_write(pk: int) -> None:
    """Write the file of a job; an error leaves its kind in the log, and no text that may be personal."""
    run = export_taken(pk)
    if run is not None:
        export_done(run, papers_file)


def papers_file(run: ExportRun) -> bytes:
    """Register and draw what a job asks for, and set it: as one PDF, or as a PDF for each sheet in a ZIP."""
    asked = Asked.of(run)
    cycle = Cycle.objects.select_related("organisation", "regime").get(pk=asked.cycle)
    rights = rights_in(run.user, cycle.organisation, cycle)
    if not rights.register:
        raise NotAllowedAnyLongerError
    found = list(ready_in(cycle, [PaperKind(kind) for kind in asked.kinds], today=asked.on).values())
    total = sum(len(subjects) for subjects in found) * len(asked.languages)
    ExportRun.objects.filter(pk=run.pk).update(total=total * (_DRAWN + _SET))

    def tell(count: int) -> None:
        ExportRun.objects.filter(pk=run.pk).update(done=F("done") + count)

    papers = _papers(run.user, found, asked.on)
    title = str(cycle.title)
    if run.suffix == ZIP:
        return _zip(papers, asked, rights, tell)
    return _one(papers, asked, rights, tell, title=title)


def may_have(run: ExportRun) -> bool:
    """Tell whether its user may still have the file of a job: whoever lost the right to register does not."""
    cycle = Cycle.objects.select_related("organisation").filter(pk=Asked.of(run).cycle).first()
    return cycle is not None and rights_in(run.user, cycle.organisation, cycle).register


def _papers(user: User, found: Sequence[Sequence[Subject]], on: date) -> Iterator[list[Paper]]:
    """Register papers kind by kind, some at a time; whose papers they are is noted before they leave."""
    for subjects in found:
        for start in range(0, len(subjects), _CHUNK):
            papers = papers_registered(subjects[start : start + _CHUNK], user=user, on=on)
            readings_note(user, papers)
            yield papers


def _one(papers: Iterator[list[Paper]], asked: Asked, rights: PaperRights, tell: Tell, *, title: str) -> bytes:
    """Set all papers as one file: all in the first language, then all in the second."""
    sheets: dict[str, list[Sheet]] = {language: [] for language in asked.languages}
    for some in papers:
        for language in asked.languages:
            for paper in some:
                sheets[language] += sheets_of(paper, language, iin_in_full=rights.iin_in_full)
        tell(len(some) * len(asked.languages) * _DRAWN)
    return pdf_of([sheet for each in sheets.values() for sheet in each], title=title, on=asked.on)


def _zip(papers: Iterator[list[Paper]], asked: Asked, rights: PaperRights, tell: Tell) -> bytes:
    """Set each sheet as a file of its own, named by kind, number and language, and by nobody's name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for some in papers:
            for paper in some:
                for language in asked.languages:
                    sheets = sheets_of(paper, language, iin_in_full=rights.iin_in_full)
                    name = file_name(paper, language)
                    stamp = (*paper.registered_on.timetuple()[:3], 0, 0, 0)
                    content = pdf_of(sheets, title=name, on=paper.registered_on)
                    archive.writestr(zipfile.ZipInfo(name, date_time=stamp), content)
                tell(len(asked.languages) * (_DRAWN + _SET))
    return file.getvalue()
