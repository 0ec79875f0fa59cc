"""Norms between their files, the database and the pure rules.

The database is compared with a file in one shape (the one `norm_files` reads), so that loading twice changes nothing
and every change can be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from positions.changes import announce
from positions.codes import EditionAction, EntryKind
from positions.editing.documents import plain
from positions.located import LANGUAGES, Data
from positions.models import (
    Act,
    Chapter,
    Edition,
    EditionChange,
    Entry,
    ExperienceRequirement,
    InterpretationNote,
    PathwayRequirement,
    Position,
    Rung,
)
from positions.models import Pathway as PathwayRow
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS, read_folder

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NormChange:
    """What loading did to one act or edition."""

    what: str
    how: str
    #: Whether anything was done; what editors have changed is named and left alone.
    done: bool = True

    def __str__(self) -> str:
        return f"{self.what}: {self.how}"


def _until(last: date | None) -> date | None:
    return None if last is None else last + _DAY


def _last(until: date | None) -> date | None:
    return None if until is None else until - _DAY


def _texts(row: Any, name: str) -> Data:
    return {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}


def _columns(name: str, texts: Data) -> Data:
    return {f"{name}_{language}": texts[language] for language in LANGUAGES}


# ------------------------------------------------------------------------------------------------ files -> database


@transaction.atomic
def load_norms(folder: Path, *, overwrite: bool = False) -> list[NormChange]:
    """Bring the files of a folder into the database and say what changed; the same files again change nothing.

    Editions in the database that no file has are left as they are, and so is what editors have changed, ended or
    withdrawn, unless it is to be overwritten. Raises NormsRefusedError with every mistake of the files, IntegrityError
    if an edition would overlap one that only the database has; either way nothing is changed.
    """
    files = read_folder(folder)
    changes = _load_acts(files.acts)
    order = _order([data["position"] for data in files.positions])
    known = {position.code: position for position in stored_positions()}
    edited = set() if overwrite else _edited()
    for data in files.positions:
        changes += _load_position(data, known.get(data["position"]), order[data["position"]], edited)
    positions = {position.code: position for position in Position.objects.all()}
    for data in files.positions:
        position, successor = positions[data["position"]], positions.get(data["successor"] or "")
        if position.successor_id != (successor.pk if successor else None):
            position.successor = successor
            position.save(update_fields=["successor"])
            changes.append(NormChange(position.code, _("successor set")))
    if any(change.done for change in changes):
        announce(set(positions))
    return changes


def _edited() -> set[tuple[str, date]]:
    """Give the editions, by position and first day, that an editor was the last to change (1 query)."""
    rows = EditionChange.objects.order_by("at", "pk").values_list("position__code", "valid_from", "user")
    last = {(code, day): user for code, day, user in rows}
    return {key for key, user in last.items() if user is not None}


def _order(positions: Iterable[str]) -> dict[str, int]:
    """Number the positions, and those on file already, in the order of the acts, chapters and paragraphs."""
    acts = dict(Act.objects.values_list("code", "order"))
    codes = {*positions, *Position.objects.values_list("code", flat=True)}

    def key(code: str) -> tuple[int, int, tuple[int, ...]]:
        act, _slash, number = code.partition("/")
        chapter, _dot, paragraph = number.partition(".")
        return acts[act], int(chapter), tuple(int(part) for part in paragraph.split("-"))

    return {code: index for index, code in enumerate(sorted(codes, key=key))}


def positions_reorder() -> None:
    """Number all positions anew, after one was added."""
    order = _order(())
    rows = list(Position.objects.all())
    for row in rows:
        row.order = order[row.code]
    Position.objects.bulk_update(rows, ["order"])


def _load_acts(acts: list[Data]) -> list[NormChange]:
    changes = []
    for order, data in enumerate(acts):
        values = {
            "number": data["number"],
            "adopted_on": data["adopted_on"],
            "registration_number": data["registration_number"],
            "registered_on": data["registered_on"],
            "in_force_from": data["in_force_from"],
            "in_force_until": _until(data["in_force_to"]),
            "dates_estimated": data["dates_estimated"],
            "order": order,
            "amends": Act.objects.filter(code=data["amends"]).first() if data["amends"] else None,
            **_columns("title", data["title"]),
        }
        changes += _update(Act, {"code": data["code"]}, values, _("Act %(code)s") % {"code": data["code"]})
        act = Act.objects.get(code=data["code"])
        for chapter in data["chapters"]:
            changes += _update(
                Chapter,
                {"act": act, "number": chapter["number"]},
                {"managerial": chapter["managerial"], **_columns("title", chapter["title"])},
                _("Act %(code)s, chapter %(number)s") % {"code": data["code"], "number": chapter["number"]},
            )
    return changes


def _update(model: Any, key: Data, values: Data, what: str) -> list[NormChange]:
    """Write a row if it is new or differs."""
    row = model.objects.filter(**key).first()
    if row is None:
        model.objects.create(**key, **values)
        return [NormChange(what, _("added"))]
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    if not differing:
        return []
    for name in differing:
        setattr(row, name, values[name])
    row.save()
    return [NormChange(what, _("changed (%(what)s)") % {"what": ", ".join(differing)})]


def _load_position(data: Data, known: Position | None, order: int, edited: set[tuple[str, date]]) -> list[NormChange]:
    act, _slash, number = data["position"].partition("/")
    chapter, _dot, paragraph = number.partition(".")
    changes = _update(
        Position,
        {"code": data["position"]},
        {
            "chapter": Chapter.objects.get(act__code=act, number=chapter),
            "paragraph": paragraph,
            "order": order,
            **_columns("title", data["title"]),
        },
        data["position"],
    )
    position = known or Position.objects.get(code=data["position"])
    present = {edition.valid_from: edition for edition in known.editions.all()} if known else {}
    for wanted in data["editions"]:
        row = present.get(wanted["valid_from"])
        before = edition_data(row) if row else None
        if before == wanted:
            continue
        what = f"{data['position']} ({wanted['valid_from'].isoformat()})"
        if (data["position"], wanted["valid_from"]) in edited:
            changes.append(NormChange(what, _("left as an editor has made it"), done=False))
            continue
        if before is None:
            how = _("edition added")
        else:
            differing = [key for key in wanted if before[key] != wanted[key]]
            how = _("edition changed (%(what)s)") % {"what": ", ".join(differing)}
        _record(edition_write(position, row, wanted), before, wanted)
        changes.append(NormChange(what, how))
    return changes


def _record(edition: Edition, before: Data | None, after: Data) -> None:
    """Keep what the files have changed; what they bring for the first time is its own record."""
    if before is not None:
        EditionChange.objects.create(
            position_id=edition.position_id,
            edition=edition,
            valid_from=edition.valid_from,
            action=EditionAction.LOADED,
            before=plain(before),
            after=plain(after),
        )


def edition_write(position: Position, row: Edition | None, data: Data) -> Edition:
    """Write an edition as read and checked, over a row or as a new one. Raises ValidationError where it overlaps."""
    edition = row or Edition(position=position)
    edition.valid_from = data["valid_from"]
    edition.valid_until = _until(data["valid_to"])
    edition.dates_estimated = data["dates_estimated"]
    edition.brought_by = Act.objects.get(code=data["brought_by"])
    edition.named_levels = data["named_levels"]
    for name, value in data["clauses"].items():
        setattr(edition, f"{name}_clause", value)
    for name, value in {
        **_columns("provenance", data["provenance"]),
        **_columns("qualification", data["qualification"]),
    }.items():
        setattr(edition, name, value)
    edition.full_clean(exclude=["qualification"])
    edition.save()
    edition.entries.all().delete()
    edition.notes.all().delete()
    edition.rungs.all().delete()
    Entry.objects.bulk_create(
        Entry(edition=edition, kind=kind, number=number, **_columns("text", text))
        for kind, key in ((EntryKind.DUTY, "duties"), (EntryKind.KNOWLEDGE, "knowledge"))
        for number, text in enumerate(data[key], start=1)
    )
    InterpretationNote.objects.bulk_create(
        InterpretationNote(
            edition=edition,
            order=order,
            clause=note["clause"],
            reading=note["reading"],
            **_columns("text", note["text"]),
        )
        for order, note in enumerate(data["notes"], start=1)
    )
    for order, rung in enumerate(data["rungs"], start=1):
        _write_rung(edition, order, rung)
    return edition


def _write_rung(edition: Edition, order: int, data: Data) -> None:
    rung = Rung.objects.create(
        edition=edition,
        order=order,
        level=data["level"] or "",
        category=data["category"] or "",
        clause=data["clause"],
        line=data["line"],
    )
    for number, pathway in enumerate(data["pathways"], start=1):
        row = PathwayRow.objects.create(rung=rung, order=number)
        codes = [(kind, code) for key, kind in REQUIREMENT_KINDS.items() for code in pathway[key]]
        PathwayRequirement.objects.bulk_create(
            PathwayRequirement(pathway=row, order=index, kind=kind, code=code)
            for index, (kind, code) in enumerate(codes, start=1)
        )
        ExperienceRequirement.objects.bulk_create(
            ExperienceRequirement(
                pathway=row,
                order=index,
                years=norm["years"],
                level=(norm["rung"] or {}).get("level", ""),
                category=(norm["rung"] or {}).get("category", ""),
                spheres=norm["spheres"],
                **{mark: norm[mark] for mark in EXPERIENCE_MARKS},
            )
            for index, norm in enumerate(pathway["experience"], start=1)
        )


# ----------------------------------------------------------------------------------------------- database -> data


def stored_positions(**only: str) -> list[Position]:
    """Give all positions, or some, with everything that belongs to them, in the order of the acts (8 queries)."""
    return list(
        Position.objects.filter(**only)
        .select_related("chapter__act", "successor")
        .prefetch_related(
            Prefetch("editions", Edition.objects.select_related("brought_by")),
            "editions__entries",
            "editions__notes",
            "editions__rungs__pathways__requirements",
            "editions__rungs__pathways__experience",
        )
        .order_by("order")
    )


def edition_data(edition: Edition) -> Data:
    """Describe an edition in the shape of a norm file."""
    entries = list(edition.entries.all())
    return {
        "valid_from": edition.valid_from,
        "valid_to": _last(edition.valid_until),
        "dates_estimated": edition.dates_estimated,
        "brought_by": edition.brought_by.code,
        "named_levels": edition.named_levels,
        "clauses": {
            "duties": edition.duties_clause,
            "knowledge": edition.knowledge_clause,
            "qualification": edition.qualification_clause,
        },
        "provenance": _texts(edition, "provenance"),
        "duties": [_texts(entry, "text") for entry in entries if entry.kind == EntryKind.DUTY],
        "knowledge": [_texts(entry, "text") for entry in entries if entry.kind == EntryKind.KNOWLEDGE],
        "qualification": _texts(edition, "qualification"),
        "notes": [
            {"clause": note.clause, "reading": note.reading, "text": _texts(note, "text")}
            for note in edition.notes.all()
        ],
        "rungs": [_rung_data(rung) for rung in edition.rungs.all()],
    }


def _rung_data(rung: Rung) -> Data:
    return {
        "level": rung.level or None,
        "category": rung.category or None,
        "clause": rung.clause,
        "line": rung.line,
        "pathways": [_pathway_data(pathway) for pathway in rung.pathways.all()],
    }


def _pathway_data(pathway: PathwayRow) -> Data:
    codes: dict[str, list[str]] = defaultdict(list)
    for requirement in pathway.requirements.all():
        codes[requirement.kind].append(requirement.code)
    return {
        **{key: codes[kind] for key, kind in REQUIREMENT_KINDS.items()},
        "experience": [
            {
                "years": norm.years,
                "rung": {"level": norm.level, "category": norm.category} if norm.level else None,
                "spheres": norm.spheres,
                **{mark: getattr(norm, mark) for mark in EXPERIENCE_MARKS},
            }
            for norm in pathway.experience.all()
        ],
    }


def export_norms(*, on: date | None = None, act: str | None = None) -> list[Data]:
    """Give every position and edition (or those in force on a day) as the interface `export_norms` writes them."""
    exported = []
    for position in stored_positions():
        if act is not None and position.act_code != act:
            continue
        for edition in position.editions.all():
            if on is not None and not (
                edition.valid_from <= on and (edition.valid_until is None or on < edition.valid_until)
            ):
                continue
            exported.append(_exported(position, edition_data(edition)))
    return exported


def _exported(position: Position, data: Data) -> Data:
    return {
        "position": position.code,
        "clause": data["clauses"]["qualification"],
        "title": _texts(position, "title"),
        "valid_from": data["valid_from"].isoformat(),
        "valid_to": data["valid_to"].isoformat() if data["valid_to"] else None,
        "dates_estimated": data["dates_estimated"],
        "successor": position.successor.code if position.successor else None,
        "duties": data["duties"],
        "knowledge": data["knowledge"],
        "qualification": data["qualification"],
        "provenance": data["provenance"],
        "notes": [{"clause": note["clause"], "text": note["text"]} for note in data["notes"]],
        "rungs": [
            {"level": rung["level"], "category": rung["category"], "pathways": rung["pathways"]}
            for rung in data["rungs"]
        ],
    }
