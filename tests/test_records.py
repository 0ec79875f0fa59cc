"""The employee's page as a place to work: forms, versions, rights, orders."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from attestation.models import StoredVerdict
from attestation.verdicts import verdicts_keep
from employees.models import Employee, Organisation, PersonnelOrder, Unit, User, WorkRecord
from employees.stored import RECORDS
from tests.factories import EmployeeFactory, GrantFactory, UnitFactory, UserFactory, full_record, position

pytestmark = pytest.mark.django_db

#: A right answer to the form of each kind.
GOOD: dict[str, dict[str, Any]] = {
    "education": {"level": "higher", "fields": ["social"], "graduated_on": "2015-06-30", "country": "KZ"},
    "work_history": {"employer": "Аурухана", "started_on": "2010-01-01", "ended_on": "2012-12-31", "sphere": "sport"},
    "categories": {
        "position": "360/2.3",
        "level": "highest",
        "category": "first",
        "awarded_on": "2024-03-01",
        "valid_until": "2027-02-28",
        "order_number": "5-ж",
    },
    "certificates": {"kind": "social_training", "issued_on": "2024-01-15"},
    "absences": {"kind": "unpaid_leave", "started_on": "2023-01-01", "ended_on": "2023-06-30"},
}
#: For each kind: a field, a wrong value, and what the form says to it.
WRONG = [
    ("education", "level", "", "A value is needed here."),
    ("education", "level", "royal", "Choose one of the values of the list."),
    ("education", "fields", ["alchemy"], "Choose one of the values of the list."),
    ("education", "speciality", "x" * 301, "The text is longer than 300 characters."),
    ("education", "speciality_code", "x", "Choose one of the values of the list."),
    ("education", "qualification", "x" * 301, "The text is longer than 300 characters."),
    ("education", "institution", "x" * 301, "The text is longer than 300 characters."),
    ("education", "country", "XX", "A country code of two letters"),
    ("education", "document_series", "x" * 31, "The text is longer than 30 characters."),
    ("education", "document_number", "x" * 61, "The text is longer than 60 characters."),
    ("education", "graduated_on", "30.02.2015", "A date is needed here, as 22.11.2026."),
    ("education", "recognition_number", "x" * 61, "The text is longer than 60 characters."),
    ("education", "recognition_on", "soon", "A date is needed here, as 22.11.2026."),
    ("education", "recognition_waived", "x" * 301, "The text is longer than 300 characters."),
    ("work_history", "employer", "", "A value is needed here."),
    ("work_history", "position", "999/9.9", "There is no such position."),
    ("work_history", "title", "x" * 301, "The text is longer than 300 characters."),
    ("work_history", "started_on", "1899-12-31", "The date lies outside the years 1900 to 2199."),
    ("work_history", "ended_on", "2009-12-31", "The last day lies before the first."),
    ("work_history", "sphere", "moon", "Choose one of the values of the list."),
    ("work_history", "level", "low", "Choose one of the values of the list."),
    ("categories", "position", "", "A value is needed here."),
    ("categories", "level", "", "A value is needed here."),
    ("categories", "category", "none", "“Without a category” is not awarded."),
    ("categories", "awarded_on", "", "A value is needed here."),
    ("categories", "valid_until", "2024-02-29", "The last day lies before the first."),
    ("categories", "order_number", "x" * 61, "The text is longer than 60 characters."),
    ("certificates", "kind", "flying", "Choose one of the values of the list."),
    ("certificates", "number", "x" * 61, "The text is longer than 60 characters."),
    ("certificates", "issued_on", "x", "A date is needed here, as 22.11.2026."),
    ("certificates", "valid_until", "2024-01-14", "The last day lies before the first."),
    ("certificates", "issuer", "x" * 301, "The text is longer than 300 characters."),
    ("absences", "kind", "", "A value is needed here."),
    ("absences", "started_on", "", "A value is needed here."),
    ("absences", "ended_on", "2022-12-31", "The last day lies before the first."),
]
WRONG_PERSON = [
    ("personal", "personnel_number", "", "A value is needed here."),
    ("personal", "personnel_number", "0002", "Another employee of the organisation has this personnel number."),
    ("personal", "iin", "12345", "Twelve digits are needed."),
    ("personal", "iin", "900101400001", "The check digit of the IIN is wrong."),
    ("personal", "last_name", "", "A value is needed here."),
    ("personal", "first_name", "x" * 151, "The text is longer than 150 characters."),
    ("personal", "patronymic", "x" * 151, "The text is longer than 150 characters."),
    ("personal", "birth_date", "2021-01-01", "The birth date lies after the hiring."),
    ("personal", "email", "at home", "This is not an e-mail address."),
    ("post", "position", "director", "There is no such position."),
    ("post", "level", "average", "The position does not have the average qualification level."),
    ("post", "unit", "Nowhere", "The organisation has no such unit."),
    ("post", "hired_on", "", "A value is needed here."),
    ("post", "appointed_on", "2020-01-31", "The appointment lies before the hiring."),
]


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def employee(organisation: Organisation, unit: Unit) -> Employee:
    found = full_record(organisation=organisation, unit=unit, iin="900101400003", personnel_number="0001")
    EmployeeFactory(organisation=organisation, personnel_number="0002")
    verdicts_keep([found.pk])
    return found


@pytest.fixture
def officer(client: Client, hr: User) -> Client:
    client.force_login(hr)
    return client


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _person_data(employee: Employee, part: str) -> dict[str, Any]:
    if part == "personal":
        data = {"personnel_number": "0001", "iin": "900101400003", "last_name": "Әбдіқалықова", "first_name": "Айгүл"}
    else:
        data = {"position": "360/1.8", "hired_on": "2020-02-01", "appointed_on": "2020-02-01"}
    return {**data, "version": employee.version}


def _stored(employee: Employee) -> dict[str, Any]:
    row = StoredVerdict.objects.filter(employee=employee).values().get()
    return {name: value for name, value in row.items() if name not in ("judged_on",)}


def _version(employee: Employee) -> int:
    return Employee.objects.get(pk=employee.pk).version


# ------------------------------------------------------------------------------------------------------- wrong values


@pytest.mark.parametrize(("kind", "field", "value", "words"), WRONG)
@pytest.mark.parametrize("htmx", [True, False])
def test_every_field_of_a_record_answers_a_wrong_value_in_place(
    kind: str, field: str, value: Any, words: str, htmx: bool, officer: Client, employee: Employee
) -> None:
    data = {**GOOD[kind], "version": employee.version, field: value}
    headers = {"HX-Request": "true"} if htmx else {}
    response = officer.post(f"/employees/{employee.pk}/{kind}/new/", data, headers=headers)
    assert response.status_code == 422
    content = response.content.decode()
    place = re.search(rf'id="{kind}-new-{field}_error"[^>]*>(.*?)</div>', content, re.S)
    assert place is not None
    assert words in place.group(1).replace("&quot;", '"')
    assert ("<html" in content) is not htmx
    for name, typed in GOOD[kind].items():
        if name != field and isinstance(typed, str) and name not in ("level", "kind", "category", "sphere"):
            assert f'value="{typed}"' in content, "what was typed stays"
    assert _version(employee) == employee.version


@pytest.mark.parametrize(("part", "field", "value", "words"), WRONG_PERSON)
def test_every_field_of_a_person_answers_a_wrong_value_in_place(
    part: str, field: str, value: Any, words: str, officer: Client, employee: Employee
) -> None:
    data = {**_person_data(employee, part), field: value}
    response = officer.post(f"/employees/{employee.pk}/{part}/", data, headers={"HX-Request": "true"})
    assert response.status_code == 422
    place = re.search(rf'id="\w+-{employee.pk}-{field}_error"[^>]*>(.*?)</div>', response.content.decode(), re.S)
    assert place is not None
    assert words in place.group(1)


def test_leave_that_always_counts_cannot_be_marked_otherwise(officer: Client, employee: Employee) -> None:
    data = {"kind": "parental_leave", "started_on": "2021-01-01", "version": employee.version}
    response = officer.post(f"/employees/{employee.pk}/absences/new/", data)
    assert response.status_code == 422
    assert "This leave always counts towards experience." in _words(response)


@pytest.mark.parametrize(("language", "words"), [("kk", "Мұнда мән болуы керек"), ("ru", "Здесь нужно значение.")])
def test_mistakes_speak_the_language_of_the_user(
    language: str, words: str, officer: Client, employee: Employee
) -> None:
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = officer.post(f"/employees/{employee.pk}/education/new/", {"version": employee.version})
    assert words in _words(response)


# ------------------------------------------------------------------------------------------------- adding and changing


@pytest.mark.parametrize("kind", list(GOOD))
def test_a_record_is_added_changed_and_deleted_with_its_history(kind: str, officer: Client, employee: Employee) -> None:
    model = RECORDS[kind][0]
    known = set(model.objects.filter(employee=employee).values_list("pk", flat=True))
    base = f"/employees/{employee.pk}/{kind}/"
    added = officer.post(f"{base}new/", {**GOOD[kind], "version": 1}, headers={"HX-Request": "true"})
    assert added.status_code == 200, _words(added)
    assert json.loads(added["HX-Trigger"])["recordSaved"]["version"] == 2
    record = model.objects.filter(employee=employee).exclude(pk__in=known).get()
    assert f'id="{kind}-{record.pk}"' in added.content.decode()

    assert officer.get(f"{base}{record.pk}/").status_code == 200
    changed = officer.post(f"{base}{record.pk}/", {**GOOD[kind], "version": 2})
    assert changed.status_code == 302
    assert officer.get(changed["Location"]).status_code == 200

    assert "Delete this record?" in _words(officer.get(f"{base}{record.pk}/delete/"))
    deleted = officer.post(f"{base}{record.pk}/delete/", {"version": 3}, headers={"HX-Request": "true"})
    assert deleted.content == b""
    assert set(model.objects.filter(employee=employee).values_list("pk", flat=True)) == known
    history = list(model.history.filter(id=record.pk).order_by("history_id").values_list("history_type", flat=True))
    assert history == ["+", "~", "-"]
    assert set(model.history.filter(id=record.pk).values_list("history_user__username", flat=True)) == {"hr"}
    assert _version(employee) == 4


def test_the_last_day_is_written_and_the_first_day_after_is_kept(officer: Client, employee: Employee) -> None:
    officer.post(f"/employees/{employee.pk}/work_history/new/", {**GOOD["work_history"], "version": 1})
    record = WorkRecord.objects.get(employer="Аурухана")
    assert record.until == date(2013, 1, 1)
    content = officer.get(f"/employees/{employee.pk}/work_history/{record.pk}/").content.decode()
    assert 'value="2012-12-31"' in content


def test_records_change_the_stored_verdict(officer: Client, employee: Employee) -> None:
    base = f"/employees/{employee.pk}"
    before = _stored(employee)
    education = employee.education.get()
    officer.post(f"{base}/education/{education.pk}/delete/", {"version": 1})
    without = _stored(employee)
    assert without != before
    officer.post(f"{base}/education/new/", {**GOOD["education"], "version": 2})
    again = _stored(employee)
    assert again["current_status"] == before["current_status"]
    officer.post(f"{base}/categories/new/", {**GOOD["categories"], "valid_until": "", "version": 3})
    assert _stored(employee)["current_category"] == "first"
    officer.post(f"{base}/work_history/new/", {**GOOD["work_history"], "sphere": "social_protection", "version": 4})
    assert _version(employee) == 5
    # A position whose text names a certificate.
    officer.post(f"{base}/post/", {**_person_data(employee, "post"), "position": "360/2.1", "version": 5})
    assert _stored(employee)["position"] == "360/2.1"


@pytest.mark.parametrize(
    ("kind", "field", "shift"),
    [
        ("education", "graduated_on", 0),
        ("work_history", "ended_on", 1),
        ("categories", "valid_until", 1),
        ("certificates", "valid_until", 1),
        ("absences", "ended_on", 1),
    ],
)
def test_every_kind_of_record_moves_the_day_until_which_the_verdict_holds(
    kind: str, field: str, shift: int, officer: Client, organisation: Organisation
) -> None:
    today = timezone.localdate()
    employee = EmployeeFactory(organisation=organisation, hired_on=today)
    verdicts_keep([employee.pk])
    good = {**GOOD[kind], **({"started_on": today.isoformat()} if "started_on" in GOOD[kind] else {})}
    base = f"/employees/{employee.pk}/{kind}/"
    before = _stored(employee)["holds_until"]
    known = set(RECORDS[kind][0].objects.values_list("pk", flat=True))
    first, second = (today + timedelta(days=days) for days in (1, 2))
    officer.post(f"{base}new/", {**good, field: first.isoformat(), "version": 1})
    assert _stored(employee)["holds_until"] == first + timedelta(days=shift)
    pk = RECORDS[kind][0].objects.exclude(pk__in=known).get().pk
    officer.post(f"{base}{pk}/", {**good, field: second.isoformat(), "version": 2})
    assert _stored(employee)["holds_until"] == second + timedelta(days=shift)
    officer.post(f"{base}{pk}/delete/", {"version": 3})
    assert _stored(employee)["holds_until"] == before


def test_a_position_may_be_typed_by_its_title(officer: Client, employee: Employee) -> None:
    title = position("360/2.1").title_en or position("360/2.1").title_kk
    data = {**_person_data(employee, "post"), "position": f"360/2.1 {title}"}
    assert officer.post(f"/employees/{employee.pk}/post/", data).status_code == 302
    assert Employee.objects.get(pk=employee.pk).position.code == "360/2.1"


def test_what_is_odd_is_told_after_saving_and_does_not_block(officer: Client, employee: Employee) -> None:
    base = f"/employees/{employee.pk}"
    htmx = {"HX-Request": "true"}
    award = {**GOOD["categories"], "order_number": "", "version": 1}
    assert "The award has no order number." in _words(officer.post(f"{base}/categories/new/", award, headers=htmx))
    data = {**_person_data(employee, "personal"), "birth_date": "1991-02-02", "version": 2}
    assert "The birth date disagrees with the IIN" in _words(officer.post(f"{base}/personal/", data, headers=htmx))
    post = {**GOOD["work_history"], "ended_on": "2020-06-30", "version": 3}
    words = _words(officer.post(f"{base}/work_history/new/", post, headers=htmx))
    assert "The post overlaps the present one." in words
    assert "The post overlaps the one at" in _words(officer.get(f"{base}/"))


# --------------------------------------------------------------------------------------------------------- stale edits


def test_a_stale_edit_is_refused_with_both_versions_and_may_be_saved_on_purpose(
    officer: Client, employee: Employee
) -> None:
    address = f"/employees/{employee.pk}/personal/"
    theirs = {**_person_data(employee, "personal"), "last_name": "Ахметова"}
    mine = {**_person_data(employee, "personal"), "last_name": "Омарова", "email": "a@example.kz"}
    assert officer.post(address, theirs).status_code == 302
    refused = officer.post(address, mine, headers={"HX-Request": "true"})
    assert refused.status_code == 409
    words = _words(refused)
    assert "Not saved: somebody has changed this employee's records" in words
    assert "Surname differs Омарова Ахметова" in words
    content = refused.content.decode()
    assert 'value="Омарова"' in content
    assert 'value="a@example.kz"' in content
    assert Employee.objects.get(pk=employee.pk).last_name == "Ахметова"
    assert 'name="version" value="2"' in content
    assert officer.post(address, {**mine, "version": 2}).status_code == 302
    assert Employee.objects.get(pk=employee.pk).last_name == "Омарова"


def test_a_record_deleted_meanwhile_can_be_put_back(officer: Client, employee: Employee) -> None:
    record = employee.awards.get()
    address = f"/employees/{employee.pk}/categories/{record.pk}/"
    officer.post(f"{address}delete/", {"version": 1})
    refused = officer.post(address, {**GOOD["categories"], "version": 1})
    assert refused.status_code == 409
    assert "The record itself has been deleted." in _words(refused)
    assert officer.post(address, {**GOOD["categories"], "version": 2}).status_code == 302
    assert employee.awards.get().order_number == "5-ж"


def test_a_stale_deletion_is_refused(officer: Client, employee: Employee) -> None:
    record = employee.awards.get()
    address = f"/employees/{employee.pk}/categories/{record.pk}/"
    officer.post(address, {**GOOD["categories"], "version": 1})
    assert officer.post(f"{address}delete/", {"version": 1}).status_code == 409
    assert employee.awards.count() == 1


# --------------------------------------------------------------------------------------------------------------- rights


def _addresses(employee: Employee) -> list[str]:
    base = f"/employees/{employee.pk}/"
    records = [
        f"{base}{kind}/{record.pk}/{what}"
        for kind, (model, _renamed) in RECORDS.items()
        for record in model.objects.filter(employee=employee)
        for what in ("", "delete/", "shown/")
    ]
    parts = [f"{base}{part}/{what}" for part in ("personal", "post") for what in ("", "shown/")]
    acts = [f"{base}{act}/" for act in ("dismiss", "rehire", "transfer")]
    return [*records, *parts, *acts, *(f"{base}{kind}/new/" for kind in RECORDS)]


@pytest.mark.parametrize(("who", "status"), [("hr", 200), ("admin", 200), ("manager", 403), ("stranger", 404)])
def test_forms_answer_those_who_may(
    who: str, status: int, request: pytest.FixtureRequest, client: Client, employee: Employee
) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in _addresses(employee):
        got = client.get(address, headers={"HX-Request": "true"})
        assert got.status_code == status, address
        if status != 200 and "shown" not in address:
            assert client.post(address, {"version": 1}).status_code == status, address
    assert _version(employee) == 1


def test_a_manager_reads_without_buttons_and_a_stranger_finds_nobody(
    client: Client, manager: User, stranger: User, employee: Employee
) -> None:
    client.force_login(manager)
    content = client.get(f"/employees/{employee.pk}/").content.decode()
    assert "hx-get" not in content
    assert "/transfer/" not in content
    assert client.get(f"/employees/{employee.pk}/verdict/").status_code == 200
    assert client.get("/employees/new/").status_code == 403
    client.force_login(stranger)
    assert client.get(f"/employees/{employee.pk}/verdict/").status_code == 404


def test_the_verdict_alone_is_a_fragment(officer: Client, employee: Employee) -> None:
    response = officer.get(f"/employees/{employee.pk}/verdict/?on=2025-06-01")
    assert "Proposal as of 01.06.2025" in _words(response)
    assert "<html" not in response.content.decode()


# --------------------------------------------------------------------------------------------------------------- orders


def test_somebody_is_hired_and_judged_at_once(officer: Client, organisation: Organisation, unit: Unit) -> None:
    data = {
        "personnel_number": "0100",
        "iin": "900101400003",
        "last_name": "Жаңа",
        "first_name": "Қызметкер",
        "position": "360/2.3",
        "unit": unit.name,
        "hired_on": "2026-09-01",
        "order_number": "17-к",
    }
    assert "Hire an employee" in _words(officer.get("/employees/new/"))
    response = officer.post("/employees/new/", data)
    hired = Employee.objects.get(personnel_number="0100")
    assert response["Location"] == f"/employees/{hired.pk}/"
    assert hired.appointed_on == date(2026, 9, 1)
    assert hired.unit == unit
    assert StoredVerdict.objects.filter(employee=hired).exists()
    order = PersonnelOrder.objects.get(employee=hired)
    assert (order.kind, order.number, order.created_by.username) == ("hiring", "17-к", "hr")
    again = officer.post("/employees/new/", data)
    assert again.status_code == 422
    assert "Another employee of the organisation has this IIN." in _words(again)


def test_who_works_for_one_unit_hires_into_it_alone(client: Client, organisation: Organisation, unit: Unit) -> None:
    user = UserFactory(username="unit-hr")
    GrantFactory(user=user, organisation=organisation, unit=unit, role="hr")
    UnitFactory(organisation=organisation, name="Басқа бөлім")
    client.force_login(user)
    data = {
        "personnel_number": "1",
        "last_name": "А",
        "first_name": "Б",
        "position": "360/2.3",
        "unit": "Басқа бөлім",
        "hired_on": "2026-09-01",
    }
    refused = client.post("/employees/new/", data)
    assert refused.status_code == 422
    assert "You have no right to work in this unit." in _words(refused)
    assert not Employee.objects.filter(personnel_number="1").exists()
    assert client.post("/employees/new/", {**data, "unit": unit.name}).status_code == 302


def test_a_choice_of_organisations_comes_first_where_there_are_several(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert "Which organisation hires?" in _words(client.get("/employees/new/"))
    assert "Surname" in _words(client.get("/employees/new/?organisation=123456789012"))


def test_a_transfer_writes_the_post_into_the_work_history(officer: Client, employee: Employee) -> None:
    address = f"/employees/{employee.pk}/transfer/"
    data = {"on": "2025-03-01", "order_number": "3-к", "position": "360/1.8", "unit": "", "version": 1}
    assert officer.post(address, data).status_code == 302
    moved = Employee.objects.get(pk=employee.pk)
    assert (moved.position.code, moved.appointed_on, moved.unit, moved.version) == (
        "360/1.8",
        date(2025, 3, 1),
        None,
        2,
    )
    left = WorkRecord.objects.get(employee=employee, position__code="360/2.3")
    assert (left.started_on, left.until, left.sphere) == (date(2020, 2, 1), date(2025, 3, 1), "social_protection")
    assert left.relevant_profile
    assert left.in_specialty
    assert not left.managerial
    order = PersonnelOrder.objects.get(employee=employee)
    assert "360/2.3" in order.words
    assert "360/1.8" in order.words
    assert moved.history.first().history_change_reason == "transfer"
    assert "Transfer" in _words(officer.get(f"/employees/{employee.pk}/"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"on": "2019-01-01"}, "The day must not lie before 02.02.2020."),
        ({"position": "360/2.3"}, "The employee holds this post in this unit already."),
        ({"order_number": ""}, "A value is needed here."),
        ({"on": ""}, "A value is needed here."),
        ({"level": "average"}, "The position does not have the average qualification level."),
    ],
)
def test_a_transfer_is_refused_in_words(data: dict[str, str], words: str, officer: Client, employee: Employee) -> None:
    good = {"on": "2025-03-01", "order_number": "3", "position": "360/1.8", "unit": employee.unit, "version": 1}
    response = officer.post(f"/employees/{employee.pk}/transfer/", {**good, **data})
    assert response.status_code == 422
    assert words in _words(response)
    assert _version(employee) == 1


def test_a_move_between_units_leaves_the_post_as_it_is(officer: Client, employee: Employee) -> None:
    UnitFactory(organisation=employee.organisation, name="Басқа бөлім")
    data = {"on": "2025-03-01", "order_number": "3", "position": "360/2.3", "unit": "басқа бөлім", "version": 1}
    officer.post(f"/employees/{employee.pk}/transfer/", data)
    moved = Employee.objects.get(pk=employee.pk)
    assert str(moved.unit) == "Басқа бөлім"
    assert moved.appointed_on == date(2020, 2, 1)
    assert moved.work_history.count() == 1


def test_dismissal_and_re_hiring_keep_what_was(officer: Client, employee: Employee) -> None:
    base = f"/employees/{employee.pk}"
    early = officer.post(f"{base}/dismiss/", {"on": "2020-01-31", "order_number": "8", "version": 1})
    assert "The day must not lie before 01.02.2020." in _words(early)
    post = {"position": "360/2.3", "unit": ""}
    soon = officer.post(f"{base}/rehire/", {"on": "2026-01-01", "order_number": "9", "version": 1, **post})
    assert "Only a dismissed employee can be re-hired." in _words(soon)
    assert officer.post(f"{base}/dismiss/", {"on": "2025-05-31", "order_number": "8", "version": 1}).status_code == 302
    assert Employee.objects.get(pk=employee.pk).employed_until == date(2025, 6, 1)
    twice = officer.post(f"{base}/dismiss/", {"on": "2025-05-31", "order_number": "8", "version": 2})
    assert "The employee is dismissed already." in _words(twice)
    early = officer.post(f"{base}/rehire/", {"on": "2025-05-31", "order_number": "9", "version": 2, **post})
    assert "The day must not lie before 01.06.2025." in _words(early)
    back = officer.post(f"{base}/rehire/", {"on": "2026-01-01", "order_number": "9", "version": 2, **post})
    assert back.status_code == 302
    again = Employee.objects.get(pk=employee.pk)
    assert (again.hired_on, again.appointed_on, again.employed_until) == (date(2026, 1, 1), date(2026, 1, 1), None)
    left = WorkRecord.objects.get(employee=employee, position__code="360/2.3")
    assert (left.started_on, left.until) == (date(2020, 2, 1), date(2025, 6, 1))
    kinds = list(PersonnelOrder.objects.filter(employee=employee).order_by("on").values_list("kind", flat=True))
    assert kinds == ["dismissal", "rehiring"]
    assert _stored(employee)["position"] == "360/2.3"


def test_a_stale_order_is_refused(officer: Client, employee: Employee) -> None:
    Employee.objects.filter(pk=employee.pk).update(version=7)
    response = officer.post(
        f"/employees/{employee.pk}/dismiss/", {"on": "2025-05-31", "order_number": "8", "version": 1}
    )
    assert response.status_code == 409
    assert 'value="8"' in response.content.decode()
    assert 'name="version" value="7"' in response.content.decode()


# -------------------------------------------------------------------------------------------------------------- queries


def test_the_page_of_a_person_asks_at_most_40_queries(
    officer: Client, employee: Employee, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40):
        officer.get(f"/employees/{employee.pk}/")
