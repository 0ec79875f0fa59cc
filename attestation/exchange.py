"""Verdicts for other programs: the shape of the interface `evaluate`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from attestation.services import Judged
from attestation.wording import found_words, required_words
from employees.periods import last_day
from positions import rules

_COLUMNS = (
    "organisation",
    "personnel_number",
    "position",
    "on",
    "current_level",
    "current_category",
    "since",
    "valid_until",
    "current_status",
    "next_level",
    "next_category",
    "next_status",
    "reachable_on",
    "other_tracks",
)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def as_data(judged: Judged) -> dict[str, Any]:
    """Give a verdict as one object of the interface; sentences are in the active language."""
    verdict = judged.verdict
    return {
        "organisation": judged.person.organisation,
        "personnel_number": judged.person.personnel_number,
        "position": verdict.position,
        "on": verdict.on.isoformat(),
        "current": verdict.current
        and {
            "level": verdict.current.key.level,
            "category": verdict.current.key.category,
            "since": _iso(verdict.current.since),
            "valid_until": _iso(last_day(verdict.current.valid_until)),
        },
        "current_status": verdict.current_status,
        "next": verdict.next
        and {
            "level": verdict.next.key.level,
            "category": verdict.next.key.category,
            "status": verdict.next.status,
            "reachable_on": _iso(verdict.next.reachable_on),
        },
        "other_tracks": [
            {"level": key.level, "category": key.category, "status": status} for key, status in verdict.other_tracks
        ],
        "findings": [_finding(finding, verdict.on) for finding in verdict.findings],
    }


def _finding(finding: rules.Finding, on: date) -> dict[str, Any]:
    return {
        "for": finding.about,
        "requirement": finding.requirement,
        "code": finding.code,
        "status": finding.status,
        "required": required_words(finding),
        "found": found_words(finding, on=on),
        "clause": finding.clause,
        "experience": finding.length
        and {"years": finding.length.years, "months": finding.length.months, "days": finding.length.days},
    }


def as_rows(data: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Flatten verdicts to one row each, for a table or a CSV file."""
    rows = []
    for item in data:
        current, following = item["current"] or {}, item["next"] or {}
        rows.append(
            {
                "organisation": item["organisation"],
                "personnel_number": item["personnel_number"],
                "position": item["position"],
                "on": item["on"],
                "current_level": current.get("level") or "",
                "current_category": current.get("category") or "",
                "since": current.get("since") or "",
                "valid_until": current.get("valid_until") or "",
                "current_status": str(item["current_status"]),
                "next_level": following.get("level") or "",
                "next_category": following.get("category") or "",
                "next_status": str(following.get("status") or ""),
                "reachable_on": following.get("reachable_on") or "",
                "other_tracks": " ".join(f"{track['level']}/{track['category']}" for track in item["other_tracks"]),
            }
        )
    return rows


def as_csv(data: Sequence[dict[str, Any]]) -> str:
    """Write verdicts as CSV with a header line."""
    output = io.StringIO()
    writer = csv.DictWriter(output, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_rows(data))
    return output.getvalue()


def as_table(data: Sequence[dict[str, Any]]) -> str:
    """Write verdicts as a table of plain text for a terminal."""
    rows = [dict.fromkeys(_COLUMNS, ""), *as_rows(data)]
    rows[0] = {column: column for column in _COLUMNS}
    widths = {column: max(len(row[column]) for row in rows) for column in _COLUMNS}
    return "".join("  ".join(row[column].ljust(widths[column]) for column in _COLUMNS).rstrip() + "\n" for row in rows)
