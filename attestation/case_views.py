"""Pages of a case: its course with what can be done now, an evaluation sheet, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attestation import cycle_services as services
from attestation.acting import SAVED, STALE, attempt, renewed, typed_words
from attestation.case_acts import ACTS, Act
from attestation.case_page import Answer, case_context, make_form, may_act
from attestation.case_selectors import Look, look_at
from attestation.cycle_selectors import case_of
from attestation.cycle_services import AlreadyDecidedError, NotYourPartError
from attestation.deciding_page import Deciding, deciding, renew_outcome
from attestation.models import Case
from attestation.refusal_words import stale_words
from attestation.sheet_forms import SheetForm
from attestation.voting_page import Voting, voting
from employees.codes import ReadKind
from employees.models import User
from employees.reading import reading_log
from employees.record_words import differences


@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case: whose move it is, what is known, and the forms of what the user can do now."""
    return _page(request, _look(request, pk))


@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one thing with a case; what is wrong, or was saved meanwhile, is told on the page of the case."""
    found, told = case_of(request.user, pk), ACTS.get(act)
    if told is None:
        raise Http404(_("There is no such page."))
    look, on = look_at(request.user, found), timezone.localdate()
    if not may_act(told, look):
        raise NotYourPartError
    if request.method == "GET":
        return redirect(f"{reverse('case', args=[pk])}#{told.block}")
    form = make_form(told, look, _user(request), request.POST, on=on)
    status = attempt(form, lambda: told.save(found, form, _user(request), on), look.regime, day_name=form.day_name)
    if status == SAVED:
        messages.success(request, str(told.done))
        return redirect(_back(request, found, told))
    look = look_at(request.user, case_of(request.user, pk))
    compared = None
    if status == STALE:
        compared = differences(form, form.stored(look.case))
        renewed(form, look.case.version)
    return _page(request, look, Answer(name=act, form=form, differences=compared), status=status)


def _back(request: HttpRequest, case: Case, act: Act) -> str:
    """Give the page that follows: of the sitting where the form stood there, else of the case."""
    if request.POST.get("back") == "sitting" and case.sitting_id:
        return f"{reverse('sitting', args=[case.sitting_id])}?case={case.pk}#heard"
    return f"{reverse('case', args=[case.pk])}#{act.block}"


def _look(request: HttpRequest, pk: int) -> Look:
    """Read a case for this user, which is noted as a reading of the person."""
    found = case_of(request.user, pk)
    reading_log(user=_user(request), employee=found.employee, kind=ReadKind.PAGE)
    return look_at(request.user, found)


def _page(request: HttpRequest, look: Look, answer: Answer | None = None, *, status: int = SAVED) -> HttpResponse:
    context = case_context(_user(request), look, on=timezone.localdate(), answer=answer)
    return render(request, "attestation/case/case.html", context | {"answer": answer}, status=status)


# ------------------------------------------------------------------------------------------------------------- a sheet


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Fill in an evaluation sheet: a member her own, whoever keeps the minutes one on paper; or read one."""
    page = _voting(request, pk, member)
    if request.method == "GET" or page.form is None:
        return _sheet_page(request, page, status=SAVED if request.method == "GET" else STALE)
    form = page.form
    try:
        status = attempt(form, lambda: _submit(request, page), page.look.regime, day_name=form.day_name)
    except AlreadyDecidedError:
        return _sheet_page(request, _voting(request, pk, member), status=STALE)
    if status == SAVED:
        messages.success(request, _("The evaluation sheet is handed in. It can be changed until the decision."))
        return redirect(page.back)
    if status == STALE:
        fresh = _voting(request, pk, member)
        form.now = fresh.sheet
        page = page.renewed(differences(form, form.stored(fresh.look.case)))
        renewed(form, fresh.sheet.version if fresh.sheet else None)
    return _sheet_page(request, page, status=status)


def _voting(request: HttpRequest, pk: int, member: int) -> Voting:
    look = _look(request, pk)
    data = request.POST if request.method == "POST" else None
    found = voting(_user(request), look, member, data, on=timezone.localdate())
    if found is None:
        raise Http404(_("There is no such member of the commission."))
    return found


def _submit(request: HttpRequest, page: Voting) -> object:
    form = cast("Any", page.form)
    return services.sheet_submit(
        case=page.look.case,
        member=page.member,
        version=form.cleaned_data["version"],
        **form.told(),
        user=_user(request),
        on=form.happened,
    )


def _sheet_page(request: HttpRequest, page: Voting, *, status: int) -> HttpResponse:
    lost = request.method == "POST" and page.form is None
    typed = typed_words(SheetForm, request.POST.dict(), "reasons", "dissenting_opinion") if lost else []
    return render(request, "attestation/case/sheet.html", page.context() | {"typed": typed}, status=status)


# ---------------------------------------------------------------------------------------------------------- a decision


@require_http_methods(["GET", "POST"])
def case_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down what the commission decided, as its votes have it."""
    page = _deciding(request, pk)
    if request.method == "GET" or page.form is None:
        return _decide_page(request, page, status=SAVED if request.method == "GET" else STALE)
    form = page.form
    try:
        status = attempt(form, _deciding_service(request, page), page.look.regime)
    except AlreadyDecidedError:
        return _decide_page(request, _deciding(request, pk), status=STALE)
    if status == SAVED:
        messages.success(request, _("The decision was put down."))
        return redirect(_after_decision(page))
    if status == STALE:
        renewed(form, case_of(request.user, pk).version)
        form.add_error(None, stale_words())
    renew_outcome(form, page)
    return _decide_page(request, page, status=status)


def _deciding(request: HttpRequest, pk: int) -> Deciding:
    look = _look(request, pk)
    if not look.may_decide:
        raise NotYourPartError
    return deciding(look, request.POST if request.method == "POST" else None, on=timezone.localdate())


def _decide_page(request: HttpRequest, page: Deciding, *, status: int) -> HttpResponse:
    if request.method == "POST" and page.form is None:
        page = page.with_typed(request.POST.dict())
    return render(request, "attestation/case/decide.html", page.context(), status=status)


def _deciding_service(request: HttpRequest, page: Deciding) -> Callable[[], object]:
    form = cast("Any", page.form)
    return lambda: services.case_decide(
        case=page.look.case,
        version=form.cleaned_data["version"],
        **form.told(),
        user=_user(request),
        on=timezone.localdate(),
    )


def _after_decision(page: Deciding) -> str:
    return f"{reverse('sitting', args=[page.look.case.sitting_id])}#agenda"


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
