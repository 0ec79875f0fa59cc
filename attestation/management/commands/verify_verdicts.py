"""`manage.py verify_verdicts`: proof that the stored verdicts are those of today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from attestation.verdicts import verdicts_renew, verdicts_verify


class Command(BaseCommand):
    """Verify the stored verdicts."""

    help = "Judge everybody anew and compare with what is stored; fails if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        on = timezone.localdate()
        renewed = verdicts_renew(on=on)
        differing = verdicts_verify(on=on)
        for employee, wrong in differing:
            self.stdout.write(
                f"{employee}: " + "; ".join(f"{name} {was} -> {now}" for name, (was, now) in wrong.items())
            )
        if differing:
            raise CommandError(_("Stored verdicts that differ: %(count)d.") % {"count": len(differing)})
        self.stdout.write(_("Every stored verdict is that of today; renewed now: %(count)d.") % {"count": renewed})
