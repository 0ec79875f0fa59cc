"""Rule-sets of attestation as frozen data: what an act settles, each value with the clause it comes from.

There is no single rule for everybody (Labour Code, art. 139(7)): every sphere has rules of its own. A rule that the act
leaves open, or that is not on file, has no value here; nothing is borrowed from another act. No framework, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Kind(StrEnum):
    """What kind of value a rule has."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    COUNT = "count"
    YEARS = "years"
    FRACTION = "fraction"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    MARKS = "marks"


class Group(StrEnum):
    """The parts in which rules are shown and edited."""

    DUE = "due"
    PREPARATION = "preparation"
    COMMISSION = "commission"
    SITTING = "sitting"
    DECISION = "decision"
    AFTERWARDS = "afterwards"
    PROTECTION = "protection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that a rule-set may settle; `needed` ones must be settled before a cycle can open."""

    name: str
    kind: Kind
    group: Group
    needed: bool = False
    choices: tuple[str, ...] = ()


#: Acts that bind everybody beside a rule-set's own.
GENERAL_ACTS = ("labour_code", "social_code")
DECISIONS = ("fits", "repeated", "does_not_fit")
ABSENCES = ("parental_leave", "maternity_leave", "unpaid_leave", "study_leave", "incapacity", "business_trip")
#: Reasons for missing a sitting that acts name and staff records do not (annual leave counts as work).
REASONS = (*ABSENCES, "annual_leave", "training", "other")


def _parameters(group: Group, *told: tuple[Any, ...]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            name=name,
            kind=kind,
            group=group,
            needed="needed" in more,
            choices=next((item for item in more if isinstance(item, tuple)), ()),
        )
        for name, kind, *more in told
    )


