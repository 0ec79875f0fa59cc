"""The list of employees: who is found, in which order, at what cost, and what leaves it as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from attestation.filters import DOUBTS, RosterFilter
from attestation.roster import roster
from attestation.verdicts import verdicts_renew
from employees.access import visible_organisations
from employees.codes import Role
from employees.models import Employee, Organisation, ReadLog, Unit, User
from positions.codes import Category, Level
from tests.factories import (
    AwardFactory,
    EducationFactory,
    EmployeeFactory,
    GrantFactory,
    UnitFactory,
    UserFactory,
    full_record,
    position,
)

pytestmark = pytest.mark.django_db
IIN = "900101400009"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def _numbers(response: Any) -> list[str]:
    """The personnel numbers of a list, in its order."""
    return re.findall(r'data-personnel-number="([^"]*)"', response.content.decode())


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _person(
    organisation: Organisation, number: str, name: str = "Әбдіқалықова Айгүл Серікқызы", **told: Any
) -> Employee:
    last, first, patronymic = [*name.split(), "", ""][:3]
    person: Employee = EmployeeFactory(
        organisation=organisation,
        personnel_number=number,
        last_name=last,
        first_name=first,
        patronymic=patronymic,
        **told,
    )
    return person


@pytest.fixture
def various(organisation: Organisation, unit: Unit) -> Organisation:
    """People with verdicts of many kinds."""
    full_record(organisation=organisation, unit=unit, personnel_number="1", level="highest")
    newcomer = EmployeeFactory(
        organisation=organisation, personnel_number="2", hired_on=date(2026, 1, 1), level="highest"
    )
    EducationFactory(employee=newcomer)
    EmployeeFactory(organisation=organisation, personnel_number="3", level="highest")
    vague = EmployeeFactory(organisation=organisation, personnel_number="4", level="average")
    EducationFactory(employee=vague, fields=[])
    top = EmployeeFactory(organisation=organisation, personnel_number="5", level="highest")
    EducationFactory(employee=top)
    AwardFactory(employee=top, category="highest")
    EmployeeFactory(organisation=organisation, personnel_number="6", position=position("360/1.3"))
    EmployeeFactory(organisation=organisation, personnel_number="7", position=position("360/2.9"), level="average")
    promoted = EmployeeFactory(organisation=organisation, personnel_number="8", appointed_on=date(2099, 1, 1))
    EducationFactory(employee=promoted)
    return organisation


# ---------------------------------------------------------------------------------------------------------- searching


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("абд", ["1"]),
        ("айгул серик абдикал", ["1"]),
        ("ӘБДІ", ["1"]),
        ("Айгүл  Әбдіқалықова", ["1"]),
        ("семен", ["2"]),
        ("0007", ["3"]),
        ("абд семен", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_name_is_found_by_any_part_in_any_order_from_a_russian_keyboard(
    asked: str, found: list[str], client: Client, hr: User, organisation: Organisation
) -> None:
    _person(organisation, "1")
    _person(organisation, "2", "Ким Семён")
    _person(organisation, "A-0007", "Цой Алина")
    client.force_login(hr)
    numbers = _numbers(client.get("/employees/", {"q": asked}))
    assert numbers == [{"3": "A-0007"}.get(number, number) for number in found]


def test_only_who_may_see_an_iin_finds_by_it(
    client: Client, hr: User, manager: User, organisation: Organisation, unit: Unit
) -> None:
    _person(organisation, "1", iin=IIN, unit=unit)
    client.force_login(hr)
    assert _numbers(client.post("/employees/", {"q": IIN}, **HTMX)) == ["1"]
    assert _numbers(client.post("/employees/", {"q": IIN[:11]}, **HTMX)) == [], "a part of an IIN finds nobody"
    client.force_login(manager)
    assert _numbers(client.get("/employees/")) == ["1"]
    assert _numbers(client.post("/employees/", {"q": IIN}, **HTMX)) == []


@pytest.mark.parametrize("asked", [IIN, "900101 400009", "9001014"])
def test_no_part_of_an_iin_comes_into_an_address(
    asked: str, client: Client, hr: User, organisation: Organisation
) -> None:
    _person(organisation, "1", iin=IIN)
    client.force_login(hr)
    fragment = client.post("/employees/", {"q": asked, "sort": "-number"}, **HTMX)
    assert fragment["HX-Push-Url"] == "/employees/?sort=-number"
    page = client.post("/employees/", {"q": asked})
    assert page.status_code == 200, "shown at once: a redirection would carry it into the address"
    for response in (fragment, page):
        assert not re.search(r'(href|hx-get|hx-post)="[^"]*q=', response.content.decode())


def test_a_search_is_answered_at_an_address_that_holds_it(client: Client, hr: User, organisation: Organisation) -> None:
    _person(organisation, "1")
    client.force_login(hr)
    asked = {"q": "абд", "sort": "-number", "status": "", "on": timezone.localdate().isoformat(), "page": "1"}
    response = client.post("/employees/", asked)
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert parse_qs(address.query) == {"q": ["абд"], "sort": ["-number"]}, "what is usual is left out"
    assert client.post("/employees/", asked, **HTMX)["HX-Push-Url"] == response["Location"]
    assert _numbers(client.get(response["Location"])) == ["1"]


def test_a_fragment_is_the_list_alone_and_a_page_restored_is_whole(
    client: Client, hr: User, organisation: Organisation
) -> None:
    _person(organisation, "1")
    client.force_login(hr)
    assert "<html" not in client.get("/employees/", **HTMX).content.decode()
    restored = client.get("/employees/", **HTMX, HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert "<html" in restored.content.decode()


# ---------------------------------------------------------------------------------------------------------- filtering


def _filters(user: User, today: date, **asked: Any) -> RosterFilter:
    return RosterFilter(asked, user=user, organisations=visible_organisations(user), today=today)


def _asked_of_verdicts() -> Iterable[dict[str, str]]:
    yield from ({"level": value} for value in [*Level.values, "-"])
    yield from ({"category": value} for value in [*Category.values, "-"])
    yield from ({"status": value} for value in ["met", "not_met", "unknown", "-"])
    yield from ({"doubts": value} for value, _label in DOUBTS)
    yield from ({"position": value} for value in ["360/2.3", "специалист", "әлеуметтік жұмыс", "zzz"])
    yield from ({"sort": value} for value in ["status", "-status", "reachable", "-reachable"])
    yield {"reachable": "2028-01-01"}
    yield {"reachable": "2035-01-01", "level": "highest"}


@pytest.mark.parametrize("asked", list(_asked_of_verdicts()), ids=str)
def test_stored_and_computed_verdicts_are_filtered_and_sorted_alike(
    asked: dict[str, str], hr: User, various: Organisation
) -> None:
    today = timezone.localdate()
    stored = roster(_filters(hr, today, **asked), number=1)
    computed = roster(_filters(hr, date(2001, 1, 1), on=today.isoformat(), **asked), number=1)
    assert [line.employee.personnel_number for line in stored.lines] == [
        line.employee.personnel_number for line in computed.lines
    ]
    assert stored.total == computed.total
    assert stored.total == len(stored.lines)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"status": "met"}, lambda person: person.verdict.next_status == "met"),
        ({"status": "-"}, lambda person: person.verdict.listed and not person.verdict.next_status),
        ({"category": "highest"}, lambda person: person.personnel_number == "5"),
        ({"doubts": "any"}, lambda person: person.verdict.doubts),
        ({"doubts": "education"}, lambda person: any(doubt[0] == "education" for doubt in person.verdict.doubts)),
        ({"position": "360/1.3"}, lambda person: person.personnel_number == "6"),
        ({"unit": "үйде күтім"}, lambda person: person.personnel_number == "1"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "fits",
)
def test_a_filter_keeps_who_fits_and_nobody_else(
    asked: dict[str, str], fits: Callable[[Employee], Any], client: Client, hr: User, various: Organisation
) -> None:
    client.force_login(hr)
    verdicts_renew()
    everybody = Employee.objects.select_related("verdict").order_by("personnel_number")
    wanted = [person.personnel_number for person in everybody if fits(person)]
    assert 0 < len(wanted) < len(everybody)
    assert _numbers(client.get("/employees/", {**asked, "sort": "number"})) == wanted


def test_a_unit_is_found_with_what_lies_below_it(client: Client, hr: User, organisation: Organisation) -> None:
    above = UnitFactory(organisation=organisation, name="Қызметтер басқармасы")
    below = UnitFactory(organisation=organisation, name="Оңалту бөлімі", parent=above)
    _person(organisation, "1", unit=below)
    _person(organisation, "2", unit=UnitFactory(organisation=organisation, name="Есеп бөлімі"))
    client.force_login(hr)
    assert _numbers(client.get("/employees/", {"unit": "кызметтер"})) == ["1"]
    assert _numbers(client.get("/employees/", {"unit": "Оңалту бөлімі"})) == ["1"]
    assert _numbers(client.get("/employees/", {"unit": "бөлімі"})) == ["1", "2"]


def test_the_dismissed_are_listed_instead_of_those_in_service(
    client: Client, hr: User, organisation: Organisation
) -> None:
    _person(organisation, "1")
    _person(organisation, "2", employed_until=date(2024, 5, 2))
    client.force_login(hr)
    assert _numbers(client.get("/employees/")) == ["1"]
    left = client.get("/employees/?people=left")
    assert _numbers(left) == ["2"]
    assert "Dismissed; last day: 01.05.2024" in _words(left)
    assert _numbers(client.get("/employees/?people=left&on=2024-05-01")) == []
    assert _numbers(client.get("/employees/?people=left&on=2024-05-02")) == ["2"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("organisation", "000000000000"),
        ("level", "x"),
        ("category", "x"),
        ("status", "x"),
        ("doubts", "x"),
        ("people", "x"),
        ("reachable", "soon"),
        ("on", "soon"),
        ("sort", "x"),
        ("columns", "x"),
        ("page", "0"),
        ("page", "x"),
        ("q", "x" * 201),
        ("unit", "x" * 301),
        ("position", "x" * 301),
    ],
)
@pytest.mark.parametrize("how", ["get", "post", "htmx"])
def test_a_wrong_value_is_named_in_place_and_passed_over(
    how: str, name: str, wrong: str, client: Client, hr: User, organisation: Organisation
) -> None:
    _person(organisation, "1")
    client.force_login(hr)
    asked = {name: wrong}
    response = {
        "get": lambda: client.get("/employees/", asked),
        "post": lambda: client.post("/employees/", asked),
        "htmx": lambda: client.post("/employees/", asked, **HTMX),
    }[how]()
    assert response.status_code == 200
    assert f'id="{name}-problem"' in response.content.decode()
    assert _numbers(response) == ["1"]


# ------------------------------------------------------------------------------------------------- order and columns


def test_names_stand_in_kazakh_order(client: Client, hr: User, organisation: Organisation) -> None:
    ordered = [
        "Абаев",
        "Әбдіров",
        "Бек",
        "Ғали",
        "Дос",
        "Қасым",
        "Лев",
        "Ңа",
        "Өтеген",
        "Ұлы",
        "Үсен",
        "Һа",
        "Ыбы",
        "Іле",
        "Эрик",
    ]
    for number, name in enumerate(sorted(ordered)):
        _person(organisation, str(number), name)
    names = {str(number): name for number, name in enumerate(sorted(ordered))}
    client.force_login(hr)
    assert [names[number] for number in _numbers(client.get("/employees/"))] == ordered
    assert [names[number] for number in _numbers(client.get("/employees/?sort=-name"))] == ordered[::-1]


@pytest.mark.parametrize("sort", ["number", "position", "status", "reachable"])
def test_a_heading_sorts_and_turns_the_order_round(sort: str, client: Client, hr: User, various: Organisation) -> None:
    client.force_login(hr)
    content = client.get(f"/employees/?sort={sort}").content.decode()
    assert content.count('aria-sort="ascending"') == 1
    assert f'href="/employees/?sort=-{sort}"' in content
    assert client.get(f"/employees/?sort=-{sort}").content.decode().count('aria-sort="descending"') == 1


def test_who_has_no_day_stands_last_in_both_directions(client: Client, hr: User, various: Organisation) -> None:
    client.force_login(hr)
    forth, back = (_numbers(client.get(f"/employees/?sort={sort}")) for sort in ("reachable", "-reachable"))
    dated = set(Employee.objects.filter(verdict__reachable_on__isnull=False).values_list("personnel_number", flat=True))
    assert dated
    assert set(forth[: len(dated)]) == set(back[: len(dated)]) == dated
    assert forth[: len(dated)] == back[: len(dated)][::-1]


def test_columns_are_chosen_and_kept_in_the_address(client: Client, hr: User, organisation: Organisation) -> None:
    _person(organisation, "1", iin=IIN)
    client.force_login(hr)
    content = client.get("/employees/?columns=iin&columns=hired&q=абд").content.decode()
    assert IIN in content
    assert 'class="column-hired"' in content
    assert 'column-position"' not in content.split("<table")[1]
    assert "columns=iin&amp;columns=hired" in content
    assert IIN not in client.get("/employees/").content.decode()


def test_an_iin_is_no_column_for_who_may_not_see_it_and_masked_outside_her_right(
    client: Client, hr: User, manager: User, organisation: Organisation, other_organisation: Organisation, unit: Unit
) -> None:
    _person(organisation, "1", iin=IIN, unit=unit)
    client.force_login(manager)
    for address in ("/employees/?columns=iin", "/employees/export.csv?columns=iin"):
        response = client.get(address)
        content = b"".join(response).decode()
        assert IIN[-4:] not in content
        assert 'value="iin"' not in content
    GrantFactory(user=hr, organisation=other_organisation, role=Role.MANAGER)
    _person(other_organisation, "2", iin="880101400001")
    client.force_login(hr)
    content = client.get("/employees/?columns=iin").content.decode()
    assert IIN in content
    assert "880101400001" not in content
    assert "••••••••0001" in content


# ------------------------------------------------------------------------------------------------------------ queries


@pytest.mark.parametrize("people", [3, 60])
@pytest.mark.parametrize("who", ["admin", "hr", "manager"])
@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?q=абд&columns=iin&columns=organisation&columns=doubts",
        "?unit=бөлімі&position=специалист&status=not_met&sort=reachable",
        "?on=2025-06-01",
        "?on=2025-06-01&status=not_met&sort=-status",
    ],
)
def test_the_list_asks_at_most_15_queries(
    people: int,
    who: str,
    asked: str,
    request: pytest.FixtureRequest,
    client: Client,
    organisation: Organisation,
    unit: Unit,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for index in range(people):
        EmployeeFactory(organisation=organisation, unit=unit, personnel_number=f"n{index:03d}")
    verdicts_renew()
    client.force_login(request.getfixturevalue(who))
    with django_assert_max_num_queries(15):
        client.get(f"/employees/{asked}")


# ---------------------------------------------------------------------------------------------------- search-selects


def test_a_field_searches_units_among_those_of_the_people_one_sees(
    client: Client, hr: User, manager: User, organisation: Organisation, unit: Unit
) -> None:
    _person(organisation, "1", unit=unit)
    _person(organisation, "2", unit=UnitFactory(organisation=organisation, name="Күтім есебі"))
    address = reverse("employee_choices", args=["unit"])
    client.force_login(hr)
    assert client.get(address, {"unit": "кутим"}).content.decode().count("<option") == 2
    client.force_login(manager)
    content = client.get(address).content.decode()
    assert unit.name in content
    assert "есебі" not in content


def test_a_field_searches_positions_in_every_language_and_never_lists_all(client: Client, hr: User) -> None:
    client.force_login(hr)
    address = reverse("employee_choices", args=["position"])
    assert client.get(address).content.decode().count("<option") == 20
    assert "360/2.3" in client.get(address, {"position": "специалист по социальной работе"}).content.decode()
    assert client.get(address, {"position": "zzz"}).content.decode().strip() == ""
    assert client.get(reverse("employee_choices", args=["employee"])).status_code == 404


# ------------------------------------------------------------------------------------------------------------ exports


def _csv(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))


def _xlsx(response: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(b"".join(response)))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


@pytest.mark.parametrize("on", ["", "&on=2025-06-01"])
def test_an_export_holds_exactly_what_the_list_shows(on: str, client: Client, hr: User, various: Organisation) -> None:
    client.force_login(hr)
    query = f"?columns=number&columns=next&columns=reachable&columns=doubts&sort=-status&level=highest{on}"
    shown = _numbers(client.get(f"/employees/{query}"))
    assert shown
    plain, book = _csv(client.get(f"/employees/export.csv{query}")), _xlsx(client.get(f"/employees/export.xlsx{query}"))
    assert plain[0] == book[0] == [
        "Name", "Personnel number", "Next rung and its requirements", "Reachable on", "What keeps it unknown",
    ]  # fmt: skip
    assert [row[1] for row in plain[1:]] == [row[1] for row in book[1:]] == shown


def test_what_begins_like_a_formula_is_a_text(client: Client, hr: User, organisation: Organisation) -> None:
    _person(organisation, "+1", "=1+2")
    client.force_login(hr)
    assert _csv(client.get("/employees/export.csv"))[1][:2] == ["'=1+2", ""]
    book = load_workbook(io.BytesIO(b"".join(client.get("/employees/export.xlsx"))))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+2", "s")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_only_who_may_export_does_and_only_whom_she_may(
    suffix: str, client: Client, hr: User, manager: User, stranger: User, organisation: Organisation, unit: Unit
) -> None:
    _person(organisation, "1", unit=unit)
    _person(organisation, "2")
    read = {"xlsx": _xlsx, "csv": _csv}[suffix]
    address = f"/employees/export.{suffix}?columns=number"
    for user, numbers in ((hr, ["1", "2"]), (manager, ["1"]), (stranger, [])):
        client.force_login(user)
        assert [row[1] for row in read(client.get(address))[1:]] == numbers
    auditor = UserFactory(username="auditor")
    GrantFactory(user=auditor, organisation=organisation, role=Role.AUDITOR)
    client.force_login(auditor)
    assert "Export this list" not in _words(client.get("/employees/"))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_who_is_exported_by_whom_is_noted(suffix: str, client: Client, hr: User, organisation: Organisation) -> None:
    exported = _person(organisation, "1")
    _person(organisation, "2", "Ким Семён")
    client.force_login(hr)
    b"".join(client.get(f"/employees/export.{suffix}?q=абд"))
    assert list(ReadLog.objects.values_list("user", "employee", "kind")) == [(hr.pk, exported.pk, "export")]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_export_asks_as_much_for_3_as_for_30(
    suffix: str, client: Client, hr: User, organisation: Organisation, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for index in range(30):
        EmployeeFactory(organisation=organisation, personnel_number=f"n{index:03d}")
    verdicts_renew()
    client.force_login(hr)
    with django_assert_max_num_queries(11):
        b"".join(client.get(f"/employees/export.{suffix}?columns=iin&columns=position"))


# ---------------------------------------------------------------------------------------------------- saying what to do


def test_an_empty_list_says_what_to_do(client: Client, hr: User) -> None:
    client.force_login(hr)
    assert "import the organisation's workbook" in _words(client.get("/employees/"))
    assert "take a filter away" in _words(client.get("/employees/?status=met"))


def test_the_list_is_measured(organisation: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    _person(organisation, "1")
    call_command("bench_list", rounds=1)
    assert "export xlsx" in capsys.readouterr().out
    assert not User.objects.filter(username="bench-list").exists()
