"""What holds for every verdict, whatever the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attestation.services import judge
from positions import rules
from positions.rules import Award, Certificate, Diploma, Facts, Period, Status, Verdict, Work
from tests import law

#: Positions with ladders of every make: both levels, swimming, spheres, predecessors, alternatives.
LADDERS = ("360/2.1", "360/2.3", "360/2.4", "360/2.5", "360/2.6", "360/2.7", "360/3.1", "360/3.2", "360/3.4")
HEADS = ("360/1.1", "360/1.2", "360/1.5", "360/1.10", "360/1.11", "360/2.10", "360/3.3")
ON = date(2026, 11, 22)
PAST = st.dates(date(2008, 1, 1), ON)
RANK = {Status.NOT_MET: 0, Status.UNKNOWN: 1, Status.MET: 2}
FIELDS = st.lists(st.sampled_from(["social", "medical", "pedagogical", "economic", "other"]), max_size=2, unique=True)

diplomas = st.builds(
    lambda level, day, fields, speciality, foreign, recognised: Diploma(
        level=level,
        graduated_on=day,
        fields=tuple(fields),
        speciality_code=speciality,
        foreign=foreign,
        recognised=recognised,
    ),
    st.sampled_from(rules.EDUCATION_ORDER),
    PAST,
    FIELDS,
    st.sampled_from(["", "veterinary_medicine", "other"]),
    st.booleans(),
    st.booleans(),
)


@st.composite
def works(draw: st.DrawFn, position: str) -> Work:
    """Draw an earlier post."""
    start = draw(st.dates(date(2008, 1, 1), ON - timedelta(days=2)))
    end = start + timedelta(days=draw(st.integers(1, (ON - start).days)))
    code = draw(st.sampled_from([None, *law.norms().family(position)]))
    return Work(
        period=Period(start, end),
        position=code,
        level=draw(st.sampled_from(list(rules.Level))) if code else None,
        sphere=draw(st.sampled_from(["social_protection", "employment", "business", "healthcare", ""])),
        managerial=draw(st.booleans()),
        relevant_profile=draw(st.booleans()),
        non_governmental=draw(st.booleans()),
        in_specialty=draw(st.booleans()),
    )


@st.composite
def awards(draw: st.DrawFn, position: str) -> Award:
    """Draw an award for the position or its predecessor."""
    day = draw(st.dates(date(2012, 1, 1), ON))
    return Award(
        position=draw(st.sampled_from(law.norms().family(position))),
        level=draw(st.sampled_from(list(rules.Level))),
        category=draw(st.sampled_from(rules.CATEGORY_ORDER[1:])),
        awarded_on=day,
        valid_until=draw(st.none() | st.integers(1, 2500).map(lambda days: day + timedelta(days=days))),
    )


certificates = st.builds(
    lambda kind, day, days: Certificate(
        kind=kind, issued_on=day, valid_until=None if days is None else day + timedelta(days=days)
    ),
    st.sampled_from(["swimming", "social_training", "hippotherapy_training", "rider_spotting"]),
    PAST,
    st.none() | st.integers(1, 4000),
)


@st.composite
def people(draw: st.DrawFn, positions: tuple[str, ...] = LADDERS) -> Facts:
    """Draw the facts of somebody with a stated level in a post on the day."""
    position = draw(st.sampled_from(positions))
    appointed = draw(st.dates(date(2015, 1, 1), ON))
    level = draw(st.sampled_from(list(rules.Level))) if position in LADDERS else None
    present = Work(
        period=Period(appointed, draw(st.none() | st.integers(1, 1500).map(lambda days: ON + timedelta(days=days)))),
        position=position,
        level=level,
        sphere=draw(st.sampled_from(["social_protection", "employment"])),
        relevant_profile=True,
        in_specialty=True,
        present=True,
    )
    absences = draw(
        st.lists(
            st.builds(
                lambda start, days: rules.Absence(
                    kind="unpaid_leave", period=Period(start, start + timedelta(days=days)), counts=False
                ),
                PAST,
                st.integers(1, 300),
            ),
            max_size=2,
        )
    )
    return Facts(
        service=Period(appointed, present.period.end),
        work=(*draw(st.lists(works(position), max_size=3)), present),
        education=tuple(draw(st.lists(diplomas, max_size=3))),
        awards=tuple(draw(st.lists(awards(position), max_size=3))),
        certificates=tuple(draw(st.lists(certificates, max_size=3))),
        absences=tuple(absences),
    )


@st.composite
def climbers(draw: st.DrawFn) -> Facts:
    """Draw somebody whom, mostly, nothing but time keeps from the next rung."""
    position = draw(st.sampled_from(LADDERS))
    edition = law.norms().text(position, ON)
    assert edition is not None
    key = draw(st.sampled_from([rung.key for rung in edition.rungs if rung.key.category is rules.Category.NONE]))
    pathway = edition.by_key[key].pathways[0]
    assert key.level is not None
    appointed = draw(st.dates(ON - timedelta(days=1400), ON))
    ends = st.none() | st.integers(1, 700).map(lambda days: ON + timedelta(days=days))
    earlier = draw(st.lists(works(position), max_size=2))
    climbed = draw(st.integers(0, 2))
    absences = draw(
        st.lists(
            st.builds(
                lambda start, days: rules.Absence(
                    kind="unpaid_leave", period=Period(start, start + timedelta(days=days)), counts=False
                ),
                st.dates(ON - timedelta(days=700), ON),
                st.integers(1, 300),
            ),
            max_size=2,
        )
    )
    until = draw(st.sampled_from([None, None, ON + timedelta(days=400)]))
    present = Work(
        period=Period(appointed, until),
        position=position,
        level=key.level,
        sphere="employment",
        relevant_profile=True,
        in_specialty=True,
        present=True,
    )
    return Facts(
        service=Period(appointed, until),
        work=(*(replace(work, level=key.level) for work in earlier), present),
        education=(Diploma(level=pathway.education[0], graduated_on=date(2008, 6, 30), fields=pathway.fields[:1]),),
        awards=tuple(
            Award(
                position=position,
                level=key.level,
                category=rules.CATEGORY_ORDER[1 + index],
                awarded_on=draw(st.dates(ON - timedelta(days=1200 - 400 * index), ON - timedelta(days=index))),
                valid_until=draw(ends),
            )
            for index in range(climbed)
        ),
        certificates=tuple(
            Certificate(kind=kind, issued_on=date(2020, 1, 1), valid_until=draw(ends)) for kind in pathway.certificates
        ),
        absences=tuple(absences),
    )


ANYBODY = people(LADDERS + HEADS)


def _verdict(facts: Facts, on: date = ON) -> Verdict:
    verdict = judge(facts, law.norms(), on=on)
    assert verdict is not None
    return verdict


def _no_worse(before: Verdict, after: Verdict) -> None:
    assert after.current == before.current
    assert RANK[after.current_status] >= RANK[before.current_status]
    if before.next is not None:
        assert after.next is not None
        assert RANK[after.next.status] >= RANK[before.next.status]
    assert set(before.other_tracks) <= set(after.other_tracks)


@settings(max_examples=300)
@given(ANYBODY, st.data())
def test_an_accepted_document_never_makes_a_verdict_worse(facts: Facts, data: st.DataObject) -> None:
    before = _verdict(facts)
    pathways = [finding.pathway for finding in before.findings if finding.pathway is not None]
    assume(pathways)
    pathway = data.draw(st.sampled_from(pathways))
    diploma = Diploma(
        level=data.draw(st.sampled_from(pathway.education)),
        graduated_on=data.draw(PAST),
        fields=pathway.fields[:1],
        speciality_code=pathway.specialities[0] if pathway.specialities else "",
    )
    _no_worse(before, _verdict(replace(facts, education=(*facts.education, diploma))))


@settings(max_examples=200)
@given(ANYBODY, st.sampled_from(["swimming", "social_training", "hippotherapy_training", "rider_spotting"]))
def test_a_valid_certificate_never_makes_a_verdict_worse(facts: Facts, kind: str) -> None:
    added = replace(facts, certificates=(*facts.certificates, Certificate(kind=kind, issued_on=ON)))
    _no_worse(_verdict(facts), _verdict(added))


@settings(max_examples=300)
@given(people(LADDERS + HEADS), st.integers(1, 2000))
def test_time_going_on_never_makes_a_verdict_worse(facts: Facts, days: int) -> None:
    """As long as nothing recorded ends: no award or certificate lapses, no leave is open, the text stays."""
    later = ON + timedelta(days=days)
    endless = replace(
        facts,
        service=Period(facts.service.start),
        work=tuple(replace(work, period=Period(work.period.start)) if work.present else work for work in facts.work),
        awards=tuple(award for award in facts.awards if award.valid_until is None),
        certificates=tuple(replace(item, valid_until=None) for item in facts.certificates),
        absences=tuple(
            absence for absence in facts.absences if absence.period.end is not None and absence.period.end <= ON
        ),
    )
    _no_worse(_verdict(endless), _verdict(endless, later))


@settings(max_examples=300)
@given(ANYBODY, st.integers(30, 2000), st.integers(1, 3000))
def test_an_earlier_post_apart_from_all_others_never_makes_a_verdict_worse(facts: Facts, days: int, gap: int) -> None:
    """Apart, since joining periods changes how their days add up (reading 18; see docs/decisions)."""
    first = min(work.period.start for work in facts.work)
    end = first - timedelta(days=gap)
    model = facts.work[-1]
    added = replace(model, period=Period(end - timedelta(days=days), end), present=False)
    _no_worse(_verdict(facts), _verdict(replace(facts, work=(added, *facts.work))))


@settings(max_examples=400)
@given(climbers())
def test_the_day_it_is_reachable_is_the_first_on_which_it_is_met(facts: Facts) -> None:
    verdict = _verdict(facts)
    assume(verdict.next is not None and verdict.next.reachable_on is not None)
    assert verdict.next is not None
    day = verdict.next.reachable_on
    assert day is not None
    assert day > ON

    def met(on: date) -> bool:
        there = _verdict(facts, on)
        assert there.next is not None
        return there.next.key == verdict.next.key and there.next.status is Status.MET  # type: ignore[union-attr]

    assert met(day)
    span = (day - ON).days
    between = {ON + timedelta(days=max(0, span - back)) for back in (1, 2, 3, 31, 365, span // 2, span)}
    assert not any(met(earlier) for earlier in between if earlier < day)


@settings(max_examples=300)
@given(climbers(), st.integers(1, 1500))
def test_without_such_a_day_it_is_not_met_later_either(facts: Facts, days: int) -> None:
    """Where the verdict gives no day and nothing else than time was missing, waiting does not help."""
    verdict = _verdict(facts)
    if verdict.next is None or verdict.next.obstacle is None:
        return
    there = judge(facts, law.norms(), on=ON + timedelta(days=days))
    if there is not None and there.next is not None and there.next.key == verdict.next.key:
        current, before = there.current, verdict.current
        same = current is not None and before is not None and current.award == before.award
        assert not same or there.next.status is not Status.MET or verdict.next.obstacle == rules.Obstacle.POST_ENDS


SHUFFLES: tuple[Callable[[Facts], Facts], ...] = (
    lambda facts: replace(facts, work=facts.work[::-1]),
    lambda facts: replace(facts, education=facts.education[::-1]),
    lambda facts: replace(facts, awards=facts.awards[::-1]),
    lambda facts: replace(facts, certificates=facts.certificates[::-1]),
    lambda facts: replace(facts, absences=facts.absences[::-1]),
)


@settings(max_examples=300)
@given(ANYBODY)
def test_the_order_of_records_changes_nothing(facts: Facts) -> None:
    expected = law.told(_verdict(facts))
    for shuffle in SHUFFLES:
        assert law.told(_verdict(shuffle(facts))) == expected


@settings(max_examples=300)
@given(ANYBODY, st.data())
def test_splitting_a_record_in_two_touching_ones_changes_nothing(facts: Facts, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(facts.work) - 1))
    work = facts.work[index]
    assume(not work.present)
    end = work.period.end
    assert end is not None
    assume((end - work.period.start).days > 1)
    middle = work.period.start + timedelta(days=data.draw(st.integers(1, (end - work.period.start).days - 1)))
    halves = (
        replace(work, period=Period(work.period.start, middle)),
        replace(work, period=Period(middle, end)),
    )
    split = replace(facts, work=(*facts.work[:index], *halves, *facts.work[index + 1 :]))
    assert law.told(_verdict(split)) == law.told(_verdict(facts))
