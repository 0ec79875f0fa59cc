"""What follows from missing a sitting, and what protects from dismissal. Pure: no framework, no clock.

Nobody can be refused to have been absent: where an act forbids an absence and names no consequence, the answer says so
and the case stays in the list for another sitting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from attestation.cycle_facts import NO_REASON, Absent, CaseFacts, Caution, Decision, Lack, Note, Refusal, settled
from attestation.regimes import Regime
from attestation.voting import allowed_decisions
from employees.experience import MONTHS_IN_YEAR, add_months
from positions.facts import Absence


class After(StrEnum):
    """What follows from missing a sitting."""

    POSTPONED = "postponed"
    REPEATED = "repeated"
    DISMISSAL_RECOMMENDED = "dismissal_recommended"
    #: The act says nothing, or forbids it and says no more: the case stays in the list for another sitting.
    NOT_SETTLED = "not_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What follows from missing a sitting, whether the reason was valid, and the rule that says so."""

    kind: After
    valid: bool
    rule: str = ""

    @property
    def decides(self) -> bool:
        """Tell whether the commission decides on it, at the sitting that was missed."""
        return self.kind in (After.REPEATED, After.DISMISSAL_RECOMMENDED)

    @property
    def decision(self) -> str:
        """The decision that follows; a recommendation for dismissal is none on the post."""
        return Decision.REPEATED if self.kind == After.REPEATED else ""


def is_valid(reason: str, regime: Regime) -> bool:
    """Tell whether an act takes a reason for valid.

    An absence that exempts from attestation altogether is valid too; where the act is open, every reason is, but none.
    """
    if reason == NO_REASON:
        return False
    if regime.value("valid_absences") is None:
        return True
    return reason in (*regime.codes("valid_absences"), *regime.codes("exempt_absences"))


def consequence(reason: str, earlier: Sequence[Absent], regime: Regime, kind: str) -> Consequence:
    """Tell what follows from missing a sitting, after those missed earlier in this case and in the one it repeats."""
    if is_valid(reason, regime):
        return _after_valid(earlier, regime, kind)
    unexcused = 1 + sum(not absent.valid for absent in earlier)
    most = regime.number("unexcused_absences_to_dismissal")
    if most is not None and unexcused >= most:
        return Consequence(kind=After.DISMISSAL_RECOMMENDED, valid=False, rule="unexcused_absences_to_dismissal")
    if regime.value("unexcused_absence") == "repeated":
        return _repeated("unexcused_absence", regime, kind, valid=False)
    return Consequence(kind=After.NOT_SETTLED, valid=False, rule=settled(regime, "unexcused_absence"))


def consequence_at(case: CaseFacts, sitting: int, regime: Regime) -> Consequence | None:
    """Tell what follows from missing this sitting, named by its key; none for somebody who did not miss it."""
    here = [absent for absent in case.missed if absent.in_this_case and absent.sitting == sitting]
    if not here:
        return None
    earlier = [absent for absent in case.missed if absent not in here]
    return consequence(here[0].reason, earlier, regime, case.kind)


def _after_valid(earlier: Sequence[Absent], regime: Regime, kind: str) -> Consequence:
    """Postpone, as often as the act allows; after that it ends in a repeated attestation or is not settled."""
    most = regime.number("most_postponements")
    postponed = sum(absent.valid and absent.in_this_case for absent in earlier)
    if most is None or postponed < most:
        rule = settled(regime, "valid_absences") if most is None else "most_postponements"
        return Consequence(kind=After.POSTPONED, valid=True, rule=rule)
    if regime.yes("valid_absence_ends_in_repeat"):
        return _repeated("valid_absence_ends_in_repeat", regime, kind, valid=True)
    return Consequence(kind=After.NOT_SETTLED, valid=True, rule="most_postponements")


def _repeated(rule: str, regime: Regime, kind: str, *, valid: bool) -> Consequence:
    """Send to a repeated attestation, unless it is one already, at which acts know no further repeating."""
    if Decision.REPEATED in allowed_decisions(kind, regime):
        return Consequence(kind=After.REPEATED, valid=valid, rule=rule)
    return Consequence(kind=After.NOT_SETTLED, valid=valid, rule="repeated_decisions")


class Ground(StrEnum):
    """What protects from dismissal."""

    PENSION = "pension"
    #: It is not known whether she is near pension age: HR has to say.
    PENSION_UNKNOWN = "pension_unknown"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What protects from dismissal, by which rule; `until` is the first day that is free, `absence` a kind of leave."""

    ground: Ground
    rule: str
    until: date | None = None
    absence: str = ""

    @property
    def known(self) -> bool:
        """Tell whether it is certain."""
        return self.ground != Ground.PENSION_UNKNOWN

    @property
    def caution(self) -> Caution:
        """The remark that goes into the minutes and the sheet."""
        return Caution(code=Note.PROTECTED if self.known else Note.PROTECTION_UNKNOWN, rule=self.rule)


def protection(
    decision: str,
    on: date,
    *,
    birth_date: date | None,
    near_pension: bool | None,
    absences: Iterable[Absence],
    regime: Regime,
) -> tuple[Protection, ...]:
    """Give what protects somebody from dismissal on a day, after a decision that can lead to it.

    It protects from dismissal, not from the decision. A blank decision stands for absence without a valid reason.
    """
    if decision not in ("", Decision.DOES_NOT_FIT):
        return ()
    kinds = regime.codes("no_dismissal_during")
    return (
        *_near_pension(on, birth_date, near_pension, regime),
        *(
            Protection(
                ground=Ground.ABSENCE, rule="no_dismissal_during", until=absence.period.end, absence=absence.kind
            )
            for absence in absences
            if absence.kind in kinds and absence.period.covers(on)
        ),
    )


def _near_pension(on: date, birth_date: date | None, near_pension: bool | None, regime: Regime) -> Iterable[Protection]:
    """Tell whether less than so many years are left to pension age; what HR says goes before what is computed."""
    rule = "pension_protection_years"
    years, age = regime.number(rule), regime.number("pension_age_years")
    if years is None or near_pension is False:
        return
    reached = None
    if birth_date is not None and age is not None:
        reached = add_months(birth_date, age * MONTHS_IN_YEAR)
    if near_pension:
        yield Protection(ground=Ground.PENSION, rule=rule, until=reached if reached and reached > on else None)
    elif reached is None:
        yield Protection(ground=Ground.PENSION_UNKNOWN, rule=rule)
    elif on < reached < add_months(on, years * MONTHS_IN_YEAR):
        yield Protection(ground=Ground.PENSION, rule=rule, until=reached)


def check_dismissal(decision: str, protections: Sequence[Protection], *, absent_to_dismissal: bool = False) -> None:
    """Refuse to recommend for dismissal without a ground for it, or while something protects from it.

    A protection that is not known refuses as well: HR can say what it is before the commission recommends.
    """
    if decision != Decision.DOES_NOT_FIT and not absent_to_dismissal:
        raise Refusal(Lack.NO_GROUND_FOR_DISMISSAL)
    for each in sorted(protections, key=lambda protection: not protection.known):
        raise Refusal(Lack.PROTECTED if each.known else Lack.PROTECTION_UNKNOWN, each.rule, day=each.until)
