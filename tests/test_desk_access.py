"""Who comes to the editors' desk: editors of texts and administrators, nobody else; and who sees what of the admin."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from employees.backends import TEXT_PERMISSIONS
from employees.codes import Role
from employees.models import Organisation, User
from positions.admin import PositionAdmin
from tests.browsing import as_user, words
from tests.desk import amending, current, editor
from tests.factories import GrantFactory, UserFactory, position

pytestmark = pytest.mark.django_db

PAGES = {
    "admin:index": "none",
    "admin:app_list": "app",
    "admin:positions_position_changelist": "none",
    "admin:positions_position_add": "none",
    "admin:positions_position_change": "position",
    "admin:positions_position_history": "position",
    "admin:positions_act_changelist": "none",
    "admin:positions_act_add": "none",
    "admin:positions_chapter_changelist": "none",
    "admin:positions_draft_changelist": "none",
    "admin:positions_editionchange_changelist": "none",
    "admin:desk_position": "position",
    "admin:desk_amend": "position",
    "admin:desk_changes": "position",
    "admin:desk_withdraw": "edition",
    "admin:desk_draft": "draft",
    "admin:desk_review": "draft",
}
#: Addresses that only take posts; asked for, they say so to those who may, and nothing to others.
POSTS = {
    "admin:desk_correct": "edition",
    "admin:desk_discard": "draft",
    "admin:desk_take_note": "draft",
    "admin:desk_rung": "rung",
}
#: These lead on.
LEADING = {"admin:desk_base": "draft"}


@pytest.fixture
def addresses(organisation: Organisation) -> dict[str, str]:
    """Give the address of every page of the desk, with a draft open."""
    draft = amending(editor(organisation, "beginner")).draft
    arguments = {
        "none": [],
        "app": ["positions"],
        "position": [position().pk],
        "edition": [current("360/2.1").pk],
        "draft": [draft.pk],
        "rung": [draft.pk, 0],
    }
    return {name: reverse(name, args=arguments[what]) for name, what in {**PAGES, **POSTS, **LEADING}.items()}


def test_no_address_of_the_desk_is_without_a_row() -> None:
    from django.contrib import admin

    from positions.models import Position

    names = {f"admin:{each.name}" for each in PositionAdmin(Position, admin.site).get_urls() if each.name}
    desk = {name for name in names if name.startswith("admin:desk_")}
    assert desk == {name for name in {**PAGES, **POSTS, **LEADING} if name.startswith("admin:desk_")}


@pytest.mark.parametrize(
    ("role", "page", "post"),
    [
        (Role.TEXTS, 200, 405),
        (Role.ADMIN, 200, 405),
        (Role.HR, 403, 403),
        (Role.MANAGER, 403, 403),
        (Role.AUDITOR, 403, 403),
        (Role.SECRETARY, 403, 403),
        (None, 403, 403),
    ],
)
def test_who_may_open_the_desk(
    addresses: dict[str, str], organisation: Organisation, role: Role | None, page: int, post: int
) -> None:
    user: User = UserFactory()
    if role is not None:
        GrantFactory(user=user, organisation=organisation, role=role)
    client = as_user(user)
    assert {name: client.get(addresses[name]).status_code for name in PAGES} == dict.fromkeys(PAGES, page)
    assert {name: client.get(addresses[name]).status_code for name in POSTS} == dict.fromkeys(POSTS, post)
    assert client.get(addresses["admin:desk_base"]).status_code == (302 if page == 200 else 403)
    if page == 403:
        refused = {name: client.post(addresses[name]).status_code for name in [*PAGES, *POSTS, *LEADING]}
        assert refused == dict.fromkeys(refused, 403)


def test_a_superuser_may_open_everything(addresses: dict[str, str], admin: User) -> None:
    client = as_user(admin)
    assert {name: client.get(addresses[name]).status_code for name in PAGES} == dict.fromkeys(PAGES, 200)


def test_whoever_is_not_logged_in_is_led_to_the_log_in_of_the_product(addresses: dict[str, str]) -> None:
    for name in [*PAGES, *POSTS, *LEADING]:
        response = Client().get(addresses[name])
        assert response.status_code == 302, name
        assert "/login/" in response.headers["Location"]
    response = Client().get(reverse("admin:login"), {"next": addresses["admin:desk_draft"]})
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "drafts" in response.headers["Location"]


def test_an_editor_of_texts_finds_the_texts_in_the_admin_and_nothing_else(organisation: Organisation) -> None:
    client = as_user(editor(organisation))
    shown = words(client.get(reverse("admin:index")))
    assert reverse("admin:positions_position_changelist") in shown
    assert "/admin/employees/" not in shown
    for name in ("employees_user_changelist", "employees_organisation_changelist", "employees_unit_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403
    assert client.get(reverse("admin:employees_user_add")).status_code == 403


def test_nothing_of_the_law_is_deleted_by_anybody(admin: User, organisation: Organisation) -> None:
    for user in (admin, editor(organisation)):
        client = as_user(user)
        for name, pk in (("position", position().pk), ("act", position().chapter.act_id)):
            assert client.get(reverse(f"admin:positions_{name}_delete", args=[pk])).status_code == 403


def test_the_navigation_leads_editors_to_the_desk_and_nobody_else(organisation: Organisation, hr: User) -> None:
    address = reverse("admin:positions_position_changelist")
    assert f'href="{address}"' in words(as_user(editor(organisation)).get(reverse("positions")))
    assert f'href="{address}"' not in words(as_user(hr).get(reverse("positions")))
    assert reverse("admin:index") + '"' not in words(as_user(editor(organisation, "other")).get(reverse("positions")))


def test_the_right_means_permissions_of_the_norms_alone(organisation: Organisation, hr: User) -> None:
    texts = editor(organisation)
    assert texts.get_all_permissions() == set(TEXT_PERMISSIONS)
    assert texts.has_module_perms("positions")
    assert not texts.has_module_perms("employees")
    assert not any("delete" in permission for permission in TEXT_PERMISSIONS)
    assert hr.get_all_permissions() == set()
    texts.is_active = False
    texts.save()
    assert User.objects.get(pk=texts.pk).get_all_permissions() == set()
