"""The personal card: what the records say of a person, section by section, for one sheet in one language.

Words come out in the language that is active; the page switches it to the language of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from employees import experience
from employees.access import may_see_iin
from employees.codes import PersonnelOrderKind
from employees.facts import HOME_COUNTRY
from employees.identity import masked
from employees.models import Absence, CategoryAward, Certificate, EducationRecord, Employee, PersonnelOrder, User
from employees.periods import last_day
from positions.codes import Field
from positions.rules import Length, Period

#: Orders that begin a service; without one, the day of hiring stands alone.
_TAKING_ON = (PersonnelOrderKind.HIRING, PersonnelOrderKind.REHIRING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; the note stands below them, or in their place."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A personal card."""

    general: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    dismissal: Sequence[tuple[str, str]]


def card_of(user: User | AnonymousUser, employee: Employee, *, on: date) -> Card:
    """Make the personal card of a person as of a day, in the active language (9 queries at most)."""
    person = (
        Employee.objects.select_related("organisation", "unit", "position")
        .prefetch_related(
            "education",
            "work_history__position",
            "awards__position",
            "certificates",
            "absences",
            Prefetch("orders", PersonnelOrder.objects.order_by("on", "pk")),
        )
        .get(pk=employee.pk)
    )
    orders = list(person.orders.all())
    return Card(
        general=_general(person, iin_in_full=may_see_iin(user, person)),
        tables=[
            _education(person.education.all()),
            _work(person, on=on),
            _moves(person, [order for order in orders if order.kind != PersonnelOrderKind.DISMISSAL]),
            _awards([each for each in person.awards.all() if each.annulled_on is None]),
            _certificates(person.certificates.all()),
            _absences(person.absences.all()),
        ],
        dismissal=_dismissal(person, [order for order in orders if order.kind == PersonnelOrderKind.DISMISSAL]),
    )


def _day(value: date | None) -> str:
    return "" if value is None else date_format(value, "SHORT_DATE_FORMAT")


def _joined(*parts: object) -> str:
    return "; ".join(str(part) for part in parts if part)


def length_words(length: Length) -> str:
    """Write a length of experience, as `2 y. 1 mo. 4 d.`."""
    return _("%(years)d y. %(months)d mo. %(days)d d.") % {
        "years": length.years,
        "months": length.months,
        "days": length.days,
    }


def _title(position: Any) -> str:
    return str(position.title or position.title_kk or position.code) if position is not None else ""


def _general(person: Employee, *, iin_in_full: bool) -> list[tuple[str, str]]:
    facts = [
        (_("Surname"), person.last_name),
        (_("First name"), person.first_name),
        (_("Patronymic"), person.patronymic),
        (_("IIN"), person.iin if iin_in_full else masked(person.iin)),
        (_("Birth date"), _day(person.birth_date)),
        (_("Personnel number"), person.personnel_number),
        (_("Organisation"), person.organisation.display_name),
        (_("BIN"), person.organisation.bin),
        (_("Structural unit"), person.unit.name if person.unit else ""),
        (_("Position"), f"{_title(person.position)} ({person.position.code})"),
        (_("Level"), capfirst(person.get_level_display()) if person.level else ""),
        (_("Hired on"), _day(person.hired_on)),
        (_("In this post since"), _day(person.appointed_on)),
        (_("E-mail"), person.email),
    ]
    return [(label, str(value)) for label, value in facts]


def _education(records: Any) -> Table:
    def row(each: EducationRecord) -> list[str]:
        return [
            str(capfirst(each.get_level_display())),
            _joined(
                each.institution,
                _("country: %(code)s") % {"code": each.country} if each.country != HOME_COUNTRY else "",
            ),
            _joined(
                ", ".join(str(Field(code).label) for code in each.fields),
                each.speciality or (each.get_speciality_code_display() if each.speciality_code else ""),
                each.qualification,
            ),
            _joined(f"{each.document_series} {each.document_number}".strip(), _recognition(each)),
            _day(each.graduated_on),
        ]

    headings = [_("Level"), _("Institution"), _("Field, speciality, qualification"), _("Document"), _("Graduated on")]
    return Table(title=_("Education"), headings=headings, rows=[row(each) for each in records])


