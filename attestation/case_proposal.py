"""What Sanat proposes beside a decision: live before it, as it was kept with it afterwards; the same lines for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from attestation.case_selectors import Look
from attestation.cycle import Proposal
from attestation.models import Case
from attestation.verdict_record import proposal_of, verdict_data
from positions.norm_selectors import rung_key
from positions.wording import rung_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A requirement: its status, what was required and what was found, and the clause."""

    requirement: str
    status: str
    required: str
    found: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is said of one rung: the present one, or the next."""

    about: str
    rung: str
    status: str
    lines: list[Line]
    #: Whether it is the rung that is proposed, or the only one.
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A proposal with the requirements it rests on; `position` is where the text stands."""

    on: date
    kept: bool
    status: str
    rung: str
    asked: bool
    parts: list[Part]
    position: str
    #: The language of the sentences, where they were kept.
    language: str = ""


def live_proposal(look: Look) -> Shown | None:
    """Give what is proposed as of the day of the sitting (6 queries); None where no post is held on it."""
    verdict = look.verdict
    if verdict is None:
        return None
    case = look.case
    proposal = proposal_of(verdict, case.requested_level, case.requested_category)
    return _shown(case, proposal, verdict_data(look.person, verdict), on=look.on, kept=False)


def kept_proposal(case: Case) -> Shown | None:
    """Give what was proposed when the commission decided; None where it decided without a verdict."""
    if not case.verdict or case.decided_on is None:
        return None
    proposal = Proposal(status=case.proposed_status, level=case.proposed_level, category=case.proposed_category)
    return _shown(case, proposal, case.verdict, on=case.decided_on, kept=True)


def _shown(case: Case, proposal: Proposal, data: Mapping[str, Any], *, on: date, kept: bool) -> Shown:
    text = data.get("edition") or {}
    return Shown(
        on=on,
        kept=kept,
        status=proposal.status,
        rung=_rung(proposal.level, proposal.category),
        asked=bool(case.requested_category),
        parts=_parts(data, _rung(proposal.level, proposal.category)),
        position=str(text.get("position") or data.get("position") or ""),
        language=str(data.get("language") or "") if kept else "",
    )


def _parts(data: Mapping[str, Any], proposed: str) -> list[Part]:
    """Give what is said of the rungs, the one that is proposed in sight; where none of them is, the first."""
    parts = [part for part in (_part(data, "next"), _part(data, "current")) if part is not None]
    shown = next((part.about for part in parts if part.rung == proposed), parts[0].about if parts else "")
    return [replace(part, open=part.about == shown) for part in parts]


def _part(data: Mapping[str, Any], about: str) -> Part | None:
    found = [each for each in data.get("findings", ()) if each["for"] == about]
    rung = data.get(about) or {}
    if not found and not rung:
        return None
    status = data.get("current_status") if about == "current" else rung.get("status")
    return Part(
        about=about,
        rung=_rung(str(rung.get("level") or ""), str(rung.get("category") or "")),
        status=str(status or ""),
        open=False,
        lines=[
            Line(
                requirement=each["requirement"],
                status=str(each["status"]),
                required=each["required"],
                found=each["found"],
                clause=each["clause"] or "",
            )
            for each in found
        ],
    )


def _rung(level: str, category: str) -> str:
    return rung_words(rung_key(level, category)) if level or category else ""
