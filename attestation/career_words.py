"""From an employee's records and the verdict to what stands on the line, in words.

Everything comes from what the page has read already: with the records prefetched, nothing here asks a query. Words are
put together as a label with a nominative, never by declension.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attestation.career import Career, Item, Lane, Mark, career
from attestation.wording import day
from employees import experience
from employees.models import Absence, CategoryAward, Certificate, EducationRecord, Employee
from positions import rules
from positions.codes import Category
from positions.models import Position
from positions.rules import Period
from positions.wording import rung_words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """A post, earlier or present, as the line needs it."""

    period: Period
    title: str
    employer: str
    position: Position | None
    level: str
    present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Families:
    """Which positions count as the same one (reading 6), as far as the records name them."""

    roots: dict[int, int]
    asked: int

    def of(self, position: Position) -> int:
        return self.roots[position.pk]

    def same(self, position: Position | None) -> bool:
        """Tell whether a position counts as that of the day asked."""
        return position is not None and self.of(position) == self.asked


def career_of(employee: Employee, verdict: rules.Verdict | None, *, on: date) -> Career:
    """Put a person's records and the days of the verdict on one line (no query where the records are prefetched)."""
    posts, awards = _posts(employee), list(employee.awards.all())
    families = _families(employee, posts, awards, verdict)
    several = len({award.level for award in awards}) > 1
    items = [
        *(_post(each, families, on=on) for each in posts),
        *(_award(each, families, on=on, with_level=several) for each in awards),
        *_without_category(posts, awards, families, verdict, on=on),
        *(_absence(each, on=on) for each in employee.absences.all()),
        *(_education(each, on=on) for each in employee.education.all()),
        *(_certificate(each, on=on) for each in employee.certificates.all()),
        *_days(verdict, on=on),
    ]
    return career(items, on=on)


def lane_words(lane: Lane) -> str:
    """Name a lane, as the tables of the records are named."""
    return {
        Lane.POSTS: _("Posts"),
        Lane.CATEGORIES: _("Qualification categories"),
        Lane.ABSENCES: _("Absences"),
        Lane.EDUCATION: _("Education"),
        Lane.CERTIFICATES: _("Certificates"),
        Lane.DAYS: _("Days of the proposal"),
    }[lane]


def mark_words(mark: Mark) -> str:
    """Say a mark; nothing where the item itself has said it."""
    return {
        Mark.SAME_POSITION: _("same position"),
        Mark.COUNTS: _("counts"),
        Mark.DOES_NOT_COUNT: _("does not count"),
        Mark.LAPSED: _("lapsed"),
        Mark.AFTER: _("dated after this day"),
    }.get(mark, "")


# -------------------------------------------------------------------------------------------------------------- posts


def _posts(employee: Employee) -> list[_Post]:
    earlier = [
        _Post(
            period=Period(each.started_on, each.until),
            title=each.title or _title(each.position),
            employer=each.employer,
            position=each.position,
            level=each.get_level_display() if each.level else "",
        )
        for each in employee.work_history.all()
    ]
    present = _Post(
        period=Period(employee.appointed_on, employee.employed_until),
        title=_title(employee.position),
        employer=employee.organisation.display_name,
        position=employee.position,
        level=employee.get_level_display() if employee.level else "",
        present=True,
    )
    return [*earlier, present]


def _title(position: Position | None) -> str:
    return str(position.title or getattr(position, "title_kk", "") or position.code) if position else ""


def _post(post: _Post, families: _Families, *, on: date) -> Item:
    same = families.same(post.position)
    name = _joined(post.title, post.employer)
    return Item(
        lane=Lane.POSTS,
        kind=_("Present post") if post.present else _("Earlier post"),
        what=_joined(name, post.level),
        label=f"◆ {name}" if same else name,
        first=post.period.start,
        until=post.period.end,
        marks=_marks((Mark.SAME_POSITION, same), (Mark.AFTER, post.period.start > on)),
    )


def _families(
    employee: Employee, posts: list[_Post], awards: list[CategoryAward], verdict: rules.Verdict | None
) -> _Families:
    """Find what continues what among the positions in hand, and the position that was held on the day asked."""
    held = {post.position.code: post.position for post in posts if post.position is not None}
    positions = {position.pk: position for position in [*held.values(), *(award.position for award in awards)]}
    asked = held.get(verdict.position, employee.position) if verdict else employee.position
    roots = {pk: _root(pk, positions) for pk in positions}
    return _Families(roots=roots, asked=roots[asked.pk])


def _root(pk: int, positions: dict[int, Position]) -> int:
    """Follow the successors from a position to the last that is known."""
    seen: set[int] = set()
    while pk in positions and pk not in seen:
        seen.add(pk)
        pk = positions[pk].successor_id or pk
    return pk


# --------------------------------------------------------------------------------------------------------- categories


