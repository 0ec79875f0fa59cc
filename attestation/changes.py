"""Telling that rule-sets, or attestations on record, have changed, inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection

from attestation import verdicts


def announce(employees: Collection[int] | None = None) -> None:
    """Renew what is stored of these employees; without any, of everybody."""
    if employees is None:
        verdicts.verdicts_of_everybody_keep()
    elif employees:
        verdicts.verdicts_keep(employees)
