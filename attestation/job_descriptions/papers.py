"""The sheets of a job description: PDF and Word, from the same words."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from attestation.job_descriptions.drawing import drawn, title_of
from attestation.job_descriptions.selectors import Basis
from attestation.papers.word import LOCALES, filled, plain
from attestation.papers.word_layout import Layout
from attestation.papers.word_marks import CAPTION, FORM, TABLE
from attestation.papers.words import words_of
from attestation.printing import pdf
from positions.models import Edition

#: Where the corner with the approval begins, from the right, in millimetres.
_CORNER = 85
#: The room for the number of an entry.
_NUMBER = 13


def description_pdf(found: Basis, edition: Edition, language: str, *, today: date) -> bytes:
    """Set a job description in one language."""
    told = drawn(found, edition, language, today=today)
    author = told["organisation"]
    return pdf("job_description", told, language=language, title=_title(found, language), on=today, author=author)


def description_word(found: Basis, edition: Edition, language: str, *, today: date) -> bytes:
    """Write a job description in one language as a Word document, to be written on with."""
    told = drawn(found, edition, language, today=today)
    document = filled(_template(LOCALES[language]), plain(told))
    properties: Any = document.core_properties
    properties.title, properties.author = _title(found, language)[:255], (told["organisation"] or "Sanat")[:255]
    properties.language, properties.comments, properties.revision = LOCALES[language], "", 1
    properties.created = properties.modified = datetime.combine(today, time.min, tzinfo=UTC)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def file_name(found: Basis, language: str, suffix: str) -> str:
    """Give the name of the file: the position's code and the language."""
    return f"job-description-{found.position.code.replace('/', '-')}-{language}.{suffix}"


def _title(found: Basis, language: str) -> str:
    return f"{words_of(language)('job_description.title')}: {title_of(found, language)}"


@cache
def _template(locale: str) -> bytes:
    """Write the document with the places of the words, block by block as templates/print/job_description.typ."""
    layout = Layout(locale, size=FORM)
    _head(layout)
    layout.control("for section in law")
    _section(layout)
    layout.control("endfor")
    _own(layout)
    layout.control("for sign in signs")
    layout.signature("sign")
    layout.control("endfor")
    layout.received("received")
    file = io.BytesIO()
    layout.document.save(file)
    return file.getvalue()


def _head(layout: Layout) -> None:
    layout.control("for line in approve")
    layout.line("{{ line }}", indent=layout.width - _CORNER, after=2)
    layout.control("endfor")
    layout.line("", after=6)
    layout.if_told("organisation", side="center", bold=True, after=12)
    layout.control("if organisation_blank")
    layout.blank()
    layout.line("{{ organisation_blank }}", side="center", size=CAPTION, after=12)
    layout.control("endif")
    layout.title()
    layout.line("{{ subject }}", side="center", bold=True, after=8)
    layout.ends("day", "number", before=6)
    layout.control("if mark")
    _framed(layout.line("{{ mark }}", bold=True, size=TABLE, after=10))
    layout.control("endif")
    layout.pairs("facts")


def _section(layout: Layout) -> None:
    """Write a part of the text: its heading, where it comes from, its entries."""
    layout.line("{{ section.heading }}", bold=True, before=12, after=4, keep=True)
    layout.if_told("section.mark", italic=True, size=TABLE, after=4, keep=True)
    layout.if_told("section.nothing")
    layout.control("for row in section.rows")
    layout.control("if row.number")
    numbered = _entry(layout, "{{ row.number }}\t{{ row.text }}")
    numbered.paragraph_format.left_indent = Mm(_NUMBER)
    numbered.paragraph_format.first_line_indent = -Mm(_NUMBER)
    layout.control("else")
    _entry(layout, "{{ row.text }}")
    layout.control("endif")
    layout.control("endfor")


def _entry(layout: Layout, words: str) -> Paragraph:
    paragraph = layout.line([(words, False), ("{% if row.note %} ({{ row.note }}){% endif %}", False)], after=4)
    paragraph.runs[-1].italic = True
    return paragraph


def _own(layout: Layout) -> None:
    """Write what the organisation asks for besides, below a line."""
    layout.control("if own.heading")
    _ruled(layout.line("{{ own.heading }}", bold=True, before=18, after=4, keep=True))
    layout.line("{{ own.note }}", italic=True, size=TABLE, after=4, keep=True)
    layout.control("for section in own.sections")
    _section(layout)
    layout.control("endfor")
    layout.control("endif")


def _framed(paragraph: Paragraph) -> None:
    """Draw a line round a paragraph."""
    _bordered(paragraph, ("top", "left", "bottom", "right"), size="4", space="4")


def _ruled(paragraph: Paragraph) -> None:
    """Draw a line above a paragraph."""
    _bordered(paragraph, ("top",), size="12", space="6")


def _bordered(paragraph: Paragraph, sides: tuple[str, ...], *, size: str, space: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", space), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties: Any = paragraph._p.get_or_add_pPr()
    successors = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *successors)
