"""Reading cycles; every function promises its number of queries, the rights of the user apart.

Those cost 1, and 1 more where they end at a unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from attestation.codes import CaseState
from attestation.cycle_access import Part, cases_seen, cycles_seen, what_may
from attestation.cycle_rows import regime_in
from attestation.cycle_tasks import Task, tasks_of
from attestation.models import AttestationRecord, Case, CommissionMember, Cycle, EvaluationSheet, Sitting
from attestation.services import judge
from attestation.verdict_record import proposal_of
from employees.models import CategoryAward, Employee, User
from employees.selectors import read_people
from positions.codes import Category
from positions.norm_selectors import read_norms

__all__ = [
    "Held",
    "Part",
    "Task",
    "attestation_history",
    "case_of",
    "cases_in",
    "category_proposed",
    "commission_of",
    "cycle_of",
    "cycles_for",
    "sheets_of",
    "sitting_of",
    "sittings_in",
    "tasks_of",
    "what_may",
]

Row = TypeVar("Row", bound=Model)
_DECIDED = (CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED, CaseState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An attestation in a person's history, with what it brought."""

    record: AttestationRecord
    case: Case | None
    award: CategoryAward | None


def cycles_for(user: User | AnonymousUser) -> QuerySet[Cycle]:
    """Give the cycles a user sees in whole, the latest first, each with its organisation (1 query)."""
    return cycles_seen(user).select_related("organisation", "regime").order_by("-starts_on", "-pk")


def cycle_of(user: User | AnonymousUser, pk: int) -> Cycle:
    """Give a cycle that the user sees (1 query). Raises Http404."""
    return _found(cycles_for(user), pk, _("There is no such cycle among those you may see."))


def case_of(user: User | AnonymousUser, pk: int) -> Case:
    """Give a case that the user sees, with its cycle, sitting and person (1 query). Raises Http404.

    The head of a unit sees the cases of her own people for their characteristics alone: where `what_may` lets her not
    see the cycle, a page shows her nothing else.
    """
    cases = cases_seen(user).select_related(
        "cycle__organisation",
        "cycle__regime",
        "employee__unit",
        "employee__organisation",
        "position",
        "sitting",
        "award",
        "repeats",
    )
    return _found(cases, pk, _("There is no such case among those you may see."))


def sitting_of(user: User | AnonymousUser, pk: int) -> Sitting:
    """Give a sitting of a cycle that the user sees (1 query). Raises Http404."""
    sittings = Sitting.objects.filter(cycle__in=cycles_seen(user).order_by().values("pk")).select_related(
        "cycle__organisation", "cycle__regime", "acting_chair"
    )
    return _found(sittings, pk, _("There is no such sitting among those you may see."))


def _found(rows: QuerySet[Row], pk: int, words: str) -> Row:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404(words)
    return row


def cases_in(cycle: Cycle) -> QuerySet[Case]:
    """Give the cases of a cycle with the people, by their names (1 query)."""
    return Case.objects.filter(cycle=cycle).select_related("employee", "position").order_by("employee__sort_key", "pk")


def commission_of(cycle: Cycle) -> list[CommissionMember]:
    """Give the commission in its order (1 query)."""
    return list(CommissionMember.objects.filter(cycle=cycle).select_related("user", "employee").order_by("order", "pk"))


def sittings_in(cycle: Cycle) -> list[Sitting]:
    """Give the sittings in their order (1 query)."""
    return list(Sitting.objects.filter(cycle=cycle).select_related("acting_chair").order_by("number"))


def sheets_of(user: User | AnonymousUser, case: Case) -> list[EvaluationSheet]:
    """Give the evaluation sheets of a case that the user may read (at most 2 queries).

    Until the case is decided they are read by whoever keeps the minutes, and by a member her own, or all of them where
    the act makes the voting open. Afterwards everybody reads them who sees the cycle.
    """
    part = what_may(user, case.cycle)
    sheets = EvaluationSheet.objects.filter(case=case).select_related("member").order_by("member__order", "pk")
    if not part.see:
        return []
    votes_openly = part.member is not None and regime_in(case.cycle).yes("open_voting")
    if case.state in _DECIDED or part.keep_minutes or votes_openly:
        return list(sheets)
    return list(sheets.filter(member=part.member)) if part.member else []


def category_proposed(case: Case) -> tuple[str, str] | None:
    """Give the level and category that the verdict of the day of the sitting proposes to ask for, if any (10 queries).

    That is the next rung where it is met, else the present one where it is a category. Before the case has a sitting,
    the first day of the attestation stands for its day.
    """
    on = case.sitting.held_on if case.sitting else case.cycle.starts_on
    person = read_people(Employee.objects.filter(pk=case.employee_id))[0]
    proposal = proposal_of(judge(person.facts, read_norms(), on=on))
    if proposal.category in ("", Category.NONE):
        return None
    return proposal.level, proposal.category


def attestation_history(employee: Employee) -> list[Held]:
    """Give the attestations of an employee, the latest first; those that were cancelled are among them (1 query)."""
    records = AttestationRecord.objects.filter(employee=employee).select_related(
        "case__cycle__organisation", "case__award", "case__sitting"
    )
    return [
        Held(record=record, case=record.case, award=record.case.award if record.case else None)
        for record in records.order_by("-held_on", "-pk")
    ]
