"""Who sees and who writes an organisation's own entries; the order's text is open to everybody who is logged in."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from employees.access import Ability, may_in, organisations_for
from employees.models import Organisation, User


def seen_organisations(user: User | AnonymousUser) -> list[Organisation]:
    """Give the organisations whose own entries somebody sees."""
    return organisations_for(user, Ability.SEE)


def seen_organisation(user: User | AnonymousUser, number: str) -> Organisation:
    """Give an organisation whose own entries somebody sees. Raises Http404."""
    for each in seen_organisations(user):
        if each.bin == number:
            return each
    raise Http404(_("There is no such organisation among those you may see."))


def may_write(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Tell whether somebody may write the organisation's own entries."""
    return may_in(user, Ability.MANAGE_ORGANISATION, organisation)


def written_organisation(user: User | AnonymousUser, number: str) -> Organisation:
    """Give an organisation whose own entries somebody may write. Raises Http404 and PermissionDenied."""
    found = seen_organisation(user, number)
    if not may_write(user, found):
        raise PermissionDenied(_("You may not change the job descriptions of this organisation."))
    return found
