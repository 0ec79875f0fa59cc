"""Every refusal, remark and missed deadline of the procedure has words, with the clause that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from attestation.cycle import Actor, Caution, Lack, Missed, Note, Refusal, Step, Task
from attestation.cycle_services import (
    AlreadyDecidedError,
    MemberActedError,
    NotYourPartError,
    OpenRulesError,
    StaleCycleError,
)
from attestation.cycle_stages import StageCode, Standing
from attestation.cycle_words import stage_words, standing_words
from attestation.move_words import actor_words, task_words
from attestation.refusal_words import caution_words, missed_words, open_rules_words, refusal_words, step_words, told
from tests.procedure import regime


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("code", list(Lack), ids=str)
def test_every_refusal_is_said_in_a_sentence_without_its_code(code: Lack) -> None:
    words = told(Refusal(code), None).words
    assert words.endswith((".", "?"))
    assert " " in words
    assert "_" not in words


def test_no_two_refusals_are_said_alike() -> None:
    words = [told(Refusal(code), None).words for code in Lack]
    assert len(set(words)) == len(words)


def test_a_refusal_names_its_clause_its_figures_and_its_day() -> None:
    rules = regime("b")
    few = Refusal(Lack.TOO_FEW_MEMBERS, "least_members", needed=7, found=5)
    assert str(told(few, rules)) == (
        "The commission has too few members. Name more of them. Needed: 7; there are: 5. (clause 17)"
    )
    early = Refusal(Lack.BEFORE_START, "notice_months", day=date(2026, 4, 1))
    assert refusal_words(early, rules).endswith("Choose a later day. Possible from: 01.04.2026. (clause 10)")
    labour = Refusal(Lack.NO_REPRESENTATIVE, "employees_representative_for_dismissal")
    assert told(labour, rules).clause == "Labour Code, art. 53(3)"
    left = Refusal(Lack.CASE_NOT_CLOSED, found=3)
    assert refusal_words(left, rules).endswith("How many: 3.")
    assert told(Refusal(Lack.NO_CHAIR), rules).clause == ""


def test_a_repeated_attestation_that_is_too_early_says_so() -> None:
    repeated = Refusal(Lack.TOO_EARLY, "repeat_after_months", day=date(2026, 7, 1))
    assert "repeated attestation" in refusal_words(repeated, regime("a"))
    assert "repeated attestation" not in refusal_words(Refusal(Lack.TOO_EARLY, day=date(2026, 7, 1)), regime("a"))


def test_open_rules_are_told_by_their_names() -> None:
    assert told(Refusal(Lack.RULE_OPEN, "quorum"), regime("c")).words == (
        "The organisation has to settle this rule first: «Part of the commission that must be present»."
    )
    one, two = OpenRulesError(("quorum",)), OpenRulesError(("quorum", "tie"))
    assert "a rule is still to be settled by the organisation: «Part of the commission" in open_rules_words(one)
    assert "2 rules are still to be settled" in open_rules_words(two)
    assert refusal_words(two).endswith("«Part of the commission that must be present»; «What a tie means».")


def test_whatever_a_service_raises_is_told_and_anything_else_is_raised_again() -> None:
    assert refusal_words(StaleCycleError()) == str(StaleCycleError())
    assert "rights" in refusal_words(NotYourPartError())
    assert refusal_words(AlreadyDecidedError(date(2026, 4, 1))) == str(AlreadyDecidedError(date(2026, 4, 1)))
    assert refusal_words(ValidationError("Not so.")) == "Not so."
    assert refusal_words(PermissionDenied("Not here.")) == "Not here."
    with pytest.raises(ZeroDivisionError):
        refusal_words(ZeroDivisionError())
    assert "stays in the commission" in refusal_words(MemberActedError())


@pytest.mark.parametrize("code", list(Note), ids=str)
def test_every_remark_for_the_minutes_has_words(code: Note) -> None:
    assert caution_words(Caution(code=code), None).words.endswith(".")


def test_a_missed_deadline_is_told_with_both_days() -> None:
    rules, step = regime("a"), Step.NOTICE
    late = Missed(code=step, rule="notice_months", deadline=date(2026, 3, 1), happened=date(2026, 3, 5))
    assert str(missed_words(late, rules)) == (
        "Late – notice of the attestation; last day: 01.03.2026, done on: 05.03.2026. (clause 13)"
    )
    never = Missed(code=step, rule="notice_months", deadline=date(2026, 3, 1))
    assert missed_words(never, None).words == "Late – notice of the attestation; last day: 01.03.2026, not done."
    assert all(step_words(each) for each in Step)


def test_every_stage_actor_and_task_has_words() -> None:
    for words in (
        [stage_words(code) for code in StageCode],
        [standing_words(standing) for standing in Standing],
        [actor_words(actor) for actor in Actor],
        [task_words(task) for task in Task],
    ):
        assert len(set(words)) == len(words)
        assert all(words)
