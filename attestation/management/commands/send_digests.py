"""`manage.py send_digests`: the weekly digest to everybody who has not had it this week."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attestation.digest_mail import digests_send
from config.arguments import iso_date, one_clear_line


class Command(BaseCommand):
    """Send the digests of the week."""

    help = "Mail the digest of the week to those who have not had it; run it again for those that failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one_clear_line(parser)
        parser.add_argument("--on", type=iso_date, metavar="DATE", help="as of another day than today")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        run = digests_send(on=on or timezone.localdate())
        self.stdout.write(
            _("Digests sent: %(count)d. Nothing to tell: %(empty)d.") % {"count": run.sent, "empty": run.empty}
        )
        if run.begun:
            self.stderr.write(
                ngettext(
                    "%(count)d digest was begun by another run and is not sent again this week.",
                    "%(count)d digests were begun by another run and are not sent again this week.",
                    run.begun,
                )
                % {"count": run.begun}
            )
        if run.failed:
            raise CommandError(
                ngettext(
                    "%(count)d digest could not be sent; the next run tries again.",
                    "%(count)d digests could not be sent; the next run tries again.",
                    run.failed,
                )
                % {"count": run.failed}
            )
