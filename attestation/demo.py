"""The open cycle of the demonstration: prepared up to its sitting, so that every part finds something to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from attestation import cycle_services
from attestation.codes import CommissionRole, ProofKind
from attestation.cycle_services import Told
from attestation.models import Case, Cycle, Regime, Sitting
from attestation.working_days import is_working_day
from employees.models import Employee, Organisation, User

#: Days before today on which the steps of the demonstration were taken.
_OPENED, _ORDERED, _NOTIFIED, _REQUESTED, _HANDED_IN, _ACQUAINTED = 60, 50, 45, 40, 25, 20
#: Days after today on which the commission sits.
_SITS_IN = 3
#: Of so many people in the list, the last ones still wait for their characteristic.
_READY_SHARE = 3
_CHARACTERISTIC = (
    "Лауазымдық міндеттерін толық және уақтылы орындайды. "
    "Қызмет алушылармен және әріптестерімен сыпайы қарым-қатынаста. "
    "Құжаттарды ұқыпты жүргізеді, біліктілігін үнемі арттырып отырады."
)
#: Who sits in the commission where everybody of the organisation is in the list.
_OUTSIDERS = (
    "Төлегенов Марат Асқарұлы",
    "Жүнісова Гүлнар Болатқызы",
    "Қасымов Ерлан Дәулетұлы",
    "Иманғалиева Сәуле Нұрланқызы",
    "Петренко Ольга Викторовна",
    "Өмірбеков Тимур Әлиұлы",
    "Смағұлова Динара Ерболқызы",
    "Ким Алексей Сергеевич",
)
_ASSESSMENT = "Атқаратын лауазымына сәйкес келеді."


@transaction.atomic
def demo_cycle_open(*, organisation: Organisation, secretary: User, head: User, chair: User, today: date) -> Cycle:
    """Open the cycle of the demonstration, with its list, commission, sitting, order, notices and characteristics."""

    def before(days: int) -> date:
        return today - timedelta(days=days)

    regime = Regime.objects.get(choices__organisation=organisation, choices__valid_until__isnull=True)
    starts_on = _working_day(today + timedelta(days=_SITS_IN))
    cycle = cycle_services.cycle_open(
        organisation=organisation,
        regime=regime,
        title=f"{starts_on.year} жылғы аттестаттау",
        starts_on=starts_on,
        user=secretary,
        on=before(_OPENED),
    )
    cycle = cycle_services.cycle_propose(cycle=cycle, version=cycle.version, user=secretary, on=before(_OPENED))
    cycle = cycle_services.commission_set(
        cycle=cycle,
        version=cycle.version,
        members=_commission(organisation, cycle, chair=chair, secretary=secretary),
        user=secretary,
        on=before(_OPENED),
    )
    sitting = cycle_services.sitting_plan(
        cycle=cycle,
        version=cycle.version,
        held_on=starts_on,
        place="Мәжіліс залы",
        user=secretary,
        on=before(_OPENED),
    )
    _schedule(sitting, secretary, before(_OPENED))
    cycle.refresh_from_db()
    cycle = cycle_services.cycle_approve(
        cycle=cycle, version=cycle.version, order_on=before(_ORDERED), user=head, on=before(_ORDERED)
    )
    _prepare(cycle, secretary, before)
    return cycle


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _schedule(sitting: Sitting, secretary: User, on: date) -> None:
    proposed = Case.objects.filter(cycle=sitting.cycle, state="proposed").order_by("pk").values_list("pk", flat=True)
    cycle_services.cases_schedule(sitting=sitting, version=sitting.version, cases=list(proposed), user=secretary, on=on)


def _commission(organisation: Organisation, cycle: Cycle, *, chair: User, secretary: User) -> list[Told]:
    """Give a commission of people who are not in the list themselves, else of people from outside."""
    concerned = Case.objects.filter(cycle=cycle, state="proposed").values("employee")
    free = Employee.objects.filter(organisation=organisation, employed_until__isnull=True).exclude(pk__in=concerned)
    people: list[Employee | None] = [*free.select_related("position").order_by("personnel_number")[: len(_OUTSIDERS)]]
    people += [None] * (len(_OUTSIDERS) - len(people))
    roles = [CommissionRole.CHAIR, *[CommissionRole.MEMBER] * (len(_OUTSIDERS) - 2), CommissionRole.SECRETARY]
    users = {CommissionRole.CHAIR: chair, CommissionRole.SECRETARY: secretary}
    return [
        Told(
            role=role,
            name=each.full_name if each else outsider,
            post=str(each.position.title_kk) if each else "",  # type: ignore[attr-defined]
            represents_employees=number == 1,
            user=users.get(role),
            employee=each,
        )
        for number, (role, each, outsider) in enumerate(zip(roles, people, _OUTSIDERS, strict=True))
    ]


def _prepare(cycle: Cycle, secretary: User, before: Callable[[int], date]) -> None:
    cases = list(Case.objects.filter(cycle=cycle, state="listed").order_by("pk"))
    versions = {case.pk: case.version for case in cases}
    cases = cycle_services.cases_notify(
        cycle=cycle, cases=versions, proof=ProofKind.SIGNATURE, user=secretary, on=before(_NOTIFIED)
    )
    versions = {case.pk: case.version for case in cases}
    cases = cycle_services.characteristics_request(cycle=cycle, cases=versions, user=secretary, on=before(_REQUESTED))
    for number, case in enumerate(cases):
        if number % _READY_SHARE == _READY_SHARE - 1:
            continue
        ready = cycle_services.characteristic_hand_in(
            case=case,
            version=case.version,
            text=_CHARACTERISTIC,
            assessment=_ASSESSMENT,
            author="Бөлім меңгерушісі",
            user=secretary,
            on=before(_HANDED_IN),
        )
        cycle_services.case_acquaint(case=ready, version=ready.version, user=secretary, on=before(_ACQUAINTED))
