"""What an import changed, kept so that it can be undone; and undoing it, as long as nothing built on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, router, transaction
from django.db.models.deletion import Collector, ProtectedError
from django.utils.translation import gettext as _

from employees.import_plan import Plan, Values
from employees.importing import apply
from employees.models import Employee, ImportRun, Organisation, PersonnelOrder, Unit, User
from employees.stored import RECORDS, compare, stored_employees, stored_records
from employees.workbook import SHEET_BY_NAME

#: The reason that the history gives for what undoing did.
UNDONE = "import undone"
_ORGANISATION = ("bin", "name_kk", "name_ru", "sphere")
_DATES = {"birth_date", "hired_on", "appointed_on", "employed_until", "until", "lapses_on"} | {
    column.name for sheet in SHEET_BY_NAME.values() for column in sheet.columns if column.kind == "date"
}


class UndoRefusedError(Exception):
    """Something has been built on the import; the reasons are for the user."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What stood in the database before an import, as read from the run."""

    organisation: Values | None
    wanted: Values
    employees: dict[str, Values]
    records: dict[str, dict[str, list[Values]]]
    new: list[str]
    units: list[int]
    versions: dict[str, int]


# --------------------------------------------------------------------------------------------------------- snapshot


def snapshot(result: Plan) -> Values:
    """Keep what a plan is about to change, in the shape of the workbook (at most 8 queries)."""
    bin_number = result.organisation["bin"]
    organisation = Organisation.objects.filter(bin=bin_number).first()
    stored = stored_employees(bin_number)
    named = Employee.objects.filter(organisation__bin=bin_number)
    records: dict[str, dict[str, list[Values]]] = {}
    for sheet in result.records:
        found = stored_records(sheet, named)
        records[sheet] = {number: [_plain(row) for _pk, row in found.get(number, [])] for number in result.changed}
    return {
        "organisation": {name: getattr(organisation, name) or "" for name in _ORGANISATION} if organisation else None,
        "wanted": result.organisation,
        "employees": {number: _plain(stored[number][1]) for number in result.changed},
        "records": records,
        "new": result.new,
        "units": list(Unit.objects.filter(organisation__bin=bin_number).order_by("pk").values_list("pk", flat=True)),
    }


def complete_snapshot(before: Values, organisation: Organisation) -> Values:
    """Add what the import made: its units, and the versions at which it left the people (2 queries)."""
    units = Unit.objects.filter(organisation=organisation).exclude(pk__in=before["units"]).order_by("pk")
    people = Employee.objects.filter(organisation=organisation).order_by("pk")
    touched = {*before["new"], *before["employees"]}
    versions = {
        number: version for number, version in people.values_list("personnel_number", "version") if number in touched
    }
    return {**before, "units": list(units.values_list("pk", flat=True)), "versions": versions}


def _plain(values: Values) -> Values:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(kept: Values) -> _Before:
    return _Before(
        organisation=kept["organisation"],
        wanted=kept["wanted"],
        employees={number: _dated(values) for number, values in kept["employees"].items()},
        records={
            sheet: {number: [_dated(row) for row in rows] for number, rows in by_person.items()}
            for sheet, by_person in kept["records"].items()
        },
        new=kept["new"],
        units=kept["units"],
        versions=kept["versions"],
    )


def _dated(values: Values) -> Values:
    return {name: date.fromisoformat(value) if name in _DATES and value else value for name, value in values.items()}


# ------------------------------------------------------------------------------------------------------------- undo


