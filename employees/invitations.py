"""Invitations: a one-time way in. The token stands in the link alone; the database knows its digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from employees import access, people
from employees.access import Ability
from employees.codes import Role
from employees.models import Grant, Invitation, Organisation, Unit, User

VALID_FOR = timedelta(days=7)


class InvitationRefusedError(people.RightRefusedError):
    """An invitation that is not made."""


class UserNameTakenError(InvitationRefusedError):
    """Somebody has this user name, whatever the case of its letters."""

    field = "username"

    def __str__(self) -> str:
        return _("Somebody has this user name already. Choose another.")


class AlreadyInvitedError(InvitationRefusedError):
    """An invitation for this user name is still open."""

    field = "username"

    def __str__(self) -> str:
        return _(
            "An invitation for this user name is still open. If its link is lost, withdraw it on the page of users, "
            "then invite again."
        )


class InvitationSpentError(Exception):
    """The link has been used, has expired, was withdrawn, or never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A new invitation with its link, which can be shown this once only."""

    invitation: Invitation
    link: str
    #: Whether a mail went out; None where none was asked for.
    mailed: bool | None


def digest(token: str) -> str:
    """Give what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_open(token: str) -> Invitation | None:
    """Give the invitation of a token while it holds (1 query, and 2 for the rights of who invited)."""
    found = (
        Invitation.objects.filter(digest=digest(token), used_at__isnull=True, expires_at__gt=timezone.now())
        .select_related("organisation", "unit", "invited_by")
        .first()
    )
    return found if found and _still_backed(found) else None


def invitation_send(
    *,
    actor: User,
    username: str,
    role: Role,
    organisation: Organisation,
    unit: Unit | None,
    email: str,
    language: str,
    link_to: Callable[[str], str],
) -> Invited:
    """Make an invitation and, with an address, mail it; a mail that fails leaves the printed link."""
    token = secrets.token_urlsafe(32)
    invitation = invitation_add(
        actor=actor, token=token, username=username, role=role, organisation=organisation, unit=unit, email=email
    )
    link = link_to(token)
    mailed = _mail(invitation, link=link, language=language) if email else None
    return Invited(invitation=invitation, link=link, mailed=mailed)


@transaction.atomic
def invitation_add(
    *,
    actor: User,
    token: str,
    username: str,
    role: Role,
    organisation: Organisation,
    unit: Unit | None = None,
    email: str = "",
) -> Invitation:
    """Keep an invitation to a role within the acting user's own organisations."""
    people.require_managed(actor, organisation, unit)
    if User.objects.filter(username__iexact=username).exists():
        raise UserNameTakenError
    now = timezone.now()
    if Invitation.objects.filter(username__iexact=username, used_at=None, expires_at__gt=now).exists():
        raise AlreadyInvitedError
    invitation = Invitation(
        digest=digest(token),
        username=username,
        email=email,
        role=role,
        organisation=organisation,
        unit=unit,
        invited_by=actor,
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    return invitation


@transaction.atomic
def invitation_withdraw(*, actor: User, invitation: Invitation) -> None:
    """Let an invitation end now."""
    people.require_managed(actor, invitation.organisation, None)
    Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).delete()


@transaction.atomic
def invitation_accept(*, token: str, password: str) -> User:
    """Make the account of an invited person with her right; of two who use one link at once, one is refused."""
    invitation = invitation_open(token)
    if invitation is None:
        raise InvitationSpentError
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, expires_at__gt=now).update(used_at=now):
        raise InvitationSpentError
    if User.objects.filter(username__iexact=invitation.username).exists():
        raise InvitationSpentError
    user = User(username=invitation.username, email=invitation.email)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    grant = Grant(user=user, role=invitation.role, organisation=invitation.organisation, unit=invitation.unit)
    grant.full_clean()
    grant._history_user = invitation.invited_by  # type: ignore[attr-defined]  # she gave it; the new user took it up
    grant.save()
    return user


def _still_backed(invitation: Invitation) -> bool:
    """Tell whether who invited may still do so; a right that is gone gives nobody else one."""
    return access.may_in(invitation.invited_by, Ability.MANAGE_PEOPLE, invitation.organisation)


def _mail(invitation: Invitation, *, link: str, language: str) -> bool:
    """Send the link in the chosen language; a failure is told to the user and not logged, for the link is in it."""
    with translation.override(language):
        subject = _("Invitation to Sanat")
        body = render_to_string("people/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return bool(send_mail(subject, body, None, [invitation.email]))
    except (OSError, SMTPException):
        return False
