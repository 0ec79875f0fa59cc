"""Which records must stay as they are because an attestation rests on them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attestation.models import Case
from employees.models import CategoryAward
from positions.models import Edition


def awards_decided(model: Any, pks: Collection[int]) -> dict[int, str]:
    """Tell which categories a commission has decided: only cancelling that attestation undoes them (1 query)."""
    if model is not CategoryAward:
        return {}
    reason = _("A commission has decided on this category. It stays as it is until that attestation is cancelled.")
    found = Case.objects.filter(award__in=pks).order_by("award").values_list("award", flat=True)
    return {pk: reason for pk in found if pk is not None}


def editions_attested(edition: Edition) -> list[str]:
    """Tell how many people were attested while an edition was in force: it cannot be withdrawn any more (2 queries)."""
    days = {"gte": edition.valid_from} | ({"lt": edition.valid_until} if edition.valid_until else {})
    awards = CategoryAward.objects.filter(
        position=edition.position,
        annulled_on__isnull=True,
        **{f"awarded_on__{name}": day for name, day in days.items()},
    )
    cases = Case.objects.filter(
        position=edition.position, **{f"sitting__held_on__{name}": day for name, day in days.items()}
    ).exclude(decision="")
    people = set(awards.values_list("employee", flat=True)) | set(cases.values_list("employee", flat=True))
    if not people:
        return []
    return [
        ngettext(
            "%(count)d person was attested under this edition. It stays; correct it, or bring a new one into force.",
            "%(count)d people were attested under this edition. It stays; correct it, or bring a new one into force.",
            len(people),
        )
        % {"count": len(people)}
    ]
