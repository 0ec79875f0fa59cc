"""How the attestation sheet reads: the fields of its form in their order, filled in as far as they are known.

Lines that the form does not know at this attestation are not printed: at a repeated one nobody is subject to another,
and the form with the category knows "does not fit" at a repeated one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attestation.codes import CategoryDecision
from attestation.papers.draw_case import kinds, person_words, received
from attestation.papers.frame import Frame, joined
from attestation.papers.words import form

#: Lines to be written on where a field is not known yet; the others have one.
_LINES = {"education": 3, "remarks": 2, "assessment": 2, "recommendations": 2, "opinion": 2}
#: Stands in a field of which the records hold nothing, once the sheet is decided.
_NOTHING = "—"


def sheet(frame: Frame) -> dict[str, Any]:
    """Draw the attestation sheet."""
    words, data = frame.words, frame.data
    known = [*form(data["form"])["fields"]]
    return {
        **frame.head("sheet"),
        "person": person_words(frame),
        "kind": words("common.kind"),
        "kinds": kinds(frame),
        "cross": words("sheet.cross"),
        "fields": [_field(frame, name, number) for number, name in enumerate(known, start=1)],
        "signs": _signs(frame),
        "caption": words("sign.caption"),
        "held_on": [words("sheet.held_on"), words.day(data["held_on"]) or words("common.day_blank")],
        "decision": [words(f"sheet.decision.{data['form']}"), _decided(frame)],
        "received": received(frame, words("sheet.acquainted")),
        "refused": [words("sheet.refused"), words.day(data["refused_on"])] if data["refused_on"] else [],
        "seal": words("sheet.seal"),
    }


def _field(frame: Frame, name: str, number: int) -> dict[str, Any]:
    """Give a field with its number: a value, or lines with a count of votes each."""
    words, data = frame.words, frame.data
    field: dict[str, Any] = {"number": f"{number}.", "lines": _LINES.get(name, 1), "value": "", "options": []}
    field["label"] = words(f"sheet.{data['form']}.{name}")
    if name == "present":
        count = data["present"]
        return {**field, "label": words(f"sheet.{data['form']}.present", count=_count(count)), "lines": 0}
    if name == "votes":
        return {**field, "options": _votes(frame), "lines": 0}
    if name == "category":
        return {**field, "options": _categories(frame), "lines": 0}
    value = _VALUES[name](frame)
    return {**field, "value": value or (_NOTHING if data["held_on"] else "")}


def _count(value: int | None) -> str:
    return "____" if value is None else str(value)


def _education(frame: Frame) -> str:
    lines = [frame.education(each) for each in frame.data["education"]]
    lines += [frame.certificate(each) for each in frame.data["development"]]
    if "degree" not in form(frame.data["form"])["fields"] and frame.data["degree"]:
        lines.append(frame.data["degree"])
    return "\n".join(lines)


def _post(frame: Frame) -> str:
    """Give the post and the day of appointment; the form with the category asks for that too."""
    data, words = frame.data, frame.words
    told = [frame.post(data["person"]), words.day(data["person"]["appointed_on"])]
    award = data["award"]
    if award is not None and data["form"] == "with_category":
        told.append(joined(words.rung(award["level"], award["category"]), words.day(award["awarded_on"])))
    return joined(*told)


def _recommendations(frame: Frame) -> str:
    """Give the recommendations; the general form has no line for the category, which is written here."""
    data, words = frame.data, frame.words
    parts = [data["recommendations"]]
    if "category" not in form(data["form"])["fields"]:
        parts.append(frame.category(data))
    if data["dismissal"]:
        parts.append(words("sheet.dismissal"))
    return "\n".join(part for part in parts if part)


_VALUES: Mapping[str, Callable[[Frame], str]] = {
    "name": lambda frame: str(frame.data["person"]["name"]),
    "birth_date": lambda frame: frame.words.day(frame.data["person"]["birth_date"]),
    "education": _education,
    "degree": lambda frame: str(frame.data["degree"]),
    "post": _post,
    "experience": lambda frame: frame.words.length(frame.data["experience"]),
    "civil": lambda frame: str(frame.data["civil"]),
    "sanctions": lambda frame: str(frame.data["sanctions"]),
    "remarks": lambda frame: str(frame.data["remarks"]),
    "opinion": lambda frame: str(frame.data["opinion"]),
    "assessment": lambda frame: str(frame.data["assessment"]),
    "recommendations": _recommendations,
    "notes": lambda frame: str(frame.data["notes"]),
}


def _votes(frame: Frame) -> list[list[str]]:
    """Give the lines for the decisions with their votes; a decision that somebody voted for is never left out."""
    data, words = frame.data, frame.words
    counts = data["votes"]["counts"]
    shown = [code for code in words.codes("common.decisions") if code in data["choices"] or counts.get(code)]
    told = bool(data["held_on"])
    return [
        [
            f"{number}) {words(f'common.decisions.{code}')} ({words('sheet.votes_count')})",
            _told(counts.get(code, 0), told=told),
        ]
        for number, code in enumerate(shown, start=1)
    ]


def _categories(frame: Frame) -> list[list[str]]:
    """Give the lines on the category: each that was voted for by itself, then no grounds, then the final assessment."""
    data, words = frame.data, frame.words
    voted = [each for each in data["votes"]["categories"] if each["decision"] == CategoryDecision.ESTABLISHED]
    against = sum(each["votes"] for each in data["votes"]["categories"] if each not in voted)
    told, count = bool(data["held_on"]), words("sheet.votes_count")
    lines = [
        [
            f"1) {words('sheet.fits_category')}: {words.rung(each['level'], each['category'])} ({count})",
            _told(each["votes"], told=told),
        ]
        for each in voted
    ] or [[f"1) {words('sheet.fits_category')} ({count})", _NOTHING if told else ""]]
    said = bool(data["votes"]["categories"])
    lines.append([f"2) {words('sheet.no_grounds')} ({count})", _told(against, told=said) or (_NOTHING if told else "")])
    lines.append([words("sheet.final"), _final(frame)])
    return lines


def _told(count: int, *, told: bool) -> str:
    return str(count) if told else ""


def _final(frame: Frame) -> str:
    data = frame.data
    if data["category_decision"] == CategoryDecision.ESTABLISHED:
        return frame.words.rung(data["level"], data["category"])
    return frame.category(data) or (_NOTHING if data["held_on"] else "")


def _decided(frame: Frame) -> str:
    """Give the decision at the foot: of the commission, or in the form with the category of the head."""
    data, words = frame.data, frame.words
    told = frame.decision(data["decision"], dismissal=data["dismissal"] and not data["decision"])
    if not data["approval"]:
        return joined(told, frame.category(data))
    if not data["approved_on"]:
        return ""
    own = data["head_decision"] or joined(told, frame.category(data))
    return joined(own, f"{words('sheet.approved_on')}: {words.day(data['approved_on'])}")


def _signs(frame: Frame) -> list[dict[str, Any]]:
    """Give who signs, by role: one label for the chair, one for the secretary, one for all the members."""
    words, signers = frame.words, frame.data["signers"]
    return [
        {
            "label": words("sign.acting_chair" if signers["acting"] else "sign.chair"),
            "names": [signers["chair"]],
        },
        {"label": words("sign.secretary"), "names": [signers["secretary"]]},
        {"label": words("sign.members"), "names": signers["members"] or [""]},
    ]
