"""What a job description says, in the words of one language: texts by names that its templates know.

The order's text and the organisation's own entries stand apart, and wherever a text is not the official one it says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attestation.job_descriptions.selectors import Basis, Part, parts_of, texts_of
from attestation.models import OwnEntry
from attestation.papers.words import LANGUAGES, Words, words_of
from positions.addresses import clauses_of
from positions.codes import Provenance
from positions.models import Act, Edition
from positions.standing import Standing, standing

_A_DAY = timedelta(days=1)
_HEADINGS = {
    "duties": "job_description.duties",
    "knowledge": "job_description.knowledge",
    "qualification": "job_description.qualification",
}


def drawn(found: Basis, edition: Edition, language: str, *, today: date) -> dict[str, Any]:
    """Give what the sheet says; raises KeyError for a language without words."""
    words = words_of(language)
    provenance = getattr(edition, f"provenance_{language}")
    return {
        "mark": "" if provenance == Provenance.OFFICIAL else words(f"job_description.not_official.{provenance}"),
        "approve": _approval(words),
        "organisation": words.text(_texts(found.organisation, "name")) if found.organisation else "",
        "organisation_blank": "" if found.organisation else words("job_description.organisation_blank"),
        "title": words("job_description.title"),
        "subject": title_of(found, language),
        "number": words("common.number_blank"),
        "day": words("common.day_blank"),
        "facts": _facts(found, edition, words, today=today),
        "law": _law(found, edition, words),
        "own": _own(found, words, today=today),
        "signs": [_signature(words, role) for role in ("superior", "hr")],
        "received": {
            "label": words("job_description.received"),
            "name": "",
            **{part: words(f"sign.{part}") for part in ("hand", "full", "day")},
        },
    }


def title_of(found: Basis, language: str) -> str:
    """Name the position in a language, else in Kazakh."""
    return words_of(language).text(_texts(found.position, "title"))


def _texts(row: object, name: str) -> dict[str, str]:
    return {each: getattr(row, f"{name}_{each}", "") or "" for each in LANGUAGES}


def _approval(words: Words) -> list[str]:
    """Give the lines in the corner where the head approves."""
    line = "_" * 28
    return [
        words("job_description.approve"),
        words("sign.head"),
        line,
        f"({words('sign.caption')})",
        words("common.day_blank"),
    ]


def _signature(words: Words, role: str) -> dict[str, str]:
    return {"label": words(f"sign.{role}"), "name": "", "hand": words("sign.hand"), "full": words("sign.full")}


def _facts(found: Basis, edition: Edition, words: Words, *, today: date) -> list[list[str]]:
    act = found.position.chapter.act
    orders = [act, *([edition.brought_by] if edition.brought_by != act else [])]
    state = standing(edition, today)
    days = {Standing.ENDED: edition.valid_until, Standing.TO_COME: edition.valid_from}
    provenance = getattr(edition, f"provenance_{words.language}")
    return [
        [words("job_description.position"), f"{title_of(found, words.language)} ({found.position.code})"],
        [words("job_description.unit"), ""],
        [words("job_description.basis"), "; ".join(_order(each, words, "job_description.order") for each in orders)],
        [words("job_description.characteristics"), words.text(_texts(act, "title"))],
        [words("job_description.clauses"), ", ".join(clauses_of(edition))],
        [words("job_description.edition"), _validity(edition, words)],
        [
            words("job_description.state", day=words.short_day(today)),
            words(f"job_description.states.{state}", day=words.short_day(days.get(state))),
        ],
        [words("job_description.origin"), words(f"job_description.provenance.{provenance}")],
    ]


def _order(act: Act, words: Words, key: str) -> str:
    number = words("common.number", number=act.number.removeprefix("№").strip())
    return words(key, number=number, day=words.day(act.adopted_on))


def _validity(edition: Edition, words: Words) -> str:
    first = words.short_day(edition.valid_from)
    if edition.valid_until is None:
        told = words("job_description.edition_open", first=first)
    else:
        last = words.short_day(edition.valid_until - _A_DAY)
        told = words("job_description.edition_closed", first=first, last=last)
    return f"{told} ({words('job_description.estimated')})" if edition.dates_estimated else told


# ------------------------------------------------------------------------------------------------------------ sections


def _law(found: Basis, edition: Edition, words: Words) -> list[dict[str, Any]]:
    """Give the parts of the order's text; one without a translation is printed in Kazakh, and says so."""
    return [
        _section(part, number, words, edition=edition) for number, part in enumerate(parts_of(found, edition), start=1)
    ]


def _section(part: Part, number: int, words: Words, *, edition: Edition) -> dict[str, Any]:
    language = part.language_for(words.language)
    origin = words(f"job_description.provenance.{getattr(edition, f'provenance_{language}')}")
    mark = words("job_description.mark", clause=words("common.clause", clause=part.clause), provenance=origin)
    rows = [
        {"number": f"{number}.{each}" if each else "", "text": text, "note": "", "language": language}
        for each, text in part.texts[language]
    ]
    if rows and language != words.language:
        mark = f"{mark}; {words('job_description.in_kazakh')}"
    return {
        "heading": f"{number}. {words(_HEADINGS[part.name])}",
        "mark": mark,
        "rows": rows,
        "nothing": "" if rows else words("job_description.nothing"),
    }


def _own(found: Basis, words: Words, *, today: date) -> dict[str, Any]:
    """Give the organisation's own entries; nothing where it has none."""
    lists = [("job_description.own_duties", found.own_duties), ("job_description.own_knowledge", found.own_knowledge)]
    sections = [
        {
            "heading": f"{number}. {words(heading)}",
            "mark": "",
            "rows": [_own_row(f"{number}.{place}", entry, words) for place, entry in enumerate(entries, start=1)],
            "nothing": "",
        }
        for number, (heading, entries) in enumerate([each for each in lists if each[1]], start=4)
    ]
    if not sections:
        return {"heading": "", "note": "", "sections": []}
    note = [words("job_description.own_note"), _reference(found, words, today=today)]
    return {
        "heading": words("job_description.own"),
        "note": " ".join(part for part in note if part),
        "sections": sections,
    }


def _own_row(number: str, entry: OwnEntry, words: Words) -> dict[str, str]:
    """Write an entry in the language of the sheet, else in one that it has, which is then named."""
    texts = texts_of(entry)
    language = next(each for each in (words.language, *LANGUAGES) if texts[each])
    note = "" if language == words.language else words(f"job_description.other_language.{language}")
    return {"number": number, "text": texts[language], "note": note, "language": language}


def _reference(found: Basis, words: Words, *, today: date) -> str:
    """Name the clause that speaks of job descriptions, and whether its order is in force still."""
    act = found.reference
    if act is None:
        return ""
    ended = act.in_force_until is not None and act.in_force_until <= today
    return _order(act, words, "job_description.own_reference") + (
        f" ({words('job_description.own_ended')})." if ended else "."
    )
