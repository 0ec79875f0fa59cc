"""The verdict as the panel shows it: one set of data for the record, for a supposition and for a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from attestation.ladder import ladder_of
from attestation.steps import steps_of
from attestation.stretches import Stretches, stretches_of
from employees.models import Employee
from positions import rules
from positions.selectors import PrintedClause, notes_of, printed_clause, titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A requirement as it is shown: the finding, where its record stands on the page, and how its days add up."""

    finding: rules.Finding
    anchor: str
    stretches: Stretches | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is shown of one rung; `line` is the line of the clause that is about it."""

    about: str
    shown: tuple[Shown, ...]
    alternatives: int
    clause: PrintedClause | None
    line: int | None


def panel_context(employee: Employee, verdict: rules.Verdict | None, *, on: date) -> dict[str, Any]:
    """Give what the panel shows of a verdict, supposed or real (3 queries at most).

    A page on which the records themselves do not stand says where they do with `records_at`, the address of the
    person's page; a page with a supposed verdict leaves `data_at` empty, since the data are those of the records.
    """
    context: dict[str, Any] = {
        "on": on,
        "employee": employee,
        "verdict": verdict,
        "notes": [],
        "titles": {},
        "records_at": "",
        "data_at": "",
    }
    if verdict is None:
        return context
    clauses = {finding.clause for finding in verdict.findings if finding.clause}
    edition = verdict.edition.pk if verdict.edition else None
    clause = printed_clause(edition, language=get_language() or "kk") if edition else None
    return context | {
        "notes": notes_of(edition, clauses=clauses) if edition else [],
        "titles": titles(set(_named(verdict))),
        "clause": clause,
        "ladder": ladder_of(verdict),
        "steps": steps_of(verdict),
        "parts": {about: _part(verdict, about, clause) for about in ("current", "next")},
        "data_at": f"{reverse('employee_verdict_json', args=[employee.pk])}?on={on.isoformat()}",
    }


def _named(verdict: rules.Verdict) -> Iterable[str]:
    """List the positions that the panel names."""
    yield verdict.position
    if verdict.edition is not None:
        yield verdict.edition.position
    for finding in verdict.findings:
        for item in finding.counted:
            if item.work.position:
                yield item.work.position


def _part(verdict: rules.Verdict, about: str, clause: PrintedClause | None) -> Part:
    findings = verdict.findings_about(about)
    return Part(
        about=about,
        shown=tuple(
            Shown(finding=finding, anchor=_anchor(finding), stretches=stretches_of(finding, on=verdict.on))
            for finding in findings
        ),
        alternatives=sum(finding.requirement == "experience" for finding in findings),
        clause=clause if findings else None,
        line=_line(verdict, about) if clause is not None and clause.even and len(clause.rows) > 1 else None,
    )


def _anchor(finding: rules.Finding) -> str:
    """Give the place of the deciding document on the person's page; nothing where there is none."""
    if finding.diploma is not None and finding.diploma.pk is not None:
        return f"education-{finding.diploma.pk}"
    if finding.certificate is not None and finding.certificate.pk is not None:
        return f"certificates-{finding.certificate.pk}"
    return ""


def _line(verdict: rules.Verdict, about: str) -> int | None:
    """Find the line of the clause that a rung was read from; where none is stood on, by the pathway that was judged."""
    if verdict.edition is None:
        return None
    place = verdict.next if about == "next" else verdict.current
    if place is not None:
        rung = verdict.edition.by_key.get(place.key)
        return rung.line if rung else None
    judged = [finding.pathway for finding in verdict.findings_about(about) if finding.pathway is not None]
    return next((rung.line for rung in verdict.edition.rungs if set(judged) & set(rung.pathways)), None)
