"""Single values of a paper by name, for templates of an organisation's own: `{{ sitting.place }}`, `{{ person.name }}`.

Our templates go through what a paper says line by line, labels with it; somebody who writes a letter of her own wants
one value here and another there. The same data, the same words; a value that is not known is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attestation.codes import PaperKind
from attestation.papers.draw_case import person_words
from attestation.papers.frame import Frame
from attestation.papers.words import form

_Values = dict[str, Any]

_FORMS = ("general", "with_category")
#: Fields of the attestation sheet that stand with the person, or are lines with votes.
_ELSEWHERE = ("name", "birth_date", "present", "votes", "category")


def named_values(kind: PaperKind | str, frame: Frame, told: Mapping[str, Any]) -> _Values:
    """Give the single values of a paper; `told` is what its sheet says, drawn already."""
    data = frame.data
    found: _Values = {}
    if "cycle" in data:
        found["cycle"] = _cycle(frame)
    if "sitting" in data:
        found["sitting"] = _sitting(frame)
    if "person" in data:
        found["person"] = _person(frame)
    maker = _MAKERS.get(PaperKind(kind))
    return found | (maker(frame, told) if maker else {})


def _cycle(frame: Frame) -> _Values:
    cycle, words = frame.data["cycle"], frame.words
    return {
        "title": cycle["title"],
        "starts_on": words.day(cycle["starts_on"]),
        "order": frame.order(cycle["order_number"], cycle["order_on"]),
        "act": words.text(cycle["act"]),
    }


def _sitting(frame: Frame) -> _Values:
    sitting, words = frame.data["sitting"] or {}, frame.words
    return {
        "number": str(sitting.get("number") or ""),
        "held_on": words.day(sitting.get("held_on")),
        "starts_at": words.hour(sitting.get("starts_at")),
        "place": sitting.get("place", ""),
    }


def _person(frame: Frame) -> _Values:
    person = frame.data["person"]
    parts = {part: person[part] for part in ("last_name", "first_name", "patronymic")}
    kind = frame.words(f"common.kinds.{frame.data['kind']}")
    return {**person_words(frame), **parts, "kind_of_attestation": kind}


def _decided(frame: Frame, data: Mapping[str, Any]) -> _Values:
    words = frame.words
    return {
        "on": words.day(data["decided_on"]),
        "mark": words.choice("common.marks", data["mark"]),
        "decision": frame.decision(data["decision"], dismissal=data["dismissal"]),
        "category": words.rung(data["level"], data["category"]),
        "reasons": data["reasons"],
        "recommendations": data["recommendations"],
        "notes": data["notes"],
        "repeat_from": words.day(data["repeat_from"]),
    }


def _signers(frame: Frame) -> _Values:
    signers = frame.data["signers"]
    return {"chair": signers["chair"], "secretary": signers["secretary"]}


def _notice(frame: Frame, told: Mapping[str, Any]) -> _Values:
    data, words = frame.data, frame.words
    return {
        "acquaintance_until": words.day(data["acquaintance_until"]),
        "requested": words.rung(data["requested"]["level"], data["requested"]["category"]),
    }


def _request(frame: Frame, told: Mapping[str, Any]) -> _Values:
    return {"superior": frame.data["superior"], "until": frame.words.day(frame.data["until"])}


def _characteristic(frame: Frame, told: Mapping[str, Any]) -> _Values:
    data = frame.data
    return {
        "superior": data["superior"],
        "text": data["text"],
        "assessment": data["assessment"],
        "handed_in_on": frame.words.day(data["handed_in_on"]),
        "education": "\n".join(frame.education(each) for each in data["education"]),
    }


def _evaluation(frame: Frame, told: Mapping[str, Any]) -> _Values:
    words, vote = frame.words, frame.data["vote"] or {}
    return {
        "member": frame.data["member"],
        "secretary": frame.data["secretary"],
        "vote": {
            "mark": words.choice("common.marks", vote.get("mark", "")),
            "decision": words.choice("common.decisions", vote.get("decision", "")),
            "category": words.rung(vote.get("level", ""), vote.get("category", "")),
            "reasons": vote.get("reasons", ""),
            "dissenting_opinion": vote.get("dissenting_opinion", ""),
        },
    }


def _sheet(frame: Frame, told: Mapping[str, Any]) -> _Values:
    """Give the answers of the form by their names; those that this form does not ask for are blank."""
    asked = form(frame.data["form"])["fields"]
    answers = {name: field["value"] for name, field in zip(asked, told["fields"], strict=True)}
    known = dict.fromkeys(name for each in _FORMS for name in form(each)["fields"] if name not in _ELSEWHERE)
    return {
        "decided": _decided(frame, frame.data),
        "signers": _signers(frame),
        "answer": {name: answers.get(name, "") for name in known},
    }


def _minutes(frame: Frame, told: Mapping[str, Any]) -> _Values:
    return {"signers": _signers(frame), "quorum": {name: str(count) for name, count in frame.data["quorum"].items()}}


def _extract(frame: Frame, told: Mapping[str, Any]) -> _Values:
    minutes = frame.data["minutes"] or {"number": None, "on": None}
    return {
        "decided": _decided(frame, frame.data["hearing"]),
        "signers": _signers(frame),
        "minutes": frame.order(minutes["number"], minutes["on"]),
    }


def _refusal(frame: Frame, told: Mapping[str, Any]) -> _Values:
    data, words = frame.data, frame.words
    return {
        "held_on": words.day(data["held_on"]),
        "decision": frame.decision(data["decision"]),
        "refused_on": words.day(data["refused_on"]),
    }


def _certificate(frame: Frame, told: Mapping[str, Any]) -> _Values:
    data, words = frame.data, frame.words
    minutes = data["minutes"] or {"number": None, "on": None}
    return {
        "decided_on": words.day(data["decided_on"]),
        "minutes": frame.order(minutes["number"], minutes["on"]),
        "order": frame.order(data["order_number"], data["order_on"]),
        "valid_until": words.day(data["valid_until"]),
    }


def _overdue(frame: Frame, told: Mapping[str, Any]) -> _Values:
    return {"as_of": frame.words.day(frame.data["on"])}


_MAKERS: Mapping[PaperKind, Callable[[Frame, Mapping[str, Any]], _Values]] = {
    PaperKind.NOTICE: _notice,
    PaperKind.CHARACTERISTIC_REQUEST: _request,
    PaperKind.CHARACTERISTIC: _characteristic,
    PaperKind.EVALUATION_SHEET: _evaluation,
    PaperKind.SHEET: _sheet,
    PaperKind.MINUTES: _minutes,
    PaperKind.EXTRACT: _extract,
    PaperKind.REFUSAL: _refusal,
    PaperKind.CERTIFICATE: _certificate,
    PaperKind.OVERDUE: _overdue,
}
