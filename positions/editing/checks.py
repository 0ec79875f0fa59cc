"""What is wrong with an edition in the making (it cannot come into force), and what is worth a second look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.codes import Category, Level
from positions.editing.characters import Odd, Oddity, odd_characters
from positions.editing.documents import as_in_a_file
from positions.editing.limits import beyond_limits
from positions.located import LANGUAGES, Data, NormProblem, Place
from positions.norm_files import check_edition
from positions.scales import CATEGORY_ORDER

_YEARS = {
    "kk": re.compile(r"(\d+)\s*жыл"),
    "ru": re.compile(r"(\d+)\s*(?:год|лет)"),
    "en": re.compile(r"(\d+)\s*year"),
}
_ODD_WORDS = {
    Oddity.CONTROL: gettext_lazy("A control character (%(code)s) stands at “%(where)s”. Take it out."),
    Oddity.LOST: gettext_lazy("A sign that was lost in copying (%(code)s) stands at “%(where)s”. Write it anew."),
    Oddity.INVISIBLE: gettext_lazy("An invisible character (%(code)s) stands at “%(where)s”; searches will miss it."),
    Oddity.LATIN_IN_CYRILLIC: gettext_lazy("Latin letters stand in “%(where)s”."),
    Oddity.CYRILLIC_IN_LATIN: gettext_lazy("Cyrillic letters stand in “%(where)s”."),
    Oddity.KAZAKH_IN_RUSSIAN: gettext_lazy("Kazakh letters stand in the Russian text: “%(where)s”."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a place of the document, in the reader's language."""

    place: Place
    message: str


@dataclass(slots=True, kw_only=True)
class Checked:
    """A document as checked: the edition where it can come into force, what forbids it, and what deserves a look."""

    edition: Data | None
    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def check_document(document: Data, *, acts: set[str], base: Data | None = None) -> Checked:
    """Check a document completely; what stands in the same words in `base` is not warned of again."""
    edition, problems = check_edition(as_in_a_file(document), acts=acts)
    checked = Checked(edition=edition, problems=[_remark(problem) for problem in problems])
    checked.problems += [Remark(place=place, message=message) for place, message in _ladder(document)]
    checked.problems += [Remark(place=place, message=message) for place, message in _entries(document)]
    checked.problems += [Remark(place=place, message=message) for place, message in beyond_limits(document)]
    known = {text for _place, _language, text in _texts(base)} if base is not None else set()
    for place, language, text in _texts(document):
        if text in known:
            continue
        for odd in odd_characters(text, language=language):
            remark = Remark(place=place, message=odd_words(odd))
            (checked.problems if odd.forbidden else checked.warnings).append(remark)
    checked.warnings += [Remark(place=place, message=message) for place, message in years_that_disagree(document)]
    if checked.problems:
        checked.edition = None
    return checked


def odd_words(odd: Odd) -> str:
    """Say what is odd about a text."""
    return str(_ODD_WORDS[odd.oddity]) % {"code": odd.code, "where": odd.where}


def _remark(problem: NormProblem) -> Remark:
    return Remark(place=problem.place, message=problem.message)


def _texts(document: Data) -> Iterator[tuple[Place, str, str]]:
    """Walk through every text with its place and language."""
    for language in LANGUAGES:
        yield ("qualification", language), language, document["qualification"].get(language) or ""
        for part in ("duties", "knowledge"):
            for index, entry in enumerate(document[part]):
                yield (part, index, language), language, entry.get(language) or ""
        for index, note in enumerate(document["notes"]):
            yield ("notes", index, language), language, note["text"].get(language) or ""


def _entries(document: Data) -> Iterator[tuple[Place, str]]:
    """Refuse entries without any text, and those that hold a line break: an entry is one line of the order."""
    for part in ("duties", "knowledge"):
        for index, entry in enumerate(document[part]):
            if not any((entry.get(language) or "").strip() for language in LANGUAGES):
                yield (part, index), _("This entry is empty: write its text or remove it.")
            for language in LANGUAGES:
                if "\n" in (entry.get(language) or "").strip():
                    yield (part, index, language), _("This entry has a line break: split it there or take it out.")


