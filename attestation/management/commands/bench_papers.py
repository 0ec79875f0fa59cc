"""`manage.py bench_papers`: how long the attestation sheets of a large cycle take, as the job prints them."""

import io
import json
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from pypdf import PdfReader

from attestation.codes import CaseState, CommissionRole, CycleState, PaperKind, SittingState
from attestation.models import (
    Attendance,
    Case,
    CommissionMember,
    Cycle,
    EvaluationSheet,
    ExportRun,
    ExportSubject,
    Paper,
    Regime,
    Sitting,
)
from attestation.papers.print_runs import papers_file
from config.arguments import one_clear_line
from employees.models import Employee, Organisation, User

_ON = date(2026, 11, 22)
_MEMBERS = 7


class Command(BaseCommand):
    """Measure the printing of attestation sheets."""

    help = "Measure the printing of the attestation sheets of one cycle, the first time and again: seconds, queries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--sheets", type=int, default=1000)

    def handle(self, *args: Any, sheets: int, **options: Any) -> None:
        with transaction.atomic():
            organisation = Organisation.objects.order_by("-pk").first()
            people = list(Employee.objects.filter(organisation=organisation).order_by("pk")[:sheets])
            if organisation is None or len(people) < sheets:
                raise CommandError("There are too few people: run generate_demo first.")
            user = User.objects.create(username="bench-papers", is_superuser=True)
            cycle = _cycle(organisation, user)
            _decided(cycle, people)
            self.stdout.write(f"database   {connection.vendor}\nsheets     {sheets}")
            first = self._measure("first time", cycle, user)
            again = self._measure("again", cycle, user)
            if first != again:
                raise CommandError("The second file differs from the first.")
            self.stdout.write(f"numbers    {Paper.objects.filter(cycle=cycle).count()}")
            transaction.set_rollback(True)

    def _measure(self, name: str, cycle: Cycle, user: User) -> bytes:
        told = {"cycle": cycle.pk, "kinds": [PaperKind.SHEET], "languages": ["kk"], "on": _ON.isoformat()}
        run = ExportRun.objects.create(
            user=user, subject=ExportSubject.PAPERS, query=json.dumps(told), suffix="pdf", language="kk"
        )
        queries = []

        def counted(execute: Any, sql: str, *rest: Any) -> Any:
            # Counted only: to write such insertions down would take longer than they do.
            queries.append(sql[:6])
            return execute(sql, *rest)

        with connection.execute_wrapper(counted):
            start = time.perf_counter()
            content = papers_file(run)
            seconds = time.perf_counter() - start
        pages = len(PdfReader(io.BytesIO(content)).pages)
        size = len(content) / 1024 / 1024
        self.stdout.write(f"{name:<10} {seconds:.2f} s  {len(queries)} queries  {pages} pages  {size:.1f} MB")
        return content


def _cycle(organisation: Organisation, user: User) -> Cycle:
    regime = Regime.objects.filter(organisation__isnull=True, code="general").latest("valid_from")
    return Cycle.objects.create(
        organisation=organisation,
        regime=regime,
        rules=regime.document,
        title="bench",
        state=CycleState.APPROVED,
        opened_on=_ON,
        starts_on=_ON,
        order_number="1",
        order_on=_ON,
        opened_by=user,
    )


def _decided(cycle: Cycle, people: list[Employee]) -> None:
    """Bring everybody to a decision with the votes of the whole commission."""
    sitting = Sitting.objects.create(cycle=cycle, number=1, held_on=_ON, state=SittingState.SIGNED)
    roles = [CommissionRole.CHAIR, *[CommissionRole.MEMBER] * (_MEMBERS - 1), CommissionRole.SECRETARY]
    members = CommissionMember.objects.bulk_create(
        CommissionMember(cycle=cycle, role=role, name=f"Комиссия мүшесі {number}", order=number)
        for number, role in enumerate(roles)
    )
    Attendance.objects.bulk_create(Attendance(sitting=sitting, member=member) for member in members)
    cases = Case.objects.bulk_create(
        Case(
            cycle=cycle,
            employee=employee,
            kind="regular",
            state=CaseState.DECIDED,
            position_id=employee.position_id,
            sitting=sitting,
            decision="fits",
            decided_on=_ON,
            members_present=_MEMBERS,
            characteristic_assessment="Қызметін жақсы атқарады, біліктілігін тұрақты арттырады.",
            remarks="Құжат айналымына көңіл бөлу ұсынылды.",
            recommendations="Біліктілікті арттыру курсынан өту (жаңа стандарттарға байланысты).",
        )
        for employee in people
    )
    EvaluationSheet.objects.bulk_create(
        EvaluationSheet(case=case, member=member, decision="fits", mark="4", submitted_on=_ON)
        for case in cases
        for member in members[:_MEMBERS]
    )
