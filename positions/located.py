"""A YAML file that knows the line of everything in it, so that a mistake can be named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import yaml
from django.utils.translation import gettext as _

LANGUAGES = ("kk", "ru", "en")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

Data = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NormProblem:
    """A mistake in a norm file, with its line."""

    file: str
    line: int
    message: str
    place: Place = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class LocatedFile:
    """One file: its data, and the line of every place in it."""

    def __init__(self, path: Path, folder: Path, problems: list[NormProblem]) -> None:
        self._begin(str(path.relative_to(folder.parent) if path.is_relative_to(folder.parent) else path), problems)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            problems.append(NormProblem(self.name, 1, _("The file cannot be read.")))
        except UnicodeDecodeError:
            problems.append(NormProblem(self.name, 1, _("The file is not UTF-8 text.")))
        else:
            self._compose(text)

    @classmethod
    def of_text(cls, name: str, text: str, problems: list[NormProblem]) -> Self:
        """Read a file that somebody has sent."""
        file = cls.__new__(cls)
        file._begin(name, problems)
        file._compose(text)
        return file

    @classmethod
    def of_data(cls, name: str, data: Any, problems: list[NormProblem]) -> Self:
        """Check data that come from no file; mistakes are named by their place alone."""
        file = cls.__new__(cls)
        file._begin(name, problems)
        file.data = data
        return file

    def _begin(self, name: str, problems: list[NormProblem]) -> None:
        self.name = name
        self.problems = problems
        self.lines: dict[Place, int] = {}
        self.data: Any = None

    def _compose(self, text: str) -> None:
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
            self.data = self._plain(root, ()) if root is not None else None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problems.append(
                NormProblem(self.name, line, _("The file is not YAML: %(why)s.") % {"why": error.problem})
            )
        except yaml.reader.ReaderError as error:
            character = error.character if isinstance(error.character, int) else ord(error.character)
            message = _("The file holds a character that YAML does not allow: %(what)s.")
            self.problems.append(NormProblem(self.name, 1, message % {"what": f"U+{character:04X}"}))

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
            return loader.construct_object(node, deep=True)
        except ValueError:
            self.problem(place, _("The value %(value)s cannot be read.") % {"value": node.value})
            return None

    def problem(self, place: Place, message: str) -> None:
        """Note a mistake at a place, or at the nearest place around it that the file has."""
        near = place
        while near and near not in self.lines:
            near = near[:-1]
        self.problems.append(NormProblem(self.name, self.lines.get(near, 1), message, place))

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
        if not EARLIEST <= data <= LATEST:
            self.problem(place, _("The date lies outside the years 1900 to 2199."))
            return None
        return data

    def number(self, data: Any, place: Place) -> int | None:
        """Give a number to count by, from 1; it may be missing."""
        if data is None:
            return None
        if type(data) is not int or not 1 <= data <= 9999:
            self.problem(place, _("A whole number from 1 is expected here."))
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
