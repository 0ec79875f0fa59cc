"""`manage.py export_norms`: the norms as JSON."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from config.arguments import iso_date, one_clear_line
from positions.norms import export_norms


class Command(BaseCommand):
    """Export the norms."""

    help = "Write every position and edition (or those in force on a day) as a JSON list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--on", type=iso_date, help="only what is in force on this day")
        parser.add_argument("--act", choices=["360", "31"], help="only the positions of this act")

    def handle(self, *args: Any, on: date | None, act: str | None, **options: Any) -> None:
        self.stdout.write(json.dumps(export_norms(on=on, act=act), ensure_ascii=False, indent=1))
