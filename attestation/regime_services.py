"""Choosing and editing rule-sets of attestation; every change renews what is stored of the people concerned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from attestation import changes
from attestation.models import OrganisationRegime, Regime
from attestation.regimes import read_rules
from employees.models import Employee, Organisation


class RegimeEditedError(Exception):
    """Somebody else has saved the rule-set meanwhile."""


def _renew(organisation: Organisation) -> None:
    people = Employee.objects.filter(organisation=organisation).order_by("pk")
    changes.announce(list(people.values_list("pk", flat=True)))


@transaction.atomic
def regime_choose(
    *, organisation: Organisation, regime: Regime, valid_from: date, positions: Collection[str] = ()
) -> OrganisationRegime:
    """Let an organisation follow a rule-set from a day on; what it followed before for the same positions ends there.

    A choice made for the same day before is replaced by the new one.
    """
    named = sorted(positions)
    for held in OrganisationRegime.objects.filter(organisation=organisation, valid_until__isnull=True):
        if sorted(held.positions) != named:
            continue
        if held.valid_from >= valid_from:
            held.delete()
        else:
            held.valid_until = valid_from
            held.save(update_fields=["valid_until"])
    chosen = OrganisationRegime(organisation=organisation, regime=regime, positions=named, valid_from=valid_from)
    chosen.full_clean()
    chosen.save()
    _renew(organisation)
    return chosen


@transaction.atomic
def regime_variant(*, regime: Regime, organisation: Organisation) -> Regime:
    """Give an organisation's own variant of a rule-set, made from it where there is none yet."""
    variant, _made = Regime.objects.get_or_create(
        code=regime.code,
        organisation=organisation,
        valid_from=regime.valid_from,
        defaults={"valid_until": regime.valid_until, "document": regime.document},
    )
    return variant


@transaction.atomic
def regime_edit(
    *, regime: Regime, version: int, rules: Mapping[str, Any], texts: Mapping[str, Any] | None = None
) -> Regime:
    """Save the rules of a rule-set, and its texts where they are told; cycles that are open keep their copy.

    Raises RegimeEditedError where somebody else has saved it since `version`, RegimeDocumentError for a rule that
    nobody can follow.
    """
    read_rules(rules)
    document = {**regime.document, **(texts or {}), "rules": dict(rules)}
    taken = Regime.objects.filter(pk=regime.pk, version=version).update(version=version + 1)
    if not taken:
        raise RegimeEditedError
    regime.refresh_from_db()
    regime.document = document
    regime.save(update_fields=["document"])
    concerned = Organisation.objects.filter(Q(regime_choices__regime=regime)).distinct().order_by("pk")
    for organisation in concerned:
        _renew(organisation)
    return regime
