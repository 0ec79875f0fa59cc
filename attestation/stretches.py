"""How a length of experience came about: the stretches that were counted, and the records behind each.

Periods that overlap or touch are one stretch (reading 18), so it is the stretches that add up, not the records. What
is shown here is made by the functions that count (employees.experience), and nothing is counted a second way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from employees import experience
from employees.periods import last_day
from positions import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A record, with the first and the last day of what a stretch has of it."""

    work: rules.Work
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days without a gap, counted by the calendar; `goes_on` where they run up to the day of the verdict."""

    first: date
    last: date
    goes_on: bool
    length: rules.Length
    sources: tuple[Source, ...]

    @property
    def joined(self) -> bool:
        """Tell whether several periods were made one."""
        return len(self.sources) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """The stretches of one finding; `added` is their sum before days carry to months and months to years."""

    rows: tuple[Stretch, ...]
    added: rules.Length
    total: rules.Length


def stretches_of(finding: rules.Finding, *, on: date) -> Stretches | None:
    """Show how the length of a finding came about; None where nothing was counted."""
    rows = tuple(_stretches(finding.counted, on=on))
    if finding.length is None or not rows:
        return None
    lengths = [row.length for row in rows]
    added = rules.Length(
        sum(length.years for length in lengths),
        sum(length.months for length in lengths),
        sum(length.days for length in lengths),
    )
    return Stretches(rows=rows, added=added, total=finding.length)


def _stretches(counted: Sequence[rules.Counted], *, on: date) -> Iterable[Stretch]:
    for whole in experience.merge(item.period for item in counted):
        for period in experience.until([whole], on):
            end = period.end or on
            yield Stretch(
                first=period.start,
                last=last_day(end),
                goes_on=whole.end is None or whole.end > on,
                length=experience.by_calendar(period.start, end),
                sources=tuple(_sources(counted, within=period, on=on)),
            )


def _sources(counted: Sequence[rules.Counted], *, within: rules.Period, on: date) -> Iterable[Source]:
    """Find what a stretch is made of, by record, in the order of their first days."""
    found = [
        Source(work=work, first=piece.start, last=last_day(piece.end or on))
        for work in dict.fromkeys(item.work for item in counted)
        for piece in experience.until(experience.merge(item.period for item in counted if item.work == work), on)
        if within.covers(piece.start)
    ]
    return sorted(found, key=lambda source: (source.first, source.last, source.work.employer, source.work.title))
