"""Who may look at a cycle and who does what in it: grants, and a place in the commission without any grant.

Whoever prepares or only reads does so by a right in the whole organisation. The head of a unit meets the cases of her
own people, for she writes their characteristics; a right to approve in a unit is what makes her its head. Somebody in
the commission of a cycle sees that cycle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from attestation.codes import CaseState, CommissionRole
from attestation.models import Case, CommissionMember, Cycle
from employees.access import Ability, employees_for, may, may_in, organisations_for
from employees.models import Organisation, User

#: Before and beside the list a case concerns nobody but those who make the list.
_UNLISTED = (CaseState.PROPOSED, CaseState.EXCLUDED, CaseState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a user may do in a cycle."""

    #: See everything in it.
    see: bool = False
    #: HR's and the secretary's work: list, commission, notices, papers.
    prepare: bool = False
    #: Keep the sittings: presence, interviews, paper sheets, decisions, minutes (HR, or the commission's secretary).
    keep_minutes: bool = False
    #: Approve the list and the results, cancel: the head.
    approve: bool = False
    #: The number of the member of the commission that she is, and whether she is its chair or its secretary.
    member: int | None = None
    chair: bool = False
    secretary: bool = False


def what_may(user: User | AnonymousUser, cycle: Cycle) -> Part:
    """Say what a user may do in a cycle (1 query beyond her rights)."""
    if not user.is_active:
        return Part()
    return part_in(user, cycle, CommissionMember.objects.filter(cycle=cycle, user=user.pk).order_by("pk"))


def part_in(user: User | AnonymousUser, cycle: Cycle, commission: Iterable[CommissionMember]) -> Part:
    """Say what a user may do in a cycle whose commission is in hand (no query beyond her rights)."""
    organisation = cycle.organisation
    prepare = may_in(user, Ability.RUN_ATTESTATION, organisation)
    approve = may_in(user, Ability.APPROVE_ATTESTATION, organisation)
    member = next((each for each in commission if user.is_active and each.user_id == user.pk), None)
    secretary = member is not None and member.role == CommissionRole.SECRETARY
    sees = prepare or approve or member is not None or may_in(user, Ability.SEE_ATTESTATION, organisation)
    return Part(
        see=sees,
        prepare=prepare,
        keep_minutes=prepare or secretary,
        approve=approve,
        member=member.pk if member else None,
        chair=member is not None and member.role == CommissionRole.CHAIR,
        secretary=secretary,
    )


def may_open(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether a user may open a cycle of an organisation (no query beyond her rights)."""
    return may_in(user, Ability.RUN_ATTESTATION, organisation)


def cycles_seen(user: User | AnonymousUser) -> QuerySet[Cycle]:
    """Give the cycles that a user sees in whole."""
    if not user.is_active:
        return Cycle.objects.none()
    organisations = organisations_for(user, Ability.SEE_ATTESTATION, whole=True)
    own = CommissionMember.objects.filter(user=user.pk).order_by().values("cycle")
    return Cycle.objects.filter(Q(organisation__in=organisations) | Q(pk__in=own))


def cases_seen(user: User | AnonymousUser) -> QuerySet[Case]:
    """Give the cases that a user sees: of the cycles she sees, and of her own people as the head of their unit."""
    own = employees_for(user, Ability.APPROVE_ATTESTATION).order_by().values("pk")
    of_a_unit = Q(employee__in=own) & ~Q(state__in=_UNLISTED)
    return Case.objects.filter(Q(cycle__in=cycles_seen(user).order_by().values("pk")) | of_a_unit)


def may_hand_in(user: User | AnonymousUser, case: Case) -> bool:
    """Tell whether a user may hand in the characteristic of a case: HR, the secretary, the head of the unit."""
    if may_in(user, Ability.RUN_ATTESTATION, case.cycle.organisation):
        return True
    return case.state not in _UNLISTED and may(user, Ability.APPROVE_ATTESTATION, case.employee)
