"""The pages of users, their rights and invitations."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employees import invitations, people, units
from employees.models import User
from employees.organisation_forms import GrantForm, InvitationForm, PasswordForm


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """List the users whom the acting user manages, and the open invitations."""
    actor = _actor(request)
    words = request.GET.get("q", "")[:200]
    page = Paginator(people.users_managed(actor, words=words), people.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "invitations": people.invitations_open(actor)}
    return render(request, "people/list.html", context)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a user with her rights, and add one."""
    actor, user = _actor(request), _user(request, pk)
    form = GrantForm(request.POST or None, places=units.places(people.managed_organisations(actor)))
    if request.method == "POST" and form.is_valid():
        try:
            organisation, unit = people.place(actor, form.cleaned_data["where"])
            people.grant_add(
                actor=actor, user=user, role=form.cleaned_data["role"], organisation=organisation, unit=unit
            )
        except people.RightRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The right was given."))
            return redirect("person", pk)
    context = {"person": user, "form": form, "elsewhere": people.rights_elsewhere(actor, user)}
    return render(request, "people/person.html", context)


@require_GET
def person_sees(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a user can see and do."""
    actor, user = _actor(request), _user(request, pk)
    context = {
        "person": user,
        "insight": people.insight(actor, user),
        "elsewhere": people.rights_elsewhere(actor, user),
    }
    return render(request, "people/sees.html", context)


@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a user's account, or open it again."""
    actor, user = _actor(request), _user(request, pk)
    active = request.POST.get("active") == "yes"
    try:
        people.user_set_active(actor=actor, user=user, active=active)
    except people.RightRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The account is open.") if active else _("The account is closed."))
    return redirect("person", pk)


@require_POST
def grant_remove(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take a right away."""
    actor, user = _actor(request), _user(request, pk)
    found = next((each for each in cast("Any", user).shown_grants if each.pk == grant), None)
    if found is None:
        raise Http404(_("There is no such right."))
    try:
        people.grant_remove(actor=actor, grant=found)
    except people.RightRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("person", pk)
    messages.success(request, _("The right was taken away."))
    return redirect("person", pk) if people.user_managed(actor, pk) else redirect("people")


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the answer shows the link, this once."""
    actor = _actor(request)
    form = InvitationForm(
        request.POST or None,
        places=units.places(people.managed_organisations(actor)),
        initial={"language": get_language()},
    )
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            organisation, unit = people.place(actor, asked.pop("where"))
            invited = invitations.invitation_send(
                actor=actor,
                organisation=organisation,
                unit=unit,
                link_to=lambda token: request.build_absolute_uri(reverse("invitation", args=[token])),
                **asked,
            )
        except people.RightRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            return render(request, "people/invited.html", {"invited": invited, "language": asked["language"]})
    return render(request, "people/invite.html", {"form": form})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation that nobody has used."""
    actor = _actor(request)
    found = next((each for each in people.invitations_open(actor) if each.pk == pk), None)
    if found is None:
        raise Http404(_("There is no such invitation."))
    invitations.invitation_withdraw(actor=actor, invitation=found)
    messages.success(request, _("The invitation was withdrawn; its link opens nothing any more."))
    return redirect("people")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose her password."""
    found = invitations.invitation_open(token)
    if found is None:
        return _spent(request)
    form = PasswordForm(request.POST or None, user=User(username=found.username, email=found.email))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invitation_accept(token=token, password=form.cleaned_data["password"])
        except invitations.InvitationSpentError:
            return _spent(request)
        except ValidationError as refused:
            form.add_error("password", refused.messages)
        else:
            messages.success(request, _("Your account is ready. Log in with your user name and password."))
            return redirect("account_login")
    return render(request, "people/invitation.html", {"invitation": found, "form": form})


def _spent(request: HttpRequest) -> HttpResponse:
    response = render(request, "people/spent.html", status=410)
    # Django writes the address of an answer above 400 into the log; a token does not belong there.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _actor(request: HttpRequest) -> User:
    actor = cast("User", request.user)
    if not people.manages_people(actor):
        raise PermissionDenied
    return actor


def _user(request: HttpRequest, pk: int) -> User:
    found = people.user_managed(_actor(request), pk)
    if found is None:
        raise Http404(_("There is no such user among those whom you manage."))
    return found
