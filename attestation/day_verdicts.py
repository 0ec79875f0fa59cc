"""Verdicts of any day, computed in the shape of the stored ones, with what figures count of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from attestation.due import due
from attestation.figures import DayTexts, FigureRow, day_texts
from attestation.models import StoredVerdict
from attestation.regime_selectors import service_of
from attestation.services import judge
from attestation.verdicts import Judging, verdict_values
from employees.models import Employee
from employees.selectors import Person, read_people
from positions import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVerdict:
    """An employee's verdict on a day in the shape of a stored one, what is counted of it, and the title of the post."""

    employee: int
    verdict: StoredVerdict
    row: FigureRow
    title: str


def day_verdicts(people: QuerySet[Employee], judging: Judging, *, on: date) -> Iterator[DayVerdict]:
    """Judge employees as of a day, whether they hold a post on it or not (6 queries for any number of people)."""
    texts = day_texts(judging.norms, on=on)
    for person in read_people(people):
        judged = judge(person.facts, judging.norms, on=on)
        values = verdict_values(judged, on=on)
        if judged is not None:
            values |= _attestation(person, judged.position, judging, on)
        stored = StoredVerdict(employee_id=person.pk, **values)
        row = row_of(stored, texts, lapsed=has_lapsed(person.facts, stored, texts, judging.norms, on=on))
        yield DayVerdict(employee=person.pk, verdict=stored, row=row, title=_title(judged))


def row_of(verdict: StoredVerdict, texts: DayTexts, *, lapsed: bool) -> FigureRow:
    """Give what is counted of a verdict in the shape of a stored one."""
    return FigureRow(
        place=texts.place(listed=verdict.listed, position=verdict.position, level=verdict.current_level),
        level=verdict.current_level,
        category=verdict.current_category,
        current_status=verdict.current_status,
        next_status=verdict.next_status,
        reachable_on=verdict.reachable_on,
        lapses_on=verdict.lapses_on,
        lapsed=lapsed,
        standing=verdict.due_standing,
        doubts=reasons(verdict.doubts),
    )


def reasons(doubts: Iterable[Iterable[str]]) -> tuple[tuple[str, str, str], ...]:
    """Give the stored doubts of a verdict as reasons."""
    return tuple((requirement, found, code) for requirement, found, code in doubts)


def has_lapsed(facts: rules.Facts, verdict: StoredVerdict, texts: DayTexts, norms: rules.Norms, *, on: date) -> bool:
    """Tell whether a category of the post has ended and none is in force (the filter of the list asks the same)."""
    if not verdict.listed or verdict.position in texts.without_categories or _holds_category(verdict):
        return False
    family = norms.family(verdict.position)
    ended = (
        award.valid_until is not None and award.valid_until <= on for award in facts.awards if award.position in family
    )
    return any(ended)


def _holds_category(verdict: StoredVerdict) -> bool:
    return verdict.current_category not in ("", rules.Category.NONE)


def _attestation(person: Person, position: str, judging: Judging, on: date) -> dict[str, object]:
    """Give where a person stands with the next attestation, in the names of a stored verdict."""
    regime = judging.regimes.of(person.organisation, position, on=on)
    found = due(service_of(person, judging.attested.get(person.pk, ()), on=on), regime, on=on)
    return {"due_standing": str(found.standing), "due_on": found.due_on, "overdue_on": found.overdue_on}


def _title(judged: rules.Verdict | None) -> str:
    return "" if judged is None else judged.post.title or judged.position
