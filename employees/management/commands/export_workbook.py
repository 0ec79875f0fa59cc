"""`manage.py export_workbook`: an organisation as a workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.arguments import one_clear_line
from employees.exporting import export_workbook
from employees.models import Organisation


class Command(BaseCommand):
    """Export a workbook."""

    help = "Write everything on file of an organisation as a workbook that import_workbook reads without a change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("bin", metavar="BIN")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        organisation = Organisation.objects.filter(bin=options["bin"]).first()
        if organisation is None:
            raise CommandError(_("There is no organisation with the BIN %(bin)s.") % {"bin": options["bin"]})
        try:
            with file.open("wb") as stream:
                export_workbook(organisation, stream)
        except OSError:
            raise CommandError(_("The file %(name)s cannot be written.") % {"name": file}) from None
