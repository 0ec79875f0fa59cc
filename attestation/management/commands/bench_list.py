"""`manage.py bench_list`: how long the list of employees takes the server, and its exports."""

import io
import statistics
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.arguments import one_clear_line
from employees.access import visible_employees
from employees.models import User

#: What is asked, by name; the first is the list as it opens.
_ASKED = {
    "list": "",
    "search": "?q=абд",
    "filters": "?status=not_met&category=second&sort=-reachable",
    "last page": "?page={last}",
    "another day": "?on=2025-06-01",
    "another day, by verdict": "?on=2025-06-01&status=met",
}
_SLOW = ("another day, by verdict",)


class Command(BaseCommand):
    """Measure the list."""

    help = "Measure the list of employees: queries, milliseconds of server time (median), size; and its exports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--rounds", type=int, default=20)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        # Whatever a page keeps on its way is kept; the user made for measuring is not.
        with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False, SECURE_SSL_REDIRECT=False), transaction.atomic():
            user = User.objects.create(username="bench-list", is_superuser=True)
            people = visible_employees(user).count()
            if not people:
                raise CommandError("There is nobody to list: run generate_demo first.")
            self.stdout.write(f"database   {connection.vendor}\nemployees  {people}")
            client = Client()
            client.force_login(user)
            client.get(reverse("employees"))
            for name, query in _ASKED.items():
                address = reverse("employees") + query.format(last=people // 50)
                self._page(client, name, address, rounds=3 if name in _SLOW else rounds)
            for suffix in ("xlsx", "csv"):
                self._export(client, suffix)
            transaction.set_rollback(True)

    def _page(self, client: Client, name: str, address: str, *, rounds: int) -> None:
        seconds, queries, size = [], 0, 0
        for _round in range(rounds):
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                response = client.get(address)
                seconds.append(time.perf_counter() - start)
            queries, size = len(captured), len(response.content)
        median = statistics.median(seconds) * 1000
        self.stdout.write(f"{name:<24} {median:7.0f} ms  {queries:3d} queries  {size / 1024:6.1f} KB of HTML")

    def _export(self, client: Client, suffix: str) -> None:
        # Writing the queries down costs more than the insertions themselves: time is taken without it.
        start = time.perf_counter()
        size = _size(client.get(reverse(f"employees_{suffix}")))
        seconds = time.perf_counter() - start
        with CaptureQueriesContext(connection) as captured:
            _size(client.get(reverse(f"employees_{suffix}")))
        self.stdout.write(f"export {suffix:<17} {seconds:7.2f} s   {len(captured):3d} queries  {size / 1024:6.1f} KB")


def _size(response: HttpResponseBase) -> int:
    file = io.BytesIO()
    for part in response:
        file.write(part)
    return file.tell()
