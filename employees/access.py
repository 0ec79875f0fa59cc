"""Who may see whom: the one place that turns a user's grants into what she meets on any page.

Nothing is allowed that a grant does not allow. A grant covers an organisation, or a unit with the units below it.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from employees.codes import Role
from employees.models import Employee, Grant, Organisation, Unit, User

#: The roles that meet employees at all; an editor of texts does not.
SEES_EMPLOYEES = (Role.HR, Role.MANAGER, Role.SECRETARY, Role.AUDITOR, Role.ADMIN)
#: The roles that see an IIN in full.
SEES_IIN = (Role.HR, Role.SECRETARY, Role.ADMIN)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False


def visible_employees(user: User | AnonymousUser) -> QuerySet[Employee]:
    """Give the employees the user may see, and nobody else."""
    return Employee.objects.filter(_within(user, SEES_EMPLOYEES))


def visible_organisations(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Give the organisations in which the user may see at least some employees."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(
        pk__in=Grant.objects.filter(user=user, role__in=SEES_EMPLOYEES).values("organisation")
    )


def may_see_iin(user: User | AnonymousUser, employee: Employee) -> bool:
    """Tell whether the user sees this employee's IIN in full (others see its last digits)."""
    return Employee.objects.filter(_within(user, SEES_IIN), pk=employee.pk).exists()


def _within(user: User | AnonymousUser, roles: tuple[Role, ...]) -> Q:
    """Give the condition on employees that lie within the user's grants of these roles."""
    nobody = Q(pk__in=[])
    if isinstance(user, AnonymousUser) or not user.is_active:
        return nobody
    if user.is_superuser:
        return Q()
    condition = nobody
    grants = list(Grant.objects.filter(user=user, role__in=roles).values_list("organisation_id", "unit_id"))
    whole = {organisation for organisation, unit in grants if unit is None}
    if whole:
        condition |= Q(organisation__in=whole)
    units = {unit for organisation, unit in grants if unit is not None and organisation not in whole}
    if units:
        condition |= Q(unit__in=_with_units_below(units))
    return condition


def _with_units_below(units: set[int]) -> set[int]:
    """Add the units below, level by level of the tree."""
    found, frontier = set(units), set(units)
    while frontier:
        frontier = set(Unit.objects.filter(parent__in=frontier).values_list("pk", flat=True)) - found
        found |= frontier
    return found
