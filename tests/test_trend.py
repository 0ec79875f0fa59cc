"""The staff of past years: on every day the rung is that of a whole verdict, and everybody is counted once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from attestation import trend_runs, trend_selectors
from attestation.figure_selectors import scope_view
from attestation.figures import Place, Scope
from attestation.models import ExportRun
from attestation.services import evaluate_everyone, judge
from attestation.trend import YEARS, Stand, Trend, as_data, days_back, from_data, stand_on, trend
from attestation.trend_selectors import trend_at_once
from employees.models import Employee, Grant, Organisation, Unit, User
from employees.selectors import in_service
from positions.rules import Award, Category, Facts, Level, Period, RungKey, Work
from tests import law
from tests.factories import EmployeeFactory
from tests.test_evaluate import _people as invented
from tests.test_properties import ANYBODY, ON, climbers


def stand_by_verdict(facts: Facts, on: date) -> Stand | None:
    """Say where somebody stands by the whole verdict."""
    verdict = judge(facts, law.norms(), on=on)
    if verdict is None:
        return Stand(Place.NO_POST) if facts.service.covers(on) else None
    by_text = verdict.edition is not None
    if verdict.current is not None:
        return Stand(Place.RUNG, verdict.current.key, by_text)
    if verdict.edition is None:
        return Stand(Place.NO_TEXT, by_text=False)
    return Stand(Place.NO_RUNG if verdict.edition.has_categories else Place.NO_CATEGORIES)


@settings(max_examples=400)
@given(ANYBODY | climbers(), st.dates(date(2008, 1, 1), ON + timedelta(days=2000)))
def test_on_every_day_the_rung_is_that_of_the_whole_verdict(facts: Facts, on: date) -> None:
    assert stand_on(facts, law.norms(), on=on) == stand_by_verdict(facts, on)


@settings(max_examples=100)
@given(st.lists(ANYBODY | climbers(), max_size=5))
def test_everybody_in_service_stands_in_exactly_one_place(people: list[Facts]) -> None:
    days = days_back(today=ON, first=date(2015, 1, 1))
    for each in trend(people, law.norms(), days=days).days:
        assert each.in_service == sum(facts.service.covers(each.on) for facts in people)
        assert each.in_service == (
            each.on_ladder + each.without_rung + each.without_categories + each.without_text + each.without_post
        )
        assert each.with_category <= each.on_ladder


def facts(*, level: Level | None = Level.HIGHEST, position: str = "360/2.3", awards: tuple[Award, ...] = ()) -> Facts:
    """Give somebody hired on 1 February 2015, without documents."""
    period = Period(date(2015, 2, 1), None)
    return Facts(
        service=period, work=(Work(period=period, position=position, level=level, present=True),), awards=awards
    )


def test_before_a_text_is_on_file_the_level_on_record_counts_without_a_category() -> None:
    # Between 17.12.2017 and 30.06.2023 no text is on file (reading 5); reading 6 says what is then current.
    found = stand_on(facts(), law.norms(), on=date(2018, 12, 31))
    assert found == Stand(Place.RUNG, RungKey(Level.HIGHEST, Category.NONE), by_text=False)


def test_before_a_text_is_on_file_the_category_in_force_counts() -> None:
    award = Award(position="360/2.3", level=Level.AVERAGE, category=Category.FIRST, awarded_on=date(2018, 12, 31))
    somebody = facts(awards=(award,))
    assert stand_on(somebody, law.norms(), on=date(2018, 12, 30)) == Stand(
        Place.RUNG, RungKey(Level.HIGHEST, Category.NONE), by_text=False
    )
    assert stand_on(somebody, law.norms(), on=date(2018, 12, 31)) == Stand(
        Place.RUNG, RungKey(Level.AVERAGE, Category.FIRST), by_text=False
    )


def test_without_a_text_and_without_a_level_nothing_is_known() -> None:
    assert stand_on(facts(level=None), law.norms(), on=date(2018, 12, 31)) == Stand(Place.NO_TEXT, by_text=False)


def test_with_a_text_and_without_a_level_or_documents_there_is_no_rung() -> None:
    assert stand_on(facts(level=None), law.norms(), on=date(2024, 12, 31)) == Stand(Place.NO_RUNG)


def test_a_head_stands_on_no_ladder() -> None:
    somebody = facts(level=None, position="360/1.1")
    assert stand_on(somebody, law.norms(), on=date(2024, 12, 31)) == Stand(Place.NO_CATEGORIES)


def test_nobody_is_counted_before_the_first_day_of_service() -> None:
    assert stand_on(facts(), law.norms(), on=date(2015, 1, 31)) is None
    assert stand_on(facts(), law.norms(), on=date(2015, 2, 1)) is not None


def test_a_category_counts_up_to_its_last_day() -> None:
    award = Award(
        position="360/2.3",
        level=Level.HIGHEST,
        category=Category.SECOND,
        awarded_on=date(2024, 1, 1),
        valid_until=date(2025, 12, 31),
    )
    shares = [each.share for each in trend([facts(awards=(award,))], law.norms(), days=LAST_DAYS).days]
    assert shares == [100, 100, 0]


LAST_DAYS = (date(2024, 12, 31), date(2025, 12, 30), date(2025, 12, 31))


def test_the_share_is_of_those_on_a_rung_and_rounded_down() -> None:
    award = Award(position="360/2.3", level=Level.HIGHEST, category=Category.SECOND, awarded_on=date(2024, 1, 1))
    staff = [facts(awards=(award,)), facts(awards=(award,)), facts(), facts(level=None, position="360/1.1")]
    day = trend(staff, law.norms(), days=[ON]).days[0]
    assert (day.in_service, day.on_ladder, day.with_category, day.share) == (4, 3, 2, 66)
    assert trend([], law.norms(), days=[ON]).days[0].share is None


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (date(2023, 12, 31), [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31), ON]),
        (date(2024, 1, 1), [date(2024, 12, 31), date(2025, 12, 31), ON]),
        (date(2026, 1, 1), [ON]),
        (None, [ON]),
    ],
    ids=["hired-on-the-last-day", "hired-the-day-after", "hired-this-year", "nobody"],
)
def test_the_days_are_the_ends_of_the_years_with_records_and_today(first: date | None, expected: list[date]) -> None:
    assert list(days_back(today=ON, first=first)) == expected


def test_no_more_years_are_looked_at_than_fit_a_page() -> None:
    assert days_back(today=ON, first=date(1990, 1, 1), years=3)[0] == date(2023, 12, 31)


def test_on_the_last_day_of_a_year_today_is_that_day_alone() -> None:
    assert days_back(today=date(2025, 12, 31), first=date(2024, 6, 1)) == (date(2024, 12, 31), date(2025, 12, 31))


def test_a_trend_kept_as_text_is_the_same_trend() -> None:
    found: Trend = trend([facts(), facts(level=None)], law.norms(), days=[date(2018, 12, 31), ON])
    assert from_data(json.loads(json.dumps(as_data(found)))) == found


def test_every_person_done_is_told() -> None:
    told: list[int] = []
    trend([facts(), facts()], law.norms(), days=[ON], tell=told.append)
    assert sum(told) == 2


# ------------------------------------------------------------------------------------------------- in the database


@pytest.fixture
def many(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four people be as many as take a job."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(trend_selectors, "DIRECT", 4)


@pytest.fixture
def staff(organisation: Organisation, unit: Unit) -> None:
    """Give five people of whom three are in the manager's unit."""
    for number in range(5):
        EmployeeFactory(
            organisation=organisation, unit=unit if number < 3 else None, personnel_number=f"{number}", level="highest"
        )


