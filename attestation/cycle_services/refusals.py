"""Why a service of a cycle saves nothing, beside what the rules refuse (`attestation.cycle_facts.Refusal`)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from employees.services import StaleEditError


class StaleCycleError(StaleEditError):
    """Somebody has changed the cycle, case, sitting or sheet since the page was opened; nothing was saved."""

    def __str__(self) -> str:
        return _("Somebody has changed this since you opened the page. Nothing was saved; look at it as it is now.")


class NotYourPartError(PermissionDenied):
    """Somebody who may look at a cycle tries what is for others to do."""


class OpenRulesError(Exception):
    """A rule-set cannot be followed yet: the organisation has to complete it; `rules` names what is open."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules


class AlreadyDecidedError(Exception):
    """The commission has decided this case already; `on` says when."""

    def __init__(self, on: date) -> None:
        super().__init__(on)
        self.on = on

    def __str__(self) -> str:
        return _("The commission decided this case on %(day)s already.") % {
            "day": date_format(self.on, "SHORT_DATE_FORMAT")
        }
