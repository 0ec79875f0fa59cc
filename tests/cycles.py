"""An invented cycle for tests: its people, its commission, and each stage of it by the services that pages call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from attestation import cycle_services as services
from attestation.codes import CommissionRole, ProofKind
from attestation.cycle import Lack, Refusal
from attestation.models import Case, CommissionMember, Cycle, EvaluationSheet, OrganisationRegime, Regime, Sitting
from employees.codes import Role
from employees.models import Employee, Organisation, Unit, User
from tests.factories import (
    EducationFactory,
    EmployeeFactory,
    GrantFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
)

GENERAL, WITH_CATEGORY = "general", "with-category"

OPENED, ORDERED, NOTIFIED = date(2026, 2, 2), date(2026, 2, 10), date(2026, 2, 20)
REQUESTED, HANDED_IN, ACQUAINTED = date(2026, 2, 21), date(2026, 3, 10), date(2026, 3, 15)
#: A Wednesday; the first day of the attestation and of its sittings.
HELD = date(2026, 4, 1)
SIGNED, APPROVED, TOLD, CLOSED = date(2026, 4, 3), date(2026, 4, 8), date(2026, 4, 10), date(2026, 4, 20)


@dataclass
class Scene:
    """An organisation that follows a rule-set, with those who act in its cycle and those who are attested."""

    organisation: Organisation
    regime: Regime
    hr: User
    head: User
    unit: Unit
    manager: User
    people: list[Employee] = field(default_factory=list)


def scene(code: str = WITH_CATEGORY, *, people: int = 1, bin_number: str = "123456789012") -> Scene:
    """Make an organisation with so many people who are due on the day of the sitting."""
    organisation = OrganisationFactory(bin=bin_number)
    unit = UnitFactory(organisation=organisation)
    regime = Regime.objects.get(code=code, organisation=None)
    OrganisationRegime.objects.create(organisation=organisation, regime=regime, valid_from=date(2020, 1, 1))
    made = Scene(
        organisation=organisation,
        regime=regime,
        hr=_user(organisation, Role.HR),
        head=_user(organisation, Role.MANAGER),
        unit=unit,
        manager=_user(organisation, Role.MANAGER, unit),
    )
    made.people = [due_person(made) for _number in range(people)]
    return made


def _user(organisation: Organisation, role: Role, unit: Unit | None = None) -> User:
    user: User = UserFactory()
    GrantFactory(user=user, organisation=organisation, role=role, unit=unit)
    return user


def due_person(here: Scene, **told: Any) -> Employee:
    """Make somebody in service since 2020, never attested, with a higher social education."""
    employee: Employee = EmployeeFactory(**{"organisation": here.organisation, "unit": here.unit, **told})
    EducationFactory(employee=employee)
    return employee


def fresh(row: Any) -> Any:
    """Give a row as it is now, as a page would read it."""
    return type(row)._default_manager.get(pk=row.pk)


def told_commission(*, members: int = 6, users: bool = False, representative: bool = True) -> list[services.Told]:
    """Tell a chair, so many members and a secretary; the first member represents the employees."""
    roles = [CommissionRole.CHAIR, *[CommissionRole.MEMBER] * members, CommissionRole.SECRETARY]
    return [
        services.Told(
            role=role,
            name=f"Комиссия мүшесі {number}",
            post="маман",
            represents_employees=representative and number == 1,
            user=UserFactory() if users else None,
        )
        for number, role in enumerate(roles)
    ]


def opened(here: Scene, *, starts_on: date = HELD) -> Cycle:
    """Open a cycle."""
    return services.cycle_open(
        organisation=here.organisation,
        regime=here.regime,
        title="2026 жылғы аттестаттау",
        starts_on=starts_on,
        user=here.hr,
        on=OPENED,
    )


def proposed(here: Scene, **told: Any) -> Cycle:
    """Open a cycle with its list and its commission."""
    cycle = opened(here)
    cycle = services.cycle_propose(cycle=cycle, version=cycle.version, user=here.hr, on=OPENED)
    return services.commission_set(
        cycle=cycle, version=cycle.version, members=told_commission(**told), user=here.hr, on=OPENED
    )


def sitting_in(here: Scene, cycle: Cycle, *, held_on: date = HELD) -> Sitting:
    """Plan a sitting."""
    return services.sitting_plan(
        cycle=cycle, version=fresh(cycle).version, held_on=held_on, place="кеңес бөлмесі", user=here.hr, on=OPENED
    )


def approved(here: Scene, **told: Any) -> tuple[Cycle, Sitting]:
    """Bring a cycle to its order, everybody in the list before one sitting."""
    cycle = proposed(here, **told)
    sitting = sitting_in(here, cycle)
    cases = list(Case.objects.filter(cycle=cycle, state="proposed").values_list("pk", flat=True))
    sitting = services.cases_schedule(sitting=sitting, version=sitting.version, cases=cases, user=here.hr, on=OPENED)
    cycle = services.cycle_approve(
        cycle=cycle, version=fresh(cycle).version, order_on=ORDERED, user=here.head, on=ORDERED
    )
    return cycle, sitting


def cases_of(cycle: Cycle) -> list[Case]:
    """Give the cases of a cycle as they are now."""
    return list(Case.objects.filter(cycle=cycle).order_by("pk"))


def prepared(here: Scene, case: Case) -> Case:
    """Bring a case up to its sitting: notice, characteristic, acquaintance, all in time."""
    case = services.case_notify(
        case=case, version=fresh(case).version, proof=ProofKind.SIGNATURE, user=here.hr, on=NOTIFIED
    )
    case = services.characteristic_request(case=case, version=case.version, user=here.hr, on=REQUESTED)
    case = services.characteristic_hand_in(
        case=case,
        version=case.version,
        text="Жұмысын біледі.",
        assessment="Жақсы",
        author="Бөлім басшысы",
        user=here.manager,
        on=HANDED_IN,
    )
    return services.case_acquaint(case=case, version=case.version, user=here.hr, on=ACQUAINTED)


def members_of(cycle: Cycle, *, voting: bool = True) -> list[CommissionMember]:
    """Give the commission, without the secretary where only votes count."""
    rows = CommissionMember.objects.filter(cycle=cycle).order_by("order")
    return [member for member in rows if not (voting and member.role == CommissionRole.SECRETARY)]


def begun(here: Scene, sitting: Sitting, *, present: Sequence[CommissionMember] | None = None, **told: Any) -> Sitting:
    """Open a sitting with everybody present."""
    seated = members_of(sitting.cycle, voting=False) if present is None else present
    return services.sitting_open(
        sitting=sitting,
        version=fresh(sitting).version,
        present=[member.pk for member in seated],
        user=here.hr,
        on=sitting.held_on,
        **told,
    )


def vote(here: Scene, case: Case, member: CommissionMember, **told: Any) -> EvaluationSheet:
    """Write a paper sheet of a member down: fits, no word of a category unless one is told."""
    return services.sheet_submit(
        case=case,
        member=member,
        **{"version": None, "decision": "fits", "mark": _mark(case), "user": here.hr, "on": HELD, **told},
    )


def _mark(case: Case) -> str:
    return "good" if case.cycle.regime.code == WITH_CATEGORY else "4"


SECOND = {"category_decision": "established", "level": "highest", "category": "second"}
NO_GROUNDS = {"category_decision": "no_grounds"}


def voted(here: Scene, case: Case, members: Iterable[CommissionMember], **told: Any) -> None:
    """Let members vote alike."""
    for member in members:
        vote(here, case, member, **told)


def decided(here: Scene, case: Case, **told: Any) -> Case:
    """Decide a case as it was voted, with a reason in case it is needed."""
    case = fresh(case)
    values = {"difference_reason": "Комиссия құжаттарды көрді.", "recommendations": "Курстан өту.", **told}
    return services.case_decide(case=case, version=case.version, user=here.hr, on=HELD, **values)


def signed(here: Scene, sitting: Sitting, *, on: date = SIGNED) -> Sitting:
    """End a sitting and sign its minutes."""
    sitting = services.sitting_close(sitting=sitting, version=fresh(sitting).version, user=here.hr, on=HELD)
    return services.minutes_sign(sitting=sitting, version=sitting.version, user=here.hr, on=on)


@contextmanager
def refused(code: Lack, rule: str | None = None) -> Iterator[None]:
    """Expect a refusal, by this rule where one is told."""
    with pytest.raises(Refusal) as error:
        yield
    assert error.value.code is code
    assert rule is None or error.value.rule == rule


def at_sitting(here: Scene, **told: Any) -> tuple[Cycle, Sitting, Case]:
    """Bring one case before a sitting that goes on."""
    cycle, sitting = approved(here, **told)
    case = prepared(here, cases_of(cycle)[0])
    return cycle, begun(here, sitting), fresh(case)


def decided_case(here: Scene, **choice: Any) -> tuple[Cycle, Sitting, Case]:
    """Bring one case to signed minutes."""
    cycle, sitting = approved(here)
    case = prepared(here, cases_of(cycle)[0])
    begun(here, sitting)
    voted(here, case, members_of(cycle), **(choice or SECOND))
    decided(here, case)
    sitting = signed(here, sitting)
    return fresh(cycle), sitting, fresh(case)


def said_near_pension(here: Scene, case: Case, *, near: bool) -> Case:
    """Let HR say whether the person is near pension age."""
    return services.case_particulars(
        case=case,
        version=fresh(case).version,
        academic_degree="",
        sanctions="",
        civil_service_length="",
        near_pension=near,
        user=here.hr,
        on=HELD,
    )


def repeated_case(here: Scene, cycle: Cycle, case: Case, *, held_on: date) -> tuple[Case, Sitting]:
    """Open the repeated attestation in the same cycle and bring it before a sitting."""
    again = services.case_repeat(case=case, version=fresh(case).version, user=here.hr, on=CLOSED)
    later = sitting_in(here, cycle, held_on=held_on)
    services.cases_schedule(sitting=later, version=later.version, cases=[again.pk], user=here.hr, on=CLOSED)
    prepared(here, again)
    return fresh(again), fresh(later)
