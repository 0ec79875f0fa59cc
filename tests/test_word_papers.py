"""Papers as Word: they say what the PDF says, whatever is in a name; whoever may read the one may read the other."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from attestation import cycle_services as services
from attestation.codes import PaperKind
from attestation.models import Paper
from attestation.papers.drawing import drawn
from attestation.papers.frame import Frame
from attestation.papers.own_templates import paper_word, refuse_unfit
from attestation.papers.word import context_of, paper_docx
from attestation.papers.word_examples import example
from attestation.papers.word_guide import tag_rows
from attestation.papers.word_shapes import Group, Many, shape_of
from attestation.papers.word_templates import our_template
from attestation.papers.word_values import named_values
from attestation.papers.words import words_of
from employees.codes import ReadKind
from employees.models import ReadLog, User
from tests.browsing import as_user
from tests.cycles import GENERAL, WITH_CATEGORY, fresh
from tests.paper_scenes import Told, strings, text_of, tight, told
from tests.word_documents import document, lines, text_in

LANGUAGES = ("kk", "ru")
#: A name that a template, a document and an editor could each take for something of their own.
HOSTILE = "{{ title }} {% if x %} {_{ }_} {# #} <w:br/> & ]]> \"'\\ Әбдіқалықова"


def letters(text: str) -> Counter[str]:
    """Count the letters of a text; lines to be written on are drawn in one file and written in the other."""
    return Counter(tight(text).replace("_", "").casefold())


def own(kind: PaperKind, **more: Any) -> Paper:
    """Give an invented paper with something else in its data."""
    paper = example(kind)
    paper.data = {**paper.data, **more}
    return paper


def written(paper: Paper, language: str = "kk") -> Any:
    """Write a paper with our template."""
    return document(paper_docx(paper, language, template=our_template(paper.kind, language)))


def _refused(found: Told) -> None:
    first = found.cases[0]
    services.result_refuse(
        case=fresh(first),
        version=fresh(first).version,
        witnesses="Нұрланова Әсем\nКим Виктория",
        user=found.here.hr,
        on=date(2026, 4, 24),
    )


# ------------------------------------------------------------------------------------------------- the same as the PDF


@pytest.mark.django_db
@pytest.mark.parametrize("code", [GENERAL, WITH_CATEGORY])
def test_every_paper_says_in_word_what_its_pdf_says(code: str) -> None:
    found = told(code)
    _refused(found)
    for kind in PaperKind:
        paper = found.paper(kind)
        for language in LANGUAGES:
            word, pdf = letters(text_in(paper_word(paper, language))), letters(text_of(paper, language))
            assert not word - pdf, (kind, language)
            # What the PDF has beyond that are the numbers of its pages.
            assert all(letter.isdigit() for letter in pdf - word), (kind, language, pdf - word)


@pytest.mark.django_db
def test_every_text_that_is_drawn_stands_in_the_document_as_it_is() -> None:
    found = told()
    _refused(found)
    for kind in PaperKind:
        paper = found.paper(kind)
        for language in LANGUAGES:
            says, has = drawn(paper, language), "\n".join(lines(document(paper_word(paper, language))))
            elsewhere = ("person", "position", "category", "lines")
            missing = [
                text
                for key, value in says.items()
                if key not in elsewhere
                for text in strings(value)
                if text not in has
            ]
            assert not missing, (kind, language)


@pytest.mark.django_db
@pytest.mark.parametrize("code", [GENERAL, WITH_CATEGORY])
def test_an_invented_paper_has_every_tag_that_a_real_one_has(code: str) -> None:
    """Templates are tried on invented papers: what those lack, a template could not name."""
    found = told(code)
    _refused(found)
    for kind in PaperKind:
        real, invented = (shape_of(context_of(each, "kk")) for each in (found.paper(kind), example(kind)))
        assert isinstance(real, Group)
        assert isinstance(invented, Group)
        assert _paths(real) <= _paths(invented), kind
        assert real.parts.keys() == invented.parts.keys(), kind


def _paths(shape: Any, path: str = "") -> set[str]:
    if isinstance(shape, Group):
        return {each for name, part in shape.parts.items() for each in _paths(part, f"{path}.{name}")}
    if isinstance(shape, Many):
        return {each for item in shape.items for each in _paths(item, f"{path}[]")}
    return {path}


def test_a_bare_paper_has_the_lines_to_be_written_on() -> None:
    for kind in PaperKind:
        for language in (*LANGUAGES, "en"):
            paper = example(kind, bare=True)
            found = document(paper_docx(paper, language, template=our_template(kind, language)))
            assert "{" not in "".join(lines(found)), kind
    blank = written(example(PaperKind.CHARACTERISTIC, bare=True))
    drawn_lines = [each for each in blank.paragraphs if each.text == "\t"]
    assert len(drawn_lines) == sum(part["lines"] for part in drawn(example(PaperKind.CHARACTERISTIC), "kk")["parts"])


def test_an_annex_that_a_paper_does_not_have_leaves_no_empty_sheet() -> None:
    whole, further = written(example(PaperKind.ORDER)), written(own(PaperKind.ORDER, commission=[], further=True))
    assert [section.page_width > section.page_height for section in whole.sections] == [False, True, True, False]
    assert [section.page_width > section.page_height for section in further.sections] == [False, True, True]
    results = written(own(PaperKind.RESULTS_ORDER, lines=[]))
    assert [section.page_width > section.page_height for section in results.sections] == [False, False]


# ------------------------------------------------------------------------------------------------------ how it is laid


def test_papers_are_laid_out_as_the_rules_of_documents_ask() -> None:
    for kind in PaperKind:
        for language, locale in (("kk", "kk-KZ"), ("ru", "ru-RU")):
            found = written(example(kind), language)
            for section in found.sections:
                sheet = sorted([section.page_width, section.page_height])
                assert [round(each.mm) for each in sheet] == [210, 297], kind
                margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
                assert [round(each.mm) for each in margins] == [20, 10, 20, 15], kind
                assert section.different_first_page_header_footer
                assert "PAGE" in section.header._element.xml
                assert "PAGE" not in section.first_page_header._element.xml
            normal = found.styles["Normal"]
            assert normal.font.size.pt == 14
            fonts = normal.element.rPr.rFonts
            assert {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
            assert {each.get(qn("w:val")) for each in found.styles.element.iter(qn("w:lang"))} == {locale}
            headings = [each for each in found.paragraphs if each.style.name == "Heading 1"]
            assert headings, kind
            assert all(run.bold and run.font.all_caps for each in headings for run in each.runs if run.text), kind


def test_the_heading_of_a_table_is_repeated_and_no_row_is_parted() -> None:
    for kind in (PaperKind.ORDER, PaperKind.SCHEDULE, PaperKind.SUMMARY, PaperKind.RESULTS_ORDER, PaperKind.OVERDUE):
        tables = [each for each in written(example(kind)).tables if each.style.name == "Table Grid"]
        assert tables, kind
        for table in tables:
            first, *others = [row._tr.trPr for row in table.rows]
            assert first.find(qn("w:tblHeader")) is not None
            assert others
            assert all(row.find(qn("w:tblHeader")) is None for row in others)
            assert all(row.find(qn("w:cantSplit")) is not None for row in (first, *others))
            widths = [column.width for column in table.columns]
            assert all([cell.width for cell in row.cells] == widths for row in table.rows)


def test_the_file_says_what_it_is_and_nothing_of_our_making() -> None:
    told_properties = written(example(PaperKind.MINUTES), "ru").core_properties
    assert told_properties.title == "Протокол № 12"
    assert told_properties.language == "ru-RU"
    assert told_properties.author == "Центр оказания социальных услуг «Нур»"
    assert told_properties.created.date() == date(2026, 4, 3)
    assert not told_properties.comments
    assert not told_properties.last_modified_by
    with zipfile.ZipFile(io.BytesIO(our_template(PaperKind.MINUTES, "ru"))) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]


# ----------------------------------------------------------------------------------------------------- hostile values


@pytest.mark.parametrize("kind", list(PaperKind), ids=lambda kind: kind.value)
def test_a_name_is_never_taken_for_a_tag_or_for_the_language_of_the_document(kind: PaperKind) -> None:
    paper = _hostile(example(kind))
    for language in LANGUAGES:
        found = written(paper, language)
        assert HOSTILE in "\n".join(lines(found)), language
        assert found.core_properties.author == HOSTILE


def _hostile(paper: Paper) -> Paper:
    """Put the name of the organisation, and every other one, in hostile words."""
    paper.data = _replaced(paper.data)
    return paper


def _replaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: dict.fromkeys(each, HOSTILE)
            if key == "name" and isinstance(each, dict)
            else HOSTILE
            if key in ("name", "place", "chair", "text", "unit") and isinstance(each, str)
            else _replaced(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_replaced(each) for each in value]
    return value


def test_signs_that_nobody_sees_are_dropped_and_lines_stay_lines() -> None:
    seen = "Бірінші\r\nекінші\u2028үшінші\tтөртінші\u202e\u200b\x07\x0c\x1b\ufffe\ud800 \u0401"
    text = "\n".join(lines(written(own(PaperKind.CHARACTERISTIC, text=seen))))
    assert "Бірінші\nекінші\nүшінші төртінші\n Ё" in text


def test_a_letter_of_several_signs_is_composed() -> None:
    assert "й" in "".join(lines(written(own(PaperKind.CHARACTERISTIC, text="и\u0306"))))


# ------------------------------------------------------------------------------------------------- tags and templates


@pytest.mark.parametrize("kind", list(PaperKind), ids=lambda kind: kind.value)
def test_our_own_templates_stand_the_trial_of_others(kind: PaperKind) -> None:
    for language in LANGUAGES:
        refuse_unfit(kind, language, our_template(kind, language))


@pytest.mark.parametrize("kind", list(PaperKind), ids=lambda kind: kind.value)
def test_every_tag_has_a_meaning_and_single_values_hide_nothing_that_is_drawn(kind: PaperKind) -> None:
    rows = tag_rows(kind, "kk")
    assert len({row.written for row in rows if not row.inside}) == len([row for row in rows if not row.inside])
    assert all(row.meaning for row in rows)
    paper = example(kind)
    says = drawn(paper, "kk")
    values = named_values(kind, Frame(data=paper.data, words=words_of("kk")), says)
    assert values.keys() & says.keys() <= {"person"}
    assert says.get("person", {}).items() <= values.get("person", {}).items()


# ------------------------------------------------------------------------------------------------------- who reads it


def _word(user: User, paper: Paper, language: str = "kk") -> Any:
    return as_user(user).get(reverse("paper_docx", args=[paper.pk, language]))


@pytest.mark.django_db
def test_a_paper_is_downloaded_as_word_by_those_who_read_it() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.SHEET)
    answer = _word(found.here.hr, paper, "ru")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert answer["Content-Disposition"] == f'attachment; filename="sheet-{paper.year}-1-ru.docx"'
    assert answer["Content-Language"] == "ru"
    assert "Әбдіқалықова" in text_in(answer.content)
    assert "Әбдіқалықова" not in answer["Content-Disposition"]
    assert _word(found.here.hr, paper, "de").status_code == 404
    assert _word(found.here.manager, paper).status_code == 404


@pytest.mark.django_db
def test_whose_paper_leaves_as_word_is_noted_once() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.SHEET)
    for _time in range(2):
        _word(found.here.hr, paper)
    noted = ReadLog.objects.filter(user=found.here.hr, kind=ReadKind.PRINT)
    assert [each.employee_id for each in noted] == [found.case.employee_id]


@pytest.mark.django_db
def test_who_does_not_see_numbers_in_full_does_not_see_them_in_word() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.ORDER)
    iin = found.here.people[0].iin
    assert iin in text_in(_word(found.here.hr, paper).content)
    assert iin not in text_in(_word(found.here.head, paper).content)
    assert iin[-4:] in text_in(_word(found.here.head, paper).content)


@pytest.mark.django_db
def test_a_paper_in_word_says_the_same_after_the_record_has_changed() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.SHEET)
    before = text_in(_word(found.here.hr, paper).content)
    found.case.employee.education.all().delete()
    assert text_in(_word(found.here.hr, paper).content) == before


@pytest.mark.django_db
def test_the_list_of_papers_leads_to_word() -> None:
    found = told(GENERAL)
    paper = found.paper(PaperKind.SCHEDULE)
    page = as_user(found.here.hr).get(reverse("cycle_papers", args=[found.cycle.pk])).content.decode()
    for language in ("kk", "ru", "en"):
        assert reverse("paper_docx", args=[paper.pk, language]) in page
    assert reverse("paper_templates") in page
    assert (
        reverse("paper_templates")
        not in as_user(found.here.head).get(reverse("cycle_papers", args=[found.cycle.pk])).content.decode()
    )


def test_a_list_of_a_thousand_people_has_a_row_for_each() -> None:
    paper = own(PaperKind.ORDER)
    person = paper.data["persons"][0]
    paper.data["persons"] = [{**person, "name": f"{person['name']} {number}"} for number in range(1000)]
    content = paper_docx(paper, "kk", template=our_template(PaperKind.ORDER, "kk"))
    assert len(document(content).tables[1].rows) == 1001
