"""Pages of a sitting: presence and quorum, one person after another, the end, and the minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from attestation import cycle_services as services
from attestation.acting import SAVED, STALE, attempt, renewed
from attestation.cycle_selectors import sitting_of
from attestation.cycle_services import NotYourPartError
from attestation.models import Sitting
from attestation.refusal_words import stale_words
from attestation.sitting_page import Session, make_form, quorum_line, session_of, sitting_context
from employees.codes import ReadKind
from employees.models import User
from employees.reading import reading_log

_DONE: dict[str, Promise] = {
    "open": gettext_lazy("The sitting is open."),
    "presence": gettext_lazy("Who is present was saved."),
    "close": gettext_lazy("The sitting is closed. Its minutes can be signed."),
    "reopen": gettext_lazy("The sitting goes on."),
    "sign": gettext_lazy("The signing of the minutes was noted."),
    "recording": gettext_lazy("Where the recording is kept was saved."),
}


@require_GET
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sitting: who is present, the people before it, and the one who is being heard."""
    return _page(request, session_of(_user(request), sitting_of(request.user, pk)))


@require_http_methods(["GET", "POST"])
def sitting_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Open or close a sitting, note who is present, that the minutes are signed, where the recording is."""
    found = sitting_of(request.user, pk)
    if act not in _DONE:
        raise Http404(_("There is no such page."))
    session, on = session_of(_user(request), found), timezone.localdate()
    if not session.part.keep_minutes:
        raise NotYourPartError
    if request.method == "GET":
        return redirect("sitting", pk)
    form = make_form(act, session, request.POST, on=on)
    status = attempt(form, _service(request, act, found, form), session.regime, day_name="signed_on")
    if status == SAVED:
        messages.success(request, str(_DONE[act]))
        return redirect(reverse("sitting", args=[pk]))
    session = session_of(_user(request), sitting_of(request.user, pk))
    if status == STALE:
        renewed(form, session.sitting.version)
        form.add_error(None, stale_words())
    return _page(request, session, form=form, act=act, status=status)


def _service(request: HttpRequest, act: str, found: Sitting, form: forms.Form) -> Callable[[], object]:
    """Give the call that does it; what was typed is read only once the form is known to be right."""

    def told() -> dict[str, Any]:
        own = {"sitting": found, "version": form.cleaned_data["version"], "user": _user(request)}
        return {**own, "on": form.cleaned_data.get("signed_on") or timezone.localdate()}

    def seated() -> dict[str, Any]:
        return {"present": form.cleaned_data["present"], "acting_chair": form.cleaned_data.get("acting_chair")}

    def place() -> dict[str, Any]:
        return {"held_on": found.held_on, "starts_at": found.starts_at, "place": found.place}

    calls: dict[str, Callable[[], object]] = {
        "open": lambda: services.sitting_open(**told(), **seated()),
        "presence": lambda: services.sitting_presence(**told(), **seated()),
        "close": lambda: services.sitting_close(**told()),
        "reopen": lambda: services.sitting_reopen(**told()),
        "sign": lambda: services.minutes_sign(**told()),
        "recording": lambda: services.sitting_change(**told(), **place(), recording=form.cleaned_data["recording"]),
    }
    return calls[act]


@require_GET
def sitting_quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in words whether those who are ticked make a quorum, while they are being ticked."""
    session = session_of(_user(request), sitting_of(request.user, pk))
    if not session.part.keep_minutes:
        raise NotYourPartError
    form = make_form("open", session, request.GET, on=timezone.localdate())
    form.is_valid()
    line = quorum_line(session, cast("Any", form).seated, form.cleaned_data.get("acting_chair"))
    return render(request, "attestation/sitting/quorum.html", {"quorum": line})


def _page(
    request: HttpRequest, session: Session, *, form: forms.Form | None = None, act: str = "", status: int = SAVED
) -> HttpResponse:
    chosen = request.GET.get("case", "")
    user = _user(request)
    context = sitting_context(
        user,
        session,
        int(chosen) if chosen.isdecimal() else None,
        on=timezone.localdate(),
        form=form,
        act=act,
    )
    if context["heard"]:
        reading_log(user=user, employee=context["employee"], kind=ReadKind.PAGE)
    return render(request, "attestation/sitting/sitting.html", context, status=status)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
