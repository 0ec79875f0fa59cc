"""The attestations of a person on her page: what is due next and why, what is on record, and entering from papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from attestation.models import AttestationRecord, StoredVerdict
from employees.models import User
from tests import cycles
from tests.browsing import as_user, readers, words
from tests.cycles import GENERAL, NO_GROUNDS, SECOND, Scene, fresh

pytestmark = pytest.mark.django_db

HELD = {"held_on": "2021-05-12", "kind": "regular", "decision": "fits", "order_number": "7-қ"}


@pytest.fixture
def here() -> Scene:
    """An organisation that follows the general rules, with one person in service since February 2020."""
    return cycles.scene(GENERAL)


def page(user: User, here: Scene, query: str = "") -> str:
    """Give the page of the person."""
    return words(as_user(user).get(reverse("employee", args=[here.people[0].pk]) + query))


def enter(user: User, here: Scene, **told: str) -> Any:
    """Send the form of an earlier attestation."""
    return as_user(user).post(reverse("employee_attestation_new", args=[here.people[0].pk]), {**HELD, **told})


def test_the_next_attestation_stands_with_its_day_its_reason_and_the_clause(here: Scene) -> None:
    shown = page(here.hr, here, "?on=2022-06-01")
    assert "<strong>01.02.2023</strong>, " in shown
    assert "not due yet" in shown
    assert "Counted from the first day of service; no earlier attestation is on record." in shown
    assert "(clause 8)" in shown
    assert "No attestation is on record." in shown
    assert "overdue" in page(here.hr, here)


def test_without_a_rule_set_it_says_what_to_do(here: Scene) -> None:
    here.organisation.regime_choices.all().delete()
    assert "The organisation follows no rule-set for this post. Choose one." in page(here.hr, here)


def test_an_earlier_attestation_is_entered_and_the_next_is_counted_from_it(here: Scene) -> None:
    person = here.people[0]
    response = enter(here.hr, here, recommendations="Курстан өту")
    assert response.headers["Location"] == f"{reverse('employee', args=[person.pk])}#attestations"
    record = AttestationRecord.objects.get(employee=person)
    assert (record.held_on, record.decision, record.case) == (date(2021, 5, 12), "fits", None)
    assert record.history.get().history_user == here.hr
    shown = page(here.hr, here)
    assert "Counted from the last attestation." in shown
    assert "<strong>12.05.2024</strong>" in shown
    assert "from papers" in shown
    assert StoredVerdict.objects.get(employee=person).due_on == date(2024, 5, 12), "what lists show follows at once"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"held_on": ""}, "held_on"),
        ({"held_on": "2020-01-31"}, "held_on"),
        ({"decision": ""}, "decision"),
        ({"kind": "other"}, "kind"),
        ({"order_number": "1" * 61}, "order_number"),
    ],
    ids=["no day", "before service", "no decision", "no such kind", "long number"],
)
def test_what_is_wrong_is_said_beside_its_field(here: Scene, told: dict[str, str], field: str) -> None:
    response = enter(here.hr, here, recommendations="Ұсыныс", **told)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Ұсыныс" in words(response)
    assert not AttestationRecord.objects.exists()


@pytest.mark.parametrize(("ahead", "status"), [(0, 302), (1, 422)], ids=["today", "tomorrow"])
def test_an_attestation_of_tomorrow_is_none_yet(here: Scene, ahead: int, status: int) -> None:
    told = (timezone.localdate() + timedelta(days=ahead)).isoformat()
    assert enter(here.hr, here, held_on=told).status_code == status


def test_the_same_attestation_is_entered_once(here: Scene) -> None:
    assert enter(here.hr, here).status_code == 302
    again = enter(here.hr, here)
    assert again.status_code == 422
    assert "An attestation of this day is on record already." in words(again)
    assert enter(here.hr, here, held_on="2021-05-13").status_code == 302


def test_who_may_enter_one(here: Scene) -> None:
    cycle, _sitting = cycles.approved(here, users=True)
    cast = readers(here, cycles.members_of(cycle, voting=False))
    where = reverse("employee_attestation_new", args=[here.people[0].pk])
    for who, user in cast.items():
        expected = {"hr": 200, "head": 403, "manager": 403, "secretary": 403, "auditor": 403}.get(who, 404)
        assert as_user(user).get(where).status_code == expected, who
        assert enter(user, here).status_code == (302 if expected == 200 else expected), who
    assert "Enter an earlier attestation" in page(here.hr, here)
    assert "Enter an earlier attestation" not in page(here.manager, here)


def test_an_attestation_of_a_cycle_stands_with_its_case_and_category() -> None:
    here = cycles.scene()
    _cycle, _sitting, case = cycles.decided_case(here, **SECOND)
    going_on = page(here.hr, here)
    assert reverse("case", args=[case.pk]) in going_on
    assert "decided by the commission" in going_on
    cycles.services.case_approve(case=case, version=case.version, user=here.head, on=date(2026, 4, 8))
    shown = page(here.hr, here).split('id="attestations"')[1]
    assert "Fits the post held" in shown
    assert "the second category" in shown
    assert "from papers" not in shown
    assert reverse("case", args=[case.pk]) in shown


def test_a_cancelled_attestation_stays_and_counts_no_longer() -> None:
    here = cycles.scene()
    _cycle, _sitting, case = cycles.decided_case(here, **NO_GROUNDS)
    case = cycles.services.case_approve(case=case, version=case.version, user=here.head, on=date(2026, 4, 8))
    assert "Counted from the last attestation." in page(here.hr, here)
    cycles.services.case_cancel(
        case=case, version=fresh(case).version, reason="бұзылды", user=here.head, on=date(2026, 4, 9)
    )
    shown = page(here.hr, here)
    assert "cancelled on 09.04.2026" in shown
    assert "Counted from the first day of service" in shown


def test_the_section_costs_the_same_for_any_number_of_attestations(
    here: Scene, django_assert_num_queries: Callable[..., Any]
) -> None:
    client, where = as_user(here.hr), reverse("employee", args=[here.people[0].pk])
    enter(here.hr, here)
    client.get(where)
    with django_assert_num_queries(_count(client, where)):
        for year in (2022, 2023, 2024):
            AttestationRecord.objects.bulk_create(
                [AttestationRecord(employee=here.people[0], held_on=date(year, 5, 12), decision="fits")]
            )
        client.get(where)


def _count(client: Any, where: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked) + 3  # and three records that are made meanwhile