def _award(award: CategoryAward, families: _Families, *, on: date, with_level: bool) -> Item:
    rung = rung_words(rules.RungKey(rules.Level(award.level), rules.Category(award.category)))
    elsewhere = "" if families.same(award.position) else _title(award.position)
    lapsed = award.lapses_on is not None and award.lapses_on <= on
    name = _joined(rung if with_level else str(Category(award.category).label), elsewhere)
    return Item(
        lane=Lane.CATEGORIES,
        kind=_("Category"),
        what=_joined(rung, _title(award.position), award.order_number),
        label=_("✕ lapsed: %(what)s") % {"what": name} if lapsed else str(capfirst(name)),
        first=award.awarded_on,
        until=award.lapses_on,
        marks=_marks((Mark.LAPSED, lapsed), (Mark.AFTER, award.awarded_on > on)),
    )


def _without_category(
    posts: list[_Post],
    awards: list[CategoryAward],
    families: _Families,
    verdict: rules.Verdict | None,
    *,
    on: date,
) -> Iterator[Item]:
    """Give the days in posts with levels on which no award was in force (reading 14)."""
    judged_by_levels = bool(verdict and verdict.edition and verdict.edition.has_categories)
    placed = [(post, families.of(post.position)) for post in posts if post.position is not None]
    for root in dict.fromkeys(root for _post, root in placed):
        held = [post for post, its_root in placed if its_root == root]
        awarded = [award for award in awards if families.of(award.position) == root]
        if not (awarded or any(post.level for post in held) or (judged_by_levels and root == families.asked)):
            continue
        covered = [Period(award.awarded_on, award.lapses_on) for award in awarded]
        title = max(held, key=lambda post: post.period.start).title
        for gap in experience.without(experience.merge(post.period for post in held), covered):
            # A gap that would only open after the day, and stay open, is a supposition and on no record.
            if gap.end is not None or gap.start <= on:
                yield _gap(gap, title=title, elsewhere=root != families.asked, on=on)


def _gap(gap: Period, *, title: str, elsewhere: bool, on: date) -> Item:
    name = str(capfirst(Category.NONE.label))
    return Item(
        lane=Lane.CATEGORIES,
        kind=_("Category"),
        what=_joined(name, title),
        label=_joined(name, title if elsewhere else ""),
        first=gap.start,
        until=gap.end,
        marks=_marks((Mark.NO_CATEGORY, True), (Mark.AFTER, gap.start > on)),
    )


# ------------------------------------------------------------------------------------------------------ other records


def _absence(absence: Absence, *, on: date) -> Item:
    kind = absence.get_kind_display()
    label = _("+ counts: %(what)s") if absence.counts else _("− does not count: %(what)s")
    return Item(
        lane=Lane.ABSENCES,
        kind=_("Absence"),
        what=str(capfirst(kind)),
        label=label % {"what": kind},
        first=absence.started_on,
        until=absence.until,
        marks=_marks(
            (Mark.COUNTS, absence.counts),
            (Mark.DOES_NOT_COUNT, not absence.counts),
            (Mark.AFTER, absence.started_on > on),
        ),
    )


def _education(record: EducationRecord, *, on: date) -> Item:
    level = str(capfirst(record.get_level_display()))
    speciality = record.speciality or (record.get_speciality_code_display() if record.speciality_code else "")
    return Item(
        lane=Lane.EDUCATION,
        kind=_("Education"),
        what=_joined(level, speciality, record.institution),
        label=_joined(level, record.institution),
        first=record.graduated_on,
        point=True,
        marks=_marks((Mark.AFTER, record.graduated_on > on)),
    )


def _certificate(certificate: Certificate, *, on: date) -> Item:
    kind = certificate.get_kind_display()
    lapsed = certificate.lapses_on is not None and certificate.lapses_on <= on
    return Item(
        lane=Lane.CERTIFICATES,
        kind=_("Certificate"),
        what=_joined(str(capfirst(kind)), certificate.number, certificate.issuer),
        label=_("✕ lapsed: %(what)s") % {"what": kind} if lapsed else str(capfirst(kind)),
        first=certificate.issued_on,
        until=certificate.lapses_on,
        point=certificate.lapses_on is None,
        marks=_marks((Mark.LAPSED, lapsed), (Mark.AFTER, certificate.issued_on > on)),
    )


def _days(verdict: rules.Verdict | None, *, on: date) -> Iterator[Item]:
    yield Item(
        lane=Lane.DAYS,
        kind=_("Day asked"),
        what=_("The day of the proposal: what is dated after it does not exist for it yet"),
        label=_("Day asked: %(day)s") % {"day": day(on)},
        first=on,
        point=True,
        marks=(Mark.ASKED,),
    )
    if verdict and verdict.next and verdict.next.reachable_on:
        yield Item(
            lane=Lane.DAYS,
            kind=_("Next rung"),
            what=_joined(
                str(capfirst(rung_words(verdict.next.key))), _("reachable on this day, if all goes on as it is")
            ),
            label=_("Next rung, reachable on: %(day)s") % {"day": day(verdict.next.reachable_on)},
            first=verdict.next.reachable_on,
            point=True,
            marks=(Mark.NEXT_RUNG,),
        )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _marks(*told: tuple[Mark, bool]) -> tuple[Mark, ...]:
    return tuple(mark for mark, holds in told if holds)
