"""What papers need to know of cases, read at once for many: votes, presence, missed sittings, minutes, rule-sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from attestation.codes import CommissionRole, PaperKind
from attestation.cycle import composition
from attestation.cycle_rows import member_facts, regime_in
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
from attestation.papers.people import iso, organisation_data, person_data
from attestation.regimes import Regime

#: The form of the sheet where a rule-set leaves it open.
_PLAIN_FORM = "general"
_CASE = (
    *("cycle__organisation", "cycle__regime", "employee__unit__head"),
    *("position", "sitting__acting_chair", "award"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBook:
    """Cases with what stands around them; everything by its number."""

    cases: Sequence[Case]
    regimes: Mapping[int, Regime]
    members: Mapping[int, list[CommissionMember]]
    present: Mapping[int, set[int]]
    sheets: Mapping[int, list[EvaluationSheet]]
    missed: Mapping[int, list[MissedSitting]]
    minutes: Mapping[int, Paper]

    def regime(self, case: Case) -> Regime:
        """Give the rule-set of a case."""
        return self.regimes[case.cycle_id]

    def member(self, cycle: int, number: int) -> CommissionMember:
        """Give a member of the commission of a cycle."""
        return next(member for member in self.members[cycle] if member.pk == number)

    def present_at(self, sitting: Sitting | None, cycle: int) -> list[CommissionMember]:
        """Give those of the commission who were present at a sitting, in the order of the commission."""
        there = self.present[sitting.pk] if sitting is not None else set()
        return [member for member in self.members[cycle] if member.pk in there]


def cases_by_name(cases: QuerySet[Case]) -> list[Case]:
    """Read cases by the names of the people, without the verdicts they keep (11 queries at most for any number)."""
    return with_people(list(cases.defer("verdict").order_by("employee__sort_key", "pk")))


def with_people(cases: list[Case]) -> list[Case]:
    """Read what cases point at, as far as it is not in hand (10 queries at most for any number of them)."""
    prefetch_related_objects(cases, *_CASE)
    return cases


def case_book(cases: Sequence[Case]) -> CaseBook:
    """Read what stands around cases (5 queries for any number of them)."""
    cycles = {case.cycle_id: case.cycle for case in cases}
    sittings = {case.sitting_id for case in cases if case.sitting_id}
    numbers = [case.pk for case in cases]
    return CaseBook(
        cases=cases,
        regimes={number: regime_in(cycle) for number, cycle in cycles.items()},
        members=_by(CommissionMember.objects.filter(cycle__in=cycles).order_by("order", "pk"), "cycle_id"),
        present=_present(sittings),
        sheets=_by(EvaluationSheet.objects.filter(case__in=numbers).order_by("member__order", "pk"), "case_id"),
        missed=_by(MissedSitting.objects.filter(case__in=numbers).order_by("sitting__held_on", "pk"), "case_id"),
        minutes={
            paper.sitting_id or 0: paper
            for paper in Paper.objects.filter(kind=PaperKind.MINUTES, sitting__in=sittings).defer("data").order_by("pk")
        },
    )


def _by(rows: Any, key: str) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _present(sittings: set[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Attendance.objects.filter(sitting__in=sittings, present=True).order_by("pk")
    for sitting, member in rows.values_list("sitting", "member"):
        found[sitting].add(member)
    return found


# ------------------------------------------------------------------------------------------- what papers have in common


def cycle_head(cycle: Cycle, regime: Regime) -> dict[str, Any]:
    """Give what every paper of a cycle begins with; `wording` is what the rule-set says instead of our phrases."""
    return {
        "form": regime.value("sheet_form") or _PLAIN_FORM,
        "wording": cycle.rules.get("wording") or {},
        "organisation": organisation_data(cycle.organisation),
        "cycle": {
            "title": cycle.title,
            "starts_on": iso(cycle.starts_on),
            "order_number": cycle.order_number,
            "order_on": iso(cycle.order_on),
            "act": cycle.rules.get("act") or {},
        },
    }


def case_head(case: Case, regime: Regime) -> dict[str, Any]:
    """Give what every paper of a case begins with: the person, the kind of attestation, the sitting."""
    return {
        **cycle_head(case.cycle, regime),
        "people": [case.employee_id],
        "person": person_data(case.employee, case.position),
        "kind": case.kind,
        "sitting": sitting_data(case.sitting),
    }


def sitting_data(sitting: Sitting | None) -> dict[str, Any] | None:
    """Give a sitting as papers name it."""
    if sitting is None:
        return None
    return {
        "number": sitting.number,
        "held_on": iso(sitting.held_on),
        "starts_at": sitting.starts_at.isoformat() if sitting.starts_at else None,
        "place": sitting.place,
    }


def commission_data(members: Sequence[CommissionMember]) -> list[dict[str, Any]]:
    """Give the commission, or those of it who were present, by role and name."""
    return [
        {
            "role": member.role,
            "name": member.name,
            "post": member.post,
            "represents_employees": member.represents_employees,
        }
        for member in members
    ]


def signers(case: Case, book: CaseBook) -> dict[str, Any]:
    """Give who signs for the commission: who led the sitting, its secretary, and the members who were present."""
    there = book.present_at(case.sitting, case.cycle_id) or book.members[case.cycle_id]
    return signers_of(there, book.members[case.cycle_id], case.sitting)


def signers_of(
    there: Sequence[CommissionMember], members: Sequence[CommissionMember], sitting: Sitting | None
) -> dict[str, Any]:
    """Give who signs of those who are there; a member who took the chair's place signs in it."""
    acting = sitting.acting_chair if sitting is not None else None
    chair = acting or next((member for member in there if member.role == CommissionRole.CHAIR), None)
    secretary = next((member for member in members if member.role == CommissionRole.SECRETARY), None)
    return {
        "acting": acting is not None,
        "chair": chair.name if chair else "",
        "secretary": secretary.name if secretary else "",
        "members": [
            member.name
            for member in there
            if member.role == CommissionRole.MEMBER and (acting is None or member.pk != acting.pk)
        ],
    }


