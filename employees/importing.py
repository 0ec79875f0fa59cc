"""The workbook into the database: plan, look, apply; all or nothing.

`plan` compares a workbook with the law's codes and with what the database holds, and collects every mistake with the
place at which Excel shows it. `apply` writes a plan without mistakes in one transaction. The same workbook again
changes nothing; a changed one replaces, sheet by sheet, all rows of the people it names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import router, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from employees import checking
from employees.cells import WrongCellError, meaning
from employees.changes import announce
from employees.facts import HOME_COUNTRY
from employees.import_plan import ImportRefusedError, Line, Plan, Problem, Values
from employees.models import (
    Employee,
    Organisation,
    Unit,
    User,
)
from employees.periods import after
from employees.stored import EMPLOYEE_FIELDS, LAST_DAYS, RECORDS, compare, frozen, objected, stored_records
from employees.template_book import is_of_template
from employees.workbook import MAX_ROWS, SHEET_BY_NAME, SHEETS, Content, Row, Sheet
from positions.models import Position
from positions.norm_selectors import read_ladders

#: What an empty cell means: by its column, else by the kind of its column, else a blank text.
_DEFAULTS: dict[str, Any] = {"country": HOME_COUNTRY, "counts": True}
#: The reason that the history gives for what an import did.
IMPORTED = "import"
#: How many rows are read between two reports of progress.
_STEP = 500
#: Is told how many rows are done, and of how many.
Progress = Callable[[int, int], object]
_BLANKS: dict[str, Any] = {"date": None, "codes": [], "mark": False}


# ------------------------------------------------------------------------------------------------------------- plan


def plan(content: Content, *, progress: Progress | None = None) -> Plan:
    """Work out what importing a workbook would do, with every mistake and warning in it (11 queries at most).

    `progress` is told now and then how many rows are done, and of how many.
    """
    return _Planner(content, progress).plan()


class _Planner:
    """One workbook on its way to a plan."""

    def __init__(self, content: Content, progress: Progress | None = None) -> None:
        self.content = content
        self.progress = progress
        self.rows_done = 0
        self.rows = sum(map(len, content.sheets.values()))
        self.result = Plan()
        self.positions = {position.code: position for position in Position.objects.all()}
        self.ladders = read_ladders()

    def error(self, problem: Problem) -> None:
        self.result.errors.append(problem)

    def warn(self, problem: Problem) -> None:
        self.result.warnings.append(problem)

    def plan(self) -> Plan:
        self._note_the_ignored()
        lines = {sheet.name: self._lines(sheet) for sheet in SHEETS if sheet.name in self.content.sheets}
        for sheet in SHEETS:
            if sheet.required and sheet.name not in lines:
                self.error(Problem(sheet=sheet.name, reason=_("The sheet is missing.")))
        self._organisation(lines.get("organisation", []))
        employees = self._employees(lines.get("employees", []))
        records = {
            name: self._records(name, lines[name], employees, employees_known="employees" in lines)
            for name in RECORDS
            if name in lines
        }
        for problem in checking.overlaps(employees, records):
            self.warn(problem)
        self.result.errors.sort(key=_place)
        self.result.warnings.sort(key=_place)
        self.result.employees = {number: self._employee_values(line) for number, line in employees.items()}
        self.result.records = {
            name: {
                number: [_record_values(name, line) for line in of_person] for number, of_person in by_person.items()
            }
            for name, by_person in records.items()
        }
        if not self.result.errors:
            compare(self.result)
            self.result.errors += objected(self.result)
        return self.result

    def _note_the_ignored(self) -> None:
        content = self.content
        for name in content.ignored_sheets:
            if not is_of_template(name):
                self.warn(Problem(sheet=name, reason=_("Unknown sheet; it is ignored.")))
        for sheet, column in content.ignored_columns:
            self.warn(Problem(sheet=sheet, row=1, column=column, reason=_("Unknown column; it is ignored.")))
        for sheet, column in content.repeated_columns:
            self.error(Problem(sheet=sheet, row=1, column=column, reason=_("The column stands twice.")))
        for sheet in content.overlong_sheets:
            self.error(
                Problem(
                    sheet=sheet,
                    row=MAX_ROWS + 1,
                    reason=_("The sheet has more than %(limit)d rows. Delete the empty ones.") % {"limit": MAX_ROWS},
                )
            )

    # -------------------------------------------------------------------------------------------------------- cells

    def _lines(self, sheet: Sheet) -> list[Line]:
        header = self.content.headers[sheet.name]
        missing = [column for column in sheet.columns if column.required and column.name not in header]
        for column in missing:
            self.error(Problem(sheet=sheet.name, row=1, column=column.name, reason=_("The needed column is missing.")))
        return [self._line(sheet, row, {column.name for column in missing}) for row in self.content.sheets[sheet.name]]

    def _line(self, sheet: Sheet, row: Row, missing: set[str]) -> Line:
        self.rows_done += 1
        if self.progress is not None and self.rows_done % _STEP == 0:
            self.progress(self.rows_done, self.rows)
        values: Values = {}
        line = Line(sheet, row.number, values, dict(row.cells))
        for column in sheet.columns:
            try:
                value = meaning(column, row.cells.get(column.name))
            except WrongCellError as error:
                self.error(line.problem(column.name, str(error)))
                continue
            if value is None or value == "":
                if column.required and column.name not in missing:
                    self.error(line.problem(column.name, _("A value is needed here.")))
                continue
            values[column.name] = value
        return line

    # ------------------------------------------------------------------------------------------------- organisation

    def _organisation(self, lines: list[Line]) -> None:
        if not lines and "organisation" in self.content.sheets:
            self.error(Problem(sheet="organisation", row=2, reason=_("The organisation is missing.")))
        for line in lines[1:]:
            self.error(line.problem("bin", _("One workbook holds one organisation.")))
        if lines:
            values = lines[0].values
            self.result.organisation = {
                "bin": values.get("bin", ""),
                "name_kk": values.get("name_kk", ""),
                "name_ru": values.get("name_ru", ""),
                "sphere": values.get("sphere", ""),
            }

    # ---------------------------------------------------------------------------------------------------- employees

    def _employees(self, lines: list[Line]) -> dict[str, Line]:
        found: dict[str, Line] = {}
        iins: dict[str, Line] = {}
        for line in lines:
            for problem in checking.employee(line, self.positions, self.ladders):
                self.error(problem)
            for problem in checking.employee_warnings(line):
                self.warn(problem)
            number = line.values.get("personnel_number")
            if number in found:
                self.error(
                    line.problem(
                        "personnel_number",
                        _("Row %(row)d has the same personnel number.") % {"row": found[number].number},
                    )
                )
            elif number:
                found[number] = line
            iin = line.values.get("iin")
            if iin in iins:
                self.error(line.problem("iin", _("Row %(row)d has the same IIN.") % {"row": iins[iin].number}))
            elif iin:
                iins[iin] = line
        self._refuse_taken_iins(iins, found)
        return found

    def _refuse_taken_iins(self, iins: dict[str, Line], employees: dict[str, Line]) -> None:
        taken = Employee.objects.filter(organisation__bin=self.result.organisation.get("bin", "")).exclude(iin="")
        for iin, number in taken.values_list("iin", "personnel_number"):
            # Somebody whom the workbook names too gets the IIN that the workbook gives.
            if iin in iins and number not in employees:
                self.error(
                    iins[iin].problem(
                        "iin", _("The employee with the personnel number %(number)s has this IIN.") % {"number": number}
                    )
                )

    def _employee_values(self, line: Line) -> Values:
        values = line.values
        return {
            "personnel_number": values.get("personnel_number", ""),
            "iin": values.get("iin", ""),
            "last_name": values.get("last_name", ""),
            "first_name": values.get("first_name", ""),
            "patronymic": values.get("patronymic", ""),
            "birth_date": values.get("birth_date"),
            "unit": values.get("unit", ""),
            "position": values.get("position", ""),
            "level": values.get("level", ""),
            "hired_on": values.get("hired_on"),
            "appointed_on": values.get("appointed_on", values.get("hired_on")),
            "employed_until": after(values.get("dismissed_on")),
            "email": values.get("email", ""),
        }

    # ------------------------------------------------------------------------------------------------------ records

    def _records(
        self, name: str, lines: list[Line], employees: dict[str, Line], *, employees_known: bool
    ) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            for problem in checking.record(name, line, self.positions, self.ladders):
                self.error(problem)
            for problem in checking.record_warnings(name, line):
                self.warn(problem)
            number = line.values.get("personnel_number")
            if number and number not in employees and employees_known:
                self.error(line.problem("personnel_number", _("The sheet of employees has no such person.")))
            elif number:
                found[number].append(line)
        return found


def _place(problem: Problem) -> tuple[int, int, str]:
    order = list(SHEET_BY_NAME)
    index = order.index(problem.sheet) if problem.sheet in order else len(order)
    return index, problem.row or 0, problem.column or ""


def _record_values(name: str, line: Line) -> Values:
    """Give a row as the model keeps it; every column of the sheet has a value, so that rows can be compared."""
    renamed = RECORDS[name][1]
    values: Values = {}
    for column in line.sheet.columns[1:]:
        value = line.values.get(column.name, _DEFAULTS.get(column.name, _BLANKS.get(column.kind, "")))
        if column.name in LAST_DAYS:
            value = after(value)
        values[renamed.get(column.name, column.name)] = value
    return values


# ------------------------------------------------------------------------------------------------------------ apply


@transaction.atomic
def apply(result: Plan, *, user: User | None = None, reason: str = IMPORTED) -> None:
    """Write a plan to the database, all of it or nothing, with its history and the verdicts that follow.

    Raises ImportRefusedError if the plan holds mistakes.
    """
    if result.errors:
        raise ImportRefusedError(result.errors)
    if result.changes_nothing:
        return
    values = result.organisation
    organisation, _created = Organisation.objects.update_or_create(
        bin=values["bin"], defaults={name: values[name] for name in ("name_kk", "name_ru", "sphere")}
    )
    units = _units(organisation, {employee["unit"] for employee in result.employees.values()} - {""}, user, reason)
    positions = {position.code: position for position in Position.objects.all()}
    _write_employees(result, organisation, units, positions, user, reason)
    known = Employee.objects.filter(organisation=organisation)
    keys = dict(known.values_list("personnel_number", "pk"))
    named = {number: keys[number] for number in result.employees}
    for name, by_person in result.records.items():
        _write_records(name, by_person, named, stored_records(name, known), positions, user, reason)
    announce([keys[number] for number in (*result.new, *result.changed)])


def _units(organisation: Organisation, names: Iterable[str], user: User | None, reason: str) -> dict[str, Unit]:
    known = {unit.name: unit for unit in organisation.units.all()}
    for name in sorted(set(names) - known.keys()):
        unit = Unit(organisation=organisation, name=name)
        unit._history_user = user  # type: ignore[attr-defined]
        unit._change_reason = reason  # type: ignore[attr-defined]
        unit.save()
        known[name] = unit
    return known


def _write_employees(
    result: Plan,
    organisation: Organisation,
    units: dict[str, Unit],
    positions: dict[str, Position],
    user: User | None,
    reason: str,
) -> None:
    def row(values: Values, known: Employee | None = None) -> Employee:
        related = {"unit": units.get(values["unit"]), "position": positions[values["position"]]}
        employee = known or Employee(organisation=organisation)
        for name, value in {**values, **related}.items():
            setattr(employee, name, value)
        employee.set_keys()
        return employee

    people = Employee.objects.filter(organisation=organisation, personnel_number__in=list(result.changed))
    known = {employee.personnel_number: employee for employee in people}
    # A change of any record counts as a change of the person: somebody editing her meanwhile must notice.
    differing = [row(result.employees[number], known[number]) for number in result.changed]
    for employee in differing:
        employee.version += 1
    # Two people may exchange their IINs: none of them may stand in the way of the other.
    Employee.objects.filter(pk__in=[employee.pk for employee in differing]).update(iin="")
    fields = [name for name in EMPLOYEE_FIELDS if name != "personnel_number"]
    bulk_update_with_history(
        differing,
        Employee,
        [*fields, "version", "search_text", "sort_key"],
        batch_size=200,
        default_user=user,
        default_change_reason=reason,
    )
    created = [row(result.employees[number]) for number in result.new]
    bulk_create_with_history(created, Employee, batch_size=500, default_user=user, default_change_reason=reason)


def _write_records(
    name: str,
    by_person: dict[str, list[Values]],
    employees: dict[str, int],
    stored: dict[str, list[tuple[int, Values]]],
    positions: dict[str, Position],
    user: User | None,
    reason: str,
) -> None:
    model = RECORDS[name][0]
    doomed: list[int] = []
    created = []
    for number, employee in employees.items():
        wanted = Counter(map(frozen, by_person.get(number, [])))
        for pk, values in stored.get(number, []):
            key = frozen(values)
            if wanted[key]:
                wanted[key] -= 1
            else:
                doomed.append(pk)
        for values in by_person.get(number, []):
            key = frozen(values)
            if wanted[key]:
                wanted[key] -= 1
                related = {"position": positions.get(values["position"])} if "position" in values else {}
                created.append(model(employee_id=employee, **{**values, **related}))
    _delete(model, doomed, user, reason)
    bulk_create_with_history(created, model, batch_size=500, default_user=user, default_change_reason=reason)


def _delete(model: Any, doomed: list[int], user: User | None, reason: str) -> None:
    """Delete rows together, each leaving its history with who did it and why."""
    gone = [
        row for start in range(0, len(doomed), 500) for row in model.objects.filter(pk__in=doomed[start : start + 500])
    ]
    for row in gone:
        row._history_user, row._change_reason = user, reason
    collector = Collector(using=router.db_for_write(model))
    collector.collect(gone)
    collector.delete()
