"""How the minutes of a sitting read, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst

from attestation.codes import CategoryDecision
from attestation.papers.frame import Frame, joined, numbered, told


def minutes(frame: Frame) -> dict[str, Any]:
    """Draw the minutes of a sitting."""
    words, data, sitting = frame.words, frame.data, frame.data["sitting"]
    cycle, hearings = data["cycle"], data["hearings"]
    return {
        **frame.head("minutes", subject=words("minutes.subject")),
        "facts": told(
            [
                (words("minutes.sitting"), words("common.number", number=sitting["number"])),
                (words("minutes.held_on"), words.day(sitting["held_on"])),
                (words("minutes.starts_at"), words.hour(sitting["starts_at"])),
                (words("minutes.place"), sitting["place"]),
                (words("minutes.order"), frame.order(cycle["order_number"], cycle["order_on"])),
                (words("minutes.act"), words.text(cycle["act"])),
                (
                    words("minutes.quorum"),
                    words("minutes.quorum_held", **data["quorum"]) if data["present"] else "",
                ),
            ]
        ),
        "present": {"label": words("minutes.present"), "people": _people(frame, data["present"])},
        "absent": {"label": words("minutes.absent"), "people": _people(frame, data["absent"])},
        "agenda": [words("minutes.agenda"), words("minutes.agenda_line", count=len(hearings))],
        "heard": words("minutes.heard"),
        "hearings": [hearing(frame, each, number=number) for number, each in enumerate(hearings, start=1)],
        "warnings": {
            "label": words("minutes.warnings"),
            "lines": [frame.warning(each) for each in data["warnings"]],
        },
        "annexes": told(
            [
                (words("minutes.sheets"), str(data["sheets"]) if data["sheets"] else ""),
                (words("minutes.recording"), data["recording"]),
            ]
        ),
        "annexes_label": words("minutes.annexes"),
        "signs": _signs(frame),
        "caption": words("sign.caption"),
    }


def _people(frame: Frame, people: list[Mapping[str, Any]]) -> list[list[str]]:
    """Give members by name, with their role first: commission papers name roles."""
    words = frame.words
    rows = [
        [
            joined(
                words(f"common.roles.{each['role']}"),
                words("common.representative") if each["represents_employees"] else "",
            ),
            each["name"],
            each["post"],
        ]
        for each in people
    ]
    return numbered(rows) if rows else []


def _signs(frame: Frame) -> list[dict[str, Any]]:
    words, signers = frame.words, frame.data["signers"]
    return [
        {"label": words("sign.acting_chair" if signers["acting"] else "sign.chair"), "names": [signers["chair"]]},
        {"label": words("sign.members"), "names": signers["members"]},
        {"label": words("sign.secretary"), "names": [signers["secretary"]]},
    ]


def hearing(frame: Frame, each: Mapping[str, Any], *, number: int | None) -> dict[str, Any]:
    """Draw what was heard, voted and decided on one person; what was not told is left out."""
    words = frame.words
    place = f"{number}. " if number is not None else ""
    return {
        "title": f"{place}{each['person']['name']}",
        "post": joined(frame.post(each["person"]), words(f"common.kinds.{each['kind']}")),
        "before": told(
            [
                (words("minutes.missed"), _missed(frame, each["missed"])),
                (words("minutes.test"), _test(frame, each["test"])),
                (words("minutes.assessment"), each["assessment"]),
                (capfirst(words.choice("common.objections", each["objection_form"])), each["objection"]),
                (words("minutes.interview"), each["interview"]),
                (words("minutes.remarks"), each["remarks"]),
                (words("minutes.opinion"), each["opinion"]),
            ]
        ),
        "votes": _votes(frame, each),
        "after": told(
            [
                (words("minutes.mark"), words.choice("common.marks", each["mark"])),
                (words("minutes.decision"), _decision(frame, each)),
                (words("minutes.category"), frame.category(each)),
                (words("minutes.reasons"), each["reasons"]),
                (words("minutes.recommendations"), each["recommendations"]),
                (words("minutes.repeat_from"), words.day(each["repeat_from"])),
                (words("minutes.notes"), each["notes"]),
                *((f"{words('minutes.dissenting_opinion')}: {by['name']}", by["text"]) for by in each["dissents"]),
                *((words("minutes.warnings"), frame.warning(warning)) for warning in each["warnings"]),
            ]
        ),
    }


def _missed(frame: Frame, missed: Mapping[str, Any] | None) -> str:
    if missed is None:
        return ""
    words = frame.words
    valid = words(f"common.valid.{'yes' if missed['valid'] else 'no'}")
    reason = "" if missed["reason"] == "none" else words(f"common.reasons.{missed['reason']}")
    return joined(valid, reason, missed["words"])


def _test(frame: Frame, test: Mapping[str, Any] | None) -> str:
    if test is None:
        return ""
    words = frame.words
    score = f"{words('minutes.score')}: {test['score']}" if test["score"] else ""
    passed = "" if test["passed"] is None else words(f"minutes.passed.{'yes' if test['passed'] else 'no'}")
    return joined(passed, score, words.day(test["on"]))


def _decision(frame: Frame, each: Mapping[str, Any]) -> str:
    """Give the decision, or that there is none: postponed where the person was absent, else not taken.

    Before the sitting has begun nothing is said of it.
    """
    if each["decided"] or not frame.data["present"]:
        return frame.decision(each["decision"], dismissal=each["dismissal"])
    return frame.words("minutes.postponed" if each["missed"] else "minutes.undecided")


def _votes(frame: Frame, each: Mapping[str, Any]) -> dict[str, Any]:
    """Give the votes for each decision and each category, and how a tie was settled."""
    words, votes = frame.words, each["votes"]
    counts = votes["counts"]
    shown = [code for code in words.codes("common.decisions") if code in each["choices"] or counts.get(code)]
    categories = [
        [
            words.rung(vote["level"], vote["category"])
            if vote["decision"] == CategoryDecision.ESTABLISHED
            else words("sheet.no_grounds"),
            str(vote["votes"]),
        ]
        for vote in votes["categories"]
    ]
    tie = words("minutes.chair_decided" if votes["decided_by_chair"] else "minutes.in_favour") if votes["tie"] else ""
    return {
        "label": words("minutes.votes"),
        "rows": [[words(f"common.decisions.{code}"), str(counts.get(code, 0))] for code in shown if votes["voted"]],
        "category_label": words("minutes.category_votes"),
        "category_rows": categories,
        "tie": tie,
    }
