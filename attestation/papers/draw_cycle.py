"""How the papers of a cycle read: orders with their annexes, schedule, summary, and the list of those overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attestation.codes import AttestationKind, CategoryDecision
from attestation.papers.frame import Frame, joined, numbered, told


def order(frame: Frame) -> dict[str, Any]:
    """Draw the order on the attestation with its annexes."""
    words, data, cycle = frame.words, frame.data, frame.data["cycle"]
    further = data["further"]
    points = [
        words("order.list_more" if further else "order.list"),
        words("order.schedule_more" if further else "order.schedule"),
        *([] if further else [words("order.commission")]),
        words("order.starts_on", day=words.day(cycle["starts_on"])),
        *([words("order.notice_until", day=words.day(data["notice_until"]))] if data["notice_until"] else []),
        words("order.control"),
    ]
    basis = [words("order.law"), words.text(cycle["act"])]
    if further:
        basis.append(f"{words('order.main_order')}: {frame.order(cycle['order_number'], cycle['order_on'])}")
    return {
        **frame.head("order", subject=words("order.subject")),
        "basis": [words("common.basis"), basis],
        "command": words("order.command"),
        "points": points,
        "sign": frame.signature("head"),
        "people": _people(frame, _corner(frame, 1)),
        "schedule": _schedule(frame, _corner(frame, 2)),
        "commission": _commission(frame, _corner(frame, 3)) if data["commission"] else None,
    }


def _corner(frame: Frame, number: int) -> list[str]:
    """Give what stands above an annex: its number, and the order with number and day."""
    words, head = frame.words, frame.head("order")
    annex = words("common.annex", number=number)
    return [annex[:1].upper() + annex[1:], f"{words('order.annex_to')} {head['number']}", head["day"]]


def _people(frame: Frame, corner: list[str]) -> dict[str, Any]:
    words = frame.words
    rows = [
        [
            person["name"],
            frame.iin(person["iin"]),
            words.short_day(person["birth_date"]),
            _lines(frame.education({**each, "speciality": "", "speciality_code": ""}) for each in person["education"]),
            _lines(frame.speciality(each) for each in person["education"]),
            frame.post(person),
        ]
        for person in frame.data["persons"]
    ]
    return {
        "corner": corner,
        "title": words("people.title"),
        "heads": words.lines("people.heads"),
        "rows": numbered(rows),
        "note": words("common.working_translation"),
    }


def _lines(texts: Any) -> str:
    return "\n".join(text for text in texts if text)


def _schedule(frame: Frame, corner: list[str]) -> dict[str, Any]:
    words, data = frame.words, frame.data
    rows = []
    for line in data["schedule"]:
        sitting = line["sitting"] or {"held_on": None, "starts_at": None, "place": ""}
        rows.append(
            [
                line["person"]["name"],
                frame.post(line["person"]),
                words.short_day(sitting["held_on"]),
                words.hour(sitting["starts_at"]),
                sitting["place"],
            ]
        )
    return {
        "corner": corner,
        "title": words("schedule.title"),
        "facts": told(
            [
                (words("schedule.starts_on"), words.day(data["cycle"]["starts_on"])),
                (words("schedule.notice_until"), frame.until(data["notice_until"], data["notice_clause"])),
                (
                    words("schedule.characteristic_until"),
                    frame.until(data["characteristic_until"], data["characteristic_clause"]),
                ),
            ]
        ),
        "heads": words.lines("schedule.heads"),
        "rows": numbered(rows),
        "note": words("common.working_translation"),
    }


def _commission(frame: Frame, corner: list[str]) -> dict[str, Any]:
    words = frame.words
    rows = [
        [
            words(f"common.roles.{each['role']}"),
            each["name"],
            joined(each["post"], words("common.representative") if each["represents_employees"] else ""),
        ]
        for each in frame.data["commission"]
    ]
    return {
        "corner": corner,
        "title": words("commission.title"),
        "heads": words.lines("commission.heads"),
        "rows": numbered(rows),
        "note": words("common.working_translation"),
    }


def schedule(frame: Frame) -> dict[str, Any]:
    """Draw the schedule of the attestation by itself."""
    cycle = frame.data["cycle"]
    approved = frame.order(cycle["order_number"], cycle["order_on"]) if cycle["order_number"] else ""
    return {
        **frame.head("schedule"),
        **_schedule(frame, []),
        "basis": [frame.words("schedule.order"), approved] if approved else [],
        "sign": frame.signature("hr"),
    }


# ------------------------------------------------------------------------------------------------------------- results


def _category(frame: Frame, line: Mapping[str, Any]) -> str:
    """Name the category of a line: what was established, or that there are no grounds."""
    if line["category_decision"] == CategoryDecision.ESTABLISHED:
        return frame.words.rung(line["level"], line["category"])
    return frame.category(line)


def _decided(frame: Frame, line: Mapping[str, Any]) -> str:
    if not line["decided_on"]:
        return frame.words("summary.undecided")
    return frame.decision(line["decision"], dismissal=line["dismissal"])


def _votes(line: Mapping[str, Any]) -> str:
    counts = line["votes"]["counts"]
    if not line["votes"]["voted"]:
        return ""
    return " / ".join(str(counts.get(code, 0)) for code in ("fits", "repeated", "does_not_fit"))


def summary(frame: Frame) -> dict[str, Any]:
    """Draw the summary of the results."""
    words, lines = frame.words, frame.data["lines"]
    rows = [
        [
            line["person"]["name"],
            frame.post(line["person"]),
            joined(words(f"common.kinds.{line['kind']}"), words.short_day(line["decided_on"])),
            _votes(line),
            _decided(frame, line),
            _category(frame, line),
            line["recommendations"],
        ]
        for line in lines
    ]
    return {
        **frame.head("summary"),
        "facts": told(
            [
                (words("minutes.order"), frame.order(*_order(frame))),
                (words("minutes.act"), words.text(frame.data["cycle"]["act"])),
                (words("summary.starts_on"), words.day(frame.data["cycle"]["starts_on"])),
            ]
        ),
        "heads": words.lines("summary.heads"),
        "rows": numbered(rows),
        "figures": [words("summary.figures"), _figures(frame)],
        "sign": frame.signature("secretary"),
    }


def _order(frame: Frame) -> tuple[str, str | None]:
    return frame.data["cycle"]["order_number"], frame.data["cycle"]["order_on"]


def _figures(frame: Frame) -> list[list[str]]:
    """Count people, decisions and what was decided on categories."""
    words, lines = frame.words, frame.data["lines"]
    decisions = Counter(line["decision"] for line in lines if line["decision"])
    categories = Counter(line["category_decision"] for line in lines if line["category_decision"])
    repeated = sum(line["kind"] == AttestationKind.REPEATED for line in lines)
    pairs = [(words("summary.total"), len(lines))]
    pairs += [(f"{words('common.kind')}: {words('common.kinds.repeated')}", repeated)] if repeated else []
    pairs += [(words.choice("common.decisions", code), decisions[code]) for code in words.codes("common.decisions")]
    pairs += [(words("sheet.dismissal"), count)] if (count := sum(line["dismissal"] for line in lines)) else []
    undecided = sum(not line["decided_on"] for line in lines)
    pairs += [(words("summary.undecided"), undecided)] if undecided else []
    if categories:
        pairs += [(words("summary.established"), categories[CategoryDecision.ESTABLISHED])]
        pairs += [(words("summary.no_grounds"), categories[CategoryDecision.NO_GROUNDS])]
    return [[label[:1].upper() + label[1:], str(number)] for label, number in pairs]


def results(frame: Frame) -> dict[str, Any]:
    """Draw the order on the results with its annexes."""
    words, data = frame.words, frame.data
    established = [line for line in data["lines"] if line["category_decision"] == CategoryDecision.ESTABLISHED]
    points = [
        words("results.approve"),
        *([words("results.categories")] if established else []),
        *([words("results.repeated")] if any(line["decision"] == "repeated" for line in data["lines"]) else []),
        words("results.acquaint"),
        words("results.file"),
        words("results.control"),
    ]
    papers = "; ".join(frame.order(each["number"], each["on"]) for each in data["minutes"])
    basis = [
        words("results.law"),
        words.text(data["cycle"]["act"]),
        f"{words('results.order')}: {frame.order(*_order(frame))}" if data["cycle"]["order_number"] else "",
        f"{words('results.minutes')}: {papers}" if papers else "",
    ]
    return {
        **frame.head("results", subject=words("results.subject")),
        "basis": [words("common.basis"), [each for each in basis if each]],
        "command": words("results.command"),
        "points": points,
        "sign": frame.signature("head"),
        "decisions": _decisions(frame),
        "categories": _categories(frame, established) if established else None,
    }


def _decisions(frame: Frame) -> dict[str, Any]:
    words = frame.words
    rows = [
        [
            line["person"]["name"],
            frame.post(line["person"]),
            words.short_day(line["decided_on"]),
            _decided(frame, line),
        ]
        for line in frame.data["lines"]
    ]
    return {
        "corner": _corner(frame, 1),
        "title": words("results.decisions_title"),
        "heads": words.lines("results.decisions_heads"),
        "rows": numbered(rows),
        "note": words("common.working_translation"),
    }


def _categories(frame: Frame, lines: list[Mapping[str, Any]]) -> dict[str, Any]:
    words = frame.words
    rows = [
        [
            line["person"]["name"],
            frame.post(line["person"]),
            _category(frame, line),
            words.short_day(line["decided_on"]),
            words.short_day(line["valid_until"]) or words("results.unlimited"),
        ]
        for line in lines
    ]
    return {
        "corner": _corner(frame, 2),
        "title": words("results.categories_title"),
        "heads": words.lines("results.categories_heads"),
        "rows": numbered(rows),
        "note": words("common.working_translation"),
    }


def overdue(frame: Frame) -> dict[str, Any]:
    """Draw the list of those whose attestation is overdue."""
    words, data = frame.words, frame.data
    rows = [
        [
            line["person"]["name"],
            frame.post(line["person"]),
            line["person"]["unit"],
            words.short_day(line["due_on"]),
            words.short_day(line["until"]),
            "" if line["days"] is None else str(line["days"]),
        ]
        for line in data["lines"]
    ]
    return {
        **frame.head("overdue"),
        "facts": told([(words("overdue.as_of"), words.day(data["on"]))]),
        "heads": words.lines("overdue.heads"),
        "rows": numbered(rows),
        "nobody": "" if rows else words("overdue.nobody"),
        "sign": frame.signature("hr"),
    }
