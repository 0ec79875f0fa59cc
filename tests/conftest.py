"""The cast: two organisations, and people with different rights in them. The norms are on file in every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from attestation.regime_files import load_regimes
from employees.codes import Role
from employees.models import Organisation, Unit, User
from positions.norms import load_norms
from tests.factories import GrantFactory, OrganisationFactory, UnitFactory, UserFactory

# A slow machine is no finding: properties are judged by what they say, not by how long the first example took.
hypothesis_settings.register_profile("sanat", deadline=None)
hypothesis_settings.load_profile("sanat")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which nothing may be skipped and something was."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SANAT_SKIP_NOTHING") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Spend no time on making passwords hard to guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file: of a database in memory all threads of a server would share one connection.

    The file need not outlive a power cut, so nothing waits for the disk.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load norms and rule-sets once; every test finds them and none can change them for another."""
    with django_db_blocker.unblock():
        load_norms(django_settings.BASE_DIR / "fixtures" / "norms")
        load_regimes(django_settings.BASE_DIR / "fixtures" / "regimes")


@pytest.fixture
def organisation(db: None) -> Organisation:
    """The organisation that the cast works in."""
    found: Organisation = OrganisationFactory(bin="123456789012")
    return found


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """The organisation of the stranger."""
    found: Organisation = OrganisationFactory(bin="210987654321")
    return found


@pytest.fixture
def unit(organisation: Organisation) -> Unit:
    """The unit of the manager."""
    found: Unit = UnitFactory(organisation=organisation, name="Үйде күтім көрсету бөлімі")
    return found


@pytest.fixture
def admin(organisation: Organisation, other_organisation: Organisation) -> User:
    """An administrator, who sees everybody."""
    user: User = UserFactory(username="admin", is_staff=True, is_superuser=True)
    for each in (organisation, other_organisation):
        GrantFactory(user=user, organisation=each, role=Role.ADMIN)
    return user


@pytest.fixture
def hr(organisation: Organisation) -> User:
    """An HR officer of the organisation."""
    user: User = UserFactory(username="hr")
    GrantFactory(user=user, organisation=organisation, role=Role.HR)
    return user


@pytest.fixture
def manager(organisation: Organisation, unit: Unit) -> User:
    """The head of one unit: sees its people, and no IIN in full."""
    user: User = UserFactory(username="manager")
    GrantFactory(user=user, organisation=organisation, unit=unit, role=Role.MANAGER)
    return user


@pytest.fixture
def stranger(other_organisation: Organisation) -> User:
    """An HR officer of the other organisation."""
    user: User = UserFactory(username="stranger")
    GrantFactory(user=user, organisation=other_organisation, role=Role.HR)
    return user


@pytest.fixture
def editor(organisation: Organisation) -> User:
    """An editor of texts, who sees nobody."""
    found: User = UserFactory(username="editor")
    GrantFactory(user=found, organisation=organisation, role=Role.TEXTS)
    return found


@pytest.fixture
def on_22_november_2026() -> Iterator[None]:
    """Let it be the day on which the norms are as the tests of their pages know them."""
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def hr_reads_english(client: Client, hr: User) -> None:
    """Log the HR officer in, reading English."""
    client.force_login(hr)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