#: Everything that a rule-set can settle, in the order in which it is shown.
PARAMETERS: tuple[Parameter, ...] = (
    *_parameters(
        Group.DUE,
        ("period_months", Kind.MONTHS, "needed"),
        ("least_months_in_post", Kind.MONTHS),
        ("latest_months_after_due", Kind.MONTHS),
        ("long_absence_kinds", Kind.CODES, ABSENCES),
        ("long_absence_months", Kind.MONTHS),
        ("months_after_return", Kind.MONTHS),
        ("exempt_absences", Kind.CODES, ABSENCES),
        ("part_timers_included", Kind.YES_NO),
        ("early_on_application", Kind.YES_NO),
        ("list_every_months", Kind.MONTHS),
    ),
    *_parameters(
        Group.PREPARATION,
        ("notice_months", Kind.MONTHS),
        ("characteristic_days_before", Kind.DAYS),
        ("acquaintance_days_before", Kind.DAYS),
        ("objection_form", Kind.CODE, ("alternative_information", "own_report")),
        ("testing", Kind.YES_NO),
        ("application_needed_for_category", Kind.YES_NO),
    ),
    *_parameters(
        Group.COMMISSION,
        ("least_members", Kind.COUNT),
        ("secretary_votes", Kind.YES_NO, "needed"),
        ("substitutes_allowed", Kind.YES_NO),
        ("member_replaces_chair", Kind.YES_NO),
        ("employees_representative_for_dismissal", Kind.YES_NO),
    ),
    *_parameters(
        Group.SITTING,
        ("quorum", Kind.FRACTION, "needed"),
        ("open_voting", Kind.YES_NO),
        ("employee_absent_at_voting", Kind.YES_NO),
        ("valid_absences", Kind.CODES, REASONS),
        ("most_postponements", Kind.COUNT),
        ("valid_absence_ends_in_repeat", Kind.YES_NO),
        ("unexcused_absence", Kind.CODE, ("repeated", "not_allowed")),
        ("unexcused_absences_to_dismissal", Kind.COUNT),
    ),
    *_parameters(
        Group.DECISION,
        ("marks", Kind.MARKS, "needed"),
        ("first_decisions", Kind.CODES, "needed", DECISIONS),
        ("repeated_decisions", Kind.CODES, "needed", DECISIONS),
        ("tie", Kind.CODE, "needed", ("chair_decides", "in_favour")),
        ("category_decision", Kind.YES_NO, "needed"),
        ("repeat_after_months", Kind.MONTHS),
        ("category_validity_months", Kind.MONTHS),
    ),
    *_parameters(
        Group.AFTERWARDS,
        ("minutes_working_days", Kind.WORKING_DAYS),
        ("approval_working_days", Kind.WORKING_DAYS),
        ("approval_by_head", Kind.YES_NO),
        ("sheet_form", Kind.CODE, "needed", ("general", "with_category")),
        ("certificate_issued", Kind.YES_NO),
        ("recording_kept_months", Kind.MONTHS),
    ),
    *_parameters(
        Group.PROTECTION,
        ("pension_protection_years", Kind.YEARS),
        ("pension_age_years", Kind.YEARS),
        ("no_dismissal_during", Kind.CODES, REASONS),
    ),
)
PARAMETER_BY_NAME: Mapping[str, Parameter] = {each.name: each for each in PARAMETERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark of the scale, and the decision that the act ties to it (none: the commission is free)."""

    code: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A value with the clause that settles it."""

    value: Any
    clause: str
    #: Blank for the rule-set's own act, else the code of the act that settles this rule for everybody.
    act: str = ""


class RegimeDocumentError(ValueError):
    """A rule-set that says something nobody can follow; names the rule and the reason."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule, self.reason = rule, reason


@dataclass(frozen=True, kw_only=True)
class Regime:
    """A rule-set as it was on the day it was read."""

    code: str
    valid_from: date
    valid_until: date | None
    rules: Mapping[str, Rule]
    estimated: bool = False

    def value(self, name: str) -> Any:
        """Give the value of a rule; None where the act leaves it open."""
        _known(name)
        rule = self.rules.get(name)
        return rule.value if rule else None

    def number(self, name: str) -> int | None:
        """Give a rule that counts something: months, days, members."""
        found = self.value(name)
        return None if found is None else int(found)

    def yes(self, name: str) -> bool:
        """Tell whether a rule is settled with yes."""
        return self.value(name) is True

    def codes(self, name: str) -> tuple[str, ...]:
        """Give a rule that lists codes; an open one lists none."""
        return tuple(self.value(name) or ())

    def clause(self, name: str) -> str:
        """Give the clause that settles a rule; blank where the rule is open."""
        _known(name)
        rule = self.rules.get(name)
        return rule.clause if rule else ""

    def act(self, name: str) -> str:
        """Give the code of the general act that settles a rule; blank for the rule-set's own act."""
        rule = self.rules.get(name)
        return rule.act if rule else ""

    @property
    def quorum(self) -> Fraction:
        """The part of the commission that must be present."""
        return Fraction(self.value("quorum"))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The scale of marks, the best first."""
        return tuple(self.value("marks") or ())

    @property
    def open_rules(self) -> tuple[Parameter, ...]:
        """What the organisation must complete before a cycle can open."""
        return tuple(each for each in PARAMETERS if each.needed and self.value(each.name) is None)


def _known(name: str) -> None:
    if name not in PARAMETER_BY_NAME:
        raise KeyError(name)


def read_rules(told: Mapping[str, Any]) -> dict[str, Rule]:
    """Read the rules of a document, `{name: {value, clause}}`; a rule without a value is left open.

    Raises RegimeDocumentError for an unknown rule, a value not of its kind, or a value without a clause.
    """
    rules: dict[str, Rule] = {}
    for name, body in told.items():
        parameter = PARAMETER_BY_NAME.get(name)
        if parameter is None:
            raise RegimeDocumentError(name, "there is no such rule")
        if not isinstance(body, Mapping):
            raise RegimeDocumentError(name, "a value and a clause are needed")
        if body.get("value") is None:
            continue
        clause = str(body.get("clause") or "")
        if not clause:
            raise RegimeDocumentError(name, "the clause is missing")
        act = str(body.get("act") or "")
        if act not in ("", *GENERAL_ACTS):
            raise RegimeDocumentError(name, f"not one of {', '.join(GENERAL_ACTS)}: {act}")
        rules[name] = Rule(_checked(parameter, body["value"]), clause, act)
    return rules


def _checked(parameter: Parameter, value: Any) -> Any:
    """Give a value of the parameter's kind."""
    kind, name = parameter.kind, parameter.name
    if kind in (Kind.MONTHS, Kind.DAYS, Kind.WORKING_DAYS, Kind.COUNT, Kind.YEARS):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1200:
            raise RegimeDocumentError(name, "a whole number from 0 to 1200 is needed")
        return value
    if kind is Kind.YES_NO:
        if not isinstance(value, bool):
            raise RegimeDocumentError(name, "yes or no is needed")
        return value
    if kind is Kind.FRACTION:
        return _fraction(name, value)
    if kind is Kind.MARKS:
        return _marks(name, value)
    codes = (value,) if kind is Kind.CODE else tuple(value) if isinstance(value, list | tuple) else (value,)
    for code in codes:
        if code not in parameter.choices:
            raise RegimeDocumentError(name, f"not one of {', '.join(parameter.choices)}: {code}")
    return codes[0] if kind is Kind.CODE else codes


def _fraction(name: str, value: Any) -> str:
    try:
        part = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise RegimeDocumentError(name, "a fraction such as 2/3 is needed") from None
    if not 0 < part <= 1:
        raise RegimeDocumentError(name, "a part of the whole is needed, such as 2/3")
    return str(part)


def _marks(name: str, value: Any) -> tuple[Mark, ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise RegimeDocumentError(name, "a scale of at least two marks is needed")
    marks = []
    for each in value:
        if not isinstance(each, Mapping) or not str(each.get("code") or ""):
            raise RegimeDocumentError(name, "every mark needs a code")
        decision = each.get("decision")
        if decision is not None and decision not in DECISIONS:
            raise RegimeDocumentError(name, f"not one of {', '.join(DECISIONS)}: {decision}")
        marks.append(Mark(code=str(each["code"]), decision=decision))
    if len({mark.code for mark in marks}) != len(marks):
        raise RegimeDocumentError(name, "two marks have one code")
    return tuple(marks)
