"""Users, their rights and invitations: who gets the pages, what is refused, and that a link works once."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from employees import access, invitations, people
from employees.access import Ability
from employees.codes import Role
from employees.log_filters import TokenFilter
from employees.models import Grant, Invitation, Organisation, Unit, User
from tests.factories import EmployeeFactory, GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
GOOD = "a-long-and-rare-word-81"


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def chief(organisation: Organisation) -> User:
    """A system administrator of one organisation, who is no superuser."""
    user: User = UserFactory(username="chief")
    GrantFactory(user=user, organisation=organisation, role=Role.ADMIN)
    return user


@pytest.fixture
def texts(organisation: Organisation) -> User:
    user: User = UserFactory(username="texts")
    GrantFactory(user=user, organisation=organisation, role=Role.TEXTS)
    return user


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _link(response: Any) -> str:
    found = re.search(r"/invitations/[\w-]+/", response.content.decode())
    assert found, _words(response)
    return found[0]


def _token(chief: User, organisation: Organisation, **told: Any) -> str:
    token = "t" * 43
    asked = {"username": "new", "role": Role.HR, "organisation": organisation} | told
    invitations.invitation_add(actor=chief, token=token, **asked)
    return token


# ------------------------------------------------------------------------------------------------------------- access

WHO = ("admin", "chief", "hr", "manager", "texts", "stranger", "anonymous")
ROWS = [
    ("get", "/people/", 200, 200, 403, 403, 403, 403, 302),
    ("get", "/people/invite/", 200, 200, 403, 403, 403, 403, 302),
    ("post", "/people/invite/", 200, 200, 403, 403, 403, 403, 302),
    ("get", "/people/{user}/", 200, 200, 403, 403, 403, 403, 302),
    ("post", "/people/{user}/", 200, 200, 403, 403, 403, 403, 302),
    ("get", "/people/{user}/sees/", 200, 200, 403, 403, 403, 403, 302),
    ("post", "/people/{user}/active/", 302, 302, 403, 403, 403, 403, 302),
    ("post", "/people/{user}/rights/0/remove/", 404, 404, 403, 403, 403, 403, 302),
    ("post", "/people/invitations/0/withdraw/", 404, 404, 403, 403, 403, 403, 302),
    ("get", "/people/{outsider}/", 200, 404, 403, 403, 403, 403, 302),
    ("get", "/people/{outsider}/sees/", 200, 404, 403, 403, 403, 403, 302),
    ("post", "/people/{outsider}/active/", 302, 404, 403, 403, 403, 403, 302),
    ("get", "/invitations/nothing/", 410, 410, 410, 410, 410, 410, 410),
    ("post", "/invitations/nothing/", 410, 410, 410, 410, 410, 410, 410),
    ("get", "/invitations/{token}/", 200, 200, 200, 200, 200, 200, 200),
    ("post", "/invitations/{token}/", 200, 200, 200, 200, 200, 200, 200),
]


@pytest.mark.parametrize("place", range(len(WHO)), ids=WHO)
def test_the_table_of_access(
    place: int,
    request: pytest.FixtureRequest,
    client: Client,
    chief: User,
    organisation: Organisation,
    other_organisation: Organisation,
) -> None:
    inside, outside = UserFactory(username="inside"), UserFactory(username="outside")
    GrantFactory(user=inside, organisation=organisation)
    GrantFactory(user=outside, organisation=other_organisation)
    names = {"user": inside.pk, "outsider": outside.pk, "token": _token(chief, organisation)}
    if WHO[place] != "anonymous":
        client.force_login(request.getfixturevalue(WHO[place]))
    for method, address, *expected in ROWS:
        answer = getattr(client, method)(address.format(**names)).status_code
        assert (method, address, answer) == (method, address, expected[place])


def test_an_administrator_of_a_unit_manages_nobody(client: Client, organisation: Organisation, unit: Unit) -> None:
    user = UserFactory()
    GrantFactory(user=user, organisation=organisation, unit=unit, role=Role.ADMIN)
    client.force_login(user)
    assert client.get("/people/").status_code == 403


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_asks_as_much_for_3_users_as_for_40(
    number: int,
    client: Client,
    chief: User,
    organisation: Organisation,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(number):
        GrantFactory(organisation=organisation, unit=UnitFactory(organisation=organisation))
    client.force_login(chief)
    with django_assert_num_queries(7):  # session, user, rights; number, users, their rights; invitations
        assert client.get("/people/").status_code == 200


def test_the_list_shows_only_rights_in_ones_own_organisations(
    client: Client, chief: User, hr: User, stranger: User, other_organisation: Organisation
) -> None:
    GrantFactory(user=hr, organisation=other_organisation, role=Role.AUDITOR)
    client.force_login(chief)
    words = _words(client.get("/people/"))
    assert "hr" in words
    assert "stranger" not in words
    assert "Auditor" not in words
    person = _words(client.get(f"/people/{hr.pk}/"))
    assert "also has rights in organisations whose people you do not manage" in person
    assert other_organisation.display_name not in person
    assert "No user has such a name." in _words(client.get("/people/?q=zzz"))


# ------------------------------------------------------------------------------------------------------------- rights


def test_a_right_is_given_and_taken_away_with_its_history(
    client: Client, chief: User, hr: User, organisation: Organisation, unit: Unit
) -> None:
    client.force_login(chief)
    assert client.post(f"/people/{hr.pk}/", {"role": "auditor", "where": f"u{unit.pk}"}).status_code == 302
    grant = Grant.objects.get(user=hr, role="auditor")
    assert (grant.organisation, grant.unit) == (organisation, unit)
    again = client.post(f"/people/{hr.pk}/", {"role": "auditor", "where": f"u{unit.pk}"})
    assert "The user has this right already." in _words(again)
    whole = client.post(f"/people/{hr.pk}/", {"role": "hr", "where": f"o{organisation.pk}"})
    assert "The user has this right already." in _words(whole)
    client.post(f"/people/{hr.pk}/rights/{grant.pk}/remove/")
    assert not Grant.objects.filter(pk=grant.pk).exists()
    assert [(each.history_type, each.history_user) for each in Grant.history.filter(id=grant.pk)] == [
        ("-", chief),
        ("+", chief),
    ]


@pytest.mark.parametrize("told", [{}, {"role": "emperor", "where": "x"}])
def test_a_bad_right_is_told_at_the_field(told: dict[str, str], client: Client, chief: User, hr: User) -> None:
    client.force_login(chief)
    response = client.post(f"/people/{hr.pk}/", {"role": "", "where": ""} | told)
    assert response.content.decode().count('aria-invalid="true"') == 2


def test_a_right_beyond_ones_own_organisations_is_refused(
    client: Client, chief: User, hr: User, unit: Unit, other_organisation: Organisation
) -> None:
    elsewhere = UnitFactory(organisation=other_organisation)
    for organisation, place in ((other_organisation, None), (other_organisation, elsewhere)):
        with pytest.raises(people.BeyondOwnOrganisationsError):
            people.grant_add(actor=chief, user=hr, role=Role.HR, organisation=organisation, unit=place)
    with pytest.raises(people.BeyondOwnOrganisationsError):
        people.grant_add(actor=chief, user=hr, role=Role.HR, organisation=unit.organisation, unit=elsewhere)
    for where in (f"o{other_organisation.pk}", f"u{elsewhere.pk}", "z1", "u", "o"):
        with pytest.raises(people.BeyondOwnOrganisationsError):
            people.place(chief, where)
    client.force_login(chief)
    response = client.post(f"/people/{hr.pk}/", {"role": "hr", "where": f"o{other_organisation.pk}"})
    assert "Select a valid choice" in _words(response)
    foreign = GrantFactory(user=hr, organisation=other_organisation, role=Role.MANAGER)
    assert client.post(f"/people/{hr.pk}/rights/{foreign.pk}/remove/").status_code == 404
    with pytest.raises(people.BeyondOwnOrganisationsError):
        people.grant_remove(actor=chief, grant=foreign)
    with pytest.raises(people.BeyondOwnOrganisationsError):
        people.grant_add(actor=hr, user=hr, role=Role.ADMIN, organisation=unit.organisation)


def test_nobody_takes_her_own_last_right_as_administrator(
    client: Client, chief: User, admin: User, organisation: Organisation
) -> None:
    grant = Grant.objects.get(user=chief)
    client.force_login(chief)
    response = client.post(f"/people/{chief.pk}/rights/{grant.pk}/remove/", follow=True)
    assert "This is your own last right as administrator" in _words(response)
    assert Grant.objects.filter(pk=grant.pk).exists()
    client.force_login(admin)
    client.post(f"/people/{chief.pk}/rights/{grant.pk}/remove/")
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_an_account_is_closed_and_opened(client: Client, chief: User, hr: User) -> None:
    client.force_login(chief)
    assert "The account is closed." in _words(client.post(f"/people/{hr.pk}/active/", {"active": "no"}, follow=True))
    hr.refresh_from_db()
    assert not hr.is_active
    assert "sees nothing" in _words(client.get(f"/people/{hr.pk}/sees/"))
    client.post(f"/people/{hr.pk}/active/", {"active": "yes"})
    hr.refresh_from_db()
    assert hr.is_active


def test_ones_own_account_and_accounts_of_others_stay_open(
    client: Client, chief: User, admin: User, hr: User, other_organisation: Organisation
) -> None:
    client.force_login(chief)
    own = client.post(f"/people/{chief.pk}/active/", {"active": "no"}, follow=True)
    assert "You cannot close your own account." in _words(own)
    GrantFactory(user=hr, organisation=other_organisation)
    for user in (admin, hr):
        with pytest.raises(people.AccountOfOthersError):
            people.user_set_active(actor=chief, user=user, active=False)
    response = client.post(f"/people/{hr.pk}/active/", {"active": "no"}, follow=True)
    assert "This account is not yours alone" in _words(response)
    assert User.objects.filter(is_active=False).count() == 0


# ------------------------------------------------------------------------------------------------- what a user can see


def test_what_a_user_can_see_is_what_access_says(
    client: Client, chief: User, manager: User, organisation: Organisation, unit: Unit
) -> None:
    below = UnitFactory(organisation=organisation, parent=unit, name="Below")
    EmployeeFactory(organisation=organisation, unit=unit)
    EmployeeFactory(organisation=organisation, unit=below)
    EmployeeFactory(organisation=organisation)
    found = people.insight(chief, manager)
    assert [(each.people, [lower.name for lower in each.units_below]) for each in found.sights] == [(2, ["Below"])]
    assert found.people == access.visible_employees(User.objects.get(pk=manager.pk)).count()
    yes = {row.ability for row in found.abilities if row.answers == ["part"]}
    assert yes == {ability for ability, roles in access.ABILITIES.items() if Role.MANAGER in roles}
    assert {row.ability for row in found.abilities} == set(Ability)
    client.force_login(chief)
    words = _words(client.get(f"/people/{manager.pk}/sees/"))
    assert "Head of a unit" in words
    assert "Units below it Below" in words
    assert "See the IIN in full no" in words
    assert "See employees and their records yes, in the units named above" in words


def test_a_role_without_employees_and_a_superuser_are_told(
    client: Client, chief: User, admin: User, texts: User, hr: User
) -> None:
    client.force_login(chief)
    assert "This role sees no employees." in _words(client.get(f"/people/{texts.pk}/sees/"))
    assert "Change records yes" in _words(client.get(f"/people/{hr.pk}/sees/"))
    assert "This user is a superuser" in _words(client.get(f"/people/{admin.pk}/sees/"))


@pytest.mark.parametrize("number", [3, 60])
def test_what_a_user_sees_costs_as_much_for_3_units_as_for_60(
    number: int,
    chief: User,
    manager: User,
    organisation: Organisation,
    unit: Unit,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _each in range(number):
        GrantFactory(
            user=manager,
            role=Role.MANAGER,
            organisation=organisation,
            unit=UnitFactory(organisation=organisation, parent=unit),
        )
    access.rights_of(chief)
    with django_assert_num_queries(6):
        people.insight(chief, manager)


# -------------------------------------------------------------------------------------------------------- invitations


def test_from_invitation_to_account(
    client: Client, chief: User, organisation: Organisation, unit: Unit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.force_login(chief)
    told = {"username": "new.one", "email": "", "role": "manager", "where": f"u{unit.pk}", "language": "ru"}
    sheet = client.post("/people/invite/", told)
    assert "no-store" in sheet["Cache-Control"]
    assert 'lang="ru"' in sheet.content.decode()
    link = _link(sheet)
    token = link.split("/")[2]
    assert len(token) == 43
    kept = Invitation.objects.get()
    assert kept.digest == invitations.digest(token)
    assert token not in str(vars(kept))
    assert timedelta(days=6) < kept.expires_at - timezone.now() <= timedelta(days=7)
    assert link not in client.get("/people/").content.decode()
    assert mail.outbox == []

    client.logout()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(link)
    assert "new.one" in _words(page)
    assert page["Referrer-Policy"] == "same-origin"
    ready = client.post(link, {"password": GOOD, "again": GOOD}, follow=True)
    assert "Your account is ready." in _words(ready)
    user = User.objects.get(username="new.one")
    assert user.check_password(GOOD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    grant = Grant.objects.get(user=user)
    assert (grant.role, grant.organisation, grant.unit) == ("manager", organisation, unit)
    assert grant.history.get().history_user == chief

    for again in (client.get(link), client.post(link, {"password": GOOD, "again": GOOD})):
        assert again.status_code == 410
        assert "This link works no more" in _words(again)
    assert User.objects.filter(username="new.one").count() == 1
    assert token not in caplog.text


def test_of_two_who_use_a_link_at_once_one_is_refused(
    chief: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = _token(chief, organisation)
    stale = invitations.invitation_open(token)
    invitations.invitation_accept(token=token, password=GOOD)
    monkeypatch.setattr(invitations, "invitation_open", lambda _token: stale)  # read before the other had written
    with pytest.raises(invitations.InvitationSpentError):
        invitations.invitation_accept(token=token, password=GOOD)
    assert User.objects.filter(username="new").count() == 1


def test_an_expired_link_and_one_whose_inviter_lost_the_right_are_gone(
    client: Client, chief: User, organisation: Organisation
) -> None:
    token = _token(chief, organisation)
    Grant.objects.filter(user=chief).update(role=Role.HR)
    assert client.get(f"/invitations/{token}/").status_code == 410
    Grant.objects.filter(user=chief).update(role=Role.ADMIN)
    assert client.get(f"/invitations/{token}/").status_code == 200
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(f"/invitations/{token}/").status_code == 410
    assert client.post(f"/invitations/{token}/", {"password": GOOD, "again": GOOD}).status_code == 410
    assert not User.objects.filter(username="new").exists()


def test_a_withdrawn_link_is_gone(client: Client, chief: User, organisation: Organisation) -> None:
    token = _token(chief, organisation)
    client.force_login(chief)
    response = client.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw/", follow=True)
    assert "The invitation was withdrawn" in _words(response)
    assert client.get(f"/invitations/{token}/").status_code == 410


def test_a_user_name_taken_meanwhile_leaves_the_invitation_unused(chief: User, organisation: Organisation) -> None:
    token = _token(chief, organisation)
    UserFactory(username="NEW")
    with pytest.raises(invitations.InvitationSpentError):
        invitations.invitation_accept(token=token, password=GOOD)
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"password": "", "again": ""}, "This field is required."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "password12", "again": "password12"}, "too common"),
        ({"password": "new.person1", "again": "new.person1"}, "too similar to the username"),
        ({"password": GOOD, "again": GOOD + "x"}, "The two passwords differ."),
    ],
)
def test_a_bad_password_is_told_at_the_field(
    told: dict[str, str], problem: str, client: Client, chief: User, organisation: Organisation
) -> None:
    token = _token(chief, organisation, username="new.person")
    response = client.post(f"/invitations/{token}/", told)
    assert response.status_code == 200
    assert problem in _words(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert Invitation.objects.get().used_at is None


def test_an_invitation_is_mailed_in_the_chosen_language(
    client: Client, chief: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(chief)
    told = {"role": "hr", "where": f"o{organisation.pk}", "language": "en"}
    first = client.post("/people/invite/", told | {"username": "one", "email": "one@example.kz"})
    assert "The link was mailed to: one@example.kz" in _words(first)
    assert mail.outbox[0].to == ["one@example.kz"]
    assert mail.outbox[0].subject == "Invitation to Sanat"
    assert f"http://testserver{_link(first)}" in mail.outbox[0].body

    def fails(*_told: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(invitations, "send_mail", fails)
    second = client.post("/people/invite/", told | {"username": "two", "email": "two@example.kz"})
    assert "The mail could not be sent." in _words(second)
    assert client.get(_link(second)).status_code == 200


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"username": ""}, "This field is required."),
        ({"username": "a b"}, "Enter a valid username."),
        ({"username": "HR"}, "Somebody has this user name already."),
        ({"username": "waiting"}, "An invitation for this user name is still open."),
        ({"email": "x"}, "Enter a valid email address."),
        ({"role": "emperor"}, "Select a valid choice."),
        ({"where": "o0"}, "Select a valid choice."),
        ({"language": "xx"}, "Select a valid choice."),
    ],
)
def test_a_bad_invitation_is_told_at_the_field(
    told: dict[str, str], problem: str, client: Client, chief: User, hr: User, organisation: Organisation
) -> None:
    _token(chief, organisation, username="waiting")
    client.force_login(chief)
    good = {"username": "good", "email": "", "role": "hr", "where": f"o{organisation.pk}", "language": "kk"}
    response = client.post("/people/invite/", good | told)
    assert problem in _words(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert Invitation.objects.count() == 1


def test_nobody_is_invited_beyond_ones_own_organisations(
    chief: User, hr: User, organisation: Organisation, other_organisation: Organisation
) -> None:
    with pytest.raises(people.BeyondOwnOrganisationsError):
        _token(chief, other_organisation)
    with pytest.raises(people.BeyondOwnOrganisationsError):
        _token(hr, organisation)
    assert not Invitation.objects.exists()


def test_a_line_of_a_log_holds_no_token() -> None:
    record = logging.LogRecord("django.server", 20, "", 0, '"%s" %s', ("GET /invitations/a-b_c/ HTTP/1.1", "200"), None)
    assert TokenFilter().filter(record)
    assert record.getMessage() == '"GET /invitations/***/ HTTP/1.1" 200'
    other = logging.LogRecord("x", 20, "", 0, "%s", ("/people/",), None)
    assert TokenFilter().filter(other)
    assert other.args == ("/people/",)
