"""How the papers of a case read in one language: what is kept as data, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attestation.codes import AttestationKind
from attestation.papers.draw_sitting import hearing
from attestation.papers.frame import CROSS, Frame, joined, short_name, told


def kinds(frame: Frame) -> list[list[str]]:
    """Give the kinds of attestation that the form prints, with a cross at the one that applies; early ones too."""
    shown = [AttestationKind.REGULAR, AttestationKind.REPEATED]
    if frame.data["kind"] == AttestationKind.EARLY:
        shown.append(AttestationKind.EARLY)
    return [[frame.words(f"common.kinds.{kind}"), CROSS if frame.data["kind"] == kind else ""] for kind in shown]


def person_words(frame: Frame) -> dict[str, str]:
    """Give a person by the names that templates know."""
    person, words = frame.data["person"], frame.words
    return {
        "name": person["name"],
        "short_name": short_name(person),
        "post": frame.post(person),
        "unit": person["unit"],
        "birth_date": words.day(person["birth_date"]),
        "appointed_on": words.day(person["appointed_on"]),
    }


def _about(frame: Frame) -> list[tuple[str, str]]:
    """Give the lines by which a paper says whom it is about."""
    person, words = frame.data["person"], frame.words
    return [
        (words("common.name"), person["name"]),
        (words("common.post"), frame.post(person)),
        (words("common.unit"), person["unit"]),
        (words("common.kind"), words(f"common.kinds.{frame.data['kind']}")),
    ]


def _sitting(frame: Frame) -> Mapping[str, Any]:
    return frame.data["sitting"] or {"held_on": "", "starts_at": "", "place": ""}


# ------------------------------------------------------------------------------------------------- before the sitting


def notice(frame: Frame) -> dict[str, Any]:
    """Draw the notice of the attestation."""
    words, data, cycle = frame.words, frame.data, frame.data["cycle"]
    sitting = _sitting(frame)
    return {
        **frame.head("notice"),
        "person": person_words(frame),
        "to": told([(words("sign.employee"), data["person"]["name"]), *_about(frame)[1:3]]),
        "text": words("notice.text"),
        "facts": told(
            [
                _about(frame)[3],
                (words("notice.order"), frame.order(cycle["order_number"], cycle["order_on"])),
                (words("notice.act"), joined(words.text(cycle["act"]), frame.clause(data["notice_clause"]))),
                (words("notice.starts_on"), words.day(cycle["starts_on"])),
                (words("notice.held_on"), words.day(sitting["held_on"])),
                (words("notice.starts_at"), words.hour(sitting["starts_at"])),
                (words("notice.place"), sitting["place"]),
                (
                    words("notice.acquaintance_until"),
                    frame.until(data["acquaintance_until"], data["acquaintance_clause"]),
                ),
                (words("notice.requested"), words.rung(data["requested"]["level"], data["requested"]["category"])),
                (words("notice.objection"), words.choice("common.objections", data["objection"])),
            ]
        ),
        "sign": frame.signature("hr"),
        "received": received(frame, words("notice.received")),
    }


def received(frame: Frame, label: str, *, name: str | None = None) -> dict[str, str]:
    """Give the line on which somebody signs that she has received or read a paper."""
    own = short_name(frame.data["person"]) if name is None else name
    words = frame.words
    captions = {"hand": words("sign.hand"), "full": words("sign.full"), "day": words("sign.day")}
    return {"label": label, "name": own, **captions}


def request(frame: Frame) -> dict[str, Any]:
    """Draw the request for a service characteristic."""
    words, data = frame.words, frame.data
    return {
        **frame.head("request"),
        "person": person_words(frame),
        "to": [[words("sign.superior"), data["superior"]]],
        "text": words("request.text"),
        "facts": told(
            [
                *_about(frame),
                (words("request.starts_on"), words.day(data["cycle"]["starts_on"])),
                (words("request.until"), frame.until(data["until"], data["until_clause"])),
                (words("request.contents_label"), words(f"request.contents.{data['form']}")),
            ]
        ),
        "sign": frame.signature("hr"),
        "received": received(frame, words("request.received"), name=data["superior"]),
    }


def characteristic(frame: Frame) -> dict[str, Any]:
    """Draw the service characteristic, with lines where nothing is written yet."""
    words, data = frame.words, frame.data
    person = person_words(frame)
    education = "\n".join(frame.education(each) for each in data["education"])
    against = words.choice("common.objections", data["objection_form"])
    return {
        **frame.head("characteristic"),
        "person": person,
        "facts": told(
            [
                *_about(frame)[:3],
                (words("characteristic.birth_date"), person["birth_date"]),
                (words("characteristic.appointed_on"), person["appointed_on"]),
                (words("characteristic.education"), education),
            ]
        ),
        "parts": [
            {"label": words(f"characteristic.text.{data['form']}"), "text": data["text"], "lines": 8},
            {"label": words("characteristic.assessment"), "text": data["assessment"], "lines": 3},
        ],
        "sign": {**frame.signature("superior", data["superior"]), "day": words.day(data["handed_in_on"])},
        "received": received(frame, words("characteristic.acquainted")),
        "objection": {
            "label": joined(words("characteristic.objection"), against) if data["objection"] else "",
            "text": data["objection"],
            "day": words.day(data["objection_on"]),
        },
    }


# ------------------------------------------------------------------------------------------------- at the sitting


def evaluation(frame: Frame) -> dict[str, Any]:
    """Draw a member's evaluation sheet; before the decision it is a form to be filled in by hand."""
    words, data = frame.words, frame.data
    vote = data["vote"] or {}
    choices = "; ".join(words(f"common.decisions.{code}") for code in data["choices"])
    parts = [
        {"label": words("evaluation.mark"), "text": words.choice("common.marks", vote.get("mark", "")), "lines": 1},
        {
            "label": words("evaluation.decision", choices=choices),
            "text": words.choice("common.decisions", vote.get("decision", "")),
            "lines": 2,
        },
        {"label": words("evaluation.reasons"), "text": _reasons(frame, vote), "lines": 5},
        *_category_parts(frame, vote),
    ]
    if vote.get("dissenting_opinion"):
        parts.append({"label": words("evaluation.dissenting_opinion"), "text": vote["dissenting_opinion"], "lines": 1})
    return {
        **frame.head("evaluation", title=words(f"evaluation.title.{data['form']}")),
        "filled_by": words("evaluation.filled_by"),
        "person": person_words(frame),
        "kind": words("common.kind"),
        "kinds": kinds(frame),
        "cross": words("evaluation.cross"),
        "facts": [
            [words("common.short_name"), data["person"]["name"]],
            [words("common.post"), frame.post(data["person"])],
        ],
        "scale": _scale(frame),
        "parts": parts,
        "signs": [frame.signature("member", data["member"]), frame.signature("secretary", data["secretary"])],
        "day_label": words("evaluation.day"),
        "voted_on": words.day(vote.get("on")) or words("common.day_blank"),
    }