def start(client: Client) -> ExportRun:
    client.post(reverse("figures_trend_start"), {"scope": ""})
    return ExportRun.objects.get()


@pytest.mark.django_db
def test_every_number_is_that_of_evaluate_on_its_day(admin: User) -> None:
    invented(80)
    today = timezone.localdate()
    view = scope_view(admin, Scope(), on=today)
    assert view is not None
    found = trend_at_once(view)
    assert found is not None
    assert len(found.days) == YEARS + 1
    for each in found.days:
        keys = Counter(
            judged.verdict.current and judged.verdict.current.key for judged in evaluate_everyone(on=each.on)
        )
        assert {(rung.level, rung.category): rung.number for rung in each.rungs} == {
            key: keys[key] for key in ((rung.level, rung.category) for rung in each.rungs)
        }
        assert each.in_service == in_service(Employee.objects.all(), each.on).count()
        assert each.without_post == each.in_service - sum(keys.values())
    assert found.has_unread


@pytest.mark.django_db
def test_whoever_has_left_counts_up_to_her_last_day(admin: User, organisation: Organisation) -> None:
    EmployeeFactory(organisation=organisation, level="highest", employed_until=date(2024, 12, 31))
    EmployeeFactory(organisation=organisation, level="highest", employed_until=date(2025, 1, 1))
    view = scope_view(admin, Scope(), on=ON)
    assert view is not None
    found = trend_at_once(view)
    assert found is not None
    numbers = {each.on: each.in_service for each in found.days}
    assert (numbers[date(2023, 12, 31)], numbers[date(2024, 12, 31)], numbers[ON]) == (2, 1, 0)


