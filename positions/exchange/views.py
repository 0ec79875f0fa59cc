"""Pages on which texts leave and come in: files for translators and lawyers, a look at what a file would do, saving."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from positions.desk.access import needs
from positions.exchange import keeping, services, writing
from positions.exchange.forms import ReasonForm, TextsForm
from positions.exchange.look import looked_at, warnings_of
from positions.exchange.on_file import StoredPosition, texts_of, texts_on_file
from positions.exchange.planning import Plan
from positions.exchange.problems import (
    ExchangeRefusedError,
    FileRefusedError,
    NothingNewError,
    TextsChangedError,
    TextsRefusedError,
    TooLongForACellError,
)
from positions.exchange.reading import read_file
from positions.selectors import acts

#: So many mistakes and warnings stand on a page; whoever mends those and sends the file again sees the rest.
SHOWN = 200


# ---------------------------------------------------------------------------------------------------------------- out


@require_GET
def export_position(request: HttpRequest, act: str, number: str, suffix: str) -> HttpResponse:
    """Give the texts of a position as a norm file or a workbook."""
    return _download(texts_of(code=f"{act}/{number}"), f"{act}-{number}", suffix)


@require_GET
def export_act(request: HttpRequest, act: str, suffix: str) -> HttpResponse:
    """Give the texts of an act as an archive of norm files or a workbook."""
    return _download(texts_of(act=act), act, suffix)


def _download(positions: list[StoredPosition], name: str, suffix: str) -> HttpResponse:
    if not positions:
        raise Http404(_("There is no such position."))
    try:
        content = _content(positions, suffix)
    except TooLongForACellError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    headers = {"Content-Disposition": f'attachment; filename="sanat-{name}.{suffix}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=writing.CONTENT_TYPES[suffix], headers=headers)


def _content(positions: list[StoredPosition], suffix: str) -> bytes:
    if suffix == "xlsx":
        return writing.workbook(positions)
    if suffix == "zip":
        return writing.archive(positions, on=timezone.localdate())
    return writing.position_yaml(positions[0]).encode()


# ----------------------------------------------------------------------------------------------------------------- in


@needs("change_draft")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Take a file in for a look; one with mistakes is not kept."""
    form = TextsForm(request.POST, request.FILES) if request.method == "POST" else TextsForm()
    plan = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        plan = services.texts_plan(name=file.name, content=content)
        if not plan.problems:
            kept = keeping.file_keep(user=_user(request), name=file.name, content=content)
            return redirect("texts_exchange_look", kept.token)
    context = {"form": form, "acts": acts(), **_problems(plan)}
    return render(request, "positions/exchange/exchange.html", context, status=422 if form.errors or plan else 200)


@needs("change_draft")
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a file would do, and do it once somebody has said why."""
    kept = keeping.file_kept(user=_user(request), token=token)
    if kept is None:
        messages.error(request, _("The file is not kept any more. Send it again."))
        return redirect("texts_exchange")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "discard" in request.POST:
        keeping.file_drop(user=_user(request), token=token)
        messages.success(request, _("The file has been deleted. Nothing was changed."))
        return redirect("texts_exchange")
    if request.method == "POST" and form.is_valid():
        return _save(request, kept, form)
    return _looked(request, kept, form)


def _save(request: HttpRequest, kept: keeping.Kept, form: ReasonForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        plan = services.texts_import(
            name=kept.name,
            content=kept.content,
            digest=told["digest"],
            user=request.user,
            reason=told["reason"],
        )
    except ExchangeRefusedError as error:
        messages.error(request, refusal_words(error))
        return redirect("texts_exchange_look", kept.token)
    keeping.file_drop(user=_user(request), token=kept.token)
    counts = {"changed": plan.changed, "new": plan.new}
    messages.success(request, _("The texts are saved. Editions changed: %(changed)d; new editions: %(new)d.") % counts)
    if len(plan.changing) == 1:
        return redirect("position", *plan.changing[0].wanted.code.split("/"))
    return redirect("positions")


def _looked(request: HttpRequest, kept: keeping.Kept, form: ReasonForm) -> HttpResponse:
    on_file = texts_on_file()
    plan = read_file(kept.name, kept.content, on_file)
    warnings = warnings_of(plan)
    positions = looked_at(plan, acts=on_file.acts, language=translation.get_language() or "kk")
    context = {
        "name": kept.name,
        "plan": plan,
        "form": form,
        "positions": list(positions) if not plan.problems else [],
        "warnings": warnings[:SHOWN],
        "warning_count": len(warnings),
        **_problems(plan),
    }
    return render(request, "positions/exchange/look.html", context, status=422 if form.errors else 200)


def _problems(plan: Plan | None) -> dict[str, object]:
    problems = plan.problems if plan else ()
    return {"problems": problems[:SHOWN], "problem_count": len(problems)}


def refusal_words(error: ExchangeRefusedError) -> str:
    """Say why texts were not taken in."""
    if isinstance(error, TextsChangedError):
        return _(
            "The texts were changed while you looked at the file. Nothing was saved; this is what it would do now."
        )
    if isinstance(error, NothingNewError):
        return _("Nothing new: the texts on file say all this already.")
    if isinstance(error, TextsRefusedError):
        return _("The file cannot be taken in any more: the mistakes are named below. Nothing was saved.")
    if isinstance(error, FileRefusedError):
        return str(error)
    return _("The texts were not taken in.")


def _user(request: HttpRequest) -> int:
    return cast("int", request.user.pk)
