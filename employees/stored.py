"""What the database holds, in the shape of the workbook, and how a plan differs from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from employees.changes import objections
from employees.import_plan import Change, Plan, Problem, Values
from employees.models import Absence, CategoryAward, Certificate, EducationRecord, Employee, Organisation, WorkRecord
from employees.workbook import SHEET_BY_NAME

#: The sheets with many rows for a person, the model that keeps them, and how a column is called there.
RECORDS: dict[str, tuple[Any, dict[str, str]]] = {
    "education": (EducationRecord, {}),
    "work_history": (WorkRecord, {"ended_on": "until"}),
    "categories": (CategoryAward, {"valid_until": "lapses_on"}),
    "certificates": (Certificate, {"valid_until": "lapses_on"}),
    "absences": (Absence, {"ended_on": "until"}),
}
#: Columns of last days; the database keeps the first day after.
LAST_DAYS = ("ended_on", "valid_until")
EMPLOYEE_FIELDS = (
    "personnel_number",
    "iin",
    "last_name",
    "first_name",
    "patronymic",
    "birth_date",
    "unit",
    "position",
    "level",
    "hired_on",
    "appointed_on",
    "employed_until",
    "email",
)


def frozen(values: Values) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values.values())


def _sentence(values: Values) -> str:
    parts = (", ".join(value) if isinstance(value, list) else value for value in values.values())
    return "; ".join(
        value.isoformat() if isinstance(value, date) else str(value)
        for value in parts
        if value not in (None, "", False, True)
    )


def stored_records(name: str, employees: Any) -> dict[str, list[tuple[int, Values]]]:
    """Give what the database holds for a sheet, by personnel number (1 query)."""
    model, renamed = RECORDS[name]
    names = [renamed.get(column.name, column.name) for column in SHEET_BY_NAME[name].columns[1:]]
    paths = [f"{item}__code" if item == "position" else item for item in names]
    found: dict[str, list[tuple[int, Values]]] = defaultdict(list)
    rows = model.objects.filter(employee__in=employees).order_by("employee", "pk")
    if model is CategoryAward:
        rows = rows.filter(annulled_on__isnull=True)
    for number, pk, *row in rows.values_list("employee__personnel_number", "pk", *paths):
        values = dict(zip(names, row, strict=True))
        if values.get("position", "") is None:
            values["position"] = ""
        found[number].append((pk, values))
    return found


def stored_employees(bin_number: str) -> dict[str, tuple[int, Values]]:
    """Give the employees of an organisation as the sheet tells them, by personnel number (1 query)."""
    paths = [{"unit": "unit__name", "position": "position__code"}.get(name, name) for name in EMPLOYEE_FIELDS]
    rows = Employee.objects.filter(organisation__bin=bin_number).order_by("personnel_number")
    found = {}
    for pk, *row in rows.values_list("pk", *paths):
        values = dict(zip(EMPLOYEE_FIELDS, row, strict=True))
        values["unit"] = values["unit"] or ""
        found[values["personnel_number"]] = (pk, values)
    return found


def compare(result: Plan) -> None:
    """Note what differs from the database, forgetting what was noted before (7 queries)."""
    result.changed = defaultdict(list)
    bin_number = result.organisation["bin"]
    organisation = Organisation.objects.filter(bin=bin_number).first()
    if organisation is None:
        result.organisation_changes = ["bin"]
    else:
        result.organisation_changes = [
            name for name, value in result.organisation.items() if (getattr(organisation, name) or "") != value
        ]
    stored = stored_employees(bin_number)
    result.new = [number for number in result.employees if number not in stored]
    for number, wanted in result.employees.items():
        if number in stored:
            for name, value in wanted.items():
                before = stored[number][1][name]
                if before != value:
                    result.changed[number].append(
                        Change(
                            personnel_number=number,
                            sheet="employees",
                            what=name,
                            before=_sentence({name: before}),
                            after=_sentence({name: value}),
                            old={name: before},
                            new={name: value},
                        )
                    )
    known = Employee.objects.filter(organisation__bin=bin_number)
    for name, by_person in result.records.items():
        records = stored_records(name, known)
        for number in result.employees:
            if number in stored:
                result.changed[number] += _record_changes(
                    name, number, [values for _pk, values in records.get(number, [])], by_person.get(number, [])
                )
    result.changed = defaultdict(list, {number: changes for number, changes in result.changed.items() if changes})


def objected(result: Plan) -> list[Problem]:
    """Name the rows that the file would change or leave out although somebody else rests on them."""
    known = Employee.objects.filter(organisation__bin=result.organisation["bin"])
    problems = []
    for name in result.records:
        gone = {
            (change.personnel_number, frozen(change.old))
            for changes in result.changed.values()
            for change in changes
            if change.sheet == name and change.old
        }
        if not gone:
            continue
        rows = stored_records(name, known)
        doomed = {
            pk: (number, _sentence(values))
            for number, of_person in rows.items()
            for pk, values in of_person
            if (number, frozen(values)) in gone
        }
        for pk, reason in sorted(objections(RECORDS[name][0], list(doomed)).items()):
            number, sentence = doomed[pk]
            problems.append(
                Problem(sheet=name, column="personnel_number", value=number, reason=f"{sentence}: {reason}")
            )
    return problems


def _record_changes(name: str, number: str, before: list[Values], wanted: list[Values]) -> list[Change]:
    old, new = Counter(map(frozen, before)), Counter(map(frozen, wanted))
    by_key = {frozen(values): values for values in (*before, *wanted)}
    removed = [
        Change(personnel_number=number, sheet=name, what="removed", before=_sentence(by_key[key]), old=by_key[key])
        for key in (old - new).elements()
    ]
    added = [
        Change(personnel_number=number, sheet=name, what="added", after=_sentence(by_key[key]), new=by_key[key])
        for key in (new - old).elements()
    ]
    return removed + added
