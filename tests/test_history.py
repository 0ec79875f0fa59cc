"""What happened to a person, who looked at her, and her card: true, in words, and only for those who may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone, translation
from simple_history.models import HistoricalRecords

from employees.codes import PersonnelOrderKind, ReadKind, Role
from employees.history import Moment, history_of
from employees.importing import apply, plan
from employees.models import Absence, Employee, Organisation, PersonnelOrder, ReadLog, Unit, User, WorkRecord
from employees.reading import reading_log, readings
from employees.services.employment import Post, employee_transfer
from employees.services.records import employee_change, record_add, record_change, record_delete
from employees.workbook import read
from tests.books import GOOD, book
from tests.factories import EmployeeFactory, GrantFactory, UserFactory, full_record, position

#: The session and the user, which every page asks for before its own work begins.
WHO_ASKS = 2
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> Iterator[None]:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def auditor(organisation: Organisation) -> User:
    user: User = UserFactory(username="auditor")
    GrantFactory(user=user, organisation=organisation, role=Role.AUDITOR)
    return user


@pytest.fixture
def secretary(organisation: Organisation) -> User:
    user: User = UserFactory(username="secretary")
    GrantFactory(user=user, organisation=organisation, role=Role.SECRETARY)
    return user


@pytest.fixture
def employee(organisation: Organisation, unit: Unit) -> Employee:
    return full_record(
        organisation=organisation,
        unit=unit,
        iin="900101400009",
        personnel_number="0001",
        birth_date=date(1990, 1, 1),
        level="highest",
    )


@pytest.fixture
def as_hr(hr: User) -> Iterator[User]:
    """Let changes be those of the HR officer, as the middleware does."""
    HistoricalRecords.context.request = SimpleNamespace(user=hr)
    yield hr
    if hasattr(HistoricalRecords.context, "request"):  # a page asked meanwhile takes it away
        del HistoricalRecords.context.request


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _told(moment: Moment) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (entry.kind, entry.what, [(each.label, each.before, each.after) for each in entry.fields])
        for entry in moment.entries
    ]


def _later() -> None:
    """Let all that is on record lie a minute back, so that what follows is another moment."""
    for model in (Employee, *(relation.related_model for relation in _histories())):
        rows = model.history.all()  # type: ignore[union-attr]
        for row in rows:
            type(row).objects.filter(pk=row.pk).update(history_date=row.history_date - timedelta(minutes=1))
    PersonnelOrder.objects.update(created_at=timezone.now() - timedelta(minutes=1))


def _histories() -> list[Any]:
    return [
        relation
        for relation in Employee._meta.related_objects
        if relation.get_accessor_name() in {"education", "work_history", "awards", "certificates", "absences"}
    ]


# ------------------------------------------------------------------------------------------------------------- access


@pytest.mark.parametrize(
    ("who", "history", "log", "card"),
    [
        ("admin", 200, 200, 200),
        ("hr", 200, 403, 200),
        ("manager", 403, 403, 200),
        ("secretary", 403, 403, 200),
        ("auditor", 200, 200, 403),
        ("stranger", 404, 404, 404),
    ],
)
def test_who_meets_which_trace(
    who: str,
    history: int,
    log: int,
    card: int,
    request: pytest.FixtureRequest,
    client: Client,
    employee: Employee,
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/employees/{employee.pk}/history/").status_code == history
    assert client.get(f"/employees/{employee.pk}/readings/").status_code == log
    for language in ("kk", "ru"):
        assert client.get(f"/employees/{employee.pk}/card/{language}/").status_code == card
    assert client.get("/readings/").status_code == (200 if who in {"admin", "auditor"} else 403)


def test_there_is_no_card_in_another_language_and_none_of_nobody(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    assert client.get(f"/employees/{employee.pk}/card/en/").status_code == 404
    assert client.get("/employees/999999/card/kk/").status_code == 404
    assert client.get("/employees/999999/history/").status_code == 404


def test_an_unnamed_visitor_is_sent_to_the_login(client: Client, employee: Employee) -> None:
    for address in (f"/employees/{employee.pk}/history/", f"/employees/{employee.pk}/card/kk/", "/readings/"):
        assert client.get(address).status_code == 302


# ------------------------------------------------------------------------------------------------------------ history


def test_a_change_by_hand_is_told_from_what_to_what(employee: Employee, as_hr: User) -> None:
    work = WorkRecord.objects.get(employee=employee)
    _later()
    record_change(
        employee=employee,
        kind="work_history",
        pk=work.pk,
        version=employee.version,
        values={"until": date(2020, 2, 1), "sphere": "education", "managerial": True, "position": position("360/1.9")},
    )
    moment = history_of(as_hr, employee)[0]
    title = position("360/1.9").title
    assert (moment.who, moment.how) == ("hr", "by hand")
    assert _told(moment) == [
        (
            "~",
            "Work record",
            [
                ("Position", "", f"{title} (360/1.9)"),
                ("Last day", "31.12.2019", "31.01.2020"),
                ("Sphere", "social protection", "education"),
                ("Managerial", "no", "yes"),
            ],
        )
    ]


def test_a_deletion_tells_what_was_there(employee: Employee, as_hr: User) -> None:
    absence = Absence.objects.get(employee=employee)
    _later()
    record_delete(employee=employee, kind="absences", pk=absence.pk, version=employee.version)
    assert _told(history_of(as_hr, employee)[0]) == [
        (
            "-",
            "Absence",
            [
                ("Kind", "unpaid leave", ""),
                ("First day", "01.03.2022", ""),
                ("Last day", "31.03.2022", ""),
                ("Counts towards experience", "yes", ""),
            ],
        )
    ]


def test_what_one_action_wrote_is_one_moment_and_what_came_later_another(employee: Employee, as_hr: User) -> None:
    _later()
    before = len(history_of(as_hr, employee))
    employee_change(
        employee=employee,
        version=employee.version,
        values={"patronymic": "", "employed_until": date(2030, 1, 1), "unit": None},
        within=Employee.objects.all(),
    )
    PersonnelOrder.objects.create(
        employee=employee, kind=PersonnelOrderKind.DISMISSAL, on=date(2029, 12, 31), number="7-ж", created_by=as_hr
    )
    found = history_of(as_hr, employee)
    assert len(found) == before + 1
    assert _told(found[0]) == [
        (
            "~",
            "Employee",
            [
                ("Structural unit", "Үйде күтім көрсету бөлімі", ""),
                ("Patronymic", "Серікқызы", ""),
                ("Last day of service", "", "31.12.2029"),
            ],
        ),
        (
            "+",
            "Personnel order",
            [("Kind", "", "dismissal"), ("Date", "", "31.12.2029"), ("Order number", "", "7-ж")],
        ),
    ]


def test_a_transfer_is_one_moment_with_its_order(employee: Employee, as_hr: User) -> None:
    _later()
    employee_transfer(
        employee=employee,
        version=employee.version,
        on=date(2025, 3, 1),
        post=Post(position=position("360/1.9"), level="", unit=None),
        order_number="15-ж",
        user=as_hr,
        within=Employee.objects.all(),
    )
    moment = history_of(as_hr, employee)[0]
    assert (moment.who, moment.how) == ("hr", "transfer")
    assert [(entry.kind, entry.what) for entry in moment.entries] == [
        ("~", "Employee"),
        ("+", "Work record"),
        ("+", "Personnel order"),
    ]
    person, left, order = ([(each.label, each.before, each.after) for each in entry.fields] for entry in moment.entries)
    old, new = position("360/2.3"), position("360/1.9")
    assert ("Position", f"{old.title} (360/2.3)", f"{new.title} (360/1.9)") in person
    assert ("Appointed to the present post on", "01.02.2020", "01.03.2025") in person
    assert ("Last day", "", "28.02.2025") in left
    assert ("Order number", "", "15-ж") in order


def test_an_import_that_is_undone_is_told_apart(hr: User, organisation: Organisation) -> None:
    apply(plan(read(book(GOOD))), user=hr)
    employee = Employee.objects.get(personnel_number="0001")
    people = [list(row) for row in GOOD["employees"]]
    people[1][3] = "Гүлназ"
    apply(plan(read(book({**GOOD, "employees": people}))), user=hr, reason="import undone")
    assert [moment.how for moment in history_of(hr, employee)] == ["import undone", "import of a workbook"]


def test_a_unit_that_is_gone_keeps_its_name(employee: Employee, unit: Unit, as_hr: User) -> None:
    unit.delete()
    first = history_of(as_hr, employee)[-1]
    assert ("Structural unit", "", "Үйде күтім көрсету бөлімі") in _told(first)[0][2]


def test_imports_tell_the_truth(hr: User, organisation: Organisation) -> None:
    apply(plan(read(book(GOOD))), user=hr)
    employee = Employee.objects.get(personnel_number="0001")
    _later()
    rows = [list(row) for row in GOOD["education"]]
    rows[1][1] = "postgraduate"
    people = [list(row) for row in GOOD["employees"]]
    people[1][3] = "Гүлназ"
    apply(plan(read(book({**GOOD, "education": rows, "employees": people}))), user=hr)
    newest, oldest = history_of(hr, employee)
    assert (newest.who, newest.how) == ("hr", "import of a workbook")
    education = [entry for entry in _told(newest) if entry[1] == "Education record"]
    assert {entry[0] for entry in education} == {"+", "-"}
    assert ("Level", "higher", "") in next(fields for kind, _what, fields in education if kind == "-")
    assert ("Level", "", "postgraduate") in next(fields for kind, _what, fields in education if kind == "+")
    changed = next(fields for kind, what, fields in _told(newest) if (kind, what) == ("~", "Employee"))
    assert changed == [("First name", "Гүлнәр", "Гүлназ")]
    assert {entry.kind for entry in oldest.entries} == {"+"}
    assert {entry.what for entry in oldest.entries} == {"Employee", "Education record", "Category award"}


def test_the_same_import_again_tells_nothing_new(hr: User, organisation: Organisation) -> None:
    for _turn in range(2):
        apply(plan(read(book(GOOD))), user=hr)
    assert len(history_of(hr, Employee.objects.get(personnel_number="0001"))) == 1


def test_a_history_that_begins_with_a_change_says_so(employee: Employee, as_hr: User) -> None:
    Employee.history.all().delete()
    employee.first_name = "Ажар"
    employee.save()
    entry = history_of(as_hr, employee)[0].entries[0]
    assert entry.before_unknown
    assert ("First name", "", "Ажар") in [(each.label, each.before, each.after) for each in entry.fields]


def test_an_auditor_reads_the_history_without_the_iin(client: Client, auditor: User, employee: Employee) -> None:
    employee.iin = "850522400010"
    employee.save()
    client.force_login(auditor)
    content = client.get(f"/employees/{employee.pk}/history/").content.decode()
    assert "900101400009" not in content
    assert "850522400010" not in content
    assert "••••••••0009" in content


def test_the_page_says_it_in_the_readers_language(client: Client, as_hr: User, employee: Employee) -> None:
    record_add(
        employee=employee,
        kind="certificates",
        version=employee.version,
        values={"kind": "swimming", "issued_on": date(2025, 1, 1), "lapses_on": date(2026, 1, 1)},
    )
    client.force_login(as_hr)
    words = _words(client.get(f"/employees/{employee.pk}/history/"))
    assert "Added Certificate: ability to swim" in words
    assert "Valid until 31.12.2025" in words
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    with translation.override("ru"):
        assert "31.12.2025" in _words(client.get(f"/employees/{employee.pk}/history/"))


@pytest.mark.parametrize("changes", [1, 60])
def test_the_history_asks_as_much_for_1_change_as_for_60(
    changes: int, client: Client, hr: User, employee: Employee, django_assert_num_queries: Callable[..., Any]
) -> None:
    for index in range(changes):
        employee.first_name = f"А{index}"
        employee.save()
        Employee.history.filter(first_name=f"А{index}").update(
            history_date=timezone.now() + timedelta(minutes=index + 1), history_user=hr
        )
    client.force_login(hr)
    with django_assert_num_queries(WHO_ASKS + 20):
        words = _words(client.get(f"/employees/{employee.pk}/history/"))
    assert ("Page 1 of 2" in words) is (changes == 60)


# ----------------------------------------------------------------------------------------------------------- readings


def test_a_reading_is_noted_once_an_hour(hr: User, employee: Employee) -> None:
    first = reading_log(user=hr, employee=employee, kind=ReadKind.PAGE)
    assert first is not None
    assert reading_log(user=hr, employee=employee, kind=ReadKind.PAGE) is None
    assert reading_log(user=hr, employee=employee, kind=ReadKind.PRINT) is not None
    ReadLog.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert reading_log(user=hr, employee=employee, kind=ReadKind.PAGE) is not None
    assert ReadLog.objects.count() == 3


def test_noting_a_reading_asks_2_queries(
    hr: User, employee: Employee, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(4):  # the question, the row, and the savepoint around it
        reading_log(user=hr, employee=employee, kind=ReadKind.PAGE)
    with django_assert_num_queries(1):
        reading_log(user=hr, employee=employee, kind=ReadKind.PAGE)


def test_history_and_card_note_their_reader(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    client.get(f"/employees/{employee.pk}/history/")
    client.get(f"/employees/{employee.pk}/card/kk/")
    client.get(f"/employees/{employee.pk}/card/ru/")
    noted = ReadLog.objects.order_by("pk").values_list("user__username", "employee", "kind")
    assert list(noted) == [("hr", employee.pk, "history"), ("hr", employee.pk, "print")]


def test_who_is_refused_leaves_no_reading(client: Client, manager: User, employee: Employee) -> None:
    client.force_login(manager)
    client.get(f"/employees/{employee.pk}/history/")
    assert not ReadLog.objects.exists()


def test_an_auditor_sees_readings_of_her_organisation_alone(
    client: Client, auditor: User, hr: User, employee: Employee, other_organisation: Organisation
) -> None:
    elsewhere = EmployeeFactory(organisation=other_organisation, last_name="Бөтенова")
    for person in (employee, elsewhere):
        reading_log(user=hr, employee=person, kind=ReadKind.PAGE)
    client.force_login(auditor)
    words = _words(client.get("/readings/"))
    assert "Әбдіқалықова" in words
    assert "Бөтенова" not in words
    assert client.get(f"/employees/{elsewhere.pk}/readings/").status_code == 404
    assert not readings(AnonymousUser()).exists()


def test_readings_are_found_by_day_and_user(
    client: Client, auditor: User, hr: User, admin: User, employee: Employee
) -> None:
    for user, at in ((hr, "2026-03-01T23:30:00+05:00"), (admin, "2026-03-02T00:30:00+05:00")):
        reading = reading_log(user=user, employee=employee, kind=ReadKind.PAGE)
        assert reading is not None
        ReadLog.objects.filter(pk=reading.pk).update(at=at)
    client.force_login(auditor)

    def found(**asked: str) -> list[str]:
        page = client.get("/readings/", asked).context["page"]
        return [reading.user.username for reading in page.object_list]

    assert found() == ["admin", "hr"]
    assert found(last="2026-03-01") == ["hr"]
    assert found(first="02.03.2026") == ["admin"]
    assert found(reader="HR") == ["hr"]
    assert found(first="2026-03-03") == []
    assert "No reading is on record" in _words(client.get("/readings/?first=2026-03-03"))


def test_a_day_that_is_none_is_told_in_place(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    response = client.get("/readings/?first=soon&page=x")
    assert response.status_code == 200
    assert 'id="first-problem"' in response.content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_the_readings_ask_as_much_for_1_as_for_60(
    count: int, client: Client, auditor: User, organisation: Organisation, django_assert_num_queries: Callable[..., Any]
) -> None:
    for index in range(count):
        person = EmployeeFactory(organisation=organisation, personnel_number=f"n{index}")
        reading_log(user=auditor, employee=person, kind=ReadKind.PAGE)
    client.force_login(auditor)
    with django_assert_num_queries(WHO_ASKS + 3):
        client.get("/readings/")


# --------------------------------------------------------------------------------------------------------------- card


def test_the_card_stands_in_its_own_language_whatever_the_readers(client: Client, hr: User, employee: Employee) -> None:
    client.force_login(hr)
    kazakh = client.get(f"/employees/{employee.pk}/card/kk/").content.decode()
    russian = client.get(f"/employees/{employee.pk}/card/ru/").content.decode()
    assert '<html lang="kk">' in kazakh
    assert '<html lang="ru">' in russian
    assert "Тегі" in kazakh
    assert "Фамилия" in russian
    assert employee.position.title_kk in kazakh  # type: ignore[attr-defined]
    assert employee.position.title_ru in russian  # type: ignore[attr-defined]
    assert 'lang="en"' in kazakh, "what is not on the sheet speaks the reader's language"


def test_the_card_tells_all_sections_with_last_days_and_lengths(hr: User, employee: Employee) -> None:
    from employees.card import card_of

    PersonnelOrder.objects.create(
        employee=employee, kind="transfer", on=date(2021, 5, 1), number="15-ж", words="1 → 2", created_by=hr
    )
    Absence.objects.filter(employee=employee).update(counts=False)
    card = card_of(hr, employee, on=date(2026, 2, 1))
    education, work, moves, awards, certificates, absences = card.tables
    assert ("IIN", "900101400009") in card.general
    assert education.rows[0][0] == "Higher"
    assert [row[2:] for row in work.rows] == [
        ["01.07.2019", "31.12.2019", "0 y. 6 mo. 0 d."],
        ["01.02.2020", "goes on", "6 y. 0 mo. 0 d."],
    ]
    assert work.notes[0] == "Experience in all as of 01.02.2026: 6 y. 5 mo. 0 d.", "a month of unpaid leave is left out"
    assert [row[:3] for row in moves.rows] == [["01.02.2020", "Hiring", ""], ["01.05.2021", "Transfer", "15-ж"]]
    assert awards.rows[0][2:4] == ["12-қ", "01.02.2024"]
    assert certificates.rows[0][1] == "77"
    assert absences.rows[0][1:] == ["01.03.2022", "31.03.2022", "does not count"]
    assert card.dismissal == []


def test_a_dismissal_stands_on_the_card_with_its_order(hr: User, employee: Employee) -> None:
    from employees.card import card_of

    employee.employed_until = date(2025, 7, 1)
    employee.save()
    PersonnelOrder.objects.create(
        employee=employee, kind="dismissal", on=date(2025, 6, 30), number="9-ж", created_by=hr
    )
    assert card_of(hr, employee, on=date(2026, 2, 1)).dismissal == [
        ("Last day of service", "30.06.2025"),
        ("Order of dismissal", "9-ж; 30.06.2025"),
    ]


def test_a_manager_prints_the_card_without_the_iin(client: Client, manager: User, employee: Employee) -> None:
    client.force_login(manager)
    content = client.get(f"/employees/{employee.pk}/card/kk/").content.decode()
    assert employee.iin not in content
    assert "••••••••0009" in content


def test_the_card_asks_at_most_15_queries(
    client: Client, manager: User, employee: Employee, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.force_login(manager)
    client.get(f"/employees/{employee.pk}/card/kk/")
    with django_assert_max_num_queries(WHO_ASKS + 16):
        client.get(f"/employees/{employee.pk}/card/kk/")
