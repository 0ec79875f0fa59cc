"""The data of the papers of a case: codes, days and names as recorded; words come when a paper is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attestation.codes import AttestationKind, CaseState, PaperKind
from attestation.cycle import Step, allowed_decisions, latest_acquaintance, latest_characteristic
from attestation.models import Case, EvaluationSheet
from attestation.papers.case_book import (
    CaseBook,
    attested_on,
    case_book,
    case_head,
    decision_data,
    minutes_data,
    present_count,
    signers,
    votes_data,
    warnings_data,
    with_people,
)
from attestation.papers.people import (
    Records,
    award_data,
    development_data,
    education_data,
    iso,
    read_education,
    read_records,
    texts,
    total_experience,
)
from attestation.papers.subjects import Subject
from attestation.papers.words import form
from employees.periods import last_day

_Maker = Callable[[Case, CaseBook], dict[str, Any]]


def case_papers(kind: PaperKind, subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Give the data of papers of one kind, in the order told (at most 26 queries for any number of them)."""
    by_number = {subject.case.pk: subject.case for subject in subjects if subject.case is not None}
    cases = with_people(list(by_number.values()))
    book = case_book(cases)
    found = [by_number[subject.case.pk] for subject in subjects if subject.case is not None]
    if kind == PaperKind.EVALUATION_SHEET:
        return [_evaluation(case, book, subject) for case, subject in zip(found, subjects, strict=True)]
    if kind == PaperKind.SHEET:
        records = read_records([case.employee_id for case in cases])
        return [_sheet(case, book, records) for case in found]
    if kind == PaperKind.CHARACTERISTIC:
        education = read_education([case.employee_id for case in cases])
        return [_characteristic(case, book, education) for case in found]
    return [_MAKERS[kind](case, book) for case in found]


def _head(case: Case, book: CaseBook) -> dict[str, Any]:
    return case_head(case, book.regime(case))


def _notice(case: Case, book: CaseBook) -> dict[str, Any]:
    regime = book.regime(case)
    known = case.sitting.held_on if case.sitting is not None else None
    until = latest_acquaintance(known, regime) if known else None
    return {
        **_head(case, book),
        "acquaintance_until": iso(until),
        "acquaintance_clause": regime.clause("acquaintance_days_before") if until else "",
        "notice_clause": regime.clause("notice_months"),
        "objection": regime.value("objection_form") or "",
        "requested": {"level": case.requested_level, "category": case.requested_category},
    }


def _request(case: Case, book: CaseBook) -> dict[str, Any]:
    regime, starts_on = book.regime(case), case.cycle.starts_on
    if case.kind == AttestationKind.REPEATED and case.sitting is not None:
        starts_on = max(case.sitting.held_on, starts_on)
    until = latest_characteristic(starts_on, regime)
    return {
        **_head(case, book),
        "superior": _superior(case),
        "until": iso(until),
        "until_clause": regime.clause("characteristic_days_before") if until else "",
    }


def _superior(case: Case) -> str:
    """Name the immediate superior: who handed the characteristic in, else the head of the unit, if it is another."""
    unit = case.employee.unit
    if case.characteristic_author or unit is None or unit.head is None or unit.head_id == case.employee_id:
        return case.characteristic_author
    return str(unit.head.full_name)


def _characteristic(case: Case, book: CaseBook, education: Mapping[int, list[Any]]) -> dict[str, Any]:
    return {
        **_head(case, book),
        "education": education_data(education.get(case.employee_id, []), on=attested_on(case)),
        "superior": _superior(case),
        "text": case.characteristic,
        "assessment": case.characteristic_assessment,
        "handed_in_on": iso(case.characteristic_on),
        "objection_form": book.regime(case).value("objection_form") or "",
        "objection": case.objection,
        "objection_on": iso(case.objection_on),
    }


def _choices(case: Case, book: CaseBook) -> list[str]:
    """Give the decisions that the sheet has lines for: known to the form at this attestation, allowed by the rules."""
    regime = book.regime(case)
    lines = form(regime.value("sheet_form") or "general")["choices"]
    allowed = allowed_decisions(case.kind, regime)
    return [code for code in lines["repeated" if case.kind == AttestationKind.REPEATED else "first"] if code in allowed]


def _evaluation(case: Case, book: CaseBook, subject: Subject) -> dict[str, Any]:
    """Give a member's evaluation sheet; until the case is decided it is a form to be filled in by hand."""
    member, regime = subject.member, book.regime(case)
    found = [sheet for sheet in book.sheets[case.pk] if member is not None and sheet.member_id == member.pk]
    return {
        **_head(case, book),
        "choices": _choices(case, book),
        "marks": [mark.code for mark in regime.marks],
        "member": member.name if member else "",
        "secretary": signers(case, book)["secretary"],
        "vote": _vote(found[0]) if found and case.decided_on is not None else None,
    }


def _vote(sheet: EvaluationSheet) -> dict[str, Any]:
    return {
        "mark": sheet.mark,
        "decision": sheet.decision,
        "category_decision": sheet.category_decision,
        "level": sheet.level,
        "category": sheet.category,
        "reasons": sheet.reasons,
        "dissenting_opinion": sheet.dissenting_opinion,
        "on": iso(sheet.submitted_on),
    }


