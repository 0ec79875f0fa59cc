"""Pages of attestation as somebody meets them: logged in, reading English."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from attestation.models import Case, CommissionMember, Sitting
from employees.codes import Role
from employees.models import User
from tests.cycles import Scene, fresh
from tests.factories import GrantFactory, UserFactory


def as_user(user: User) -> Client:
    """Log somebody in who reads English."""
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def words(response: Any) -> str:
    """Give an answer as text."""
    return str(response.content.decode())


def case_page(user: User, case: Case) -> str:
    """Give the page of a case."""
    response = as_user(user).get(reverse("case", args=[case.pk]))
    assert response.status_code == 200
    return words(response)


def act(user: User, case: Case, name: str, **told: Any) -> Any:
    """Send a form of a case, with the version that its page shows unless one is told."""
    data = {"version": fresh(case).version, **told}
    return as_user(user).post(reverse("case_act", args=[case.pk, name]), data)


def sitting_act(user: User, sitting: Sitting, name: str, **told: Any) -> Any:
    """Send a form of a sitting, with the version that its page shows unless one is told."""
    data = {"version": fresh(sitting).version, **told}
    return as_user(user).post(reverse("sitting_act", args=[sitting.pk, name]), data)


def forms_of(shown: str, where: str, pk: int) -> set[str]:
    """Give the names of the forms of a case, or of a sitting, on a page."""
    return set(re.findall(rf'action="/attestation/{where}/{pk}/([a-z_]+)/"', shown))


def offered(user: User, case: Case) -> set[str]:
    """Give the forms that somebody finds on the page of a case."""
    return forms_of(case_page(user, case), "cases", case.pk)


def user_of(member: CommissionMember) -> User:
    """Give the account of a member."""
    assert member.user is not None
    return member.user


def readers(here: Scene, members: list[CommissionMember]) -> dict[str, User]:
    """Give somebody of every kind who meets a case; the members have accounts."""
    found = {"hr": here.hr, "head": here.head, "manager": here.manager}
    for role in (Role.SECRETARY, Role.AUDITOR):
        found[str(role)] = UserFactory()
        GrantFactory(user=found[str(role)], organisation=here.organisation, role=role)
    return found | {"chair": user_of(members[0]), "member": user_of(members[1]), "own secretary": user_of(members[-1])}
