"""People for the figures: of every figure some, in a unit, one below it and one beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from attestation.changes import announce
from attestation.models import OrganisationRegime, Regime
from employees.experience import add_months
from employees.models import Employee, Unit
from tests.factories import (
    AbsenceFactory,
    AwardFactory,
    CertificateFactory,
    EducationFactory,
    EmployeeFactory,
    UnitFactory,
    position,
)

TODAY = timezone.localdate()
_DAY = timedelta(days=1)


def person(number: str, unit: Unit, **told: Any) -> Employee:
    """Make somebody with an education that fits, unless something else is told."""
    education = told.pop("education", {})
    told = {"level": "highest", "hired_on": date(2020, 2, 1), **told}
    made: Employee = EmployeeFactory(
        organisation=unit.organisation, unit=unit, personnel_number=number, last_name=f"Адам{number}", **told
    )
    if education is not None:
        EducationFactory(employee=made, **education)
    return made


def make_staff(unit: Unit) -> None:
    """Make people of whom every figure counts some; their organisation follows the general rules."""
    below = UnitFactory(organisation=unit.organisation, name="Күтім тобы", parent=unit)
    beside = UnitFactory(organisation=unit.organisation, name="Есеп бөлімі")
    _settled(unit, below)
    _ending(below, beside)
    _doubtful(unit, beside)
    general = Regime.objects.get(code="general")
    OrganisationRegime.objects.create(
        organisation=unit.organisation, regime=general, valid_from=add_months(TODAY, -140)
    )
    announce()


def _settled(unit: Unit, below: Unit) -> None:
    """Rungs of both levels, the top, a post without categories, no rung, no post, and one who has left."""
    AwardFactory(employee=person("1", unit), awarded_on=add_months(TODAY, -70))
    AwardFactory(employee=person("2", below), category="highest", awarded_on=add_months(TODAY, -2))
    person("3", unit, hired_on=TODAY - 3 * _DAY)
    person("4", unit, position=position("360/1.3"), level="")
    person("5", below, level="", education={"level": "general_secondary"})
    person("6", unit, appointed_on=add_months(TODAY, 8))
    person("7", unit, employed_until=TODAY)
    person("8", below, employed_until=add_months(TODAY, 2))
    AwardFactory(employee=person("9", unit, level="average"), level="average", awarded_on=add_months(TODAY, -40))
    AbsenceFactory(employee=person("10", unit), kind="parental_leave", started_on=add_months(TODAY, -20), until=None)


def _ending(below: Unit, beside: Unit) -> None:
    """Categories that have ended or will, and rungs that only time keeps from."""
    ended = {"awarded_on": add_months(TODAY, -60), "lapses_on": TODAY}
    AwardFactory(employee=person("20", below), **ended)
    AwardFactory(employee=person("21", beside), **ended, position=position("31/3.6"))
    AwardFactory(employee=person("22", below), **ended, position=position("360/2.9"))
    AwardFactory(employee=person("23", below), **ended, annulled_on=TODAY)
    renewed = person("24", below)
    AwardFactory(employee=renewed, **ended)
    AwardFactory(employee=renewed, awarded_on=TODAY - _DAY)
    for number, last in enumerate((TODAY, add_months(TODAY, 3) - _DAY, add_months(TODAY, 3), add_months(TODAY, 12))):
        award = {"awarded_on": add_months(TODAY, -50), "lapses_on": last + _DAY}
        AwardFactory(employee=person(f"3{number}", beside), **award)
    reached = (TODAY + _DAY, add_months(TODAY, 6) - _DAY, add_months(TODAY, 6), add_months(TODAY, 12) - _DAY)
    for number, day in enumerate((*reached, add_months(TODAY, 12))):
        AwardFactory(employee=person(f"4{number}", beside), awarded_on=add_months(day, -36))


def _doubtful(unit: Unit, beside: Unit) -> None:
    """Everything that records can leave unknown."""
    person("50", unit, education=None)
    person("51", beside, education={"fields": []})
    person("52", unit, education={"country": "DE"})
    person("53", unit, position=position("360/2.10"))
    person("54", beside, position=position("360/2.5"))
    person("55", unit, position=position("360/3.2"), education={"level": "basic_secondary", "fields": []})
    AwardFactory(
        employee=person("56", unit, position=position("360/2.9")),
        position=position("360/2.9"),
        level="average",
        awarded_on=add_months(TODAY, -10),
    )
    CertificateFactory(employee=person("57", beside, position=position("360/2.5")), kind="swimming")
