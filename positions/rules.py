"""The law as pure functions: facts and norms on a day give a verdict with its evidence.

Nothing here knows Django, the database or the clock. A norm is what one clause of an order asks (`requirements`); a
fact is what one record says (`facts`); a verdict compares the two on the day it is asked for and keeps, for every
requirement, what was required and what was found (`verdicts`). How the orders are read stands beside each function as
the number of the reading (docs/readings.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from positions.education import judge_diploma, judge_education
from positions.facts import Absence, Award, Certificate, Counting, Diploma, Facts, Work
from positions.ledger import Ledger, award_in_force, award_order
from positions.requirements import Edition, ExperienceNorm, Norms, Pathway, PositionNorm, Rung
from positions.scales import (
    CATEGORY_ORDER,
    CATEGORY_RANK,
    EDUCATION_ORDER,
    LEVEL_ORDER,
    STATUS_RANK,
    UNNAMED,
    Category,
    Length,
    Level,
    Period,
    RungKey,
    Status,
    all_of,
    best_of,
)
from positions.verdicts import Counted, CurrentRung, Finding, Found, NextRung, Obstacle, Verdict, Wish

__all__ = [
    "CATEGORY_ORDER",
    "EDUCATION_ORDER",
    "LEVEL_ORDER",
    "UNNAMED",
    "Absence",
    "Award",
    "Category",
    "Certificate",
    "Counted",
    "Counting",
    "CurrentRung",
    "Diploma",
    "Edition",
    "ExperienceNorm",
    "Facts",
    "Finding",
    "Found",
    "Length",
    "Level",
    "NextRung",
    "Norms",
    "Obstacle",
    "Pathway",
    "Period",
    "PositionNorm",
    "Rung",
    "RungKey",
    "Status",
    "Verdict",
    "Wish",
    "Work",
    "all_of",
    "best_of",
    "judge",
    "judge_diploma",
    "judge_education",
]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How one pathway came out."""

    pathway: Pathway
    status: Status
    findings: tuple[Finding, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Sort the best outcome first: by status, then by education, then by how little stands against it."""
        return (
            STATUS_RANK[self.status],
            STATUS_RANK[self.findings[0].status],
            sum(finding.status is Status.NOT_MET for finding in self.findings),
            sum(finding.status is Status.UNKNOWN for finding in self.findings),
        )


def judge(facts: Facts, norms: Norms, *, on: date, counting: Counting) -> Verdict | None:
    """Judge one employee on one day; None where no post with a position was held on that day."""
    facts = facts.known_on(on)
    post = facts.post(on)
    if post is None or post.position is None:
        return None
    family = norms.family(post.position)
    edition = norms.text(post.position, on)
    awards = tuple(award for award in facts.awards if award.position in family)
    in_force = award_in_force(awards, on)
    lapsed = tuple(sorted((award for award in awards if not award.in_force(on)), key=award_order, reverse=True))
    if edition is None:
        return Verdict(
            position=post.position,
            on=on,
            post=post,
            edition=None,
            current=_current(post, in_force, lapsed, post.level),
            current_status=Status.UNKNOWN,
            findings=(
                Finding(
                    about="current",
                    requirement="text",
                    status=Status.UNKNOWN,
                    clause=norms.nearest_clause(post.position),
                    found=Found.NO_TEXT,
                ),
            ),
            lapsed=lapsed,
        )
    ledger = Ledger(facts=facts, norms=norms, edition=edition, family=family, awards=awards, counting=counting)
    bench = _Bench(facts=facts, edition=edition, ledger=ledger, on=on, counting=counting)
    if not edition.has_categories:
        return bench.fitness(post, lapsed)
    return bench.ladder(post, in_force, lapsed)


def _current(post: Work, award: Award | None, lapsed: Sequence[Award], level: Level | None) -> CurrentRung | None:
    """Give the award in force, else the level without a category since the post began or the last award lapsed."""
    if award is not None:
        return CurrentRung(
            key=RungKey(award.level, award.category),
            since=award.awarded_on,
            valid_until=award.valid_until,
            award=award,
        )
    if level is None:
        return None
    ends = [award.valid_until for award in lapsed if award.valid_until is not None]
    return CurrentRung(key=RungKey(level, Category.NONE), since=max([post.period.start, *ends]))


@dataclass(frozen=True, kw_only=True)
class _Bench:
    """One employee before one text on one day."""

    facts: Facts
    edition: Edition
    ledger: Ledger
    on: date
    counting: Counting

    # ----------------------------------------------------------------------------------------------- whole verdicts

    def fitness(self, post: Work, lapsed: tuple[Award, ...]) -> Verdict:
        """Judge a post whose clause prints no categories (reading 23)."""
        best = self.best([rung for rung in self.edition.rungs if rung.key.category is None], "current")
        return self.verdict(post, lapsed, current=None, best=best)

    def ladder(self, post: Work, award: Award | None, lapsed: tuple[Award, ...]) -> Verdict:
        """Judge a post with levels and categories (readings 22 and 23)."""
        level = post.level or self.ledger.entry_level(self.on)
        current = _current(post, award, lapsed, level)
        if current is None:
            entry = [rung for rung in self.edition.rungs if rung.key.category is Category.NONE]
            return self.verdict(post, lapsed, current=None, best=self.best(entry, "current"))
        rung = self.edition.by_key.get(current.key)
        if rung is None:
            missing = Finding(
                about="current",
                requirement="text",
                status=Status.UNKNOWN,
                clause=self.edition.clause,
                found=Found.NO_RUNG_IN_TEXT,
            )
            return self.verdict(
                post, lapsed, current=current, best=_Outcome(Pathway(education=()), Status.UNKNOWN, (missing,))
            )
        best = self.best([rung], "current")
        above = self.next_rung(current, post)
        return replace(
            self.verdict(post, lapsed, current=current, best=best),
            next=above[0] if above else None,
            other_tracks=self.other_tracks(current.key),
            findings=(*best.findings, *(above[1].findings if above else ())),
            wishes=self.wishes(above[1].pathway if above else best.pathway),
        )

    def verdict(self, post: Work, lapsed: tuple[Award, ...], *, current: CurrentRung | None, best: _Outcome) -> Verdict:
        """Put a verdict together that has no next rung."""
        return Verdict(
            position=post.position or "",
            on=self.on,
            post=post,
            edition=self.edition,
            current=current,
            current_status=best.status,
            findings=best.findings,
            lapsed=lapsed,
            wishes=self.wishes(best.pathway),
        )

    def next_rung(self, current: CurrentRung, post: Work) -> tuple[NextRung, _Outcome] | None:
        """Judge the next higher category at the same level; None at the top."""
        rank = CATEGORY_RANK[current.key.category or Category.NONE] + 1
        if rank == len(CATEGORY_ORDER):
            return None
        rung = self.edition.by_key.get(RungKey(current.key.level, CATEGORY_ORDER[rank]))
        if rung is None:
            return None
        outcomes = self.outcomes(rung, "next")
        best = min(outcomes, key=lambda outcome: outcome.rank)
        if best.status is Status.MET:
            return NextRung(key=rung.key, status=best.status), best
        day, obstacle, obstacle_on = self.reachable(outcomes, current, post)
        return (
            NextRung(key=rung.key, status=best.status, reachable_on=day, obstacle=obstacle, obstacle_on=obstacle_on),
            best,
        )

    def other_tracks(self, key: RungKey) -> tuple[tuple[RungKey, Status], ...]:
        """Show a holder of the average level the entry rung of the highest, where it is met (reading 23)."""
        entry = self.edition.by_key.get(RungKey(Level.HIGHEST, Category.NONE))
        if key.level is not Level.AVERAGE or entry is None:
            return ()
        status = self.best([entry], "other").status
        return ((entry.key, status),) if status is Status.MET else ()

    def wishes(self, pathway: Pathway) -> tuple[Wish, ...]:
        """List what the text prefers, with the valid certificate where there is one."""
        return tuple(Wish(code=code, certificate=self.certificate(code, self.on)) for code in pathway.preferred)

    # ------------------------------------------------------------------------------------------------------ one rung

    def best(self, rungs: Sequence[Rung], about: str) -> _Outcome:
        """Give the best pathway of the rungs, the earlier printed of two equals."""
        return min(
            (outcome for rung in rungs for outcome in self.outcomes(rung, about)), key=lambda outcome: outcome.rank
        )

    def outcomes(self, rung: Rung, about: str) -> list[_Outcome]:
        """Judge every pathway of a rung."""
        return [self.outcome(pathway, rung, about) for pathway in rung.pathways]

    def outcome(self, pathway: Pathway, rung: Rung, about: str) -> _Outcome:
        """Judge one pathway: education and certificates and any one of the alternatives of experience."""
        education = self.education_finding(pathway, rung, about)
        certificates = [self.certificate_finding(code, rung, about) for code in pathway.certificates]
        experience = [self.experience_finding(norm, rung, about) for norm in pathway.experience]
        parts = [education.status, *(finding.status for finding in certificates)]
        if experience:
            parts.append(best_of(finding.status for finding in experience))
        return _Outcome(pathway, all_of(parts), (education, *experience, *certificates))

    # ----------------------------------------------------------------------------------------------------- education

    def education_finding(self, pathway: Pathway, rung: Rung, about: str) -> Finding:
        """Judge the education of a pathway by the best document (readings 7-12)."""
        status, found, diploma = judge_education(pathway, self.facts.education, on=self.on)
        return Finding(
            about=about,
            requirement="education",
            status=status,
            clause=rung.clause,
            found=found,
            pathway=pathway,
            diploma=diploma,
        )

    # -------------------------------------------------------------------------------------------------- certificates

    def certificate(self, code: str, on: date) -> Certificate | None:
        """Give the certificate of a kind that is valid on the day, the longest-lived of several."""
        valid = [item for item in self.facts.certificates if item.kind == code and item.valid(on)]
        return max(valid, key=lambda item: (item.valid_until or date.max, item.issued_on), default=None)

    def certificate_finding(self, code: str, rung: Rung, about: str) -> Finding:
        """Judge a certificate: none on record is unknown, an expired one is not met (reading 20)."""
        certificate = self.certificate(code, self.on)
        status, found = Status.MET, Found.FITS
        if certificate is None:
            certificate = max(
                (item for item in self.facts.certificates if item.kind == code),
                key=lambda item: item.valid_until or date.max,
                default=None,
            )
            status, found = (
                (Status.NOT_MET, Found.EXPIRED) if certificate is not None else (Status.UNKNOWN, Found.NO_RECORD)
            )
        return Finding(
            about=about,
            requirement="certificate",
            code=code,
            status=status,
            clause=rung.clause,
            found=found,
            certificate=certificate,
        )

    # ---------------------------------------------------------------------------------------------------- experience

    def experience_finding(self, norm: ExperienceNorm, rung: Rung, about: str) -> Finding:
        """Judge one alternative of experience by the calendar time of the records that fit it (readings 13-18)."""
        if UNNAMED in norm.spheres:
            return Finding(
                about=about,
                requirement="experience",
                status=Status.UNKNOWN,
                clause=rung.clause,
                found=Found.NOT_NAMED,
                experience=norm,
            )
        counted = self.ledger.counted(norm)
        length = self.counting.length([item.period for item in counted], on=self.on)
        return Finding(
            about=about,
            requirement="experience",
            status=Status.MET if length.years >= norm.years else Status.NOT_MET,
            clause=rung.clause,
            found=Found.LENGTH,
            experience=norm,
            length=length,
            counted=counted,
        )

    # ---------------------------------------------------------------------------------------- the day it is reachable

    def reachable(
        self, outcomes: Sequence[_Outcome], current: CurrentRung, post: Work
    ) -> tuple[date | None, Obstacle | None, date | None]:
        """Give the first day on which the rung is met if all goes on, or what stands against it (reading 24)."""
        answers = [
            self._first_day(outcome.pathway, finding, current, post)
            for outcome in outcomes
            if _only_time_is_missing(outcome)
            for finding in outcome.findings
            if finding.requirement == "experience" and finding.status is Status.NOT_MET
        ]
        days = [answer for answer in answers if answer[0] is not None]
        if days:
            return min(days, key=lambda answer: answer[0] or date.max)
        return answers[0] if answers else (None, None, None)

    def _first_day(
        self, pathway: Pathway, finding: Finding, current: CurrentRung, post: Work
    ) -> tuple[date | None, Obstacle | None, date | None]:
        norm = finding.experience
        day = (
            self.counting.complete_on([item.period for item in finding.counted], years=norm.years, after=self.on)
            if norm is not None
            else None
        )
        until = self._ends(pathway, current, post)
        if day is None:
            stops = [item.period.end for item in finding.counted if item.period.end and item.period.end > self.on]
            return next(
                ((None, obstacle, end) for obstacle, end in until if end in stops), (None, Obstacle.NOTHING_RUNS, None)
            )
        return next(((None, obstacle, end) for obstacle, end in until if end <= day), (day, None, None))

    def _ends(self, pathway: Pathway, current: CurrentRung, post: Work) -> list[tuple[Obstacle, date]]:
        """List the recorded future ends that a day must come before."""
        ends: list[tuple[Obstacle, date | None]] = [
            (Obstacle.AWARD_ENDS, current.valid_until),
            (Obstacle.TEXT_ENDS, self.edition.valid_until),
            (Obstacle.POST_ENDS, post.period.end),
            (Obstacle.POST_ENDS, self.facts.service.end),
        ]
        for code in pathway.certificates:
            certificate = self.certificate(code, self.on)
            ends.append((Obstacle.CERTIFICATE_ENDS, certificate.valid_until if certificate else None))
        return sorted(((obstacle, end) for obstacle, end in ends if end is not None), key=lambda item: item[1])


def _only_time_is_missing(outcome: _Outcome) -> bool:
    """Tell whether everything but experience is met, and no alternative of experience is."""
    others = [finding.status for finding in outcome.findings if finding.requirement != "experience"]
    return outcome.status is not Status.MET and all(status is Status.MET for status in others)
