"""The catalogue of positions and the page of each; the only place here that asks what day it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from positions import comparison, selectors
from positions.forms import DayForm, LanguagesForm


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every position with the text in force on a day."""
    form = DayForm(request.GET)
    on = form.asked() or timezone.localdate()
    return render(request, "positions/catalogue.html", {"form": form, "on": on, "acts": selectors.catalogue(on=on)})


@require_GET
def position(request: HttpRequest, act: str, number: str) -> HttpResponse:
    """Show one edition of a position in two languages, with its ladder."""
    form, languages = DayForm(request.GET), LanguagesForm(request.GET)
    today = timezone.localdate()
    asked = form.asked()
    record = selectors.position_record(code=f"{act}/{number}", on=asked, today=today)
    if record is None:
        raise Http404(_("There is no such position."))
    left, right = languages.pair(reader=translation.get_language() or "kk")
    context = {
        "form": form,
        "record": record,
        "on": asked or today,
        "languages": comparison.OWN_NAMES.items(),
        "left_code": left,
        "right_code": right,
    }
    if record.edition is not None and record.norm is not None:
        sides = [comparison.side(record.edition, language) for language in (left, right)]
        context |= {
            "sides": sides,
            "left": sides[0],
            "right": sides[1],
            "qualification": comparison.lines(*sides),
            "duties": comparison.part(record.duties, left=left, right=right),
            "knowledge": comparison.part(record.knowledge, left=left, right=right),
            "ladder": comparison.ladder(record.norm),
        }
    return render(request, "positions/position.html", context)
