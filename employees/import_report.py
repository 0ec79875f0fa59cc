"""What an import would do as plain values that a database keeps, and as words that a person reads.

The report is kept without a language: columns by their names, codes as codes, days in ISO; only the reasons of mistakes
are sentences of the language in which the file was sent. Words are made when somebody looks.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employees.import_plan import Change, Plan, Problem, Values
from employees.periods import last_day
from employees.stored import LAST_DAYS, RECORDS
from employees.workbook import SHEET_BY_NAME, Column

Report = dict[str, Any]

#: The names of the model's fields that the workbook calls otherwise, by sheet; all of them are first days after.
_COLUMNS = {"employees": {"employed_until": "dismissed_on"}} | {
    sheet: {field: column for column, field in renamed.items()} for sheet, (_model, renamed) in RECORDS.items()
}
ADDED, REMOVED, ALTERED = "added", "removed", "altered"
KINDS = {ADDED: gettext_lazy("new"), REMOVED: gettext_lazy("goes"), ALTERED: gettext_lazy("changes")}


# ---------------------------------------------------------------------------------------------------- plan -> report


def report_of(result: Plan) -> Report:
    """Put a plan into plain values: problems, and what happens to each person."""
    people = [_changed_person(result, number) for number in result.changed]
    people += [_new_person(result, number) for number in result.new]
    report = {
        **problems_of(result.errors, result.warnings),
        "organisation": result.organisation,
        "organisation_changes": result.organisation_changes,
        "counts": {
            "total": len(result.employees),
            "new": len(result.new),
            "changed": len(result.changed),
            "same": len(result.employees) - len(result.new) - len(result.changed),
        },
        "changes_nothing": result.changes_nothing,
        "people": people,
    }
    return report | {"fingerprint": fingerprint(report)}


def problems_of(errors: list[Problem], warnings: list[Problem]) -> Report:
    """Put problems into plain values."""
    return {"errors": [asdict(each) for each in errors], "warnings": [asdict(each) for each in warnings]}


def fingerprint(report: Report) -> str:
    """Give a digest of what would be done, so that a plan can be recognised; order does not matter."""
    told = {
        "organisation": [report["organisation"], sorted(report["organisation_changes"])],
        "people": sorted(json.dumps(each, sort_keys=True) for each in report["people"]),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _name(values: Values) -> str:
    return " ".join(values[part] for part in ("last_name", "first_name", "patronymic") if values[part])


def _new_person(result: Plan, number: str) -> Report:
    changes = [{"sheet": "employees", "kind": ADDED, "values": _plain("employees", result.employees[number])}]
    for sheet, by_person in result.records.items():
        changes += [
            {"sheet": sheet, "kind": ADDED, "values": _plain(sheet, values)} for values in by_person.get(number, [])
        ]
    return {"number": number, "name": _name(result.employees[number]), "new": True, "changes": changes}


def _changed_person(result: Plan, number: str) -> Report:
    by_sheet: dict[str, list[Change]] = defaultdict(list)
    for change in result.changed[number]:
        by_sheet[change.sheet].append(change)
    changes: list[Report] = []
    for sheet, found in by_sheet.items():
        if sheet == "employees":
            old = _plain(sheet, {name: value for change in found for name, value in change.old.items()})
            new = _plain(sheet, {name: value for change in found for name, value in change.new.items()})
            changes.append(_altered(sheet, old, new))
        else:
            changes += _record_changes(sheet, found)
    return {"number": number, "name": _name(result.employees[number]), "new": False, "changes": changes}


def _record_changes(sheet: str, found: list[Change]) -> list[Report]:
    """Join a row that goes with the row that comes in its place, where most of their cells agree."""
    gone = [_plain(sheet, change.old) for change in found if change.what == "removed"]
    come = [_plain(sheet, change.new) for change in found if change.what == "added"]
    altered: list[Report] = []
    for old in list(gone):
        best = max(come, key=lambda new: _likeness(old, new), default=None)
        if best is not None and _likeness(old, best) > 0.5:
            gone.remove(old)
            come.remove(best)
            altered.append(_altered(sheet, old, best))
    return [
        *altered,
        *({"sheet": sheet, "kind": REMOVED, "values": values} for values in gone),
        *({"sheet": sheet, "kind": ADDED, "values": values} for values in come),
    ]


def _likeness(old: Values, new: Values) -> float:
    """Tell which part of the filled cells agrees."""
    filled = [name for name in old.keys() | new.keys() if _filled(old.get(name)) or _filled(new.get(name))]
    return sum(old.get(name) == new.get(name) for name in filled) / len(filled) if filled else 1.0


def _filled(value: Any) -> bool:
    return value not in (None, "", [], False)


def _altered(sheet: str, old: Values, new: Values) -> Report:
    fields = [[name, old[name], new[name]] for name in new if old[name] != new[name]]
    # The rest of the row says which row is meant.
    kept = {name: value for name, value in new.items() if old[name] == value}
    return {"sheet": sheet, "kind": ALTERED, "fields": fields, "values": kept}


def _plain(sheet: str, values: Values) -> Values:
    """Give values under the names of the columns, with last days as people write them."""
    renamed = _COLUMNS.get(sheet, {})
    plain = {}
    for name, value in values.items():
        if name in renamed and (renamed[name] in LAST_DAYS or renamed[name] == "dismissed_on"):
            value = last_day(value)
        plain[renamed.get(name, name)] = value.isoformat() if isinstance(value, date) else value
    return plain


# --------------------------------------------------------------------------------------------------- report -> words


def position_codes(report: Report, *, first: int | None = None) -> set[str]:
    """Give the codes of all positions that a report names, so that their titles can be read at once."""
    codes = set()
    for person in report.get("people", [])[:first]:
        for change in person["changes"]:
            codes.add(change["values"].get("position"))
            codes.update(cell for name, *cells in change.get("fields", []) if name == "position" for cell in cells)
    return {code for code in codes if code}


def sheet_words(name: str) -> str:
    """Name a sheet in the reader's language; an unknown one as the workbook calls it."""
    return str(SHEET_BY_NAME[name].label) if name in SHEET_BY_NAME else name


