"""Invented people for tests: what is not told is plain and valid."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from employees.codes import Role
from employees.models import (
    Absence,
    CategoryAward,
    Certificate,
    EducationRecord,
    Employee,
    Grant,
    Organisation,
    Unit,
    User,
    WorkRecord,
)
from positions.codes import CertificateKind, EducationLevel, Sphere
from positions.models import Position

PASSWORD = "sanat-test-password"


def position(code: str = "360/2.3") -> Position:
    """Give a position of the loaded norms."""
    return Position.objects.get(code=code)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password(PASSWORD)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    bin = factory.Sequence(lambda n: f"{100000000000 + n}")
    name_kk = factory.Sequence(lambda n: f"№ {n} әлеуметтік қызмет көрсету орталығы")
    name_ru = factory.Sequence(lambda n: f"Центр социального обслуживания № {n}")
    sphere = Sphere.SOCIAL_PROTECTION


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Бөлім {n}")


class EmployeeFactory(DjangoModelFactory[Employee]):
    class Meta:
        model = Employee

    organisation = factory.SubFactory(OrganisationFactory)
    personnel_number = factory.Sequence(lambda n: f"{n:05d}")
    last_name = "Әбдіқалықова"
    first_name = "Айгүл"
    patronymic = "Серікқызы"
    position = factory.LazyFunction(position)
    hired_on = date(2020, 2, 1)
    appointed_on = factory.SelfAttribute("hired_on")


class EducationFactory(DjangoModelFactory[EducationRecord]):
    class Meta:
        model = EducationRecord

    employee = factory.SubFactory(EmployeeFactory)
    level = EducationLevel.HIGHER
    fields = factory.LazyFunction(lambda: ["social"])
    institution = "Еуразия ұлттық университеті"
    document_number = "0001234"
    graduated_on = date(2019, 6, 30)


class WorkFactory(DjangoModelFactory[WorkRecord]):
    class Meta:
        model = WorkRecord

    employee = factory.SubFactory(EmployeeFactory)
    employer = "Үйде әлеуметтік көмек көрсету бөлімшесі"
    title = "Әлеуметтік қызметкер"
    started_on = date(2019, 7, 1)
    until = date(2020, 1, 1)
    sphere = Sphere.SOCIAL_PROTECTION


class AwardFactory(DjangoModelFactory[CategoryAward]):
    class Meta:
        model = CategoryAward

    employee = factory.SubFactory(EmployeeFactory)
    position = factory.SelfAttribute("employee.position")
    level = "highest"
    category = "second"
    awarded_on = date(2024, 2, 1)
    order_number = "12-қ"


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    employee = factory.SubFactory(EmployeeFactory)
    kind = CertificateKind.PROFESSIONAL_DEVELOPMENT
    number = "77"
    issued_on = date(2023, 5, 12)


class AbsenceFactory(DjangoModelFactory[Absence]):
    class Meta:
        model = Absence

    employee = factory.SubFactory(EmployeeFactory)
    kind = "unpaid_leave"
    started_on = date(2022, 3, 1)
    until = date(2022, 4, 1)


class GrantFactory(DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.HR


def full_record(**told: Any) -> Employee:
    """Make an employee with one record of every kind."""
    employee: Employee = EmployeeFactory(**told)
    for records in (EducationFactory, WorkFactory, AwardFactory, CertificateFactory, AbsenceFactory):
        records(employee=employee)
    return employee
