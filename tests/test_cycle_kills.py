"""A process that dies in the middle of signing, approving or closing leaves nothing half-done, and no number lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.scratch import run, scratch_database

#: They use no database of this process; the mark lets them run while the norms are still there.
pytestmark = pytest.mark.django_db

SCENARIOS = ("dying_at_the_minutes", "dying_at_the_approval", "dying_at_the_end")


@pytest.fixture(scope="module")
def found(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Let the processes die once, before a copy of the test database."""
    with (
        django_db_blocker.unblock(),
        scratch_database(tmp_path_factory.mktemp("kills")) as address,
    ):
        yield run("tests.cycle_processes", *SCENARIOS, address=address)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whoever_dies_half_way_leaves_no_trace_and_the_next_one_completes_it(
    found: dict[str, Any], scenario: str
) -> None:
    told = found[scenario]
    assert len(told["chosen"]) == 20
    assert told["died"] == told["chosen"]
    assert told["traces"] == []
    assert told["changed"]
    assert (told["awards"], told["records"]) == (2, 2)


def test_every_paper_has_its_number_and_every_counter_stands_at_the_last(found: dict[str, Any]) -> None:
    assert found["dying_at_the_minutes"]["papers"] == [["minutes", 1], ["order", 1]]
    assert found["dying_at_the_approval"]["papers"] == [["minutes", 1], ["order", 1], ["results_order", 1]]
    assert found["dying_at_the_end"]["papers"] == [["minutes", 1], ["order", 1], ["results_order", 1]]
    for scenario in SCENARIOS:
        assert found[scenario]["counters"] == found[scenario]["papers"]
    assert found["dying_at_the_end"]["state"] == "closed"
