"""Who may see whom: the one place that turns a user's grants into what she meets on any page.

Nothing is allowed that a grant does not allow. A grant covers an organisation, or a unit with the units below it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from employees.codes import Role
from employees.models import Employee, Grant, Organisation, Unit, User


class Ability(StrEnum):
    """What somebody may do with employees, or in an organisation."""

    SEE = "see"
    SEE_IIN = "see_iin"
    EDIT = "edit"
    IMPORT = "import"
    EXPORT = "export"
    PRINT = "print"
    READ_HISTORY = "read_history"
    READ_LOG = "read_log"
    MANAGE_ORGANISATION = "manage_organisation"
    MANAGE_PEOPLE = "manage_people"
    #: Preparing cycles, writing the minutes, printing the papers.
    RUN_ATTESTATION = "run_attestation"
    #: Approving lists and results; of the whole organisation, that is its head.
    APPROVE_ATTESTATION = "approve_attestation"
    #: Reading cycles without a part in them.
    SEE_ATTESTATION = "see_attestation"
    MANAGE_REGIMES = "manage_regimes"
    #: Changing what the law asks; the texts are common to all organisations.
    EDIT_TEXTS = "edit_texts"


#: Which roles may do what. An ability that stands here for no role is nobody's; a role that stands nowhere may nothing.
ABILITIES: dict[Ability, tuple[Role, ...]] = {
    Ability.SEE: (Role.HR, Role.MANAGER, Role.SECRETARY, Role.AUDITOR, Role.ADMIN),
    Ability.SEE_IIN: (Role.HR, Role.SECRETARY, Role.ADMIN),
    Ability.EDIT: (Role.HR, Role.ADMIN),
    Ability.IMPORT: (Role.HR, Role.ADMIN),
    Ability.EXPORT: (Role.HR, Role.MANAGER, Role.SECRETARY, Role.ADMIN),
    Ability.PRINT: (Role.HR, Role.MANAGER, Role.SECRETARY, Role.ADMIN),
    Ability.READ_HISTORY: (Role.HR, Role.AUDITOR, Role.ADMIN),
    Ability.READ_LOG: (Role.AUDITOR, Role.ADMIN),
    Ability.MANAGE_ORGANISATION: (Role.HR, Role.ADMIN),
    Ability.MANAGE_PEOPLE: (Role.ADMIN,),
    Ability.RUN_ATTESTATION: (Role.HR, Role.SECRETARY, Role.ADMIN),
    Ability.APPROVE_ATTESTATION: (Role.MANAGER, Role.ADMIN),
    Ability.SEE_ATTESTATION: (Role.HR, Role.SECRETARY, Role.MANAGER, Role.AUDITOR, Role.ADMIN),
    Ability.MANAGE_REGIMES: (Role.HR, Role.ADMIN),
    Ability.EDIT_TEXTS: (Role.TEXTS, Role.ADMIN),
}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False


@dataclass(frozen=True, slots=True)
class Rights:
    """What a user may do: everything, or a list of grants."""

    everything: bool = False
    grants: tuple[Grant, ...] = ()

    def of(self, roles: tuple[Role, ...]) -> list[Grant]:
        """Give the grants of these roles."""
        return [grant for grant in self.grants if grant.role in roles]


def rights_of(user: User | AnonymousUser) -> Rights:
    """Give the rights of a user (1 query for the life of the user object, which is one request)."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Rights()
    if user.is_superuser:
        return Rights(everything=True)
    if not hasattr(user, "_rights"):
        grants = Grant.objects.filter(user=user).select_related("organisation").order_by("organisation__bin", "pk")
        user._rights = Rights(grants=tuple(grants))  # type: ignore[attr-defined]
    rights: Rights = user._rights  # type: ignore[attr-defined]
    return rights


def employees_for(user: User | AnonymousUser, ability: Ability) -> QuerySet[Employee]:
    """Give the employees with whom the user may do this, and nobody else."""
    return Employee.objects.filter(_within(user, ABILITIES[ability]))


def visible_employees(user: User | AnonymousUser) -> QuerySet[Employee]:
    """Give the employees the user may see, and nobody else."""
    return employees_for(user, Ability.SEE)


def organisations_for(user: User | AnonymousUser, ability: Ability, *, whole: bool = False) -> list[Organisation]:
    """Give the organisations in which the user may do this with somebody (or, `whole`, with everybody), by number."""
    rights = rights_of(user)
    if rights.everything:
        return list(Organisation.objects.order_by("bin"))
    grants = [grant for grant in rights.of(ABILITIES[ability]) if not whole or grant.unit_id is None]
    return list({grant.organisation_id: grant.organisation for grant in grants}.values())


def visible_organisations(user: User | AnonymousUser) -> list[Organisation]:
    """Give the organisations in which the user may see at least some employees, by number."""
    return organisations_for(user, Ability.SEE)


def may_anywhere(user: User | AnonymousUser, ability: Ability) -> bool:
    """Tell whether the user may do this with anybody at all (no query beyond her rights)."""
    rights = rights_of(user)
    return rights.everything or bool(rights.of(ABILITIES[ability]))


def may(user: User | AnonymousUser, ability: Ability, employee: Employee) -> bool:
    """Tell whether the user may do this with this employee (at most 2 queries)."""
    return employees_for(user, ability).filter(pk=employee.pk).exists()


def may_in(user: User | AnonymousUser, ability: Ability, organisation: Organisation) -> bool:
    """Tell whether the user may do this in the whole organisation."""
    return organisation in organisations_for(user, ability, whole=True)


def sees_employees(user: User | AnonymousUser) -> bool:
    """Tell whether the user meets employees at all."""
    return may_anywhere(user, Ability.SEE)


def may_see_iin(user: User | AnonymousUser, employee: Employee) -> bool:
    """Tell whether the user sees this employee's IIN in full (others see its last digits)."""
    return may(user, Ability.SEE_IIN, employee)


def _within(user: User | AnonymousUser, roles: tuple[Role, ...]) -> Q:
    """Give the condition on employees that lie within the user's grants of these roles."""
    rights = rights_of(user)
    if rights.everything:
        return Q()
    grants = rights.of(roles)
    whole = {grant.organisation_id for grant in grants if grant.unit_id is None}
    limited = [grant for grant in grants if grant.unit_id is not None and grant.organisation_id not in whole]
    condition = Q(organisation__in=whole) if whole else Q(pk__in=[])
    if limited:
        condition |= Q(unit__in=_with_units_below(limited))
    return condition


def _with_units_below(grants: list[Grant]) -> set[int]:
    """Give the units of the grants and all below them, walking down the trees of their organisations (1 query)."""
    children: dict[int | None, list[int]] = defaultdict(list)
    trees = Unit.objects.filter(organisation__in={grant.organisation_id for grant in grants})
    for unit, parent in trees.values_list("pk", "parent"):
        children[parent].append(unit)
    found = {grant.unit_id for grant in grants if grant.unit_id is not None}
    frontier = list(found)
    while frontier:
        below = [child for child in children[frontier.pop()] if child not in found]
        found.update(below)
        frontier += below
    return found
