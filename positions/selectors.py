"""Reading positions for their pages; every function promises its number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from positions import rules
from positions.codes import EntryKind
from positions.comparison import Row, Side, lines, side
from positions.models import Act, Chapter, Edition, Entry, InterpretationNote, Position
from positions.norm_selectors import read_norms
from positions.standing import covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A position in the catalogue, with the text in force on the day: its own, or of one that counts as the same."""

    position: Position
    edition: Edition | None
    instead: Position | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChapter:
    """A chapter with its positions."""

    chapter: Chapter
    positions: list[Listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAct:
    """An act with its chapters."""

    act: Act
    chapters: list[ListedChapter]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRecord:
    """A position with one of its editions and all that belongs to it.

    `in_force` and `instead` speak of the day asked for; `current`, `current_instead` and `later` of today.
    """

    position: Position
    predecessors: list[Position]
    #: All editions, the oldest first.
    editions: list[Edition]
    edition: Edition | None
    in_force: bool
    instead: Position | None
    current: Edition | None
    current_instead: Position | None
    #: The next edition to come after the one shown.
    later: Edition | None
    duties: list[Entry]
    knowledge: list[Entry]
    notes: list[InterpretationNote]
    norm: rules.Edition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedClause:
    """A qualification clause as printed: its lines in the reader's language with the Kazakh beside them."""

    edition: Edition
    act: Act
    sides: list[Side]
    rows: list[Row]

    @property
    def even(self) -> bool:
        """Tell whether every language prints the clause in the same number of lines, so that they correspond."""
        return len({len(each.qualification.splitlines()) for each in self.sides}) == 1


def acts() -> list[Act]:
    """Give the acts that describe positions, in their order (1 query)."""
    return list(Act.objects.filter(amends__isnull=True).order_by("order"))


def catalogue(*, on: date) -> list[ListedAct]:
    """Give every position by act and chapter with the text in force on the day (7 queries)."""
    norms = read_norms()
    positions = list(Position.objects.select_related("chapter__act").order_by("order"))
    by_code = {position.code: position for position in positions}
    editions = {edition.pk: edition for edition in Edition.objects.select_related("brought_by").order_by("pk")}

    def listed(position: Position) -> Listed:
        text = norms.text(position.code, on)
        own = text is not None and text.position == position.code
        return Listed(
            position=position,
            edition=editions[text.pk] if text is not None and text.pk is not None and own else None,
            instead=by_code[text.position] if text is not None and not own else None,
        )

    return [
        ListedAct(
            act=act,
            chapters=[
                ListedChapter(chapter=chapter, positions=[listed(position) for position in in_chapter])
                for chapter, in_chapter in groupby(in_act, key=lambda position: position.chapter)
            ],
        )
        for act, in_act in groupby(positions, key=lambda position: position.chapter.act)
    ]


def position_record(*, code: str, on: date | None, today: date, begins: date | None = None) -> PositionRecord | None:
    """Give a position with the edition in force on the day, else its latest; None where no position has the code.

    Without a day asked for, the edition in force today, else the latest. `begins` asks for the edition that begins on
    that day, and no other (11 queries at most).
    """
    position = Position.objects.select_related("chapter__act", "successor__chapter__act").filter(code=code).first()
    if position is None:
        return None
    norms, asked = read_norms(), on or begins or today
    editions = list(position.editions.select_related("brought_by").order_by("valid_from"))
    in_force = next((edition for edition in editions if covers(edition, asked)), None)
    if begins is None:
        edition = in_force or (editions[-1] if editions else None)
    else:
        edition = next((edition for edition in editions if edition.valid_from == begins), None)
    others = _others(norms, code, {asked, today})
    entries = list(edition.entries.order_by("kind", "number")) if edition else []
    return PositionRecord(
        position=position,
        predecessors=list(position.predecessors.select_related("chapter__act").order_by("order")),
        editions=editions,
        edition=edition,
        in_force=edition is not None and edition == in_force,
        instead=others.get(asked),
        current=next((edition for edition in editions if covers(edition, today)), None),
        current_instead=others.get(today),
        later=next((each for each in editions if edition and each.valid_from > max(edition.valid_from, today)), None),
        duties=[entry for entry in entries if entry.kind == EntryKind.DUTY],
        knowledge=[entry for entry in entries if entry.kind == EntryKind.KNOWLEDGE],
        notes=list(edition.notes.order_by("order")) if edition else [],
        norm=next((norm for norm in norms.positions[code].editions if edition and norm.pk == edition.pk), None),
    )


def _others(norms: rules.Norms, code: str, days: set[date]) -> dict[date, Position]:
    """Give whose text is in force instead of a position's own on each day, where there is one (1 query at most)."""
    texts = {day: norms.text(code, day) for day in days}
    codes = {day: text.position for day, text in texts.items() if text is not None and text.position != code}
    if not codes:
        return {}
    by_code = {each.code: each for each in Position.objects.filter(code__in=codes.values()).order_by("order")}
    return {day: by_code[other] for day, other in codes.items()}


def editions_with_clause(*, act: str, clause: str) -> list[Edition]:
    """Give the editions that stand in a clause of an act, in the order of the act (1 query)."""
    named = Q(duties_clause=clause) | Q(knowledge_clause=clause) | Q(qualification_clause=clause)
    found = Edition.objects.filter(named, position__chapter__act__code=act)
    return list(found.select_related("position__chapter__act", "brought_by").order_by("position__order", "valid_from"))


def editions_whole(*, code: str) -> tuple[Position, list[Edition]] | None:
    """Give a position with its editions and all that belongs to them, the oldest first (8 queries)."""
    position = Position.objects.select_related("chapter__act").filter(code=code).first()
    if position is None:
        return None
    editions = position.editions.select_related("brought_by").prefetch_related(
        "entries", "notes", "rungs__pathways__requirements", "rungs__pathways__experience"
    )
    return position, list(editions.order_by("valid_from"))


def notes_of(edition: int, *, clauses: set[str]) -> list[InterpretationNote]:
    """Give how these clauses of an edition are read (1 query)."""
    return list(InterpretationNote.objects.filter(edition=edition, clause__in=clauses).order_by("order"))


def printed_clause(edition: int, *, language: str) -> PrintedClause:
    """Give the qualification clause of an edition in a language and in Kazakh, which governs (1 query)."""
    found = Edition.objects.select_related("brought_by", "position__chapter__act").get(pk=edition)
    sides = [side(found, code) for code in dict.fromkeys((language, "kk"))]
    return PrintedClause(edition=found, act=found.position.chapter.act, sides=sides, rows=lines(sides[0], sides[-1]))


def titles(codes: set[str]) -> dict[str, str]:
    """Give the titles of positions in the reader's language (1 query)."""
    return {position.code: position.title for position in Position.objects.filter(code__in=codes).order_by("order")}
