"""`manage.py generate_demo`: an organisation of invented people of any size."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.arguments import one_clear_line
from employees.demo import invent
from employees.identity import check_digit
from employees.import_plan import ImportRefusedError
from employees.importing import apply, plan
from positions.norm_selectors import read_norms


class Command(BaseCommand):
    """Invent an organisation."""

    help = "Put an organisation of N invented employees into the database; the same for the same seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--employees", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, required=True, metavar="S")

    def handle(self, *args: Any, employees: int, seed: int, **options: Any) -> None:
        if employees < 1 or not 0 <= seed < 1_000_000:
            raise CommandError(_("At least one employee, and a seed from 0 to 999999, are needed."))
        norms = read_norms()
        if not norms.positions:
            raise CommandError(_("Load the norms first: manage.py load_norms."))
        stem = f"99014{seed:06d}"
        content = invent(
            employees=employees,
            seed=seed,
            norms=norms,
            bin_number=f"{stem}{check_digit(stem) or 0}",
            name_kk=f"Үлгі ұйым № {seed}",
            name_ru=f"Образцовая организация № {seed}",
        )
        result = plan(content)
        try:
            apply(result)
        except ImportRefusedError as error:  # pragma: no cover - the inventor's mistake
            raise CommandError(str(error)) from None
        self.stdout.write(
            _("Organisation %(bin)s: %(count)d employees.")
            % {"bin": result.organisation["bin"], "count": len(result.employees)}
        )
