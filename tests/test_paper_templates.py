"""Word templates of an organisation's own: taken in the place of ours, given back, and what happens when one fails."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse

from attestation.codes import PaperKind
from attestation.models import PaperTemplate
from attestation.papers.own_templates import paper_word, template_rows, template_set
from attestation.papers.word import filled
from attestation.papers.word_templates import our_template
from employees.codes import ReadKind, Role
from employees.models import Organisation, ReadLog, Unit, User
from tests.browsing import as_user
from tests.cycles import GENERAL
from tests.factories import GrantFactory, UserFactory
from tests.paper_scenes import told
from tests.word_documents import document, letter, lines, sent, text_in

# --------------------------------------------------------------------------------------------------------------- taken


@pytest.mark.django_db
def test_an_organisations_own_template_takes_the_place_of_ours() -> None:
    found = told(GENERAL)
    paper, hr = found.paper(PaperKind.SHEET), found.here.hr
    content = letter(
        "Парақ: {{ person.name | upper }}", "{%p if answer.degree %}", "{{ answer.degree }}", "{%p endif %}"
    )
    answer = sent(hr, content, kind="sheet")
    assert answer.status_code == 302
    assert text_in(paper_word(paper, "kk")) == "Парақ: ӘБДІҚАЛЫҚОВА ГҮЛСІМ ІҢКӘРБЕКҚЫЗЫ Педагогика магистрі"
    assert "Аттестационный лист" in text_in(paper_word(paper, "ru")), "the other language is ours"
    assert "Хаттама" in text_in(paper_word(found.paper(PaperKind.MINUTES), "kk")), "the other kind is ours"
    as_user(hr).post(reverse("paper_template_ours", args=["123456789012", "sheet", "kk"]))
    assert "Аттестаттау парағы" in text_in(paper_word(paper, "kk"))
    assert not PaperTemplate.objects.exists()


@pytest.mark.django_db
def test_a_template_is_for_its_organisation_alone(stranger: User, other_organisation: Organisation) -> None:
    found = told(GENERAL)
    values = {"organisation": other_organisation, "kind": "sheet", "language": "kk", "name": "a.docx"}
    template_set(**values, content=letter("Бөтен"), user=stranger)
    assert "Бөтен" not in text_in(paper_word(found.paper(PaperKind.SHEET), "kk"))


@pytest.mark.django_db
def test_a_template_is_downloaded_as_it_was_sent_and_ours_beside_it(hr: User) -> None:
    content = letter()
    place = reverse("paper_template_file", args=["123456789012", "notice", "kk"])
    assert as_user(hr).get(place).content == our_template("notice", "kk")
    sent(hr, content, name="Біздің хат.docx")
    answer = as_user(hr).get(place)
    assert answer.content == content
    assert answer["Content-Disposition"] == 'attachment; filename="notice-kk.docx"'
    assert as_user(hr).get(place, {"ours": "1"}).content == our_template("notice", "kk")
    page = as_user(hr).get(reverse("paper_templates")).content.decode()
    assert page.count("Біздің хат.docx") == 1


@pytest.mark.django_db
def test_our_template_changed_in_word_is_a_template(hr: User) -> None:
    made = document(our_template("minutes", "ru"))
    made.paragraphs[0].insert_paragraph_before("Акимат")
    made.sections[0].footer.paragraphs[0].text = "{{ organisation }}, {{ cycle.title }}"
    file = io.BytesIO()
    made.save(file)
    assert sent(hr, file.getvalue(), kind="minutes", language="ru").status_code == 302
    second = letter("Екінші")
    sent(hr, second, name="екінші.docx", kind="minutes", language="ru")
    assert [(row.name, bytes(row.content)) for row in PaperTemplate.objects.all()] == [("екінші.docx", second)]


def test_tags_in_headings_footings_and_pieces_of_text_are_filled_in() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "{{ a }} жоғарыда"
        made.sections[0].footer.paragraphs[0].text = "{{ a }} төменде"
        paragraph = made.add_paragraph()
        for piece in ("{", "{ ", "a", " }", "}"):
            paragraph.add_run(piece).bold = True
        table = made.add_table(rows=3, cols=1)
        for row, text in zip(
            table.rows, ("{%tr for b in c %}", "{{ loop.index }}) {{ b }}", "{%tr endfor %}"), strict=True
        ):
            row.cells[0].text = text

    file = io.BytesIO()
    filled(letter("{{ a }}", change=change), {"a": "Ә & <б>", "c": ["бір", "екі"]}).save(file)
    found = document(file.getvalue())
    assert [each for each in lines(found) if each] == ["Ә & <б>", "Ә & <б>", "1) бір", "2) екі"]
    assert found.sections[0].header.paragraphs[0].text == "Ә & <б> жоғарыда"
    assert found.sections[0].footer.paragraphs[0].text == "Ә & <б> төменде"


def test_what_conditions_leave_empty_is_still_a_document() -> None:
    """Word does not open a table without rows, or a cell without a paragraph."""

    def change(made: Any) -> None:
        gone, kept = made.add_table(rows=3, cols=1), made.add_table(rows=1, cols=1)
        for row, text in zip(gone.rows, ("{%tr for b in c %}", "{{ b }}", "{%tr endfor %}"), strict=True):
            row.cells[0].text = text
        cell = kept.cell(0, 0)
        cell.paragraphs[0].text = "{%p if c %}"
        for text in ("{{ c | first }}", "{%p endif %}"):
            cell.add_paragraph(text)

    found = filled(letter("а", change=change), {"c": []})
    assert len(found.tables) == 1
    assert [paragraph.text for paragraph in found.tables[0].cell(0, 0).paragraphs] == [""]


def test_nothing_is_kept_of_the_properties_of_a_template_and_their_tags_are_not_run() -> None:
    def change(made: Any) -> None:
        made.core_properties.comments = "{{ ''.__class__ }}"

    assert filled(letter("а", change=change), {}).core_properties.comments == "{{ ''.__class__ }}"


# ------------------------------------------------------------------------------------------------------ when it fails


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "tag"),
    [
        (letter("{{ person.ghost }}"), "{{ person.ghost }}"),
        (letter("{{ fields }}"), "{{ fields }}"),
        (letter("{{ title.__class__ }}"), "title.__class__"),
        (letter("{% for %}"), "{% for %}"),
        (b"no document", ""),
        (letter()[:9000], ""),
    ],
    ids=["missing", "several", "forbidden", "unreadable", "no document", "cut off"],
)
def test_a_template_that_fails_at_printing_is_named_with_its_tag(content: bytes, tag: str) -> None:
    """A template may be older than the tags are; whoever prints is told which it is, and the PDF is offered."""
    found = told(GENERAL)
    paper, hr = found.paper(PaperKind.SHEET), found.here.hr
    PaperTemplate.objects.create(
        organisation=found.here.organisation,
        kind="sheet",
        language="kk",
        name="ескі.docx",
        content=content,
        uploaded_by=hr,
    )
    place = reverse("paper_docx", args=[paper.pk, "kk"])
    answer = as_user(hr).get(place)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ескі.docx" in page
    assert tag in page.replace("&#x27;", "'")
    assert "Әбдіқалықова" not in page
    assert reverse("paper_template", args=["123456789012", "sheet", "kk"]) in page
    assert reverse("paper_pdf", args=[paper.pk, "kk"]) in page
    assert not ReadLog.objects.filter(kind=ReadKind.PRINT).exists(), "nothing was read"
    assert reverse("paper_template", args=["123456789012", "sheet", "kk"]) not in (
        as_user(found.here.head).get(place).content.decode()
    )
    assert as_user(hr).get(reverse("paper_docx", args=[paper.pk, "ru"])).status_code == 200


# --------------------------------------------------------------------------------------------------------------- pages


@pytest.mark.django_db
def test_the_page_of_a_template_lists_its_tags_in_the_language_of_the_template(hr: User) -> None:
    page = as_user(hr).get(reverse("paper_template", args=["123456789012", "notice", "ru"])).content.decode()
    for expected in ("{{ person.name }}", "{{ sitting.place }}", "{%p for label, value in facts %}", "Уведомление"):
        assert expected in page
    assert "{{ quorum.size }}" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "language"), [("letter", "kk"), ("notice", "en"), ("notice", "de")])
def test_there_is_no_template_of_another_kind_or_language(kind: str, language: str, hr: User) -> None:
    for name in ("paper_template", "paper_template_file"):
        assert as_user(hr).get(reverse(name, args=["123456789012", kind, language])).status_code == 404


@pytest.mark.django_db
def test_templates_are_for_those_who_manage_the_whole_organisation(organisation: Organisation, unit: Unit) -> None:
    user = UserFactory()
    GrantFactory(user=user, organisation=organisation, unit=unit, role=Role.HR)
    assert as_user(user).get(reverse("paper_templates")).status_code == 403
    assert sent(user, letter()).status_code == 403
    assert not PaperTemplate.objects.exists()


@pytest.mark.django_db
def test_somebody_with_two_organisations_chooses_one(admin: User, other_organisation: Organisation) -> None:
    page = as_user(admin).get(reverse("paper_templates"), {"organisation": other_organisation.bin})
    assert page.context["organisation"] == other_organisation
    assert reverse("paper_template", args=[other_organisation.bin, "notice", "kk"]) in page.content.decode()
    assert as_user(admin).get(reverse("paper_templates"), {"organisation": "000000000000"}).status_code == 404


@pytest.mark.django_db
def test_a_file_must_be_chosen(hr: User) -> None:
    place = reverse("paper_template", args=["123456789012", "notice", "kk"])
    answer = as_user(hr).post(place, {})
    assert answer.status_code == 422
    assert "Choose the file first." in answer.content.decode()


@pytest.mark.django_db
def test_the_list_of_templates_is_one_query(
    hr: User, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    for kind in (PaperKind.NOTICE, PaperKind.SHEET):
        template_set(organisation=organisation, kind=kind, language="kk", name="a.docx", content=letter("а"), user=hr)
    with django_assert_num_queries(1):
        rows = template_rows(organisation)
        assert [each.own["kk"].uploaded_by.username for each in rows if each.own["kk"]] == ["hr", "hr"]
    assert [row.kind for row in rows] == list(PaperKind)
