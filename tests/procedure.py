"""What the cases of the procedure are made of: rule-sets straight from their files, and facts as a case tells them.

A commission is told by its size: member 1 is the chair, the others follow, and 99 is the secretary.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from attestation import cycle
from attestation.regimes import Regime, Rule, read_rules
from employees.periods import after
from positions.facts import Absence
from positions.scales import Period

FOLDER = Path(__file__).parent.parent / "fixtures" / "regimes"
SECRETARY = 99
#: What the chair, the members and the employee of a case are called in the facts.
EMPLOYEE = 500


@functools.cache
def _document(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def regime(name: str, changes: Mapping[str, Any] | None = None) -> Regime:
    """Read a rule-set; `changes` are rules that an organisation settled (or opened, by none) for itself."""
    document = _document(name)
    own = {rule: {"value": value, "clause": "own act"} for rule, value in (changes or {}).items()}
    rules: dict[str, Rule] = read_rules({**document["rules"], **own})
    return Regime(code=document["code"], valid_from=document["valid_from"], valid_until=None, rules=rules)


def is_working(day: date) -> bool:
    """Tell working days of a world with weekends and one holiday, 16 December."""
    return day.weekday() < 5 and (day.month, day.day) != (12, 16)


def commission(told: Mapping[str, Any] | int) -> tuple[cycle.Member, ...]:
    """Make a commission of a size, with a secretary; `representative`, `employees` and `roles` are by member."""
    if isinstance(told, int):
        told = {"size": told}
    keys = [*range(1, told["size"] + 1), *([SECRETARY] if told.get("secretary", True) else [])]
    roles = {1: "chair", SECRETARY: "secretary", **told.get("roles", {})}
    return tuple(
        cycle.Member(
            key=key,
            role=roles.get(key, "member"),
            employee=told.get("employees", {}).get(key),
            user=told.get("users", {}).get(key),
            name=told.get("names", {}).get(key, ""),
            represents_employees=key == told.get("representative"),
        )
        for key in keys
    )


def votes(told: Mapping[int, Any]) -> tuple[cycle.Vote, ...]:
    """Make votes of a case, each told as a decision or as the fields of a sheet."""
    return tuple(
        cycle.Vote(member=key, **({"decision": vote} if isinstance(vote, str) else vote)) for key, vote in told.items()
    )


def absent(told: Mapping[str, Any]) -> cycle.Absent:
    """Make a missed sitting."""
    return cycle.Absent(**told)


def case(told: Mapping[str, Any]) -> cycle.CaseFacts:
    """Make the facts of a case; without an employee it is of 500."""
    return cycle.CaseFacts(
        **{
            "employee": EMPLOYEE,
            **told,
            "votes": votes(told.get("votes", {})),
            "missed": tuple(absent(each) for each in told.get("missed", ())),
        }
    )


def sitting(told: Mapping[str, Any] | None) -> cycle.SittingFacts | None:
    """Make a sitting; its members present are told as a list."""
    return None if told is None else cycle.SittingFacts(**{**told, "present": frozenset(told.get("present", ()))})


def whole(told: Mapping[str, Any]) -> cycle.CycleFacts:
    """Make a cycle."""
    return cycle.CycleFacts(**{**told, "members": commission(told["members"]) if "members" in told else ()})


def plain(answer: Any) -> Any:
    """Turn an answer into what YAML can tell; blank and empty parts are left out of frozen data."""
    if isinstance(answer, tuple) and hasattr(answer, "_asdict"):
        return "/".join(str(part) for part in answer if part)
    if isinstance(answer, list | tuple):
        return [plain(each) for each in answer]
    if isinstance(answer, Mapping):
        return {plain(key): plain(value) for key, value in answer.items()}
    if hasattr(answer, "__dataclass_fields__"):
        told = {each.name: plain(getattr(answer, each.name)) for each in fields(answer)}
        return {key: value for key, value in told.items() if value not in ("", None, False, [])}
    return str(answer) if isinstance(answer, str) else answer


def refused(refusal: cycle.Refusal) -> dict[str, Any]:
    """Tell a refusal."""
    told = {"refused": str(refusal.code), "rule": refusal.rule, "needed": refusal.needed, "found": refusal.found}
    told["day"] = refusal.day
    return {key: value for key, value in told.items() if value not in ("", None)}


def _commission(facts: dict[str, Any], rules: Regime) -> Any:
    members = commission(facts["members"])
    faults = cycle.commission_faults(members, rules)
    return [refused(fault) for fault in faults] if faults else plain(cycle.check_commission(members, rules))


def _tally(facts: dict[str, Any], rules: Regime) -> Any:
    return cycle.tally(votes(facts["votes"]), facts.get("chair", 1), rules)


def _check_decision(facts: dict[str, Any], rules: Regime) -> Any:
    decided = dict(facts["decided"])
    decided["category"] = cycle.CategoryChoice(**decided.get("category", {}))
    hearing = sitting(facts["sitting"])
    assert hearing is not None
    return cycle.check_decision(
        cycle.Decided(**decided),
        case(facts.get("case", {})),
        hearing,
        whole(facts["cycle"]),
        rules,
        proposal=cycle.Proposal(**facts.get("proposal", {})),
        protections=_protection(facts["person"], rules) if "person" in facts else (),
    )


def _protection(facts: Mapping[str, Any], rules: Regime) -> tuple[cycle.Protection, ...]:
    return cycle.protection(
        facts.get("decision", "does_not_fit"),
        facts["day"],
        birth_date=facts.get("birth_date"),
        near_pension=facts.get("near_pension"),
        absences=[
            Absence(kind=each["kind"], period=Period(each["started_on"], after(each.get("ended_on"))))
            for each in facts.get("absences", ())
        ],
        regime=rules,
    )


def _recommend(facts: dict[str, Any], rules: Regime) -> Any:
    absent_twice = facts.get("absent_to_dismissal", False)
    decision = facts.get("decision", "does_not_fit")
    cycle.check_dismissal(decision, _protection(facts, rules), absent_to_dismissal=absent_twice)
    return "allowed"


def _differs(facts: dict[str, Any], rules: Regime) -> Any:
    choice = cycle.CategoryChoice(**facts.get("category", {}))
    return cycle.differs(cycle.Proposal(**facts["proposal"]), facts.get("decision", ""), choice)


def _move_case(facts: dict[str, Any], rules: Regime) -> Any:
    return cycle.check_case_move(
        cycle.CaseAction(facts["action"]),
        case(facts["case"]),
        cycle=whole(facts["cycle"]),
        regime=rules,
        sitting=sitting(facts.get("sitting")),
    )


def _move_sitting(facts: dict[str, Any], rules: Regime) -> Any:
    held = sitting(facts["sitting"])
    assert held is not None
    action = cycle.SittingAction(facts["action"])
    cases = [case(each) for each in facts.get("cases", ())]
    return cycle.check_sitting_move(action, held, cases=cases, cycle=whole(facts["cycle"]), regime=rules)


def _sittings(facts: dict[str, Any]) -> list[cycle.SittingFacts]:
    return [made for each in facts.get("sittings", ()) if (made := sitting(each)) is not None]


def _move_cycle(facts: dict[str, Any], rules: Regime) -> Any:
    cases = [case(each) for each in facts.get("cases", ())]
    action = cycle.CycleAction(facts["action"])
    return cycle.check_cycle_move(action, whole(facts["cycle"]), cases=cases, sittings=_sittings(facts), regime=rules)


def _moves(facts: dict[str, Any], rules: Regime) -> Any:
    told, held, on = case(facts["case"]), sitting(facts.get("sitting")), facts["as_of"]
    found = cycle.moves(told, held, whole(facts["cycle"]), rules, is_working, on=on)
    return [plain(asdict_move(move)) for move in found]


def _cycle_moves(facts: dict[str, Any], rules: Regime) -> Any:
    cases = [case(each) for each in facts.get("cases", ())]
    found = cycle.cycle_moves(whole(facts["cycle"]), cases, _sittings(facts), rules, is_working, on=facts["as_of"])
    return [plain(asdict_move(move)) for move in found]


def asdict_move(move: cycle.Move) -> dict[str, Any]:
    """Tell a move without what is blank."""
    return {key: value for key, value in asdict(move).items() if value not in ("", None, False)}


def _missed(facts: dict[str, Any], rules: Regime) -> Any:
    told, held = case(facts["case"]), sitting(facts.get("sitting"))
    return cycle.missed_deadlines(told, held, whole(facts["cycle"]), rules, is_working, on=facts["as_of"])


def _quorum(facts: dict[str, Any], rules: Regime) -> Any:
    return cycle.check_quorum(facts["present"], commission(facts["members"]), rules)


def _chair(facts: dict[str, Any], rules: Regime) -> Any:
    return cycle.who_chairs(commission(facts["members"]), facts["present"], facts.get("acting"), rules)


def _voters(facts: dict[str, Any], rules: Regime) -> Any:
    found = cycle.voters(commission(facts["members"]), facts["present"], facts.get("employee", EMPLOYEE), rules)
    return [member.key for member in found]


def _check_vote(facts: dict[str, Any], rules: Regime) -> Any:
    (vote,) = votes({1: facts["vote"]})
    cycle.check_vote(vote, case(facts.get("case", {})), rules)
    return "allowed"


def _check_voter(facts: dict[str, Any], rules: Regime) -> Any:
    employee = facts.get("employee", EMPLOYEE)
    cycle.check_voter(facts["voter"], commission(facts["members"]), facts["present"], employee, rules)
    return "allowed"


def _check_votes(facts: dict[str, Any], rules: Regime) -> Any:
    cycle.check_votes(commission(facts["members"]), facts["present"], case(facts["case"]), rules)
    return "allowed"


def _representative(facts: dict[str, Any], rules: Regime) -> Any:
    members, dismissal = commission(facts["members"]), facts.get("dismissal", False)
    return cycle.check_representative(facts["decision"], members, facts["present"], rules, dismissal=dismissal)


def _check_repeat(facts: dict[str, Any], rules: Regime) -> Any:
    cycle.check_repeat(facts["held_on"], facts["first_on"], rules)
    return "allowed"


def _absence_decision(facts: dict[str, Any], rules: Regime) -> Any:
    held = sitting(facts["sitting"])
    assert held is not None
    protections = _protection({"decision": "", **facts["person"]}, rules)
    told = case(facts["case"])
    follows, cautions = cycle.check_absence_decision(told, held, whole(facts["cycle"]), rules, protections=protections)
    return {"decision": follows.decision, "follows": follows, "cautions": cautions}


def _consequence(facts: dict[str, Any], rules: Regime) -> Any:
    earlier = [absent(each) for each in facts.get("earlier", ())]
    return cycle.consequence(facts["reason"], earlier, rules, facts.get("kind", "regular"))


#: What a case may ask, by name.
QUESTIONS: dict[str, Callable[[dict[str, Any], Regime], Any]] = {
    "commission": _commission,
    "representative": _representative,
    "quorum_needed": lambda facts, rules: cycle.quorum_needed(facts["size"], rules),
    "quorum": _quorum,
    "chair": _chair,
    "voters": _voters,
    "voter": _check_voter,
    "vote": _check_vote,
    "votes": _check_votes,
    "tally": _tally,
    "allowed_decisions": lambda facts, rules: cycle.allowed_decisions(facts["kind"], rules),
    "mark_allows": lambda facts, rules: cycle.mark_allows(facts["mark"], facts["decision"], rules),
    "decision": _check_decision,
    "differs": _differs,
    "latest_notice": lambda facts, rules: cycle.latest_notice(facts["starts_on"], rules),
    "latest_characteristic": lambda facts, rules: cycle.latest_characteristic(facts["starts_on"], rules),
    "latest_acquaintance": lambda facts, rules: cycle.latest_acquaintance(facts["held_on"], rules),
    "latest_attestation": lambda facts, rules: cycle.latest_attestation(facts["due_on"], rules),
    "minutes_due": lambda facts, rules: cycle.minutes_due(facts["held_on"], rules, is_working),
    "approval_due": lambda facts, rules: cycle.approval_due(facts["signed_on"], rules, is_working),
    "repeat": _check_repeat,
    "award_valid_until": lambda facts, rules: cycle.award_valid_until(facts["awarded_on"], rules),
    "recording_kept_until": lambda facts, rules: cycle.recording_kept_until(facts["held_on"], rules),
    "missed": _missed,
    "absence_decision": _absence_decision,
    "consequence": _consequence,
    "protection": _protection,
    "recommend_for_dismissal": _recommend,
    "case_move": _move_case,
    "sitting_move": _move_sitting,
    "cycle_move": _move_cycle,
    "moves": _moves,
    "cycle_moves": _cycle_moves,
}


def ask(question: str, facts: dict[str, Any], rules: Regime) -> Any:
    """Answer a question of a case in the words of its file; a refusal is an answer."""
    try:
        return plain(QUESTIONS[question](facts, rules))
    except cycle.Refusal as refusal:
        return refused(refusal)
