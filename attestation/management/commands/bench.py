"""`manage.py bench`: how long verdicts take, beside merely reading the same rows."""

import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attestation.services import evaluate_everyone
from config.arguments import one_clear_line
from employees.models import Employee
from employees.selectors import in_service, read_people
from positions.norm_selectors import read_norms


class Command(BaseCommand):
    """Measure verdicts."""

    help = "Measure the verdicts of everyone in the database: seconds, queries, and the ratio to reading the rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--rounds", type=int, default=5)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        on = timezone.localdate()
        reading, _count, read_queries = self._measure(lambda: _read(on), rounds)
        judging, count, queries = self._measure(lambda: sum(1 for _judged in evaluate_everyone(on=on)), rounds)
        self.stdout.write(f"database   {connection.vendor}")
        self.stdout.write(f"employees  {count}")
        self.stdout.write(f"reading    {reading:.2f} s in {read_queries} queries (median of {rounds})")
        self.stdout.write(f"verdicts   {judging:.2f} s in {queries} queries (median of {rounds})")
        self.stdout.write(f"ratio      {judging / reading:.2f}")

    def _measure(self, work: Callable[[], int], rounds: int) -> tuple[float, int, int]:
        seconds, result, queries = [], 0, 0
        for _round in range(rounds):
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                result = work()
                seconds.append(time.perf_counter() - start)
            queries = len(captured)
        return statistics.median(seconds), result, queries


def _read(on: date) -> int:
    """Read the norms and everybody's facts without judging anybody."""
    read_norms()
    return len(read_people(in_service(Employee.objects.all(), on)))
