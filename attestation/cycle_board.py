"""Everything a page of a cycle needs, read at once: list, commission, sittings, whose moves they are."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attestation import cycle as rules
from attestation.codes import CaseState, CycleState
from attestation.cycle import CycleAction, CycleFacts, Move, Refusal, SittingFacts, cycle_faults, cycle_moves, moves
from attestation.cycle_access import Part, part_in
from attestation.cycle_rows import read_cases, read_sittings, rules_with
from attestation.cycle_selectors import cases_in, commission_of, sittings_in
from attestation.cycle_stages import DECIDED, LEFT_OUT, Stage, Waiting, once_for_a_sitting, stages, waiting
from attestation.models import Case, CommissionMember, Cycle, Sitting
from attestation.regimes import Regime
from attestation.working_days import is_working_day
from employees.models import User

#: Long texts of a case that no list shows.
_TEXTS = (
    "characteristic",
    "characteristic_assessment",
    "objection",
    "sanctions",
    "interview",
    "remarks",
    "opinion",
    "verdict",
    "recommendations",
    "notes",
    "warnings",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the list of a cycle, with whose moves they are."""

    case: Case
    facts: rules.CaseFacts
    moves: tuple[Move, ...]

    @property
    def move(self) -> Move | None:
        """The first move that is not left to the employee's choice."""
        return next((move for move in self.moves if not move.optional), None)


@dataclass(frozen=True, kw_only=True)
class Board:
    """A cycle as its pages show it to a user on a day."""

    cycle: Cycle
    part: Part
    regime: Regime
    facts: CycleFacts
    members: list[CommissionMember]
    sittings: list[Sitting]
    sitting_facts: dict[int, SittingFacts]
    lines: list[Line]
    on: date

    @cached_property
    def states(self) -> Counter[str]:
        """How many cases are in which state."""
        return Counter(line.case.state for line in self.lines)

    @property
    def listed(self) -> int:
        """How many are in the list."""
        return sum(count for state, count in self.states.items() if state not in LEFT_OUT)

    @property
    def decided(self) -> int:
        """How many the commission has decided."""
        return sum(count for state, count in self.states.items() if state in DECIDED)

    @property
    def goes_on(self) -> bool:
        """Tell whether anything can still be done in the cycle."""
        return self.cycle.state in (CycleState.DRAFT, CycleState.APPROVED)

    @property
    def seated(self) -> list[tuple[Sitting, int]]:
        """The sittings, each with how many are before it."""
        counts = Counter(line.case.sitting_id for line in self.lines if in_the_list(line))
        return [(sitting, counts[sitting.pk]) for sitting in self.sittings]

    @property
    def unseated(self) -> int:
        """How many of the list are before no sitting."""
        return sum(in_the_list(line) and line.case.sitting_id is None for line in self.lines)

    @property
    def seats(self) -> int:
        """How many of the list are before a sitting."""
        return self.listed - self.unseated

    @property
    def added(self) -> int:
        """How many were added after the order and wait for a further one."""
        return self.states[CaseState.PROPOSED] if self.cycle.state == CycleState.APPROVED else 0

    @property
    def may_cancel(self) -> bool:
        """Tell whether the user may cancel the cycle: once the order is signed the head alone."""
        if self.cycle.state == CycleState.DRAFT:
            return self.part.prepare or self.part.approve
        return self.part.approve and self.cycle.state == CycleState.APPROVED

    @cached_property
    def waiting(self) -> list[Waiting]:
        """What waits in the cycle, taken together: of the cycle itself, and of its cases."""
        whole = cycle_moves(
            self.facts,
            [line.facts for line in self.lines],
            list(self.sitting_facts.values()),
            self.regime,
            is_working_day,
            on=self.on,
        )
        own = {(move.actor, move.action) for move in whole}
        told = ((line.case.sitting_id, move) for line in self.lines for move in line.moves)
        single = (move for move in once_for_a_sitting(told) if (move.actor, move.action) not in own)
        return waiting([*whole, *single])

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """How far the cycle has come."""
        cases = [line.facts for line in self.lines]
        return stages(self.facts, cases, list(self.sitting_facts.values()), self.regime, self.waiting)

    def faults(self, action: CycleAction, *, order_on: date | None = None) -> tuple[Refusal, ...]:
        """Give everything that the order or the closing still needs; the day of the order is told on the page."""
        facts = self.facts
        if action == CycleAction.APPROVE:
            facts = CycleFacts(
                state=facts.state, starts_on=facts.starts_on, order_on=order_on or self.on, members=facts.members
            )
        cases = [line.facts for line in self.lines]
        sittings = list(self.sitting_facts.values())
        return cycle_faults(action, facts, cases=cases, sittings=sittings, regime=self.regime)


def board_of(user: User | AnonymousUser, cycle: Cycle, *, on: date) -> Board:
    """Read a cycle with everybody in it (9 queries for any number of people, beside the user's rights)."""
    members, sittings = commission_of(cycle), sittings_in(cycle)
    told = rules_with(cycle, members)
    known = read_sittings(sittings)
    cases = list(cases_in(cycle).select_related("employee__verdict", "position", "sitting").defer(*_TEXTS))
    facts = read_cases(cases)
    lines = []
    for case in cases:
        sitting = known.get(case.sitting_id or 0)
        found = moves(facts[case.pk], sitting, told.cycle, told.regime, is_working_day, on=on)
        lines.append(Line(case, facts[case.pk], tuple(found)))
    return Board(
        cycle=cycle,
        part=part_in(user, cycle, members),
        regime=told.regime,
        facts=told.cycle,
        members=members,
        sittings=sittings,
        sitting_facts=known,
        lines=lines,
        on=on,
    )


def seen_words(lines: Sequence[Line]) -> str:
    """Sum up which cases a list holds, in which versions, so that another list is noticed."""
    told = ",".join(f"{line.case.pk}:{line.case.version}" for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def sitting_words(sitting: Sitting) -> str:
    """Name a sitting by its number and its day."""
    held_on = date_format(sitting.held_on, "SHORT_DATE_FORMAT")
    return _("No %(number)d, %(day)s") % {"number": sitting.number, "day": held_on}


def in_the_list(line: Line) -> bool:
    """Tell whether somebody is in the list, not left out and not cancelled."""
    return line.case.state not in (CaseState.EXCLUDED, CaseState.CANCELLED)
