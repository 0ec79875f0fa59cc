"""A person who missed a sitting, and what the rule-set ties to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from attestation.cycle import (
    Absent,
    After,
    CaseAction,
    CaseFacts,
    Caution,
    Consequence,
    Decision,
    Lack,
    Protection,
    Refusal,
    SittingFacts,
    check_case_move,
    check_dismissal,
    check_representative,
    consequence,
    earliest_repeat,
    protection,
    quorum_of,
)
from attestation.cycle_rows import CycleRules, read_case, read_rules, read_sitting
from attestation.cycle_services.editing import (
    case_taken,
    caution_data,
    kept,
    require,
    sitting_held,
    with_warnings,
)
from attestation.models import Case, MissedSitting, Sitting
from employees.models import Employee, User
from employees.selectors import read_people


@transaction.atomic
def case_missed(
    *, case: Case, version: int, reason: str, words: str = "", to: Sitting | None = None, user: User, on: date
) -> Case:
    """Note that the person missed the sitting, with what the rule-set ties to it.

    A postponed case goes before the sitting `to`, or waits for one. Where absence leads to a repeated attestation or to
    a recommendation for dismissal, the case is decided with it; one whom the Code protects from dismissal waits for
    another sitting instead. Raises Refusal.
    """
    require(user, case.cycle, "keep_minutes")
    sitting, other = _sittings(case, to)
    found = case_taken(case, version)
    rules = read_rules(found.cycle)
    facts, told = read_sitting(sitting), read_case(found)
    check_case_move(CaseAction.MISS, told, cycle=rules.cycle, regime=rules.regime, sitting=facts)
    follows = consequence(reason, told.missed, rules.regime, told.kind)
    row = MissedSitting(case=found, sitting=sitting, reason=reason, words=words.strip(), valid=follows.valid)
    kept(row, user=user, reason="miss")
    absent = Absent(reason=reason, valid=follows.valid, sitting=sitting.pk)
    told = replace(told, missed=(*told.missed, absent))
    dismissal = follows.kind == After.DISMISSAL_RECOMMENDED and not _is_protected(found, facts, rules)
    if dismissal or follows.kind == After.REPEATED:
        _decide(found, told, facts, rules, user, follows)
    else:
        _postpone(found, told, rules, other)
    return kept(found, user=user, reason="miss")


def _sittings(case: Case, to: Sitting | None) -> tuple[Sitting, Sitting | None]:
    """Hold the sitting that was missed and the one to which the case is moved, in one order for everybody."""
    missed = Sitting.objects.filter(cases=case.pk).order_by("pk").values_list("pk", flat=True).first()
    if missed is None:
        raise Refusal(Lack.NO_SITTING)
    held = {number: sitting_held(number) for number in sorted({missed, *([to.pk] if to else [])})}
    other = held[to.pk] if to else None
    if other is not None and other.cycle_id != case.cycle_id:
        raise Refusal(Lack.NO_SITTING)
    return held[missed], other


def _postpone(case: Case, told: CaseFacts, rules: CycleRules, to: Sitting | None) -> None:
    if to is not None:
        check_case_move(CaseAction.PUT_BEFORE, told, cycle=rules.cycle, regime=rules.regime, sitting=read_sitting(to))
    case.sitting = to


def _is_protected(case: Case, sitting: SittingFacts, rules: CycleRules) -> bool:
    """Tell whether the Code protects her from dismissal, and note it; what HR has to say first is refused."""
    person = read_people(Employee.objects.filter(pk=case.employee_id))[0]
    found = protection(
        "",
        sitting.held_on,
        birth_date=case.employee.birth_date,
        near_pension=case.near_pension,
        absences=person.facts.absences,
        regime=rules.regime,
    )
    try:
        check_dismissal("", found, absent_to_dismissal=True)
    except Refusal as refusal:
        if refusal.code != Lack.PROTECTED:
            raise
        _warn(case, rules, *_known(found))
        return True
    return False


def _known(protections: tuple[Protection, ...]) -> list[Caution]:
    return [each.caution for each in protections if each.known]


def _decide(
    case: Case, told: CaseFacts, sitting: SittingFacts, rules: CycleRules, user: User, follows: Consequence
) -> None:
    """Put down what follows from absence; there are no votes on the person herself."""
    case.state = check_case_move(
        CaseAction.DECIDE_BY_ABSENCE, told, cycle=rules.cycle, regime=rules.regime, sitting=sitting
    )
    dismissal = follows.kind == After.DISMISSAL_RECOMMENDED
    cautions = check_representative("", rules.cycle.members, sitting.present, rules.regime, dismissal=dismissal)
    case.decision = "" if dismissal else Decision.REPEATED
    case.recommended_for_dismissal = dismissal
    case.repeat_from = None if dismissal else earliest_repeat(sitting.held_on, rules.regime)
    case.decided_on, case.decided_by = sitting.held_on, user
    case.members_present = quorum_of(sitting.present, rules.cycle.members, rules.regime).present
    _warn(case, rules, *cautions)


def _warn(case: Case, rules: CycleRules, *cautions: Caution) -> None:
    case.warnings = with_warnings(case.warnings, *(caution_data(each, rules.regime) for each in cautions))
