"""The page of reminders, and the calendar that its secret address opens; the clock is asked here."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from attestation import calendar_feed as calendars
from attestation import digest_selectors as selectors
from attestation.digest import week_of
from attestation.digest_mail import digest_choose
from attestation.digest_words import told
from attestation.reminder_forms import CalendarForm, DigestForm
from attestation.verdicts import verdicts_renew
from employees.access import Ability, may_anywhere
from employees.models import User

_PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what is chosen, and the digest as it would be sent now."""
    return _page(request, _user(request))


@require_POST
def digest_choice(request: HttpRequest) -> HttpResponse:
    """Keep whether the digest is wanted, and its language."""
    user, form = _user(request), DigestForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form=form)
    digest_choose(user=user, **form.cleaned_data)
    messages.success(request, _("Your choice is kept."))
    return redirect("reminders")


@never_cache
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make a calendar address; the answer shows it, this once."""
    user, form = _user(request), CalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, user, calendar_form=form)
    token = calendars.calendar_address_make(
        user=user, language=form.cleaned_data["calendar_language"], now=timezone.now()
    )
    return _page(request, user, address=request.build_absolute_uri(reverse("calendar_feed", args=[token])))


@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """Let the calendar address end."""
    if calendars.calendar_address_revoke(user=_user(request)):
        messages.success(request, _("The calendar address opens nothing any more."))
    return redirect("reminders")


@login_not_required
@csrf_exempt  # nothing is changed here, and a refusal by Django would write the address into the log
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand the calendar to a program that knows its address."""
    response: HttpResponse
    if request.method not in ("GET", "HEAD"):
        response = HttpResponseNotAllowed(["GET", "HEAD"])
    elif (feed := calendars.feed_of(token)) is None:
        response = HttpResponseNotFound(_("This calendar address opens nothing."), content_type=_PLAIN)
    else:
        response = HttpResponse(calendars.feed_read(feed, now=timezone.now()), content_type=calendars.CONTENT_TYPE)
        response["Content-Language"] = feed.language
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    # Django writes the address of an answer above 400 into the log; a secret does not belong there.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _page(request: HttpRequest, user: User, **shown: Any) -> HttpResponse:
    on = timezone.localdate()
    verdicts_renew(on=on)
    digest = selectors.digest_of(user, on=on)
    chosen = {"wanted": selectors.wants(user), "language": user.language or settings.LANGUAGE_CODE}
    context = {
        "on": on,
        "digest": digest,
        "sections": told(digest),
        "receives": selectors.receives(user),
        "sent": selectors.sent_in(user, week_of(on)),
        "calendar": calendars.calendar_address_of(user),
        "form": DigestForm(initial=chosen),
        "calendar_form": CalendarForm(initial={"calendar_language": get_language()}),
    }
    return render(request, "reminders/reminders.html", context | shown)


def _user(request: HttpRequest) -> User:
    if not may_anywhere(request.user, Ability.SEE):
        raise PermissionDenied(_("Reminders are about employees, and you see none. Ask an administrator for a right."))
    return cast("User", request.user)
