"""Whether a file that somebody sends is a Word document that can be a template: looked at before anything reads it.

A document is an archive of parts and of relations between them. What could run, call home, or unpack without end is
refused by name; nothing is repaired or left out in silence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_UNPACKED_BYTES = 24 * 1024 * 1024
#: Of the parts in XML: what is read here and filled in at every printing.
MAX_TEXT_BYTES = 6 * 1024 * 1024
MAX_PARTS = 400
#: More tags than the longest of our own templates has, by far.
MAX_TAGS = 1000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO = re.compile(r"macroEnabled|vbaProject|vbaData|keyMapCustomizations", re.IGNORECASE)
_OBJECT = re.compile(r"activeX|oleObject|/package$|control$|aFChunk|attachedTemplate|subDocument", re.IGNORECASE)
#: Fields that only count and repeat; others can fetch files, run programs or ask questions.
_FIELDS = (
    *("AUTHOR", "COMMENTS", "CREATEDATE", "DATE", "DOCPROPERTY", "FORMCHECKBOX", "FORMTEXT", "NUMPAGES", "PAGE"),
    *("PAGEREF", "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT"),
    *("TIME", "TITLE", "TOC"),
)
#: A whole tag, of a length that is read at a glance; and one that would put a document in the place of a text.
_TAG = re.compile(r"{{[^{}]{0,300}}}|{%[^{}]{0,300}%}|{#[^{}]{0,300}#}")
_PUT_IN = re.compile(r"{{\s*(?:p|tr|tc|r)\s")
_BRACE = re.compile(r"[{}]")
_OPEN_OR_CLOSE = re.compile(r"{{|{%|{#|}}|%}|#}")
_XML_NAMES = (".xml", ".rels", ".vml")
#: Attributes that name something to be fetched, and how an address elsewhere begins.
_FETCHED = ("src", "href", "link")
_ELSEWHERE = re.compile(r"(?i)\s*([a-z][a-z0-9+.-]*:|//|\\\\)")


class Fault(StrEnum):
    """Why a file cannot be a template."""

    TOO_LARGE = "too_large"
    NOT_A_DOCUMENT = "not_a_document"
    DAMAGED = "damaged"
    UNPACKS_TOO_MUCH = "unpacks_too_much"
    MACROS = "macros"
    EXTERNAL = "external"
    OBJECTS = "objects"
    FIELDS = "fields"
    TOO_MANY_TAGS = "too_many_tags"
    BROKEN_TAG = "broken_tag"


class FileRefusedError(Exception):
    """A file cannot be a template; `told` names what in it is meant."""

    def __init__(self, fault: Fault, told: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.told = told[:200]


def refuse_unusable(content: bytes) -> None:
    """Refuse a file that is no plain Word document. Raises FileRefusedError."""
    if len(content) > MAX_FILE_BYTES:
        raise FileRefusedError(Fault.TOO_LARGE)
    parts = _unpacked(content)
    _refuse_what_it_is(parts)
    for part in [part for part in parts.values() if part is not None]:
        _refuse_relations(part)
        _refuse_addresses(part)
        _refuse_fields(part)


def _unpacked(content: bytes) -> Mapping[str, Any]:
    """Give the parts, those in XML as trees; what an archive says of its sizes is not taken at its word."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename.lower() for entry in entries]
            if len(entries) > MAX_PARTS or len(set(names)) < len(names):
                raise FileRefusedError(Fault.UNPACKS_TOO_MUCH)
            return _trees(archive, entries)
    except (ParseError, DefusedXmlException, UnicodeError, LookupError):
        raise FileRefusedError(Fault.DAMAGED) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise FileRefusedError(Fault.NOT_A_DOCUMENT) from None


