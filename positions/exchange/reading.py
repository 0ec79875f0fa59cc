"""A file of texts, of whatever kind, into a plan."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from positions.exchange.archive import read_archive, texts_of
from positions.exchange.book import Table, read_book
from positions.exchange.columns import KEYS, NUMBERED, Part
from positions.exchange.on_file import OnFile, with_days
from positions.exchange.planning import Locate, Plan, Wanted, plan_of
from positions.exchange.problems import FileRefusedError, Problem, TextsRefusedError
from positions.exchange.rows import TextRow, doubled, merged
from positions.located import Data, LocatedFile, Place
from positions.norm_files import NormsRefusedError, read_texts
from positions.resources import TextResource

MAX_FILE_BYTES = 10 * 1024 * 1024
SUFFIXES = (".yaml", ".yml", ".zip", ".xlsx")


def read_file(name: str, content: bytes, on_file: OnFile) -> Plan:
    """Read a file completely and say what it would do, or what is wrong with it."""
    suffix = "." + name.rpartition(".")[2].lower()
    try:
        if len(content) > MAX_FILE_BYTES:
            message = _("The file is larger than %(limit)d MB.")
            raise FileRefusedError(message % {"limit": MAX_FILE_BYTES // (1024 * 1024)})
        if suffix == ".xlsx":
            return _read_table(name, read_book(name, io.BytesIO(content)), on_file)
        if suffix == ".zip":
            return _read_norms(name, read_archive(content), on_file)
        if suffix in SUFFIXES:
            return _read_norms(name, texts_of([(name, content)]), on_file)
        raise FileRefusedError(_("Choose a norm file (.yaml), an archive of them (.zip) or a workbook (.xlsx)."))
    except TextsRefusedError as error:
        return Plan(file=name, problems=tuple(error.problems))
    except FileRefusedError as error:
        return Plan(file=name, problems=(Problem(file=name, reason=str(error)),))


# --------------------------------------------------------------------------------------------------------- norm files


def _read_norms(name: str, texts: Mapping[str, str], on_file: OnFile) -> Plan:
    empty = [Problem(file=each, number=1, reason=_("The file is empty.")) for each in texts if not texts[each].strip()]
    if empty:
        raise TextsRefusedError(empty)
    try:
        positions = read_texts(texts, acts=set(on_file.acts), known=set(on_file.positions))
        located = {file.data["position"]: file for file in (LocatedFile.of_text(*each, []) for each in texts.items())}
    except NormsRefusedError as error:
        # A message may quote what no page could show: half a character, which YAML lets one write as an escape.
        found = [
            Problem(file=each.file, number=each.line, reason=each.message.encode("utf-8", "replace").decode())
            for each in error.problems
        ]
        raise TextsRefusedError(found) from None
    except RecursionError:
        raise FileRefusedError(_("The file is nested too deeply to be a norm file.")) from None
    wanted = [
        Wanted(
            code=data["position"],
            file=located[data["position"]].name,
            title=data["title"],
            successor=data["successor"],
            editions=data["editions"],
            locate=_line_of(located[data["position"]]),
        )
        for data in positions
    ]
    return plan_of(name, wanted, on_file)


def _line_of(file: LocatedFile) -> Locate:
    def locate(place: Place) -> tuple[int | None, str]:
        near = place
        while near and near not in file.lines:
            near = near[:-1]
        return file.lines.get(near, 1), ""

    return locate


# ---------------------------------------------------------------------------------------------------------- workbooks


def _read_table(name: str, table: Table, on_file: OnFile) -> Plan:
    result = TextResource(on_file.positions.values()).import_data(table.dataset, raise_errors=False)
    _refuse_rows(name, table, result)
    rows = [outcome.instance for outcome in result.rows]
    numbers = {id(row): number for row, number in zip(rows, table.numbers, strict=True)}
    reader = _Rows(name, table, numbers)
    reader.refuse([reader.problem(each.row, each.column, each.reason) for each in doubled(rows)])
    by_position: dict[str, list[TextRow]] = defaultdict(list)
    for row in rows:
        by_position[row.position].append(row)
    wanted, problems = [], []
    for code, own in by_position.items():
        each, found = reader.wanted(code, own, on_file)
        wanted.append(each)
        problems += found
    reader.refuse(problems)
    ignored = [
        Problem(file=name, reason=_("The sheet “%(sheet)s” was passed over.") % {"sheet": sheet})
        for sheet in table.ignored_sheets
    ]
    return plan_of(name, wanted, on_file, warnings=ignored, rows=dict(result.totals))


def _refuse_rows(name: str, table: Table, result: Any) -> None:
    """Name every row that django-import-export could not take. Raises TextsRefusedError."""
    for error in (*result.base_errors, *(each for row in result.error_rows for each in row.errors)):
        raise error.error
    problems = []
    for invalid in result.invalid_rows:
        values = dict(zip(table.dataset.headers, table.dataset[invalid.number - 1], strict=True))
        problems += [
            Problem(
                file=name,
                number=table.numbers[invalid.number - 1],
                column=table.headings.get(column, column),
                value=_shown(values.get(column)),
                reason=reason,
            )
            for column, reasons in invalid.error_dict.items()
            for reason in reasons
        ]
    if problems:
        raise TextsRefusedError(problems)
    if not len(table.dataset):
        raise FileRefusedError(_("The sheet has no rows."))


def _shown(value: Any) -> str:
    """Write a value as a report quotes it, without what nobody can see."""
    text = "".join(each for each in str("" if value is None else value) if each.isprintable())
    return text if len(text) <= 80 else text[:77] + "…"


class _Rows:
    """The rows of a sheet with their numbers."""

    def __init__(self, name: str, table: Table, numbers: Mapping[int, int]) -> None:
        self.name, self.table, self.numbers = name, table, numbers

    def problem(self, row: TextRow, column: str, reason: str) -> Problem:
        """Name a mistake in a row."""
        heading = self.table.headings.get(column, column)
        return Problem(file=self.name, number=self.numbers[id(row)], column=heading, reason=reason)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Go on only where there are no mistakes. Raises TextsRefusedError."""
        if problems:
            raise TextsRefusedError(sorted(problems, key=lambda problem: problem.number or 0))

    def wanted(self, code: str, rows: Sequence[TextRow], on_file: OnFile) -> tuple[Wanted, list[Problem]]:
        """Put the rows of a position into what is on file."""
        stored = on_file.positions[code]
        title, editions, problems = stored.title, list[Data](), list[Problem]()
        by_day: dict[date, list[TextRow]] = defaultdict(list)
        for row in rows:
            if row.valid_from is None:
                title = {
                    language: text if text == title.get(language) else text.strip()
                    for language, text in row.texts.items()
                }
            else:
                by_day[row.valid_from].append(row)
        for day, own in by_day.items():
            edition, found = merged(stored.editions[day.isoformat()], own, missing=self.table.missing)
            problems += [self.problem(each.row, each.column, each.reason) for each in found]
            editions.append(with_days(edition))
        wanted = Wanted(
            code=code,
            file=self.name,
            title=title,
            successor=stored.successor,
            editions=editions,
            locate=self._locate(rows, list(by_day)),
        )
        return wanted, problems

    def _locate(self, rows: Sequence[TextRow], days: Sequence[date]) -> Locate:
        by_key = {(row.valid_from, row.part, row.number): self.numbers[id(row)] for row in rows}
        parts = {KEYS[part]: part for part in NUMBERED}

        def locate(place: Place) -> tuple[int | None, str]:
            language = next((str(step) for step in place[::-1] if step in {"kk", "ru", "en"}), "")
            column = self.table.headings.get(language, "")
            if place[:1] == ("title",):
                return by_key.get((None, Part.TITLE, None)), column
            if place[:1] != ("editions",):
                return None, column
            day, part = days[int(place[1])], parts.get(str(place[2]) if len(place) > 2 else "")
            index = place[3] if len(place) > 3 and isinstance(place[3], int) else 0
            return by_key.get((day, str(part or Part.PROVENANCE), index + 1 if part else None)), column

        return locate
