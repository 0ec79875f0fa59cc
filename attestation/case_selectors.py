"""Reading what the pages of a case and of a sitting show; every function promises its number of queries.

The rights of the user come on top: 1 query, and 1 more where they end at a unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from attestation import cycle as rules
from attestation.codes import CaseState, CycleState, SittingState
from attestation.cycle_access import Part, cases_seen, may_hand_in, what_may
from attestation.cycle_rows import member_facts, read_case, read_cases, read_sitting, regime_in
from attestation.cycle_selectors import attestation_history, commission_of, sheets_of
from attestation.due import Due, due
from attestation.models import (
    AttestationRecord,
    Case,
    CommissionMember,
    Cycle,
    EvaluationSheet,
    MissedSitting,
    Sitting,
)
from attestation.regime_selectors import read_regimes, service_of
from attestation.regimes import Regime
from attestation.services import judge
from attestation.working_days import is_working_day
from employees.models import CategoryAward, Employee, User
from employees.selectors import Person, read_people
from positions.norm_selectors import read_norms
from positions.rules import Norms, RungKey, Verdict
from positions.scales import CATEGORY_RANK, LEVEL_ORDER, Category, Level

#: Sittings at which somebody can still be heard.
_TO_COME = (SittingState.PLANNED, SittingState.OPEN)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A case with everything that its pages depend on, as a user meets it."""

    case: Case
    part: Part
    hands_in: bool
    members: list[CommissionMember]
    regime: Regime
    cycle: rules.CycleFacts
    facts: rules.CaseFacts
    sitting: rules.SittingFacts | None
    norms: Norms

    @property
    def on(self) -> date:
        """The day as of which everything is judged: of the sitting, and before there is one of the first day."""
        return self.case.sitting.held_on if self.case.sitting else self.case.cycle.starts_on

    @property
    def is_decided(self) -> bool:
        """Tell whether the commission has decided."""
        return self.case.decided_on is not None

    @property
    def may_decide(self) -> bool:
        """Tell whether the user puts decisions down: whoever keeps the minutes, and whoever leads the sitting."""
        acting = self.case.sitting.acting_chair_id if self.case.sitting else None
        leads = self.part.member is not None and self.part.member == acting
        return self.part.keep_minutes or self.part.chair or leads

    @cached_property
    def person(self) -> Person:
        """The facts of the person (6 queries, once)."""
        return read_people(Employee.objects.filter(pk=self.case.employee_id))[0]

    @cached_property
    def verdict(self) -> Verdict | None:
        """The verdict on the day of the sitting, live (6 queries with those of the person, once)."""
        return judge(self.person.facts, self.norms, on=self.on)

    @property
    def rungs(self) -> list[RungKey]:
        """The categories that the text in force on the day prints for the post, the highest first."""
        edition = self.norms.text(self.case.position.code, self.on)
        keys = edition.by_key if edition is not None else {}
        return sorted((key for key in keys if key.category not in (None, Category.NONE)), key=_height)

    @property
    def protections(self) -> tuple[rules.Protection, ...]:
        """What protects the person from dismissal on the day of the sitting (6 queries, once)."""
        return rules.protection(
            "",
            self.on,
            birth_date=self.case.employee.birth_date,
            near_pension=self.case.near_pension,
            absences=self.person.facts.absences,
            regime=self.regime,
        )

    def moves(self, *, on: date) -> list[rules.Move]:
        """Tell whose moves they are."""
        return rules.moves(self.facts, self.sitting, self.cycle, self.regime, is_working_day, on=on)


def _height(key: RungKey) -> tuple[int, int]:
    """Sort rungs by level, and within it from the highest category down."""
    level = LEVEL_ORDER.index(Level(key.level)) if key.level else len(LEVEL_ORDER)
    return level, -CATEGORY_RANK[Category(key.category)] if key.category else 0


