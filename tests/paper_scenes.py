"""Cycles brought to their end, for papers; and what a PDF says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pypdf import PdfReader

from attestation import cycle_services as services
from attestation.codes import PaperKind
from attestation.models import Case, CommissionMember, Cycle, Paper, Sitting
from attestation.papers import subjects
from attestation.papers.drawing import paper_pdf
from attestation.papers.registering import PaperNotReadyError, paper_registered, paper_seen
from attestation.papers.subjects import Subject
from employees.models import Employee
from tests import cycles
from tests.cycles import HELD, Scene, fresh
from tests.factories import AwardFactory, CertificateFactory, WorkFactory

TODAY = date(2026, 5, 4)
#: Every letter that Kazakh has and Russian has not, and those of Russian that are rare.
NAMES = [
    ("Әбдіқалықова", "Гүлсім", "Іңкәрбекқызы"),
    ("Һамитұлы", "Өмірбек", ""),
    ("Щербакова-Ёлкина", "Ольга", "Эдуардовна"),
]
LANGUAGES = ("kk", "ru", "en")


@dataclass
class Told:
    """A cycle with signed minutes: three people, the second sent to a repeated attestation, the third absent."""

    here: Scene
    cycle: Cycle
    sitting: Sitting
    cases: list[Case]

    @property
    def case(self) -> Case:
        """The first case, decided for good."""
        return fresh(self.cases[0])

    def subject(self, kind: PaperKind) -> Subject:
        """Name the paper of a kind that this cycle has."""
        if kind in subjects.CYCLE_KINDS:
            return subjects.of_cycle(kind, fresh(self.cycle))
        if kind == PaperKind.MINUTES:
            return subjects.of_sitting(kind, fresh(self.sitting))
        if kind == PaperKind.OVERDUE:
            return subjects.of_organisation(kind, self.here.organisation, on=TODAY)
        member = self.members[1] if kind == PaperKind.EVALUATION_SHEET else None
        return subjects.of_case(kind, self.case, member)

    @property
    def members(self) -> list[CommissionMember]:
        """The commission."""
        return cycles.members_of(self.cycle, voting=False)

    def paper(self, kind: PaperKind) -> Paper:
        """Give the paper of a kind, registered if that can be."""
        return registered(self.here, self.subject(kind))


def registered(here: Scene, subject: Subject) -> Paper:
    """Give a paper, registered if that can be."""
    try:
        return paper_registered(subject, user=here.hr, today=TODAY)
    except PaperNotReadyError:
        return paper_seen(subject)


def told_person(here: Scene, number: int, **more: Any) -> Employee:
    """Make somebody who is due, with a record of every kind that papers quote."""
    last, first, patronymic = NAMES[number]
    values = {
        "last_name": last,
        "first_name": first,
        "patronymic": patronymic,
        "birth_date": date(1985, 5, 22),
        "iin": ["850522400010", "850522400239", "850522400109"][number],
        "level": "highest",
    }
    employee = cycles.due_person(here, **{**values, **more})
    education = employee.education.get()
    education.speciality, education.qualification = "Әлеуметтік жұмыс", "бакалавр"
    education.save()
    WorkFactory(employee=employee)
    CertificateFactory(employee=employee, number="77", issuer="«Өрлеу» орталығы", issued_on=date(2024, 5, 12))
    CertificateFactory(employee=employee, number="99", issuer="«Ескі» орталығы", issued_on=date(2022, 5, 12))
    AwardFactory(employee=employee, level="highest", category="second", awarded_on=date(2021, 2, 1))
    return employee


def told(code: str = cycles.WITH_CATEGORY, *, bin_number: str = "123456789012") -> Told:
    """Bring a cycle to signed minutes; under the rules with a category the head has approved what was decided."""
    here = cycles.scene(code, people=0, bin_number=bin_number)
    here.people = [told_person(here, number) for number in range(3)]
    cycle, sitting = cycles.approved(here)
    sitting = services.sitting_change(
        sitting=sitting,
        version=fresh(sitting).version,
        held_on=HELD,
        starts_at=time(10, 30),
        place="кеңес бөлмесі",
        recording="аудиожазба № 4",
        user=here.hr,
        on=HELD,
    )
    found = Told(here, cycle, sitting, [cycles.prepared(here, case) for case in cycles.cases_of(cycle)])
    found.cases.sort(key=lambda case: here.people.index(case.employee))
    _heard(found)
    cycles.signed(here, sitting, on=date(2026, 4, 9))
    if code == cycles.WITH_CATEGORY:
        waiting = {case.pk: fresh(case).version for case in found.cases[:2]}
        services.cases_approve(cycle=fresh(cycle), cases=waiting, user=here.head, on=date(2026, 4, 20))
    return found


def _heard(found: Told) -> None:
    here, (first, second, third) = found.here, found.cases
    _said(here, first)
    cycles.begun(here, found.sitting, present=[each for each in found.members if each.order != 7])
    voters = [each for each in cycles.members_of(found.cycle) if each.order != 7]
    first = services.case_interview(
        case=first,
        version=fresh(first).version,
        questions="Стандарт қандай? – Жауап берді.",
        remarks="Құжат айналымына көңіл бөлу.",
        opinion="Ескертулермен келісемін.",
        user=here.hr,
        on=HELD,
    )
    cycles.voted(here, first, voters[:-1], **cycles.SECOND, reasons="Сұрақтарға толық жауап берді.")
    cycles.vote(here, first, voters[-1], **cycles.NO_GROUNDS, dissenting_opinion="Өтілі жеткіліксіз.")
    cycles.decided(here, first)
    repeated = {"decision": "repeated", "mark": "3" if first.cycle.regime.code == cycles.GENERAL else "satisfactory"}
    cycles.voted(here, second, voters, **cycles.NO_GROUNDS, **repeated)
    cycles.decided(here, second)
    services.case_missed(
        case=fresh(third),
        version=fresh(third).version,
        reason="incapacity",
        words="парақ № 123",
        user=here.hr,
        on=HELD,
    )


def _said(here: Scene, case: Case) -> None:
    """Tell what the sheet asks for beside the records; the characteristic is late, and objected to."""
    services.case_particulars(
        case=case,
        version=fresh(case).version,
        academic_degree="Педагогика магистрі",
        sanctions="ескерту, 2024 жылғы 3 мамыр",
        civil_service_length="6 ж. 2 ай",
        near_pension=False,
        user=here.hr,
        on=HELD,
    )
    case = services.case_acquaint(case=case, version=fresh(case).version, user=here.hr, on=date(2026, 3, 28))
    services.case_object(
        case=case, version=case.version, words="Жұмыс көлемі ескерілмеген.", user=here.hr, on=date(2026, 3, 29)
    )


# ------------------------------------------------------------------------------------------------------ what a PDF says


def reader(paper: Paper, language: str, **more: Any) -> PdfReader:
    """Read the sheet of a paper."""
    return PdfReader(io.BytesIO(paper_pdf(paper, language, today=TODAY, **more)))


def text_of(paper: Paper, language: str, **more: Any) -> str:
    """Give the text of a sheet in one line."""
    return text_in(reader(paper, language, **more))


def text_in(found: PdfReader) -> str:
    """Give the text of all pages in one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in found.pages)).strip()


def tight(text: str) -> str:
    """Leave out what may stand between the words of a page: spaces, ends of lines, places where a word was parted."""
    return re.sub("[\\s\u200b]", "", text)


def strings(value: Any) -> Iterator[str]:
    """Give every text of drawn data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)
