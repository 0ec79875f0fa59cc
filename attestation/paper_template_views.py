"""Pages of the Word templates of papers: ours or the organisation's own, and the tags that they can use."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attestation.codes import PaperKind
from attestation.papers import own_templates
from attestation.papers.own_templates import OWN_LANGUAGES
from attestation.papers.word import CONTENT_TYPE
from attestation.papers.word_files import MAX_FILE_BYTES, FileRefusedError
from attestation.papers.word_guide import tag_rows
from attestation.papers.word_tags import FILTERS_ALLOWED, TagsRefusedError
from attestation.papers.word_templates import our_template
from attestation.papers.word_words import fault_words, problem_words
from employees.access import Ability, may_in, organisations_for
from employees.models import Organisation, User


class UploadForm(forms.Form):
    """A template on its way in."""

    file = forms.FileField(
        label=gettext_lazy("Word document (.docx)"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".docx"}),
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


@require_GET
def paper_templates(request: HttpRequest) -> HttpResponse:
    """List the kinds of papers with the templates that an organisation uses."""
    managed = organisations_for(request.user, Ability.MANAGE_REGIMES, whole=True)
    if not managed:
        raise PermissionDenied(_("You may not change the templates of any organisation."))
    number = request.GET.get("organisation") or managed[0].bin
    organisation = _managed(request, number)
    context = {
        "organisation": organisation,
        "managed": managed,
        "languages": OWN_LANGUAGES,
        "rows": own_templates.template_rows(organisation),
    }
    return render(request, "attestation/templates/list.html", context)


@require_http_methods(["GET", "POST"])
def paper_template(request: HttpRequest, number: str, kind: str, language: str) -> HttpResponse:
    """Show the template of a kind of paper with its tags, and take another."""
    organisation, found = _managed(request, number), _kind(kind, language)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems: list[tuple[str, str]] = []
    file_name = ""
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        file_name = file.name or ""
        try:
            _take(request, organisation, found, language, file)
        except FileRefusedError as error:
            form.add_error("file", fault_words(error))
        except TagsRefusedError as error:
            form.add_error("file", _("Some tags of this document cannot be used."))
            problems = [(each.tag, problem_words(each)) for each in error.problems]
        else:
            messages.success(request, _("The template was tried and taken. Papers in Word are now written with it."))
            return redirect("paper_template", number, kind, language)
    context = _told(organisation, found, language) | {"form": form, "problems": problems, "file_name": file_name}
    return render(request, "attestation/templates/template.html", context, status=422 if form.errors else 200)


@require_GET
def paper_template_file(request: HttpRequest, number: str, kind: str, language: str) -> HttpResponse:
    """Give the template in use, or ours, as a beginning for another."""
    organisation, found = _managed(request, number), _kind(kind, language)
    own = None if request.GET.get("ours") else own_templates.own_template(organisation, found, language)
    content = bytes(own.content) if own is not None else our_template(found, language)
    name = f"{found.replace('_', '-')}-{language}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


@require_POST
def paper_template_ours(request: HttpRequest, number: str, kind: str, language: str) -> HttpResponse:
    """Go back to our template."""
    organisation, found = _managed(request, number), _kind(kind, language)
    if own_templates.template_drop(organisation=organisation, kind=found, language=language):
        messages.success(request, _("The organisation's own template was deleted. Papers are written with ours again."))
    return redirect("paper_template", number, kind, language)


def _take(
    request: HttpRequest, organisation: Organisation, kind: PaperKind, language: str, file: UploadedFile[bytes]
) -> None:
    own_templates.template_set(
        organisation=organisation,
        kind=kind,
        language=language,
        name=file.name or "",
        content=file.read(MAX_FILE_BYTES + 1),
        user=cast("User", request.user),
    )


def _told(organisation: Organisation, kind: PaperKind, language: str) -> dict[str, Any]:
    """Give what the page of a template shows."""
    return {
        "organisation": organisation,
        "kind": kind,
        "language": language,
        "own": own_templates.own_template(organisation, kind, language),
        "tags": tag_rows(kind, language),
        "filters": FILTERS_ALLOWED,
    }


def _kind(kind: str, language: str) -> PaperKind:
    if kind not in PaperKind.values or language not in OWN_LANGUAGES:
        raise Http404(_("There is no such template."))
    return PaperKind(kind)


def _managed(request: HttpRequest, number: str) -> Organisation:
    seen = {each.bin: each for each in organisations_for(request.user, Ability.SEE)}
    if number not in seen:
        raise Http404(_("There is no such organisation among those you may see."))
    if not may_in(request.user, Ability.MANAGE_REGIMES, seen[number]):
        raise PermissionDenied(_("You may not change the templates of this organisation."))
    return seen[number]
