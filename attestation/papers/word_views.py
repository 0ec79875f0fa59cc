"""A paper as Word, with the organisation's own template or ours."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestation.papers.access import paper_for, readings_note
from attestation.papers.drawing import file_name
from attestation.papers.own_templates import OwnTemplateError, paper_word
from attestation.papers.registering import paper_kept
from attestation.papers.word import CONTENT_TYPE
from attestation.papers.word_words import problem_words
from attestation.papers.words import LANGUAGES
from employees.access import Ability, may_in
from employees.models import User


@require_GET
def document(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Give a registered paper in one language as a Word document, as it was registered."""
    paper, rights = paper_for(request.user, pk)
    if language not in LANGUAGES:
        raise Http404(_("There is no sheet in such a language."))
    user = cast("User", request.user)
    paper = paper_kept(paper, user=user, today=timezone.localdate())
    try:
        content = paper_word(paper, language, iin_in_full=rights.iin_in_full)
    except OwnTemplateError as error:
        context = {
            "paper": paper,
            "language": language,
            "template": error.template,
            "problems": [(each.tag, problem_words(each)) for each in error.problems],
            "may_manage": may_in(user, Ability.MANAGE_REGIMES, paper.organisation),
        }
        return render(request, "attestation/templates/broken.html", context, status=409)
    readings_note(user, [paper])
    name = f"{file_name(paper, language).removesuffix('.pdf')}.docx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
