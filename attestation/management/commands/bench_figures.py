"""`manage.py bench_figures`: how long the figures of everybody take the server, today and as of another day."""

import statistics
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attestation.models import ExportRun
from config.arguments import one_clear_line
from employees.access import visible_employees
from employees.models import Unit, User

_AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


class Command(BaseCommand):
    """Measure the figures."""

    help = "Measure the start page: queries, milliseconds of server time (median), size; and another day as a job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--rounds", type=int, default=7)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        # Whatever a page keeps on its way is kept; the user made for measuring is not.
        measuring = override_settings(ALLOWED_HOSTS=["*"], DEBUG=False, SECURE_SSL_REDIRECT=False, TASKS=_AT_ONCE)
        with measuring, transaction.atomic():
            user = User.objects.create(username="bench-figures", is_superuser=True)
            people = visible_employees(user).count()
            if not people:
                raise CommandError("There is nobody to count: run generate_demo first.")
            self.stdout.write(f"database   {connection.vendor}\nemployees  {people}")
            client = Client()
            client.force_login(user)
            client.get(reverse("home"))
            self._page(client, "figures of today", reverse("home"), rounds)
            unit = Unit.objects.select_related("organisation").order_by("pk").first()
            if unit is not None:
                scope = f"{unit.organisation.bin}-{unit.pk}"
                self._page(client, "of a unit", f"{reverse('home')}?scope={scope}", rounds)
            self._job(client)
            transaction.set_rollback(True)

    def _page(self, client: Client, name: str, address: str, rounds: int) -> None:
        seconds, queries, size = [], 0, 0
        for _round in range(rounds):
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                response = client.get(address)
                seconds.append(time.perf_counter() - start)
            queries, size = len(captured), len(response.content)
        median = statistics.median(seconds) * 1000
        self.stdout.write(f"{name:<24} {median:7.0f} ms  {queries:3d} queries  {size / 1024:6.1f} KB of HTML")

    def _job(self, client: Client) -> None:
        day = timezone.localdate() - timedelta(days=365)
        start = time.perf_counter()
        client.post(reverse("figures_start"), {"on": day.isoformat()})
        seconds = time.perf_counter() - start
        run = ExportRun.objects.latest("pk")
        self.stdout.write(f"{'another day, as a job':<24} {seconds:7.2f} s   {run.state}, {run.total} people")
        self._page(client, "the same, shown", reverse("figures_run", args=[run.pk]), 3)
