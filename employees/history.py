"""The history of a person and of all her records, in words: who, when, how, and from what to what.

Rows of the history that one action wrote lie within moments of each other; they are told together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.text import capfirst

from employees.access import may_see_iin
from employees.history_words import (
    Names,
    kind_words,
    label_words,
    naming_words,
    told_fields,
    value_words,
    way,
    way_words,
)
from employees.models import (
    Absence,
    CategoryAward,
    Certificate,
    EducationRecord,
    Employee,
    Organisation,
    PersonnelOrder,
    Unit,
    User,
    WorkRecord,
)
from positions.models import Position

#: The models whose history is told, in the order of the sections of a person's page, each with the key of the person.
_TOLD: tuple[tuple[type[models.Model], str], ...] = (
    (Employee, "id"),
    (EducationRecord, "employee_id"),
    (WorkRecord, "employee_id"),
    (CategoryAward, "employee_id"),
    (Certificate, "employee_id"),
    (Absence, "employee_id"),
)
#: How long after the row before it a row still belongs to the same action; an import writes one sheet after another.
_GAPS = {"hand": timedelta(seconds=2), "import": timedelta(seconds=60), "undo": timedelta(seconds=60)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field with what stood there before and what stands there after; nothing where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened to one record."""

    kind: str
    kind_words: str
    what: str
    about: str
    fields: list[FieldChange]
    #: The history begins with a change: what stood there before is not on record.
    before_unknown: bool = False


@dataclass(slots=True, kw_only=True)
class Moment:
    """What one user did at one time."""

    at: datetime
    who: str
    way: str
    how: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the history before it is put into words."""

    at: datetime
    user: int | None
    reason: str | None
    kind: str
    model: type[models.Model]
    values: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def changed(self) -> list[Any]:
        """The fields to tell of: those that differ; of an added or deleted record, those that hold something."""
        fields = told_fields(self.model)
        if self.kind == "~" and self.before is not None:
            return [item for item in fields if self.before[item.attname] != self.values[item.attname]]
        return [item for item in fields if self.values[item.attname] not in (None, "", [], False)]


def history_of(user: User | AnonymousUser, employee: Employee) -> list[Moment]:
    """Give all that happened to a person's records, the newest first (13 queries at most, whatever happened)."""
    rows = [row for model, key in _TOLD for row in _rows(model, key, employee.pk)]
    rows += _orders(employee)
    rows = [row for row in rows if row.changed]
    names = _names(rows, iin_in_full=may_see_iin(user, employee))
    people = {
        each.pk: each.get_full_name() or each.get_username()
        for each in User.objects.filter(pk__in={row.user for row in rows if row.user is not None})
    }
    moments = [_moment(together, names, people) for together in _together(rows)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _rows(model: Any, key: str, employee: int) -> Iterator[_Row]:
    """Give the rows of one model's history, each with what stood there before it (1 query)."""
    last: dict[int, Mapping[str, Any]] = {}
    for values in model.history.filter(**{key: employee}).order_by("history_date", "history_id").values():
        yield _Row(
            at=values["history_date"],
            user=values["history_user_id"],
            reason=values["history_change_reason"],
            kind=values["history_type"],
            model=model,
            values=values,
            before=last.get(values["id"]),
        )
        last[values["id"]] = values


def _orders(employee: Employee) -> list[_Row]:
    """Give the personnel orders as rows: an order is never changed, only made (1 query)."""
    silent = {"created_by_id": None, "created_at": None}
    return [
        _Row(
            at=values["created_at"],
            user=values["created_by_id"],
            reason=None,
            kind="+",
            model=PersonnelOrder,
            values={**values, **silent},
            before=None,
        )
        for values in PersonnelOrder.objects.filter(employee=employee).order_by("created_at", "pk").values()
    ]


def _names(rows: Iterable[_Row], *, iin_in_full: bool) -> Names:
    """Read the names of positions, units and organisations that rows point at (4 queries)."""
    wanted: dict[str, set[int]] = {"position": set(), "unit": set(), "organisation": set()}
    for row in rows:
        for values in (row.values, row.before or {}):
            for name, keys in wanted.items():
                if values.get(f"{name}_id") is not None:
                    keys.add(values[f"{name}_id"])
    positions = Position.objects.filter(pk__in=wanted["position"])
    # A unit that is gone keeps its last name in its own history.
    gone = Unit.history.filter(id__in=wanted["unit"]).order_by("history_date", "history_id")
    units = dict(gone.values_list("id", "name")) | dict(
        Unit.objects.filter(pk__in=wanted["unit"]).values_list("pk", "name")
    )
    return Names(
        of={
            "position": {each.pk: f"{each.title or each.title_kk} ({each.code})" for each in positions},  # type: ignore[attr-defined]
            "unit": units,
            "organisation": {
                each.pk: each.display_name for each in Organisation.objects.filter(pk__in=wanted["organisation"])
            },
        },
        iin_in_full=iin_in_full,
    )


def _together(rows: Iterable[_Row]) -> list[list[_Row]]:
    """Put the rows together that one user wrote in one go."""
    found: list[list[_Row]] = []
    last: dict[tuple[int | None, str], list[_Row]] = {}
    for row in sorted(rows, key=lambda row: row.at):
        key = (row.user, way(row.reason))
        group = last.get(key)
        if group is None or row.at - group[-1].at > _GAPS[key[1]]:
            group = last[key] = []
            found.append(group)
        group.append(row)
    return found


def _moment(rows: list[_Row], names: Names, people: Mapping[int, str]) -> Moment:
    first = rows[0]
    found = way(first.reason)
    reason = next((row.reason for row in rows if row.reason), None)
    order = [*(model for model, _key in _TOLD), PersonnelOrder]
    return Moment(
        at=rows[-1].at,
        who=people.get(first.user, "") if first.user is not None else "",
        way=found,
        how=way_words(found, reason, by_somebody=first.user is not None),
        entries=[_entry(row, names) for row in sorted(rows, key=lambda row: order.index(row.model))],
    )


def _entry(row: _Row, names: Names) -> Entry:
    compared = row.kind == "~" and row.before is not None

    def change(item: Any) -> FieldChange:
        old = row.before[item.attname] if compared and row.before else row.values[item.attname]
        return FieldChange(
            label=label_words(item),
            before=value_words(item, old, names) if compared or row.kind == "-" else "",
            after=value_words(item, row.values[item.attname], names) if row.kind != "-" else "",
        )

    return Entry(
        kind=row.kind,
        kind_words=kind_words(row.kind),
        what=str(capfirst(str(row.model._meta.verbose_name))),
        about=naming_words(row.model, row.values, names),
        fields=[change(item) for item in row.changed],
        before_unknown=row.kind == "~" and row.before is None,
    )
