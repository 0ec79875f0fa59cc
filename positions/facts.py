"""What the records say of one employee, as frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from positions.scales import Category, Length, Level, Period


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
