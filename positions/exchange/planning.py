"""What a file of texts would do: every change beside what is on file, every mistake with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from positions.codes import Provenance
from positions.editing.characters import odd_characters
from positions.editing.checks import check_document, odd_words
from positions.editing.documents import plain
from positions.exchange.on_file import OnFile, StoredPosition
from positions.exchange.problems import Problem
from positions.located import LANGUAGES, Data, Place

#: Finds a place of a file: its line or row, and its column.
Locate = Callable[[Place], tuple[int | None, str]]
#: What people are judged by; all else of an edition is text.
_RULES = ("valid_to", "named_levels", "clauses", "rungs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A position as a file wants it; editions that the file leaves out stay as they are."""

    code: str
    file: str
    title: Mapping[str, str]
    successor: str | None
    editions: Sequence[Data]
    locate: Locate

    def problem(self, place: Place, reason: str, *, value: str = "") -> Problem:
        """Name a mistake with its place."""
        number, column = self.locate(place)
        return Problem(file=self.file, number=number, column=column, value=value, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPlan:
    """A change of an edition, or a new one, beside what is on file."""

    valid_from: str
    after: Data
    before: Data | None
    #: What the edition is compared with: itself as it is on file, or the one that a new one follows.
    compared: Data | None
    #: The first day of the edition that a new one ends.
    ends: str | None
    warnings: tuple[Problem, ...]

    @property
    def is_new(self) -> bool:
        """Whether the edition is not on file yet."""
        return self.before is None

    @property
    def changes_rules(self) -> bool:
        """Whether the rules by which people are judged change."""
        return self.before is None or any(self.before[name] != self.document[name] for name in _RULES)

    @property
    def document(self) -> Data:
        """The edition with its days as text."""
        return plain(self.after)

    @property
    def made_official(self) -> list[str]:
        """The languages in which an official text takes the place of a translation."""
        if self.before is None:
            return []
        old, new = self.before["provenance"], self.after["provenance"]
        official = str(Provenance.OFFICIAL)
        return [language for language in LANGUAGES if new[language] == official != old[language]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionPlan:
    """What becomes of a position."""

    wanted: Wanted
    stored: StoredPosition | None
    editions: tuple[EditionPlan, ...]
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def is_new(self) -> bool:
        """Whether the position is not on file yet."""
        return self.stored is None

    @property
    def new_title(self) -> bool:
        """Whether its title changes."""
        return self.stored is None or dict(self.stored.title) != dict(self.wanted.title)

    @property
    def new_successor(self) -> bool:
        """Whether its successor changes."""
        return (self.stored.successor if self.stored else None) != self.wanted.successor

    @property
    def changes_nothing(self) -> bool:
        """Whether the position stays as it is."""
        return not self.editions and not self.new_title and not self.new_successor


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file would do to all the positions that it names."""

    file: str
    positions: tuple[PositionPlan, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    #: A mark of the texts on file that the plan was made from.
    digest: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def changing(self) -> list[PositionPlan]:
        """The positions that something happens to."""
        return [each for each in self.positions if not each.changes_nothing]

    @property
    def editions(self) -> list[EditionPlan]:
        """All editions that change or are new."""
        return [edition for each in self.positions for edition in each.editions]

    @property
    def changed(self) -> int:
        """How many editions change."""
        return sum(not edition.is_new for edition in self.editions)

    @property
    def new(self) -> int:
        """How many editions are new."""
        return sum(edition.is_new for edition in self.editions)

    @property
    def unchanged(self) -> int:
        """How many editions stay as they are."""
        return sum(each.unchanged for each in self.positions)

    @property
    def rules(self) -> int:
        """In how many editions rules change."""
        return sum(edition.changes_rules for edition in self.editions)

    @property
    def rows_touched(self) -> int:
        """How many rows of a workbook are new or say something else than what is on file."""
        return self.rows.get("new", 0) + self.rows.get("update", 0)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is on file already."""
        return not self.changing


def plan_of(
    file: str,
    wanted: Sequence[Wanted],
    on_file: OnFile,
    *,
    warnings: Sequence[Problem] = (),
    rows: Mapping[str, int] | None = None,
) -> Plan:
    """Compare what a file wants with what is on file, and check it completely."""
    positions = [_position(each, on_file) for each in wanted]
    problems = [problem for each in positions for problem in each.problems]
    problems += _circles(wanted, on_file)
    return Plan(
        file=file,
        positions=tuple(positions),
        problems=tuple(problems),
        warnings=tuple(warnings),
        digest=on_file.digest(each.code for each in wanted),
        rows=rows or {},
    )


def _position(wanted: Wanted, on_file: OnFile) -> PositionPlan:
    stored = on_file.positions.get(wanted.code)
    problems = [*_new_position(wanted, stored, on_file), *_title(wanted, stored)]
    present = dict(stored.editions) if stored else {}
    standing = {day: (edition["valid_from"], edition["valid_to"]) for day, edition in present.items()}
    plans, unchanged = [], 0
    order = sorted(range(len(wanted.editions)), key=lambda index: str(wanted.editions[index]["valid_from"]))
    for index in order:
        edition = plain(wanted.editions[index])
        before = present.get(edition["valid_from"])
        if before == edition:
            unchanged += 1
            continue
        ends, found = _room(wanted, index, edition, standing, is_new=before is None)
        compared = before or present.get(_latest(present, edition["valid_from"]))
        checked = check_document(edition, acts=set(on_file.acts), base=compared)
        problems += found
        problems += [wanted.problem(("editions", index, *each.place), each.message) for each in checked.problems]
        remarks = [wanted.problem(("editions", index, *each.place), each.message) for each in checked.warnings]
        plans.append(
            EditionPlan(
                valid_from=edition["valid_from"],
                after=wanted.editions[index],
                before=before,
                compared=compared,
                ends=ends,
                warnings=(*remarks, *_emptied(wanted, index, before, edition)),
            )
        )
    return PositionPlan(
        wanted=wanted, stored=stored, editions=tuple(plans), unchanged=unchanged, problems=tuple(problems)
    )


def _latest(present: Mapping[str, Any], day: str) -> str:
    """Give the first day of the latest edition that begins before a day."""
    return max((each for each in present if each < day), default="")


def _new_position(wanted: Wanted, stored: StoredPosition | None, on_file: OnFile) -> Iterator[Problem]:
    if stored is not None:
        return
    act, _slash, number = wanted.code.partition("/")
    chapter = number.partition(".")[0]
    if (act, int(chapter)) not in on_file.chapters:
        message = _("There is no chapter %(chapter)s in act %(act)s: a new position needs a chapter that is on file.")
        yield wanted.problem(("position",), message % {"chapter": chapter, "act": act}, value=wanted.code)
    elif f"{act}/{int(chapter)}.{number.partition('.')[2]}" != wanted.code:
        yield wanted.problem(("position",), _("Unknown code: %(code)s.") % {"code": wanted.code}, value=wanted.code)


def _title(wanted: Wanted, stored: StoredPosition | None) -> Iterator[Problem]:
    for language in LANGUAGES:
        text = wanted.title.get(language) or ""
        if stored is not None and stored.title.get(language) == text:
            continue
        for odd in odd_characters(text, language=language):
            if odd.forbidden:
                yield wanted.problem(("title", language), odd_words(odd))


def _room(
    wanted: Wanted, index: int, edition: Data, standing: dict[str, tuple[str, str | None]], *, is_new: bool
) -> tuple[str | None, list[Problem]]:
    """Find room for an edition among those on file, as it will be made: which one it ends, and what it overlaps."""
    start, last = edition["valid_from"], edition["valid_to"]
    ends, problems = None, []
    for day, (other_start, other_last) in sorted(standing.items()):
        if day == start or (last and last < other_start) or (other_last and other_last < start):
            continue
        if not is_new or other_start >= start:
            reason = _("This edition overlaps the one in force from %(day)s.") % {"day": other_start}
            problems.append(wanted.problem(("editions", index, "valid_from"), reason))
            continue
        ends = day
        standing[day] = (other_start, _day_before(start))
    standing[start] = (start, last)
    return ends, problems


def _day_before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def _emptied(wanted: Wanted, index: int, before: Data | None, after: Data) -> Iterator[Problem]:
    """Point at texts that a file takes away without taking the entry away."""
    if before is None:
        return
    for part in ("duties", "knowledge"):
        for number, (old, new) in enumerate(zip(before[part], after[part], strict=False)):
            for language in LANGUAGES:
                if old.get(language) and not new.get(language) and any(new.values()):
                    reason = _("The text in this language is taken away; the entry stays in the others.")
                    yield wanted.problem(("editions", index, part, number, language), reason)


def _circles(wanted: Sequence[Wanted], on_file: OnFile) -> Iterator[Problem]:
    """Refuse a position that would become its own successor, by itself or through others."""
    successors = {code: each.successor for code, each in on_file.positions.items()}
    successors |= {each.code: each.successor for each in wanted}
    for each in wanted:
        seen, current = {each.code}, each.successor
        while current is not None and current not in seen:
            seen.add(current)
            current = successors.get(current)
        if current == each.code:
            yield each.problem(("successor",), _("A position cannot be its own successor, nor through others."))
