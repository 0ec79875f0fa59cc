"""Opening a cycle: for which organisation, by which rule-sets, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext as _

from attestation.cycle_forms import NewCycleForm
from attestation.cycle_pages import followed, openable, regimes_of
from attestation.models import Regime
from attestation.regime_selectors import as_regime
from attestation.regime_words import clause_words, parameter_words
from attestation.wording import day
from employees.experience import add_months
from employees.models import Organisation, User


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCycle:
    """What a new cycle of an organisation can be, and what is proposed for it."""

    organisation: Organisation
    regimes: list[Regime]
    followed: Regime | None
    on: date

    def form(self, data: QueryDict | None) -> NewCycleForm:
        """Make the form, with what is proposed already in it."""
        told: dict[str, Any] = {"title": _("Attestation of %(year)d") % {"year": self.on.year}}
        if self.followed is not None:
            told["regime"] = self.followed.pk
        return NewCycleForm(data, regimes=self.regimes, initial=told, starts_on_help=self.earliest_words)

    @property
    def earliest_words(self) -> str:
        """Say from which day on notices can still be in time, by the rule-set that the organisation follows."""
        if self.followed is None:
            return ""
        rules = as_regime(self.followed)
        months = rules.number("notice_months")
        if months is None:
            return ""
        return _("Notices handed over today are in time for a first day from %(day)s on (%(clause)s).") % {
            "day": day(add_months(self.on, months)),
            "clause": clause_words(rules, "notice_months"),
        }

    @property
    def open_rules(self) -> list[tuple[Regime, list[str]]]:
        """Rule-sets that cannot be followed yet, with the rules that the organisation has to settle first."""
        told = [(row, as_regime(row).open_rules) for row in self.regimes]
        return [(row, [parameter_words(each.name) for each in found]) for row, found in told if found]


def new_cycle(user: User | AnonymousUser, number: str | None, *, on: date) -> NewCycle | None:
    """Give what a user can open, for the organisation of a number, or the only one; None where it must be chosen.

    2 queries beside the user's rights.
    """
    own = openable(user)
    chosen = own[0] if len(own) == 1 else next((each for each in own if each.bin == number), None)
    if chosen is None:
        return None
    rows = regimes_of(user, chosen, on=on)
    held = followed(chosen, on=on)
    return NewCycle(organisation=chosen, regimes=rows, followed=held if held in rows else None, on=on)
