"""Every case in tests/cases_cycle: a rule-set, facts of a procedure, and the answer a lawyer could sign."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from attestation import codes, cycle
from tests import procedure

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases_cycle"
KEYS = {"case", "regime", "changes", "facts", "expect", "clause"}


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in content["cases"]:
            assert case.keys() <= KEYS, case.keys() - KEYS
            name = f"{path.stem}: {case['regime']}: {case['case']}"
            found.append(pytest.param(content["ask"], content["rule"], case, id=name))
    return found


@pytest.mark.parametrize(("question", "rule", "case"), _cases())
def test_the_answer_of_the_case(question: str, rule: str, case: dict[str, Any]) -> None:
    rules = procedure.regime(case["regime"], case.get("changes"))
    if rule:
        assert rules.clause(rule) == case["clause"], "the case rests on another clause"
    assert procedure.ask(question, case["facts"], rules) == case["expect"]


def test_no_two_cases_have_one_name() -> None:
    names = [param.id for param in _cases()]
    assert len(names) == len(set(names))


def test_every_question_has_its_cases() -> None:
    asked = {yaml.safe_load(path.read_text(encoding="utf-8"))["ask"] for path in CASES.glob("*.yaml")}
    assert asked == set(procedure.QUESTIONS)


@pytest.mark.parametrize(
    "module",
    [
        "commission", "consequences", "cycle", "cycle_facts", "deadlines", "decisions", "due", "moves", "needs",
        "regimes", "transitions", "voting",
    ],
)  # fmt: skip
def test_the_rules_of_the_procedure_bring_no_django_along(module: str) -> None:
    script = f"import sys, attestation.{module}; sys.exit(any(n.split('.')[0] == 'django' for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("own", "stored"),
    [
        (cycle.Kind, codes.AttestationKind),
        (cycle.Decision, codes.Decision),
        (cycle.CategoryDecision, codes.CategoryDecision),
        (cycle.Role, codes.CommissionRole),
        (cycle.CycleState, codes.CycleState),
        (cycle.CaseState, codes.CaseState),
        (cycle.SittingState, codes.SittingState),
    ],
    ids=lambda enum: enum.__module__ + "." + enum.__name__,
)
def test_the_rules_speak_the_codes_that_are_stored(own: Any, stored: Any) -> None:
    assert [str(code) for code in own] == list(stored.values)


def test_what_is_stored_is_understood_as_it_is() -> None:
    assert cycle.case_after(codes.CaseState.LISTED, cycle.CaseAction.DECIDE) == codes.CaseState.DECIDED
    member = cycle.Member(key=1, role=codes.CommissionRole.SECRETARY)
    assert not cycle.composition([member], procedure.regime("a"))


def test_having_no_reason_is_the_stored_code_for_it() -> None:
    assert codes.MissedReason.NONE.value == cycle.NO_REASON


@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
def test_an_action_that_a_state_does_not_know_is_refused(name: str) -> None:
    rules, whole = procedure.regime(name), procedure.whole({"starts_on": date(2026, 9, 1)})
    for state in ("closed", "cancelled", "excluded", "proposed"):
        with pytest.raises(cycle.Refusal) as caught:
            cycle.check_case_move(cycle.CaseAction.DECIDE, procedure.case({"state": state}), cycle=whole, regime=rules)
        assert caught.value.code == cycle.Lack.WRONG_STATE


def test_every_action_is_in_the_tables() -> None:
    assert set(cycle.CYCLE_MOVES) == set(cycle.CycleAction)
    assert set(cycle.CASE_MOVES) == set(cycle.CaseAction)
    assert set(cycle.SITTING_MOVES) == set(cycle.SittingAction)


def test_nothing_leaves_the_state_cancelled() -> None:
    for table in (cycle.CYCLE_MOVES, cycle.CASE_MOVES, cycle.SITTING_MOVES):
        assert not any("cancelled" in states for states in table.values())


def test_a_refusal_says_nothing_of_people() -> None:
    refusal = cycle.Refusal(cycle.Lack.NO_QUORUM, "quorum", needed=5, found=4)
    assert str(refusal) == "no_quorum (quorum)"
    assert str(cycle.Refusal(cycle.Lack.OWN_CASE)) == "own_case"


def test_rules_that_the_act_leaves_open_are_told() -> None:
    assert cycle.unsettled(procedure.regime("a"), "quorum", "least_members") == ("least_members",)
    assert cycle.settled(procedure.regime("a"), "least_members") == ""


def test_nobody_votes_twice_on_a_case() -> None:
    twice = [*procedure.votes({1: "fits", 2: "fits"}), *procedure.votes({1: "fits"})]
    case = cycle.CaseFacts(employee=procedure.EMPLOYEE, votes=tuple(twice))
    with pytest.raises(cycle.Refusal) as caught:
        cycle.check_votes(procedure.commission(3), {1, 2}, case, procedure.regime("c"))
    assert caught.value.code == cycle.Lack.VOTED_TWICE