@pytest.mark.django_db
def test_the_page_shows_each_year_with_a_way_to_the_figures_of_its_day(client: Client, hr: User, staff: None) -> None:
    client.force_login(hr)
    page = client.get(reverse("figures_trend"), headers={"accept-language": "en"}).content.decode()
    assert '<th scope="row"><a href="/?on=2020-12-31">31.12.2020</a></th><td class="number">5</td>' in page
    assert "2019-12-31" not in page
    assert "the wording of another day is not borrowed" in page


@pytest.mark.django_db
def test_the_page_of_a_manager_counts_her_unit(client: Client, manager: User, staff: None) -> None:
    client.force_login(manager)
    page = client.get(reverse("figures_trend"), headers={"accept-language": "en"}).content.decode()
    assert '31.12.2020</a></th><td class="number">3</td>' in page
    # Heads of units export too; an auditor does not.
    assert reverse("figures_xlsx") in page


@pytest.mark.django_db
def test_an_organisation_without_people_has_no_past(client: Client, hr: User) -> None:
    client.force_login(hr)
    page = client.get(reverse("figures_trend"), headers={"accept-language": "en"}).content.decode()
    assert "Nobody is on record here yet." in page
    assert "<svg" not in page


@pytest.mark.django_db
def test_the_past_years_take_few_queries(
    hr: User, staff: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    view = scope_view(hr, Scope(), on=ON)
    assert view is not None
    with django_assert_num_queries(13):
        trend_at_once(view)


@pytest.mark.django_db
def test_many_people_are_counted_as_a_job(client: Client, hr: User, staff: None, many: None) -> None:
    client.force_login(hr)
    asked = client.get(reverse("figures_trend")).content.decode()
    assert reverse("figures_trend_start") in asked
    assert "<svg" not in asked
    run = start(client)
    assert (run.state, run.done, run.total, run.subject) == ("ready", 5, 5, "figures")
    page = client.get(reverse("figures_trend_run", args=[run.pk])).content.decode()
    assert '31.12.2020</a></th><td class="number">5</td>' in page
    assert f"trend={run.pk}" in page
    progress = client.get(reverse("figures_trend_progress", args=[run.pk]), headers={"HX-Request": "true"})
    assert progress.headers["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_a_job_that_goes_on_shows_how_far_it_is(client: Client, hr: User, staff: None, many: None) -> None:
    client.force_login(hr)
    run = start(client)
    ExportRun.objects.update(state="working", content=None, done=2)
    page = client.get(reverse("figures_trend_run", args=[run.pk])).content.decode()
    assert 'value="40"' in page
    assert "hx-trigger" in page
    assert "HX-Refresh" not in client.get(reverse("figures_trend_progress", args=[run.pk])).headers


@pytest.mark.django_db
def test_a_job_is_for_its_user_alone(client: Client, hr: User, admin: User, staff: None, many: None) -> None:
    client.force_login(hr)
    run = start(client)
    client.force_login(admin)
    for name in ("figures_trend_run", "figures_trend_progress"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 404


@pytest.mark.django_db
def test_who_may_no_longer_see_everybody_counted_sees_no_numbers(
    client: Client, hr: User, unit: Unit, staff: None, many: None
) -> None:
    client.force_login(hr)
    run = start(client)
    Grant.objects.filter(user=hr).update(unit=unit)
    assert client.get(reverse("figures_trend_run", args=[run.pk])).status_code == 404
    Grant.objects.filter(user=hr).delete()
    assert client.get(reverse("figures_trend_run", args=[run.pk])).status_code == 404


@pytest.mark.django_db
def test_a_job_whose_organisation_is_seen_no_longer_is_gone(
    client: Client, hr: User, organisation: Organisation, staff: None, many: None
) -> None:
    client.force_login(hr)
    client.post(reverse("figures_trend_start"), {"scope": organisation.bin})
    run = ExportRun.objects.get()
    assert client.get(reverse("figures_trend_run", args=[run.pk])).status_code == 200
    Grant.objects.filter(user=hr).delete()
    assert client.get(reverse("figures_trend_run", args=[run.pk])).status_code == 404


@pytest.mark.django_db
def test_a_job_that_fails_says_so_and_logs_no_text(
    client: Client,
    hr: User,
    staff: None,
    many: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ValueError("Әбдіқалықова")

    monkeypatch.setattr(trend_runs, "trend_of", broken)
    client.force_login(hr)
    run = start(client)
    assert run.state == "failed"
    assert 'role="alert"' in client.get(reverse("figures_trend_run", args=[run.pk])).content.decode()
    assert "ValueError" in caplog.text
    assert "Әбдіқалықова" not in caplog.text


@pytest.mark.django_db
def test_a_job_that_is_begun_is_not_begun_again(client: Client, hr: User, staff: None, many: None) -> None:
    client.force_login(hr)
    run = start(client)
    ExportRun.objects.update(state="working", content=None)
    trend_runs.trend_write.call(run.pk)
    assert ExportRun.objects.get().content is None


@pytest.mark.django_db
def test_jobs_of_days_before_are_thrown_away(client: Client, hr: User, staff: None, many: None) -> None:
    client.force_login(hr)
    old = start(client)
    ExportRun.objects.update(created_at=timezone.now() - timedelta(days=1, hours=1))
    client.post(reverse("figures_trend_start"), {"scope": ""})
    assert not ExportRun.objects.filter(pk=old.pk).exists()
    assert ExportRun.objects.count() == 1


@pytest.mark.django_db
def test_a_job_tells_how_far_it_is_while_it_counts(
    client: Client, hr: User, staff: None, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    whole = trend_runs.trend_of

    def watched(*args: Any, tell: Any, **more: Any) -> Trend:
        def tell_and_look(done: int) -> None:
            tell(done)
            told.append(ExportRun.objects.get().done)

        return whole(*args, tell=tell_and_look, **more)

    monkeypatch.setattr(trend_runs, "_TOLD_EVERY", 2)
    monkeypatch.setattr(trend_runs, "trend_of", watched)
    client.force_login(hr)
    start(client)
    assert told == [0, 2, 2, 4, 4]
