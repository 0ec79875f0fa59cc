"""The page of a draft: every field with its value, what is wrong with it, and what differs from the edition before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from positions.codes import Level, Provenance
from positions.comparison import OWN_NAMES
from positions.desk.ladder_page import Group, RungBox, group, ladder_of
from positions.desk.place_words import NAMES, anchor_of, place_words
from positions.editing.checks import Checked, Remark
from positions.editing.differences import EntryDiff, Kind, Piece, entries_diff, word_diff
from positions.edition_words import SECTIONS
from positions.located import LANGUAGES, Data, Place
from positions.models import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A remark in the list at the top, with the place it leads to."""

    place: str
    anchor: str
    message: str


class Remarks:
    """What is wrong and what deserves a look, by place."""

    def __init__(self, checked: Checked, told: Iterable[Remark] = ()) -> None:
        self.problems: dict[Place, list[str]] = defaultdict(list)
        self.warnings: dict[Place, list[str]] = defaultdict(list)
        for remark in [*told, *checked.problems]:
            self.problems[_shown_at(remark.place)].append(remark.message)
        for remark in checked.warnings:
            self.warnings[_shown_at(remark.place)].append(remark.message)

    def problems_at(self, *place: str | int) -> list[str]:
        """Give what is wrong at exactly this place."""
        return self.problems.get(place, [])

    def warnings_at(self, *place: str | int) -> list[str]:
        """Give what deserves a look at exactly this place."""
        return self.warnings.get(place, [])


def _shown_at(place: Place) -> Place:
    """Give the place of the page where a remark is shown: a code is shown with its list, a rung with its choice."""
    for index, part in enumerate(place):
        if part in {"named_levels", "education", "fields", "specialities", "certificates", "preferred", "spheres"}:
            return place[: index + 1]
        if part == "rung":
            return place[: index + 1]
    return place


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A text in one language, to be edited."""

    name: str
    anchor: str
    language: str
    own_name: str
    value: str
    rows: int
    label: str
    problems: list[str]
    warnings: list[str]
    #: The words that differ from the edition before; none where nothing does.
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A short field: a day, a clause, a number."""

    name: str
    anchor: str
    label: str
    value: str
    kind: str = "text"
    options: Sequence[tuple[str, str]] = ()
    problems: list[str] = field(default_factory=list)
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBox:
    """An entry in three languages with its buttons."""

    place: str
    anchor: str
    number: int
    first: bool
    last: bool
    badge: str
    badge_words: str
    texts: list[TextBox]
    problems: list[str]
    #: Only notes have these.
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An entry of the edition before that the draft has no more."""

    act: str
    number: int
    texts: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The duties, the knowledge or the notes."""

    name: str
    title: str
    clause: str
    entries: list[EntryBox]
    gone: list[Gone] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """Everything that a draft's page shows."""

    #: What was just tried and could not be done.
    told: list[Named]
    problems: list[Named]
    warnings: list[Named]
    days: list[Line]
    estimated: bool
    brought_by: Line
    clauses: list[Line]
    provenance: list[Line]
    named_levels: Group
    qualification: list[TextBox]
    qualification_problems: list[str]
    rungs: list[RungBox]
    rungs_problems: list[str]
    notes: Section
    parts: list[Section]
    contents: list[tuple[str, str, str]]


