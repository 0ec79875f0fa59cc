"""The data of the papers of a cycle: the order with its annexes, schedule, summary, results; and who is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from attestation.codes import CaseState, CategoryDecision, CommissionRole, CycleState, PaperKind
from attestation.cycle import latest_characteristic, latest_notice
from attestation.cycle_rows import regime_in
from attestation.due import Due, Standing, due
from attestation.models import Case, CommissionMember, Cycle, Paper
from attestation.papers.case_book import (
    CaseBook,
    case_book,
    cases_by_name,
    commission_data,
    cycle_head,
    decision_data,
    minutes_data,
    sitting_data,
    votes_data,
)
from attestation.papers.people import education_data, iso, organisation_data, person_data, read_education
from attestation.papers.subjects import UNLISTED, of_cycle
from attestation.regime_selectors import read_attested, read_regimes, service_of
from employees.models import Employee, Organisation
from employees.periods import last_day
from employees.selectors import in_service, read_people

#: The reason that the history keeps for the case that an order put into the list.
_LISTED = "list"
#: Up to so many people, records are fetched by their numbers.
_FEW = 500


def cycle_paper(kind: PaperKind, cycle: Cycle, *, on: date | None) -> dict[str, Any]:
    """Give the data of a paper of a cycle (at most 24 queries for any number of people); `on` is of a further order."""
    if kind == PaperKind.ORDER:
        return _order(cycle, on)
    if kind == PaperKind.SCHEDULE:
        return _schedule_paper(cycle)
    if kind == PaperKind.SUMMARY:
        return _summary(cycle)
    return _results(cycle, on)


def _order(cycle: Cycle, on: date | None) -> dict[str, Any]:
    """Give the order with what its annexes approve; a further order holds only whom it added."""
    cases = cases_by_name(Case.objects.filter(pk__in=_ordered(cycle, on)))
    education = read_education([case.employee_id for case in cases])
    return {
        **_base(cycle, cases),
        "further": on is not None,
        "order_on": iso(on or cycle.order_on),
        "persons": [
            {
                **person_data(case.employee, case.position),
                "iin": case.employee.iin,
                "education": education_data(education.get(case.employee_id, []), on=on or cycle.starts_on),
            }
            for case in cases
        ],
        **_schedule(cycle, cases),
        "commission": [] if on is not None else commission_data(_commission(cycle)),
    }


def _ordered(cycle: Cycle, on: date | None) -> list[int]:
    """Give the cases of the list that an order approves: before there is the order, those proposed.

    Whom a further order added is known by the history: put into the list after that order was begun, before the next.
    """
    rows = Case.objects.filter(cycle=cycle).order_by("pk")
    orders = list(Paper.objects.filter(kind=PaperKind.ORDER, cycle=cycle).defer("data").order_by("created_at", "pk"))
    wanted = of_cycle(PaperKind.ORDER, cycle, on=on).code
    place = next((number for number, paper in enumerate(orders) if paper.subject == wanted), None)
    if place is None:
        return list(_waiting(rows, cycle).values_list("pk", flat=True))
    begun, later = orders[place].created_at, [paper.created_at for paper in orders[place + 1 :]]
    listed = Case.history.filter(cycle=cycle, history_change_reason=_LISTED).order_by("history_id")
    days = dict(listed.values_list("id", "history_date"))
    return [
        pk
        for pk, state, repeats in rows.values_list("pk", "state", "repeats")
        if (
            begun <= days[pk] and not any(after <= days[pk] for after in later)
            if pk in days
            else on is None and repeats is None and state not in UNLISTED
        )
    ]


def _waiting(rows: QuerySet[Case], cycle: Cycle) -> QuerySet[Case]:
    """Keep the cases that wait for an order; a cycle without orders on file has one for everybody in its list."""
    if cycle.state == CycleState.APPROVED and cycle.papers.filter(kind=PaperKind.ORDER).exists():
        return rows.filter(state=CaseState.PROPOSED)
    return rows.exclude(state__in=(CaseState.EXCLUDED, CaseState.CANCELLED)).filter(repeats__isnull=True)


def _base(cycle: Cycle, cases: Sequence[Case]) -> dict[str, Any]:
    return {**cycle_head(cycle, regime_in(cycle)), "people": [case.employee_id for case in cases]}


def _commission(cycle: Cycle) -> list[CommissionMember]:
    """Give the commission: its chair, its members in their order, its secretary."""
    members = list(CommissionMember.objects.filter(cycle=cycle).order_by("order", "pk"))
    roles = list(CommissionRole.values)
    return sorted(members, key=lambda member: roles.index(member.role))


def _schedule_paper(cycle: Cycle) -> dict[str, Any]:
    rows = Case.objects.filter(cycle=cycle).exclude(state__in=(CaseState.EXCLUDED, CaseState.CANCELLED))
    cases = cases_by_name(rows)
    return {**_base(cycle, cases), **_schedule(cycle, cases)}


def _schedule(cycle: Cycle, cases: Sequence[Case]) -> dict[str, Any]:
    """Give who comes before which sitting, in the order of the days; and the last days that are counted back."""
    regime = regime_in(cycle)
    lines = [
        {"person": person_data(case.employee, case.position), "sitting": sitting_data(case.sitting)} for case in cases
    ]
    return {
        "notice_until": iso(latest_notice(cycle.starts_on, regime)),
        "notice_clause": regime.clause("notice_months"),
        "characteristic_until": iso(latest_characteristic(cycle.starts_on, regime)),
        "characteristic_clause": regime.clause("characteristic_days_before"),
        "schedule": sorted(lines, key=lambda line: _hour(line["sitting"])),
    }


def _hour(sitting: dict[str, Any] | None) -> tuple[bool, str, str]:
    """Order sittings by day and hour; who has none comes last."""
    if sitting is None:
        return True, "", ""
    return False, sitting["held_on"], sitting["starts_at"] or ""


# ------------------------------------------------------------------------------------------------------------- results


def _summary(cycle: Cycle) -> dict[str, Any]:
    cases = cases_by_name(Case.objects.filter(cycle=cycle).exclude(state__in=UNLISTED))
    book = case_book(cases)
    return {**_base(cycle, cases), "lines": [_result(case, book) for case in cases]}


def _result(case: Case, book: CaseBook) -> dict[str, Any]:
    return {
        "person": person_data(case.employee, case.position),
        "kind": case.kind,
        "votes": votes_data(case, book),
        "valid_until": iso(last_day(case.award.lapses_on)) if case.award else None,
        **decision_data(case),
    }


def _results(cycle: Cycle, on: date | None) -> dict[str, Any]:
    """Give the order on the results of a day: what was approved on it; without approvals, all that was decided."""
    decided = Case.objects.filter(cycle=cycle, decided_on__isnull=False).exclude(state__in=UNLISTED)
    day = on or cycle.results_order_on
    if day is not None and decided.filter(approved_on__isnull=False).exists():
        decided = decided.filter(approved_on=day)
    cases = cases_by_name(decided)
    book = case_book(cases)
    minutes = sorted(book.minutes.values(), key=lambda paper: (paper.registered_on, paper.number))
    return {
        **_base(cycle, cases),
        "minutes": [minutes_data(paper) for paper in minutes],
        "order_on": iso(day),
        "lines": [_result(case, book) for case in cases],
        "categories": sum(case.category_decision == CategoryDecision.ESTABLISHED for case in cases),
    }


# ------------------------------------------------------------------------------------------------------------- overdue


def overdue_of(organisation: Organisation, *, on: date) -> dict[str, Any]:
    """Give those whose attestation is overdue on a day, by their names (12 queries for any number of people)."""
    people = read_people(in_service(Employee.objects.filter(organisation=organisation), on))
    book, attested = read_regimes(), read_attested([person.pk for person in people] if len(people) <= _FEW else None)
    late: dict[int, Due] = {}
    for person in people:
        post = person.facts.post(on)
        regime = book.of(organisation.bin, (post.position if post else None) or "", on=on)
        found = due(service_of(person, attested.get(person.pk, ()), on=on), regime, on=on)
        if found.standing is Standing.OVERDUE:
            late[person.pk] = found
    return {
        "form": "general",
        "wording": {},
        "organisation": organisation_data(organisation),
        "people": list(late),
        "on": iso(on),
        "lines": [_late(employee, late[employee.pk], on) for employee in _employees(late)],
    }


def _employees(numbers: Sequence[int] | dict[int, Due]) -> list[Employee]:
    rows = Employee.objects.filter(pk__in=list(numbers)).select_related("unit", "position")
    return list(rows.order_by("sort_key", "pk"))


def _late(employee: Employee, found: Due, on: date) -> dict[str, Any]:
    return {
        "person": person_data(employee, employee.position),
        "due_on": iso(found.due_on),
        "until": iso(last_day(found.overdue_on)),
        "days": (on - found.overdue_on).days + 1 if found.overdue_on else None,
    }
