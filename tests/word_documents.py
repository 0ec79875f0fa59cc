"""Word documents for tests: written as Word would, packed as it never would, and read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from openpyxl import Workbook

from employees.models import User
from tests.browsing import as_user

Change = Callable[[Any], object]
#: The language of documents, for pieces of it.
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(content: bytes) -> Any:
    """Read a document."""
    return Document(io.BytesIO(content))


def lines(found: Any) -> Iterator[str]:
    """Give the texts of a document, paragraphs and cells in their order."""
    for paragraph in found.element.body.iter(qn("w:p")):
        pieces = {
            qn("w:t"): lambda each: each.text or "",
            qn("w:br"): lambda each: "\n",
            qn("w:tab"): lambda each: "\t",
        }
        yield "".join(pieces[each.tag](each) for each in paragraph.iter(*pieces) if not _is_stop(each))


def _is_stop(element: Any) -> bool:
    return element.getparent().tag == qn("w:tabs")


def text_in(content: bytes) -> str:
    """Give the text of a document in one line."""
    return re.sub(r"\s+", " ", " ".join(lines(document(content)))).strip()


def letter(*paragraphs: str, change: Change | None = None) -> bytes:
    """Write a document as Word would."""
    made = Document()
    for text in paragraphs or ("Құрметті {{ person.first_name }}!",):
        made.add_paragraph(text)
    if change is not None:
        change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """Put parts into a document, in the place of those of the same name; `__` stands for the slash in a name."""
    told_parts = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in told_parts:
                new.writestr(entry.filename, old.read(entry))
        for name, part in told_parts.items():
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    """Give a part of a document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def field(*codes: str) -> Change:
    """Give a way to put a field into a document; more than one code stands in pieces."""

    def change(made: Any) -> None:
        paragraph = made.add_paragraph()
        for kind in ("begin", *codes, "end"):
            if kind in ("begin", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = kind
            paragraph.add_run()._r.append(mark)

    return change


def address(tag: str, prefix: str, name: str, value: str) -> Change:
    """Give a way to put an element that names an address into a document."""

    def change(made: Any) -> None:
        element = parse_xml(f'<v:{tag} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:{prefix}="{prefix}" />')
        element.set(name, value)
        made.add_paragraph().add_run()._r.append(element)

    return change


def named(text: str) -> Change:
    """Give a way to name a bookmark."""

    def change(made: Any) -> None:
        made.add_paragraph()._p.append(parse_xml(f'<w:bookmarkStart {W} w:id="0" w:name="{text}"/>'))

    return change


def deleted(text: str) -> Change:
    """Give a way to put in a text that was deleted while changes were tracked."""

    def change(made: Any) -> None:
        made.add_paragraph().add_run()._r.append(parse_xml(f"<w:delText {W}>{text}</w:delText>"))

    return change


def noted(text: str) -> bytes:
    """Write a document with a note in its language that no reader sees."""
    content = letter()
    body = part(content, "word/document.xml").replace(b"<w:sectPr", f"<!-- {text} --><w:sectPr".encode(), 1)
    return repacked(content, word__document_DOT_xml=body)


def workbook() -> bytes:
    """Write a workbook."""
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def typed(old: str, new: str) -> bytes:
    """Write a document whose list of parts says something else."""
    content = letter()
    types = part(content, "[Content_Types].xml").replace(old.encode(), new.encode())
    return repacked(content, **{"[Content_Types]_DOT_xml": types})


def entity() -> bytes:
    """Write a document that unpacks as it is read."""
    content = letter()
    body = part(content, "word/document.xml")
    start = body.index(b"<w:document")
    bomb = b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    return repacked(content, word__document_DOT_xml=body[:start] + bomb + body[start:])


def doubled() -> bytes:
    """Hold two parts of a name, one of which would be looked at and the other read."""
    file = io.BytesIO(letter())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("WORD/document.xml", b"<a/>")
    return file.getvalue()


def many_parts() -> bytes:
    """Write a document of very many parts."""
    return repacked(letter(), **{f"word__media__{number}_DOT_png": b"" for number in range(500)})


def sent(user: User, content: bytes, *, name: str = "хат.docx", kind: str = "notice", language: str = "kk") -> Any:
    """Send a file as a template, through the page."""
    address_of = reverse("paper_template", args=["123456789012", kind, language])
    return as_user(user).post(
        address_of,
        {"file": SimpleUploadedFile(name, content)},
    )
