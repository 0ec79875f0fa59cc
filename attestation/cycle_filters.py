"""Which people of a cycle are shown: by state, by what waits for them, by sitting, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from attestation.codes import CaseState
from attestation.cycle import Task
from attestation.cycle_board import Board, Line, in_the_list, sitting_words
from attestation.move_words import task_words
from employees import names

#: In the list: neither left out nor cancelled.
LISTED = ""
EVERYBODY = "all"
WITHOUT = "none"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a filter, with how many people it shows."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class PeopleFilter:
    """What was asked of the list of people; what cannot be read is passed over."""

    board: Board
    state: str = LISTED
    wait: str = ""
    sitting: str = ""
    words: str = ""

    def fits(self, line: Line) -> bool:
        """Tell whether somebody is shown."""
        return self._in_state(line) and self._waits(line) and self._sits(line) and self._is_called(line)

    def _in_state(self, line: Line) -> bool:
        if self.state == EVERYBODY:
            return True
        return in_the_list(line) if self.state == LISTED else line.case.state == self.state

    def _waits(self, line: Line) -> bool:
        return not self.wait or any(move.action == self.wait for move in line.moves)

    def _sits(self, line: Line) -> bool:
        return not self.sitting or str(line.case.sitting_id or WITHOUT) == self.sitting

    def _is_called(self, line: Line) -> bool:
        text = line.case.employee.search_text
        return all(part in text for part in names.folded(self.words).split())

    @property
    def lines(self) -> list[Line]:
        """The people who are shown, by their names."""
        return [line for line in self.board.lines if self.fits(line)]

    @property
    def states(self) -> list[Choice]:
        """The states to choose from: those that somebody is in."""
        counts = self.board.states
        told = [(LISTED, _("in the list"), self.board.listed)]
        told += [(state, str(CaseState(state).label), counts[state]) for state in CaseState.values if counts[state]]
        told.append((EVERYBODY, _("everybody"), len(self.board.lines)))
        return [_choice(value, label, count, self.state) for value, label, count in told]

    @property
    def waits(self) -> list[Choice]:
        """What waits for somebody, to choose from."""
        found = {
            task: sum(any(move.action == task for move in line.moves) for line in self.board.lines) for task in Task
        }
        return [_choice(task, task_words(task), count, self.wait) for task, count in found.items() if count]

    @property
    def sittings(self) -> list[Choice]:
        """The sittings to choose from, and having none."""
        told = [(str(each.pk), sitting_words(each)) for each in self.board.sittings]
        found = [*told, (WITHOUT, _("without a sitting"))]
        counts = {
            value: sum(str(line.case.sitting_id or WITHOUT) == value for line in self.board.lines)
            for value, _label in found
        }
        return [_choice(value, label, counts[value], self.sitting) for value, label in found]

    @property
    def query(self) -> str:
        """The filter as an address has it; a name never stands in an address."""
        told = {"state": self.state, "wait": self.wait, "sitting": self.sitting}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.query or self.words)


def _choice(value: str, label: str, count: int, chosen: str) -> Choice:
    return Choice(value=str(value), label=label[:1].upper() + label[1:], count=count, chosen=value == chosen)


def people_filter(board: Board, asked: Mapping[str, Any], *, words: str = "") -> PeopleFilter:
    """Read what was asked for; the words come by post."""
    known = {"state": (EVERYBODY, *CaseState.values), "wait": tuple(Task), "sitting": _sittings(board)}
    told = {name: asked.get(name, "") for name in known}
    read = {name: value if value in known[name] else "" for name, value in told.items()}
    return PeopleFilter(board=board, words=words[:200].strip(), **read)


def _sittings(board: Board) -> tuple[str, ...]:
    return (WITHOUT, *(str(sitting.pk) for sitting in board.sittings))
