"""The norms as files that a lawyer can read: one YAML file per position, with all its editions.

Reading a file checks it completely and reports every mistake with its line; only then does anything reach the
database. Dates in the files are first and last days, as people write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
from positions.located import LANGUAGES, Data, LocatedFile, NormProblem, Place

ACTS_FILE = "acts.yaml"
#: So long is the number of a clause in the database, and so many years can be asked for.
CLAUSE_LENGTH = 20
MOST_YEARS = 99
EXPERIENCE_MARKS = ("or_relevant_profile", "relevant_profile", "managerial", "non_governmental", "in_specialty")
_PARAGRAPH = re.compile(r"[0-9]{1,4}(-[0-9]{1,4})?")
_PATHWAY_LISTS: dict[str, type] = {
    "education": EducationLevel,
    "fields": Field,
    "specialities": Speciality,
    "certificates": CertificateKind,
    "preferred": CertificateKind,
}


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
    readers = (_Reader(path, folder, problems) for path in sorted(folder.glob("*/*.yaml")))
    files.positions = _positions(readers, problems, acts={act["code"] for act in files.acts})
    if not files.positions and not problems:
        problems.append(NormProblem(str(folder), 1, _("There are no norm files here.")))
    _refuse(problems)
    return files


def read_texts(texts: Mapping[str, str], *, acts: set[str], known: set[str]) -> list[Data]:
    """Read and check norm files of positions that somebody has sent, by their names.

    `acts` and `known` are the acts and the positions on file. Raises NormsRefusedError with all mistakes found.
    """
    problems: list[NormProblem] = []
    readers = (_Reader.of_text(name, text, problems) for name, text in texts.items())
    positions = _positions(readers, problems, acts=acts, known=known)
    _refuse(problems)
    return positions


def check_edition(data: Any, *, acts: set[str]) -> tuple[Data | None, list[NormProblem]]:
    """Check one edition in the shape of a norm file; gives it as read, and the mistakes with their places."""
    problems: list[NormProblem] = []
    edition = _Reader.of_data("", data, problems)._edition(data, (), acts)
    return (None if problems else edition), problems


def _refuse(problems: list[NormProblem]) -> None:
    if problems:
        raise NormsRefusedError(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def _positions(
    files: Iterable[_Reader], problems: list[NormProblem], *, acts: set[str], known: Set[str] = frozenset()
) -> list[Data]:
    """Check files of positions, each by itself and their successors together."""
    found: list[Data] = []
    readers: dict[str, _Reader] = {}
    for reader in files:
        position = reader.position(acts)
        if position is None:
            continue
        if position["position"] in readers:
            reader.problem(("position",), _("This position has a file already."))
        readers[position["position"]] = reader
        found.append(position)
    for position in found:
        successor = position["successor"]
        if successor is not None and successor not in readers and successor not in known:
            readers[position["position"]].problem(
                ("successor",), _("Unknown position: %(code)s.") % {"code": successor}
            )
    return found


class _Reader(LocatedFile):
    """One norm file."""

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
        if act not in acts or not chapter.isdecimal() or not _PARAGRAPH.fullmatch(paragraph):
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
            "successor": self.text(self.data.get("successor"), ("successor",), needed=False) or None,
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
            "brought_by": self.text(item["brought_by"], (*place, "brought_by")),
            "named_levels": self.codes(item.get("named_levels"), (*place, "named_levels"), Level),
        }
        if edition["valid_from"] and edition["valid_to"] and edition["valid_to"] < edition["valid_from"]:
            self.problem((*place, "valid_to"), _("The last day lies before the first."))
        if edition["brought_by"] and edition["brought_by"] not in acts:
            self.problem((*place, "brought_by"), _("Unknown act: %(code)s.") % {"code": edition["brought_by"]})
        edition["clauses"] = self._all(
            item["clauses"], (*place, "clauses"), ("duties", "knowledge", "qualification"), self._clause
        )
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
        clause = self.text(value, place)
        if len(clause) > CLAUSE_LENGTH:
            self.problem(
                place, _("The number of a clause has at most %(limit)d characters.") % {"limit": CLAUSE_LENGTH}
            )
        if not clause.isprintable():
            self.problem(place, _("The text holds characters that cannot be printed."))
        return clause

    def _note(self, item: Any, place: Place) -> Data | None:
        if not self.keys(item, place, {"clause", *LANGUAGES}, {"reading"}):
            return None
        return {
            "clause": self._clause(item["clause"], (*place, "clause")),
            "reading": self.number(item.get("reading"), (*place, "reading")),
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
            "line": self.number(item.get("line"), (*place, "line")),
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
        pathway: Data = {key: self.codes(item.get(key), (*place, key), codes) for key, codes in _PATHWAY_LISTS.items()}
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
        if type(item["years"]) is not int or not 1 <= item["years"] <= MOST_YEARS:
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
