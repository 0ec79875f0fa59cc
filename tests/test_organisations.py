"""Organisations and the trees of their units: who gets the pages, what they cost, what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from employees import changes, units
from employees.codes import Role
from employees.models import Organisation, Unit, User
from tests.factories import EmployeeFactory, GrantFactory, UnitFactory, UserFactory

#: The session, the user and her rights.
WHO_ASKS = 3
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def texts(organisation: Organisation) -> User:
    """An editor of texts, who meets no employee."""
    user: User = UserFactory(username="texts")
    GrantFactory(user=user, organisation=organisation, role=Role.TEXTS)
    return user


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


# ------------------------------------------------------------------------------------------------------------- access

ROWS = [
    # address, admin, hr, manager, texts, stranger, anonymous
    ("/organisations/", 200, 200, 200, 200, 200, 302),
    ("/organisations/{bin}/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/names/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/chart/", 200, 200, 200, 404, 404, 302),
    ("/organisations/{bin}/units/add/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/head/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/head/?q=x", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/delete/", 405, 405, 405, 405, 405, 302),
]
POSTED = [
    ("/organisations/{bin}/names/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/add/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/", 200, 200, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/head/", 302, 302, 403, 404, 404, 302),
    ("/organisations/{bin}/units/{unit}/delete/", 302, 302, 403, 404, 404, 302),
    ("/organisations/{bin}/chart/", 405, 405, 405, 405, 405, 302),
]
WHO = ("admin", "hr", "manager", "texts", "stranger", "anonymous")


@pytest.mark.parametrize("place", range(len(WHO)), ids=WHO)
@pytest.mark.parametrize(("method", "rows"), [("get", ROWS), ("post", POSTED)])
def test_the_table_of_access(
    place: int,
    method: str,
    rows: list[Any],
    request: pytest.FixtureRequest,
    client: Client,
    organisation: Organisation,
    unit: Unit,
) -> None:
    if WHO[place] != "anonymous":
        client.force_login(request.getfixturevalue(WHO[place]))
    EmployeeFactory(organisation=organisation, unit=unit)  # so that the unit is not deleted under the table
    for address, *expected in rows:
        told = address.format(bin=organisation.bin, unit=unit.pk)
        assert (told, getattr(client, method)(told).status_code) == (told, expected[place])


def test_a_unit_of_another_organisation_is_not_found(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    assert client.get(f"/organisations/{organisation.bin}/units/{UnitFactory().pk}/").status_code == 404


# ------------------------------------------------------------------------------------------------------------ queries


@pytest.mark.parametrize("number", [3, 60])
@pytest.mark.parametrize("page", ["", "chart/"])
def test_a_tree_asks_as_much_for_3_units_as_for_60(
    number: int,
    page: str,
    client: Client,
    hr: User,
    organisation: Organisation,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    parent = None
    for index in range(number):
        made = UnitFactory(organisation=organisation, parent=parent, name=f"Unit {index:02d}")
        made.head = EmployeeFactory(organisation=organisation, unit=made)
        made.save()
        parent = made if index % 5 else None
    client.force_login(hr)
    with django_assert_num_queries(WHO_ASKS + 2):
        words = _words(client.get(f"/organisations/{organisation.bin}/{page}"))
    assert f"Unit {number - 1:02d}" in words


def test_a_managers_chart_asks_once_more(
    client: Client,
    manager: User,
    organisation: Organisation,
    unit: Unit,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    client.force_login(manager)
    with django_assert_num_queries(WHO_ASKS + 3):
        client.get(f"/organisations/{organisation.bin}/chart/")


# -------------------------------------------------------------------------------------------------------------- pages


def test_the_chart_names_heads_posts_and_numbers(
    client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    below = UnitFactory(organisation=organisation, parent=unit, name="Below")
    head = EmployeeFactory(organisation=organisation, unit=unit, last_name="Басшы")
    EmployeeFactory(organisation=organisation, unit=below)
    EmployeeFactory(organisation=organisation, unit=below, employed_until=date(2024, 1, 1))
    EmployeeFactory(organisation=organisation)
    units.unit_set_head(unit=unit, head=head)
    client.force_login(hr)
    words = _words(client.get(f"/organisations/{organisation.bin}/chart/"))
    assert "Head: Басшы" in words
    assert "Specialist in social work" in words
    assert "People: 1 (with the units below: 2)" in words
    assert "People in service: 3. Without a unit: 1" in words


def test_a_manager_sees_the_part_of_the_chart_that_is_hers(
    client: Client, manager: User, organisation: Organisation, unit: Unit
) -> None:
    UnitFactory(organisation=organisation, parent=unit, name="Below")
    elsewhere = UnitFactory(organisation=organisation, name="Elsewhere")
    outside = EmployeeFactory(organisation=organisation, unit=elsewhere, last_name="Бөтен")
    units.unit_set_head(unit=unit, head=outside)
    client.force_login(manager)
    words = _words(client.get(f"/organisations/{organisation.bin}/chart/"))
    assert unit.name in words
    assert "Below" in words
    assert "You see the part that your rights cover." in words
    assert "Elsewhere" not in words
    assert "Бөтен" not in words
    assert "Head: from a unit that you do not see" in words


def test_a_right_below_another_is_not_shown_twice(
    client: Client, manager: User, organisation: Organisation, unit: Unit
) -> None:
    below = UnitFactory(organisation=organisation, parent=unit, name="Below once")
    GrantFactory(user=manager, organisation=organisation, unit=below, role=Role.MANAGER)
    client.force_login(manager)
    assert _words(client.get(f"/organisations/{organisation.bin}/chart/")).count("Below once") == 1


def test_a_head_who_has_left_is_told(client: Client, hr: User, organisation: Organisation, unit: Unit) -> None:
    unit.head = EmployeeFactory(organisation=organisation, unit=unit, employed_until=date(2024, 1, 1))
    unit.save()
    client.force_login(hr)
    assert "the person named has left" in _words(client.get(f"/organisations/{organisation.bin}/"))


def test_an_empty_organisation_says_what_to_do(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    assert "The organisation has no units yet." in _words(client.get(f"/organisations/{organisation.bin}/"))
    assert "The organisation has no units yet." in _words(client.get(f"/organisations/{organisation.bin}/chart/"))


# ------------------------------------------------------------------------------------------------------------ changes


def test_units_are_added_renamed_and_moved(client: Client, hr: User, organisation: Organisation, unit: Unit) -> None:
    client.force_login(hr)
    address = f"/organisations/{organisation.bin}/units/"
    assert client.post(f"{address}add/", {"name": " New ", "parent": unit.pk}).status_code == 302
    added = Unit.objects.get(name="New")
    assert added.parent == unit
    assert client.post(f"{address}{added.pk}/", {"name": "Newer", "parent": ""}).status_code == 302
    added.refresh_from_db()
    assert (added.name, added.parent) == ("Newer", None)
    assert [each.history_user for each in added.history.all()] == [hr, hr]


def test_a_unit_cannot_be_put_below_itself(client: Client, hr: User, organisation: Organisation, unit: Unit) -> None:
    below = UnitFactory(organisation=organisation, parent=unit)
    lowest = UnitFactory(organisation=organisation, parent=below)
    for parent in (unit, below, lowest):
        with pytest.raises(units.UnitInsideItselfError):
            units.unit_change(unit=Unit.objects.get(pk=unit.pk), name=unit.name, parent=parent)
    client.force_login(hr)
    address = f"/organisations/{organisation.bin}/units/{unit.pk}/"
    response = client.post(address, {"name": "typed", "parent": lowest.pk})
    assert "A unit cannot be put into itself" in _words(response)
    assert 'value="typed"' in response.content.decode(), "what was typed is kept"
    assert Unit.objects.get(pk=unit.pk).parent is None


def test_a_parent_from_elsewhere_is_refused(organisation: Organisation, unit: Unit) -> None:
    with pytest.raises(units.UnitFromElsewhereError):
        units.unit_change(unit=unit, name=unit.name, parent=UnitFactory())
    with translation.override("en"):
        assert "another organisation" in str(units.UnitFromElsewhereError())


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 301}, "at most 300 characters"),
        ({"name": "x", "parent": "999999"}, "Select a valid choice"),
        ({"name": "x", "parent": "zzz"}, "Select a valid choice"),
        ({"name": "Үйде күтім көрсету бөлімі"}, "has a unit with this name already"),
    ],
)
def test_a_bad_unit_is_told_at_the_field(
    told: dict[str, str], problem: str, client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    client.force_login(hr)
    response = client.post(f"/organisations/{organisation.bin}/units/add/", told)
    assert problem in _words(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert Unit.objects.count() == 1


def test_only_an_empty_unit_is_deleted(client: Client, hr: User, organisation: Organisation, unit: Unit) -> None:
    UnitFactory(organisation=organisation, parent=unit)
    GrantFactory(organisation=organisation, unit=unit, role=Role.MANAGER)
    for _each in range(2):
        EmployeeFactory(organisation=organisation, unit=unit)
    with pytest.raises(units.UnitNotEmptyError) as refused:
        units.unit_delete(unit=unit)
    assert (refused.value.people, refused.value.units, refused.value.rights) == (2, 1, 1)
    client.force_login(hr)
    response = client.post(f"/organisations/{organisation.bin}/units/{unit.pk}/delete/", follow=True)
    assert "Employees in it: 2. Transfer them to another unit first." in _words(response)
    assert "Units below it: 1. Move or delete them first." in _words(response)
    assert "Rights and invitations that name it: 1." in _words(response)


def test_who_has_left_does_not_keep_a_unit_and_keeps_her_history(
    client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    left = EmployeeFactory(organisation=organisation, unit=unit, employed_until=date(2024, 1, 1))
    client.force_login(hr)
    client.post(f"/organisations/{organisation.bin}/units/{unit.pk}/delete/")
    assert not Unit.objects.exists()
    left.refresh_from_db()
    assert (left.unit, left.version) == (None, 2)
    assert left.history.count() == 2


def test_the_head_is_found_by_a_folded_name_and_set(
    client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    head = EmployeeFactory(organisation=organisation, last_name="Әбдіқалықова", personnel_number="4711")
    EmployeeFactory(organisation=organisation, last_name="Ахметов", personnel_number="4712")
    EmployeeFactory(last_name="Әбдіқалықова", personnel_number="other")
    client.force_login(hr)
    address = f"/organisations/{organisation.bin}/units/{unit.pk}/head/"
    for words in ("айгул абдик", "4711"):
        page = _words(client.get(address, {"q": words}))
        fragment = client.get(address, {"q": words}, headers={"HX-Request": "true"})
        for found in (page, _words(fragment)):
            assert "4711" in found
            assert "4712" not in found
            assert "other" not in found
        assert "<html" not in fragment.content.decode()
    assert "Nobody in service has such a name" in _words(client.get(address, {"q": "zzz"}))
    client.post(address, {"head": head.pk})
    unit.refresh_from_db()
    assert unit.head == head
    client.post(address, {"head": ""})
    unit.refresh_from_db()
    assert unit.head is None


def test_a_head_from_elsewhere_or_gone_is_refused(
    client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    gone = EmployeeFactory(organisation=organisation, employed_until=date(2024, 1, 1))
    client.force_login(hr)
    address = f"/organisations/{organisation.bin}/units/{unit.pk}/head/"
    for wrong in (str(EmployeeFactory().pk), str(gone.pk), "x", "0"):
        assert "is not in service in the organisation" in _words(client.post(address, {"head": wrong}, follow=True))
    unit.refresh_from_db()
    assert unit.head is None


def test_names_and_sphere_are_changed_and_verdicts_follow_the_sphere(
    client: Client, hr: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(changes, "_listeners", [told.append])
    employee = EmployeeFactory(organisation=organisation)
    client.force_login(hr)
    address = f"/organisations/{organisation.bin}/names/"
    assert "This field is required." in _words(client.post(address, {"name_kk": "", "sphere": "culture"}))
    assert "Select a valid choice" in _words(client.post(address, {"name_kk": "Ж", "sphere": "x"}))
    told.clear()
    client.post(address, {"name_kk": "Жаңа", "name_ru": "Новая", "sphere": "social_protection"})
    assert told == []
    client.post(address, {"name_kk": "Жаңа", "name_ru": "Новая", "sphere": "culture"})
    assert told == [[employee.pk]]
    organisation.refresh_from_db()
    assert (organisation.name_kk, organisation.name_ru, organisation.sphere) == ("Жаңа", "Новая", "culture")
