"""The law as pure functions: facts and norms on a day give a verdict with its evidence.

Nothing here knows Django, the database or the clock. A norm is what one clause of an order asks; a fact is what one
record says; a verdict compares the two on the day it is asked for and keeps, for every requirement, what was required
and what was found. How the orders are read is written beside each function as the number of the reading
(docs/readings.md). Periods are half-open: `end` is the first day that no longer belongs to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

# --------------------------------------------------------------------------------------------------------- the scales


class Status(StrEnum):
    """The three values of a verdict; `unknown` is an answer (reading 21)."""

    MET = "met"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


class Level(StrEnum):
    """The two qualification levels of a specialist."""

    HIGHEST = "highest"
    AVERAGE = "average"


class Category(StrEnum):
    """The four qualification categories."""

    HIGHEST = "highest"
    FIRST = "first"
    SECOND = "second"
    NONE = "none"


#: Categories from the bottom of the ladder to its top.
CATEGORY_ORDER = (Category.NONE, Category.SECOND, Category.FIRST, Category.HIGHEST)
#: Levels from the one that is preferred where none is stated (reading 14).
LEVEL_ORDER = (Level.HIGHEST, Level.AVERAGE)
#: Education levels from the lowest to the highest (reading 9).
EDUCATION_ORDER = (
    "basic_secondary",
    "general_secondary",
    "technical_vocational",
    "post_secondary",
    "higher",
    "postgraduate",
)
#: The code for what a text requires without naming it (reading 16): it can never be judged by a machine.
UNNAMED = "other"

_CATEGORY_RANK = {category: rank for rank, category in enumerate(CATEGORY_ORDER)}
_EDUCATION_RANK = {level: rank for rank, level in enumerate(EDUCATION_ORDER)}
_STATUS_RANK = {Status.MET: 0, Status.UNKNOWN: 1, Status.NOT_MET: 2}


def all_of(statuses: Iterable[Status]) -> Status:
    """Join statuses by *and*: not met if any is, else unknown if any is; nothing checked is not a pass."""
    worst = max((_STATUS_RANK[status] for status in statuses), default=1)
    return (Status.MET, Status.UNKNOWN, Status.NOT_MET)[worst]


def best_of(statuses: Iterable[Status]) -> Status:
    """Join alternatives: the best of them; no alternative at all is unknown."""
    best = min((_STATUS_RANK[status] for status in statuses), default=1)
    return (Status.MET, Status.UNKNOWN, Status.NOT_MET)[best]


# ----------------------------------------------------------------------------------------------------------- the norms


class RungKey(NamedTuple):
    """A rung of a position's ladder; both parts are None where the clause prints no category."""

    level: Level | None
    category: Category | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceNorm:
    """One alternative of the experience that a clause asks for, in whole calendar years."""

    years: int
    rung: RungKey | None = None
    spheres: tuple[str, ...] = ()
    or_relevant_profile: bool = False
    relevant_profile: bool = False
    managerial: bool = False
    non_governmental: bool = False
    in_specialty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """One way of meeting a rung: education and certificates together with any one alternative of experience."""

    education: tuple[str, ...]
    fields: tuple[str, ...] = ()
    specialities: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    experience: tuple[ExperienceNorm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What one printed sentence of a qualification clause asks for."""

    key: RungKey
    clause: str
    pathways: tuple[Pathway, ...]
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A position's characteristic as it was in force from a day until (not including) another."""

    position: str
    clause: str
    valid_from: date
    valid_until: date | None
    rungs: tuple[Rung, ...]
    named_levels: tuple[Level, ...] = ()
    pk: int | None = None

    @cached_property
    def by_key(self) -> Mapping[RungKey, Rung]:
        """The rungs by level and category."""
        return {rung.key: rung for rung in self.rungs}

    @cached_property
    def has_categories(self) -> bool:
        """Whether the clause prints categories at all (reading 23)."""
        return any(rung.key.category is not None for rung in self.rungs)

    def in_force(self, on: date) -> bool:
        """Tell whether this text was in force on the day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, kw_only=True)
class PositionNorm:
    """A position with all its editions, and the positions it continues or that continue it (reading 6)."""

    code: str
    editions: tuple[Edition, ...]
    managerial: bool = False
    successor: str | None = None


@dataclass(frozen=True)
class Norms:
    """All positions, by code."""

    positions: Mapping[str, PositionNorm]

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        predecessors: dict[str, list[str]] = {}
        for code in sorted(self.positions):
            successor = self.positions[code].successor
            if successor is not None:
                predecessors.setdefault(successor, []).append(code)
        return {code: tuple(self._chain(code, predecessors)) for code in self.positions}

    def _chain(self, code: str, predecessors: Mapping[str, list[str]]) -> Iterator[str]:
        """Yield the position itself, then its predecessors and successors, the nearest first."""
        seen = {code}
        queue = [code]
        while queue:
            current = queue.pop(0)
            yield current
            successor = self.positions[current].successor if current in self.positions else None
            for neighbour in [*predecessors.get(current, []), *([successor] if successor else [])]:
                if neighbour not in seen:
                    seen.add(neighbour)
                    queue.append(neighbour)

    def family(self, code: str) -> tuple[str, ...]:
        """Give the positions that count as the same one: itself, its predecessors and successors (reading 6)."""
        return self._families.get(code, (code,))

    def text(self, code: str, on: date) -> Edition | None:
        """Give the text in force on the day: of the position, else of its predecessor or successor (reading 6)."""
        for member in self.family(code):
            norm = self.positions.get(member)
            for edition in norm.editions if norm else ():
                if edition.in_force(on):
                    return edition
        return None

    def nearest_clause(self, code: str) -> str | None:
        """Give the number of the qualification clause to name where no text is in force."""
        norm = self.positions.get(code)
        return norm.editions[-1].clause if norm and norm.editions else None

    def is_managerial(self, code: str | None) -> bool:
        """Tell whether a position belongs to a chapter of heads (reading 16)."""
        norm = self.positions.get(code) if code else None
        return norm is not None and norm.managerial


# ----------------------------------------------------------------------------------------------------------- the facts


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not including, `end`; an open period has no end."""

    start: date
    end: date | None = None

    def covers(self, on: date) -> bool:
        """Tell whether the day belongs to the period."""
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length of experience in years, months (0-11) and days, as counted by reading 18."""

    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Diploma:
    """One education record."""

    level: str
    graduated_on: date
    fields: tuple[str, ...] = ()
    speciality_code: str = ""
    speciality: str = ""
    institution: str = ""
    document: str = ""
    foreign: bool = False
    recognised: bool = False
    recognised_on: date | None = None
    pk: int | None = None

    def recognised_by(self, on: date) -> bool:
        """Tell whether a foreign document was recognised, or needed no recognition, on the day (reading 12)."""
        if not self.foreign:
            return True
        return self.recognised and (self.recognised_on is None or self.recognised_on <= on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One work record; the present post is one as well."""

    period: Period
    position: str | None = None
    level: Level | None = None
    sphere: str = ""
    managerial: bool = False
    relevant_profile: bool = False
    non_governmental: bool = False
    in_specialty: bool = False
    employer: str = ""
    title: str = ""
    present: bool = False
    pk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A qualification category awarded for a position; `valid_until` is the first day without it."""

    position: str
    level: Level
    category: Category
    awarded_on: date
    valid_until: date | None = None
    order_number: str = ""
    pk: int | None = None

    def in_force(self, on: date) -> bool:
        """Tell whether the award was in force on the day."""
        return self.awarded_on <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate; `valid_until` is the first day without it."""

    kind: str
    issued_on: date
    valid_until: date | None = None
    number: str = ""
    issuer: str = ""
    pk: int | None = None

    def valid(self, on: date) -> bool:
        """Tell whether the certificate was valid on the day."""
        return self.issued_on <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A leave; `counts` says whether its days belong to the experience (reading 18)."""

    kind: str
    period: Period
    counts: bool = True
    pk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the records say of one employee; `service` runs from hiring to dismissal."""

    service: Period
    work: tuple[Work, ...]
    education: tuple[Diploma, ...] = ()
    awards: tuple[Award, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    absences: tuple[Absence, ...] = ()

    def known_on(self, on: date) -> Facts:
        """Leave out what is dated after the day: it does not exist yet (reading 21)."""
        return replace(
            self,
            work=tuple(work for work in self.work if work.period.start <= on),
            education=tuple(diploma for diploma in self.education if diploma.graduated_on <= on),
            awards=tuple(award for award in self.awards if award.awarded_on <= on),
            certificates=tuple(certificate for certificate in self.certificates if certificate.issued_on <= on),
            absences=tuple(absence for absence in self.absences if absence.period.start <= on),
        )

    def post(self, on: date) -> Work | None:
        """Give the post held on the day: the present one, or before it a record with a position that covers the day."""
        if not self.service.covers(on):
            return None
        held = [work for work in self.work if work.position and work.period.covers(on)]
        return max(
            held,
            key=lambda work: (
                work.present,
                work.period.start,
                work.position or "",
                work.level or "",
                work.period.end or date.max,
            ),
            default=None,
        )


class Counting(Protocol):
    """How days add up to years; kept apart from what they are counted for (employees.experience implements it)."""

    def length(self, periods: Sequence[Period], *, on: date) -> Length:
        """Give the length of the periods up to, not including, the day."""

    def complete_on(self, periods: Sequence[Period], *, years: int, after: date) -> date | None:
        """Give the first day after `after` on which the periods come to so many years."""

    def without(self, periods: Sequence[Period], cuts: Sequence[Period]) -> tuple[Period, ...]:
        """Cut days out of the periods."""


# --------------------------------------------------------------------------------------------------------- the verdict


class Found(StrEnum):
    """What the evidence of a finding amounts to, for the words that explain it."""

    FITS = "fits"
    NO_RECORD = "no_record"
    LEVEL_BELOW = "level_below"
    FIELD_DIFFERS = "field_differs"
    FIELD_NOT_STATED = "field_not_stated"
    NOT_NAMED = "not_named"
    ABOVE = "above"
    NOT_RECOGNISED = "not_recognised"
    EXPIRED = "expired"
    LENGTH = "length"
    NO_TEXT = "no_text"
    NO_RUNG_IN_TEXT = "no_rung_in_text"


class Obstacle(StrEnum):
    """Why no day can be given although only time is missing (reading 24)."""

    AWARD_ENDS = "award_ends"
    CERTIFICATE_ENDS = "certificate_ends"
    TEXT_ENDS = "text_ends"
    POST_ENDS = "post_ends"
    NOTHING_RUNS = "nothing_runs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A stretch of days that was counted, and the record it comes from."""

    period: Period
    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One requirement with its norm, its evidence and its status."""

    about: str
    requirement: str
    status: Status
    clause: str | None
    found: Found
    pathway: Pathway | None = None
    experience: ExperienceNorm | None = None
    code: str | None = None
    diploma: Diploma | None = None
    certificate: Certificate | None = None
    length: Length | None = None
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentRung:
    """Where the employee stands; `valid_until` is the first day without the award."""

    key: RungKey
    since: date
    valid_until: date | None = None
    award: Award | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRung:
    """The rung above, whether it is met, and the day on which it will be where only time is missing."""

    key: RungKey
    status: Status
    reachable_on: date | None = None
    obstacle: Obstacle | None = None
    obstacle_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A preference of the text: shown, and never part of a status (reading 19)."""

    code: str
    certificate: Certificate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What Sanat proposes to the commission for one employee on one day."""

    position: str
    on: date
    post: Work
    edition: Edition | None
    current: CurrentRung | None
    current_status: Status
    next: NextRung | None = None
    other_tracks: tuple[tuple[RungKey, Status], ...] = ()
    findings: tuple[Finding, ...] = ()
    lapsed: tuple[Award, ...] = ()
    wishes: tuple[Wish, ...] = ()

    def findings_about(self, about: str) -> tuple[Finding, ...]:
        """Give the findings on the current rung ("current") or on the next ("next")."""
        return tuple(finding for finding in self.findings if finding.about == about)


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
            _STATUS_RANK[self.status],
            _STATUS_RANK[self.findings[0].status],
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
    in_force = _award_in_force(awards, on)
    lapsed = tuple(
        sorted((award for award in awards if not award.in_force(on)), key=_award_order, reverse=True)
    )
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
    bench = _Bench(facts=facts, norms=norms, edition=edition, family=family, awards=awards, on=on, counting=counting)
    if not edition.has_categories:
        return bench.fitness(post, lapsed)
    return bench.ladder(post, in_force, lapsed)


def _award_in_force(awards: Iterable[Award], on: date) -> Award | None:
    """Give the latest award in force (reading 22); of two on one day the higher, then the longer."""
    return max((award for award in awards if award.in_force(on)), key=_award_order, default=None)


def _award_order(award: Award) -> tuple[date, int, int, date, str, str]:
    """Order awards so that the order in which they were recorded never matters."""
    return (
        award.awarded_on,
        -LEVEL_ORDER.index(award.level),
        _CATEGORY_RANK[award.category],
        award.valid_until or date.max,
        award.position,
        award.order_number,
    )


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
    norms: Norms
    edition: Edition
    family: tuple[str, ...]
    awards: tuple[Award, ...]
    on: date
    counting: Counting
    _levels: dict[date, Level | None] = field(default_factory=dict)

    # ----------------------------------------------------------------------------------------------- whole verdicts

    def fitness(self, post: Work, lapsed: tuple[Award, ...]) -> Verdict:
        """Judge a post whose clause prints no categories (reading 23)."""
        best = self.best([rung for rung in self.edition.rungs if rung.key.category is None], "current")
        return self.verdict(post, lapsed, current=None, best=best)

    def ladder(self, post: Work, award: Award | None, lapsed: tuple[Award, ...]) -> Verdict:
        """Judge a post with levels and categories (readings 22 and 23)."""
        level = post.level or self.entry_level(self.on)
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
        rank = _CATEGORY_RANK[current.key.category or Category.NONE] + 1
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

    def entry_level(self, on: date) -> Level | None:
        """Give the highest level whose education *without a category* is met by the documents of the day (reading 14)."""
        if on not in self._levels:
            self._levels[on] = next((level for level in LEVEL_ORDER if self._entry_education_met(level, on)), None)
        return self._levels[on]

    def _entry_education_met(self, level: Level, on: date) -> bool:
        rung = self.edition.by_key.get(RungKey(level, Category.NONE))
        diplomas = [diploma for diploma in self.facts.education if diploma.graduated_on <= on]
        return rung is not None and any(
            judge_education(pathway, diplomas, on=on)[0] is Status.MET for pathway in rung.pathways
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
        counted = self.counted(norm)
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
            not norm.spheres
            or work.sphere in norm.spheres
            or (norm.or_relevant_profile and work.relevant_profile)
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
        needed = _CATEGORY_RANK[key.category or Category.NONE]
        periods = []
        for stretch in self._stretches(work):
            award = _award_in_force(self.awards, stretch.start)
            if award is not None:
                level, rank = award.level, _CATEGORY_RANK[award.category]
            else:
                level, rank = work.level or self.entry_level(stretch.start), 0
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

    # ---------------------------------------------------------------------------------------- the day it is reachable

    def reachable(
        self, outcomes: Sequence[_Outcome], current: CurrentRung, post: Work
    ) -> tuple[date | None, Obstacle | None, date | None]:
        """Give the first day on which the rung is met if all goes on as it is, or what stands against it (reading 24)."""
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
            return next(((None, obstacle, end) for obstacle, end in until if end in stops), (None, Obstacle.NOTHING_RUNS, None))
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


def judge_education(
    pathway: Pathway, diplomas: Iterable[Diploma], *, on: date
) -> tuple[Status, Found, Diploma | None]:
    """Judge documents by a pathway: the best of them decides; none on record is unknown (readings 7-12 and 21)."""
    judged = [(*judge_diploma(pathway, diploma, on=on), diploma) for diploma in diplomas]
    if not judged:
        return Status.UNKNOWN, Found.NO_RECORD, None
    return min(
        judged,
        key=lambda item: (
            _STATUS_RANK[item[0]],
            -_EDUCATION_RANK[item[2].level],
            -item[2].graduated_on.toordinal(),
            item[2].document,
        ),
    )


def judge_diploma(pathway: Pathway, diploma: Diploma, *, on: date) -> tuple[Status, Found]:
    """Judge one document by a pathway."""
    rank = _EDUCATION_RANK[diploma.level]
    above = all(rank > _EDUCATION_RANK[level] for level in pathway.education)
    if diploma.level not in pathway.education and not above:
        return Status.NOT_MET, Found.LEVEL_BELOW
    checks: tuple[Callable[[Pathway, Diploma], Found], ...] = (_field, _speciality)
    found = [check(pathway, diploma) for check in checks]
    if Found.FIELD_DIFFERS in found:
        return Status.NOT_MET, Found.FIELD_DIFFERS
    if above:
        return Status.UNKNOWN, Found.ABOVE
    doubt = next((item for item in found if item is not Found.FITS), None)
    if doubt is not None:
        return Status.UNKNOWN, doubt
    if not diploma.recognised_by(on):
        return Status.UNKNOWN, Found.NOT_RECOGNISED
    return Status.MET, Found.FITS


def _field(pathway: Pathway, diploma: Diploma) -> Found:
    """Compare the fields: any one of those printed is enough, none printed means any (reading 8)."""
    if not pathway.fields or set(pathway.fields) & set(diploma.fields):
        return Found.FITS
    return Found.FIELD_DIFFERS if diploma.fields else Found.FIELD_NOT_STATED


def _speciality(pathway: Pathway, diploma: Diploma) -> Found:
    """Compare the specialities; what the text does not name cannot be judged (reading 16)."""
    if not pathway.specialities or (diploma.speciality_code != UNNAMED and diploma.speciality_code in pathway.specialities):
        return Found.FITS
    if UNNAMED in pathway.specialities:
        return Found.NOT_NAMED
    return Found.FIELD_DIFFERS if diploma.speciality_code else Found.FIELD_NOT_STATED
