"""The panel as tests read it, and the people whom it shows."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

from django.test import Client

from attestation.services import judge
from employees.models import Employee, Organisation
from positions import rules
from tests import law
from tests.factories import AwardFactory, CertificateFactory, EducationFactory, EmployeeFactory, WorkFactory, position

ON = date(2026, 11, 22)
SOCIAL = {"level": "higher", "graduated_on": date(2019, 6, 30), "fields": ["social"]}
COLLEGE = {"level": "technical_vocational", "graduated_on": date(2015, 6, 30), "fields": ["social"]}
SECOND = {"level": "highest", "category": "second", "awarded_on": date(2026, 2, 1), "valid_until": date(2030, 1, 31)}


def words_of(text: str) -> str:
    """Give the text of a page, without tags and with single spaces."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))).strip()


def page_of(client: Client, employee: Employee, on: date) -> str:
    """Open the page of a person."""
    response = client.get(f"/employees/{employee.pk}/?on={on.isoformat()}")
    assert response.status_code == 200
    return str(response.content.decode())


def panel_of(client: Client, employee: Employee, on: date) -> str:
    """Open the panel alone."""
    response = client.get(f"/employees/{employee.pk}/verdict/?on={on.isoformat()}")
    assert response.status_code == 200
    return str(response.content.decode())


def social(organisation: Organisation, *fields: str, **told: Any) -> Employee:
    """Make a specialist in social work of the second category since 01.02.2024."""
    employee: Employee = EmployeeFactory(organisation=organisation, **told)
    if fields:
        EducationFactory(employee=employee, fields=list(fields))
    AwardFactory(employee=employee)
    return employee


def swimmer(organisation: Organisation, **certificate: Any) -> Employee:
    """Make an instructor of whom the clause asks the ability to swim."""
    employee: Employee = EmployeeFactory(organisation=organisation, position=position("360/2.5"), level="highest")
    EducationFactory(employee=employee)
    if certificate:
        CertificateFactory(employee=employee, kind="swimming", **certificate)
    return employee


def verdict_of(**told: Any) -> rules.Verdict:
    """Judge a specialist in social work by facts as a workbook tells them."""
    facts = law.facts({"hired_on": date(2020, 2, 1), "level": "highest", **told}, position="360/2.3")
    verdict = judge(facts, law.norms(), on=ON)
    assert verdict is not None
    return verdict


def three_posts(organisation: Organisation) -> Employee:
    """Make somebody with two overlapping earlier posts, a gap, and the present post."""
    employee: Employee = EmployeeFactory(
        organisation=organisation, position=position("360/1.10"), hired_on=date(2024, 1, 15)
    )
    EducationFactory(employee=employee)
    marks = {"managerial": True, "relevant_profile": True, "in_specialty": True}
    WorkFactory(employee=employee, employer="Алғашқы", started_on=date(2015, 1, 20), until=date(2017, 1, 1), **marks)
    WorkFactory(employee=employee, employer="Қатар", started_on=date(2016, 6, 1), until=date(2018, 4, 10), **marks)
    return employee
