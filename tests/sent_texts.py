"""Files of texts as tests send them: norm files, workbooks and archives, whole and spoiled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from employees.models import User
from positions.exchange import writing
from positions.exchange.on_file import texts_of
from positions.exchange.planning import Plan
from positions.exchange.problems import TextsRefusedError
from positions.exchange.services import texts_import, texts_plan
from positions.models import (
    Edition,
    EditionChange,
    Entry,
    ExperienceRequirement,
    InterpretationNote,
    PathwayRequirement,
    Position,
    Rung,
)

DAY = date(2026, 11, 22)
#: A change that a norm file can bring.
OFFICIAL = ("ru: working_translation", "ru: official")
HEADS = ["position", "valid_from", "part", "number", "clause", "kk", "ru", "en"]


def norm_file(code: str = "360/2.3", *changes: tuple[str, str]) -> bytes:
    """Give the norm file of a position with some of its words changed."""
    text = writing.position_yaml(texts_of(code=code)[0])
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def book(code: str, change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    """Give the workbook of a position, headed by codes, with its sheet changed."""
    opened = load_workbook(io.BytesIO(writing.workbook(texts_of(code=code), codes=True)))
    change(opened.worksheets[0])
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def rows(sheet: Any, part: str) -> list[Any]:
    """Give the rows of a part, each as its cells."""
    return [row for row in sheet.iter_rows(min_row=2) if row[2].value == part]


def written(*lines: list[Any]) -> bytes:
    """Give a workbook with these rows."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Give an archive with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def state() -> list[Any]:
    """Give all that the norms say, and what was done to them."""
    tables = (Position, Edition, Entry, InterpretationNote, Rung, ExperienceRequirement, PathwayRequirement)
    return [EditionChange.objects.count(), *(list(table.objects.order_by("pk").values_list()) for table in tables)]


def mistakes(name: str, content: bytes) -> list[tuple[int | None, str, str]]:
    """Send a file with mistakes; give them, after seeing that nothing was saved."""
    before = state()
    plan = texts_plan(name=name, content=content)
    with pytest.raises(TextsRefusedError):
        texts_import(name=name, content=content, digest=plan.digest, user=None, reason="Қате")
    assert state() == before
    return [(each.number, each.column, each.reason) for each in plan.problems]


def the_mistake(name: str, content: bytes) -> tuple[int | None, str, str]:
    """Send a file with one mistake; give it."""
    found = mistakes(name, content)
    assert len(found) == 1, found
    return found[0]


def taken(user: User, name: str, content: bytes, reason: str = "Бұйрық № 1") -> Plan:
    """Look at a file and take it in."""
    plan = texts_plan(name=name, content=content)
    assert not plan.problems, plan.problems
    return texts_import(name=name, content=content, digest=plan.digest, user=user, reason=reason)


def cell_of(part: str, column: int, value: Any) -> Callable[[Any], None]:
    """Give a way to change the second row of a part."""

    def change(sheet: Any) -> None:
        rows(sheet, part)[1][column].value = value

    return change
