"""Exports that are jobs: the same file as the direct one, for its user alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attestation import export_runs
from attestation.models import ExportRun
from employees.codes import ReadKind, Role
from employees.models import Organisation, ReadLog, Unit, User
from tests.factories import EmployeeFactory, GrantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def people(organisation: Organisation, unit: Unit) -> None:
    for _number in range(5):
        EmployeeFactory(organisation=organisation, unit=unit)


def _start(client: Client, query: str = "", suffix: str = "csv") -> ExportRun:
    response = client.post(reverse("export_start"), {"query": query, "suffix": suffix})
    assert response.status_code == 302
    return ExportRun.objects.latest("pk")


def test_the_job_writes_the_file_of_the_direct_export(client: Client, hr: User, people: None) -> None:
    client.force_login(hr)
    direct = client.get(reverse("employees_csv"), {"sort": "-number"}).getvalue()
    run = _start(client, "sort=-number")
    assert (run.state, run.done, run.total, run.percent) == ("ready", 5, 5, 100)
    page = client.get(reverse("export_run", args=[run.pk]))
    assert reverse("export_file", args=[run.pk]) in page.content.decode()
    file = client.get(reverse("export_file", args=[run.pk]))
    assert file.content == direct
    assert file["Content-Disposition"].endswith('.csv"')
    assert ReadLog.objects.filter(user=hr, kind=ReadKind.EXPORT).count() == 10, "both exports are noted"


def test_a_workbook_as_well(client: Client, hr: User, people: None) -> None:
    client.force_login(hr)
    run = _start(client, suffix="xlsx")
    assert client.get(reverse("export_file", args=[run.pk])).content.startswith(b"PK")


def test_a_manager_exports_her_unit_alone(
    client: Client, manager: User, people: None, organisation: Organisation
) -> None:
    EmployeeFactory(organisation=organisation, last_name="Бөтенов")
    client.force_login(manager)
    content = client.get(reverse("export_file", args=[_start(client).pk])).content.decode()
    assert content.count("\n") == 6
    assert "Бөтенов" not in content


def test_nobody_else_meets_the_file(client: Client, hr: User, admin: User, people: None) -> None:
    client.force_login(hr)
    run = _start(client)
    client.force_login(admin)
    for name in ("export_run", "export_progress", "export_file"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 404


def test_without_the_right_nothing_is_written(client: Client, organisation: Organisation, people: None) -> None:
    auditor = UserFactory()
    GrantFactory(user=auditor, organisation=organisation, role=Role.AUDITOR)
    client.force_login(auditor)
    assert client.post(reverse("export_start"), {"suffix": "csv"}).status_code == 403
    assert not ExportRun.objects.exists()


def test_an_unknown_kind_of_file(client: Client, hr: User) -> None:
    client.force_login(hr)
    assert client.post(reverse("export_start"), {"suffix": "exe"}).status_code == 404


def test_a_failure_is_told(client: Client, hr: User, people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any) -> None:
        raise OSError("disk full of Ахметов")

    monkeypatch.setattr(export_runs, "export_csv", broken)
    client.force_login(hr)
    run = _start(client)
    assert run.state == "failed"
    assert client.get(reverse("export_file", args=[run.pk])).status_code == 404
    assert 'role="alert"' in client.get(reverse("export_progress", args=[run.pk])).content.decode()


def test_a_file_is_thrown_away_after_a_day(client: Client, hr: User, people: None) -> None:
    client.force_login(hr)
    old = _start(client)
    ExportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    _start(client)
    assert not ExportRun.objects.filter(pk=old.pk).exists()


def test_a_long_list_offers_the_job(client: Client, hr: User, people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(hr)
    assert reverse("export_start") not in client.get("/employees/").content.decode()
    monkeypatch.setattr(export_runs, "DIRECT", 4)
    assert reverse("export_start") in client.get("/employees/").content.decode()
