"""`manage.py import_workbook`: the workbook of one organisation into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.arguments import add_language, one_clear_line, speaking
from employees.import_plan import Plan, Problem
from employees.importing import apply, plan
from employees.workbook import FileRefusedError, read


class Command(BaseCommand):
    """Import a workbook."""

    help = "Import the workbook of one organisation, all of it or nothing; every mistake is named with its place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and save nothing")
        add_language(parser)

    def handle(self, *args: Any, file: Path, dry_run: bool, language: str | None, **options: Any) -> None:
        with speaking(language):
            result = self._plan(file)
            self._tell(_("Warning: "), result.warnings)
            if result.errors:
                self._tell("", result.errors)
                count = len(result.errors)
                raise CommandError(
                    ngettext(
                        "The workbook holds %(count)d mistake; nothing was saved.",
                        "The workbook holds %(count)d mistakes; nothing was saved.",
                        count,
                    )
                    % {"count": count}
                )
            if not dry_run:
                apply(result)
            self.stdout.write(self._summary(result, dry_run=dry_run))

    def _plan(self, file: Path) -> Plan:
        try:
            with file.open("rb") as stream:
                return plan(read(stream))
        except FileRefusedError as error:
            raise CommandError(str(error)) from None
        except OSError:
            raise CommandError(_("The file %(name)s cannot be read.") % {"name": file}) from None

    def _tell(self, prefix: str, problems: list[Problem]) -> None:
        for problem in problems:
            self.stderr.write(f"{prefix}{problem}")

    def _summary(self, result: Plan, *, dry_run: bool) -> str:
        if result.changes_nothing:
            return _("Nothing new: the database holds all this already.")
        counts = {
            "total": len(result.employees),
            "new": len(result.new),
            "changed": len(result.changed),
            "same": len(result.employees) - len(result.new) - len(result.changed),
        }
        sentence = _("Employees in the workbook: %(total)d; new: %(new)d; changed: %(changed)d; unchanged: %(same)d.")
        lines = [sentence % counts]
        if dry_run:
            lines.append(_("A trial only: nothing was saved."))
        return "\n".join(lines)