def _sheet(case: Case, book: CaseBook, records: Records) -> dict[str, Any]:
    on, head = attested_on(case), _head(case, book)
    return {
        **head,
        "choices": _choices(case, book),
        "education": education_data(records.education[case.employee_id], on=on),
        "development": development_data(records.certificates[case.employee_id], sheet_form=head["form"], on=on),
        "degree": case.academic_degree,
        "award": award_data(case.employee_id, case.position, records, without=case.award_id, on=on),
        "experience": total_experience(case.employee, records, on=on),
        "civil": case.civil_service_length,
        "sanctions": case.sanctions,
        "remarks": case.remarks,
        "opinion": case.opinion,
        "assessment": case.characteristic_assessment,
        "present": present_count(case, book),
        "votes": votes_data(case, book),
        "held_on": iso(on) if case.decided_on is not None else None,
        "approval": book.regime(case).yes("approval_by_head"),
        "approved_on": iso(case.approved_on),
        "head_decision": case.head_decision,
        "refused_on": iso(case.refusal_on),
        "signers": signers(case, book),
        **decision_data(case),
    }


def hearing_data(case: Case, book: CaseBook, *, missed_at: int | None = None) -> dict[str, Any]:
    """Give what the minutes of a sitting say of one person; `missed_at` names the sitting where she may have missed it.

    A person who missed the sitting and whose case went on to another has no decision here.
    """
    absent = next((row for row in book.missed[case.pk] if row.sitting_id == missed_at), None)
    here = case.sitting_id == missed_at
    votes = votes_data(case, book) if here else {"counts": {}, "voted": 0, "categories": [], "tie": False}
    return {
        "person": case_head(case, book.regime(case))["person"],
        "kind": case.kind,
        "choices": _choices(case, book),
        "assessment": case.characteristic_assessment if here else "",
        "objection_form": book.regime(case).value("objection_form") or "",
        "objection": case.objection if here else "",
        "test": _test(case) if here else None,
        "interview": case.interview if here else "",
        "remarks": case.remarks if here else "",
        "opinion": case.opinion if here else "",
        "missed": {"reason": absent.reason, "words": absent.words, "valid": absent.valid} if absent else None,
        "votes": votes,
        "dissents": _dissents(case, book) if here and case.decided_on is not None else [],
        "warnings": warnings_data([_done(each, case) for each in case.warnings if here], book.regime(case)),
        "decided": here and case.decided_on is not None and case.state != CaseState.CANCELLED,
        **(decision_data(case) if here else decision_data(Case())),
    }


def _done(warning: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """Give a warning; the attestation that was late was held all the same, by the decision that noted it."""
    late = warning["code"] == Step.ATTESTATION and not warning.get("happened")
    return {**warning, "happened": iso(case.decided_on)} if late else dict(warning)


def _test(case: Case) -> dict[str, Any] | None:
    if case.tested_on is None:
        return None
    score = f"{case.test_score.normalize():f}" if case.test_score is not None else ""
    return {"on": iso(case.tested_on), "passed": case.test_passed, "score": score}


def _dissents(case: Case, book: CaseBook) -> list[dict[str, str]]:
    return [
        {"name": book.member(case.cycle_id, sheet.member_id).name, "text": sheet.dissenting_opinion}
        for sheet in book.sheets[case.pk]
        if sheet.dissenting_opinion
    ]


def _extract(case: Case, book: CaseBook) -> dict[str, Any]:
    there = book.present_at(case.sitting, case.cycle_id)
    return {
        **_head(case, book),
        "minutes": minutes_data(book.minutes.get(case.sitting_id or 0)),
        "present": [{"role": member.role, "name": member.name} for member in there],
        "present_count": present_count(case, book),
        "signers": signers(case, book),
        "hearing": hearing_data(case, book, missed_at=case.sitting_id),
    }


def _refusal(case: Case, book: CaseBook) -> dict[str, Any]:
    return {
        **_head(case, book),
        "held_on": iso(case.decided_on),
        "decision": case.decision,
        "refused_on": iso(case.refusal_on),
        "witnesses": [line.strip() for line in case.refusal_witnesses.splitlines() if line.strip()],
    }


def _certificate(case: Case, book: CaseBook) -> dict[str, Any]:
    award = case.award
    return {
        **_head(case, book),
        "title": texts(case.position, "title"),
        "level": award.level if award else case.decided_level,
        "category": award.category if award else case.decided_category,
        "decided_on": iso(case.decided_on),
        "minutes": minutes_data(book.minutes.get(case.sitting_id or 0)),
        "order_number": award.order_number if award and case.approved_on else case.cycle.results_order_number,
        "order_on": iso(case.approved_on or case.cycle.results_order_on),
        "valid_until": iso(last_day(award.lapses_on) if award else None),
    }


_MAKERS: Mapping[PaperKind, _Maker] = {
    PaperKind.NOTICE: _notice,
    PaperKind.CHARACTERISTIC_REQUEST: _request,
    PaperKind.EXTRACT: _extract,
    PaperKind.REFUSAL: _refusal,
    PaperKind.CERTIFICATE: _certificate,
}
