"""What the buttons of a draft's page do to its document; pure, without Django's requests.

A button is named by the place it works on and by what it does: `duties.3.up`, `rungs.2.pathways.0.experience.add`.
Every act gives the new document and the anchor of the place to go on from; the old document stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from positions.codes import Category, Level
from positions.editing import entries
from positions.editing.documents import blank
from positions.located import Data
from positions.norm_files import EXPERIENCE_MARKS
from positions.scales import CATEGORY_ORDER

_PARTS = ("duties", "knowledge")


class UnknownActError(Exception):
    """There is no such button, or nothing stands at its place any more."""


def perform(document: Data, act: str, *, base: Data | None = None) -> tuple[Data, str]:
    """Do what a button says. Raises UnknownActError, and NothingToSplitError for an entry without a line break."""
    words = act.split(".")
    document = deepcopy(document)
    try:
        if words[0] in _PARTS:
            return document, _on_entries(document, words[0], words[1:], base)
        if words[0] == "notes":
            return document, _on_list(document["notes"], words[1:], "notes", new_note(document))
        if words[0] == "rungs":
            return document, _on_rungs(document, words[1:])
    except (IndexError, ValueError) as error:
        raise UnknownActError(act) from error
    raise UnknownActError(act)


def new_note(document: Data) -> Data:
    """Give an empty note on the qualification clause."""
    return {"clause": document["clauses"]["qualification"], "reading": None, "text": entries.empty()}


def new_experience() -> Data:
    """Give an alternative of experience that names nothing yet."""
    return {"years": "", "rung": None, "spheres": [], **dict.fromkeys(EXPERIENCE_MARKS, False)}


def new_pathway(like: Data | None = None) -> Data:
    """Give a pathway: a copy of its neighbour's education, or an empty one."""
    codes = ("education", "fields", "specialities", "certificates", "preferred")
    return {**{name: list(like[name]) if like else [] for name in codes}, "experience": []}


def new_rung(document: Data, *, level: str | None = None, category: str | None = None) -> Data:
    """Give a rung with one empty pathway."""
    return {
        "level": level,
        "category": category,
        "clause": document["clauses"]["qualification"],
        "line": None,
        "pathways": [new_pathway()],
    }


def standard_level(document: Data, level: str) -> list[Data]:
    """Give the four rungs of a level from the top, each asking for time in the one below it."""
    rungs = []
    for category in reversed(CATEGORY_ORDER):
        rung = new_rung(document, level=level, category=str(category))
        index = CATEGORY_ORDER.index(category)
        if index:
            asked = {"level": level, "category": str(CATEGORY_ORDER[index - 1])}
            rung["pathways"][0]["experience"] = [{**new_experience(), "years": index, "rung": asked}]
        rungs.append(rung)
    return rungs


# ------------------------------------------------------------------------------------------------------------- entries


def _on_entries(document: Data, part: str, words: list[str], base: Data | None) -> str:
    present = document[part]
    if words == ["add"]:
        document[part] = entries.added(present, len(present))
        return f"{part}-{len(present)}"
    if words[0] == "restore":
        gone = _at((base or blank(act="", clause=""))[part], words[1])
        at = min(int(words[1]), len(present))
        document[part] = [*present[:at], dict(gone), *present[at:]]
        return f"{part}-{at}"
    at, (act,) = int(words[0]), words[1:]
    _at(present, words[0])
    acts: dict[str, Callable[[], tuple[list[entries.Texts], int]]] = {
        "up": lambda: (entries.moved(present, at, at - 1), max(at - 1, 0)),
        "down": lambda: (entries.moved(present, at, at + 1), min(at + 1, len(present) - 1)),
        "split": lambda: (entries.split(present, at), at + 1),
        "join": lambda: (entries.joined(present, at), at),
        "remove": lambda: (entries.removed(present, at), min(at, max(len(present) - 2, 0))),
        "add": lambda: (entries.added(present, at), at),
    }
    if act not in acts:
        raise UnknownActError(act)
    document[part], place = acts[act]()
    return f"{part}-{place}" if document[part] else part


def _at(items: list[Any], index: str) -> Any:
    """Give the member of a list that a button names; a negative number names none."""
    if not index.isdecimal():
        raise IndexError(index)
    return items[int(index)]


# ---------------------------------------------------------------------------------------------- notes and the ladder


def _on_list(items: list[Any], words: list[str], anchor: str, new: Any) -> str:
    """Add to a list, or take out or move a member of it; gives the anchor of the place to go on from."""
    if words == ["add"]:
        items.append(new)
        return f"{anchor}-{len(items) - 1}"
    index, act = words
    member, at = _at(items, index), int(index)
    if act not in {"up", "down", "remove"}:
        raise UnknownActError(act)
    items.pop(at)
    if act == "remove":
        return f"{anchor}-{min(at, len(items) - 1)}" if items else anchor
    at = max(at - 1, 0) if act == "up" else min(at + 1, len(items))
    items.insert(at, member)
    return f"{anchor}-{at}"


def _on_rungs(document: Data, words: list[str]) -> str:
    rungs = document["rungs"]
    if words[0] == "standard":
        if words[1] not in Level.values:
            raise UnknownActError(words[1])
        rungs += standard_level(document, words[1])
        return f"rungs-{len(rungs) - len(Category.values)}"
    if len(words) <= 2:
        return _on_list(rungs, words, "rungs", new_rung(document))
    rung, (index, list_name) = _at(rungs, words[0]), words[:2]
    if list_name != "pathways":
        raise UnknownActError(list_name)
    pathways, anchor = rung["pathways"], f"rungs-{index}-pathways"
    if len(words) <= 4:
        return _on_list(pathways, words[2:], anchor, new_pathway(pathways[-1] if pathways else None))
    pathway = _at(pathways, words[2])
    if words[3] != "experience":
        raise UnknownActError(words[3])
    return _on_list(pathway["experience"], words[4:], f"{anchor}-{words[2]}-experience", new_experience())
