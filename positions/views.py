"""The catalogue of positions, the page of each and the search; the only place here that asks what day it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from positions import comparison, search_selectors, selectors
from positions.addresses import clause_anchor, clauses_of, edition_url
from positions.edition_comparison import compared
from positions.forms import DayForm, LanguagesForm, SearchForm, TwoEditionsForm
from positions.selectors import PositionRecord
from positions.standing import covers

HITS_A_PAGE = 50


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every position with the text in force on a day."""
    form = DayForm(request.GET)
    on = form.asked() or timezone.localdate()
    return render(request, "positions/catalogue.html", {"form": form, "on": on, "acts": selectors.catalogue(on=on)})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show which texts have what somebody looks for."""
    form = SearchForm(request.GET, acts=[(act.code, act.number) for act in selectors.acts()])
    question = form.question(reader=translation.get_language() or "kk")
    context: dict[str, Any] = {"form": form, "question": question, "today": timezone.localdate()}
    if question is not None:
        result = search_selectors.search(question)
        page = Paginator(result.hits, HITS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"result": result, "page": page, "groups": search_selectors.shown(result, list(page))}
    return render(request, "positions/search.html", context)


@require_GET
def position(request: HttpRequest, act: str, number: str) -> HttpResponse:
    """Show the edition of a position that is in force on a day, in two languages, with its ladder."""
    form, today = DayForm(request.GET), timezone.localdate()
    asked = form.asked()
    record = selectors.position_record(code=f"{act}/{number}", on=asked, today=today)
    if record is None:
        raise Http404(_("There is no such position."))
    return render(request, "positions/position.html", _text(request, record, on=asked or today) | {"form": form})


@require_GET
def edition(request: HttpRequest, act: str, number: str, begins: date) -> HttpResponse:
    """Show the edition of a position that begins on a day, at the address that it keeps."""
    form, today = DayForm(request.GET), timezone.localdate()
    asked = form.asked()
    record = selectors.position_record(code=f"{act}/{number}", on=asked, today=today, begins=begins)
    if record is None:
        raise Http404(_("There is no such position."))
    if record.edition is None:
        context = {"record": record, "begins": begins, "today": today}
        return render(request, "positions/no_edition.html", context, status=404)
    on = asked or (today if record.edition == record.current else record.edition.valid_from)
    return render(request, "positions/position.html", _text(request, record, on=on) | {"form": form})


@require_GET
def clause(request: HttpRequest, act: str, clause: str) -> HttpResponse:
    """Lead to the text of a clause that is in force on a day, or say which texts there are."""
    form, today = DayForm(request.GET), timezone.localdate()
    on = form.asked() or today
    editions = selectors.editions_with_clause(act=act, clause=clause)
    in_force = [edition for edition in editions if covers(edition, on)]
    if len(in_force) == 1:
        kept = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{edition_url(in_force[0])}{kept}{clause_anchor(in_force[0], clause)}")
    context = {"form": form, "clause": clause, "act": act, "on": on, "today": today}
    context |= {"editions": editions, "in_force": in_force}
    return render(request, "positions/clause.html", context, status=200 if in_force else 404)


@require_GET
def compare(request: HttpRequest, act: str, number: str) -> HttpResponse:
    """Show what differs between two editions of a position's text."""
    whole = selectors.editions_whole(code=f"{act}/{number}")
    if whole is None:
        raise Http404(_("There is no such position."))
    found, editions = whole
    context: dict[str, Any] = {"position": found, "editions": editions, "today": timezone.localdate()}
    if len(editions) > 1:
        form = TwoEditionsForm(request.GET, editions=editions, reader=translation.get_language() or "kk")
        pair = form.pair()
        context |= {"form": form, "pair": pair, "language": form.chosen_language()}
        if pair is not None:
            context["comparison"] = compared(*pair, language=form.chosen_language())
    return render(request, "positions/compare.html", context)


def _text(request: HttpRequest, record: PositionRecord, *, on: date) -> dict[str, Any]:
    """Give what the page of a text shows."""
    form = LanguagesForm(request.GET)
    left, right = form.pair(reader=translation.get_language() or "kk")
    context = {
        "record": record,
        "on": on,
        "today": timezone.localdate(),
        "languages": comparison.OWN_NAMES.items(),
        "left_code": left,
        "right_code": right,
        "kept": form.kept(),
    }
    if record.edition is not None and record.norm is not None:
        sides = [comparison.side(record.edition, language) for language in (left, right)]
        context |= {
            "clauses": clauses_of(record.edition),
            "sides": sides,
            "left": sides[0],
            "right": sides[1],
            "qualification": comparison.lines(*sides),
            "duties": comparison.part(record.duties, left=left, right=right),
            "knowledge": comparison.part(record.knowledge, left=left, right=right),
            "ladder": comparison.ladder(record.norm),
        }
    return context
