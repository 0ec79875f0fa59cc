"""Which records must stay as they are because an attestation rests on them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from attestation.models import Case
from employees.models import CategoryAward


def awards_decided(model: Any, pks: Collection[int]) -> dict[int, str]:
    """Tell which categories a commission has decided: only cancelling that attestation undoes them (1 query)."""
    if model is not CategoryAward:
        return {}
    reason = _("A commission has decided on this category. It stays as it is until that attestation is cancelled.")
    found = Case.objects.filter(award__in=pks).order_by("award").values_list("award", flat=True)
    return {pk: reason for pk in found if pk is not None}
