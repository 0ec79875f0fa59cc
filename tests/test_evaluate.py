"""`evaluate` and the demonstration: what other programs read."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attestation.models import Cycle
from attestation.services import evaluate_employee, evaluate_everyone, evaluate_organisation
from employees.demo import invent
from employees.importing import apply, plan
from employees.models import Employee, Grant, Organisation, User
from tests import law
from tests.books import GOOD, book
from tests.test_import import _import

pytestmark = pytest.mark.django_db

ON = "2026-11-22"


def _evaluate(*arguments: str) -> str:
    output = io.StringIO()
    call_command("evaluate", *arguments, stdout=output)
    return output.getvalue()


def _people(count: int, seed: int = 3) -> None:
    apply(
        plan(
            invent(
                employees=count,
                seed=seed,
                norms=law.norms(),
                bin_number=f"{seed:012d}",
                name_kk="Үлгі",
                name_ru="Образец",
            )
        )
    )


def test_a_verdict_has_the_agreed_shape() -> None:
    _import(GOOD)
    found = json.loads(_evaluate("--on", ON, "--employee", "0001", "--language", "en"))
    assert len(found) == 1
    verdict = found[0]
    findings = verdict.pop("findings")
    assert verdict == {
        "organisation": "123456789012",
        "personnel_number": "0001",
        "position": "360/2.3",
        "on": ON,
        "current": {"level": "highest", "category": "second", "since": "2025-03-01", "valid_until": "2028-02-29"},
        "current_status": "met",
        "next": {"level": "highest", "category": "first", "status": "not_met", "reachable_on": "2027-03-01"},
        "other_tracks": [],
    }
    assert [(finding["for"], finding["requirement"], finding["status"]) for finding in findings] == [
        ("current", "education", "met"),
        ("current", "experience", "met"),
        ("next", "education", "met"),
        ("next", "experience", "not_met"),
    ]
    assert findings[3] == {
        "for": "next",
        "requirement": "experience",
        "code": None,
        "status": "not_met",
        "required": findings[3]["required"],
        "found": findings[3]["found"],
        "clause": "45",
        "experience": {"years": 1, "months": 8, "days": 21},
    }
    assert "2 years" in findings[3]["required"]
    assert "1 y. 8 mo. 21 d." in findings[3]["found"]


def test_a_day_without_text_is_said_in_one_finding() -> None:
    sheets = {**GOOD, "employees": [list(row) for row in GOOD["employees"]]}
    sheets["employees"][2][9] = "2020-01-01"  # type: ignore[index]
    _import(sheets)
    found = json.loads(_evaluate("--on", "2022-01-01"))
    assert [(item["personnel_number"], item["current"], item["current_status"], item["next"]) for item in found] == [
        ("0002", None, "unknown", None)
    ]
    assert [(finding["requirement"], finding["status"]) for finding in found[0]["findings"]] == [("text", "unknown")]


def test_people_are_listed_by_personnel_number_and_only_those_in_service() -> None:
    _people(60)
    found = json.loads(_evaluate("--on", ON))
    numbers = [item["personnel_number"] for item in found]
    assert numbers == sorted(numbers)
    day = date.fromisoformat(ON)
    gone = Employee.objects.filter(employed_until__lte=day).values_list("personnel_number", flat=True)
    assert gone
    assert not set(gone) & set(numbers)
    assert len(numbers) == 60 - len(gone)


def test_one_organisation_alone() -> None:
    _people(5, seed=3)
    _people(5, seed=4)
    found = json.loads(_evaluate("--on", ON, "--organisation", "000000000004"))
    assert {item["organisation"] for item in found} == {"000000000004"}
    assert [judged.person.pk for judged in evaluate_organisation("000000000004", on=date.fromisoformat(ON))]


def test_as_csv_and_as_a_table() -> None:
    _import(GOOD)
    rows = list(csv.DictReader(io.StringIO(_evaluate("--on", ON, "--format", "csv"))))
    assert [(row["personnel_number"], row["next_category"], row["reachable_on"]) for row in rows] == [
        ("0001", "first", "2027-03-01"),
        ("0002", "", ""),
    ]
    lines = _evaluate("--on", ON, "--format", "table").splitlines()
    assert len(lines) == 3
    assert lines[1].split()[:3] == ["123456789012", "0001", "360/2.3"]


@pytest.mark.parametrize(
    "arguments",
    [("--organisation", "999999999999"), ("--employee", "nobody"), ("--on", "yesterday"), ("--format", "xml")],
)
def test_bad_arguments_are_refused_in_one_line(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        _evaluate(*arguments)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("count", [1, 60, 700])
def test_the_number_of_queries_is_the_same_for_any_number_of_people(count: int) -> None:
    _people(count)
    with CaptureQueriesContext(connection) as queries:
        judged = list(evaluate_everyone(on=date.fromisoformat(ON)))
    assert judged
    assert len(queries) == 10


def test_every_finding_of_the_demonstration_has_words_in_every_language() -> None:
    _people(60)
    for language in ("kk", "ru", "en"):
        found = json.loads(_evaluate("--on", ON, "--language", language))
        findings = [finding for item in found for finding in item["findings"]]
        assert all(finding["required"] and finding["found"] and finding["clause"] for finding in findings)


def test_the_sentence_of_a_day_agrees_with_the_next_day() -> None:
    """What is reachable on a day is met on that day, for everybody of the demonstration."""
    _people(60)
    on = date.fromisoformat(ON)
    rising = [judged for judged in evaluate_everyone(on=on) if judged.verdict.next and judged.verdict.next.reachable_on]
    assert rising
    for judged in rising:
        assert judged.verdict.next is not None
        day = judged.verdict.next.reachable_on
        assert day is not None
        employee = Employee.objects.get(pk=judged.person.pk)
        there, before = evaluate_employee(employee, on=day), evaluate_employee(employee, on=day - timedelta(days=1))
        assert there is not None
        assert before is not None
        assert there.verdict.next is not None
        assert before.verdict.next is not None
        assert (before.verdict.next.status, there.verdict.next.status) == ("not_met", "met")


# ---------------------------------------------------------------------------------------------------- the demonstration


def test_generated_people_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    call_command("generate_demo", "--employees", "40", "--seed", "5", stdout=io.StringIO())
    first = json.loads(_evaluate("--on", ON))
    Organisation.objects.all().delete()
    call_command("generate_demo", "--employees", "40", "--seed", "5", stdout=io.StringIO())
    assert json.loads(_evaluate("--on", ON)) == first
    Organisation.objects.all().delete()
    call_command("generate_demo", "--employees", "40", "--seed", "6", stdout=io.StringIO())
    assert json.loads(_evaluate("--on", ON)) != first


def test_the_demonstration_has_its_people_and_users(settings: Any) -> None:
    settings.DEBUG = True
    for _time in range(2):
        call_command("load_demo", stdout=io.StringIO())
    assert Employee.objects.count() == 60
    assert set(User.objects.values_list("username", flat=True)) == {
        "admin",
        "hr",
        "manager",
        "texts",
        "secretary",
        "auditor",
        "head",
        "chair",
    }
    assert all(user.check_password("sanat-demo") for user in User.objects.all())
    assert Grant.objects.count() == 7
    found = json.loads(_evaluate("--on", ON))
    assert {item["current_status"] for item in found} == {"met", "not_met", "unknown"}
    assert {item["next"]["status"] for item in found if item["next"]} == {"met", "not_met", "unknown"}
    assert len({item["position"] for item in found}) > 15


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 5, 1), date(2033, 1, 8)], ids=str)
def test_the_demonstration_has_one_open_cycle_whatever_the_day(settings: Any, today: date) -> None:
    settings.DEBUG = True
    with time_machine.travel(datetime(today.year, today.month, today.day, 12, tzinfo=UTC)):
        for _time in range(2):
            call_command("load_demo", stdout=io.StringIO())
    cycle = Cycle.objects.get()
    assert cycle.state == "approved"
    assert cycle.starts_on > today
    assert cycle.cases.filter(state="listed", notified_on__isnull=False).count() > 20
    assert 0 < cycle.cases.filter(characteristic="").count() < cycle.cases.count()


def test_the_demonstration_refuses_to_load_where_others_work(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("load_demo", stdout=io.StringIO())
    assert not User.objects.exists()


def test_nonsense_is_not_generated() -> None:
    with pytest.raises(CommandError):
        call_command("generate_demo", "--employees", "0", "--seed", "1")


def test_an_invented_workbook_has_no_mistakes() -> None:
    content = invent(employees=300, seed=9, norms=law.norms(), bin_number="000000000009", name_kk="Үлгі", name_ru="")
    assert plan(content).errors == []
    assert book(GOOD)
