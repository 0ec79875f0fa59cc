"""What the attestation procedure is told and what it answers, as frozen data. Pure: no framework, no clock.

Codes are those that are stored. A rule is named by its parameter in attestation.regimes, whose clause is then shown;
where no parameter settles a thing, the name is blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from attestation.regimes import Regime

#: Whether people work on a day.
IsWorking = Callable[[date], bool]


class Kind(StrEnum):
    """Why somebody is attested."""

    REGULAR = "regular"
    REPEATED = "repeated"
    EARLY = "early"


class Decision(StrEnum):
    """What a commission decides about the post, in the order that favours the employee."""

    FITS = "fits"
    REPEATED = "repeated"
    DOES_NOT_FIT = "does_not_fit"


class CategoryDecision(StrEnum):
    """What a commission decides about the category."""

    ESTABLISHED = "established"
    NO_GROUNDS = "no_grounds"


class Role(StrEnum):
    """What somebody is in a commission."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class CycleState(StrEnum):
    """How far a cycle has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CaseState(StrEnum):
    """How far a person's attestation has come."""

    PROPOSED = "proposed"
    EXCLUDED = "excluded"
    LISTED = "listed"
    DECIDED = "decided"
    APPROVED = "approved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SittingState(StrEnum):
    """How far a sitting has come."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    SIGNED = "signed"
    CANCELLED = "cancelled"


#: The reason for missing a sitting that is none.
NO_REASON = "none"


class Lack(StrEnum):
    """Why something is refused: what is missing or in the way."""

    # The commission
    NO_CHAIR = "no_chair"
    SEVERAL_CHAIRS = "several_chairs"
    NO_SECRETARY = "no_secretary"
    SEVERAL_SECRETARIES = "several_secretaries"
    PERSON_TWICE = "person_twice"
    TOO_FEW_MEMBERS = "too_few_members"
    NO_REPRESENTATIVE = "no_representative"
    NOT_A_MEMBER = "not_a_member"
    # The sitting
    NO_QUORUM = "no_quorum"
    CHAIR_ABSENT = "chair_absent"
    NO_ACTING_CHAIR = "no_acting_chair"
    ACTING_CHAIR_UNFIT = "acting_chair_unfit"
    BEFORE_START = "before_start"
    SITTING_NOT_OPEN = "sitting_not_open"
    CASE_UNDECIDED = "case_undecided"
    CASE_DECIDED = "case_decided"
    MINUTES_SIGNED = "minutes_signed"
    MINUTES_NOT_SIGNED = "minutes_not_signed"
    # Votes
    SECRETARY_DOES_NOT_VOTE = "secretary_does_not_vote"
    OWN_CASE = "own_case"
    NOT_PRESENT = "not_present"
    NO_VOTES = "no_votes"
    VOTES_MISSING = "votes_missing"
    VOTED_TWICE = "voted_twice"
    NO_CASTING_VOTE = "no_casting_vote"
    CHAIR_VOTED_OTHERWISE = "chair_voted_otherwise"
    TIE_OPEN = "tie_open"
    # Decisions
    DECISION_NOT_ALLOWED = "decision_not_allowed"
    NO_MARK = "no_mark"
    MARK_UNKNOWN = "mark_unknown"
    MARK_FORBIDS = "mark_forbids"
    CATEGORY_NOT_DECIDED_HERE = "category_not_decided_here"
    CATEGORY_MISSING = "category_missing"
    CATEGORY_UNDECIDED = "category_undecided"
    NOT_AS_VOTED = "not_as_voted"
    REASON_MISSING = "reason_missing"
    NO_GROUND_FOR_DISMISSAL = "no_ground_for_dismissal"
    PROTECTED = "protected"
    PROTECTION_UNKNOWN = "protection_unknown"
    NO_CONSEQUENCE = "no_consequence"
    # The case
    WRONG_STATE = "wrong_state"
    NOT_NOTIFIED = "not_notified"
    NO_CHARACTERISTIC = "no_characteristic"
    NOT_TESTED = "not_tested"
    NO_APPLICATION = "no_application"
    EARLY_NOT_ALLOWED = "early_not_allowed"
    NO_SITTING = "no_sitting"
    EMPLOYEE_ABSENT = "employee_absent"
    TOO_EARLY = "too_early"
    NOT_APPROVED = "not_approved"
    NOT_ACQUAINTED = "not_acquainted"
    NO_REPEAT = "no_repeat"
    NOT_REPEATED = "not_repeated"
    REPEATED_ALREADY = "repeated_already"
    # The cycle
    RULE_OPEN = "rule_open"
    NO_ORDER = "no_order"
    NOBODY_LISTED = "nobody_listed"
    CYCLE_NOT_APPROVED = "cycle_not_approved"
    CASE_NOT_CLOSED = "case_not_closed"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer of the law, not a fault of the program
    """Something that the rules do not allow: why (`code`), by which rule, and the figures of it."""

    def __init__(
        self,
        code: Lack,
        rule: str = "",
        *,
        needed: int | None = None,
        found: int | None = None,
        day: date | None = None,
    ) -> None:
        super().__init__(f"{code} ({rule})" if rule else str(code))
        self.code, self.rule = code, rule
        #: How many are needed and how many there are; the first day on which it would be allowed.
        self.needed, self.found, self.day = needed, found, day


class Step(StrEnum):
    """What has a deadline."""

    NOTICE = "notice"
    CHARACTERISTIC = "characteristic"
    ACQUAINTANCE = "acquaintance"
    ATTESTATION = "attestation"
    MINUTES = "minutes"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for a step, where the act sets one and it is known, and the day on which the step happened."""

    code: Step
    rule: str
    until: date | None
    happened: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A deadline that was missed: it stops nothing and goes into the minutes."""

    code: Step
    rule: str
    deadline: date
    #: When it was done after all; none where it was not.
    happened: date | None = None


class Note(StrEnum):
    """What is to be noticed though it forbids nothing."""

    NO_REPRESENTATIVE = "no_representative"
    REPRESENTATIVE_ABSENT = "representative_absent"
    NO_ABSOLUTE_MAJORITY = "no_absolute_majority"
    TEST_FAILED = "test_failed"
    CATEGORY_WITHOUT_FITNESS = "category_without_fitness"
    PROTECTED = "protected"
    PROTECTION_UNKNOWN = "protection_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something that goes into the minutes or the sheet, with the rule it comes from."""

    code: Note
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a commission; `key` names the row, `employee`, `user`, `name` and `post` the person."""

    key: int
    role: str
    employee: int | None = None
    user: int | None = None
    name: str = ""
    post: str = ""
    represents_employees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The evaluation sheet of one member; an established category is named with its level."""

    member: int
    decision: str
    mark: str = ""
    category_decision: str = ""
    level: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A sitting that the person missed; `in_this_case` is no for one missed in the case that this one repeats."""

    reason: str
    valid: bool
    sitting: int | None = None
    in_this_case: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One person's attestation as the rules need it."""

    key: int = 0
    employee: int = 0
    state: str = CaseState.PROPOSED
    kind: str = Kind.REGULAR
    #: Whether the post has categories at all.
    has_categories: bool = False
    due_on: date | None = None
    applied_on: date | None = None
    #: The day of the attestation that this one repeats.
    first_on: date | None = None

    notified_on: date | None = None
    characteristic_requested_on: date | None = None
    characteristic_on: date | None = None
    acquainted_on: date | None = None
    objection_on: date | None = None
    tested_on: date | None = None
    test_passed: bool | None = None

    sitting: int | None = None
    missed: tuple[Absent, ...] = ()
    votes: tuple[Vote, ...] = ()

    decision: str = ""
    category_decision: str = ""
    recommended_for_dismissal: bool = False
    decided_on: date | None = None
    approved_on: date | None = None
    result_acquainted_on: date | None = None
    refusal_on: date | None = None
    repeat_from: date | None = None
    #: Whether there is a case, not cancelled, that repeats this one.
    has_repeat: bool = False
    certificate_issued: bool = False

    def missed_at(self, sitting: int) -> bool:
        """Tell whether the person missed a sitting."""
        return any(absent.in_this_case and absent.sitting == sitting for absent in self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingFacts:
    """A sitting as the rules need it; `present` holds the keys of members."""

    key: int = 0
    state: str = SittingState.PLANNED
    held_on: date
    present: frozenset[int] = frozenset()
    acting_chair: int | None = None
    minutes_signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """A cycle with its commission as the rules need it."""

    state: str = CycleState.DRAFT
    starts_on: date
    order_on: date | None = None
    members: tuple[Member, ...] = field(default=())


def settled(regime: Regime, rule: str) -> str:
    """Give the name of a rule that the act settles, else blank: an open rule is never named as a reason."""
    return "" if regime.value(rule) is None else rule


def unsettled(regime: Regime, *rules: str) -> tuple[str, ...]:
    """Give those of the rules that the act leaves open: they forbid nothing, and what they would say is not known."""
    return tuple(rule for rule in rules if regime.value(rule) is None)
