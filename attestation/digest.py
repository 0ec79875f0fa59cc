"""What reminders tell: who can rise, whose category lapses, whose attestation is due. Pure: no framework, no clock.

The weekly digest looks some months ahead from a day; a calendar shows the same facts on their days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from attestation.due import Standing
from employees.periods import last_day
from positions.rules import RungKey, Status

#: A section of the digest names so many people; the others are counted.
SHOWN = 30

#: What keeps a verdict unknown: a requirement, the reason, and the code of what is lacking where there is one.
Doubt = tuple[str, str, str]


class Topic(StrEnum):
    """What is told of a person, in the order of the digest."""

    RISES_NOW = "rises_now"
    RISES_SOON = "rises_soon"
    LAPSES = "lapses"
    LAPSED = "lapsed"
    OVERDUE = "overdue"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What is stored of a person, as far as reminders rest on it; `lapsed_on` only where no category is in force."""

    pk: int
    name: str
    next: RungKey | None = None
    next_status: Status | None = None
    reachable_on: date | None = None
    current: RungKey | None = None
    lapses_on: date | None = None
    lapsed_on: date | None = None
    due: Standing = Standing.UNKNOWN
    due_on: date | None = None
    overdue_on: date | None = None
    is_unknown: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One fact about one person; the day is the first one on which it holds."""

    topic: Topic
    pk: int
    name: str
    rung: RungKey | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The people of one topic: those who are named, and how many more there are."""

    topic: Topic
    reminders: tuple[Reminder, ...]
    more: int

    @property
    def total(self) -> int:
        """How many people it concerns."""
        return len(self.reminders) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is told on a day about the time up to, not including, `until`; sections without people are left out."""

    on: date
    until: date
    sections: tuple[Section, ...]
    #: What keeps the verdicts unknown, for every person whose verdict is.
    unknown: tuple[tuple[Doubt, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not self.sections and not self.unknown


def week_of(on: date) -> date:
    """Give the Monday of the week."""
    return on - timedelta(days=on.weekday())


def digest(prospects: Iterable[Prospect], *, on: date, until: date) -> Digest:
    """Sort people into the sections of the digest; whose day comes first stands first, and who lapsed last."""
    found: dict[Topic, list[Reminder]] = {topic: [] for topic in Topic}
    unknown = []
    for person in prospects:
        for reminder in reminders(person, until=until):
            found[reminder.topic].append(reminder)
        if person.is_unknown:
            unknown.append(person.doubts)
    for topic, people in found.items():
        people.sort(key=lambda reminder: reminder.day or on, reverse=topic is Topic.LAPSED)
    return Digest(
        on=on,
        until=until,
        sections=tuple(
            Section(topic=topic, reminders=tuple(people[:SHOWN]), more=max(0, len(people) - SHOWN))
            for topic, people in found.items()
            if people
        ),
        unknown=tuple(unknown),
    )


def reminders(person: Prospect, *, until: date) -> Iterator[Reminder]:
    """Give what is to be told of a person about the time up to, not including, a day."""
    if person.next_status is Status.MET:
        yield _told(person, Topic.RISES_NOW, rung=person.next)
    elif person.reachable_on is not None and person.reachable_on < until:
        yield _told(person, Topic.RISES_SOON, rung=person.next, day=person.reachable_on)
    if person.lapses_on is not None and last_day(person.lapses_on) < until:
        yield _told(person, Topic.LAPSES, rung=person.current, day=person.lapses_on)
    elif person.lapsed_on is not None:
        yield _told(person, Topic.LAPSED, day=person.lapsed_on)
    if person.due is Standing.OVERDUE:
        yield _told(person, Topic.OVERDUE, day=person.overdue_on)
    elif _awaits(person) and person.due_on is not None and person.due_on < until:
        yield _told(person, Topic.DUE, day=person.due_on)


def dated(prospects: Iterable[Prospect], *, start: date, end: date, reached: Mapping[int, date]) -> Iterator[Reminder]:
    """Give what a calendar shows from `start` up to, not including, `end`.

    Of those who meet the next rung, `reached` holds the days on which they came to. A category that has lapsed keeps
    its topic, so that its entry stays the same before and after.
    """
    for person in prospects:
        rises_on = reached.get(person.pk) if person.next_status is Status.MET else person.reachable_on
        if rises_on is not None and start <= rises_on < end:
            yield _told(person, Topic.RISES_SOON, rung=person.next, day=rises_on)
        lapses_on = person.lapses_on or person.lapsed_on
        if lapses_on is not None and start <= last_day(lapses_on) < end:
            yield _told(person, Topic.LAPSES, day=lapses_on)
        waits = _awaits(person) or person.due is Standing.OVERDUE
        if waits and person.due_on is not None and start <= person.due_on < end:
            yield _told(person, Topic.DUE, day=person.due_on)


def _awaits(person: Prospect) -> bool:
    """Tell whether an attestation lies before her that is not overdue; nobody waits for one who is exempt."""
    return person.due in (Standing.NOT_YET, Standing.DUE)


def _told(person: Prospect, topic: Topic, *, rung: RungKey | None = None, day: date | None = None) -> Reminder:
    return Reminder(topic=topic, pk=person.pk, name=person.name, rung=rung, day=day)