def draft_page(
    document: Data, *, base: Data | None, checked: Checked, acts: Mapping[str, Act], told: Iterable[Remark] = ()
) -> DraftPage:
    """Put a document on its page; `told` are remarks about what was just tried."""
    told = list(told)
    remarks = Remarks(checked, told)
    sections = [_section(part, document, base, remarks) for part in ("duties", "knowledge")]
    return DraftPage(
        told=[_named(remark, document) for remark in told],
        problems=[_named(remark, document) for remark in checked.problems],
        warnings=[_named(remark, document) for remark in checked.warnings],
        days=[_day(name, document, remarks) for name in ("valid_from", "valid_to")],
        estimated=bool(document.get("dates_estimated")),
        brought_by=_brought_by(document, acts, remarks),
        clauses=[_line("clauses", name, document, remarks) for name in ("qualification", "duties", "knowledge")],
        provenance=[_provenance(language, document, remarks) for language in LANGUAGES],
        named_levels=group(
            "named_levels", document.get("named_levels") or [], Level.choices, remarks.problems_at("named_levels")
        ),
        qualification=_texts(
            ("qualification",),
            document["qualification"],
            remarks,
            SECTIONS["qualification"],
            base and base["qualification"],
        ),
        qualification_problems=remarks.problems_at("qualification"),
        rungs=ladder_of(document, base=base, problems=remarks.problems, warnings=remarks.warnings),
        rungs_problems=remarks.problems_at("rungs"),
        notes=_notes(document, base, remarks),
        parts=sections,
        contents=_contents(document),
    )


def _named(remark: Remark, document: Data) -> Named:
    return Named(place=place_words(remark.place, document), anchor=anchor_of(remark.place), message=remark.message)


def _contents(document: Data) -> list[tuple[str, str, str]]:
    """Give the table of contents: anchor, title, and how much there is."""
    counts = {name: len(document[name]) for name in ("rungs", "notes", "duties", "knowledge")}
    return [(name, str(title), str(counts.get(name, ""))) for name, title in SECTIONS.items()]


# ------------------------------------------------------------------------------------------------------------- about


def _day(name: str, document: Data, remarks: Remarks) -> Line:
    value = document.get(name) or ""
    try:
        date.fromisoformat(value or "2000-01-01")
    except (TypeError, ValueError):
        kind = "text"
    else:
        kind = "date"
    return Line(
        name=name,
        anchor=name,
        label=str(NAMES[name]),
        value=value,
        kind=kind,
        problems=remarks.problems_at(name),
    )


def _brought_by(document: Data, acts: Mapping[str, Act], remarks: Remarks) -> Line:
    value = document.get("brought_by") or ""
    options = [(code, f"{act.number}, {act.adopted_on:%d.%m.%Y} – {act.title}") for code, act in acts.items()]
    if value not in acts:
        options.insert(0, (value, value or "–"))
    return Line(
        name="brought_by",
        anchor="brought_by",
        label=str(NAMES["brought_by"]),
        value=value,
        options=options,
        problems=remarks.problems_at("brought_by"),
    )


def _line(first: str, name: str, document: Data, remarks: Remarks) -> Line:
    return Line(
        name=f"{first}.{name}",
        anchor=f"{first}-{name}",
        label=str(NAMES[f"{first}.{name}"]),
        value=str(document[first].get(name) or ""),
        problems=remarks.problems_at(first, name),
    )


def _provenance(language: str, document: Data, remarks: Remarks) -> Line:
    value = document["provenance"].get(language) or ""
    options = [(str(code), str(label)) for code, label in Provenance.choices]
    if value not in Provenance.values:
        options.insert(0, (value, value or "–"))
    return Line(
        name=f"provenance.{language}",
        anchor=f"provenance-{language}",
        label=OWN_NAMES[language],
        value=value,
        options=options,
        problems=remarks.problems_at("provenance", language),
        language=language,
    )


# ------------------------------------------------------------------------------------------------------ texts, entries


