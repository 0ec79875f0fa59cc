"""The place of a remark, in the words of whoever edits: "Ladder, the first category, way 1, experience 1: years"."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.codes import Category, Level
from positions.comparison import OWN_NAMES
from positions.edition_words import SECTIONS, VALUES
from positions.located import LANGUAGES, Data, Place

NAMES = VALUES | {
    "clause": gettext_lazy("clause"),
    "reading": gettext_lazy("number of the reading"),
    "line": gettext_lazy("line of the clause"),
    "level": gettext_lazy("level"),
    "category": gettext_lazy("category"),
    "education": gettext_lazy("education"),
    "fields": gettext_lazy("fields"),
    "specialities": gettext_lazy("specialities"),
    "certificates": gettext_lazy("certificates"),
    "preferred": gettext_lazy("preferred certificates"),
    "years": gettext_lazy("years"),
    "rung": gettext_lazy("as which rung"),
    "spheres": gettext_lazy("spheres"),
}
_SECTION_OF = dict.fromkeys(("valid_from", "valid_to", "dates_estimated", "brought_by"), "about") | {
    "named_levels": "about",
    "clauses": "about",
    "provenance": "about",
}
#: Lists of codes: the page has one place for all of their members.
_CODES = {"named_levels", "education", "fields", "specialities", "certificates", "preferred", "spheres"}


def anchor_of(place: Place) -> str:
    """Give the id of the element on the page that shows a place."""
    if not place:
        return "about"
    known: list[str] = []
    for part in place:
        if known and known[-1] in _CODES:
            break
        known.append(str(part))
    if known[-1] in {"clauses", "provenance"}:
        return "about"
    if known[-2:-1] == ["rung"]:
        known.pop()
    return "-".join(known)


def place_words(place: Place, document: Data) -> str:
    """Name a place of a document."""
    if not place:
        return str(SECTIONS["about"])
    first, *rest = place
    section = str(SECTIONS[_SECTION_OF.get(str(first), str(first))]) if _known(first) else str(first)
    if first == "rungs":
        steps = _in_ladder(rest, document)
    elif first in _SECTION_OF:
        steps = _in_about(place)
    else:
        steps = _in_entries(str(first), rest)
    # "Official duties, entry 3: Қазақша"; "Ladder, the first category, way 1: education"
    *way, last = [section, *steps]
    return _("%(place)s: %(what)s") % {"place": ", ".join(way), "what": last} if way else last


def _known(first: Any) -> bool:
    return first in SECTIONS or first in _SECTION_OF


def _in_about(place: Place) -> list[str]:
    group, *_rest = names = [str(part) for part in place[:2]]
    return [str(VALUES.get(".".join(names), VALUES[group]))]


def _in_entries(part: str, rest: list[str | int]) -> list[str]:
    steps = []
    for step in rest:
        if isinstance(step, int):
            number = {"number": step + 1}
            steps.append(_("note %(number)d") % number if part == "notes" else _("entry %(number)d") % number)
        elif step in LANGUAGES:
            steps.append(OWN_NAMES[step])
        else:
            steps.append(str(NAMES.get(step, step)))
    return steps


def _in_ladder(rest: list[str | int], document: Data) -> list[str]:
    steps: list[str] = []
    before: str | int = "rungs"
    for step in rest:
        if isinstance(step, int):
            if before == "rungs":
                steps.append(rung_name(document["rungs"], step))
            elif before == "pathways":
                steps.append(_("way %(number)d") % {"number": step + 1})
            elif before == "experience":
                steps.append(_("experience %(number)d") % {"number": step + 1})
        elif step in LANGUAGES:
            steps.append(OWN_NAMES[step])
        elif step in NAMES:
            steps.append(str(NAMES[step]))
        before = step
    return steps


def rung_name(rungs: list[Data], index: int) -> str:
    """Name a rung by its level and category, or by its number where it has neither."""
    rung = rungs[index] if index < len(rungs) else {}
    level, category = rung.get("level"), rung.get("category")
    names = [
        *([str(Level(level).label)] if level in Level.values else []),
        *([str(Category(category).label)] if category in Category.values else []),
    ]
    return ", ".join(names) or _("rung %(number)d") % {"number": index + 1}
