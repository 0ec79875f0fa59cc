"""Invented papers of every kind, as they would be registered: templates are tried on them, and examples come from them.

The full one says everything that a paper of its kind can say; the bare one as little as there may be, so that a
template that counts on more is found out before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attestation.codes import PaperKind
from attestation.models import Paper

_ON = date(2026, 4, 3)
_NUMBER = 12
_ORGANISATION = {
    "bin": "123456789012",
    "name": {
        "kk": "«Нұр» әлеуметтік қызмет көрсету орталығы",
        "ru": "Центр оказания социальных услуг «Нур»",
        "en": "Centre of Social Services «Nur»",
    },
}
_ACT = {
    "kk": "Азаматтық қызметшілерді аттестаттау қағидалары",
    "ru": "Правила аттестации гражданских служащих",
    "en": "Rules of the attestation of civil servants",
}
_POSITION = {"kk": "Әлеуметтік жұмыс жөніндегі маман", "ru": "Специалист по социальной работе", "en": "Social worker"}
_CHAIR, _MEMBERS, _SECRETARY = "Серікбаев Ерлан Маратұлы", ["Оспанова Айгүл", "Қасымов Нұрлан"], "Төлегенова Динара"
_RUNG = {"level": "highest", "category": "second"}


def example(kind: PaperKind | str, *, bare: bool = False) -> Paper:
    """Give an invented paper of a kind, kept nowhere; a bare one has no number yet and nothing that may be missing."""
    data = {**_base(bare), **_MAKERS[PaperKind(kind)](bare)}
    if kind == PaperKind.OVERDUE:
        del data["cycle"]
    return Paper(kind=kind, data=data) if bare else Paper(kind=kind, data=data, number=_NUMBER, registered_on=_ON)


def _base(bare: bool) -> dict[str, Any]:
    cycle = {
        "title": "2026",
        "starts_on": "2026-04-01",
        "order_number": "" if bare else "7",
        "order_on": None if bare else "2026-02-10",
        "act": _ACT,
    }
    return {"form": "with_category", "wording": {}, "organisation": _ORGANISATION, "cycle": cycle, "people": []}


def _person(bare: bool, **told: Any) -> dict[str, Any]:
    return {
        "employee": 1,
        "name": "Әбдіқалықова Гүлнұр Қайратқызы",
        "last_name": "Әбдіқалықова",
        "first_name": "Гүлнұр",
        "patronymic": "" if bare else "Қайратқызы",
        "unit": "" if bare else "Үйде қызмет көрсету бөлімшесі",
        "position": _POSITION,
        "level": "" if bare else "highest",
        "appointed_on": "2020-09-01",
        "birth_date": None if bare else "1988-03-08",
        **told,
    }


def _sitting(bare: bool) -> dict[str, Any] | None:
    if bare:
        return None
    return {"number": 3, "held_on": "2026-04-01", "starts_at": "10:30:00", "place": "Астана қ., 204-кабинет"}


def _case(bare: bool) -> dict[str, Any]:
    return {"person": _person(bare), "kind": "regular", "sitting": _sitting(bare)}


def _signers(bare: bool) -> dict[str, Any]:
    return {
        "acting": False,
        "chair": "" if bare else _CHAIR,
        "secretary": "" if bare else _SECRETARY,
        "members": [] if bare else _MEMBERS,
    }


def _commission() -> list[dict[str, Any]]:
    roles = [("chair", _CHAIR), *(("member", name) for name in _MEMBERS), ("secretary", _SECRETARY)]
    return [
        {"role": role, "name": name, "post": "бөлім басшысы", "represents_employees": name == _MEMBERS[0]}
        for role, name in roles
    ]


def _education() -> list[dict[str, Any]]:
    return [
        {
            "level": "higher",
            "institution": "Л. Н. Гумилев атындағы Еуразия ұлттық университеті",
            "country": "KZ",
            "graduated_on": "2010-06-25",
            "speciality": "Әлеуметтік жұмыс",
            "speciality_code": "",
            "fields": ["social"],
            "qualification": "бакалавр",
            "document": "ЖБ-Б 0123456",
        }
    ]


def _decision(bare: bool) -> dict[str, Any]:
    return {
        "mark": "" if bare else "good",
        "decision": "" if bare else "fits",
        "category_decision": "" if bare else "established",
        "level": "" if bare else _RUNG["level"],
        "category": "" if bare else _RUNG["category"],
        "dismissal": False,
        "recommendations": "" if bare else "Біліктілікті арттыру курсынан өту.",
        "notes": "" if bare else "Ескертпе жоқ.",
        "reasons": "" if bare else "Комиссия құжаттарды қарады.",
        "decided_on": None if bare else "2026-04-01",
        "repeat_from": None if bare else "2026-07-01",
    }


def _votes(bare: bool) -> dict[str, Any]:
    category = {"decision": "established", **_RUNG, "votes": 3}
    return {
        "counts": {} if bare else {"fits": 3},
        "voted": 0 if bare else 3,
        "tie": not bare,
        "decided_by_chair": not bare,
        "categories": [] if bare else [category, {"decision": "no_grounds", "level": "", "category": "", "votes": 1}],
    }


def _warning() -> dict[str, Any]:
    return {
        "code": "notice",
        "rule": "notice_months",
        "clause": "10",
        "act": "",
        "deadline": "2026-03-01",
        "happened": "2026-03-02",
    }


def _hearing(bare: bool) -> dict[str, Any]:
    return {
        **_decision(bare),
        "person": _person(bare),
        "kind": "regular",
        "choices": ["fits", "repeated"],
        "assessment": "" if bare else "Жақсы",
        "objection_form": "own_report",
        "objection": "" if bare else "Атқарған жұмысы туралы есеп",
        "test": None if bare else {"on": "2026-03-20", "passed": True, "score": "87"},
        "interview": "" if bare else "Сұрақтарға толық жауап берді.",
        "remarks": "" if bare else "Ұсыныс: тәжірибе алмасу.",
        "opinion": "" if bare else "Келісемін.",
        "missed": None if bare else {"reason": "business_trip", "words": "бұйрық № 5", "valid": True},
        "votes": _votes(bare),
        "dissents": [] if bare else [{"name": _MEMBERS[0], "text": "Бірінші санатқа лайық."}],
        "warnings": [] if bare else [_warning()],
        "decided": not bare,
    }


def _schedule(bare: bool) -> dict[str, Any]:
    return {
        "notice_until": None if bare else "2026-02-28",
        "notice_clause": "10",
        "characteristic_until": None if bare else "2026-03-17",
        "characteristic_clause": "14",
        "schedule": [] if bare else [{"person": _person(False), "sitting": _sitting(False)}],
    }


def _order(bare: bool) -> dict[str, Any]:
    person = {**_person(False), "iin": "880308400012", "education": _education()}
    return {
        **_schedule(bare),
        "further": bare,
        "order_on": None if bare else "2026-02-10",
        "persons": [] if bare else [person],
        "commission": [] if bare else _commission(),
    }


def _notice(bare: bool) -> dict[str, Any]:
    return {
        **_case(bare),
        "acquaintance_until": None if bare else "2026-03-18",
        "acquaintance_clause": "12",
        "notice_clause": "" if bare else "10",
        "objection": "" if bare else "own_report",
        "requested": {"level": "", "category": ""} if bare else dict(_RUNG),
    }


def _request(bare: bool) -> dict[str, Any]:
    until = None if bare else "2026-03-17"
    return {**_case(bare), "superior": "" if bare else _CHAIR, "until": until, "until_clause": "14"}


def _characteristic(bare: bool) -> dict[str, Any]:
    return {
        **_case(bare),
        "education": [] if bare else _education(),
        "superior": "" if bare else _CHAIR,
        "text": "" if bare else "Жұмысын жақсы біледі.\nҚызмет алушылармен сыпайы.",
        "assessment": "" if bare else "Жақсы",
        "handed_in_on": None if bare else "2026-03-10",
        "objection_form": "own_report",
        "objection": "" if bare else "Есепті қоса беремін.",
        "objection_on": None if bare else "2026-03-20",
    }


def _evaluation(bare: bool) -> dict[str, Any]:
    vote = {
        "mark": "good",
        "decision": "fits",
        "category_decision": "established",
        **_RUNG,
        "reasons": "Талаптарға сай.",
        "dissenting_opinion": "Бірінші санатқа лайық.",
        "on": "2026-04-01",
    }
    return {
        **_case(bare),
        "choices": ["fits", "repeated"],
        "marks": ["excellent", "good", "satisfactory", "unsatisfactory"],
        "member": "" if bare else _MEMBERS[0],
        "secretary": "" if bare else _SECRETARY,
        "vote": None if bare else vote,
    }


def _sheet(bare: bool) -> dict[str, Any]:
    development = {"kind": "professional_development", "number": "15", "issuer": "«Даму»", "issued_on": "2025-05-20"}
    return {
        **_case(bare),
        **_decision(bare),
        "choices": ["fits", "repeated"],
        "education": [] if bare else _education(),
        "development": [] if bare else [development],
        "degree": "" if bare else "әлеуметтану магистрі, 2014",
        "award": None if bare else {"level": "highest", "category": "none", "awarded_on": None},
        "experience": None if bare else [14, 2, 5],
        "civil": "" if bare else "5 ж.",
        "sanctions": "" if bare else "жоқ",
        "remarks": "" if bare else "Ұсыныс: тәжірибе алмасу.",
        "opinion": "" if bare else "Келісемін.",
        "assessment": "" if bare else "Жақсы",
        "present": None if bare else 3,
        "votes": _votes(bare),
        "held_on": None if bare else "2026-04-01",
        "approval": True,
        "approved_on": None if bare else "2026-04-08",
        "head_decision": "" if bare else "Комиссияның шешімімен келісемін",
        "refused_on": None if bare else "2026-04-10",
        "signers": _signers(bare),
    }


def _minutes(bare: bool) -> dict[str, Any]:
    return {
        "sitting": {**(_sitting(False) or {}), **({"starts_at": None, "place": ""} if bare else {})},
        "recording": "" if bare else "Кадр қызметі",
        "present": [] if bare else _commission()[:3],
        "absent": [] if bare else _commission()[2:3],
        "quorum": {"size": 4, "needed": 3, "present": 3},
        "signers": _signers(bare),
        "hearings": [] if bare else [_hearing(False)],
        "warnings": [] if bare else [_warning()],
        "sheets": 0 if bare else 3,
        "signed_on": None if bare else "2026-04-03",
    }


def _extract(bare: bool) -> dict[str, Any]:
    return {
        **_case(bare),
        "minutes": None if bare else {"number": 3, "on": "2026-04-03"},
        "present": [] if bare else [{"role": each["role"], "name": each["name"]} for each in _commission()],
        "present_count": None if bare else 3,
        "signers": _signers(bare),
        "hearing": _hearing(bare),
    }


def _refusal(bare: bool) -> dict[str, Any]:
    return {
        **_case(bare),
        "held_on": None if bare else "2026-04-01",
        "decision": "" if bare else "fits",
        "refused_on": None if bare else "2026-04-10",
        "witnesses": [] if bare else list(_MEMBERS),
    }


def _line(**told: Any) -> dict[str, Any]:
    return {
        **_decision(False),
        "person": _person(False),
        "kind": "regular",
        "votes": _votes(False),
        "valid_until": "2029-03-31",
        **told,
    }


def _summary(bare: bool) -> dict[str, Any]:
    return {"lines": [] if bare else [_line()]}


def _results(bare: bool) -> dict[str, Any]:
    return {
        "minutes": [] if bare else [{"number": 3, "on": "2026-04-03"}],
        "order_on": None if bare else "2026-04-08",
        "lines": [] if bare else [_line()],
        "categories": 0 if bare else 1,
    }


def _certificate(bare: bool) -> dict[str, Any]:
    return {
        **_case(bare),
        **_RUNG,
        "title": _POSITION,
        "decided_on": "2026-04-01",
        "minutes": None if bare else {"number": 3, "on": "2026-04-03"},
        "order_number": "" if bare else "9",
        "order_on": None if bare else "2026-04-08",
        "valid_until": None if bare else "2029-03-31",
    }


def _overdue(bare: bool) -> dict[str, Any]:
    line = {"person": _person(False), "due_on": "2025-09-01", "until": "2026-03-01", "days": 31}
    return {"on": "2026-04-01", "lines": [] if bare else [line]}


_MAKERS: Mapping[PaperKind, Callable[[bool], dict[str, Any]]] = {
    PaperKind.ORDER: _order,
    PaperKind.SCHEDULE: _schedule,
    PaperKind.NOTICE: _notice,
    PaperKind.CHARACTERISTIC_REQUEST: _request,
    PaperKind.CHARACTERISTIC: _characteristic,
    PaperKind.EVALUATION_SHEET: _evaluation,
    PaperKind.SHEET: _sheet,
    PaperKind.MINUTES: _minutes,
    PaperKind.EXTRACT: _extract,
    PaperKind.REFUSAL: _refusal,
    PaperKind.SUMMARY: _summary,
    PaperKind.RESULTS_ORDER: _results,
    PaperKind.CERTIFICATE: _certificate,
    PaperKind.OVERDUE: _overdue,
}
