"""Our own templates of the papers for Word, made from the same blocks in the same order as those of templates/print.

They are what an organisation begins with when it makes a template of its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache

from attestation.codes import PaperKind
from attestation.papers.word import LOCALES
from attestation.papers.word_layout import Layout
from attestation.papers.word_marks import BODY, FORM

_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_WIDE_ROWS = ("right", "left", "left", "left", "center", "center", "right")


@cache
def our_template(kind: PaperKind | str, language: str) -> bytes:
    """Give our template of a kind of paper; it differs between languages only in what Word checks the spelling by."""
    layout = _MAKERS[PaperKind(kind)](LOCALES[language])
    told = layout.document.core_properties
    told.title = told.subject = told.keywords = told.comments = told.last_modified_by = ""
    told.author, told.language, told.created, told.modified = "Sanat", LOCALES[language], _MADE, _MADE
    file = io.BytesIO()
    layout.document.save(file)
    return file.getvalue()


# --------------------------------------------------------------------------------------------------------- of a cycle


def _ordered(locale: str) -> Layout:
    """Write what both orders begin with: on what they rest, and what they say point by point."""
    page = Layout(locale)
    page.head(subject=True)
    page.line('{{ basis[0] }}: {{ basis[1] | join("; ") }}.', before=6, after=10)
    page.line("{{ command }}", bold=True, before=8, after=8)
    page.control("for point in points")
    page.line("{{ loop.index }}. {{ point }}", before=4, after=6)
    page.control("endfor")
    page.signature("sign")
    return page


def _order(locale: str) -> Layout:
    page = _ordered(locale)
    page.section(landscape=True)
    page.annex_head("people")
    page.listing((2, 9, 6, 5, 11, 8, 14), source="people", sides=("right",))
    page.section(landscape=True, size=FORM)
    page.annex_head("schedule")
    page.pairs("schedule.facts")
    page.listing((2, 10, 14, 7, 6, 9), source="schedule", sides=("right",))
    page.section(landscape=False)
    page.control("if commission")
    page.annex_head("commission")
    page.listing((2, 6, 9, 14), source="commission", sides=("right",))
    page.control("endif")
    return page


def _results(locale: str) -> Layout:
    page = _ordered(locale)
    page.section(landscape=False)
    page.annex_head("decisions")
    page.listing((2, 10, 13, 6, 10), source="decisions", sides=("right",))
    page.section(landscape=True)
    page.control("if categories")
    page.annex_head("categories")
    page.listing((2, 10, 14, 7, 6, 9), source="categories", sides=("right",))
    page.control("endif")
    return page


def _schedule(locale: str) -> Layout:
    page = Layout(locale, landscape=True)
    page.head()
    page.control("if basis")
    page.pair("basis[0]", "basis[1]")
    page.control("endif")
    page.pairs("facts")
    page.listing((2, 10, 14, 6, 5, 9), sides=("right",))
    page.signature("sign")
    return page


def _summary(locale: str) -> Layout:
    page = Layout(locale, size=FORM, landscape=True)
    page.head()
    page.pairs("facts")
    page.listing((2, 8, 10, 6, 7, 8, 8, 8), sides=("right", "left", "left", "left", "center"))
    page.line("{{ figures[0] }}:", bold=True, before=10, keep=True)
    page.pairs("figures[1]")
    page.signature("sign")
    return page


def _overdue(locale: str) -> Layout:
    page = Layout(locale, size=FORM, landscape=True)
    page.head()
    page.pairs("facts")
    page.control("if rows")
    page.listing((2, 10, 13, 9, 6, 6, 5), sides=_WIDE_ROWS)
    page.control("else")
    page.line("{{ nobody }}", before=6, after=6)
    page.control("endif")
    page.signature("sign")
    return page


def _minutes(locale: str) -> Layout:
    page = Layout(locale, size=FORM)
    page.head(subject=True)
    page.pairs("facts")
    _people(page, "present")
    page.control("if absent.people")
    _people(page, "absent")
    page.control("endif")
    page.line([("{{ agenda[0] }}: ", True), ("{{ agenda[1] }}", False)], before=8, after=4)
    page.line("{{ heard }}:", bold=True, before=8, after=0, keep=True)
    page.control("for hearing in hearings")
    _hearing(page, "hearing")
    page.control("endfor")
    page.control("if warnings.lines")
    page.line("{{ warnings.label }}:", bold=True, before=10, after=4, keep=True)
    page.control("for line in warnings.lines")
    page.line("– {{ line }}", indent=4, after=4)
    page.control("endfor")
    page.control("endif")
    page.control("if annexes")
    page.line("{{ annexes_label }}:", bold=True, before=10, after=4, keep=True)
    page.pairs("annexes")
    page.control("endif")
    _signed_by_all(page)
    return page


def _people(page: Layout, group: str) -> None:
    page.line(f"{{{{ {group}.label }}}}:", bold=True, before=8, after=4, keep=True)
    page.control(f"for number, role, name, post in {group}.people")
    page.line("{{ number }}. {{ name }} – {{ role }}{% if post %}; {{ post }}{% endif %}", after=4)
    page.control("endfor")


def _hearing(page: Layout, item: str) -> None:
    """Write what was heard, voted and decided on one person."""
    page.line(f"{{{{ {item}.title }}}}", bold=True, before=12, after=3, keep=True)
    page.line(f"{{{{ {item}.post }}}}", after=4, keep=True)
    page.pairs(f"{item}.before")
    for rows, label in (("rows", "label"), ("category_rows", "category_label")):
        page.control(f"if {item}.votes.{rows}")
        page.line(f"{{{{ {item}.votes.{label} }}}}:", before=4, after=3, keep=True)
        page.control(f"for name, count in {item}.votes.{rows}")
        page.line([("{{ name }} – ", False), ("{{ count }}", True)], indent=6, after=3)
        page.control("endfor")
        page.control("endif")
    page.if_told(f"{item}.votes.tie", before=3, after=4)
    page.pairs(f"{item}.after")


def _signed_by_all(page: Layout) -> None:
    page.control("for item in signs")
    page.hands("item.label", "item.names")
    page.control("endfor")


# ---------------------------------------------------------------------------------------------------------- of a case


def _letter(locale: str) -> Layout:
    """Write a letter to one person: whom it is for, what it says, what is to be known, and that it was received."""
    page = Layout(locale)
    page.letterhead()
    page.size = FORM
    page.pairs("to", indent=page.width * 0.45)
    page.size = BODY
    page.line("", size=FORM)
    page.heading()
    page.line("{{ text }}", before=6, after=8)
    page.pairs("facts")
    page.signature("sign")
    page.received("received")
    return page


def _characteristic(locale: str) -> Layout:
    page = Layout(locale, size=FORM)
    page.head()
    page.pairs("facts")
    page.control("for item in parts")
    page.part("item")
    page.control("endfor")
    page.signature("sign")
    page.if_told("sign.day", after=4)
    page.received("received")
    page.control("if objection.text")
    page.line("{{ objection.label }}:", before=6, after=3, keep=True)
    page.line("{{ objection.text }}")
    page.if_told("objection.day", after=0)
    page.control("endif")
    return page


def _evaluation(locale: str) -> Layout:
    page = Layout(locale, size=FORM)
    page.head(filled_by=True)
    page.crosses()
    page.pairs("facts")
    page.control("for item in parts")
    page.control("if loop.first")
    page.pair("item.label", "item.text")
    page.if_told("scale", side="center", size=9)
    page.control("else")
    page.part("item", bold=True)
    page.control("endif")
    page.control("endfor")
    page.control("for item in signs")
    page.signature("item")
    page.control("endfor")
    page.pair("day_label", "voted_on")
    return page


def _sheet(locale: str) -> Layout:
    page = Layout(locale, size=FORM)
    page.head()
    page.crosses()
    page.control("for field in fields")
    page.control("if field.options")
    page.line("{{ field.number }} {{ field.label }}:", before=6, after=0, keep=True)
    page.pairs("field.options", indent=6)
    page.control("elif not field.lines")
    page.line("{{ field.number }} {{ field.label }}", before=6, after=0)
    page.control("else")
    page.line("{{ field.number }} {{ field.label }}:", before=6, after=0, keep=True)
    page.if_told("field.value", bold=True, indent=6, before=2, after=0)
    page.control("if not field.value")
    page.blanks("field.lines")
    page.control("endif")
    page.control("endif")
    page.control("endfor")
    _signed_by_all(page)
    page.line("", size=FORM, after=0)
    page.pair("held_on[0]", "held_on[1]")
    page.pair("decision[0]", "decision[1]")
    page.received("received")
    page.control("if refused")
    page.pair("refused[0]", "refused[1]")
    page.control("endif")
    page.line("{{ seal }}", before=8, after=0)
    return page


def _extract(locale: str) -> Layout:
    page = Layout(locale, size=FORM)
    page.head(subject=True)
    page.pairs("facts")
    _hearing(page, "hearing")
    page.line("{{ correct }}", bold=True, before=12, after=4, keep=True)
    page.signature("chair")
    page.signature("secretary")
    page.line("{{ seal }}", before=8, after=0)
    return page


def _refusal(locale: str) -> Layout:
    page = Layout(locale)
    page.head(subject=True)
    page.line("{{ text }}", before=6, after=8)
    page.pairs("facts")
    page.control("for item in signs")
    page.signature("item")
    page.control("endfor")
    return page


def _certificate(locale: str) -> Layout:
    page = Layout(locale, size=FORM, landscape=True)
    page.framed()
    page.if_told("note", side="center", size=9, italic=True)
    page.line("{{ organisation }}", side="center", after=16)
    page.title(size=24)
    page.line("{{ subject }}", side="center", size=14, after=16)
    page.ends("day", "number", after=16)
    page.line("{{ given }}", side="center", after=4)
    page.line("{{ name }}", side="center", size=18, bold=True, after=16)
    page.pairs("facts")
    page.signature("sign")
    page.line("{{ seal }}", after=0)
    return page


_MAKERS: Mapping[PaperKind, Callable[[str], Layout]] = {
    PaperKind.ORDER: _order,
    PaperKind.SCHEDULE: _schedule,
    PaperKind.NOTICE: _letter,
    PaperKind.CHARACTERISTIC_REQUEST: _letter,
    PaperKind.CHARACTERISTIC: _characteristic,
    PaperKind.EVALUATION_SHEET: _evaluation,
    PaperKind.SHEET: _sheet,
    PaperKind.MINUTES: _minutes,
    PaperKind.EXTRACT: _extract,
    PaperKind.REFUSAL: _refusal,
    PaperKind.SUMMARY: _summary,
    PaperKind.RESULTS_ORDER: _results,
    PaperKind.CERTIFICATE: _certificate,
    PaperKind.OVERDUE: _overdue,
}
