"""`manage.py load_norms`: the norm files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.arguments import one_clear_line
from positions.norm_files import NormsRefusedError
from positions.norms import load_norms


class Command(BaseCommand):
    """Load the norms and say what changed."""

    help = "Load fixtures/norms into the database; says what changed, and refuses files with mistakes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("path", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures" / "norms")
        parser.add_argument("--overwrite", action="store_true", help="also what editors have changed in the browser")

    def handle(self, *args: Any, path: Path, overwrite: bool, **options: Any) -> None:
        try:
            changes = load_norms(path, overwrite=overwrite)
        except NormsRefusedError as error:
            count = len(error.problems)
            head = ngettext(
                "The norms hold %(count)d mistake; nothing was loaded.",
                "The norms hold %(count)d mistakes; nothing was loaded.",
                count,
            )
            raise CommandError("\n".join([head % {"count": count}, *map(str, error.problems)])) from None
        except IntegrityError as error:
            raise CommandError(_("The database refuses these norms: %(why)s") % {"why": error}) from None
        for change in changes:
            self.stdout.write(str(change))
        if not changes:
            self.stdout.write(_("The norms are up to date."))