def look_at(user: User | AnonymousUser, case: Case) -> Look:
    """Read a case for its pages (11 queries)."""
    members, norms = commission_of(case.cycle), read_norms()
    sitting = read_sitting(case.sitting) if case.sitting else None
    regime = regime_in(case.cycle)
    look_on = case.sitting.held_on if case.sitting else case.cycle.starts_on
    return Look(
        case=case,
        part=what_may(user, case.cycle),
        hands_in=may_hand_in(user, case),
        members=members,
        regime=regime,
        cycle=rules.CycleFacts(
            state=case.cycle.state,
            starts_on=case.cycle.starts_on,
            order_on=case.cycle.order_on,
            members=tuple(member_facts(member) for member in members),
        ),
        facts=read_case(case, norms=norms, on=look_on),
        sitting=sitting,
        norms=norms,
    )


# ------------------------------------------------------------------------------------------------------------- a sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A member who may vote on a case, with her sheet where the user reads it, and the day it was handed in."""

    member: CommissionMember
    sheet: EvaluationSheet | None
    handed_in: date | None
    open: bool
    on_paper: bool
    votes: bool


def sheet_lines(user: User | AnonymousUser, look: Look) -> list[SheetLine]:
    """Give the sheets on a case that the user knows of: read, or only seen to be there (4 queries).

    Before the decision a member meets her own sheet alone; whoever keeps the minutes or leads the sitting sees whose
    are there, and reads those written down from paper. Afterwards HR, the head and the commission read them all.
    """
    case = look.case
    there = {sheet.member_id: sheet for sheet in EvaluationSheet.objects.filter(case=case).order_by("member", "pk")}
    readable = {sheet.member_id for sheet in sheets_of(user, case)}
    paper = _written_down(there.values(), {member.pk: member for member in look.members})
    present = look.sitting.present if look.sitting else frozenset()
    voting = {each.key for each in rules.voters(look.cycle.members, present, case.employee_id, look.regime)}
    lines = []
    for member in look.members:
        sheet = there.get(member.pk)
        if not _knows_of(look, member) or (sheet is None and member.pk not in voting):
            continue
        reads = sheet is not None and member.pk in readable and _reads(look, member, on_paper=member.pk in paper)
        lines.append(
            SheetLine(
                member=member,
                sheet=sheet if reads else None,
                handed_in=sheet.submitted_on if sheet else None,
                open=reads,
                on_paper=member.pk in paper,
                votes=member.pk in voting,
            )
        )
    return lines


def _knows_of(look: Look, member: CommissionMember) -> bool:
    """Tell whether the user sees that a member's sheet is there; nobody those on her own case."""
    part = look.part
    own = next((each for each in look.members if each.pk == part.member), None)
    if own is not None and own.employee_id == look.case.employee_id:
        return False
    if member.pk == part.member or look.may_decide:
        return True
    return look.is_decided and (part.prepare or part.approve or part.member is not None)


def _reads(look: Look, member: CommissionMember, *, on_paper: bool) -> bool:
    """Tell whether the user reads a sheet that she sees to be there."""
    if look.is_decided or member.pk == look.part.member:
        return True
    return look.part.keep_minutes and on_paper


def _written_down(sheets: Collection[EvaluationSheet], members: dict[int, CommissionMember]) -> set[int]:
    """Give the members whose sheets somebody else wrote down, from paper (1 query)."""
    rows = EvaluationSheet.history.filter(id__in=[sheet.pk for sheet in sheets]).order_by("history_id")
    last = dict(rows.values_list("member", "history_user"))
    return {member for member, user in last.items() if member in members and members[member].user_id != user}


def sheet_of(case: Case, member: CommissionMember) -> EvaluationSheet | None:
    """Give the sheet of a member on a case (1 query)."""
    return EvaluationSheet.objects.filter(case=case, member=member).first()


# -------------------------------------------------------------------------------------------------------------- a case


def missed_of(case: Case) -> list[MissedSitting]:
    """Give the sittings that a person missed, in their order (1 query)."""
    return list(MissedSitting.objects.filter(case=case).select_related("sitting").order_by("sitting__held_on", "pk"))


def sittings_to_come(cycle: Cycle, *, but: int | None) -> list[Sitting]:
    """Give the other sittings of a cycle at which somebody can still be heard (1 query)."""
    rows = Sitting.objects.filter(cycle=cycle, state__in=_TO_COME).order_by("held_on", "number")
    return [row for row in rows if row.pk != but]


