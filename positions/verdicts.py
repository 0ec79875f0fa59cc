"""A verdict with its findings: every requirement with what was asked for and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from positions.facts import Award, Certificate, Diploma, Work
from positions.requirements import Edition, ExperienceNorm, Pathway
from positions.scales import Length, Period, RungKey, Status


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
