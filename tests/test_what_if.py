"""What if: a supposition is judged like a record, changes nothing, and fits into an address."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from attestation.services import evaluate_employee, judge
from attestation.suppositions import Supposition, Transfer, judge_supposed, suppose, under_edition
from attestation.what_if import case_of
from attestation.what_if_form import WhatIfForm, edition_key
from employees.facts import present_post
from employees.models import Employee, Organisation, ReadLog, Unit, User
from employees.services import employee_transfer, record_add
from employees.services.employment import Post
from positions import rules
from positions.rules import Facts, Period
from tests import law
from tests.factories import EducationFactory, EmployeeFactory, WorkFactory, full_record, position
from tests.test_properties import ANYBODY, HEADS, LADDERS, ON, climbers, diplomas
from tests.test_properties import awards as drawn_awards
from tests.test_properties import certificates as drawn_certificates

#: The session, the user and her rights, the person she may see, and that she was looked at before.
WHO_ASKS = 6
NOTHING = Supposition()
DAYS = st.dates(date(2011, 1, 1), date(2031, 12, 31))


# ---------------------------------------------------------------------------------------------------------- pure rules


def test_suppositions_need_no_framework() -> None:
    code = "import attestation.suppositions, sys; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=settings.BASE_DIR).returncode == 0


@hypothesis_settings(max_examples=300)
@given(ANYBODY | climbers(), DAYS)
def test_supposing_nothing_gives_the_verdict_on_record(facts: Facts, on: date) -> None:
    recorded = judge(facts, law.norms(), on=on)
    assert judge_supposed(facts, law.norms(), NOTHING, on=on) == recorded
    assert judge_supposed(facts, law.norms(), Supposition(on=on), on=ON) == recorded


@hypothesis_settings(max_examples=300)
@given(ANYBODY, DAYS, st.data())
def test_a_supposed_record_counts_like_the_same_record_on_file(facts: Facts, on: date, data: st.DataObject) -> None:
    """The records come in the order of their days from the database; what is supposed comes last."""
    code = next(work.position for work in facts.work if work.present)
    assert code is not None
    diploma = data.draw(st.none() | diplomas)
    certificate = data.draw(st.none() | drawn_certificates)
    award = data.draw(st.none() | drawn_awards(code))
    saved = replace(
        facts,
        education=tuple(sorted([*facts.education, *filter(None, [diploma])], key=lambda each: each.graduated_on)),
        certificates=tuple(
            sorted([*facts.certificates, *filter(None, [certificate])], key=lambda each: each.issued_on)
        ),
        awards=tuple(sorted([*facts.awards, *filter(None, [award])], key=lambda each: each.awarded_on)),
    )
    supposition = Supposition(diploma=diploma, certificate=certificate, award=award)
    expected, found = judge(saved, law.norms(), on=on), judge_supposed(facts, law.norms(), supposition, on=on)
    assert (expected and law.told(expected)) == (found and law.told(found))


@hypothesis_settings(max_examples=300)
@given(ANYBODY, st.sampled_from(LADDERS + HEADS), st.integers(1, 900), st.integers(0, 900), st.data())
def test_a_supposed_transfer_counts_like_a_transfer_on_file(
    facts: Facts, code: str, after: int, later: int, data: st.DataObject
) -> None:
    """On file, the old post is a record of earlier work that ends the day before, the new one the present post."""
    *earlier, present = facts.work
    day = present.period.start + timedelta(days=after)
    on = day + timedelta(days=later)
    level = data.draw(st.sampled_from([None, *rules.Level])) if code in LADDERS else None
    left = replace(present, present=False, period=Period(present.period.start, min(day, present.period.end or day)))
    taken = present_post(
        position=code, level=level or "", appointed_on=day, until=facts.service.end, sphere=present.sphere
    )
    saved = replace(facts, work=(left, *earlier, taken))
    supposition = Supposition(transfer=Transfer(position=code, level=level, on=day))
    expected, found = judge(saved, law.norms(), on=on), judge_supposed(facts, law.norms(), supposition, on=on)
    assert (expected and law.told(expected)) == (found and law.told(found))
    if found is not None:
        assert found.position == code


@hypothesis_settings(max_examples=200)
@given(ANYBODY, st.integers(1, 400))
def test_before_the_transfer_the_old_post_is_judged(facts: Facts, ahead: int) -> None:
    day = ON + timedelta(days=ahead)
    found = judge_supposed(
        facts, law.norms(), Supposition(transfer=Transfer(position="360/2.9", on=day)), on=day - timedelta(days=1)
    )
    recorded = judge(facts, law.norms(), on=day - timedelta(days=1))
    assert (found is None) == (recorded is None)
    if found is not None and recorded is not None:
        assert (found.position, found.current, found.current_status) == (
            recorded.position,
            recorded.current,
            recorded.current_status,
        )


def test_a_post_that_begins_on_the_day_of_the_transfer_gives_way_to_it() -> None:
    facts = law.facts({"hired_on": date(2026, 1, 10)}, position="360/2.3")
    supposed = suppose(facts, Supposition(transfer=Transfer(position="360/2.9", on=date(2026, 1, 10))))
    assert [(work.position, work.period.start) for work in supposed.work] == [("360/2.9", date(2026, 1, 10))]


@hypothesis_settings(max_examples=200)
@given(ANYBODY)
def test_the_text_in_force_chosen_by_hand_changes_nothing(facts: Facts) -> None:
    recorded = judge(facts, law.norms(), on=ON)
    assert recorded is not None
    assert recorded.edition is not None
    assert recorded.edition.valid_until is None
    assert judge_supposed(facts, law.norms(), Supposition(edition=recorded.edition), on=ON) == recorded


@hypothesis_settings(max_examples=200)
@given(ANYBODY, st.data())
def test_a_chosen_text_judges_as_it_did_on_its_own_days(facts: Facts, data: st.DataObject) -> None:
    """On a day of a text, choosing it changes nothing but that it has no end before which a rung must be reached."""
    code = next(work.position for work in facts.work if work.present)
    assert code is not None
    editions = [
        edition
        for member in law.norms().family(code)
        for edition in law.norms().positions[member].editions
        if edition.valid_until is not None
    ]
    if not editions:
        return
    edition = data.draw(st.sampled_from(editions))
    on = data.draw(st.dates(edition.valid_from, date(2017, 12, 16)))
    recorded = judge(facts, law.norms(), on=on)
    found = judge_supposed(facts, law.norms(), Supposition(edition=edition), on=on)
    assert (found is None) == (recorded is None)
    if found is not None and recorded is not None:
        assert found.edition == recorded.edition == edition
        assert (found.current, found.current_status) == (recorded.current, recorded.current_status)
        assert found.findings == recorded.findings


def test_a_chosen_text_is_in_force_on_every_day_for_its_position_alone() -> None:
    old = law.norms().positions["31/3.5"].editions[0]
    norms = under_edition(law.norms(), "360/2.9", old)
    for day in (date(1990, 1, 1), date(2015, 1, 1), date(2020, 1, 1), ON):
        text = norms.text("360/2.9", day)
        assert text is not None
        assert (text.position, text.clause) == ("31/3.5", "3.5")
        assert norms.text("31/3.5", day) == text
        assert norms.text("360/2.3", day) == law.norms().text("360/2.3", day)
    assert law.norms().text("360/2.9", ON) != old


def test_a_text_judges_a_day_that_has_none() -> None:
    """Between the orders no text is on file; a chosen one judges all the same, with the days it has."""
    facts = law.facts(
        {
            "hired_on": date(2016, 1, 1),
            "level": "highest",
            "education": [{"level": "higher", "fields": ["social"], "graduated_on": date(2010, 6, 30)}],
        },
        position="31/3.6",
    )
    on = date(2020, 1, 1)
    recorded = judge(facts, law.norms(), on=on)
    assert recorded is not None
    assert recorded.edition is None
    old = law.norms().positions["31/3.6"].editions[0]
    found = judge_supposed(facts, law.norms(), Supposition(edition=old), on=on)
    assert found is not None
    assert (found.current_status, found.edition) == (rules.Status.MET, old)


# --------------------------------------------------------------------------------------------------------- the page


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def employee(organisation: Organisation, unit: Unit) -> Employee:
    """Somebody of the highest level without a category, hired six years ago with a fitting diploma."""
    found: Employee = EmployeeFactory(
        organisation=organisation, unit=unit, level="highest", iin="900101400009", personnel_number="0001"
    )
    EducationFactory(employee=found)
    return found


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _rows(response: Any) -> dict[str, tuple[str, str, bool]]:
    """Give the comparison: what each line says on record, supposed, and whether it is marked as changed."""
    return {
        row.label: (row.recorded.words, row.supposed.words, row.changed) for row in response.context["compared"].rows
    }


def _told(verdict: rules.Verdict | None) -> dict[str, Any]:
    assert verdict is not None
    return law.told(verdict)


def _supposed(employee: Employee, asked: dict[str, Any]) -> rules.Verdict | None:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    case = case_of(employee, today=ON)
    form = WhatIfForm(query, case=case)
    assert form.is_valid(), form.errors
    return judge_supposed(case.facts, case.norms, form.supposition(), on=ON)


RECORDS = [
    (
        "education",
        {"diploma_level": "postgraduate", "diploma_fields": ["social", "legal"], "diploma_on": "2021-06-30"},
        {"level": "postgraduate", "fields": ["social", "legal"], "graduated_on": date(2021, 6, 30)},
    ),
    (
        "education",
        {"diploma_level": "higher", "diploma_on": "2021-06-30", "diploma_abroad": "unrecognised"},
        {"level": "higher", "graduated_on": date(2021, 6, 30), "country": "TR"},
    ),
    (
        "education",
        {"diploma_level": "higher", "diploma_on": "2021-06-30", "diploma_abroad": "recognised"},
        {"level": "higher", "graduated_on": date(2021, 6, 30), "country": "TR", "recognition_number": "7"},
    ),
    (
        "certificates",
        {"certificate_kind": "swimming", "certificate_on": "2024-02-01", "certificate_until": "2026-11-21"},
        {"kind": "swimming", "issued_on": date(2024, 2, 1), "lapses_on": date(2026, 11, 22)},
    ),
    (
        "certificates",
        {"certificate_kind": "swimming", "certificate_on": "2024-02-01", "certificate_until": "2026-11-22"},
        {"kind": "swimming", "issued_on": date(2024, 2, 1), "lapses_on": date(2026, 11, 23)},
    ),
    (
        "categories",
        {"award_level": "highest", "award_category": "second", "award_on": "2024-02-01"},
        {"level": "highest", "category": "second", "awarded_on": date(2024, 2, 1)},
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["360/2.3", "360/2.5"])
@pytest.mark.parametrize(("kind", "asked", "values"), RECORDS, ids=[f"{row[0]}-{n}" for n, row in enumerate(RECORDS)])
def test_what_is_supposed_is_what_saving_it_would_give(
    kind: str, asked: dict[str, Any], values: dict[str, Any], code: str, organisation: Organisation
) -> None:
    employee = EmployeeFactory(organisation=organisation, level="highest", position=position(code))
    supposed = _told(_supposed(employee, asked))
    if kind == "categories":
        values = {**values, "position": employee.position}
    record_add(employee=employee, kind=kind, version=employee.version, values=values)
    judged = evaluate_employee(employee, on=ON)
    assert judged is not None
    assert _told(judged.verdict) == supposed


@pytest.mark.django_db
def test_a_supposed_transfer_is_what_transferring_would_give(employee: Employee, hr: User) -> None:
    WorkFactory(employee=employee)
    asked = {"transfer_position": "360/2.9", "transfer_level": "highest", "transfer_on": "2025-03-01"}
    supposed = _supposed(employee, asked)
    assert supposed is not None
    employee_transfer(
        employee=employee,
        version=employee.version,
        on=date(2025, 3, 1),
        post=Post(position=position("360/2.9"), level="highest", unit=employee.unit),
        order_number="1",
        user=hr,
        within=Employee.objects.all(),
    )
    judged = evaluate_employee(employee, on=ON)
    assert judged is not None
    assert _told(judged.verdict) == _told(supposed)
    assert (supposed.post, judged.verdict.post) == (judged.verdict.post, supposed.post)


def _counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


EVERYTHING = (
    "?on=2027-01-01&edition=31/3.3@2012-07-09&transfer_position=360/2.4&transfer_level=highest&transfer_on=2026-01-15"
    "&diploma_level=higher&diploma_fields=social&diploma_fields=legal&diploma_on=2020-06-30&diploma_abroad=recognised"
    "&certificate_kind=swimming&certificate_on=2026-01-01&certificate_until=2028-01-01"
    "&award_level=highest&award_category=first&award_on=2026-06-01"
)


@pytest.mark.django_db
def test_nothing_is_saved(client: Client, hr: User, employee: Employee) -> None:
    address = f"/employees/{employee.pk}/what-if/"
    client.force_login(hr)
    client.get(address)
    before = _counts()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{address}{EVERYTHING}")
    assert response.context["form"].errors == {}
    assert _counts() == before
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert "Nothing is saved" in _words(response)


@pytest.mark.django_db
def test_looking_is_noted_like_looking_at_the_page(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    for _time in range(2):
        client.get(f"/employees/{employee.pk}/what-if/")
    assert [(reading.user, reading.employee, reading.kind) for reading in ReadLog.objects.all()] == [
        (hr, employee, "page")
    ]


@pytest.mark.django_db
def test_it_can_only_be_read(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    assert client.post(f"/employees/{employee.pk}/what-if/", {"on": "2027-01-01"}).status_code == 405


@pytest.mark.django_db
def test_an_empty_supposition_shows_the_verdict_on_record(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    response = client.get(f"/employees/{employee.pk}/what-if/")
    judged = evaluate_employee(employee, on=timezone.localdate())
    assert judged is not None
    assert response.context["verdict"] == judged.verdict
    assert not any(changed for _recorded, _supposed, changed in _rows(response).values())
    assert "Nothing is supposed yet" in _words(response)


@pytest.mark.django_db
def test_what_changes_is_said_in_words(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    page = client.get(
        f"/employees/{employee.pk}/what-if/?award_level=highest&award_category=second&award_on=2026-11-01&on=2026-11-22"
    )
    rows = _rows(page)
    assert rows["Current rung and its requirements"] == (
        "highest qualification level, without a category",
        "highest qualification level, the second category",
        True,
    )
    assert rows["Next rung and its requirements"][:2] == (
        "highest qualification level, the second category",
        "highest qualification level, the first category",
    )
    assert rows["Reachable on"] == ("met already", "01.11.2028", True)
    assert rows["Post"][2] is False
    words = _words(page)
    assert "Highest qualification level, the second category" in words
    assert words.count("changed") >= 3
    assert words.count("the same") >= 2


@pytest.mark.django_db
def test_another_day_is_compared_with_today(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    rows = _rows(client.get(f"/employees/{employee.pk}/what-if/?on=2021-06-01"))
    assert rows["As of"][1:] == ("01.06.2021", True)
    assert rows["Judged by the text"][1:] == ("No text on file for this day", True)


@pytest.mark.django_db
def test_a_day_before_the_hiring_has_nothing_to_judge(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{employee.pk}/what-if/?on=2019-06-01")
    assert page.status_code == 200
    assert _rows(page)["Post"][1] == "No post is on record for this day."


@pytest.mark.django_db
def test_a_chosen_text_is_said_not_to_be_that_of_the_day(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    address = f"/employees/{employee.pk}/what-if/?on=2026-11-22&edition="
    other = client.get(f"{address}31/3.6@2012-07-09")
    assert "It is not the text of 22.11.2026" in _words(other)
    assert other.context["verdict"].findings[0].clause == "3.6"
    assert _rows(other)["Judged by the text"][1:] == ("31/3.6: In force from 09.07.2012 to 16.12.2017", True)
    own = client.get(f"{address}360/2.3@2023-07-01")
    assert "It is not the text" not in _words(own)
    assert own.context["verdict"].findings[0].clause == "45"


@pytest.mark.django_db
def test_what_is_dated_after_the_day_is_said_not_to_count(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    award = "award_level=highest&award_category=second&award_on"
    for day, late in (("2026-11-22", False), ("2026-11-23", True)):
        page = client.get(f"/employees/{employee.pk}/what-if/?on=2026-11-22&{award}={day}")
        assert ("so it does not count on that day" in _words(page)) is late
        assert _rows(page)["Current rung and its requirements"][2] is not late


WRONG = [
    ("on=soon", "on", "A date is needed here, as 22.11.2026."),
    ("edition=31/2.1@2012-07-09", "edition", "This is not a text of the position that is judged."),
    ("edition=360/2.3@1999-01-01", "edition", "Choose one of the values of the list."),
    ("diploma_fields=social", "diploma_level", "A value is needed here."),
    ("diploma_level=royal", "diploma_level", "Choose one of the values of the list."),
    ("diploma_level=higher&diploma_on=", "diploma_on", "A value is needed here."),
    ("diploma_level=higher&diploma_fields=alchemy", "diploma_fields", "Choose one of the values of the list."),
    ("certificate_kind=swimming&certificate_on=x", "certificate_on", "A date is needed here, as 22.11.2026."),
    (
        "certificate_kind=swimming&certificate_on=2024-02-01&certificate_until=2024-01-31",
        "certificate_until",
        "The last day lies before the first.",
    ),
    ("certificate_until=2024-01-31", "certificate_kind", "A value is needed here."),
    ("transfer_level=highest", "transfer_position", "A value is needed here."),
    ("transfer_position=360/9.9", "transfer_position", "Choose one of the values of the list."),
    (
        "transfer_position=360/1.1&transfer_level=highest",
        "transfer_level",
        "The position does not have the highest qualification level.",
    ),
    ("transfer_position=360/2.9&transfer_on=2020-01-31", "transfer_on", "The day must not lie before 01.02.2020."),
    ("award_level=highest", "award_category", "A value is needed here."),
    ("award_level=highest&award_category=none", "award_category", "Choose one of the values of the list."),
    (
        "award_level=average&award_category=first&transfer_position=360/2.1&transfer_level=highest",
        "award_category",
        "The position does not have this rung",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "field", "words"), WRONG, ids=[f"{row[1]}-{n}" for n, row in enumerate(WRONG)])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    query: str, field: str, words: str, client: Client, hr: User, employee: Employee
) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{employee.pk}/what-if/?{query}")
    form = page.context["form"]
    assert page.status_code == 200
    assert field in form.errors
    place = re.search(rf'<div id="div_id_{field}".*?(?=<div id="div_id_|</form>)', page.content.decode(), re.DOTALL)
    assert place is not None
    assert words in place[0]
    assert "Something in the form cannot be read" in _words(page)
    assert 'id="link"' not in page.content.decode()
    for name, value in parse_qsl(query):
        assert value in form.data.getlist(name)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "right"), [("2020-01-31", False), ("2020-02-01", True)])
def test_a_transfer_lies_within_the_service(
    day: str, right: bool, client: Client, hr: User, employee: Employee
) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{employee.pk}/what-if/?transfer_position=360/2.9&transfer_on={day}")
    assert (page.context["form"].errors == {}) is right


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "right"), [("2026-09-30", True), ("2026-10-01", False)])
def test_nobody_is_transferred_after_the_last_day(
    day: str, right: bool, client: Client, hr: User, organisation: Organisation
) -> None:
    left = EmployeeFactory(organisation=organisation, employed_until=date(2026, 10, 1))
    client.force_login(hr)
    page = client.get(f"/employees/{left.pk}/what-if/?transfer_position=360/2.9&transfer_on={day}")
    assert (page.context["form"].errors == {}) is right


@pytest.mark.django_db
def test_a_link_holds_the_supposition_and_nobody(client: Client, hr: User, manager: User, employee: Employee) -> None:
    """Whoever may see the person finds the same under it, also where it was made from a form full of blanks."""
    client.force_login(hr)
    blanks = "&diploma_speciality=&award_level=&award_category=&edition=&certificate_kind=&certificate_on=2026-01-01"
    page = client.get(
        f"/employees/{employee.pk}/what-if/?diploma_level=higher&diploma_fields=social&diploma_fields=legal"
        f"&diploma_on=30.06.2021{blanks}"
    )
    link = page.context["link"]
    assert parse_qsl(urlsplit(link).query) == [
        ("diploma_level", "higher"),
        ("diploma_fields", "social"),
        ("diploma_fields", "legal"),
        ("diploma_on", "2021-06-30"),
    ]
    assert re.fullmatch(r"[\w:/.@?&=-]+", link)
    client.force_login(manager)
    again = client.get(link.removeprefix("http://testserver"))
    assert again.context["verdict"] == page.context["verdict"]
    assert again.context["link"] == link


@pytest.mark.django_db
def test_the_link_of_everything_leads_to_everything(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{employee.pk}/what-if/{EVERYTHING}")
    asked = sorted(parse_qsl(urlsplit(page.context["link"]).query))
    assert asked == sorted(parse_qsl(EVERYTHING.removeprefix("?")))


@pytest.mark.django_db
def test_every_text_of_the_family_can_be_chosen(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{employee.pk}/what-if/?transfer_position=360/2.9")
    offered = {value for value, _label in page.context["form"].fields["edition"].choices}
    editions = [each for code in ("360/2.9", "31/3.5") for each in law.norms().positions[code].editions]
    assert offered == {"", *map(edition_key, editions)}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_speaks_every_language(language: str, client: Client, hr: User, organisation: Organisation) -> None:
    employee = full_record(organisation=organisation, iin="900101400009")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(hr)
    for query in ("", EVERYTHING, "?on=2020-01-01", "?on=1990-01-01"):
        page = client.get(f"/employees/{employee.pk}/what-if/{query}")
        assert page.status_code == 200
        assert employee.iin not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("records", [1, 12])
def test_the_page_asks_as_much_for_many_records_as_for_few(
    records: int, client: Client, hr: User, employee: Employee, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(records):
        EducationFactory(employee=employee, graduated_on=date(2000 + number, 6, 30))
    client.force_login(hr)
    client.get(f"/employees/{employee.pk}/what-if/")
    with django_assert_max_num_queries(WHO_ASKS + 11 + 3):
        client.get(f"/employees/{employee.pk}/what-if/{EVERYTHING}")
