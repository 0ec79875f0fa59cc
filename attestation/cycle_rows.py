"""From rows to facts: what the pure rules of the procedure need to know of a cycle, its sittings and its cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from attestation import cycle as rules
from attestation.codes import CaseState, PaperKind
from attestation.models import (
    Attendance,
    Case,
    CommissionMember,
    Cycle,
    EvaluationSheet,
    MissedSitting,
    Paper,
    Sitting,
)
from attestation.regime_selectors import regime_of
from attestation.regimes import Regime
from positions.norm_selectors import read_norms
from positions.rules import Norms


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRules:
    """The rule-set that a cycle keeps, with the cycle and its commission as facts."""

    regime: Regime
    cycle: rules.CycleFacts


def regime_in(cycle: Cycle) -> Regime:
    """Give the rule-set that a cycle keeps since it opened (no query where the cycle was read with its rule-set)."""
    row = cycle.regime
    return regime_of(cycle.rules, code=row.code, valid_from=row.valid_from, valid_until=row.valid_until)


def read_rules(cycle: Cycle) -> CycleRules:
    """Read the rule-set and the commission of a cycle (1 query)."""
    members = CommissionMember.objects.filter(cycle=cycle).order_by("order", "pk")
    return rules_with(cycle, list(members))


def rules_with(cycle: Cycle, members: Iterable[CommissionMember]) -> CycleRules:
    """Give the rule-set of a cycle with its commission in hand (no query)."""
    facts = rules.CycleFacts(
        state=cycle.state,
        starts_on=cycle.starts_on,
        order_on=cycle.order_on,
        members=tuple(member_facts(member) for member in members),
    )
    return CycleRules(regime=regime_in(cycle), cycle=facts)


def member_facts(member: CommissionMember) -> rules.Member:
    """Give a member of a commission as a fact."""
    return rules.Member(
        key=member.pk,
        role=member.role,
        employee=member.employee_id,
        user=member.user_id,
        name=member.name,
        post=member.post,
        represents_employees=member.represents_employees,
    )


def read_sitting(sitting: Sitting) -> rules.SittingFacts:
    """Read a sitting with those present (1 query)."""
    return read_sittings([sitting])[sitting.pk]


def read_sittings(sittings: Sequence[Sitting]) -> dict[int, rules.SittingFacts]:
    """Read sittings with those present (1 query)."""
    present: dict[int, set[int]] = defaultdict(set)
    rows = Attendance.objects.filter(sitting__in=[each.pk for each in sittings], present=True)
    for sitting, member in rows.order_by("pk").values_list("sitting", "member"):
        present[sitting].add(member)
    return {
        each.pk: rules.SittingFacts(
            key=each.pk,
            state=each.state,
            held_on=each.held_on,
            present=frozenset(present[each.pk]),
            acting_chair=each.acting_chair_id,
            minutes_signed_on=each.minutes_signed_on,
        )
        for each in sittings
    }


def read_case(case: Case, *, norms: Norms | None = None, on: date | None = None) -> rules.CaseFacts:
    """Read what happened in a case (5 queries); with norms also whether the post has categories on a day."""
    return read_cases([case], norms=norms, on=on)[case.pk]


def read_case_with_norms(case: Case, *, on: date) -> rules.CaseFacts:
    """Read what happened in a case and whether its post has categories on the day (9 queries)."""
    return read_case(case, norms=read_norms(), on=on)


def read_cases(
    cases: Sequence[Case], *, norms: Norms | None = None, on: date | None = None
) -> dict[int, rules.CaseFacts]:
    """Read what happened in cases (5 queries; their positions must be in hand where norms are told)."""
    keys = [case.pk for case in cases]
    first = _first_cases(cases)
    missed = _missed([*keys, *first])
    votes = _votes(keys)
    live = Case.objects.filter(repeats__in=keys).exclude(state=CaseState.CANCELLED)
    repeated = set(live.order_by("pk").values_list("repeats", flat=True))
    papers = Paper.objects.filter(kind=PaperKind.CERTIFICATE, case__in=keys)
    certified = set(papers.order_by("pk").values_list("case", flat=True))
    found = {}
    for case in cases:
        before = first.get(case.repeats_id or 0)
        found[case.pk] = rules.CaseFacts(
            **_own(case),
            has_categories=norms is not None and on is not None and has_categories(norms, case.position.code, on=on),
            first_on=before.decided_on if before and before.state != CaseState.CANCELLED else None,
            missed=(*_earlier(before, missed), *missed[case.pk]),
            votes=tuple(votes[case.pk]),
            has_repeat=case.pk in repeated,
            certificate_issued=case.pk in certified,
        )
    return found


def has_categories(norms: Norms, position: str, *, on: date) -> bool:
    """Tell whether the text of a position in force on a day prints categories."""
    edition = norms.text(position, on)
    return edition is not None and edition.has_categories


def _own(case: Case) -> dict[str, Any]:
    """Give the facts that stand in the case itself, by their common names."""
    same = (
        "state kind due_on applied_on notified_on characteristic_requested_on characteristic_on acquainted_on "
        "objection_on tested_on test_passed decision category_decision recommended_for_dismissal decided_on "
        "approved_on result_acquainted_on refusal_on repeat_from"
    )
    told = {name: getattr(case, name) for name in same.split()}
    return {"key": case.pk, "employee": case.employee_id, "sitting": case.sitting_id, **told}


def _first_cases(cases: Sequence[Case]) -> dict[int, Case]:
    """Give the cases that these repeat (1 query)."""
    rows = Case.objects.filter(pk__in=[case.repeats_id for case in cases if case.repeats_id])
    return {row.pk: row for row in rows.only("state", "decided_on").order_by("pk")}


def _missed(keys: Sequence[int]) -> Mapping[int, list[rules.Absent]]:
    found: dict[int, list[rules.Absent]] = defaultdict(list)
    for row in MissedSitting.objects.filter(case__in=keys).order_by("sitting__held_on", "pk"):
        found[row.case_id].append(rules.Absent(reason=row.reason, valid=row.valid, sitting=row.sitting_id))
    return found


def _earlier(before: Case | None, missed: Mapping[int, list[rules.Absent]]) -> list[rules.Absent]:
    """Give what was missed in the case that this one repeats; one that was cancelled counts for nothing."""
    rows = missed.get(before.pk, []) if before and before.state != CaseState.CANCELLED else []
    return [rules.Absent(reason=row.reason, valid=row.valid, sitting=row.sitting, in_this_case=False) for row in rows]


def _votes(keys: Sequence[int]) -> Mapping[int, list[rules.Vote]]:
    found: dict[int, list[rules.Vote]] = defaultdict(list)
    for row in EvaluationSheet.objects.filter(case__in=keys).order_by("member", "pk"):
        found[row.case_id].append(
            rules.Vote(
                member=row.member_id,
                decision=row.decision,
                mark=row.mark,
                category_decision=row.category_decision,
                level=row.level,
                category=row.category,
            )
        )
    return found