def cycles_to_repeat_in(case: Case) -> list[Cycle]:
    """Give the cycles of the organisation in which a case can be repeated, its own first (1 query)."""
    rows = Cycle.objects.filter(
        organisation=case.cycle.organisation_id, state__in=(CycleState.DRAFT, CycleState.APPROVED)
    )
    return sorted(rows.order_by("-starts_on", "-pk"), key=lambda cycle: cycle.pk != case.cycle_id)


def repeated_by(user: User | AnonymousUser, case: Case) -> list[Case]:
    """Give the cases that repeat a case, as far as the user sees them (1 query)."""
    return list(cases_seen(user).filter(repeats=case).order_by("pk"))


def superior_of(case: Case) -> str:
    """Name the head of the employee's unit, unless she is the head herself; blank where nobody is (1 query)."""
    unit = case.employee.unit
    head = unit.head if unit is not None else None
    return head.full_name if head is not None and head.pk != case.employee_id else ""


def decided_at(case: Case) -> tuple[datetime, str] | None:
    """Give the moment at which a decision was put down, and the name of whoever did (1 query)."""
    written = case.history.filter(decided_on=case.decided_on, history_change_reason__in=("decide", "miss"))
    row = written.select_related("history_user").order_by("history_id").last()
    if row is None:
        return None
    user = row.history_user
    return row.history_date, (user.get_full_name() or user.get_username()) if user else ""


# ------------------------------------------------------------------------------------------------------ a person's past


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An attestation of a person, with the award it brought, and whether the user may open its case."""

    record: AttestationRecord
    case: Case | None
    award: CategoryAward | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestations:
    """The attestations of a person, those that go on, and the next one with the rule that says when."""

    past: list[Past]
    going_on: list[Case]
    next: Due
    regime: Regime | None


def attestations_of(user: User | AnonymousUser, employee: Employee, person: Person | None, *, on: date) -> Attestations:
    """Give what a person's page says of attestations, what is due as of the day (3 queries).

    Her facts are read where they are not in hand (6 more).
    """
    held = attestation_history(employee)
    seen = {case.pk: case for case in cases_seen(user).filter(employee=employee).select_related("cycle").order_by("pk")}
    person = person or read_people(Employee.objects.filter(pk=employee.pk))[0]
    attested = tuple(sorted(each.record.held_on for each in held if each.record.cancelled_on is None))
    post = person.facts.post(on)
    code = (post.position if post else None) or employee.position.code
    regime = read_regimes().of(person.organisation, code, on=on)
    ended = (CaseState.CLOSED, CaseState.CANCELLED, CaseState.EXCLUDED)
    return Attestations(
        past=[
            Past(record=each.record, case=seen.get(each.case.pk) if each.case else None, award=each.award)
            for each in held
        ],
        going_on=[case for case in seen.values() if case.state not in ended],
        next=due(service_of(person, attested, on=on), regime, on=on),
        regime=regime,
    )


# ------------------------------------------------------------------------------------------------------------ a sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A person before a sitting: how many have voted of those who have to, and whether she missed it."""

    case: Case
    facts: rules.CaseFacts
    voted: int
    voting: int
    missed: bool

    @property
    def is_waiting(self) -> bool:
        """Tell whether she is still to be heard."""
        return not self.missed and self.case.state == CaseState.LISTED

    @property
    def is_ready(self) -> bool:
        """Tell whether everybody present who votes has voted."""
        return 0 < self.voting <= self.voted


def hearings(
    sitting: Sitting, facts: rules.SittingFacts, members: Iterable[rules.Member], regime: Regime
) -> list[Heard]:
    """Give the people before a sitting, by their names, with those who missed it (6 queries for any number)."""
    own = Case.objects.filter(sitting=sitting)
    left = Case.objects.filter(pk__in=MissedSitting.objects.filter(sitting=sitting).order_by().values("case"))
    rows = list((own | left).select_related("employee", "position").order_by("employee__sort_key", "pk").distinct())
    told = read_cases(rows)
    members = tuple(members)
    found = []
    for case in rows:
        voting = {each.key for each in rules.voters(members, facts.present, case.employee_id, regime)}
        voted = {vote.member for vote in told[case.pk].votes}
        found.append(
            Heard(
                case=case,
                facts=told[case.pk],
                voted=len(voted & voting),
                voting=len(voting),
                missed=told[case.pk].missed_at(sitting.pk),
            )
        )
    return found
