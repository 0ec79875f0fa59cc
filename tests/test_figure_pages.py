"""The pages of figures: who sees which, what they cost, figures that are jobs, charts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attestation import figure_runs, figure_selectors
from attestation.changes import announce
from attestation.figure_page import figures_page
from attestation.figure_selectors import ScopeView, figures_of_today, scope_view
from attestation.figures import Scope
from attestation.models import ExportRun
from attestation.verdicts import verdicts_renew
from employees.codes import Role
from employees.experience import add_months
from employees.models import Employee, Grant, Organisation, Unit, User
from employees.selectors import in_service
from tests.factories import GrantFactory, UnitFactory, UserFactory, position
from tests.staff import TODAY, make_staff, person

pytestmark = pytest.mark.django_db
PAST = add_months(TODAY, -12)


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def staff(organisation: Organisation, unit: Unit) -> Organisation:
    """People of whom every figure counts some."""
    make_staff(unit)
    return organisation


def _view(user: User, on: date, scope: Scope | None = None) -> ScopeView:
    found = scope_view(user, scope or Scope(), on=on)
    assert found is not None
    return found


# -------------------------------------------------------------------------------------------------------------- rights


def _value(organisation: Organisation, unit: Unit | None = None) -> str:
    return f"{organisation.bin}-{unit.pk}" if unit else organisation.bin


def test_a_manager_chooses_among_her_units_alone(
    client: Client, manager: User, staff: Organisation, unit: Unit
) -> None:
    client.force_login(manager)
    content = client.get("/").content.decode()
    assert f'value="{_value(staff, Unit.objects.get(parent=unit))}"' in content
    assert "Есеп бөлімі" not in content


def test_a_unit_is_counted_with_those_below_it(hr: User, staff: Organisation, unit: Unit) -> None:
    scope = Scope(organisation=staff.bin, unit=unit.pk)
    found = figures_of_today(_view(hr, TODAY, scope), today=TODAY)
    beneath = Unit.objects.get(parent=unit)
    assert found.in_service == in_service(Employee.objects.filter(unit__in=[unit, beneath]), TODAY).count()
    assert found.scope == scope


def test_no_scope_tells_of_what_one_may_not_see(
    client: Client, hr: User, manager: User, staff: Organisation, unit: Unit, other_organisation: Organisation
) -> None:
    foreign = UnitFactory(organisation=other_organisation)
    beside = Unit.objects.get(name="Есеп бөлімі")
    hidden = {
        "hr": [_value(other_organisation), _value(other_organisation, foreign), _value(staff, foreign), "x", "1-1"],
        "manager": [_value(staff, beside), _value(other_organisation)],
    }
    for user, name in ((hr, "hr"), (manager, "manager")):
        client.force_login(user)
        for value in [*hidden[name], "999999999999", f"{staff.bin}-999999"]:
            assert client.get("/", {"scope": value}).status_code == 404, value
            asked = {"scope": value, "on": PAST.isoformat()}
            assert client.post(reverse("figures_start"), asked).status_code == 404, value
    assert not ExportRun.objects.exists()
    client.force_login(manager)
    assert client.get("/", {"scope": _value(staff, unit)}).status_code == 200


def test_who_sees_nobody_is_told_what_to_do_next(client: Client) -> None:
    client.force_login(UserFactory())
    content = client.get("/").content.decode()
    assert "Ask an administrator to give you a right in your organisation" in content
    assert 'name="scope"' not in content


def test_a_day_on_which_nobody_was_in_service_says_so(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    assert "Nobody was in service on this day." in client.get("/", {"on": "1990-01-01"}).content.decode()


def test_what_is_no_day_is_said_in_place_and_today_is_shown(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    content = client.get("/", {"on": "soon"}).content.decode()
    assert 'id="on-problem"' in content
    assert f'value="{TODAY.isoformat()}"' in content


# ------------------------------------------------------------------------------------------------------------- queries


@pytest.mark.parametrize("who", ["admin", "hr", "manager"])
@pytest.mark.parametrize("scope", ["all", "unit"])
def test_the_page_asks_as_much_for_5_as_for_60_people(
    who: str,
    scope: str,
    request: pytest.FixtureRequest,
    client: Client,
    organisation: Organisation,
    unit: Unit,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client.force_login(request.getfixturevalue(who))
    asked = {"scope": _value(organisation, unit)} if scope == "unit" else {}
    numbers = []
    for people in (5, 60):
        for index in range(people):
            person(f"{people}-{index}", unit, position=position(("360/2.3", "360/2.9", "360/1.3")[index % 3]))
        verdicts_renew()
        with django_assert_max_num_queries(15) as captured:
            client.get("/", asked)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_another_day_asks_as_much_for_5_as_for_60_people(
    client: Client, hr: User, unit: Unit, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.force_login(hr)
    numbers = []
    for people in (5, 60):
        for index in range(people):
            person(f"{people}-{index}", unit)
        with django_assert_max_num_queries(30) as captured:
            client.get("/", {"on": PAST.isoformat()})
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


# ----------------------------------------------------------------------------------------------------------------- jobs


@pytest.fixture
def at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run jobs where they are begun, and begin one for more than five people."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(figure_selectors, "DIRECT", 5)


def _start(client: Client, on: date = PAST, scope: str = "") -> ExportRun:
    response = client.post(reverse("figures_start"), {"on": on.isoformat(), "scope": scope})
    assert response.status_code == 302
    run = ExportRun.objects.latest("pk")
    assert response["Location"] == reverse("figures_run", args=[run.pk])
    return run


def _links(content: str) -> dict[str, str]:
    return dict(re.findall(r'<a href="(/employees/[^"]*)">(?:<strong>)?([0-9]+)<', content))


@pytest.mark.usefixtures("at_once")
def test_many_people_are_counted_by_a_job_as_few_are_at_once(
    client: Client, hr: User, staff: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(hr)
    asked = {"on": PAST.isoformat()}
    offered = client.get("/", asked).content.decode()
    assert reverse("figures_start") in offered
    assert not _links(offered)
    run = _start(client)
    assert (run.state, run.percent, run.done) == ("ready", 100, run.total)
    counted = client.get(reverse("figures_run", args=[run.pk])).content.decode()
    monkeypatch.setattr(figure_selectors, "DIRECT", 1000)
    assert len(_links(counted)) > 20
    assert _links(counted) == _links(client.get("/", asked).content.decode())
    assert all(parse_qs(urlsplit(address).query)["on"] == [asked["on"]] for address in map(_plain, _links(counted)))


def _plain(address: str) -> str:
    return address.replace("&amp;", "&")


@pytest.mark.usefixtures("at_once")
def test_today_needs_no_job_for_any_number_of_people(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    content = client.get("/").content.decode()
    assert reverse("figures_start") not in content
    assert _links(content)


@pytest.mark.usefixtures("at_once")
def test_nobody_else_meets_the_figures_of_a_job(client: Client, hr: User, admin: User, staff: Organisation) -> None:
    client.force_login(hr)
    run = _start(client)
    export = ExportRun.objects.create(user=hr, query="", suffix="csv", language="kk", state="ready", content=b"a")
    assert client.get(reverse("figures_run", args=[export.pk])).status_code == 404, "a list is no figures"
    for name in ("export_run", "export_file"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 404, "figures are no list"
    client.force_login(admin)
    for name in ("figures_run", "figures_progress"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 404


@pytest.mark.usefixtures("at_once")
def test_a_right_withdrawn_hides_what_was_counted(client: Client, hr: User, staff: Organisation, unit: Unit) -> None:
    client.force_login(hr)
    whole, part = _start(client), _start(client, scope=_value(staff, unit))
    Grant.objects.filter(user=hr).update(unit=unit)
    assert client.get(reverse("figures_run", args=[whole.pk])).status_code == 404
    assert client.get(reverse("figures_run", args=[part.pk])).status_code == 200
    Grant.objects.filter(user=hr).delete()
    assert client.get(reverse("figures_run", args=[part.pk])).status_code == 404


@pytest.mark.usefixtures("at_once")
def test_rights_are_asked_for_when_the_job_runs(hr: User, staff: Organisation, unit: Unit) -> None:
    view = _view(hr, PAST, Scope(organisation=staff.bin))
    waiting = figure_runs.figures_run_start(user=hr, view=view, on=PAST, language="en")
    ExportRun.objects.filter(pk=waiting.pk).update(state="waiting", content=None)
    Grant.objects.filter(user=hr).update(unit=unit)
    figure_runs.figures_write.call(waiting.pk)
    hr = User.objects.get(pk=hr.pk)
    found = figure_runs.figures_run(hr, waiting.pk)
    assert found is not None
    assert found.figures is not None
    assert found.figures.in_service == in_service(_view(hr, TODAY).people(), PAST).count()
    ExportRun.objects.filter(pk=waiting.pk).update(state="waiting", content=None)
    Grant.objects.filter(user=hr).delete()
    figure_runs.figures_write.call(waiting.pk)
    assert ExportRun.objects.get(pk=waiting.pk).state == "failed"


def test_a_job_that_waits_tells_how_far_it_is(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    run = _start(client)
    ExportRun.objects.filter(pk=run.pk).update(state="working", done=3, total=12)
    for name in ("figures_run", "figures_progress"):
        content = client.get(reverse(name, args=[run.pk])).content.decode()
        assert 'value="25"' in content
        assert reverse("figures_progress", args=[run.pk]) in content


@pytest.mark.usefixtures("at_once")
def test_the_progress_gives_way_to_the_figures(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    address = reverse("figures_progress", args=[_start(client).pk])
    assert client.get(address, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(address)


@pytest.mark.usefixtures("at_once")
def test_a_failure_is_told_without_a_word_of_what_failed(
    client: Client,
    hr: User,
    staff: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_arguments: Any, **_named: Any) -> None:
        raise OSError("Ахметов")

    monkeypatch.setattr(figure_runs, "figures_of_day", broken)
    client.force_login(hr)
    run = _start(client)
    assert run.state == "failed"
    assert 'role="alert"' in client.get(reverse("figures_run", args=[run.pk])).content.decode()
    assert "OSError" in caplog.text
    assert "Ахметов" not in caplog.text


@pytest.mark.usefixtures("at_once")
def test_figures_are_thrown_away_after_a_day(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    old = _start(client)
    ExportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    _start(client)
    assert not ExportRun.objects.filter(pk=old.pk).exists()


def test_a_job_needs_a_day(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    for on in ("", "soon"):
        assert client.post(reverse("figures_start"), {"on": on}).status_code == 404


# --------------------------------------------------------------------------------------------------------------- charts


def test_charts_bring_nothing_but_shapes_and_words(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    charts = re.findall(r"<svg.*?</svg>", client.get("/").content.decode(), re.DOTALL)
    assert len(charts) == 2
    for chart in charts:
        assert re.search(r'role="img" aria-label="[^"]+"', chart)
        assert "<rect" in chart
        for foreign in ("<script", "<style", "style=", "<defs", "<a ", "onclick", "http://pygal", "tooltip-overlay"):
            assert foreign not in chart


def test_a_chart_says_the_numbers_of_its_table(client: Client, hr: User, staff: Organisation) -> None:
    client.force_login(hr)
    content = client.get("/").content.decode()
    chart = next(iter(re.findall(r"<svg.*?</svg>", content, re.DOTALL)))
    drawn = sorted(int(number) for number in re.findall(r'class="value">([0-9]+)<', chart))
    view = _view(hr, TODAY)
    page = figures_page(figures_of_today(view, today=TODAY), view, today=TODAY)
    assert drawn == sorted(shown.number for _level, row in page.rungs for shown in row)


def test_the_grants_of_another_organisation_are_counted_for_their_user_alone(
    stranger: User, staff: Organisation, other_organisation: Organisation
) -> None:
    person("1", UnitFactory(organisation=other_organisation))
    announce()
    assert figures_of_today(_view(stranger, TODAY), today=TODAY).in_service == 1
    GrantFactory(user=stranger, organisation=staff, role=Role.AUDITOR)
    again = User.objects.get(pk=stranger.pk)
    assert figures_of_today(_view(again, TODAY), today=TODAY).in_service > 1
