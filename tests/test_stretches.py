"""How a length of experience came about: a reader can do the sum again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from attestation.services import evaluate_employee, judge
from attestation.stretches import Stretches, stretches_of
from employees import experience
from employees.models import Organisation, User
from positions.rules import Counted, Facts, Finding, Found, Length, Period, Status, Work
from tests import law
from tests.panels import (
    ON,
    page_of,
    panel_of,
    swimmer,
    three_posts,
    words_of,
)
from tests.test_properties import ANYBODY, climbers


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"


def _carried(lengths: list[Length]) -> Length:
    """Add lengths as reading 18 says: 30 days carry to a month, 12 months to a year."""
    months, days = divmod(sum(length.days for length in lengths), 30)
    years, months = divmod(sum(length.months for length in lengths) + months, 12)
    return Length(sum(length.years for length in lengths) + years, months, days)


def _summed(lengths: list[Length]) -> Length:
    """Add years, months and days each for itself, carrying nothing."""
    return Length(*(sum(getattr(each, name) for each in lengths) for name in ("years", "months", "days")))


def _check(found: Stretches, finding: Finding, on: date) -> None:
    """Check that a reader can do the sum again from what she sees."""
    lengths = [row.length for row in found.rows]
    assert found.total == finding.length
    assert (lengths[0] if len(lengths) == 1 else _carried(lengths)) == found.total
    assert found.added == Length(
        *(sum(getattr(each, name) for each in lengths) for name in ("years", "months", "days"))
    )
    for row, following in zip(found.rows, found.rows[1:], strict=False):
        assert row.last + timedelta(days=1) < following.first, "stretches neither overlap nor touch"
    for row in found.rows:
        assert row.first <= row.last < on
        days = {
            source.first + timedelta(days=ahead)
            for source in row.sources
            for ahead in range((source.last - source.first).days + 1)
        }
        assert days == {row.first + timedelta(days=ahead) for ahead in range((row.last - row.first).days + 1)}


@st.composite
def _counted(draw: st.DrawFn) -> Counted:
    start = draw(st.dates(ON - timedelta(days=1500), ON))
    end = draw(st.none() | st.integers(0, 700).map(lambda days: start + timedelta(days=days)))
    work = Work(period=Period(start, end), employer=draw(st.sampled_from("АБВ")), pk=draw(st.integers(1, 3)))
    return Counted(period=work.period, work=work)


@settings(max_examples=150)
@given(st.lists(_counted(), max_size=5))
def test_the_sum_can_be_done_again_from_the_table(counted: list[Counted]) -> None:
    length = experience.length([item.period for item in counted], on=ON)
    finding = Finding(
        about="next",
        requirement="experience",
        status=Status.NOT_MET,
        clause="45",
        found=Found.LENGTH,
        length=length,
        counted=tuple(counted),
    )
    found = stretches_of(finding, on=ON)
    if found is None:
        assert length == Length()
    else:
        _check(found, finding, ON)


@settings(max_examples=100)
@given(ANYBODY | climbers())
def test_the_sum_can_be_done_again_for_anybody(facts: Facts) -> None:
    verdict = judge(facts, law.norms(), on=ON)
    for finding in verdict.findings if verdict else ():
        found = stretches_of(finding, on=ON)
        if found is None:
            assert finding.length in (None, Length())
        else:
            _check(found, finding, ON)


@pytest.mark.django_db
def test_the_table_shows_what_was_joined_and_adds_up(client: Client, hr: User, organisation: Organisation) -> None:
    employee = three_posts(organisation)
    judged = evaluate_employee(employee, on=ON)
    assert judged is not None
    lengths = [finding.length for finding in judged.verdict.findings if finding.length and finding.counted]
    client.force_login(hr)
    panel = panel_of(client, employee, ON)
    tables = [part.partition("</table>")[0] for part in panel.split('<table class="sums">')[1:]]
    assert len(tables) == len(lengths) > 0
    for table, length in zip(tables, lengths, strict=True):
        rows = [
            [words_of(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
            for row in re.findall(r"<tr.*?</tr>", table, re.S)
        ]
        periods = [Length(*map(int, row[2:])) for row in rows if len(row) == 5]
        added, total = (Length(*map(int, row)) for row in rows if len(row) == 3)
        days = [tuple(row[:2]) for row in rows if len(row) == 5]
        assert days == [("20.01.2015", "09.04.2018"), ("15.01.2024", "21.11.2026")]
        assert added == _summed(periods)
        assert total == _carried(periods) == length
        words = words_of(table)
        assert "Алғашқы , Әлеуметтік қызметкер: 20.01.2015–31.12.2016" in words
        assert "Қатар , Әлеуметтік қызметкер: 01.06.2016–09.04.2018" in words
        assert "These periods overlap or touch, so they are counted as one." in words
        assert "Goes on; counted up to the day before the day of the proposal." in words
    assert "then 30 days make a month, and 12 months make a year" in words_of(panel)


@pytest.mark.django_db
def test_every_link_to_a_record_leads_to_a_place_on_the_page(
    client: Client, hr: User, organisation: Organisation
) -> None:
    client.force_login(hr)
    for employee in (three_posts(organisation), swimmer(organisation, issued_on=date(2024, 5, 1))):
        page = page_of(client, employee, ON)
        links = set(re.findall(r'href="#([\w-]+)"', panel_of(client, employee, ON)))
        assert {link.partition("-")[0] for link in links} >= {"education", "post"}
        assert links <= set(re.findall(r'id="([\w-]+)"', page))