@transaction.atomic
def undo(*, run: ImportRun, user: User) -> None:
    """Restore what was before an import, all of it, with its history and the verdicts that follow.

    Raises UndoRefusedError with the reasons if somebody or something has been changed since.
    """
    organisation = run.organisation
    assert organisation is not None  # noqa: S101 - an applied import has one
    assert run.applied_at is not None  # noqa: S101
    before = _read(run.before)
    people = list(
        Employee.objects.select_for_update()
        .filter(organisation=organisation, personnel_number__in=[*before.new, *before.employees])
        .order_by("personnel_number")
    )
    reasons = [*_changed_since(people, before, run.applied_at), *_built_on(organisation, people, before, run)]
    if reasons:
        raise UndoRefusedError(reasons)
    try:
        with transaction.atomic():
            _delete([each for each in people if each.personnel_number in set(before.new)], user)
            _restore(organisation, before, user)
            _remove_units(before.units, user)
    except (IntegrityError, ProtectedError) as error:
        raise UndoRefusedError([_("Other records rest on what the import brought.")]) from error
    if before.organisation is None:
        run.organisation = None
        run.save(update_fields=["organisation"])
        organisation.delete()


def _changed_since(people: list[Employee], before: _Before, applied_at: datetime) -> list[str]:
    """Name the people who are gone or have changed since, by version and by history (7 queries)."""
    found = {each.personnel_number for each in people}
    reasons = [
        _("The employee with the personnel number %(number)s is no longer there.") % {"number": number}
        for number in sorted(before.versions.keys() - found)
    ]
    edited = {each.pk for each in people if each.version != before.versions.get(each.personnel_number)}
    numbers = {each.pk for each in people}
    for model, field in ((Employee, "id"), *((model, "employee_id") for model, _renamed in RECORDS.values())):
        since = model.history.filter(history_date__gt=applied_at)
        edited |= set(since.order_by().values_list(field, flat=True)) & numbers
    return reasons + [
        _("Employee %(name)s (personnel number %(number)s) has been changed since.")
        % {"name": each.full_name, "number": each.personnel_number}
        for each in people
        if each.pk in edited
    ]


def _built_on(organisation: Organisation, people: list[Employee], before: _Before, run: ImportRun) -> list[str]:
    """Name what has been built on the import outside its people (at most 6 queries)."""
    reasons = []
    if any(getattr(organisation, name) != value for name, value in before.wanted.items()):
        reasons.append(_("The organisation itself has been changed since."))
    created = [each.pk for each in people if each.personnel_number in set(before.new)]
    if _among(Unit.objects.exclude(head=None).values_list("head", flat=True), created):
        reasons.append(_("Somebody whom the import brought has become the head of a structural unit."))
    if _among(PersonnelOrder.objects.values_list("employee", flat=True), created):
        reasons.append(_("There are personnel orders about people whom the import brought."))
    if before.organisation is None:
        others = organisation.employees.exclude(pk__in=created).exists()
        units = organisation.units.exclude(pk__in=before.units).exists()
        if others or units or organisation.grants.exists() or organisation.imports.exclude(pk=run.pk).exists():
            reasons.append(_("The organisation that the import brought is in use."))
    return reasons


def _among(found: Any, numbers: Collection[int]) -> bool:
    return not set(numbers).isdisjoint(found)


def _restore(organisation: Organisation, before: _Before, user: User) -> None:
    """Bring back the former values through the same code that imported the new ones."""
    if before.organisation is None:
        return
    wanted = Plan(organisation=before.organisation, employees=before.employees, records=before.records)
    compare(wanted)
    apply(wanted, user=user, reason=UNDONE)


def _delete(rows: list[Any], user: User) -> None:
    """Delete rows with what belongs to them; the history tells who did it and why."""
    collector = Collector(using=router.db_for_write(Employee))
    collector.collect(rows)
    for instances in collector.data.values():
        for each in instances:
            setattr(each, "_history_user", user)  # noqa: B010 - known to models with a history alone
            setattr(each, "_change_reason", UNDONE)  # noqa: B010
    collector.delete()


def _remove_units(units: list[int], user: User) -> None:
    """Take away the units that the import brought and nobody has used since."""
    empty = Unit.objects.filter(pk__in=units, employees=None, children=None, grants=None, head=None)
    _delete(list(empty.order_by("pk")), user)