def _trees(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    left, texts_left = MAX_UNPACKED_BYTES, MAX_TEXT_BYTES
    for entry in entries:
        with archive.open(entry) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        is_xml = entry.filename.lower().endswith(_XML_NAMES)
        texts_left -= len(part) if is_xml else 0
        if left < 0 or texts_left < 0:
            raise FileRefusedError(Fault.UNPACKS_TOO_MUCH)
        found[entry.filename] = fromstring(part, forbid_dtd=True) if is_xml else None
    return found


def _refuse_what_it_is(parts: Mapping[str, Any]) -> None:
    """Refuse what is no document, or one that holds programs; the list of its parts says what each of them is."""
    types = parts.get("[Content_Types].xml")
    if types is None:
        raise FileRefusedError(Fault.NOT_A_DOCUMENT)
    told = [(each.get("ContentType", ""), each.get("PartName") or f".{each.get('Extension')}") for each in types]
    for kind, name in told:
        if _MACRO.search(kind):
            raise FileRefusedError(Fault.MACROS, name)
        if kind.endswith("xml") and not kind.startswith("image/") and not name.lower().endswith(_XML_NAMES):
            raise FileRefusedError(Fault.DAMAGED)
    for name in parts:
        if _MACRO.search(name):
            raise FileRefusedError(Fault.MACROS, name)
        if _OBJECT.search(name) or "/embeddings/" in name:
            raise FileRefusedError(Fault.OBJECTS, name)
    if not any(kind == _MAIN and parts.get(name.lstrip("/")) is not None for kind, name in told):
        raise FileRefusedError(Fault.NOT_A_DOCUMENT)


def _refuse_relations(part: Any) -> None:
    """Refuse what leads out of the file, even a link: whoever opens a paper must not ask another host."""
    for relation in part.iter(_RELATION):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode", "").lower() == "external" or _ELSEWHERE.match(target):
            raise FileRefusedError(Fault.EXTERNAL, target)
        if _MACRO.search(kind):
            raise FileRefusedError(Fault.MACROS, target)
        if _OBJECT.search(kind):
            raise FileRefusedError(Fault.OBJECTS, target)


def _refuse_addresses(part: Any) -> None:
    """Refuse pictures and shapes that name another host without any relation."""
    for element in part.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2].lower() in _FETCHED and _ELSEWHERE.match(value):
                raise FileRefusedError(Fault.EXTERNAL, value)


def _refuse_fields(part: Any) -> None:
    """Refuse fields that do more than count and repeat."""
    for code in _field_codes(part):
        words = code.split()
        name = words[0].upper() if words else ""
        if name and not name.startswith("=") and name not in _FIELDS:
            raise FileRefusedError(Fault.FIELDS, code.strip())


def _field_codes(part: Any) -> Iterator[str]:
    """Give the code of each field; it may be written in several pieces, and hold other fields."""
    open_fields: list[list[str]] = []
    for element in part.iter():
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr", "")
        elif element.tag == f"{_W}instrText":
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1].append(element.text or "")
        elif element.tag == f"{_W}fldChar":
            kind = element.get(f"{_W}fldCharType")
            if kind == "begin":
                open_fields.append([])
            elif kind == "end" and open_fields:
                yield "".join(open_fields.pop())
    yield from ("".join(pieces) for pieces in open_fields)


# ---------------------------------------------------------------------------------------------------------------- tags


def refuse_torn_tags(parts: Iterable[Any]) -> None:
    """Refuse tags that are not whole in one paragraph of text, and braces anywhere else, in parts to be filled in.

    What fills a document in looks for braces in all that stands in it, so that none may be hidden. Raises
    FileRefusedError.
    """
    count = 0
    for part in parts:
        for element in part.iter():
            _refuse_hidden_tags(element)
            if element.tag == f"{_W}p":
                count += _whole_tags(_text(element))
    if count > MAX_TAGS:
        raise FileRefusedError(Fault.TOO_MANY_TAGS, str(MAX_TAGS))


def _refuse_hidden_tags(element: Any) -> None:
    """Refuse braces outside of text, and notes that no reader of the document would ever see."""
    if not isinstance(element.tag, str):
        raise FileRefusedError(Fault.DAMAGED)
    hidden = [element.tail or "", "" if element.tag == f"{_W}t" else element.text or ""]
    for text in hidden:
        if "{" in text or "}" in text:
            raise FileRefusedError(Fault.BROKEN_TAG, text)
    for value in element.attrib.values():
        if _OPEN_OR_CLOSE.search(value):
            raise FileRefusedError(Fault.BROKEN_TAG, value)


def _whole_tags(text: str) -> int:
    """Count the tags of a paragraph; there is no other brace in it, and none that puts a document in."""
    tags = _TAG.findall(text)
    for tag in tags:
        if _PUT_IN.match(tag):
            raise FileRefusedError(Fault.BROKEN_TAG, tag)
    rest = _TAG.sub("", text)
    if found := _BRACE.search(rest):
        raise FileRefusedError(Fault.BROKEN_TAG, rest[max(0, found.start() - 40) : found.start() + 60])
    return len(tags)


def _text(paragraph: Any) -> str:
    """Give the text of a paragraph, without those of the boxes that hang on it."""
    found = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            found.append(element.text or "")
        waiting += [child for child in reversed(element) if child.tag != f"{_W}p"]
    return "".join(found)