def _recognition(each: EducationRecord) -> str:
    if each.recognition_waived:
        return _("No recognition needed: %(reason)s") % {"reason": each.recognition_waived}
    if each.recognition_number or each.recognition_on:
        document = " ".join(part for part in (each.recognition_number, _day(each.recognition_on)) if part)
        return _("recognition: %(document)s") % {"document": document}
    return ""


def _work(person: Employee, *, on: date) -> Table:
    posts = [
        (each.employer, each.title or _title(each.position), Period(each.started_on, each.until), each.in_specialty)
        for each in person.work_history.all()
    ]
    present = Period(person.appointed_on, person.employed_until)
    posts.append((person.organisation.display_name, _title(person.position), present, True))
    posts.sort(key=lambda post: post[2].start)
    cuts = [Period(each.started_on, each.until) for each in person.absences.all() if not each.counts]

    def total(periods: Sequence[Period]) -> str:
        left = experience.without(experience.merge(periods), cuts)
        return length_words(experience.length(left, on=on))

    notes = [
        _("Experience in all as of %(day)s: %(length)s")
        % {"day": _day(on), "length": total([post[2] for post in posts])},
        _("Of it in the specialty: %(length)s") % {"length": total([post[2] for post in posts if post[3]])},
        _("Overlapping periods are counted once; absences that do not count are left out of the sums."),
    ]
    rows = [
        [
            employer,
            title,
            _day(period.start),
            _day(last_day(period.end)) or _("goes on"),
            length_words(experience.length([period], on=on)),
        ]
        for employer, title, period, _specialty in posts
    ]
    headings = [_("Employer"), _("Post"), _("First day"), _("Last day"), _("Length")]
    return Table(title=_("Work history"), headings=headings, rows=rows, notes=notes)


def _moves(person: Employee, orders: list[PersonnelOrder]) -> Table:
    rows = [[_day(each.on), str(capfirst(each.get_kind_display())), each.number, each.words] for each in orders]
    if not any(each.kind in _TAKING_ON for each in orders):
        rows.insert(0, [_day(person.hired_on), str(capfirst(PersonnelOrderKind.HIRING.label)), "", ""])
    headings = [_("Date"), _("Kind of order"), _("Order number"), _("What it changed")]
    return Table(title=_("Hiring and transfers"), headings=headings, rows=rows)


def _awards(records: Any) -> Table:
    def row(each: CategoryAward) -> list[str]:
        return [
            str(capfirst(each.get_category_display())),
            _joined(_title(each.position), each.get_level_display()),
            each.order_number,
            _day(each.awarded_on),
            _day(last_day(each.lapses_on)),
        ]

    headings = [_("Category"), _("Position and level"), _("Order number"), _("Awarded on"), _("Valid until")]
    return Table(
        title=_("Attestation and qualification categories"), headings=headings, rows=[row(each) for each in records]
    )


def _certificates(records: Any) -> Table:
    def row(each: Certificate) -> list[str]:
        return [
            str(capfirst(each.get_kind_display())),
            each.number,
            each.issuer,
            _day(each.issued_on),
            _day(last_day(each.lapses_on)),
        ]

    headings = [_("Certificate"), _("Number"), _("Issued by"), _("Issued on"), _("Valid until")]
    return Table(
        title=_("Professional development and certificates"), headings=headings, rows=[row(each) for each in records]
    )


def _absences(records: Any) -> Table:
    def row(each: Absence) -> list[str]:
        return [
            str(capfirst(each.get_kind_display())),
            _day(each.started_on),
            _day(last_day(each.until)) or _("goes on"),
            _("counts") if each.counts else _("does not count"),
        ]

    headings = [_("Absence"), _("First day"), _("Last day"), _("Towards experience")]
    return Table(title=_("Leaves and other absences"), headings=headings, rows=[row(each) for each in records])


def _dismissal(person: Employee, orders: list[PersonnelOrder]) -> list[tuple[str, str]]:
    facts = [(_("Last day of service"), _day(last_day(person.employed_until)))] if person.employed_until else []
    for each in orders:
        facts += [(_("Order of dismissal"), _joined(each.number, _day(each.on), each.words))]
    return facts
