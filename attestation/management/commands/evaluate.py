"""`manage.py evaluate`: the verdict of every employee."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from attestation.exchange import as_csv, as_data, as_table
from attestation.services import evaluate_employees
from config.arguments import add_language, iso_date, one_clear_line, speaking
from employees.models import Employee, Organisation


class Command(BaseCommand):
    """Write verdicts."""

    help = "Write the verdict of every employee in service on a day, by organisation and personnel number."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--on", type=iso_date, help="the day of the verdict (today)")
        parser.add_argument("--organisation", metavar="BIN", help="only this organisation")
        parser.add_argument("--employee", metavar="PERSONNEL_NUMBER", help="only this employee")
        parser.add_argument("--format", choices=["json", "csv", "table"], default="json")
        add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            self.stdout.write(self._output(**options), ending="")

    def _output(self, *, on: date | None, organisation: str | None, employee: str | None, **options: Any) -> str:
        employees = Employee.objects.all()
        if organisation is not None:
            if not Organisation.objects.filter(bin=organisation).exists():
                raise CommandError(_("There is no organisation with the BIN %(bin)s.") % {"bin": organisation})
            employees = employees.filter(organisation__bin=organisation)
        if employee is not None:
            employees = employees.filter(personnel_number=employee)
            if not employees.exists():
                raise CommandError(
                    _("There is no employee with the personnel number %(number)s.") % {"number": employee}
                )
        data = [as_data(judged) for judged in evaluate_employees(employees, on=on or timezone.localdate())]
        if options["format"] == "csv":
            return as_csv(data)
        if options["format"] == "table":
            return as_table(data)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