def _texts(
    place: Place, texts: Mapping[str, str], remarks: Remarks, label: Any, old: Mapping[str, str] | None
) -> list[TextBox]:
    """Give a text in every language; `old` is what the edition before says in its place."""
    longest = max(len(texts.get(language) or "") for language in LANGUAGES)
    found = []
    for language in LANGUAGES:
        value = texts.get(language) or ""
        before = (old.get(language) or "") if old is not None else value
        found.append(
            TextBox(
                name=".".join(map(str, (*place, language))),
                anchor="-".join(map(str, (*place, language))),
                language=language,
                own_name=OWN_NAMES[language],
                value=value,
                rows=min(max(2, longest // 45 + value.count("\n") + 1), 30),
                label=_("%(place)s: %(what)s") % {"place": label, "what": OWN_NAMES[language]},
                problems=remarks.problems_at(*place, language),
                warnings=remarks.warnings_at(*place, language),
                pieces=() if before == value else word_diff(before, value),
            )
        )
    return found


def _section(part: str, document: Data, base: Data | None, remarks: Remarks) -> Section:
    entries = document[part]
    diffs = entries_diff(base[part], entries) if base is not None else ()
    by_number = {diff.new_number: diff for diff in diffs if diff.new_number is not None}
    return Section(
        name=part,
        title=str(SECTIONS[part]),
        clause=str(document["clauses"].get(part) or ""),
        entries=[
            _entry(part, index, entry, len(entries), by_number.get(index + 1), base, remarks)
            for index, entry in enumerate(entries)
        ],
        gone=[_gone(part, diff, base) for diff in diffs if diff.kind is Kind.REMOVED and base is not None],
    )


def _entry(
    part: str,
    index: int,
    entry: Mapping[str, str],
    count: int,
    diff: EntryDiff | None,
    base: Data | None,
    remarks: Remarks,
) -> EntryBox:
    old = None
    if diff is not None and diff.kind is Kind.CHANGED and diff.old_number is not None and base is not None:
        old = base[part][diff.old_number - 1]
    label = _("entry %(number)d") % {"number": index + 1}
    kind = diff.kind if diff is not None else Kind.SAME
    return EntryBox(
        place=f"{part}.{index}",
        anchor=f"{part}-{index}",
        number=index + 1,
        first=index == 0,
        last=index == count - 1,
        badge="" if kind is Kind.SAME else str(kind),
        badge_words=_badge_words(diff),
        texts=_texts((part, index), entry, remarks, label, old),
        problems=remarks.problems_at(part, index),
    )


def _badge_words(diff: EntryDiff | None) -> str:
    if diff is None or diff.kind is Kind.SAME:
        return ""
    if diff.kind is Kind.ADDED:
        return _("new")
    if diff.kind is Kind.MOVED:
        return _("moved, was entry %(number)d") % {"number": diff.old_number}
    if diff.old_number != diff.new_number:
        return _("changed, was entry %(number)d") % {"number": diff.old_number}
    return _("changed")


def _gone(part: str, diff: EntryDiff, base: Data) -> Gone:
    number = diff.old_number or 1
    entry = base[part][number - 1]
    return Gone(
        act=f"{part}.restore.{number - 1}",
        number=number,
        texts=[(language, OWN_NAMES[language], entry.get(language) or "") for language in LANGUAGES],
    )


def _notes(document: Data, base: Data | None, remarks: Remarks) -> Section:
    notes = document["notes"]
    known = {tuple(note["text"].values()) for note in base["notes"]} if base is not None else None
    boxes = []
    for index, note in enumerate(notes):
        label = _("note %(number)d") % {"number": index + 1}
        new = known is not None and tuple(note["text"].values()) not in known
        boxes.append(
            EntryBox(
                place=f"notes.{index}",
                anchor=f"notes-{index}",
                number=index + 1,
                first=index == 0,
                last=index == len(notes) - 1,
                badge="changed" if new else "",
                badge_words=_("new or changed") if new else "",
                texts=_texts(("notes", index), note["text"], remarks, label, None),
                problems=remarks.problems_at("notes", index),
                lines=[_note_line(index, name, note, label, remarks) for name in ("clause", "reading")],
            )
        )
    return Section(name="notes", title=str(SECTIONS["notes"]), clause="", entries=boxes)


def _note_line(index: int, name: str, note: Data, label: str, remarks: Remarks) -> Line:
    return Line(
        name=f"notes.{index}.{name}",
        anchor=f"notes-{index}-{name}",
        label=_("%(place)s: %(what)s") % {"place": label, "what": NAMES[name]},
        value="" if note.get(name) is None else str(note[name]),
        problems=remarks.problems_at("notes", index, name),
    )