def _reasons(frame: Frame, vote: Mapping[str, Any]) -> str:
    """Give the reasons; a filled sheet without any has a dash, since nothing is to be written any more."""
    return vote.get("reasons", "") or ("—" if vote else "")


def _category_parts(frame: Frame, vote: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the lines on the category, which only the form with the category has."""
    words = frame.words
    if frame.data["form"] != "with_category":
        return []
    said = vote.get("category_decision", "")
    rung = words.rung(vote.get("level", ""), vote.get("category", "")) if said == "established" else ""
    none = CROSS if said == "no_grounds" else ""
    dash = "—" if vote else ""
    return [
        {"label": words("evaluation.fits_category"), "text": rung or dash, "lines": 1},
        {"label": words("evaluation.no_grounds"), "text": none or dash, "lines": 1},
        {"label": words("evaluation.category_reasons"), "text": dash, "lines": 2},
    ]


def _scale(frame: Frame) -> str:
    """Say which marks there are, as the form does."""
    marks = frame.data["marks"]
    if sorted(marks) == ["1", "2", "3", "4", "5"]:
        return f"({frame.words('evaluation.scale')})"
    return f"({', '.join(frame.words.choice('common.marks', code) for code in marks)})" if marks else ""


# ------------------------------------------------------------------------------------------------- after the sitting


def extract(frame: Frame) -> dict[str, Any]:
    """Draw the extract from the minutes for one person."""
    words, data, signers = frame.words, frame.data, frame.data["signers"]
    minutes, sitting = data["minutes"] or {"number": None, "on": None}, _sitting(frame)
    return {
        **frame.head("extract", subject=words("extract.subject")),
        "facts": told(
            [
                (words("extract.minutes"), frame.order(minutes["number"], minutes["on"])),
                (words("extract.held_on"), words.day(sitting["held_on"])),
                (words("minutes.place"), sitting["place"]),
                (words("minutes.present"), _present(frame)),
            ]
        ),
        "hearing": hearing(frame, data["hearing"], number=None),
        "chair": frame.signature("acting_chair" if signers["acting"] else "chair", signers["chair"]),
        "secretary": frame.signature("secretary", signers["secretary"]),
        "correct": words("extract.correct"),
        "seal": words("common.seal"),
    }


def _present(frame: Frame) -> str:
    told_present = [f"{each['name']} ({frame.words('common.roles.' + each['role'])})" for each in frame.data["present"]]
    return ", ".join(told_present)


def refusal(frame: Frame) -> dict[str, Any]:
    """Draw the act of refusal to read the attestation sheet."""
    words, data = frame.words, frame.data
    witnesses = data["witnesses"] or ["", ""]
    return {
        **frame.head("refusal", subject=words("refusal.subject")),
        "person": person_words(frame),
        "text": words("refusal.text"),
        "facts": told(
            [
                (words("refusal.employee"), data["person"]["name"]),
                *_about(frame)[1:3],
                (words("refusal.held_on"), words.day(data["held_on"])),
                (words("refusal.decision"), frame.decision(data["decision"])),
                (words("refusal.refused_on"), words.day(data["refused_on"])),
            ]
        ),
        "signs": [frame.signature("hr"), *(frame.signature("witness", name) for name in witnesses)],
    }


def certificate(frame: Frame) -> dict[str, Any]:
    """Draw the certificate of the category."""
    words, data = frame.words, frame.data
    minutes = data["minutes"] or {"number": None, "on": None}
    return {
        **frame.head("certificate", subject=words("certificate.subject")),
        "person": person_words(frame),
        "given": words("certificate.given"),
        "name": data["person"]["name"],
        "position": words.text(data["title"]),
        "category": words.rung(data["level"], data["category"]),
        "facts": told(
            [
                (words("certificate.position"), words.text(data["title"])),
                (words("certificate.category"), words.rung(data["level"], data["category"])),
                (words("certificate.decided"), words.day(data["decided_on"])),
                (words("certificate.minutes"), frame.order(minutes["number"], minutes["on"])),
                (words("certificate.order"), frame.order(data["order_number"], data["order_on"])),
                (
                    words("certificate.valid_until"),
                    words.day(data["valid_until"]) or words("certificate.unlimited"),
                ),
            ]
        ),
        "sign": frame.signature("head"),
        "seal": words("common.seal"),
    }
