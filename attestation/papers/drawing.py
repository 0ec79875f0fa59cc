"""From a registered paper to its sheets: words are added in one language, a template of templates/print lays them out.

`drawn` gives a mapping of texts alone, by names that templates know; it holds nothing that the paper does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from attestation.codes import PaperKind
from attestation.models import Paper
from attestation.papers import draw_case, draw_cycle, draw_sheet, draw_sitting
from attestation.papers.frame import Frame
from attestation.papers.words import Words, words_of
from attestation.printing import Sheet, pdf_of

_Draw = Callable[[Frame], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a kind of paper is drawn: its template, whether it lies, and the parts that are sheets of their own."""

    draw: _Draw
    template: str
    landscape: bool = False
    #: Annexes by their names, each with its template and whether it lies.
    annexes: Sequence[tuple[str, str, bool]] = ()


#: What a Word template may name, and no template of ours prints by that name.
_ONLY_NAMED = {"person"}

_LOOKS: Mapping[PaperKind, _Look] = {
    PaperKind.ORDER: _Look(
        draw=draw_cycle.order,
        template="order",
        annexes=(("people", "people", True), ("schedule", "annex", True), ("commission", "annex", False)),
    ),
    PaperKind.SCHEDULE: _Look(draw=draw_cycle.schedule, template="schedule", landscape=True),
    PaperKind.NOTICE: _Look(draw=draw_case.notice, template="notice"),
    PaperKind.CHARACTERISTIC_REQUEST: _Look(draw=draw_case.request, template="notice"),
    PaperKind.CHARACTERISTIC: _Look(draw=draw_case.characteristic, template="characteristic"),
    PaperKind.EVALUATION_SHEET: _Look(draw=draw_case.evaluation, template="evaluation"),
    PaperKind.SHEET: _Look(draw=draw_sheet.sheet, template="sheet"),
    PaperKind.MINUTES: _Look(draw=draw_sitting.minutes, template="minutes"),
    PaperKind.EXTRACT: _Look(draw=draw_case.extract, template="extract"),
    PaperKind.REFUSAL: _Look(draw=draw_case.refusal, template="refusal"),
    PaperKind.SUMMARY: _Look(draw=draw_cycle.summary, template="summary", landscape=True),
    PaperKind.RESULTS_ORDER: _Look(
        draw=draw_cycle.results,
        template="order",
        annexes=(("decisions", "annex", False), ("categories", "categories", True)),
    ),
    PaperKind.CERTIFICATE: _Look(draw=draw_case.certificate, template="certificate", landscape=True),
    PaperKind.OVERDUE: _Look(draw=draw_cycle.overdue, template="overdue", landscape=True),
}


def drawn(paper: Paper, language: str, *, iin_in_full: bool = True) -> dict[str, Any]:
    """Give what a paper says in words of a language; raises KeyError for a language without words."""
    frame = Frame(
        data=paper.data,
        words=_words(paper, language),
        number=paper.number,
        on=paper.registered_on,
        iin_in_full=iin_in_full,
    )
    with translation.override(language):
        return _LOOKS[PaperKind(paper.kind)].draw(frame)


def sheets_of(paper: Paper, language: str, *, iin_in_full: bool = True) -> list[Sheet]:
    """Give the sheets of a paper in one language: itself, then its annexes."""
    look = _LOOKS[PaperKind(paper.kind)]
    told = drawn(paper, language, iin_in_full=iin_in_full)
    annexes = {name: told.pop(name) for name, _template, _lies in look.annexes}
    for name in _ONLY_NAMED & told.keys():
        del told[name]
    own = Sheet(template=look.template, data=told, language=language, landscape=look.landscape)
    return [own] + [
        Sheet(template=template, data=annexes[name], language=language, landscape=lies)
        for name, template, lies in look.annexes
        if annexes[name] is not None
    ]


def paper_pdf(paper: Paper, language: str, *, today: date, iin_in_full: bool = True) -> bytes:
    """Set a paper in one language; the file bears the day of its registration, so that it is the same every time."""
    return pdf_of(
        sheets_of(paper, language, iin_in_full=iin_in_full),
        title=title_of(paper, language),
        on=paper.registered_on or today,
        author=_words(paper, language).text(paper.data["organisation"]["name"]),
    )


def title_of(paper: Paper, language: str) -> str:
    """Give the title of the file of a paper: kind and number, and nobody's name."""
    words = _words(paper, language)
    title = words(_TITLES.get(PaperKind(paper.kind), f"{paper.kind}.title"))
    return title if paper.number is None else f"{title} {words('common.number', number=paper.number)}"


def file_name(paper: Paper, language: str) -> str:
    """Give the name of the file of a paper: kind, year, number and language, and nobody's name."""
    parts = [paper.kind.replace("_", "-"), *([paper.year, paper.number] if paper.number else []), language]
    return "-".join(map(str, parts)) + ".pdf"


#: Where the title of a kind stands, if not under its own code.
_TITLES: Mapping[PaperKind, str] = {
    PaperKind.CHARACTERISTIC_REQUEST: "request.title",
    PaperKind.EVALUATION_SHEET: "evaluation.title.with_category",
    PaperKind.RESULTS_ORDER: "results.title",
}


def _words(paper: Paper, language: str) -> Words:
    return words_of(language, paper.data.get("wording"))
