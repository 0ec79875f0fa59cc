"""Stored verdicts: always those of `evaluate`, and renewed exactly when they must be."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from attestation.models import StoredVerdict
from attestation.services import evaluate_everyone
from attestation.verdicts import stored_values, verdicts_keep, verdicts_renew, verdicts_verify
from employees.models import CategoryAward, Employee
from employees.names import folded, sort_key
from positions.models import Edition, ExperienceRequirement
from positions.norms import load_norms
from positions.rules import Facts
from tests import law
from tests.books import GOOD
from tests.test_evaluate import _people as invented
from tests.test_import import _changed, _import
from tests.test_properties import ANYBODY, ON, climbers

KEPT_APART = ("judged_on", "holds_until")


def _told(facts: Facts, on: date) -> dict[str, Any]:
    return {name: value for name, value in stored_values(facts, law.norms(), on=on).items() if name not in KEPT_APART}


@settings(max_examples=250)
@given(ANYBODY | climbers(), st.data())
def test_a_verdict_holds_on_every_day_up_to_the_day_it_holds(facts: Facts, data: st.DataObject) -> None:
    stored = stored_values(facts, law.norms(), on=ON)
    until = stored["holds_until"]
    last = 4000 if until is None else (until - ON).days - 1
    assert until is None or until > ON
    days = {1, last, last // 2, *data.draw(st.lists(st.integers(0, max(0, last)), max_size=4))}
    for ahead in sorted(day for day in days if 0 <= day <= last):
        assert _told(facts, ON + timedelta(days=ahead)) == _told(facts, ON), ahead


@pytest.mark.django_db
def test_what_is_stored_is_what_evaluate_says() -> None:
    invented(60)
    on = timezone.localdate()
    stored = {row.employee_id: row for row in StoredVerdict.objects.all()}
    assert len(stored) == 60
    judged = {each.person.pk: each.verdict for each in evaluate_everyone(on=on)}
    for pk, row in stored.items():
        verdict = judged.get(pk)
        assert row.listed == (verdict is not None)
        if verdict is not None:
            assert row.current_status == verdict.current_status
            assert row.next_status == (verdict.next.status if verdict.next else "")
            assert row.reachable_on == (verdict.next.reachable_on if verdict.next else None)
            assert (row.current_level, row.current_category) == (
                (verdict.current.key.level, verdict.current.key.category) if verdict.current else ("", "")
            )


@pytest.mark.django_db
def test_a_changed_record_changes_the_verdict_in_the_same_breath() -> None:
    _import(GOOD)
    row = StoredVerdict.objects.get(employee__personnel_number="0001")
    assert row.current_status == "met"
    _import(_changed(GOOD, "education", 1, "fields", "economic"))
    row.refresh_from_db()
    assert row.current_status == "not_met"


@pytest.mark.django_db
def test_a_changed_norm_changes_the_verdicts_in_the_same_breath() -> None:
    _import(GOOD)
    row = StoredVerdict.objects.get(employee__personnel_number="0001")
    assert row.next_category == "first"
    ExperienceRequirement.objects.filter(pathway__rung__edition__position__code="360/2.3").update(years=9)
    load_norms(law.FOLDER)
    row.refresh_from_db()
    before = row.reachable_on
    assert before is not None
    Edition.objects.filter(position__code="360/2.3").update(dates_estimated=True)
    assert load_norms(law.FOLDER)
    row.refresh_from_db()
    assert row.reachable_on == before


@pytest.mark.django_db
def test_only_those_whose_day_has_come_are_judged_anew() -> None:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        invented(60)
    on = date(2026, 11, 22)
    with CaptureQueriesContext(connection) as queries:
        assert verdicts_renew(on=on) == 0
    assert len(queries) == 1
    due = StoredVerdict.objects.exclude(holds_until=None).order_by("holds_until").first()
    assert due is not None
    assert due.holds_until is not None
    assert verdicts_renew(on=due.holds_until - timedelta(days=1)) == 0
    renewed = verdicts_renew(on=due.holds_until)
    assert 1 <= renewed < 60
    assert verdicts_verify(on=due.holds_until) == []


@pytest.mark.django_db
def test_a_year_day_by_day_needs_no_more_than_renewing() -> None:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        invented(25)
    for ahead in range(0, 400, 20):
        on = date(2026, 11, 22) + timedelta(days=ahead)
        verdicts_renew(on=on)
        assert verdicts_verify(on=on) == []


@pytest.mark.django_db
def test_the_proof_finds_a_verdict_that_was_tampered_with() -> None:
    invented(5)
    output = io.StringIO()
    call_command("verify_verdicts", stdout=output)
    StoredVerdict.objects.filter(pk=StoredVerdict.objects.order_by("pk").values("pk")[:1]).update(
        next_status="met", obstacle="x"
    )
    with pytest.raises(CommandError):
        call_command("verify_verdicts", stdout=output)


@pytest.mark.django_db
def test_keeping_verdicts_takes_the_same_queries_for_any_number() -> None:
    invented(30, seed=3)
    numbers = list(Employee.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as few:
        verdicts_keep(numbers[:3])
    with CaptureQueriesContext(connection) as many:
        verdicts_keep(numbers)
    assert len(few) == len(many)


@pytest.mark.django_db
def test_a_verdict_judged_for_a_later_day_is_not_believed() -> None:
    """A clock that ran ahead leaves no lasting mark."""
    invented(5)
    verdicts_keep(list(Employee.objects.values_list("pk", flat=True)), on=timezone.localdate() + timedelta(days=900))
    assert verdicts_renew() == 5
    assert verdicts_verify(on=timezone.localdate()) == []


@pytest.mark.django_db
def test_imports_leave_their_history() -> None:
    _import(GOOD)
    _import(_changed(GOOD, "categories", 1, "category", "first"))
    kinds = list(CategoryAward.history.order_by("history_id").values_list("history_type", "category"))  # type: ignore[attr-defined]
    assert kinds == [("+", "second"), ("-", "second"), ("+", "first")]
    person = Employee.history.filter(personnel_number="0001").order_by("history_id")  # type: ignore[attr-defined]
    assert [row.history_change_reason for row in person] == ["import", "import"]
    assert Employee.objects.get(personnel_number="0001").version == 2
    assert Employee.objects.get(personnel_number="0002").version == 1


def test_names_fold_to_what_a_russian_keyboard_can_write() -> None:
    assert folded("Әбдіқалықова Гүлнәр") == "абдикаликова гулнар".replace("каликова", "калыкова")
    assert folded("абд") in folded("Әбдіқалықова")
    assert folded("ҮҰҢҒҺІЁ") == "уунгхие"


def test_names_sort_in_the_kazakh_order() -> None:
    alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    assert sorted(alphabet, key=sort_key) == list(alphabet)
    names = ["Ұзақов", "Узаков", "Үсенов", "Әлімов", "Алимов", "Іскаков", "Ыбыраев", "Smith", "ахметов"]
    assert sorted(names, key=sort_key) == [
        "Smith", "Алимов", "ахметов", "Әлімов", "Узаков", "Ұзақов", "Үсенов", "Ыбыраев", "Іскаков",
    ]  # fmt: skip


@pytest.mark.django_db
def test_people_are_sorted_in_the_kazakh_order_by_the_database() -> None:
    invented(60)
    names = [employee.full_name for employee in Employee.objects.order_by("sort_key")]
    assert names == sorted(names, key=sort_key)
