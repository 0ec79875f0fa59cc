"""The commission and its sittings: who is in it, how many must be present, who leads, who votes. Pure: no framework.

The composition is the chair and the members; the secretary, who has no vote, is counted neither for the least number
of members nor for the quorum (general rules, clauses 21-22; rules with a category, clauses 17-20).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from attestation.cycle_facts import Caution, Decision, Lack, Member, Note, Refusal, Role, settled
from attestation.regimes import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many are in the commission, how many must be present and how many are."""

    size: int
    needed: int
    present: int

    @property
    def held(self) -> bool:
        """Tell whether enough are present."""
        return self.present >= self.needed


def composition(members: Iterable[Member], regime: Regime) -> tuple[Member, ...]:
    """Give those who are counted and vote: chair and members, and the secretary only where the act gives her a vote."""
    votes = regime.yes("secretary_votes")
    return tuple(member for member in members if votes or member.role != Role.SECRETARY)


def commission_faults(members: Sequence[Member], regime: Regime) -> tuple[Refusal, ...]:
    """Give everything that is wrong with a commission, for pages that name it all at once."""
    roles = Counter(member.role for member in members)
    faults = []
    for role, none, several in (
        (Role.CHAIR, Lack.NO_CHAIR, Lack.SEVERAL_CHAIRS),
        (Role.SECRETARY, Lack.NO_SECRETARY, Lack.SEVERAL_SECRETARIES),
    ):
        if roles[role] != 1:
            faults.append(Refusal(several if roles[role] else none, needed=1, found=roles[role]))
    if _somebody_twice(members):
        faults.append(Refusal(Lack.PERSON_TWICE))
    least, found = regime.number("least_members"), len(composition(members, regime))
    if least is not None and found < least:
        faults.append(Refusal(Lack.TOO_FEW_MEMBERS, "least_members", needed=least, found=found))
    return tuple(faults)


def _somebody_twice(members: Sequence[Member]) -> bool:
    """Tell whether a person stands twice in a commission; outsiders are told apart by name and post."""
    people: list[tuple[str, object]] = [("key", member.key) for member in members]
    people += [("employee", member.employee) for member in members if member.employee is not None]
    people += [("user", member.user) for member in members if member.user is not None]
    people += [
        ("name", (member.name.casefold(), member.post.casefold()))
        for member in members
        if member.name and member.employee is None and member.user is None
    ]
    return len(set(people)) != len(people)


def check_commission(members: Sequence[Member], regime: Regime) -> tuple[Caution, ...]:
    """Refuse a commission that the act does not allow; give what is to be noticed about one that it does."""
    for fault in commission_faults(members, regime):
        raise fault
    if representative_needed(Decision.DOES_NOT_FIT, regime) and not has_representative(members, regime):
        return (Caution(code=Note.NO_REPRESENTATIVE, rule="employees_representative_for_dismissal"),)
    return ()


def representative_needed(decision: str, regime: Regime, *, dismissal: bool = False) -> bool:
    """Tell whether a representative of the employees must take part: where the decision can lead to dismissal."""
    grave = dismissal or decision == Decision.DOES_NOT_FIT
    return grave and regime.yes("employees_representative_for_dismissal")


def has_representative(members: Iterable[Member], regime: Regime) -> bool:
    """Tell whether a representative of the employees is among those who are counted and vote."""
    return any(member.represents_employees for member in composition(members, regime))


def check_representative(
    decision: str, members: Sequence[Member], present: Collection[int], regime: Regime, *, dismissal: bool = False
) -> tuple[Caution, ...]:
    """Refuse a decision that can lead to dismissal by a commission without a representative of the employees.

    The Code asks for one in the composition (53(3)); one who is in it and was absent is named in the minutes.
    """
    rule = "employees_representative_for_dismissal"
    if not representative_needed(decision, regime, dismissal=dismissal):
        return ()
    if not has_representative(members, regime):
        raise Refusal(Lack.NO_REPRESENTATIVE, rule)
    if not has_representative((member for member in members if member.key in present), regime):
        return (Caution(code=Note.REPRESENTATIVE_ABSENT, rule=rule),)
    return ()


def quorum_needed(size: int, regime: Regime) -> int:
    """Give how many of a composition must be present: its part, rounded up; one where the act leaves the part open."""
    part = regime.value("quorum")
    return 1 if part is None else max(1, math.ceil(size * Fraction(part)))


def quorum_of(present: Collection[int], members: Sequence[Member], regime: Regime) -> Quorum:
    """Count who is present of those who count."""
    counted = composition(members, regime)
    return Quorum(
        size=len(counted),
        needed=quorum_needed(len(counted), regime),
        present=sum(member.key in present for member in counted),
    )


def check_quorum(present: Collection[int], members: Sequence[Member], regime: Regime) -> Quorum:
    """Refuse a sitting with too few present, or with somebody who is not of the commission.

    Nobody sits for an absent member: a substitute would have to be named in the order first. The quorum is that of the
    sitting: a member whose own case is heard stays present and does not vote.
    """
    if set(present) - {member.key for member in members}:
        forbidden = regime.value("substitutes_allowed") is False
        raise Refusal(Lack.NOT_A_MEMBER, "substitutes_allowed" if forbidden else "")
    quorum = quorum_of(present, members, regime)
    if not quorum.held:
        raise Refusal(Lack.NO_QUORUM, settled(regime, "quorum"), needed=quorum.needed, found=quorum.present)
    return quorum


def who_chairs(members: Sequence[Member], present: Collection[int], acting: int | None, regime: Regime) -> int:
    """Give the key of the member who leads a sitting: the chair, else the member to whom the duties passed.

    Where the act does not let a member take the chair's place, and where it is silent, a sitting without its chair
    cannot be led: the casting vote would be nobody's. The refusal names the rule that would have to settle it.
    """
    chair = next((member for member in members if member.role == Role.CHAIR), None)
    if chair is not None and chair.key in present:
        return chair.key
    rule = "member_replaces_chair"
    if not regime.yes(rule):
        raise Refusal(Lack.CHAIR_ABSENT, rule)
    if acting is None:
        raise Refusal(Lack.NO_ACTING_CHAIR, rule)
    if not any(member.key == acting and member.role == Role.MEMBER for member in members) or acting not in present:
        raise Refusal(Lack.ACTING_CHAIR_UNFIT, rule)
    return acting


def voters(members: Sequence[Member], present: Collection[int], employee: int, regime: Regime) -> tuple[Member, ...]:
    """Give those who vote on the case of an employee: present, of the composition, and never on themselves."""
    return tuple(
        member
        for member in composition(members, regime)
        if member.key in present and (member.employee is None or member.employee != employee)
    )


def check_voter(key: int, members: Sequence[Member], present: Collection[int], employee: int, regime: Regime) -> None:
    """Refuse the vote of a stranger, the secretary, an absent member or the person under attestation."""
    member = next((each for each in members if each.key == key), None)
    if member is None:
        raise Refusal(Lack.NOT_A_MEMBER)
    if member.role == Role.SECRETARY and not regime.yes("secretary_votes"):
        raise Refusal(Lack.SECRETARY_DOES_NOT_VOTE, settled(regime, "secretary_votes"))
    if key not in present:
        raise Refusal(Lack.NOT_PRESENT)
    if member.employee is not None and member.employee == employee:
        raise Refusal(Lack.OWN_CASE)
