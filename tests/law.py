"""What cases are made of: the norms straight from their files, and facts as a workbook would tell them."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

from employees.facts import diploma, present_post
from employees.periods import after
from positions import rules
from positions.editing.supposed import edition_of
from positions.norm_files import NormFiles, read_folder

FOLDER = Path(__file__).parent.parent / "fixtures" / "norms"
_WORK_MARKS = ("managerial", "relevant_profile", "non_governmental", "in_specialty")


@functools.cache
def norm_files() -> NormFiles:
    """Read the norm files once."""
    return read_folder(FOLDER)


@functools.cache
def norms() -> rules.Norms:
    """Give the norms for the rules without any database."""
    managerial = {
        (act["code"], chapter["number"])
        for act in norm_files().acts
        for chapter in act["chapters"]
        if chapter["managerial"]
    }
    return rules.Norms(
        {
            data["position"]: rules.PositionNorm(
                code=data["position"],
                successor=data["successor"],
                managerial=_chapter(data["position"]) in managerial,
                editions=tuple(edition_of(data["position"], edition) for edition in data["editions"]),
            )
            for data in norm_files().positions
        }
    )


def _chapter(code: str) -> tuple[str, int]:
    act, number = code.split("/")
    return act, int(number.split(".")[0])


def facts(told: dict[str, Any], *, position: str) -> rules.Facts:
    """Turn the facts of a case into facts for the rules; keys are the columns of the workbook."""
    known = {
        "position", "level", "sphere", "hired_on", "appointed_on", "dismissed_on",
        "education", "work_history", "categories", "certificates", "absences",
    }  # fmt: skip
    assert told.keys() <= known, told.keys() - known
    hired_on: date = told["hired_on"]
    until = after(told.get("dismissed_on"))
    present = present_post(
        position=told.get("position", position),
        level=told.get("level") or "",
        appointed_on=told.get("appointed_on", hired_on),
        until=until,
        sphere=told.get("sphere", "social_protection"),
    )
    return rules.Facts(
        service=rules.Period(hired_on, until),
        work=(*(_work(row) for row in told.get("work_history", ())), present),
        education=tuple(
            diploma(**{**row, "fields": tuple(row.get("fields", ()))}) for row in told.get("education", ())
        ),
        awards=tuple(
            rules.Award(
                position=row.get("position", position),
                level=rules.Level(row["level"]),
                category=rules.Category(row["category"]),
                awarded_on=row["awarded_on"],
                valid_until=after(row.get("valid_until")),
            )
            for row in told.get("categories", ())
        ),
        certificates=tuple(
            rules.Certificate(kind=row["kind"], issued_on=row["issued_on"], valid_until=after(row.get("valid_until")))
            for row in told.get("certificates", ())
        ),
        absences=tuple(
            rules.Absence(
                kind=row["kind"],
                period=rules.Period(row["started_on"], after(row.get("ended_on"))),
                counts=row.get("counts", True),
            )
            for row in told.get("absences", ())
        ),
    )


def _work(row: dict[str, Any]) -> rules.Work:
    return rules.Work(
        period=rules.Period(row["started_on"], after(row.get("ended_on"))),
        position=row.get("position"),
        level=rules.Level(row["level"]) if row.get("level") else None,
        sphere=row.get("sphere", ""),
        **{mark: row.get(mark, False) for mark in _WORK_MARKS},
    )


def told(verdict: rules.Verdict) -> dict[str, Any]:
    """Tell a verdict in the words of the interface `evaluate`, without the sentences."""
    return {
        "current": verdict.current
        and {
            "level": verdict.current.key.level,
            "category": verdict.current.key.category,
            "since": verdict.current.since,
            "valid_until": verdict.current.valid_until and verdict.current.valid_until - (after(date.min) - date.min),
        },
        "current_status": verdict.current_status,
        "next": verdict.next
        and {
            "level": verdict.next.key.level,
            "category": verdict.next.key.category,
            "status": verdict.next.status,
            "reachable_on": verdict.next.reachable_on,
        },
        "other_tracks": [
            {"level": key.level, "category": key.category, "status": status} for key, status in verdict.other_tracks
        ],
        "obstacle": verdict.next and verdict.next.obstacle,
        "findings": [
            {
                "for": finding.about,
                "requirement": finding.requirement,
                "code": finding.code,
                "status": finding.status,
                "clause": finding.clause,
                "found": finding.found,
                "experience": finding.length
                and {
                    "years": finding.length.years,
                    "months": finding.length.months,
                    "days": finding.length.days,
                },
            }
            for finding in verdict.findings
        ],
    }
