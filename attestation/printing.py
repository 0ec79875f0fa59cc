"""Papers as PDF: a template of templates/print filled with data, set by typst with the fonts of its own package.

The words come with the data, so a template serves every language; data is never a part of a template's source. Files
are PDF/A-2b, and the same data on the same day gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import typst
from django.conf import settings

_FOLDER = settings.BASE_DIR / "templates" / "print"
_STANDARD: Any = "a-2b"
#: What the fonts of the package can show, without letters that nobody writes names with. Tests print every one of them.
_SHOWN = re.compile(
    "[\n\t\u0020-\u007e\u00a0-\u00ac\u00ae-\u034e\u0350-\u036f\u0384-\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u04ff"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u0652\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20b8\u20ac\u2116\u2190-\u2193"
    "\u2212\u2264\u2265\u2610-\u2612\u2713\u2717\ufffd]"
)
#: Invisible signs that turn the direction of writing round: with them a sheet could read otherwise than its record.
_TURNING = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u000b\u000c\u2028\u2029]")
#: Stands for a letter that no font of the package has.
_UNSHOWN = "\ufffd"
#: From so many sheets on, what typst remembers of a paper is worth forgetting.
_MANY = 50
#: So many compilations later typst forgets what it has remembered (measured; see docs/decisions/0008-*).
_FORGOTTEN_AFTER = 11
_PLACE = re.compile(r"([\w-]+\.typ):(\d+)")


class PrintError(Exception):
    """A paper cannot be set; names the template and the place in it, and nothing of the data."""

    def __init__(self, template: str, place: str = "") -> None:
        super().__init__(f"The paper {template} cannot be set. {place}".strip())
        self.template = template


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One paper of a file: the template that draws it, its data with all its words, its language."""

    template: str
    data: Mapping[str, Any]
    language: str
    landscape: bool = False


def pdf(template: str, data: Mapping[str, Any], *, language: str, title: str, on: date, author: str = "") -> bytes:
    """Set one paper; `on` is the day that the file says it was made."""
    return pdf_of([Sheet(template=template, data=data, language=language)], title=title, on=on, author=author)


def pdf_of(sheets: Sequence[Sheet], *, title: str, on: date, author: str = "") -> bytes:
    """Set many papers as one file, each from a new page whose number is one (2 to 3 seconds for 1,000 pages)."""
    made = _set(sheets, title=title, on=on, author=author, form="pdf")
    if len(sheets) >= _MANY:
        _forget()
    return made[0]


def pictures(sheets: Sequence[Sheet], *, title: str, on: date) -> list[bytes]:
    """Give the pages as PNG pictures, for looking at them."""
    return _set(sheets, title=title, on=on, author="", form="png")


def _set(sheets: Sequence[Sheet], *, title: str, on: date, author: str, form: Any) -> list[bytes]:
    job = {"title": title, "author": author or "Sanat", "sheets": [asdict(sheet) for sheet in sheets]}
    try:
        made = typst.compile(
            str(_FOLDER / "main.typ"),
            root=str(_FOLDER),
            format=form,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            # No package is ever looked for, here or on the network.
            package_path=str(_FOLDER / "no-packages"),
            package_cache_path=str(_FOLDER / "no-packages"),
            sys_inputs={"job": json.dumps(shown(job), ensure_ascii=False)},
            pdf_standards=_STANDARD if form == "pdf" else None,
            timestamp=datetime.combine(on, time.min, tzinfo=UTC),
        )
    except typst.TypstError as error:
        # The error itself may quote the data, so it must not be the cause of ours.
        place = _PLACE.search(error.diagnostic or "")
        raise PrintError(", ".join(sorted({sheet.template for sheet in sheets})), place[0] if place else "") from None
    return [made] if isinstance(made, bytes) else list(made)


def shown(value: Any) -> Any:
    """Give data as the fonts can show it: letters composed, signs without a shape dropped, unknown ones marked."""
    if isinstance(value, str):
        text = _TURNING.sub("", unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", value)))
        return "".join(each if _SHOWN.match(each) else _replaced(each) for each in text)
    if isinstance(value, Mapping):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return value


def _replaced(letter: str) -> str:
    return "" if unicodedata.category(letter) == "Cc" else _UNSHOWN


@cache
def _fonts() -> typst.Fonts:
    """Give the fonts inside typst's own package, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _forget() -> None:
    """Let typst forget a large paper: it remembers the last few, and 1,000 sheets are hundreds of megabytes."""
    for _each in range(_FORGOTTEN_AFTER):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)
