"""Writing norm files as `fixtures/norms` has them, so that what is exported can be compared with what was loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from positions.editing.documents import as_in_a_file, plain
from positions.located import LANGUAGES, Data

_WIDTH = 119


class _Inline(dict[str, Any]):
    """A mapping written in one line."""


class _InlineList(list[Any]):
    """A list written in one line."""


class _Block(str):
    """A text of several lines, written as it is read."""

    __slots__ = ()


class _Quoted(str):
    """A number of the law, which is a text."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """The dumper of norm files."""


_Dumper.add_representer(
    _Inline, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
_Dumper.add_representer(
    _InlineList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
_Dumper.add_representer(_Block, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|"))
_Dumper.add_representer(_Quoted, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data, style='"'))


def norm_yaml(*, code: str, title: Data, successor: str | None, editions: Iterable[Data]) -> str:
    """Write the norm file of a position: its title, its successor and all its editions."""
    data: Data = {"position": code, "title": _texts(title)}
    if successor is not None:
        data["successor"] = successor
    data["editions"] = [_edition(as_in_a_file(plain(edition))) for edition in editions]
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)


def _edition(edition: Data) -> Data:
    data: Data = {name: edition[name] for name in ("valid_from", "valid_to", "dates_estimated")}
    data["brought_by"] = _Quoted(edition["brought_by"])
    data["clauses"] = _Inline({name: _Quoted(clause) for name, clause in edition["clauses"].items()})
    data["provenance"] = _Inline(edition["provenance"])
    if edition["named_levels"]:
        data["named_levels"] = _InlineList(edition["named_levels"])
    data["rungs"] = [_rung(rung) for rung in edition["rungs"]]
    data["qualification"] = {
        language: _Block(text) if "\n" in text else text for language, text in _texts(edition["qualification"]).items()
    }
    if edition["notes"]:
        data["notes"] = [_note(note) for note in edition["notes"]]
    for part in ("duties", "knowledge"):
        data[part] = [_texts(entry) for entry in edition[part]]
    return data


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Leave out the languages without a text."""
    return {language: texts[language] for language in LANGUAGES if texts.get(language)}


def _note(note: Mapping[str, Any]) -> Data:
    data: Data = {"clause": _Quoted(note["clause"])}
    if note.get("reading") is not None:
        data["reading"] = note["reading"]
    return data | {language: note[language] for language in LANGUAGES}


def _rung(rung: Mapping[str, Any]) -> Data:
    data: Data = {"level": rung["level"], "category": rung["category"], "clause": _Quoted(rung["clause"])}
    if rung.get("line") is not None:
        data["line"] = rung["line"]
    return data | {"pathways": [_pathway(pathway) for pathway in rung["pathways"]]}


def _pathway(pathway: Mapping[str, Any]) -> Data:
    data: Data = {}
    for name in ("education", "fields", "specialities", "certificates", "preferred"):
        if pathway[name]:
            data[name] = _InlineList(pathway[name])
    if pathway["experience"]:
        data["experience"] = [_experience(norm) for norm in pathway["experience"]]
    return data


def _experience(norm: Mapping[str, Any]) -> Data:
    data: Data = {"years": norm["years"]}
    for name, value in norm.items():
        if name == "rung" and value:
            data["rung"] = _Inline(value)
        elif name == "spheres" and value:
            data["spheres"] = _InlineList(value)
        elif name not in {"years", "rung", "spheres"} and value:
            data[name] = True
    return data
