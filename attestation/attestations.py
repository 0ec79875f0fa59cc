"""The section "Attestations" of a person's page: what is on record, what goes on, and what is due next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from attestation.case_selectors import attestations_of
from attestation.codes import DueStanding
from employees.access import Ability, may, may_in
from employees.models import Employee, User
from employees.selectors import Person


def attestations_context(
    user: User | AnonymousUser, employee: Employee, person: Person | None, *, on: date, editing: bool
) -> dict[str, Any]:
    """Give what the section shows (4 queries, 6 more where the person's facts are not in hand).

    Nothing to whoever may not see attestations; `editing` tells whether the user changes this person's records.
    """
    if not may(user, Ability.SEE_ATTESTATION, employee):
        return {"attestations": None}
    found = attestations_of(user, employee, person, on=on)
    return {
        "attestations": found,
        "due_words": str(DueStanding(str(found.next.standing)).label),
        "may_enter_attestation": editing and may_in(user, Ability.RUN_ATTESTATION, employee.organisation),
    }
