"""Reading which rule-set an organisation follows; every function promises its number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from attestation.due import Service
from attestation.models import AttestationRecord, OrganisationRegime
from attestation.models import Regime as RegimeRow
from attestation.regimes import Regime, read_rules
from employees.access import Ability, may_in, organisations_for
from employees.models import Organisation, User
from employees.selectors import Person
from positions.models import Position
from positions.rules import Period


@dataclass(frozen=True, slots=True)
class _Choice:
    regime: Regime
    positions: frozenset[str]
    period: Period


@dataclass(frozen=True)
class RegimeBook:
    """Which rule-set holds for whom and when."""

    choices: Mapping[str, tuple[_Choice, ...]]

    def of(self, organisation: str, position: str, *, on: date) -> Regime | None:
        """Give the rule-set of an organisation (by its number) for a position; one that names the position wins."""
        held = [choice for choice in self.choices.get(organisation, ()) if choice.period.covers(on)]
        named = [choice for choice in held if position in choice.positions]
        general = [choice for choice in held if not choice.positions]
        best = max(named or general, key=lambda choice: choice.period.start, default=None)
        return best.regime if best else None

    def days(self, organisation: str) -> Iterable[date]:
        """Give the days on which an organisation begins or ceases to follow a rule-set."""
        for choice in self.choices.get(organisation, ()):
            yield choice.period.start
            if choice.period.end is not None:
                yield choice.period.end


def as_regime(row: RegimeRow) -> Regime:
    """Give a stored rule-set as the pure rules need it."""
    return regime_of(row.document, code=row.code, valid_from=row.valid_from, valid_until=row.valid_until)


def regime_of(document: Mapping[str, Any], *, code: str, valid_from: date, valid_until: date | None = None) -> Regime:
    """Give the rule-set that a document tells: of an organisation, or the copy of a cycle."""
    return Regime(
        code=code,
        valid_from=valid_from,
        valid_until=valid_until,
        rules=read_rules(document.get("rules", {})),
        estimated=bool(document.get("dates_estimated")),
    )


def read_regimes() -> RegimeBook:
    """Read what every organisation follows (1 query)."""
    rows = OrganisationRegime.objects.select_related("regime", "organisation").order_by("valid_from", "pk")
    pure: dict[int, Regime] = {}
    found: dict[str, list[_Choice]] = defaultdict(list)
    for row in rows:
        if row.regime_id not in pure:
            pure[row.regime_id] = as_regime(row.regime)
        choice = _Choice(pure[row.regime_id], frozenset(row.positions), Period(row.valid_from, row.valid_until))
        found[row.organisation.bin].append(choice)
    return RegimeBook({number: tuple(choices) for number, choices in found.items()})


def read_attested(employees: Collection[int] | None = None) -> dict[int, tuple[date, ...]]:
    """Give the days on which employees were attested, by their numbers; without any, of everybody (1 query)."""
    rows = AttestationRecord.objects.filter(cancelled_on__isnull=True).order_by("employee", "held_on")
    if employees is not None:
        rows = rows.filter(employee__in=employees)
    found: dict[int, tuple[date, ...]] = defaultdict(tuple)
    for employee, held_on in rows.values_list("employee", "held_on"):
        found[employee] = (*found[employee], held_on)
    return found


def service_of(person: Person, attested: tuple[date, ...], *, on: date) -> Service:
    """Give what counts for a person's next attestation."""
    post = person.facts.post(on)
    start = person.facts.service.start
    return Service(
        hired_on=start,
        appointed_on=post.period.start if post else start,
        attested_on=attested,
        awarded_on=tuple(award.awarded_on for award in person.facts.awards),
        absences=person.facts.absences,
    )


def regimes_for(user: User | AnonymousUser) -> list[RegimeRow]:
    """Give the rule-sets that everybody has, and the variants of the organisations the user prepares cycles in."""
    own = organisations_for(user, Ability.MANAGE_REGIMES, whole=True)
    rows = RegimeRow.objects.filter(Q(organisation__isnull=True) | Q(organisation__in=own))
    return list(rows.select_related("organisation").order_by("organisation", "code", "valid_from", "pk"))


def regime_for(user: User | AnonymousUser, pk: int) -> RegimeRow | None:
    """Give a rule-set that the user may read; None where there is none (2 queries)."""
    return next((row for row in regimes_for(user) if row.pk == pk), None)


def may_edit_regime(user: User | AnonymousUser, row: RegimeRow) -> bool:
    """Tell whether the user may change a rule-set: a variant of her organisation; the common ones are the owner's."""
    if row.organisation is None:
        return bool(user.is_superuser)
    return may_in(user, Ability.MANAGE_REGIMES, row.organisation)


def choices_of(organisations: Collection[Organisation]) -> dict[int, list[OrganisationRegime]]:
    """Give what organisations follow and have followed, the latest first (1 query)."""
    rows = OrganisationRegime.objects.filter(organisation__in=organisations).select_related("regime")
    found: dict[int, list[OrganisationRegime]] = defaultdict(list)
    for row in rows.order_by("-valid_from", "-pk"):
        found[row.organisation_id].append(row)
    return found


def named_positions() -> list[tuple[str, str]]:
    """Give every position by code and title, in the order of the orders (1 query)."""
    rows = Position.objects.order_by("order")
    return [(row.code, f"{row.code} {row.title or row.title_kk}") for row in rows]  # type: ignore[attr-defined]