# --------------------------------------------------------------------------------------------------------- the ladder


def _ladder(document: Data) -> Iterator[tuple[Place, str]]:
    """Refuse a ladder with a gap, one not printed from the top, and time asked for at a rung that it does not have."""
    rungs: Sequence[Mapping[str, Any]] = document["rungs"]
    present = {(rung.get("level"), rung.get("category")) for rung in rungs}
    levels = [level for level, _rungs in groupby(rungs, key=lambda rung: rung.get("level"))]
    if len(set(levels)) != len(levels):
        yield ("rungs",), _("The rungs of one level stand apart: put them together, from the top.")
    for level in dict.fromkeys(levels):
        yield from _gaps(rungs, level)
    for index, rung in enumerate(rungs):
        for way, pathway in enumerate(rung.get("pathways") or []):
            for number, norm in enumerate(pathway.get("experience") or []):
                asked = norm.get("rung")
                if asked and (asked.get("level"), asked.get("category")) not in present:
                    place = ("rungs", index, "pathways", way, "experience", number, "rung")
                    message = _("Time is asked for as “%(rung)s”, a rung that this ladder does not have.")
                    yield place, message % {"rung": _rung_name(asked)}


def _gaps(rungs: Sequence[Mapping[str, Any]], level: str | None) -> Iterator[tuple[Place, str]]:
    known = [str(category) for category in reversed(CATEGORY_ORDER)]
    indices = [index for index, rung in enumerate(rungs) if rung.get("level") == level]
    categories = [rungs[index].get("category") for index in indices]
    ranks = [known.index(category) for category in categories if category in known]
    for index, (upper, lower) in zip(indices, pairwise(ranks), strict=False):
        if lower < upper:
            yield ("rungs", index), _("The rungs stand in the wrong order: the highest category comes first.")
        for missing in known[upper + 1 : lower]:
            message = _("The rung “%(rung)s” is missing between its neighbours.")
            yield ("rungs", index), message % {"rung": _rung_name({"level": level, "category": missing})}


def _rung_name(rung: Mapping[str, Any]) -> str:
    level, category = rung.get("level"), rung.get("category")
    names = [
        *([str(Level(level).label)] if level in Level.values else []),
        *([str(Category(category).label)] if category in Category.values else []),
    ]
    return ", ".join(names)


def years_that_disagree(document: Data) -> Iterator[tuple[Place, str]]:
    """Compare the years of each rule with those that its printed line names, language by language."""
    for index, rung in enumerate(document["rungs"]):
        line = rung.get("line")
        if not isinstance(line, int) or line < 1:
            continue
        asked = {
            norm["years"]
            for pathway in rung.get("pathways") or []
            for norm in pathway.get("experience") or []
            if isinstance(norm.get("years"), int)
        }
        for language in LANGUAGES:
            lines = (document["qualification"].get(language) or "").splitlines()
            if not lines or len(lines) != len((document["qualification"].get("kk") or "").splitlines()):
                continue
            if line > len(lines):
                yield ("rungs", index, "line"), _("The clause has no line %(line)d.") % {"line": line}
                break
            printed = {int(years) for years in _YEARS[language].findall(lines[line - 1])}
            if printed != asked:
                message = _("Years in the rule: %(rule)s; in line %(line)d of the text (%(language)s): %(text)s.")
                yield (
                    ("rungs", index, language),
                    message
                    % {
                        "rule": _years(asked),
                        "line": line,
                        "language": _language(language),
                        "text": _years(printed),
                    },
                )


def _years(years: set[int]) -> str:
    return ", ".join(map(str, sorted(years))) or _("none")


def _language(code: str) -> str:
    return {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}[code]
