"""`manage.py import_texts`: a file of texts into the database, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.arguments import add_language, one_clear_line, speaking
from positions.editing.errors import ReasonMissingError
from positions.exchange.look import warnings_of
from positions.exchange.planning import Plan
from positions.exchange.problems import FileRefusedError, NothingNewError, TextsRefusedError
from positions.exchange.services import texts_import, texts_plan


class Command(BaseCommand):
    """Import texts."""

    help = "Take in a norm file (.yaml), an archive of them (.zip) or a workbook for translators (.xlsx)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--reason", required=True, help="why; it stays in the history")
        parser.add_argument("--user", required=True, metavar="NAME", help="who; it stays in the history")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and save nothing")
        add_language(parser)

    def handle(self, *args: Any, file: Path, language: str | None, **options: Any) -> None:
        with speaking(language):
            self.stdout.write(self._import(file, options))

    def _import(self, file: Path, options: dict[str, Any]) -> str:
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None or not user.has_perm("positions.change_draft"):
            raise CommandError(_("%(user)s may not change texts.") % {"user": options["user"]})
        told: dict[str, Any] = {"name": file.name, "content": self._content(file)}
        try:
            if options["dry_run"]:
                plan = texts_plan(**told)
                if plan.problems:
                    raise TextsRefusedError(list(plan.problems))
            else:
                plan = texts_import(**told, digest=None, user=user, reason=options["reason"])
        except TextsRefusedError as error:
            raise CommandError(_refused(error)) from None
        except ReasonMissingError:
            raise CommandError(_("Say why. The reason stays in the history.")) from None
        except NothingNewError:
            return _("Nothing new: the texts on file say all this already.")
        except FileRefusedError as error:
            raise CommandError(str(error)) from None
        for warning in warnings_of(plan):
            self.stderr.write(_("Warning: ") + str(warning))
        return _summary(plan, dry_run=options["dry_run"])

    def _content(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError:
            raise CommandError(_("The file %(name)s cannot be read.") % {"name": file}) from None


def _refused(error: TextsRefusedError) -> str:
    count = len(error.problems)
    head = ngettext(
        "The file holds %(count)d mistake; nothing was saved.",
        "The file holds %(count)d mistakes; nothing was saved.",
        count,
    )
    return "\n".join([head % {"count": count}, *map(str, error.problems)])


def _summary(plan: Plan, *, dry_run: bool) -> str:
    counts = {
        "positions": len(plan.positions),
        "changed": plan.changed,
        "new": plan.new,
        "same": plan.unchanged,
        "rules": plan.rules,
    }
    sentence = _(
        "Positions: %(positions)d; editions changed: %(changed)d; new: %(new)d; unchanged: %(same)d; "
        "with other rules: %(rules)d."
    )
    return "\n".join([sentence % counts, *([_("A trial only: nothing was saved.")] if dry_run else [])])
