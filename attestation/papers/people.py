"""What papers say of people, read at once for many: names as recorded, education, experience, categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from attestation.cycle import months_before
from attestation.cycle_rows import has_categories
from attestation.papers.words import certificate_kinds, form
from employees import experience
from employees.models import Absence, CategoryAward, Certificate, EducationRecord, Employee, Organisation, WorkRecord
from positions.codes import Category
from positions.models import Position
from positions.norm_selectors import read_norms
from positions.rules import Norms, Period

_Record = TypeVar("_Record", EducationRecord, WorkRecord, CategoryAward, Certificate, Absence)
_LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of people that papers quote, by the people's numbers."""

    education: Mapping[int, list[EducationRecord]]
    work: Mapping[int, list[WorkRecord]]
    awards: Mapping[int, list[CategoryAward]]
    certificates: Mapping[int, list[Certificate]]
    absences: Mapping[int, list[Absence]]
    norms: Norms


def read_records(employees: Sequence[int]) -> Records:
    """Read the records of people (9 queries for any number of them)."""
    return Records(
        education=_read(EducationRecord, employees, "graduated_on"),
        work=_read(WorkRecord, employees, "started_on"),
        awards=_read(CategoryAward, employees, "awarded_on", "position"),
        certificates=_read(Certificate, employees, "issued_on"),
        absences=_read(Absence, employees, "started_on"),
        norms=read_norms(),
    )


def read_education(employees: Sequence[int]) -> Mapping[int, list[EducationRecord]]:
    """Read the education documents of people (1 query)."""
    return _read(EducationRecord, employees, "graduated_on")


def _read(model: type[_Record], employees: Sequence[int], order: str, *related: str) -> Mapping[int, list[_Record]]:
    found: dict[int, list[_Record]] = defaultdict(list)
    rows: Any = model._default_manager.filter(employee__in=employees)
    for row in (rows.select_related(*related) if related else rows).order_by("employee", order, "pk"):
        found[row.employee_id].append(row)
    return found


def texts(row: object, field: str) -> dict[str, str]:
    """Give a text kept in three languages, as far as it is there."""
    found = {language: getattr(row, f"{field}_{language}", None) for language in _LANGUAGES}
    return {language: str(text) for language, text in found.items() if text}


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    """Give what papers say of an organisation."""
    return {"bin": organisation.bin, "name": texts(organisation, "name") or {"kk": organisation.bin}}


def person_data(employee: Employee, position: Position) -> dict[str, Any]:
    """Give a person with the post in which she is attested, as recorded."""
    return {
        "employee": employee.pk,
        "name": employee.full_name,
        "last_name": employee.last_name,
        "first_name": employee.first_name,
        "patronymic": employee.patronymic,
        "unit": employee.unit.name if employee.unit else "",
        "position": texts(position, "title") or {"kk": position.code},
        "level": employee.level,
        "appointed_on": iso(employee.appointed_on),
        "birth_date": iso(employee.birth_date),
    }


def iso(value: date | None) -> str | None:
    """Write a day as it is kept."""
    return value.isoformat() if value else None


def education_data(records: Sequence[EducationRecord], *, on: date) -> list[dict[str, Any]]:
    """Give the education documents that there were on a day."""
    return [
        {
            "level": each.level,
            "institution": each.institution,
            "country": each.country,
            "graduated_on": iso(each.graduated_on),
            "speciality": each.speciality,
            "speciality_code": each.speciality_code,
            "fields": list(each.fields),
            "qualification": each.qualification,
            "document": f"{each.document_series} {each.document_number}".strip(),
        }
        for each in records
        if each.graduated_on <= on
    ]


def development_data(records: Sequence[Certificate], *, sheet_form: str, on: date) -> list[dict[str, Any]]:
    """Give the documents of professional development, of as many years as the form asks for, and of retraining."""
    years = form(sheet_form)["development_years"]
    start = None if years is None else months_before(on, years * experience.MONTHS_IN_YEAR)
    recent, always = certificate_kinds("development"), certificate_kinds("retraining")
    return [
        {"kind": each.kind, "number": each.number, "issuer": each.issuer, "issued_on": iso(each.issued_on)}
        for each in records
        if each.issued_on <= on
        and (each.kind in always or (each.kind in recent and (start is None or each.issued_on >= start)))
    ]


def total_experience(employee: Employee, records: Records, *, on: date) -> list[int]:
    """Give the total work experience up to a day in years, months and days; what does not count is cut out."""
    posts = [Period(each.started_on, each.until) for each in records.work[employee.pk]]
    posts.append(Period(employee.appointed_on, employee.employed_until))
    cuts = [Period(each.started_on, each.until) for each in records.absences[employee.pk] if not each.counts]
    found = experience.length(experience.without(experience.merge(posts), cuts), on=on)
    return [found.years, found.months, found.days]


def award_data(
    employee: int, position: Position, records: Records, *, without: int | None, on: date
) -> dict[str, Any] | None:
    """Give the category in force on a day, leaving out the one that an attestation itself brought.

    A post that has categories, and nobody's award in it, is without a category; one that has none says nothing.
    """
    held = [
        award
        for award in records.awards[employee]
        if award.pk != without
        and award.annulled_on is None
        and award.awarded_on <= on
        and (award.lapses_on is None or award.lapses_on > on)
        and _same(award.position, position)
    ]
    if held:
        last = held[-1]
        return {"level": last.level, "category": last.category, "awarded_on": iso(last.awarded_on)}
    if has_categories(records.norms, position.code, on=on):
        return {"level": "", "category": str(Category.NONE), "awarded_on": None}
    return None


def _same(award: Position, post: Position) -> bool:
    """Tell whether a category counts in a post: held in it, or in its predecessor or successor."""
    return award.pk == post.pk or award.successor_id == post.pk or post.successor_id == award.pk
