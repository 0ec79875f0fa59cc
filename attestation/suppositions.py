"""What would be if the records said something more: suppositions laid over facts and norms, and never saved.

Nothing here knows Django, the database or the clock. What is supposed goes before the same rules as what is recorded:
a supposed record is a fact like any other, a supposed text an edition in force on any day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from employees import experience
from employees.facts import present_post
from positions import rules
from positions.ledger import award_in_force
from positions.scales import STATUS_RANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A transfer to a position, at a level or without one, from a day."""

    position: str
    on: date
    level: rules.Level | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed beyond the records: each part by itself, or several together; nothing at all is one too."""

    on: date | None = None
    edition: rules.Edition | None = None
    diploma: rules.Diploma | None = None
    certificate: rules.Certificate | None = None
    transfer: Transfer | None = None
    award: rules.Award | None = None

    def later_than(self, day: date) -> bool:
        """Tell whether a part of it is dated after the day, so that it does not count on that day (reading 21)."""
        days = (
            self.diploma.graduated_on if self.diploma else None,
            self.certificate.issued_on if self.certificate else None,
            self.transfer.on if self.transfer else None,
            self.award.awarded_on if self.award else None,
        )
        return any(each is not None and each > day for each in days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """A position as it is entered on a day: its text, norms with nothing but its entry rungs, and their levels."""

    position: str
    on: date
    edition: rules.Edition
    norms: rules.Norms
    levels: tuple[rules.Level | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How somebody meets a position without a category: the best of its entry rungs, or fitness where it has none."""

    position: str
    verdict: rules.Verdict
    #: She holds the position on the day, or one that counts as the same (reading 6).
    held: bool
    #: A category for it that is in force on the day; the verdict is that without it.
    award: rules.Award | None

    @property
    def status(self) -> rules.Status:
        """Whether the requirements are met."""
        return self.verdict.current_status

    @property
    def level(self) -> rules.Level | None:
        """The level whose entry rung is met best; None where the text names no categories."""
        return self.verdict.current.key.level if self.verdict.current else None


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement that is not met, or not known to be."""

    requirement: str
    code: str | None
    status: rules.Status


def suppose(facts: rules.Facts, supposition: Supposition) -> rules.Facts:
    """Add what is supposed to what the records say.

    A transfer ends the present post on the day before it; a present post that begins on that day or later is left out.
    """
    if supposition.diploma is not None:
        facts = replace(facts, education=(*facts.education, supposition.diploma))
    if supposition.certificate is not None:
        facts = replace(facts, certificates=(*facts.certificates, supposition.certificate))
    if supposition.award is not None:
        facts = replace(facts, awards=(*facts.awards, supposition.award))
    if supposition.transfer is not None:
        facts = replace(facts, work=tuple(_transferred(facts, supposition.transfer)))
    return facts


def _transferred(facts: rules.Facts, transfer: Transfer) -> Iterator[rules.Work]:
    """Yield the posts after a transfer: the new one has the sphere and the marks of the organisation."""
    sphere = employer = ""
    for work in facts.work:
        if not work.present:
            yield work
            continue
        sphere, employer = work.sphere, work.employer
        if work.period.start < transfer.on:
            until = min(transfer.on, work.period.end or transfer.on)
            # The record that a transfer writes has no title of its own: the position names it.
            yield replace(work, period=rules.Period(work.period.start, until), present=False, title="")
    yield present_post(
        position=transfer.position,
        level=transfer.level or "",
        appointed_on=transfer.on,
        until=facts.service.end,
        sphere=sphere,
        employer=employer,
        title=transfer.title,
    )


def under_edition(norms: rules.Norms, position: str, edition: rules.Edition) -> rules.Norms:
    """Give norms in which the position is judged by this edition on every day, whatever its days are.

    The edition may be that of a predecessor or successor; the texts of these give way to it as well.
    """
    family = {
        code: replace(norms.positions[code], editions=()) for code in norms.family(position) if code in norms.positions
    }
    always = replace(edition, valid_from=date.min, valid_until=None)
    family[position] = replace(norms.positions[position], editions=(always,))
    return rules.Norms({**norms.positions, **family})


def judge_supposed(
    facts: rules.Facts, norms: rules.Norms, supposition: Supposition, *, on: date
) -> rules.Verdict | None:
    """Judge what is supposed; None where no post is held on the day. Nothing supposed: the verdict on record."""
    on = supposition.on or on
    supposed = suppose(facts, supposition)
    if supposition.edition is None:
        return rules.judge(supposed, norms, on=on, counting=experience)
    post = supposed.known_on(on).post(on)
    if post is None or post.position is None:
        return None
    under = under_edition(norms, post.position, supposition.edition)
    verdict = rules.judge(supposed, under, on=on, counting=experience)
    # The reader is to see the days that the text has, not those that were supposed for it.
    return verdict and replace(verdict, edition=supposition.edition)


def entrance(norms: rules.Norms, *, position: str, on: date) -> Entrance | None:
    """Prepare a position for judging who could enter it on the day; None where no text is in force for it.

    Of its text only the entry rungs are left: nobody is to be judged by the rungs above, which takes twice the time.
    """
    edition = norms.text(position, on)
    if edition is None:
        return None
    entries = tuple(rung for rung in edition.rungs if rung.key.category in (None, rules.Category.NONE))
    return Entrance(
        position=position,
        on=on,
        edition=edition,
        norms=under_edition(norms, position, replace(edition, rungs=entries)),
        levels=tuple(dict.fromkeys(rung.key.level for rung in entries)),
    )


def entry(facts: rules.Facts, into: Entrance) -> Entry | None:
    """Judge somebody for a position as if she were transferred to it on the day, without a category.

    None where she is not in service on the day.
    """
    on, family = into.on, into.norms.family(into.position)
    awards = tuple(award for award in facts.awards if award.position in family)
    plain = replace(facts, awards=tuple(_ended(award, on) if award in awards else award for award in facts.awards))
    verdicts = []
    for level in into.levels:
        there = suppose(plain, Supposition(transfer=Transfer(position=into.position, level=level, on=on)))
        verdict = rules.judge(there, into.norms, on=on, counting=experience)
        if verdict is not None:
            verdicts.append(verdict)
    if not verdicts:
        return None
    post = facts.post(on)
    return Entry(
        position=into.position,
        verdict=replace(min(verdicts, key=_nearness), edition=into.edition),
        held=post is not None and post.position in family,
        award=award_in_force(awards, on),
    )


def _ended(award: rules.Award, on: date) -> rules.Award:
    """End an award before the day; the days before it stay what they were."""
    return award if award.valid_until is not None and award.valid_until <= on else replace(award, valid_until=on)


def _nearness(verdict: rules.Verdict) -> tuple[int, int, int]:
    """Put the best of several rungs first: by status, then by how little stands against it."""
    statuses = [each.status for each in missing(verdict)]
    return (
        STATUS_RANK[verdict.current_status],
        statuses.count(rules.Status.NOT_MET),
        statuses.count(rules.Status.UNKNOWN),
    )


def missing(verdict: rules.Verdict) -> tuple[Missing, ...]:
    """List what keeps the current rung from being met; of the alternatives of experience the best one counts."""
    findings = verdict.findings_about("current")
    experiences = [finding for finding in findings if finding.requirement == "experience"]
    best = min(experiences, key=lambda finding: STATUS_RANK[finding.status], default=None)
    return tuple(
        Missing(finding.requirement, finding.code, finding.status)
        for finding in findings
        if finding.status is not rules.Status.MET and (finding.requirement != "experience" or finding is best)
    )
