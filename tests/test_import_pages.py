"""Imports in the browser: sent, looked at, saved, undone; and who may not."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from attestation.models import StoredVerdict
from employees import jobs
from employees.codes import ImportState
from employees.import_plan import Plan
from employees.importing import apply, plan
from employees.models import CategoryAward, EducationRecord, Employee, ImportRun, Organisation, Unit, User
from employees.template_book import write_template
from employees.workbook import MAX_FILE_BYTES, SHEETS, read
from tests.books import EDUCATION, GOOD, ORGANISATION, Rows, book
from tests.factories import EmployeeFactory
from tests.test_import import MISTAKES, _changed, _everything, _mistaken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    """Let jobs run at once, without a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def at_work(client: Client, hr: User) -> Client:
    """An HR officer's browser, in English."""
    client.force_login(hr)
    client.cookies["django_language"] = "en"
    return client


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def _file(sheets: dict[str, Rows], name: str = "staff.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, book(sheets).getvalue())


def _send(client: Client, sheets: dict[str, Rows], **more: Any) -> ImportRun:
    response = client.post("/imports/", {"file": _file(sheets), **more})
    assert response.status_code == 302, _words(response)
    return ImportRun.objects.latest("pk")


def _save(client: Client, sheets: dict[str, Rows]) -> ImportRun:
    run = _send(client, sheets)
    client.post(f"/imports/{run.pk}/confirm/")
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED, run.report.get("message")
    return run


def _plan(sheets: dict[str, Rows]) -> Plan:
    return plan(read(book(sheets)))


# ---------------------------------------------------------------------------------------------------- the whole way


def test_a_file_is_looked_at_and_then_saved(at_work: Client, hr: User, organisation: Organisation) -> None:
    run = _send(at_work, GOOD)
    assert run.state == ImportState.READY
    assert not Employee.objects.exists(), "nothing is saved before somebody confirms"
    words = _words(at_work.get(f"/imports/{run.pk}/"))
    for told in (
        "New: 2",
        "Әбдіқалықова Гүлнәр Серікқызы",
        "Level of education: higher",
        "Valid until (last day): 29.02.2028",
        "Hired on: 01.02.2024",
        "Save these changes",
    ):
        assert told in words
    at_work.post(f"/imports/{run.pk}/confirm/")
    run.refresh_from_db()
    assert (run.state, bytes(run.content)) == (ImportState.APPLIED, b"")
    employee = Employee.objects.get(personnel_number="0001")
    first = employee.history.latest()
    assert (first.history_user, first.history_change_reason) == (hr, "import")
    assert employee.unit is not None
    assert employee.unit.history.latest().history_user == hr
    assert StoredVerdict.objects.filter(employee=employee).exists()
    assert "The changes are saved" in _words(at_work.get(f"/imports/{run.pk}/"))
    assert "staff.xlsx" in _words(at_work.get("/imports/"))


def test_the_same_file_twice_changes_nothing_and_says_so(at_work: Client) -> None:
    _save(at_work, GOOD)
    before = _everything()
    run = _send(at_work, GOOD)
    words = _words(at_work.get(f"/imports/{run.pk}/"))
    assert "Nothing new: the database holds all this already." in words
    assert "Save these changes" not in words
    at_work.post(f"/imports/{run.pk}/confirm/")
    run.refresh_from_db()
    assert (run.state, bytes(run.content)) == (ImportState.READY, b""), "nothing is left to save of the file"
    assert _everything() == before


def test_old_and_new_stand_beside_each_other(at_work: Client) -> None:
    _save(at_work, GOOD)
    changed = _changed(_changed(GOOD, "employees", 1, "level", "average"), "categories", 1, "order_number", "13-ж")
    run = _send(at_work, {**changed, "education": EDUCATION[:1]})
    words = _words(at_work.get(f"/imports/{run.pk}/"))
    assert "Level: before: highest qualification level → after: average qualification level" in words
    assert "Order number: before: 12-ж → after: 13-ж" in words
    assert "Education goes Level of education: higher" in words
    assert "Changed: 1" in words


def test_every_mistake_stands_in_a_table_and_a_mended_file_takes_its_place(at_work: Client) -> None:
    run = _send(at_work, _mistaken())
    assert (run.state, bytes(run.content)) == (ImportState.REFUSED, b"")
    page = at_work.get(f"/imports/{run.pk}/")
    words = _words(page)
    assert f"Mistakes ({len(MISTAKES)})" in words
    assert "850522400011" in words
    assert "The check digit of the IIN is wrong." in words
    assert "Save these changes" not in words
    at_work.post(f"/imports/{run.pk}/confirm/")
    assert not Employee.objects.exists()
    mended = _send(at_work, GOOD, replaces=run.pk)
    assert mended.state == ImportState.READY
    assert not ImportRun.objects.filter(pk=run.pk).exists(), "nothing personal stays of a file that was replaced"


def test_what_has_changed_meanwhile_is_shown_before_it_is_saved(at_work: Client) -> None:
    _save(at_work, GOOD)
    run = _send(at_work, _changed(GOOD, "employees", 1, "email", "a@example.org"))
    Employee.objects.filter(personnel_number="0002").update(last_name="Цой")
    at_work.post(f"/imports/{run.pk}/confirm/")
    run.refresh_from_db()
    assert run.state == ImportState.READY
    words = _words(at_work.get(f"/imports/{run.pk}/"))
    assert "Meanwhile the records have changed." in words
    assert "Surname: before: Цой → after: Ким" in words
    assert not Employee.objects.filter(email="a@example.org").exists()
    at_work.post(f"/imports/{run.pk}/confirm/")
    assert Employee.objects.filter(email="a@example.org").exists()


def test_a_file_that_is_no_workbook_is_refused_in_the_form(at_work: Client) -> None:
    response = at_work.post("/imports/", {"file": SimpleUploadedFile("staff.xlsx", b"not a workbook")})
    assert response.status_code == 422
    assert "The file is damaged or is not an Excel workbook (.xlsx)." in _words(response)
    response = at_work.post("/imports/", {"file": SimpleUploadedFile("big.xlsx", b"0" * (MAX_FILE_BYTES + 1))})
    assert "The file is larger than 30 MB." in _words(response)
    response = at_work.post("/imports/", {})
    assert "Choose the file first." in _words(response)
    assert not ImportRun.objects.exists()


def test_a_damaged_sheet_is_refused_by_the_job(at_work: Client) -> None:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("nothing.txt", "nothing")
    at_work.post("/imports/", {"file": SimpleUploadedFile("staff.xlsx", stream.getvalue())})
    run = ImportRun.objects.get()
    assert run.state == ImportState.REFUSED
    assert "The file is damaged" in _words(at_work.get(f"/imports/{run.pk}/"))


def test_a_job_that_dies_says_so_without_telling_whose_data_it_held(
    at_work: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def die(*args: Any, **kwargs: Any) -> Plan:
        raise RuntimeError("850522400010")

    monkeypatch.setattr(jobs, "plan", die)
    run = _send(at_work, GOOD)
    assert (run.state, bytes(run.content)) == (ImportState.FAILED, b"")
    assert "The work broke off" in _words(at_work.get(f"/imports/{run.pk}/"))
    assert "RuntimeError" in caplog.text
    assert "850522400010" not in caplog.text


def test_the_page_of_a_job_at_work_shows_how_far_it_is(at_work: Client, hr: User, organisation: Organisation) -> None:
    run = ImportRun.objects.create(
        user=hr, organisation=organisation, file_name="a.xlsx", language="en", state=ImportState.READING, done=40
    )
    page = at_work.get(f"/imports/{run.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert 'role="progressbar"' in page
    fragment = at_work.get(f"/imports/{run.pk}/progress/")
    assert 'aria-valuenow="40"' in fragment.content.decode()
    assert "HX-Refresh" not in fragment
    ImportRun.objects.update(before={"alive": "2020-01-01T00:00:00+00:00"})
    assert at_work.get(f"/imports/{run.pk}/progress/")["HX-Refresh"] == "true"
    run.refresh_from_db()
    assert run.state == ImportState.FAILED, "a job that has been silent for long is dead"


def test_a_discarded_file_is_deleted(at_work: Client) -> None:
    run = _send(at_work, GOOD)
    assert at_work.post(f"/imports/{run.pk}/discard/").status_code == 302
    assert not ImportRun.objects.exists()
    saved = _save(at_work, GOOD)
    at_work.post(f"/imports/{saved.pk}/discard/")
    assert ImportRun.objects.get() == saved, "what is saved stays on record"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_report_can_be_downloaded(at_work: Client, form: str) -> None:
    for sheets, told in ((GOOD, "Әбдіқалықова Гүлнәр Серікқызы"), (_mistaken(), "850522400011")):
        run = _send(at_work, sheets)
        response = at_work.get(f"/imports/{run.pk}/report.{form}")
        assert "staff" not in response["Content-Disposition"]
        if form == "csv":
            text = response.content.decode("utf-8-sig")
        else:
            sheet = load_workbook(io.BytesIO(response.content)).active
            assert sheet is not None
            text = str(list(sheet.iter_rows(values_only=True)))
        assert told in text


def test_the_number_of_queries_does_not_grow_with_the_file(at_work: Client, django_assert_max_num_queries: Any) -> None:
    run = _send(at_work, GOOD)
    with django_assert_max_num_queries(8):
        at_work.get(f"/imports/{run.pk}/")
    with django_assert_max_num_queries(6):
        at_work.get("/imports/")


# ------------------------------------------------------------------------------------------------------------- undo


def test_a_whole_import_can_be_undone(at_work: Client, hr: User) -> None:
    _save(at_work, GOOD)
    before = _shape()
    newcomer = ["0003", None, "Ли", "Вера", None, None, "Жаңа бөлім", "360/1.9", None, "2025-01-01"]
    sheets = _changed(GOOD, "employees", 1, "level", "average")
    sheets = _changed(sheets, "employees", 1, "unit", "Басқа бөлім")
    sheets = {
        **sheets,
        "organisation": [ORGANISATION[0], ["123456789012", "Басқа", "Другой", "social_protection"]],
        "employees": [*sheets["employees"], newcomer],
        "education": [EDUCATION[0], ["0003", "higher", "legal", "2000-06-30"]],
        "categories": _changed(GOOD, "categories", 1, "order_number", "13-ж")["categories"],
    }
    run = _save(at_work, sheets)
    assert _shape() != before
    assert "Undo the whole import" in _words(at_work.get(f"/imports/{run.pk}/"))
    at_work.post(f"/imports/{run.pk}/undo/")
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE, run.report
    assert run.before == {}
    assert _shape() == before
    gone = Employee.history.filter(personnel_number="0003", history_type="-")
    assert [(each.history_user, each.history_change_reason) for each in gone] == [(hr, "import undone")]
    back = EducationRecord.history.filter(history_type="+", history_change_reason="import undone")
    assert back.count() == 1
    assert set(StoredVerdict.objects.values_list("employee__personnel_number", flat=True)) == {"0001", "0002"}
    assert "The import is undone" in _words(at_work.get(f"/imports/{run.pk}/"))


def _shape() -> Any:
    """Everything that HR reads, without the numbers that the database gives."""
    skipped = {"id", "employee_id", "unit_id", "version"}
    return {
        model: [
            {name: value for name, value in row.items() if name not in skipped}
            | {"unit": names.get(row.get("unit_id"))}
            for row in rows
        ]
        for names in [dict(Unit.objects.values_list("pk", "name"))]
        for model, rows in _everything().items()
    }


@pytest.mark.parametrize("what", ["person", "record", "head", "organisation"])
def test_an_import_on_which_something_is_built_stays(at_work: Client, organisation: Organisation, what: str) -> None:
    run = _save(at_work, GOOD)
    employee = Employee.objects.get(personnel_number="0001")
    if what == "person":
        employee.email = "b@example.org"
        employee.version += 1
        employee.save()
        reason = "(personnel number 0001) has been changed since."
    elif what == "record":
        award = CategoryAward.objects.get()
        award.order_number = "99"
        award.save()
        reason = "(personnel number 0001) has been changed since."
    elif what == "head":
        Unit.objects.update(head=employee)
        reason = "has become the head of a structural unit"
    else:
        Organisation.objects.update(name_kk="Өзге")
        reason = "The organisation itself has been changed since."
    before = _everything()
    at_work.post(f"/imports/{run.pk}/undo/")
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert reason in _words(at_work.get(f"/imports/{run.pk}/"))
    assert _everything() == before


def test_an_import_that_brought_its_organisation_is_undone_with_it(client: Client, admin: User) -> None:
    client.force_login(admin)
    client.cookies["django_language"] = "en"
    sheets = _changed(GOOD, "organisation", 1, "bin", "050240001231")
    run = _save(client, sheets)
    assert Organisation.objects.filter(bin="050240001231").exists()
    client.post(f"/imports/{run.pk}/undo/")
    run.refresh_from_db()
    assert (run.state, run.organisation) == (ImportState.UNDONE, None), run.report
    assert not Organisation.objects.filter(bin="050240001231").exists()
    assert not Employee.objects.exists()


# ----------------------------------------------------------------------------------------------------------- access


def _addresses(run: ImportRun) -> list[tuple[str, str]]:
    return [
        ("get", f"/imports/{run.pk}/"),
        ("get", f"/imports/{run.pk}/progress/"),
        ("get", f"/imports/{run.pk}/report.csv"),
        ("get", f"/imports/{run.pk}/report.xlsx"),
        ("post", f"/imports/{run.pk}/confirm/"),
        ("post", f"/imports/{run.pk}/undo/"),
        ("post", f"/imports/{run.pk}/discard/"),
    ]


@pytest.mark.parametrize(
    ("who", "general", "particular"), [(None, 302, 302), ("manager", 403, 403), ("stranger", 200, 404)]
)
def test_nobody_meets_the_import_of_another_organisation(
    who: str | None,
    general: int,
    particular: int,
    request: pytest.FixtureRequest,
    client: Client,
    hr: User,
    organisation: Organisation,
) -> None:
    client.force_login(hr)
    run = _send(client, GOOD)
    assert [client.get(path).status_code for path in ("/imports/", "/imports/template/")] == [200, 200]
    client.logout()
    if who:
        client.force_login(request.getfixturevalue(who))
    assert [client.get(path).status_code for path in ("/imports/", "/imports/template/")] == [general, general]
    found = {path: getattr(client, method)(path).status_code for method, path in _addresses(run)}
    assert found == dict.fromkeys(found, particular)
    run.refresh_from_db()
    assert run.state == ImportState.READY
    assert "staff.xlsx" not in _words(client.get("/imports/"))


def test_whoever_may_not_import_into_an_organisation_learns_nothing_of_it(
    client: Client, stranger: User, organisation: Organisation
) -> None:
    EmployeeFactory(organisation=organisation, personnel_number="0001", last_name="Құпия", iin="850522400010")
    client.force_login(stranger)
    client.cookies["django_language"] = "en"
    run = _send(client, GOOD)
    assert (run.state, run.organisation, bytes(run.content)) == (ImportState.REFUSED, None, b"")
    page = _words(client.get(f"/imports/{run.pk}/"))
    assert "You may not import into an organisation with this BIN." in page
    assert "Құпия" not in page
    new = _send(client, _changed(GOOD, "organisation", 1, "bin", "050240001231"))
    assert new.state == ImportState.REFUSED
    assert new.report["errors"][0]["reason"] == run.report["errors"][0]["reason"]


def test_whoever_has_lost_the_right_meanwhile_saves_nothing(at_work: Client, hr: User) -> None:
    run = _send(at_work, GOOD)
    hr.grants.all().delete()
    assert at_work.post(f"/imports/{run.pk}/confirm/").status_code == 403
    ImportRun.objects.update(state=ImportState.APPLYING)
    jobs.import_apply.enqueue(run.pk, hr.pk)
    run.refresh_from_db()
    assert run.state == ImportState.REFUSED
    assert not Employee.objects.exists()


# --------------------------------------------------------------------------------------------------------- template


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_template_comes_back_in_three_languages(language: str) -> None:
    stream = io.BytesIO()
    with translation.override(language):
        write_template(stream)
        labels = {str(sheet.label): sheet for sheet in SHEETS}
    template = load_workbook(stream)
    assert template["_lists"].sheet_state == "hidden"
    for label, sheet in labels.items():
        worksheet = template[label]
        assert [str(cell.value).endswith("*") for cell in worksheet[1]] == [column.required for column in sheet.columns]
        assert [bool(cell.font.bold) for cell in worksheet[1]] == [column.required for column in sheet.columns]
        assert worksheet.freeze_panes is not None
        names = [column.name for column in sheet.columns]
        for row in GOOD.get(sheet.name, [])[1:]:
            given = dict(zip(GOOD[sheet.name][0], row, strict=False))
            worksheet.append([_offered(template, worksheet, sheet, name, given.get(name)) for name in names])
    filled = io.BytesIO()
    template.save(filled)
    result = plan(read(filled))
    assert (result.errors, result.warnings, len(result.new)) == ([], [], 2)
    apply(result)
    again = _plan(GOOD)
    assert (again.errors, again.changes_nothing) == ([], True)


def _offered(template: Any, worksheet: Any, sheet: Any, name: str, value: Any) -> Any:
    """Replace a code by the word that the list of the column offers for it."""
    column = sheet.column(name)
    if value is None or column.kind != "code":
        return value
    letter = next(cell.column_letter for cell, each in zip(worksheet[1], sheet.columns, strict=True) if each is column)
    validation = next(
        each for each in worksheet.data_validations.dataValidation if f"{letter}2" in str(each.sqref).split(":")
    )
    source = validation.formula1.split("!")[1].replace("$", "")
    choices = [cell.value for (cell,) in template["_lists"][source]]
    return choices[[choice.value for choice in column.codes].index(value)]


def test_the_template_is_given_in_the_readers_language(at_work: Client) -> None:
    at_work.cookies["django_language"] = "ru"
    response = at_work.get("/imports/template/")
    assert "Работники" in load_workbook(io.BytesIO(response.content)).sheetnames
