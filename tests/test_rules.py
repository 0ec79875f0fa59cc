"""The rules by themselves: three values, alternatives, and what no case file can say as shortly."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestation.services import judge
from positions.rules import (
    Category,
    Level,
    Obstacle,
    Pathway,
    RungKey,
    Status,
    all_of,
    best_of,
    judge_education,
)
from tests import law

ROOT = Path(__file__).parent.parent
STATUSES = st.lists(st.sampled_from(Status), min_size=1, max_size=5)


@pytest.mark.parametrize("module", ["positions.rules", "employees.experience"])
def test_pure_modules_bring_no_django_along(module: str) -> None:
    script = f"import sys, {module}; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


@given(STATUSES)
def test_and_is_as_bad_as_its_worst_part(statuses: list[Status]) -> None:
    joined = all_of(statuses)
    if Status.NOT_MET in statuses:
        assert joined is Status.NOT_MET
    else:
        assert joined is (Status.UNKNOWN if Status.UNKNOWN in statuses else Status.MET)


@given(STATUSES)
def test_or_is_as_good_as_its_best_part(statuses: list[Status]) -> None:
    joined = best_of(statuses)
    if Status.MET in statuses:
        assert joined is Status.MET
    else:
        assert joined is (Status.UNKNOWN if Status.UNKNOWN in statuses else Status.NOT_MET)


def test_nothing_checked_is_not_a_pass() -> None:
    assert all_of([]) is Status.UNKNOWN
    assert best_of([]) is Status.UNKNOWN


def _judge(position: str, on: date, **told: Any) -> Any:
    return judge(law.facts(told, position=position), law.norms(), on=on)


HIGHER = {"level": "higher", "fields": ["social"], "graduated_on": date(2015, 6, 30)}


def test_a_family_holds_predecessors_and_successors() -> None:
    assert law.norms().family("31/3.6") == ("31/3.6", "360/2.3")
    assert law.norms().family("360/2.3") == ("360/2.3", "31/3.6")
    assert law.norms().family("360/2.8") == ("360/2.8",)


def test_somebody_dismissed_is_judged_on_the_last_day_and_not_after() -> None:
    told = {"level": "highest", "hired_on": date(2024, 1, 1), "dismissed_on": date(2025, 1, 31), "education": [HIGHER]}
    assert _judge("360/2.3", date(2025, 1, 31), **told) is not None
    assert _judge("360/2.3", date(2025, 2, 1), **told) is None


def test_before_the_appointment_the_post_is_the_recorded_one() -> None:
    told = {
        "level": "highest",
        "hired_on": date(2024, 1, 1),
        "appointed_on": date(2025, 1, 1),
        "work_history": [
            {
                "position": "360/3.2",
                "started_on": date(2024, 1, 1),
                "ended_on": date(2024, 12, 31),
                "sphere": "social_protection",
                "level": "average",
            }
        ],
    }
    earlier = _judge("360/2.3", date(2024, 12, 31), **told)
    assert (earlier.position, earlier.current.since) == ("360/3.2", date(2024, 1, 1))
    assert _judge("360/2.3", date(2025, 1, 1), **told).position == "360/2.3"


def test_before_the_appointment_without_such_a_record_nobody_is_listed() -> None:
    told = {"level": "highest", "hired_on": date(2024, 1, 1), "appointed_on": date(2025, 1, 1)}
    assert _judge("360/2.3", date(2024, 6, 1), **told) is None


@pytest.mark.parametrize(
    ("told", "obstacle"),
    [
        (
            {
                "hired_on": date(2022, 1, 1),
                "categories": [
                    {
                        "level": "highest",
                        "category": "second",
                        "awarded_on": date(2026, 1, 1),
                        "valid_until": date(2027, 12, 31),
                    }
                ],
            },
            Obstacle.AWARD_ENDS,
        ),
        ({"hired_on": date(2026, 6, 1), "dismissed_on": date(2027, 5, 31)}, Obstacle.POST_ENDS),
        (
            {
                "hired_on": date(2026, 6, 1),
                "absences": [{"kind": "unpaid_leave", "started_on": date(2026, 9, 1), "counts": False}],
            },
            Obstacle.NOTHING_RUNS,
        ),
    ],
)
def test_a_recorded_end_gives_no_day_and_says_why(told: dict[str, Any], obstacle: Obstacle) -> None:
    verdict = _judge("360/2.3", date(2026, 11, 22), level="highest", education=[HIGHER], **told)
    assert verdict.next.status is Status.NOT_MET
    assert (verdict.next.reachable_on, verdict.next.obstacle) == (None, obstacle)


def test_a_needed_certificate_that_ends_before_gives_no_day() -> None:
    verdict = _judge(
        "360/2.5",
        date(2026, 11, 22),
        level="highest",
        hired_on=date(2026, 6, 1),
        education=[HIGHER],
        certificates=[{"kind": "swimming", "issued_on": date(2026, 1, 1), "valid_until": date(2027, 5, 31)}],
    )
    assert (verdict.next.reachable_on, verdict.next.obstacle) == (None, Obstacle.CERTIFICATE_ENDS)


def test_the_text_of_order_31_ends_before_the_day() -> None:
    verdict = _judge("31/3.6", date(2017, 12, 1), level="highest", hired_on=date(2017, 6, 1), education=[HIGHER])
    assert (verdict.next.reachable_on, verdict.next.obstacle) == (None, Obstacle.TEXT_ENDS)


def test_no_entry_education_and_no_stated_level_is_no_rung_at_all() -> None:
    verdict = _judge(
        "360/2.3",
        date(2026, 11, 22),
        hired_on=date(2024, 1, 1),
        education=[{**HIGHER, "fields": ["economic"]}],
    )
    assert (verdict.current, verdict.next, verdict.current_status) == (None, None, Status.NOT_MET)


def test_the_status_without_a_rung_is_the_best_of_the_entry_rungs() -> None:
    """Higher education stands above every level that clause 69 names (reading 9)."""
    verdict = _judge("360/3.1", date(2026, 11, 22), hired_on=date(2024, 1, 1), education=[HIGHER])
    assert (verdict.current, verdict.next, verdict.current_status) == (None, None, Status.UNKNOWN)


def test_an_unstated_level_follows_the_documents_of_each_day() -> None:
    """Time before the diploma counts at the average level, time after it at the highest (reading 14)."""
    education = [
        {"level": "technical_vocational", "fields": ["social"], "graduated_on": date(2015, 6, 30)},
        {**HIGHER, "graduated_on": date(2026, 2, 1)},
    ]
    verdict = _judge("360/2.3", date(2026, 11, 22), hired_on=date(2020, 1, 1), education=education)
    assert verdict.current.key == RungKey(Level.HIGHEST, Category.NONE)
    assert verdict.next.status is Status.NOT_MET
    assert verdict.next.reachable_on == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, Status.MET),
        ({"country": "RU"}, Status.UNKNOWN),
        ({"country": "RU", "recognition_number": "17-Т"}, Status.MET),
        ({"country": "RU", "recognition_on": date(2026, 11, 23)}, Status.UNKNOWN),
        ({"country": "RU", "recognition_on": date(2026, 11, 22)}, Status.MET),
        ({"country": "RU", "recognition_waived": "Топ-250"}, Status.MET),
        ({"country": "RU", "fields": ["legal"]}, Status.NOT_MET),
        ({"fields": []}, Status.UNKNOWN),
        ({"level": "general_secondary"}, Status.NOT_MET),
    ],
)
def test_a_document_is_judged(record: dict[str, Any], expected: Status) -> None:
    facts = law.facts({"hired_on": date(2020, 1, 1), "education": [{**HIGHER, **record}]}, position="360/2.3")
    pathway = Pathway(education=("higher", "postgraduate"), fields=("social", "medical"))
    assert judge_education(pathway, facts.education, on=date(2026, 11, 22))[0] is expected
