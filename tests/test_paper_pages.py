"""Papers through their addresses: numbers that stay, prints that say the same, who reads them, printing many."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attestation.codes import PaperKind
from attestation.models import Case, ExportRun, Paper
from attestation.papers import subjects
from attestation.papers.data import data_kept, papers_data
from attestation.papers.print_runs import print_start
from attestation.papers.registering import paper_registered, papers_registered
from attestation.papers.shelf import shelf_of_case, shelf_of_cycle, shelf_of_sitting
from attestation.papers.subjects import ready_in
from attestation.papers.words import words_of
from employees.codes import ReadKind, Role
from employees.models import Employee, ReadLog, User
from tests import cycles
from tests.browsing import as_user
from tests.cycles import GENERAL, fresh
from tests.factories import GrantFactory, UserFactory
from tests.paper_scenes import TODAY, Told, text_in, tight, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def _post(user: User, subject: subjects.Subject, language: str = "kk") -> Any:
    told_form = {"kind": subject.kind.value, "subject": subject.code, "language": language}
    return as_user(user).post(reverse("paper_register"), told_form)


def _pdf(user: User, paper: Paper, language: str = "kk") -> Any:
    return as_user(user).get(reverse("paper_pdf", args=[paper.pk, language]))


def _text(response: Any) -> str:
    assert response["Content-Type"] == "application/pdf"
    return text_in(PdfReader(io.BytesIO(response.content)))


# ------------------------------------------------------------------------------------------------------------- numbers


def test_a_paper_asked_for_twice_has_one_number_in_all_languages() -> None:
    found = told(GENERAL)
    subject, hr = found.subject(PaperKind.SHEET), found.here.hr
    answers = [_post(hr, subject, language) for language in ("kk", "ru", "kk")]
    paper = Paper.objects.get(kind=PaperKind.SHEET)
    assert [answer.url for answer in answers] == [
        f"/attestation/papers/{paper.pk}/{language}.pdf" for language in ("kk", "ru", "kk")
    ]
    texts = [_text(_pdf(hr, paper, language)) for language in ("kk", "ru", "en")]
    numbers = [re.search(r"(?:SHEET|ЛИСТ|ПАРАҒЫ) (.+?) ((?:№|No) \d+)", text) for text in texts]
    on = paper.registered_on
    assert [found and found.groups() for found in numbers] == [
        (words_of("kk").day(on), "№ 1"),
        (words_of("ru").day(on), "№ 1"),
        (words_of("en").day(on), "No 1"),
    ]
    other = Case.objects.get(pk=found.cases[1].pk)
    _post(hr, subjects.of_case(PaperKind.SHEET, other))
    assert [each.number for each in Paper.objects.filter(kind=PaperKind.SHEET).order_by("pk")] == [1, 2]


def test_a_print_says_the_same_after_the_record_has_changed() -> None:
    found = told(GENERAL)
    hr = found.here.hr
    _post(hr, found.subject(PaperKind.SHEET))
    paper = Paper.objects.get(kind=PaperKind.SHEET)
    before = {language: _pdf(hr, paper, language).content for language in ("kk", "ru")}
    Employee.objects.filter(pk=found.case.employee_id).update(last_name="Басқақызы", birth_date=date(1990, 1, 1))
    Case.objects.filter(pk=found.case.pk).update(recommendations="Басқа ұсыныс.", decision="repeated")
    found.case.employee.education.all().delete()
    found.cycle.commission.update(name="Басқа адам")
    after = {language: _pdf(hr, paper, language).content for language in ("kk", "ru")}
    assert before == after, "to the last byte"
    assert "Әбдіқалықова" in text_in(PdfReader(io.BytesIO(after["kk"])))


def test_an_order_keeps_what_it_said_when_it_got_its_number() -> None:
    found = told(GENERAL)
    paper = Paper.objects.get(kind=PaperKind.ORDER)
    assert paper.data
    assert "№ 1" in _text(_pdf(found.here.head, paper))
    assert fresh(paper).data["cycle"]["order_number"] == "1"
    kept = fresh(paper).data
    assert data_kept(fresh(paper), today=TODAY).data == kept
    minutes = data_kept(Paper.objects.get(kind=PaperKind.MINUTES), today=TODAY)
    assert fresh(minutes).data["quorum"] == {"size": 7, "needed": 5, "present": 6}


def test_what_is_not_settled_is_shown_without_a_number() -> None:
    here = cycles.scene(GENERAL)
    cycle, _sitting, case = cycles.at_sitting(here)
    answer = _post(here.hr, subjects.of_case(PaperKind.SHEET, case), "ru")
    assert answer.url == f"/attestation/papers/look/sheet/case:{case.pk}/ru.pdf"
    text = _text(as_user(here.hr).get(answer.url))
    assert "№ __________" in text
    assert not Paper.objects.filter(kind=PaperKind.SHEET).exists()
    assert not subjects.is_ready(subjects.of_cycle(PaperKind.SUMMARY, cycle), today=TODAY)


def test_an_order_on_results_is_not_settled_while_its_day_goes_on() -> None:
    """Whatever else is approved on the day belongs to it."""
    found = told()
    subject = found.subject(PaperKind.RESULTS_ORDER)
    assert found.cycle.pk
    assert not subjects.is_ready(subject, today=date(2026, 4, 20))
    assert subjects.is_ready(subject, today=date(2026, 4, 21))


def test_a_sheet_waits_for_the_head_where_the_rules_ask_for_it() -> None:
    here = cycles.scene()
    _cycle, _sitting, case = cycles.decided_case(here)
    assert not subjects.is_ready(subjects.of_case(PaperKind.SHEET, case), today=TODAY)
    assert subjects.is_ready(subjects.of_case(PaperKind.EXTRACT, case), today=TODAY)


def test_a_characteristic_handed_in_anew_is_another_paper() -> None:
    here = cycles.scene(GENERAL)
    cycle, _sitting = cycles.approved(here)
    case = cycles.prepared(here, cycles.cases_of(cycle)[0])
    first = paper_registered(subjects.of_case(PaperKind.CHARACTERISTIC, fresh(case)), user=here.hr, today=TODAY)
    Case.objects.filter(pk=case.pk).update(characteristic="Басқа мәтін.", characteristic_on=date(2026, 3, 12))
    second = paper_registered(subjects.of_case(PaperKind.CHARACTERISTIC, fresh(case)), user=here.hr, today=TODAY)
    assert [first.number, second.number] == [1, 2]
    assert [first.data["text"], second.data["text"]] == ["Жұмысын біледі.", "Басқа мәтін."]
    shelf = shelf_of_case(here.hr, fresh(case), today=TODAY)
    assert shelf is not None
    assert [row.paper for row in shelf.rows if row.kind == PaperKind.CHARACTERISTIC] == [second, first]


def test_many_are_registered_at_once_as_one_by_one() -> None:
    found = told(GENERAL)
    hr = found.here.hr
    first = paper_registered(found.subject(PaperKind.EXTRACT), user=hr, today=TODAY)
    ready = ready_in(fresh(found.cycle), [PaperKind.EXTRACT], today=TODAY)[PaperKind.EXTRACT]
    papers = papers_registered(ready, user=hr, on=TODAY)
    assert [paper.case_id for paper in papers] == [found.cases[0].pk, found.cases[1].pk], "by the names"
    assert papers[0] == first
    assert [paper.number for paper in papers] == [1, 2]
    assert papers[1].data == papers_data([ready[1]])[0]
    assert papers_registered(ready, user=hr, on=TODAY) == papers


def test_data_of_many_costs_as_many_queries_as_data_of_one(django_assert_max_num_queries: Any) -> None:
    found = told(GENERAL)
    for kind in (PaperKind.SHEET, PaperKind.EVALUATION_SHEET, PaperKind.NOTICE, PaperKind.EXTRACT):
        ready = ready_in(fresh(found.cycle), [kind], today=TODAY)[kind]
        assert len(ready) > 1
        with django_assert_max_num_queries(26):
            papers_data(ready)


def test_a_shelf_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    found = told()
    user = User.objects.get(pk=found.here.hr.pk)
    case = Case.objects.select_related("cycle__organisation", "cycle__regime", "sitting", "award").get(pk=found.case.pk)
    with django_assert_max_num_queries(6):
        assert shelf_of_case(user, case, today=TODAY)
    cycle = case.cycle
    with django_assert_max_num_queries(8):
        shelf = shelf_of_cycle(user, cycle, today=TODAY)
    assert shelf is not None
    assert {bulk.kind: bulk.count for bulk in shelf.bulk} == {
        PaperKind.NOTICE: 3,
        PaperKind.CHARACTERISTIC_REQUEST: 3,
        PaperKind.CHARACTERISTIC: 3,
        PaperKind.EVALUATION_SHEET: 12,
        PaperKind.SHEET: 2,
        PaperKind.EXTRACT: 2,
    }
    sitting = fresh(found.sitting)
    rows = shelf_of_sitting(user, sitting, today=TODAY)
    assert rows is not None
    assert [(row.kind, row.paper.number if row.paper else None) for row in rows.rows] == [(PaperKind.MINUTES, 1)]


# -------------------------------------------------------------------------------------------------------------- access


def _cast(found: Told) -> dict[str, User]:
    here = found.here
    people = {"hr": here.hr, "head": here.head, "head of the unit": here.manager}
    for name, role in (("secretary", Role.SECRETARY), ("auditor", Role.AUDITOR), ("texts", Role.TEXTS)):
        people[name] = UserFactory()
        GrantFactory(user=people[name], organisation=here.organisation, role=role)
    for name, number in (("chair", 0), ("member", 2), ("commission's secretary", -1)):
        people[name] = UserFactory()
        member = found.members[number]
        type(member).objects.filter(pk=member.pk).update(user=people[name])
    people["stranger"] = UserFactory()
    GrantFactory(user=people["stranger"], role=Role.HR)
    return people


READS = {"hr", "head", "secretary", "auditor", "chair", "commission's secretary"}
REGISTERS = {"hr", "secretary", "commission's secretary"}


def test_who_reads_papers_and_who_registers_them() -> None:
    found = told(GENERAL)
    people = _cast(found)
    paper = found.paper(PaperKind.NOTICE)
    looked = found.subject(PaperKind.SUMMARY)
    look = reverse("paper_look", args=[looked.kind.value, looked.code, "kk"])
    for name, user in people.items():
        reads = 200 if name in READS else 404
        assert _pdf(user, paper).status_code == reads, name
        assert as_user(user).get(look).status_code == reads, name
        answer = _post(user, found.subject(PaperKind.EXTRACT)).status_code
        assert answer == (302 if name in REGISTERS else 403 if name in READS else 404), name
        asked = {"kinds": ["notice"], "languages": ["kk"], "form": "pdf"}
        answer = as_user(user).post(reverse("cycle_print", args=[found.cycle.pk]), asked).status_code
        assert answer == (302 if name in REGISTERS else 403 if name in READS else 404), name
        shelf = shelf_of_case(user, found.case, today=TODAY)
        assert (shelf is not None) == (name in READS), name
        assert shelf is None or shelf.register == (name in REGISTERS), name


def test_the_list_of_those_overdue_is_for_the_organisation_alone() -> None:
    found = told(GENERAL)
    people = _cast(found)
    address = reverse("paper_look", args=["overdue", f"organisation:{found.here.organisation.pk}", "ru"])
    answers = {name: as_user(user).get(address).status_code for name, user in people.items()}
    assert {name for name, answer in answers.items() if answer == 200} == {"hr", "head", "secretary", "auditor"}


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("sheet", "case:999999"),
        ("sheet", "cycle:1"),
        ("minutes", "sitting:999999"),
        ("order", "cycle:999999"),
        ("order", "cycle:{cycle}:2026-13-40"),
        ("evaluation_sheet", "case:{case}"),
        ("evaluation_sheet", "case:{case}:999999"),
        ("overdue", "organisation:999999"),
        ("nothing", "case:{case}"),
        ("sheet", "case:{case}:x"),
    ],
)
def test_what_there_is_not_is_not_found(kind: str, code: str) -> None:
    found = told(GENERAL)
    code = code.format(cycle=found.cycle.pk, case=found.cases[0].pk)
    assert as_user(found.here.hr).get(f"/attestation/papers/look/{kind}/{code}/kk.pdf").status_code == 404
    answer = as_user(found.here.hr).post(reverse("paper_register"), {"kind": kind, "subject": code, "language": "kk"})
    assert answer.status_code == 404


def test_a_language_without_sheets_is_not_found() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.NOTICE)
    assert as_user(found.here.hr).get(f"/attestation/papers/{paper.pk}/de.pdf").status_code == 404
    assert _post(found.here.hr, found.subject(PaperKind.NOTICE), "de").status_code == 404


def test_reading_a_paper_is_noted_for_everybody_it_tells_of() -> None:
    found = told(GENERAL)
    hr = found.here.hr
    noted = ReadLog.objects.filter(user=hr, kind=ReadKind.PRINT)
    _pdf(hr, found.paper(PaperKind.NOTICE))
    assert list(noted.values_list("employee", flat=True)) == [found.case.employee_id]
    _pdf(hr, found.paper(PaperKind.NOTICE))
    assert noted.count() == 1, "the same reading within the hour"
    _pdf(hr, found.paper(PaperKind.ORDER))
    assert noted.count() == 3


def test_the_head_reads_no_identification_number_in_full() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.ORDER)
    assert "850522400010" in _text(_pdf(found.here.hr, paper))
    assert "850522400010" not in _text(_pdf(found.here.head, paper))


def test_no_address_and_no_file_names_anybody() -> None:
    found = told(GENERAL)
    answer = _pdf(found.here.hr, found.paper(PaperKind.NOTICE))
    assert answer["Content-Disposition"] == 'inline; filename="notice-2026-1-kk.pdf"'
    metadata = PdfReader(io.BytesIO(answer.content)).metadata
    assert metadata is not None
    assert metadata.title == "Хабарлама № 1"


# --------------------------------------------------------------------------------------------------------------- pages


def test_the_page_of_a_cycle_lists_its_papers_and_prints_them_all() -> None:
    found = told(GENERAL)
    page = as_user(found.here.hr).get(reverse("cycle_papers", args=[found.cycle.pk])).content.decode()
    order = Paper.objects.get(kind=PaperKind.ORDER)
    assert reverse("paper_pdf", args=[order.pk, "ru"]) in page
    assert f'action="{reverse("cycle_print", args=[found.cycle.pk])}"' in page
    assert f'value="cycle:{found.cycle.pk}"' in page, "the schedule can be registered"
    auditor = _cast(found)["auditor"]
    seen = as_user(auditor).get(reverse("cycle_papers", args=[found.cycle.pk])).content.decode()
    assert reverse("paper_pdf", args=[order.pk, "ru"]) in seen
    assert reverse("paper_register") not in seen


def test_the_page_of_a_case_lists_its_papers() -> None:
    found = told(GENERAL)
    page = as_user(found.here.hr).get(reverse("case", args=[found.case.pk])).content.decode()
    for kind in ("notice", "sheet", "extract", "characteristic"):
        assert f'name="kind" value="{kind}"' in page, kind
    assert "certificate" not in re.findall(r'name="kind" value="(\w+)"', page)


# ----------------------------------------------------------------------------------------------------------------- job


def _print(user: User, found: Told, **told_form: Any) -> ExportRun:
    asked = {"kinds": ["sheet", "extract"], "languages": ["kk", "ru"], "form": "pdf", **told_form}
    answer = as_user(user).post(reverse("cycle_print", args=[found.cycle.pk]), asked)
    run = ExportRun.objects.latest("pk")
    assert answer.url == reverse("export_run", args=[run.pk])
    return run


def test_a_job_prints_the_papers_of_a_cycle_as_one_file() -> None:
    found = told(GENERAL)
    hr = found.here.hr
    run = _print(hr, found)
    assert (run.state, run.percent) == ("ready", 100)
    client = as_user(hr)
    assert "The file is ready." in client.get(reverse("export_run", args=[run.pk])).content.decode()
    file = client.get(reverse("export_file", args=[run.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert 'filename="papers-' in file["Content-Disposition"]
    text = tight(text_in(PdfReader(io.BytesIO(file.content))))
    order = [
        text.index(each)
        for each in ("АТТЕСТАТТАУПАРАҒЫ", "ХАТТАМАДАНҮЗІНДІ", "АТТЕСТАЦИОННЫЙЛИСТ", "ВЫПИСКАИЗПРОТОКОЛА")
    ]
    assert order == sorted(order), "all in the first language, then all in the second"
    assert text.count("АТТЕСТАТТАУПАРАҒЫ") == 2
    assert Paper.objects.filter(kind=PaperKind.SHEET).count() == 2
    assert ReadLog.objects.filter(user=hr, kind=ReadKind.PRINT).count() == 2


def test_a_job_prints_each_paper_as_a_file_of_its_own() -> None:
    found = told(GENERAL)
    run = _print(found.here.hr, found, form="zip", kinds=["notice"])
    with zipfile.ZipFile(io.BytesIO(bytes(fresh(run).content))) as archive:
        names = archive.namelist()
        year = Paper.objects.filter(kind=PaperKind.NOTICE).latest("pk").year
        assert names == [f"notice-{year}-{number}-{code}.pdf" for number in (1, 2, 3) for code in ("kk", "ru")]
        texts = [text_in(PdfReader(io.BytesIO(archive.read(name)))) for name in names]
    assert "Әбдіқалықова Гүлсім Іңкәрбекқызы" in texts[0]
    assert "УВЕДОМЛЕНИЕ" in texts[1]
    assert fresh(run).percent == 100


def test_a_job_is_for_its_user_alone_and_only_as_long_as_she_may() -> None:
    found = told(GENERAL)
    hr = found.here.hr
    run = _print(hr, found)
    address = reverse("export_file", args=[run.pk])
    assert as_user(found.here.head).get(address).status_code == 404
    assert as_user(hr).get(address).status_code == 200
    hr.grants.all().delete()
    assert as_user(User.objects.get(pk=hr.pk)).get(address).status_code == 404


def test_a_job_of_somebody_who_lost_the_right_fails_without_a_word_of_anybody(caplog: Any) -> None:
    found = told(GENERAL)
    auditor = _cast(found)["auditor"]
    run = print_start(
        user=auditor,
        cycle=found.cycle,
        kinds=[PaperKind.NOTICE],
        languages=["kk"],
        form="pdf",
        language="kk",
        on=TODAY,
    )
    assert fresh(run).state == "failed"
    assert "Әбдіқалықова" not in caplog.text
    assert not Paper.objects.filter(kind=PaperKind.NOTICE).exists()


@pytest.mark.parametrize(
    "wrong", [{"kinds": []}, {"languages": []}, {"languages": ["de"]}, {"form": "doc"}, {"kinds": ["order"]}]
)
def test_a_form_that_asks_for_nothing_starts_nothing(wrong: dict[str, Any]) -> None:
    found = told(GENERAL)
    asked = {"kinds": ["sheet"], "languages": ["kk"], "form": "pdf", **wrong}
    answer = as_user(found.here.hr).post(reverse("cycle_print", args=[found.cycle.pk]), asked)
    assert answer.url == reverse("cycle_papers", args=[found.cycle.pk])
    assert not ExportRun.objects.exists()