def votes_data(case: Case, book: CaseBook) -> dict[str, Any]:
    """Give the votes as the evaluation sheets have them, by decision and by category; none before a decision."""
    sheets = book.sheets[case.pk] if case.decided_on is not None else []
    counts: dict[str, int] = defaultdict(int)
    categories: dict[tuple[str, str, str], int] = defaultdict(int)
    for sheet in sheets:
        counts[sheet.decision] += 1
        if sheet.category_decision:
            categories[(sheet.category_decision, sheet.level, sheet.category)] += 1
    told = case.votes or {}
    return {
        "counts": dict(counts),
        "voted": len(sheets),
        "tie": bool(told.get("tie")),
        "decided_by_chair": bool(told.get("decided_by_chair")),
        "categories": [
            {"decision": decision, "level": level, "category": category, "votes": count}
            for (decision, level, category), count in categories.items()
        ],
    }


def present_count(case: Case, book: CaseBook) -> int | None:
    """Give how many of the commission were present, without those who do not vote; None before a decision."""
    if case.members_present is not None or case.decided_on is None:
        return case.members_present
    facts = [member_facts(member) for member in book.present_at(case.sitting, case.cycle_id)]
    return len(composition(facts, book.regime(case))) or None


def decision_data(case: Case) -> dict[str, Any]:
    """Give what was decided in a case."""
    return {
        "mark": case.mark,
        "decision": case.decision,
        "category_decision": case.category_decision,
        "level": case.decided_level,
        "category": case.decided_category,
        "dismissal": case.recommended_for_dismissal,
        "recommendations": case.recommendations,
        "notes": case.notes,
        "reasons": case.difference_reason,
        "decided_on": iso(case.decided_on),
        "repeat_from": iso(case.repeat_from),
    }


def warnings_data(warnings: Sequence[Mapping[str, Any]], regime: Regime) -> list[dict[str, Any]]:
    """Give warnings with the act whose clause they name; blank is the rule-set's own."""
    return [{**warning, "act": regime.act(warning["rule"]) if warning.get("rule") else ""} for warning in warnings]


def minutes_data(paper: Paper | None) -> dict[str, Any] | None:
    """Give the minutes of a sitting as other papers name them."""
    return {"number": paper.number, "on": iso(paper.registered_on)} if paper is not None else None


def attested_on(case: Case) -> date:
    """Give the day of a person's attestation, as far as it is known."""
    if case.decided_on is not None:
        return case.decided_on
    return case.sitting.held_on if case.sitting is not None else case.cycle.starts_on
