"""What happens at a sitting: presence, interviews, missed sittings, minutes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from attestation.codes import CaseState
from attestation.cycle import (
    CaseFacts,
    CycleState,
    Lack,
    Missed,
    Refusal,
    SittingAction,
    SittingFacts,
    SittingState,
    Step,
    check_sitting_move,
    led_with_quorum,
    minutes_due,
)
from attestation.cycle_rows import CycleRules, read_cases, read_rules, read_sitting
from attestation.cycle_services.awarding import settle
from attestation.cycle_services.editing import (
    case_taken,
    cycle_held,
    kept,
    missed_data,
    not_before,
    require,
    sitting_held_of,
    sitting_taken,
    with_warnings,
)
from attestation.cycle_services.numbering import paper_of_sitting
from attestation.models import Attendance, Case, CommissionMember, Sitting
from attestation.papers.data import data_kept
from attestation.working_days import is_working_day
from employees.models import User


@transaction.atomic
def sitting_open(
    *, sitting: Sitting, version: int, present: Collection[int], acting_chair: int | None = None, user: User, on: date
) -> Sitting:
    """Open a sitting on its day with the members present (by number). Raises Refusal, without a quorum for one."""
    require(user, sitting.cycle, "keep_minutes")
    found = sitting_taken(sitting, version)
    not_before(on, found.held_on)
    rules = read_rules(found.cycle)
    facts = replace(read_sitting(found), present=frozenset(present), acting_chair=acting_chair)
    found.state = check_sitting_move(
        SittingAction.OPEN, facts, cases=_cases(found), cycle=rules.cycle, regime=rules.regime
    )
    _seat(found, rules, present, acting_chair)
    return kept(found, user=user, reason="open")


@transaction.atomic
def sitting_presence(
    *, sitting: Sitting, version: int, present: Collection[int], acting_chair: int | None = None, user: User, on: date
) -> Sitting:
    """Correct who is present at a sitting that goes on; it stays one with a quorum. Raises Refusal.

    Votes that were given already stay: who has voted was there.
    """
    require(user, sitting.cycle, "keep_minutes")
    found = sitting_taken(sitting, version)
    if found.state != SittingState.OPEN:
        raise Refusal(Lack.SITTING_NOT_OPEN)
    rules = read_rules(found.cycle)
    facts = replace(read_sitting(found), present=frozenset(present), acting_chair=acting_chair)
    for fault in led_with_quorum(facts, rules.cycle, rules.regime):
        raise fault
    voted = {vote.member for case in _cases(found) for vote in case.votes}
    if voted - set(present):
        raise Refusal(Lack.NOT_PRESENT)
    _seat(found, rules, present, acting_chair)
    return kept(found, user=user, reason="presence")


def _seat(sitting: Sitting, rules: CycleRules, present: Collection[int], acting_chair: int | None) -> None:
    """Write down who of the commission is present; the duties of a chair who is there pass to nobody."""
    rows = [
        Attendance(sitting=sitting, member_id=member.key, present=member.key in present)
        for member in rules.cycle.members
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sitting", "member"], update_fields=["present"]
    )
    chairs = CommissionMember.objects.filter(cycle=sitting.cycle_id, role="chair", pk__in=present).order_by("pk")
    sitting.acting_chair_id = None if chairs.exists() else acting_chair


def _cases(sitting: Sitting) -> Sequence[CaseFacts]:
    return list(read_cases(list(Case.objects.filter(sitting=sitting).order_by("pk"))).values())


@transaction.atomic
def case_interview(
    *, case: Case, version: int, questions: str, remarks: str, opinion: str, user: User, on: date
) -> Case:
    """Write down the interview: questions and answers, remarks of the members, the person's opinion.

    It can be written down until the minutes are signed. Raises Refusal.
    """
    require(user, case.cycle, "keep_minutes")
    sitting = sitting_held_of(case)
    found = case_taken(case, version)
    if found.state not in (CaseState.LISTED, CaseState.DECIDED):
        raise Refusal(Lack.WRONG_STATE)
    if sitting is None or found.sitting_id != sitting.pk:
        raise Refusal(Lack.NO_SITTING)
    if sitting.state == SittingState.SIGNED:
        raise Refusal(Lack.MINUTES_SIGNED)
    if sitting.state not in (SittingState.OPEN, SittingState.HELD):
        raise Refusal(Lack.SITTING_NOT_OPEN)
    found.interview, found.remarks, found.opinion = questions.strip(), remarks.strip(), opinion.strip()
    return kept(found, user=user, reason="interview")


@transaction.atomic
def sitting_close(*, sitting: Sitting, version: int, user: User, on: date) -> Sitting:
    """End a sitting: every case before it is decided, or its person missed it. Raises Refusal."""
    return _moved(sitting, version, SittingAction.HOLD, user)


@transaction.atomic
def sitting_reopen(*, sitting: Sitting, version: int, user: User, on: date) -> Sitting:
    """Go on with a sitting whose minutes are not signed yet. Raises Refusal."""
    return _moved(sitting, version, SittingAction.REOPEN, user)


def _moved(sitting: Sitting, version: int, action: SittingAction, user: User) -> Sitting:
    require(user, sitting.cycle, "keep_minutes")
    found = sitting_taken(sitting, version)
    rules = read_rules(found.cycle)
    if found.cycle.state != CycleState.APPROVED:
        raise Refusal(Lack.CYCLE_NOT_APPROVED)
    found.state = check_sitting_move(
        action, read_sitting(found), cases=_cases(found), cycle=rules.cycle, regime=rules.regime
    )
    return kept(found, user=user, reason=str(action))


@transaction.atomic
def minutes_sign(*, sitting: Sitting, version: int, user: User, on: date) -> Sitting:
    """Note that the minutes were signed on the day; they get their number here, and lateness is written down.

    Where the rule-set asks for no approval by the head, what was decided goes on record with it. Raises Refusal.
    """
    require(user, sitting.cycle, "keep_minutes")
    cycle_held(sitting.cycle_id)
    found = sitting_taken(sitting, version)
    not_before(on, found.held_on)
    rules = read_rules(found.cycle)
    if found.cycle.state != CycleState.APPROVED:
        raise Refusal(Lack.CYCLE_NOT_APPROVED)
    facts = read_sitting(found)
    found.state = check_sitting_move(
        SittingAction.SIGN, facts, cases=_cases(found), cycle=rules.cycle, regime=rules.regime
    )
    found.minutes_signed_on = on
    found.warnings = with_warnings(found.warnings, *_late_minutes(facts, rules, on))
    kept(found, user=user, reason="sign")
    paper = paper_of_sitting(found, on=on, user=user)
    if not rules.regime.yes("approval_by_head"):
        rows = Case.objects.select_for_update(of=("self",)).filter(sitting=found, state=CaseState.DECIDED)
        decided = list(rows.select_related("position").order_by("pk"))
        settle(decided, rules.regime, order_number=str(paper.number), user=user)
        for case in decided:
            case.version += 1
            kept(case, user=user, reason="sign")
    data_kept(paper, today=on)
    return found


def _late_minutes(sitting: SittingFacts, rules: CycleRules, on: date) -> list[dict[str, object]]:
    until = minutes_due(sitting.held_on, rules.regime, is_working_day)
    if until is None or on <= until:
        return []
    late = Missed(code=Step.MINUTES, rule="minutes_working_days", deadline=until, happened=on)
    return [missed_data(late, rules.regime)]
