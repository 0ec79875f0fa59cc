"""What rests on an attestation stays as it is, on every road: by hand, by a workbook, by undoing an import."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from attestation.models import Case, Cycle, Regime
from employees.exporting import export_workbook
from employees.import_plan import ImportRefusedError
from employees.importing import apply, plan
from employees.models import CategoryAward, Employee, Organisation, User
from employees.services import record_change, record_delete
from employees.workbook import read
from tests.factories import AwardFactory, full_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(organisation: Organisation, hr: User) -> CategoryAward:
    """A category that a commission has decided on."""
    employee = full_record(organisation=organisation, hired_on=date(2018, 1, 1))
    award: CategoryAward = AwardFactory(employee=employee, category="first", awarded_on=date(2026, 3, 1))
    regime = Regime.objects.get(code="with-category", organisation=None)
    cycle = Cycle.objects.create(
        organisation=organisation,
        regime=regime,
        rules=regime.document,
        title="2026",
        opened_on=date(2026, 1, 1),
        starts_on=date(2026, 2, 20),
        opened_by=hr,
    )
    Case.objects.create(cycle=cycle, employee=employee, kind="regular", position=employee.position, award=award)
    return award


def rewritten(organisation: Organisation, sheet: str, change: Any) -> bytes:
    """Give the workbook of the organisation with one sheet changed."""
    file = io.BytesIO()
    export_workbook(organisation, file)
    book = load_workbook(io.BytesIO(file.getvalue()))
    change(book[sheet])
    again = io.BytesIO()
    book.save(again)
    return again.getvalue()


def test_a_decided_category_is_neither_deleted_nor_changed_by_hand(decided: CategoryAward) -> None:
    employee = Employee.objects.get(pk=decided.employee_id)
    told: dict[str, Any] = {"employee": employee, "kind": "categories", "pk": decided.pk, "version": employee.version}
    with pytest.raises(ValidationError):
        record_delete(**told)
    with pytest.raises(ValidationError):
        record_change(**told, values={"category": "highest"})
    decided.refresh_from_db()
    assert decided.category == "first"


def test_other_categories_of_the_same_person_can_be_deleted(decided: CategoryAward) -> None:
    employee = Employee.objects.get(pk=decided.employee_id)
    other = employee.awards.exclude(pk=decided.pk).get()
    record_delete(employee=employee, kind="categories", pk=other.pk, version=employee.version)
    assert list(employee.awards.all()) == [decided]


def test_a_workbook_that_drops_a_decided_category_is_refused_by_name(
    decided: CategoryAward, organisation: Organisation
) -> None:
    content = rewritten(organisation, "categories", lambda sheet: sheet.delete_rows(3))
    planned = plan(read(io.BytesIO(content)))
    number = decided.employee.personnel_number
    assert [(each.sheet, each.value) for each in planned.errors] == [("categories", number)]
    with pytest.raises(ImportRefusedError):
        apply(planned)
    assert CategoryAward.objects.count() == 2


def test_a_workbook_that_leaves_it_as_it_is_changes_nothing(decided: CategoryAward, organisation: Organisation) -> None:
    planned = plan(read(io.BytesIO(rewritten(organisation, "categories", lambda sheet: None))))
    assert not planned.errors
    assert planned.changes_nothing


def test_an_annulled_category_is_in_no_workbook_and_stays_on_record(
    decided: CategoryAward, organisation: Organisation
) -> None:
    decided.annulled_on = date(2026, 4, 1)
    decided.save()
    content = rewritten(organisation, "categories", lambda sheet: None)
    assert load_workbook(io.BytesIO(content))["categories"].max_row == 2
    planned = plan(read(io.BytesIO(content)))
    assert planned.changes_nothing
    apply(planned)
    assert CategoryAward.objects.filter(pk=decided.pk).exists()
