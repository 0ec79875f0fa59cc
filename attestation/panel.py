"""The verdict as the panel shows it: one set of data for the record, for a supposition and for a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from employees.models import Employee
from positions import rules
from positions.selectors import notes_of, titles


def panel_context(employee: Employee, verdict: rules.Verdict | None, *, on: date) -> dict[str, Any]:
    """Give what the panel shows of a verdict, supposed or real (2 queries)."""
    clauses = {finding.clause for finding in verdict.findings if finding.clause} if verdict else set()
    edition = verdict.edition.pk if verdict and verdict.edition else None
    return {
        "on": on,
        "employee": employee,
        "verdict": verdict,
        "notes": notes_of(edition, clauses=clauses) if edition else [],
        "titles": titles({verdict.position, verdict.edition.position if verdict.edition else ""}) if verdict else {},
    }
