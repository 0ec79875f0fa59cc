"""`manage.py load_regimes`: the rule-sets of attestation into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from attestation.regime_files import RegimesRefusedError, load_regimes
from config.arguments import one_clear_line


class Command(BaseCommand):
    """Load the rule-sets and say which changed."""

    help = "Load fixtures/regimes into the database; says what changed, and refuses files with mistakes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("path", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures" / "regimes")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            changed = load_regimes(path)
        except RegimesRefusedError as error:
            raise CommandError(str(error)) from None
        for code in changed:
            self.stdout.write(_("Rule-set loaded: %(code)s") % {"code": code})
        if not changed:
            self.stdout.write(_("The rule-sets are up to date."))
