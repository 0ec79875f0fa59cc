"""Users of the demonstration."""

from __future__ import annotations

from django.db import transaction

from employees.codes import Role
from employees.models import Grant, Organisation, Unit, User


@transaction.atomic
def demo_user_ensure(
    *, username: str, password: str, role: Role | None, organisation: Organisation, unit_name: str | None = None
) -> User:
    """Make a user of the demonstration with one right or none, if she is not there; an administrator may use the admin.

    An existing user keeps her password: somebody may have changed it.
    """
    user, created = User.objects.get_or_create(
        username=username,
        defaults={"is_staff": role is Role.ADMIN, "is_superuser": role is Role.ADMIN},
    )
    if created:
        user.set_password(password)
        user.save(update_fields=["password"])
    unit = Unit.objects.get(organisation=organisation, name=unit_name) if unit_name else None
    if role is not None:
        Grant.objects.get_or_create(user=user, role=role, organisation=organisation, unit=unit)
    return user
