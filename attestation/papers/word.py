"""Papers as Word: a template filled with what the paper says, ours or an organisation's own.

What the paper says comes from `drawing`, so that Word and PDF say the same. A value is written as text and never read
as a tag or as the document's language, whatever is in it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from lxml import etree  # type: ignore[import-untyped]

from attestation.models import Paper
from attestation.papers.drawing import drawn, title_of
from attestation.papers.frame import Frame
from attestation.papers.word_tags import (
    PaperEnvironment,
    Reason,
    SeveralValuesError,
    TagProblem,
    TagsRefusedError,
    TooLongError,
)
from attestation.papers.word_values import named_values
from attestation.papers.words import words_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: How Word names the languages of the papers.
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u000b\u000c\u2028\u2029]")
#: Signs without a shape, and those that no document may hold.
_UNSEEN = ("Cc", "Cf", "Cs")
_NO_SIGNS = ("\ufffe", "\uffff")
_TAG = re.compile(r"{{.*?}}|{%.*?%}")
_HOLDERS = tuple(qn(f"w:{name}") for name in ("body", "tbl", "tr", "tc", "p", "r", "sdtContent"))


class UnreadableTemplateError(Exception):
    """A template is no document that can be filled in."""


def paper_docx(paper: Paper, language: str, *, template: bytes, iin_in_full: bool = True) -> bytes:
    """Write a paper in one language into a template.

    Raises TagsRefusedError for a tag of the template that fails, UnreadableTemplateError for one that is damaged.
    """
    document = filled(template, context_of(paper, language, iin_in_full=iin_in_full))
    _describe(document, paper, language)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def context_of(paper: Paper, language: str, *, iin_in_full: bool = True) -> dict[str, Any]:
    """Give what templates can write: what the sheet says, and single values by name."""
    told = drawn(paper, language, iin_in_full=iin_in_full)
    frame = Frame(data=paper.data, words=words_of(language, paper.data.get("wording")), iin_in_full=iin_in_full)
    found: dict[str, Any] = plain({**told, **named_values(paper.kind, frame, told)})
    return found


def plain(value: Any, name: str = "") -> Any:
    """Give data as documents can hold it: texts composed and without unseen signs, lines to write on as a list."""
    if isinstance(value, Mapping):
        return {key: plain(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and name == "lines":
        return [""] * value
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", str(value)).replace("\t", " "))
    return "".join(each for each in text if each == "\n" or _is_seen(each))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN and sign not in _NO_SIGNS


def filled(template: bytes, context: Mapping[str, Any]) -> Document:
    """Fill a template in; raises TagsRefusedError and UnreadableTemplateError."""
    try:
        work = _Template(io.BytesIO(template))
        work.render(dict(context), PaperEnvironment(), autoescape=True)
        document: Document = work.docx
        _mend(document)
    except TagsRefusedError:
        raise
    except Exception:
        # Documents fail in many ways; and the error itself may quote what the paper says.
        raise UnreadableTemplateError from None
    return document


def parts_of(template: bytes) -> list[str]:
    """Give the parts of a template that are filled in: the body, headings, footings, footnotes."""
    work = _Template(io.BytesIO(template))
    work.init_docx()
    found = [work.get_xml()]
    for uri in (work.HEADER_URI, work.FOOTER_URI):
        found += [work.get_part_xml(part) for _key, part in work.get_headers_footers(uri)]
    notes = [part for part in work.docx.part.package.iter_parts() if _is_footnotes(part)]
    return found + [work.xml_to_string(parsed(part.blob)) for part in notes]


def parsed(part: str | bytes) -> Any:
    """Give a part as a tree; entities are left alone, and what is not whole is an error."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False))


