"""`manage.py export_texts`: the texts of a position or an act as files for lawyers and translators."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.arguments import add_language, one_clear_line, speaking
from positions.exchange import writing
from positions.exchange.on_file import texts_of
from positions.exchange.problems import TooLongForACellError


class Command(BaseCommand):
    """Export texts."""

    help = "Write a position, or all of an act, as norm files (an act: an archive) or as a workbook for translators."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--position", metavar="CODE", help="a position, as 360/2.3")
        what.add_argument("--act", metavar="CODE", help="an act, as 360")
        parser.add_argument("--format", choices=["yaml", "xlsx"], required=True)
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")
        add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            self._export(options)

    def _export(self, options: dict[str, Any]) -> None:
        positions = texts_of(code=options["position"], act=options["act"])
        if not positions:
            what = options["position"] or options["act"]
            raise CommandError(_("Unknown code: %(code)s.") % {"code": what})
        try:
            if options["format"] == "xlsx":
                # A program reads codes; who asks for a language gets its words.
                content = writing.workbook(positions, codes=options["language"] is None)
            elif options["position"]:
                content = writing.position_yaml(positions[0]).encode()
            else:
                content = writing.archive(positions, on=timezone.localdate())
            options["output"].write_bytes(content)
        except TooLongForACellError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            message = _("The file %(name)s cannot be written: %(why)s")
            raise CommandError(message % {"name": options["output"], "why": error.strerror}) from None
        self.stdout.write(str(options["output"]))