def column_words(sheet: str, column: str | None) -> str:
    """Name a column in the reader's language; an unknown one as the workbook calls it."""
    found = _column(sheet, column) if column else None
    return str(found.label) if found else column or ""


def _column(sheet: str, column: str) -> Column | None:
    columns = SHEET_BY_NAME[sheet].columns if sheet in SHEET_BY_NAME else ()
    return next((each for each in columns if each.name == column), None)


def value_words(sheet: str, column: str, value: Any, titles: dict[str, str]) -> str:
    """Write a value as the reader reads it."""
    found = _column(sheet, column)
    kind = found.kind if found else "text"
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "date":
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if found and kind in ("code", "codes"):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(found.codes(code).label) for code in chosen)
    if kind == "position":
        return f"{value} {titles.get(value, '')}".strip()
    return str(value)


def person_words(person: Report, titles: dict[str, str]) -> Report:
    """Write what happens to a person, change by change."""
    return {**person, "lines": [change_words(change, titles) for change in person["changes"]]}


def change_words(change: Report, titles: dict[str, str]) -> Report:
    """Write one change: the row in short, and old and new of each cell that changes."""
    sheet = change["sheet"]
    shown = change["values"]
    words = [
        f"{column_words(sheet, name)}: {value_words(sheet, name, value, titles)}"
        for name, value in shown.items()
        if _filled(value) and not (name == "counts" and value is True)
    ]
    pairs = [
        {
            "column": column_words(sheet, name),
            "old": value_words(sheet, name, old, titles),
            "new": value_words(sheet, name, new, titles),
        }
        for name, old, new in change.get("fields", [])
    ]
    return {
        "sheet": sheet_words(sheet),
        "kind": change["kind"],
        "kind_words": str(KINDS[change["kind"]]),
        "words": "; ".join(words),
        "pairs": pairs,
    }


def problem_words(problem: Report) -> Report:
    """Write a problem with the names of sheet and column in the reader's language."""
    sheet = problem["sheet"]
    return {**problem, "sheet": sheet_words(sheet), "column": column_words(sheet, problem["column"])}


def rows_of(report: Report, titles: dict[str, str]) -> list[list[Any]]:
    """Give the rows of the report that can be downloaded: problems first, then the changes of each person."""
    rows: list[list[Any]] = [[str(heading) for heading in HEADINGS]]
    for kind, key in ((_("mistake"), "errors"), (_("warning"), "warnings")):
        rows += [
            [kind, "", "", each["sheet"], each["row"], each["column"], each["value"], "", each["reason"]]
            for each in map(problem_words, report.get(key, []))
        ]
    for person in report.get("people", []):
        for change in person["changes"]:
            line = change_words(change, titles)
            head = [line["kind_words"], person["number"], person["name"], line["sheet"], ""]
            if line["pairs"]:
                rows += [[*head, pair["column"], pair["old"], pair["new"], ""] for pair in line["pairs"]]
            elif line["kind"] == REMOVED:
                rows.append([*head, "", line["words"], "", ""])
            else:
                rows.append([*head, "", "", line["words"], ""])
    return rows


HEADINGS = (
    gettext_lazy("What"),
    gettext_lazy("Personnel number"),
    gettext_lazy("Name"),
    gettext_lazy("Sheet"),
    gettext_lazy("Row"),
    gettext_lazy("Column"),
    gettext_lazy("Old value"),
    gettext_lazy("New value"),
    gettext_lazy("Reason"),
)