def source_of(part: str) -> str:
    """Give a part as its tags are compiled: each paragraph in a line of its own."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", DocxTemplate(None).patch_xml(part))


def _is_footnotes(part: Any) -> bool:
    return str(part.content_type).endswith("wordprocessingml.footnotes+xml")


def tags_in(source: str) -> tuple[nodes.Template, list[TagProblem]]:
    """Read the tags of a part of a template, with those that it may not have; raises TagsRefusedError."""
    try:
        return PaperEnvironment().read(source)
    except TemplateSyntaxError as error:
        raise TagsRefusedError(list(_unreadable(source, error))) from None


def _unreadable(source: str, error: TemplateSyntaxError) -> Iterator[TagProblem]:
    """Name the tags of the paragraph at which reading stopped; where there is none, what was not ended."""
    lines = source.splitlines()
    found = _TAG.findall(re.sub(r"<[^>]+>", "", lines[error.lineno - 1])) if error.lineno <= len(lines) else []
    for tag in found or ["…"]:
        yield TagProblem(tag, Reason.UNREADABLE)


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template on its way: properties are left alone, errors name their tag, and only a whole document comes out."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties of the document alone: they are told afterwards, and have no tags."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """Fill a part in; an error is told as the tag that failed."""
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        try:
            tags_in(source)
            written: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except UndefinedError as error:
            raise TagsRefusedError([TagProblem(_failed(source, error), Reason.MISSING)]) from None
        except SeveralValuesError as error:
            raise TagsRefusedError([TagProblem(_failed(source, error), Reason.SEVERAL)]) from None
        except TooLongError as error:
            raise TagsRefusedError([TagProblem(_failed(source, error), Reason.TOO_LONG)]) from None
        _refuse_torn(written)
        return written


def _failed(source: str, error: BaseException) -> str:
    """Name the tags of the paragraph in which writing failed."""
    trace, number = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            number = trace.tb_lineno
        trace = trace.tb_next
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[number - 1]) if 0 < number <= len(lines) else ""
    return " ".join(_TAG.findall(text)) or "…"


def _refuse_torn(xml: str) -> None:
    """Refuse what is no whole document: a tag that begins in one place and ends in another leaves torn pieces."""
    try:
        tree = parsed(xml)
    except etree.XMLSyntaxError:
        raise TagsRefusedError([TagProblem("…", Reason.ACROSS)]) from None
    for element in tree.iter(*_HOLDERS):
        stray = [element.text, *(child.tail for child in element)]
        text = "".join(each or "" for each in stray).strip()
        if text:
            raise TagsRefusedError([TagProblem(text[:60], Reason.ACROSS)])


# ------------------------------------------------------------------------------------------------------- the document


def _mend(document: Document) -> None:
    """Take away what loops and conditions have left behind and Word would stumble over."""
    body = document.element.body
    for table in list(body.iter(qn("w:tbl"))):
        for row in list(table.iterchildren(qn("w:tr"))):
            if row.find(qn("w:tc")) is None:
                table.remove(row)
        if table.find(qn("w:tr")) is None:
            table.getparent().remove(table)
    for cell in body.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag not in (qn("w:p"), qn("w:sdt")):
            cell.append(OxmlElement("w:p"))
    _end_with_content(body)


def _end_with_content(body: Any) -> None:
    """Drop a last section with nothing in it: an annex that this paper does not have would be an empty sheet."""
    empty: list[Any] = []
    for element in reversed([each for each in body if each.tag != qn("w:sectPr")]):
        if element.tag != qn("w:p"):
            return
        section = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None:
            for each in empty:
                body.remove(each)
            body.replace(body.find(qn("w:sectPr")), section)
            return
        if _says_something(element):
            return
        empty.append(element)


def _says_something(paragraph: Any) -> bool:
    shown = paragraph.iter(qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:tab"), qn("w:br"), qn("w:object"))
    return any(element.tag != qn("w:t") or (element.text or "").strip() for element in shown)


def _describe(document: Document, paper: Paper, language: str) -> None:
    """Say in the properties what the file is; nothing is kept of whoever made the template."""
    words = words_of(language, paper.data.get("wording"))
    told = document.core_properties
    told.title = title_of(paper, language)[:255]
    told.author = words.text(paper.data["organisation"]["name"])[:255]
    told.language = LOCALES[language]
    told.subject = told.keywords = told.comments = told.category = told.last_modified_by = ""
    told.revision = 1
    if paper.registered_on is not None:
        told.created = told.modified = datetime.combine(paper.registered_on, time.min, tzinfo=UTC)
