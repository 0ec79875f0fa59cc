"""A verdict as a decision keeps it: what was proposed on the day, by which text, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import get_language

from attestation.cycle import Proposal
from attestation.exchange import as_data
from attestation.services import Judged
from employees.selectors import Person
from positions import rules


def verdict_data(person: Person, verdict: rules.Verdict | None) -> dict[str, Any]:
    """Give the object of the interface with the edition and the facts used; sentences are in the active language."""
    told: dict[str, Any] = {"facts": _plain(asdict(person.facts)), "language": get_language()}
    if verdict is None:
        return told
    edition = verdict.edition
    text = edition and {
        "pk": edition.pk,
        "position": edition.position,
        "clause": edition.clause,
        "valid_from": edition.valid_from.isoformat(),
        "valid_until": edition.valid_until.isoformat() if edition.valid_until else None,
    }
    return {**as_data(Judged(person, verdict)), "edition": text, **told}


def proposal_of(verdict: rules.Verdict | None, level: str = "", category: str = "") -> Proposal:
    """Say what a verdict proposes: the rung that was asked for, else the next one if it is met, else the present one.

    A rung that the verdict does not judge is one that more than a step leads to: it is not met.
    """
    if verdict is None:
        return Proposal()
    if level and category:
        return Proposal(status=_status(verdict, level, category), level=level, category=category)
    following, current = verdict.next, verdict.current
    if following is not None and following.status is rules.Status.MET:
        return _proposal(following.key, following.status)
    if current is None:
        return Proposal(status=str(verdict.current_status))
    return _proposal(current.key, verdict.current_status)


def _status(verdict: rules.Verdict, level: str, category: str) -> str:
    judged = dict(verdict.other_tracks)
    if verdict.current is not None:
        judged[verdict.current.key] = verdict.current_status
    if verdict.next is not None:
        judged[verdict.next.key] = verdict.next.status
    asked = rules.RungKey(rules.Level(level), rules.Category(category))
    if asked in judged:
        return str(judged[asked])
    unknown = verdict.edition is None or verdict.current is None
    return str(rules.Status.UNKNOWN if unknown else rules.Status.NOT_MET)


def _proposal(key: rules.RungKey, status: rules.Status) -> Proposal:
    return Proposal(status=str(status), level=str(key.level or ""), category=str(key.category or ""))


def _plain(value: Any) -> Any:
    """Give a value as JSON can hold it."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
