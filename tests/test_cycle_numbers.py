"""Two people at one thing at the same moment: one of them does it, the other is told; numbers run without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from attestation.cycle_services import paper_register
from attestation.models import Paper, PaperCounter
from employees.models import Organisation, User
from tests.scratch import run, scratch_database

#: They use no database of this process; the mark lets them run while the norms are still there.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def found(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Let the processes loose once, before a copy of the test database."""
    with (
        django_db_blocker.unblock(),
        scratch_database(tmp_path_factory.mktemp("numbers")) as address,
    ):
        yield run("tests.cycle_processes", "deciding", "approving", "sheets", "numbers", address=address)


def test_of_two_secretaries_who_decide_at_once_one_decides_and_the_other_hears_when(found: dict[str, Any]) -> None:
    told = found["deciding"]
    assert told["answers"] == [["already on 2026-04-01", "decided"]] * 4
    assert told["states"] == ["decided"] * 4
    assert told["rows"] == 4


def test_a_decision_is_approved_once_however_many_approve_it_at_once(found: dict[str, Any]) -> None:
    assert found["approving"] == {"answers": ["approved", "stale", "stale"], "awards": 1}


def test_a_member_has_one_sheet_from_however_many_windows(found: dict[str, Any]) -> None:
    assert found["sheets"] == {"answers": ["stale", "stale", "submitted"], "sheets": 1}


def test_eight_processes_at_once_leave_no_gap_and_no_number_twice(found: dict[str, Any]) -> None:
    told = found["numbers"]
    given = sorted(number for each in told["given"] for number in each)
    assert given == list(range(1, 33))
    assert all(len(each) == 4 for each in told["given"])


def test_one_subject_has_one_number_from_however_many_processes(found: dict[str, Any]) -> None:
    told = found["numbers"]
    assert told["same"] == [33] * 8
    assert (told["last"], told["rows"]) == (33, 33)


def _registered(organisation: Organisation, user: User, **told: Any) -> Paper:
    return paper_register(
        **{
            "organisation": organisation,
            "kind": "notice",
            "subject": "case:1",
            "on": date(2026, 12, 31),
            "user": user,
            **told,
        }
    )


def test_asked_again_the_same_paper_is_given(organisation: Organisation, hr: User) -> None:
    first = _registered(organisation, hr)
    assert _registered(organisation, hr, on=date(2027, 1, 1)) == first
    assert (first.number, first.year) == (1, 2026)
    assert PaperCounter.objects.get().last == 1


def test_kinds_years_and_organisations_are_counted_apart(
    organisation: Organisation, other_organisation: Organisation, hr: User
) -> None:
    numbers = [
        _registered(organisation, hr).number,
        _registered(organisation, hr, subject="case:2").number,
        _registered(organisation, hr, kind="sheet").number,
        _registered(organisation, hr, subject="case:3", on=date(2027, 1, 1)).number,
        _registered(other_organisation, hr, subject="case:4").number,
    ]
    assert numbers == [1, 2, 1, 1, 1]


def test_what_a_paper_says_is_kept_when_it_is_first_told_and_never_changes(
    organisation: Organisation, hr: User
) -> None:
    paper = _registered(organisation, hr)
    assert paper.data == {}
    assert _registered(organisation, hr, data={"name": "Айгүл"}).data == {"name": "Айгүл"}
    assert _registered(organisation, hr, data={"name": "Басқа"}).data == {"name": "Айгүл"}
    paper.refresh_from_db()
    assert (paper.number, paper.data) == (1, {"name": "Айгүл"})
