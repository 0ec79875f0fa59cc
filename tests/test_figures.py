"""The figures: what verdicts add up to, and that every number is the length of the list behind it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from attestation.changes import announce
from attestation.due import Standing, due
from attestation.figure_page import FiguresPage, figures_page
from attestation.figure_selectors import ScopeView, figures_of_day, figures_of_today, people_of_day, scope_view
from attestation.figures import (
    FigureRow,
    Figures,
    Place,
    Scope,
    add_up,
    as_data,
    day_texts,
    from_data,
    months_ahead,
)
from attestation.filters import RosterFilter
from attestation.models import StoredVerdict
from attestation.regime_selectors import read_regimes, service_of
from attestation.roster import roster
from attestation.services import evaluate_employees
from attestation.text_selectors import read_day_texts
from attestation.verdict_filters import REASONS
from attestation.verdicts import verdicts_renew
from employees.access import visible_organisations
from employees.experience import add_months
from employees.models import Employee, Organisation, Unit, User
from employees.selectors import in_service
from positions import rules
from positions.norm_selectors import read_norms
from tests.factories import UnitFactory
from tests.staff import TODAY, make_staff, person

_DAY = timedelta(days=1)
#: A day with the present texts on file, one before them, today, and one to come.
DAYS = {
    "past": add_months(TODAY, -12),
    "without texts": date(2022, 5, 1),
    "today": TODAY,
    "future": add_months(TODAY, 5),
}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def staff(organisation: Organisation, unit: Unit) -> Organisation:
    """People of whom every figure counts some."""
    make_staff(unit)
    return organisation


def _view(user: User, on: date, scope: Scope = Scope()) -> ScopeView:  # noqa: B008 - it is frozen
    found = scope_view(user, scope, on=on)
    assert found is not None
    return found


def _figures(view: ScopeView, on: date) -> Figures:
    if on == TODAY:
        return figures_of_today(view, today=TODAY)
    return figures_of_day(view, on=on, people=people_of_day(view, on=on))


def _page(view: ScopeView, on: date) -> FiguresPage:
    return figures_page(_figures(view, on), view, today=TODAY)


# ---------------------------------------------------------------------------------------------------- what is counted


def _summed_up(people: Any, on: date) -> dict[str, Any]:
    """Count verdicts one by one, as nothing of the product does."""
    judged = list(evaluate_employees(people, on=on))
    verdicts = [each.verdict for each in judged]
    book = read_regimes()
    standings = Counter(
        due(
            service_of(each.person, (), on=on), book.of(each.person.organisation, each.verdict.position, on=on), on=on
        ).standing.value
        for each in judged
    )
    reasons: Counter[tuple[str, str, str]] = Counter()
    for verdict in verdicts:
        reasons.update(
            {
                (finding.requirement, finding.found.value, finding.code or "")
                for finding in verdict.findings
                if finding.status is rules.Status.UNKNOWN
            }
        )
    rising = [each.next.reachable_on for each in verdicts if each.next and each.next.reachable_on]
    lapsing = [each.current.valid_until - _DAY for each in verdicts if each.current and each.current.valid_until]
    off = [verdict for verdict in verdicts if verdict.current is None]
    return {
        "in_service": in_service(people, on).count(),
        "rungs": Counter((*each.current.key,) for each in verdicts if each.current),
        "without_text": sum(each.edition is None for each in off),
        "without_categories": sum(each.edition is not None and not each.edition.has_categories for each in off),
        "without_rung": sum(each.edition is not None and each.edition.has_categories for each in off),
        "without_post": in_service(people, on).count() - len(judged),
        "current": Counter(each.current_status.value for each in verdicts),
        "next": Counter(each.next.status.value if each.next else "none" for each in verdicts),
        "rising": rising,
        "lapsing": lapsing,
        "lapsed": sum(
            bool(each.lapsed) and (each.current is None or each.current.award is None)
            for each in verdicts
            if each.edition is None or each.edition.has_categories
        ),
        "attestation": standings,
        "unknown": sum(any(f.status is rules.Status.UNKNOWN for f in each.findings) for each in verdicts),
        "reasons": reasons,
    }


def _compare(found: Figures, wanted: dict[str, Any], on: date) -> None:
    for name in (
        "in_service",
        "without_text",
        "without_categories",
        "without_rung",
        "without_post",
        "lapsed",
        "unknown",
    ):
        assert getattr(found, name) == wanted[name], name
    assert {(each.level, each.category): each.number for each in found.rungs if each.number} == wanted["rungs"]
    for name in ("current", "next", "attestation"):
        counts = getattr(found, name)
        assert {key: getattr(counts, key) for key in counts.__slots__ if getattr(counts, key)} == wanted[name], name
    assert {(each.requirement, each.found, each.code): each.number for each in found.reasons} == wanted["reasons"]
    for name in ("rising", "lapsing"):
        ahead, days = getattr(found, name), wanted[name]
        for span in ahead.spans:
            assert span.number == sum(on <= day < add_months(on, span.months) for day in days), (name, span)
        for month in ahead.months:
            assert month.number == sum(month.first <= day <= month.last for day in days), (name, month)
        assert sum(month.number for month in ahead.months) == ahead.total


@pytest.mark.django_db
@pytest.mark.parametrize("which", DAYS)
def test_figures_are_verdicts_summed_up(which: str, hr: User, staff: Organisation) -> None:
    on = DAYS[which]
    _compare(_figures(_view(hr, on), on), _summed_up(Employee.objects.all(), on), on)


@pytest.mark.django_db
def test_a_managers_figures_are_of_her_units_alone(manager: User, staff: Organisation, unit: Unit) -> None:
    hers = Employee.objects.filter(unit__in=[unit, Unit.objects.get(parent=unit)])
    found = figures_of_today(_view(manager, TODAY), today=TODAY)
    _compare(found, _summed_up(hers, TODAY), TODAY)
    assert found.in_service < in_service(Employee.objects.all(), TODAY).count()


@pytest.mark.django_db
def test_figures_of_the_stored_verdicts_are_those_that_are_computed(hr: User, staff: Organisation) -> None:
    view = _view(hr, TODAY)
    stored = figures_of_today(view, today=TODAY)
    assert stored == figures_of_day(view, on=TODAY, people=people_of_day(view, on=TODAY))


@pytest.mark.django_db
def test_the_people_of_these_tests_leave_no_figure_empty(hr: User, staff: Organisation) -> None:
    """A figure of nobody would agree with any list of nobody."""
    pages = [_page(_view(hr, on), on) for on in DAYS.values()]
    for shown in zip(*(page.main for page in pages), strict=True):
        assert any(each.number for each in shown), shown[0].label
    for name in ("beside", "attestation", "current", "next", "ahead"):
        for row in zip(*(getattr(page, name) for page in pages), strict=True):
            unknown_day = row[0].query.endswith("due=unknown")
            assert unknown_day or any(each.number for each in row), (name, row[0].label)
    assert len({shown.query for page in pages for shown in page.reasons}) >= 8


# ---------------------------------------------------------------------------------------------- numbers and their lists


def _listed(user: User, query: str) -> int:
    """Count whom the list of an address holds."""
    filters = RosterFilter(QueryDict(query), user=user, organisations=visible_organisations(user), today=TODAY)
    assert filters.form.is_valid(), filters.form.errors
    return roster(filters, number=1).total


def _scopes(organisation: Organisation, unit: Unit) -> dict[str, Scope]:
    return {
        "all": Scope(),
        "organisation": Scope(organisation=organisation.bin),
        "unit": Scope(organisation=organisation.bin, unit=unit.pk),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("which", DAYS)
@pytest.mark.parametrize(
    ("who", "scope"), [("hr", "all"), ("admin", "organisation"), ("hr", "unit"), ("manager", "all")]
)
def test_every_number_is_the_length_of_the_list_behind_it(
    who: str,
    scope: str,
    which: str,
    request: pytest.FixtureRequest,
    staff: Organisation,
    unit: Unit,
    other_organisation: Organisation,
) -> None:
    person("1", UnitFactory(organisation=other_organisation, name=unit.name))
    announce()
    user, on = request.getfixturevalue(who), DAYS[which]
    page = _page(_view(user, on, _scopes(staff, unit)[scope]), on)
    numbers = {shown.query: shown.number for shown in page.every()}
    lists = {query: _listed(user, query) for query, number in numbers.items() if number or on == TODAY}
    assert lists == {query: numbers[query] for query in lists}
    assert sum(bool(number) for number in numbers.values()) > 10


@pytest.mark.django_db
def test_the_numbers_of_the_page_lead_to_their_lists(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    content = client.get("/").content.decode()
    links = dict(re.findall(r'<a href="(/employees/[^"]*)">(?:<strong>)?([0-9]+)<', content))
    assert len(links) > 25
    for address, number in links.items():
        words = re.search(r"([0-9]+) employees? in service", client.get(address.replace("&amp;", "&")).content.decode())
        assert words is not None, address
        assert words[1] == number, address


@pytest.mark.django_db
def test_every_reason_can_be_asked_for(hr: User, staff: Organisation) -> None:
    verdicts_renew()
    stored = {tuple(doubt) for doubts in StoredVerdict.objects.values_list("doubts", flat=True) for doubt in doubts}
    assert stored
    assert stored <= set(REASONS)


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2010, 1, 1), date(2013, 5, 1), date(2016, 1, 1), date(2022, 5, 1), TODAY], ids=str)
def test_the_texts_of_a_day_are_read_as_the_norms_have_them(
    on: date, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(2):
        found = read_day_texts(on=on)
    assert found == day_texts(read_norms(), on=on)
    assert found.families


@pytest.mark.django_db
def test_an_end_that_no_day_can_follow_is_no_error(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    assert client.get("/employees/", {"lapses": "9999-12-31"}).status_code == 200


@pytest.mark.django_db
def test_the_list_shows_where_people_stand_with_the_next_attestation(
    client: Client, hr: User, staff: Organisation
) -> None:
    client.force_login(hr)
    for on in (TODAY, DAYS["past"]):
        asked = {"columns": "attestation", "q": "Адам1", "on": on.isoformat()}
        assert "overdue (due on " in client.get("/employees/", asked).content.decode()


# ------------------------------------------------------------------------------------------------------------- adding


def _rising(on: date, *days: date) -> Figures:
    rows = [FigureRow(place=Place.RUNG, reachable_on=day, lapses_on=day + _DAY) for day in days]
    return add_up(rows, on=on)


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(2026, 1, 15), (1, 1, 1)),
        (date(2026, 4, 14), (1, 1, 1)),
        (date(2026, 4, 15), (0, 1, 1)),
        (date(2026, 7, 14), (0, 1, 1)),
        (date(2026, 7, 15), (0, 0, 1)),
        (date(2027, 1, 14), (0, 0, 1)),
        (date(2027, 1, 15), (0, 0, 0)),
        (date(2026, 1, 14), (0, 0, 0)),
    ],
    ids=str,
)
def test_a_span_ends_with_the_day_before_its_anniversary(day: date, within: tuple[int, ...]) -> None:
    found = _rising(date(2026, 1, 15), day)
    assert tuple(span.number for span in found.rising.spans) == within
    assert tuple(span.number for span in found.lapsing.spans) == within, "counted by the last day of the category"


@pytest.mark.parametrize(
    ("on", "number"), [(date(2026, 1, 1), 12), (date(2026, 1, 2), 13), (date(2026, 1, 31), 13), (date(2024, 2, 29), 13)]
)
def test_months_follow_one_another_without_a_gap(on: date, number: int) -> None:
    months = list(months_ahead(on))
    assert len(months) == number
    assert months[0][0] == on
    assert months[-1][1] == add_months(on, 12) - _DAY
    for (_first, last), (following, _last) in pairwise(months):
        assert following == last + _DAY
        assert following.day == 1


def test_a_row_of_many_counts_as_so_many_rows() -> None:
    row = {"place": Place.RUNG, "level": "highest", "category": "first", "next_status": "met", "lapsed": True}
    many = add_up([FigureRow(**row, number=3, doubts=(("education", "above", ""),))], on=TODAY)
    assert many == add_up([FigureRow(**row, doubts=(("education", "above", ""),))] * 3, on=TODAY)
    assert (many.in_service, many.rising_now, many.lapsed, many.unknown) == (3, 3, 3, 3)
    assert many.on_rung("highest", "first") == many.with_category("first") == 3


def test_whoever_holds_no_post_counts_for_nothing_else() -> None:
    found = add_up([FigureRow(place=Place.NO_POST)], on=TODAY)
    assert (found.in_service, found.without_post) == (1, 1)
    assert (found.current.none, found.next.none, found.attestation.unknown) == (0, 0, 0)


@pytest.mark.django_db
def test_figures_can_be_kept_as_text(hr: User, staff: Organisation) -> None:
    found = figures_of_today(_view(hr, TODAY), today=TODAY)
    assert from_data(json.loads(json.dumps(as_data(found)))) == found


def test_adding_knows_no_framework() -> None:
    import subprocess
    import sys

    code = "import sys, attestation.figures; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _standings() -> Iterator[str]:
    yield from (standing.value for standing in Standing)


@pytest.mark.django_db
@pytest.mark.parametrize("standing", list(_standings()))
def test_the_list_asks_the_same_of_stored_and_of_computed_standings(
    standing: str, hr: User, staff: Organisation
) -> None:
    verdicts_renew()
    wanted = set(StoredVerdict.objects.filter(listed=True, due_standing=standing).values_list("employee", flat=True))
    wanted &= set(in_service(Employee.objects.all(), TODAY).values_list("pk", flat=True))
    asked = {"due": standing, "on": TODAY.isoformat()}
    for today in (TODAY, date(2001, 1, 1)):
        filters = RosterFilter(asked, user=hr, organisations=visible_organisations(hr), today=today)
        assert {line.employee.pk for line in roster(filters, number=1).lines} == wanted
