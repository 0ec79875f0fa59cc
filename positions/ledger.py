"""Which days count for what: the awards in force, the rung of every day, and the records that fit a norm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from positions.education import judge_education
from positions.facts import Award, Counting, Facts, Work
from positions.requirements import Edition, ExperienceNorm, Norms
from positions.scales import CATEGORY_RANK, LEVEL_ORDER, Category, Level, Period, RungKey, Status
from positions.verdicts import Counted


def award_in_force(awards: Iterable[Award], on: date) -> Award | None:
    """Give the latest award in force (reading 22); of two on one day the higher, then the longer."""
    return max((award for award in awards if award.in_force(on)), key=award_order, default=None)


def award_order(award: Award) -> tuple[date, int, int, date, str, str]:
    """Order awards so that the order in which they were recorded never matters."""
    return (
        award.awarded_on,
        -LEVEL_ORDER.index(award.level),
        CATEGORY_RANK[award.category],
        award.valid_until or date.max,
        award.position,
        award.order_number,
    )


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The days of one employee, seen by one text."""

    facts: Facts
    norms: Norms
    edition: Edition
    family: tuple[str, ...]
    awards: tuple[Award, ...]
    counting: Counting
    _levels: dict[date, Level | None] = field(default_factory=dict)

    def counted(self, norm: ExperienceNorm) -> tuple[Counted, ...]:
        """Find the days that fit an alternative: which records, which stretches of them, without what is cut out."""
        cuts = [absence.period for absence in self.facts.absences if not absence.counts]
        stretches: list[Counted] = []
        for work in self.facts.work:
            if not self.fits(work, norm):
                continue
            periods: Sequence[Period] = (work.period,)
            if norm.rung is not None:
                if work.position not in self.family:
                    continue
                periods = self.at_rung(work, norm.rung)
            stretches += [Counted(period=period, work=work) for period in self.counting.without(periods, cuts)]
        return tuple(
            sorted(
                stretches,
                key=lambda item: (item.period.start, item.period.end or date.max, item.work.employer, item.work.title),
            )
        )

    def fits(self, work: Work, norm: ExperienceNorm) -> bool:
        """Tell whether a work record has the marks that an alternative asks for (readings 15 and 16)."""
        in_sphere = (
            not norm.spheres or work.sphere in norm.spheres or (norm.or_relevant_profile and work.relevant_profile)
        )
        return (
            in_sphere
            and (not norm.relevant_profile or work.relevant_profile)
            and (not norm.managerial or work.managerial or self.norms.is_managerial(work.position))
            and (not norm.non_governmental or work.non_governmental)
            and (not norm.in_specialty or work.in_specialty)
        )

    def at_rung(self, work: Work, key: RungKey) -> list[Period]:
        """Cut from a work record the days spent at a rung or at a higher category of its level (readings 13 and 14)."""
        needed = CATEGORY_RANK[key.category or Category.NONE]
        periods = []
        for stretch in self._stretches(work):
            award = award_in_force(self.awards, stretch.start)
            level = award.level if award else work.level or self.entry_level(stretch.start)
            rank = CATEGORY_RANK[award.category if award else Category.NONE]
            if level == key.level and rank >= needed:
                periods.append(stretch)
        return periods

    def _stretches(self, work: Work) -> Iterator[Period]:
        """Split a work record on every day on which its rung can change."""
        days = {award.awarded_on for award in self.awards}
        days |= {award.valid_until for award in self.awards if award.valid_until is not None}
        if work.level is None:
            days |= {diploma.graduated_on for diploma in self.facts.education}
            days |= {diploma.recognised_on for diploma in self.facts.education if diploma.recognised_on is not None}
        start = work.period.start
        for day in sorted(days):
            if start < day and (work.period.end is None or day < work.period.end):
                yield Period(start, day)
                start = day
        yield Period(start, work.period.end)

    def entry_level(self, on: date) -> Level | None:
        """Give the highest level whose education for its entry rung the documents of the day meet (reading 14)."""
        if on not in self._levels:
            self._levels[on] = next((level for level in LEVEL_ORDER if self._entry_education_met(level, on)), None)
        return self._levels[on]

    def _entry_education_met(self, level: Level, on: date) -> bool:
        rung = self.edition.by_key.get(RungKey(level, Category.NONE))
        diplomas = [diploma for diploma in self.facts.education if diploma.graduated_on <= on]
        return rung is not None and any(
            judge_education(pathway, diplomas, on=on)[0] is Status.MET for pathway in rung.pathways
        )
