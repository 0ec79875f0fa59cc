"""What a user reads of an answer: pages, their titles and labels, sheets of a workbook, papers, calendars."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from tests import word_documents
from tests.languages import LANGUAGES, strings

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: `bdi` holds what is put in as it is, whatever its language.
_SILENT = frozenset({"script", "style", "code", "bdi"})
_SAID = frozenset(
    "title aria-label aria-description aria-valuetext aria-roledescription placeholder alt label summary".split()
)
_BUTTONS = frozenset({"submit", "button", "reset"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as a user reads it, with the language that its element names; None is the language of the page."""

    text: str
    language: str | None = None
    where: str = ""


@dataclass
class Form:
    """A form of a page, with what it would send."""

    action: str
    method: str
    #: Whether a script sends it and puts the answer into the page.
    live: bool = False
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    selects: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """What a page says, where it leads, and what its forms would send."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language: str | None = None
        self.pieces: list[Piece] = []
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: list[tuple[str, str | None, bool]] = []
        self._named: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: tuple[str, bool] | None = None
        self._textarea: str | None = None
        self.feed(content)
        self.close()

    # ------------------------------------------------------------------------------------------------------- reading

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        language, silent = self._open[-1][1:] if self._open else (None, False)
        if tag == "html":
            self.language = told.get("lang")
        elif told.get("lang"):
            language = told["lang"]
        elif tag == "textarea" and told.get("name", "").rpartition("_")[2] in LANGUAGES:
            language = told["name"].rpartition("_")[2]
        silent = silent or tag in _SILENT or told.get("translate") == "no"
        if not silent:
            self.pieces += [Piece(text, language, f"{tag}[{name}]") for name, text in _attributes(tag, told)]
        if tag not in _VOID:
            self._open.append((tag, language, silent))
        if told.get("href"):
            self.links.append(told["href"])
        self._of_form(tag, told)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(each[0] == tag for each in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        tag, language, silent = self._open[-1] if self._open else ("", None, False)
        if self._textarea is not None and self._form is not None:
            self._form.fields[self._textarea] = [data.removeprefix("\n")]
        if data.strip() and not silent:
            self.pieces.append(Piece(data.strip(), language, tag))

    # --------------------------------------------------------------------------------------------------------- forms

    def _of_form(self, tag: str, told: dict[str, str]) -> None:
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower(), live="hx-post" in told)
            self.forms.append(self._form)
            self._named[told.get("id", "")] = self._form
        form = self._named.get(told["form"]) if "form" in told else self._form
        name = told.get("name", "")
        if form is None or "disabled" in told:
            return
        if tag == "option" and self._select is not None:
            self._choose(form, told)
        elif name and tag in ("input", "select", "textarea", "button"):
            form.names.add(name)
            if tag == "input":
                _fill(form, name, told)
            elif tag == "select":
                self._select = (name, "multiple" in told)
                form.selects.add(name)
            elif tag == "textarea":
                self._textarea = name
                form.fields[name] = [""]

    def _choose(self, form: Form, told: dict[str, str]) -> None:
        assert self._select is not None
        name, several = self._select
        value = told.get("value", "")
        if "selected" in told:
            form.fields[name] = [*(form.fields.get(name, []) if several else []), value]
        elif not several:
            form.fields.setdefault(name, [value])


def _fill(form: Form, name: str, told: dict[str, str]) -> None:
    kind = told.get("type", "text")
    if kind == "hidden":
        form.hidden.add(name)
    if kind == "file":
        form.files.add(name)
    elif kind in ("checkbox", "radio"):
        if "checked" in told:
            form.fields.setdefault(name, []).append(told.get("value", "on"))
    elif kind not in ("submit", "button", "reset", "image"):
        form.fields.setdefault(name, []).append(told.get("value", ""))


def _attributes(tag: str, told: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        on_button = name == "value" and tag == "input" and told.get("type") in _BUTTONS
        if name in _SAID or on_button:
            yield name, value
        elif name.startswith("data-") and value:
            yield from ((name, text) for text in _hidden_in(value))


def _hidden_in(value: str) -> Iterator[str]:
    """Give the texts of an attribute that a script reads: whole phrases, and what is not ASCII; the rest are codes."""
    try:
        found = list(strings(json.loads(value), ""))
    except ValueError:
        found = [value]
    yield from (text for text in found if " " in text.strip() or not text.isascii())


# -------------------------------------------------------------------------------------------------------- other answers


def workbook_pieces(content: bytes) -> list[Piece]:
    """Read a workbook: names of sheets, cells, remarks, and what is said beside a cell."""
    book = load_workbook(io.BytesIO(content))
    found = []
    for sheet in book.worksheets:
        if not sheet.title.startswith("_"):
            found.append(Piece(sheet.title, None, "sheet"))
        for row in sheet.iter_rows():
            found += [Piece(cell.value, None, f"{sheet.title}!{cell.coordinate}") for cell in row if _is_text(cell)]
            found += [Piece(cell.comment.text, None, "comment") for cell in row if cell.comment]
        for rule in sheet.data_validations.dataValidation:
            said = (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
            found += [Piece(text, None, f"{sheet.title} {rule.sqref}") for text in said if text]
    return found


def _is_text(cell: Any) -> bool:
    """Tell whether a cell holds words: no formula, and no code of a country."""
    value = cell.value
    return isinstance(value, str) and not value.startswith("=") and not re.fullmatch("[A-Z]{2}", value)


def pdf_pieces(content: bytes) -> list[Piece]:
    """Read a PDF page by page; a word that was parted at the end of a line is put together."""
    reader = PdfReader(io.BytesIO(content))
    title = [reader.metadata.title] if reader.metadata and reader.metadata.title else []
    pages = [re.sub("\u200b|\u00ad\n?|-\n(?=[a-zа-яёәғқңөұүһі])", "", page.extract_text()) for page in reader.pages]
    return [Piece(text, None, f"page {number}") for number, text in enumerate([*title, *pages])]


def word_pieces(content: bytes) -> list[Piece]:
    """Read a Word document: paragraphs, headers and footers, and its title."""
    document = word_documents.document(content)
    found = [Piece(text, None, "paragraph") for text in word_documents.lines(document) if text.strip()]
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            found += [Piece(paragraph.text, None, "header") for paragraph in part.paragraphs if paragraph.text.strip()]
    return [*found, Piece(document.core_properties.title or "", None, "title")]


def json_pieces(content: str) -> list[Piece]:
    """Read data for machines: what holds a space or is not ASCII is meant for people."""
    found = [text for language in LANGUAGES for text in strings(json.loads(content), language)]
    return [Piece(text, None, "json") for text in dict.fromkeys(found) if " " in text.strip() or not text.isascii()]


def csv_pieces(content: str) -> list[Piece]:
    """Read comma-separated values."""
    rows = csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";")
    return [Piece(cell, None, f"row {number}") for number, row in enumerate(rows, start=1) for cell in row]


def calendar_pieces(content: str) -> list[Piece]:
    """Read a calendar: what a calendar program shows of it."""
    unfolded = re.sub(r"\r?\n[ \t]", "", content)
    shown = re.findall(r"^(SUMMARY|DESCRIPTION|X-WR-CALNAME|NAME|LOCATION)[^:\n]*:(.*)$", unfolded, re.MULTILINE)
    return [Piece(re.sub(r"\\[n,;]", " ", text), None, name) for name, text in shown]


_READERS: dict[str, Callable[[Any], list[Piece]]] = {
    "text/html": lambda content: Page(content.decode()).pieces,
    "text/plain": lambda content: [Piece(content.decode(), None, "text")],
    "text/csv": lambda content: csv_pieces(content.decode()),
    "text/calendar": lambda content: calendar_pieces(content.decode()),
    "application/json": lambda content: json_pieces(content.decode()),
    "application/pdf": pdf_pieces,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook_pieces,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word_pieces,
    "application/zip": lambda content: zip_pieces(content),
}


def zip_pieces(content: bytes) -> list[Piece]:
    """Read the names of the files of an archive, and the files."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            found.append(Piece(re.sub(r"[-_/.]", " ", name.rpartition(".")[0]), None, "file"))
            if name.endswith(".pdf"):
                found += pdf_pieces(archive.read(name))
    return found


def content_of(response: Any) -> bytes:
    """Give the whole of an answer."""
    return bytes(response.getvalue() if response.streaming else response.content)


def kind_of(response: Any) -> str:
    """Give what kind of an answer it is."""
    return str(response.headers.get("Content-Type", "")).partition(";")[0]


def pieces_of(response: Any) -> list[Piece]:
    """Give what a user reads of an answer; a kind of answer that nobody can read yet is a mistake of the test."""
    content = content_of(response)
    return _READERS[kind_of(response)](content) if content else []
