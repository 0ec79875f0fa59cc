"""The norms as files that a lawyer can read: one YAML file per position, with all its editions.

Reading a file checks it completely and reports every mistake with its line; only then does anything reach the
database. Dates in the files are first and last days, as people write them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from positions.codes import (
    REQUIREMENT_CODES,
    Category,
    CertificateKind,
    EducationLevel,
    Field,
    Level,
    Provenance,
    Speciality,
    Sphere,
)

LANGUAGES = ("kk", "ru", "en")
ACTS_FILE = "acts.yaml"
EXPERIENCE_MARKS = ("or_relevant_profile", "relevant_profile", "managerial", "non_governmental", "in_specialty")
_PATHWAY_LISTS: dict[str, type] = {
    "education": EducationLevel,
    "fields": Field,
    "specialities": Speciality,
    "certificates": CertificateKind,
    "preferred": CertificateKind,
}

Data = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NormProblem:
    """A mistake in a norm file, with its line."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class NormsRefusedError(Exception):
    """The norm files hold mistakes; nothing was loaded."""

    def __init__(self, problems: list[NormProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class NormFiles:
    """All that the files of a folder say, checked."""

    acts: list[Data] = field(default_factory=list)
    positions: list[Data] = field(default_factory=list)


def read_folder(folder: Path) -> NormFiles:
    """Read and check every norm file of a folder.

    Raises NormsRefusedError with all mistakes found.
    """
    files = NormFiles()
    problems: list[NormProblem] = []
    acts = _Reader(folder / ACTS_FILE, folder, problems)
    files.acts = acts.acts()
    act_codes = {act["code"] for act in files.acts}
    readers: dict[str, _Reader] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        reader = _Reader(path, folder, problems)
        position = reader.position(act_codes)
        if position is None:
            continue
        if position["position"] in readers:
            reader.problem(("position",), _("This position has a file already."))
        readers[position["position"]] = reader
        files.positions.append(position)
    for position in files.positions:
        successor = position["successor"]
        if successor is not None and successor not in readers:
            readers[position["position"]].problem(
                ("successor",), _("Unknown position: %(code)s.") % {"code": successor}
            )
    if not files.positions and not problems:
        problems.append(NormProblem(str(folder), 1, _("There are no norm files here.")))
    if problems:
        raise NormsRefusedError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return files


class _Reader:
    """One file: its data, and the line of every place in it."""

    def __init__(self, path: Path, folder: Path, problems: list[NormProblem]) -> None:
        self.name = str(path.relative_to(folder.parent) if path.is_relative_to(folder.parent) else path)
        self.problems = problems
        self.lines: dict[Place, int] = {}
        self.data: Any = None
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
            self.data = self._plain(root, ()) if root is not None else None
        except OSError:
            problems.append(NormProblem(self.name, 1, _("The file cannot be read.")))
        except UnicodeDecodeError:
            problems.append(NormProblem(self.name, 1, _("The file is not UTF-8 text.")))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(NormProblem(self.name, line, _("The file is not YAML: %(why)s.") % {"why": error.problem}))

    def _plain(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            result: Data = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in result:
                    self.lines[(*place, key)] = key_node.start_mark.line + 1
                    self.problem((*place, key), _("The key %(key)s stands twice.") % {"key": key})
                result[key] = self._plain(value_node, (*place, key))
                self.lines[(*place, key)] = key_node.start_mark.line + 1
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        loader = yaml.SafeLoader("")
        try:
            return loader.construct_object(node, deep=True)  # type: ignore[no-untyped-call]
        except ValueError:
            self.problem(place, _("The value %(value)s cannot be read.") % {"value": node.value})
            return None

    def problem(self, place: Place, message: str) -> None:
        """Note a mistake at a place, or at the nearest place around it that the file has."""
        while place and place not in self.lines:
            place = place[:-1]
        self.problems.append(NormProblem(self.name, self.lines.get(place, 1), message))

    # ------------------------------------------------------------------------------------------------ small values

    def keys(self, data: Any, place: Place, needed: set[str], allowed: set[str] | None = None) -> bool:
        """Check that the value is a mapping with the needed keys and no unknown ones."""
        if not isinstance(data, Mapping):
            self.problem(place, _("A mapping is expected here."))
            return False
        for key in sorted(needed - data.keys()):
            self.problem(place, _("%(key)s is missing.") % {"key": key})
        for key in sorted(data.keys() - needed - (allowed or set())):
            self.problem((*place, key), _("Unknown key: %(key)s.") % {"key": key})
        return not needed - data.keys()

    def items(self, data: Any, place: Place) -> Iterator[tuple[Place, Any]]:
        """Walk through a list; a missing one is empty."""
        if data is None:
            return
        if not isinstance(data, list):
            self.problem(place, _("A list is expected here."))
            return
        for index, item in enumerate(data):
            yield (*place, index), item

    def text(self, data: Any, place: Place, *, needed: bool = True) -> str:
        """Give a text."""
        if data is None or data == "":
            if needed:
                self.problem(place, _("A text is needed here."))
            return ""
        if not isinstance(data, str):
            self.problem(place, _("A text is expected here; put it in quotes."))
            return ""
        return data

    def day(self, data: Any, place: Place, *, needed: bool = True) -> date | None:
        """Give a date."""
        if data is None and not needed:
            return None
        if type(data) is not date:
            self.problem(place, _("A date is expected here, as 2026-11-22."))
            return None
        return data

    def flag(self, data: Any, place: Place) -> bool:
        """Give a yes or no; nothing is no."""
        if data is None or isinstance(data, bool):
            return bool(data)
        self.problem(place, _("true or false is expected here."))
        return False

    def code(self, data: Any, place: Place, codes: Any, *, needed: bool = True) -> str:
        """Give one of the known codes."""
        if data is None and not needed:
            return ""
        if data not in codes.values:
            self.problem(place, _("Unknown code: %(code)s.") % {"code": data})
            return ""
        return str(data)

    def codes(self, data: Any, place: Place, codes: Any) -> list[str]:
        """Give a list of known codes, each once."""
        found = [self.code(item, where, codes) for where, item in self.items(data, place)]
        if len(set(found)) != len(found):
            self.problem(place, _("A code stands here twice."))
        return found

    def languages(self, data: Any, place: Place, *, needed: bool) -> Data:
        """Give a text in the three languages."""
        if not self.keys(data, place, {"kk"} if needed else set(), set(LANGUAGES)):
            return dict.fromkeys(LANGUAGES, "")
        return {
            language: self.text(data.get(language), (*place, language), needed=needed and language == "kk")
            for language in LANGUAGES
        }

    # ------------------------------------------------------------------------------------------------------- a file

    def acts(self) -> list[Data]:
        """Check the file of acts."""
        if self.data is None or not self.keys(self.data, (), {"acts"}):
            return []
        return [self._act(item, place) for place, item in self.items(self.data["acts"], ("acts",))]

    def _act(self, item: Any, place: Place) -> Data:
        needed = {"code", "number", "adopted_on", "title", "in_force_from"}
        optional = {"registration_number", "registered_on", "in_force_to", "dates_estimated", "amends", "chapters"}
        if not self.keys(item, place, needed, optional):
            return {"code": ""}
        act: Data = {key: self.text(item[key], (*place, key)) for key in ("code", "number")}
        act["registration_number"] = self.text(
            item.get("registration_number"), (*place, "registration_number"), needed=False
        )
        for key in ("adopted_on", "in_force_from", "registered_on", "in_force_to"):
            act[key] = self.day(item.get(key), (*place, key), needed=key in needed)
        act["title"] = self.languages(item["title"], (*place, "title"), needed=True)
        act["dates_estimated"] = self.flag(item.get("dates_estimated"), (*place, "dates_estimated"))
        act["amends"] = item.get("amends")
        act["chapters"] = [
            {
                "number": chapter["number"],
                "title": self.languages(chapter["title"], (*where, "title"), needed=True),
                "managerial": self.flag(chapter.get("managerial"), (*where, "managerial")),
            }
            for where, chapter in self.items(item.get("chapters"), (*place, "chapters"))
            if self.keys(chapter, where, {"number", "title"}, {"managerial"})
        ]
        return act

    def position(self, acts: set[str]) -> Data | None:
        """Check the file of a position; None if it is too broken to go on."""
        if self.data is None or not self.keys(self.data, (), {"position", "title", "editions"}, {"successor"}):
            return None
        code = self.text(self.data["position"], ("position",))
        act, _slash, number = code.partition("/")
        chapter, _dot, paragraph = number.partition(".")
        if act not in acts or not chapter.isdecimal() or not paragraph:
            self.problem(("position",), _("Unknown code: %(code)s.") % {"code": code})
            return None
        editions = [
            edition
            for place, item in self.items(self.data["editions"], ("editions",))
            if (edition := self._edition(item, place, acts)) is not None
        ]
        self._refuse_overlaps(editions)
        return {
            "position": code,
            "successor": self.data.get("successor"),
            "title": self.languages(self.data["title"], ("title",), needed=True),
            "editions": editions,
        }

    def _refuse_overlaps(self, editions: list[Data]) -> None:
        known = [edition for edition in editions if edition["valid_from"] is not None]
        for index, later in enumerate(known):
            for earlier in known[:index]:
                if (earlier["valid_to"] is None or later["valid_from"] <= earlier["valid_to"]) and (
                    later["valid_to"] is None or earlier["valid_from"] <= later["valid_to"]
                ):
                    self.problem(
                        ("editions", index, "valid_from"),
                        _("This edition overlaps the one in force from %(day)s.")
                        % {"day": earlier["valid_from"].isoformat()},
                    )

    def _edition(self, item: Any, place: Place, acts: set[str]) -> Data | None:
        needed = {"valid_from", "brought_by", "clauses", "provenance", "duties", "knowledge", "qualification", "rungs"}
        if not self.keys(item, place, needed, {"valid_to", "dates_estimated", "notes", "named_levels"}):
            return None
        edition: Data = {
            "valid_from": self.day(item["valid_from"], (*place, "valid_from")),
            "valid_to": self.day(item.get("valid_to"), (*place, "valid_to"), needed=False),
            "dates_estimated": self.flag(item.get("dates_estimated"), (*place, "dates_estimated")),
            "brought_by": item["brought_by"],
            "named_levels": self.codes(item.get("named_levels"), (*place, "named_levels"), Level),
        }
        if edition["valid_from"] and edition["valid_to"] and edition["valid_to"] < edition["valid_from"]:
            self.problem((*place, "valid_to"), _("The last day lies before the first."))
        if item["brought_by"] not in acts:
            self.problem((*place, "brought_by"), _("Unknown act: %(code)s.") % {"code": item["brought_by"]})
        edition["clauses"] = self._all(item["clauses"], (*place, "clauses"), ("duties", "knowledge", "qualification"), self._clause)
        edition["provenance"] = self._all(
            item["provenance"],
            (*place, "provenance"),
            LANGUAGES,
            lambda value, where: self.code(value, where, Provenance),
        )
        for kind in ("duties", "knowledge"):
            edition[kind] = [
                self.languages(entry, where, needed=False) for where, entry in self.items(item[kind], (*place, kind))
            ]
        edition["qualification"] = self.languages(item["qualification"], (*place, "qualification"), needed=True)
        edition["notes"] = [
            note
            for where, entry in self.items(item.get("notes"), (*place, "notes"))
            if (note := self._note(entry, where)) is not None
        ]
        edition["rungs"] = [
            rung
            for where, entry in self.items(item["rungs"], (*place, "rungs"))
            if (rung := self._rung(entry, where)) is not None
        ]
        self._refuse_doubles(edition["rungs"], (*place, "rungs"))
        return edition

    def _all(self, item: Any, place: Place, keys: tuple[str, ...], check: Callable[[Any, Place], str]) -> Data:
        if not self.keys(item, place, set(keys)):
            return dict.fromkeys(keys, "")
        return {key: check(item[key], (*place, key)) for key in keys}

    def _clause(self, value: Any, place: Place) -> str:
        if value is None or value == "":
            self.problem(place, _("The clause is missing."))
            return ""
        return self.text(value, place)

    def _note(self, item: Any, place: Place) -> Data | None:
        if not self.keys(item, place, {"clause", *LANGUAGES}, {"reading"}):
            return None
        return {
            "clause": self._clause(item["clause"], (*place, "clause")),
            "reading": item.get("reading"),
            "text": {language: self.text(item[language], (*place, language)) for language in LANGUAGES},
        }

    def _refuse_doubles(self, rungs: list[Data], place: Place) -> None:
        if not rungs:
            self.problem(place, _("An edition needs at least one rung."))
        seen = set()
        for index, rung in enumerate(rungs):
            key = (rung["level"], rung["category"])
            if key in seen:
                self.problem((*place, index), _("This rung stands twice in the edition."))
            seen.add(key)

    def _rung(self, item: Any, place: Place) -> Data | None:
        if not self.keys(item, place, {"level", "category", "clause", "pathways"}, {"line"}):
            return None
        rung: Data = {
            "level": self.code(item["level"], (*place, "level"), Level, needed=False) or None,
            "category": self.code(item["category"], (*place, "category"), Category, needed=False) or None,
            "clause": self._clause(item["clause"], (*place, "clause")),
            "line": item.get("line"),
            "pathways": [
                pathway
                for where, entry in self.items(item["pathways"], (*place, "pathways"))
                if (pathway := self._pathway(entry, where)) is not None
            ],
        }
        if (rung["level"] is None) != (rung["category"] is None):
            self.problem(place, _("A rung has both a level and a category, or neither."))
        if not rung["pathways"]:
            self.problem((*place, "pathways"), _("A rung needs at least one pathway."))
        return rung

    def _pathway(self, item: Any, place: Place) -> Data | None:
        if not self.keys(item, place, {"education"}, {*_PATHWAY_LISTS, "experience"}):
            return None
        pathway: Data = {
            key: self.codes(item.get(key), (*place, key), codes) for key, codes in _PATHWAY_LISTS.items()
        }
        if not pathway["education"]:
            self.problem((*place, "education"), _("A pathway needs at least one level of education."))
        pathway["experience"] = [
            norm
            for where, entry in self.items(item.get("experience"), (*place, "experience"))
            if (norm := self._experience(entry, where)) is not None
        ]
        return pathway

    def _experience(self, item: Any, place: Place) -> Data | None:
        if not self.keys(item, place, {"years"}, {"rung", "spheres", *EXPERIENCE_MARKS}):
            return None
        if type(item["years"]) is not int or item["years"] < 1:
            self.problem((*place, "years"), _("A whole number of years is needed here."))
            return None
        rung = item.get("rung")
        if rung is not None and self.keys(rung, (*place, "rung"), {"level", "category"}):
            rung = {
                "level": self.code(rung["level"], (*place, "rung", "level"), Level),
                "category": self.code(rung["category"], (*place, "rung", "category"), Category),
            }
        return {
            "years": item["years"],
            "rung": rung,
            "spheres": self.codes(item.get("spheres"), (*place, "spheres"), Sphere),
            **{mark: self.flag(item.get(mark), (*place, mark)) for mark in EXPERIENCE_MARKS},
        }


#: How the lists of a pathway are called in the files and in the database.
REQUIREMENT_KINDS = {
    "education": "education",
    "fields": "field",
    "specialities": "speciality",
    "certificates": "certificate",
    "preferred": "preferred",
}
assert set(REQUIREMENT_KINDS.values()) == {str(kind) for kind in REQUIREMENT_CODES}  # noqa: S101
