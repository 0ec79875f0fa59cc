"""What the papers of attestation say: everything that is drawn is printed, and it is what the records hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings

from attestation import cycle_services as services
from attestation.codes import PaperKind
from attestation.models import Case, CommissionMember, Paper
from attestation.papers import subjects
from attestation.papers.drawing import drawn, sheets_of
from attestation.papers.words import LANGUAGES, words_of
from tests import cycles
from tests.cycles import GENERAL, WITH_CATEGORY, fresh
from tests.factories import EmployeeFactory
from tests.paper_scenes import TODAY, Told, reader, registered, strings, text_of, tight, told, told_person

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "templates" / "print" / "words"
#: Values that a Word template may name and our own templates print in another place.
_NAMED = {"person", "position", "category"}
RUNG = "специалист высшего уровня квалификации, вторая категория"


def _keys(value: Any, before: str = "") -> set[str]:
    if isinstance(value, dict):
        return {key for name, each in value.items() for key in _keys(each, f"{before}{name}.")}
    return {f"{before}[{len(value)}]" if isinstance(value, list) else before}


def _file(language: str) -> Any:
    return yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


# ----------------------------------------------------------------------------------------------------------- the words


def test_every_language_has_every_phrase() -> None:
    assert _keys(_file("kk")) == _keys(_file("ru")) == _keys(_file("en"))


def test_no_phrase_is_there_for_nothing() -> None:
    """A phrase that no paper can say would be translated for nothing."""
    folders = (settings.BASE_DIR / "attestation" / name for name in ("papers", "job_descriptions"))
    modules = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    for section, phrases in _file("kk").items():
        # Titles and the fields of the two forms are asked for by the kind of paper and by the form.
        for name in phrases.keys() - {"title", "general", "with_category"}:
            assert f"{section}.{name}" in source or f'signature("{name}"' in source, f"{section}.{name}"


def test_only_english_says_that_it_is_a_working_translation() -> None:
    notes = [words_of(language)("common.working_translation") for language in LANGUAGES]
    assert [bool(note) for note in notes] == [False, False, True]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", "2026 жылғы 22 қараша"), ("ru", "22 ноября 2026 года"), ("en", "22 November 2026")],
)
def test_days_are_written_as_acts_write_them(language: str, expected: str) -> None:
    assert words_of(language).day("2026-11-22") == expected


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        words_of("de")


# -------------------------------------------------------------------------------------------- everything that is drawn


@pytest.mark.parametrize("code", [GENERAL, WITH_CATEGORY])
def test_every_paper_prints_all_it_says_in_every_language(code: str) -> None:
    found = told(code)
    first = found.cases[0]
    services.result_refuse(
        case=fresh(first),
        version=fresh(first).version,
        witnesses="Нұрланова Әсем\nКим Виктория",
        user=found.here.hr,
        on=date(2026, 4, 24),
    )
    for kind in PaperKind:
        paper = found.paper(kind)
        for language in LANGUAGES:
            pages, says = reader(paper, language), drawn(paper, language)
            printed = tight(" ".join(page.extract_text() for page in pages.pages))
            missing = [
                text
                for key, value in says.items()
                if key not in _NAMED
                for text in strings(value)
                if tight(text) not in printed and tight(text).upper() not in printed
            ]
            assert not missing, (kind, language)
            xmp = pages.xmp_metadata
            assert xmp is not None
            assert (str(xmp.pdfaid_part), str(xmp.pdfaid_conformance)) == ("2", "B")
            assert pages.trailer["/Root"]["/Lang"] == language
            assert "�" not in printed


def test_a_paper_in_kazakh_has_no_word_of_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes never come out as they are kept: every one has its words."""
    found = told()
    for kind in PaperKind:
        words = " ".join(strings(drawn(found.paper(kind), "kk")))
        for code in ("highest", "second", "fits", "established", "regular", "chair", "incapacity", "notice", "None"):
            assert code not in words.split(), (kind, code)


# ---------------------------------------------------------------------------------------------------- attestation sheet


def _fields(found: Told, language: str = "kk", case: Case | None = None) -> dict[str, Any]:
    subject = subjects.of_case(PaperKind.SHEET, fresh(case or found.cases[0]))
    says = drawn(registered(found.here, subject), language)
    return {**says, "by_label": {field["label"]: field for field in says["fields"]}}


def test_the_general_sheet_has_the_fields_of_its_form_in_order() -> None:
    says = _fields(told(GENERAL), "ru")
    assert [field["number"] for field in says["fields"]] == [f"{number}." for number in range(1, 15)]
    labels = [field["label"] for field in says["fields"]]
    assert labels[0] == "Фамилия, имя, отчество (при его наличии)"
    assert labels[2].startswith("Сведения об образовании, о повышении квалификации (за последние 3 года)")
    assert labels[3] == "Ученая степень, ученое звание (при наличии), дата их присвоения"
    assert labels[7] == "Дисциплинарные и административные взыскания за последние три года"
    assert labels[10] == "На заседании присутствовало 6 членов аттестационной комиссии."
    assert labels[12] == "Рекомендации аттестационной комиссии (с обоснованиями)"


def test_the_general_sheet_says_what_the_records_hold() -> None:
    says = _fields(told(GENERAL), "kk")
    values = [field["value"] for field in says["fields"]]
    assert values[0] == "Әбдіқалықова Гүлсім Іңкәрбекқызы"
    assert values[1] == "1985 жылғы 22 мамыр"
    assert "Еуразия ұлттық университеті; Әлеуметтік жұмыс; бакалавр; 0001234" in values[2]
    assert "«Өрлеу» орталығы; № 77; 2024 жылғы 12 мамыр" in values[2], "of the last three years"
    assert "«Ескі» орталығы" not in values[2], "older than three years"
    assert values[3] == "Педагогика магистрі"
    assert values[4].endswith("біліктілігі жоғары деңгейдегі маман; 2020 жылғы 1 ақпан")
    assert values[5] == "6 ж. 8 ай 0 күн", "half a year before, six years and two months here"
    assert values[6] == "6 ж. 2 ай"
    assert values[7] == "ескерту, 2024 жылғы 3 мамыр"
    assert values[8] == "Құжат айналымына көңіл бөлу."
    assert values[9] == "Жақсы"
    assert values[12] == (
        "Курстан өту.\nбіліктілік санаты белгіленді (расталды): біліктілігі жоғары деңгейдегі маман, екінші санат"
    ), "the general form has no line for the category"
    assert values[13] == "—", "nothing was noted, and nothing is to be written by hand any more"
    assert says["decision"][1].startswith("атқаратын лауазымына сәйкес келеді")
    assert says["held_on"][1] == "2026 жылғы 1 сәуір"
    assert says["signs"][0]["names"] == ["Комиссия мүшесі 0"]
    assert says["signs"][1]["names"] == ["Комиссия мүшесі 7"]
    assert says["signs"][2]["names"] == [f"Комиссия мүшесі {number}" for number in range(1, 6)], "who were present"


def test_the_sheet_with_the_category_counts_the_votes_on_every_category() -> None:
    says = _fields(told(), "ru")
    category = says["by_label"]["Квалификационная категория (разряд)"]["options"]
    assert category == [
        [f"1) соответствует (прописью) квалификационной категории (разряду): {RUNG} (количество голосов)", "5"],
        ["2) отсутствуют основания для установления квалификационной категории (разряда) (количество голосов)", "1"],
        ["Итоговая оценка", RUNG],
    ]
    post = next(
        value for label, value in ((f["label"], f["value"]) for f in says["fields"]) if label.startswith("Заним")
    )
    assert post.endswith(
        "1 февраля 2020 года; специалист высшего уровня квалификации, вторая категория; 1 февраля 2021 года"
    )
    assert "«Ескі» орталығы" in says["fields"][2]["value"], "this form asks for no number of years"
    assert says["by_label"]["Мнение аттестуемого"]["value"] == "Ескертулермен келісемін."
    assert says["decision"][0] == "Решение руководителя государственного учреждения по итогам аттестации"
    assert says["decision"][1].endswith("дата утверждения руководителем: 20 апреля 2026 года")


def test_the_category_that_the_attestation_brought_is_not_the_one_held_before() -> None:
    found = told()
    assert found.case.award is not None
    data = registered(found.here, found.subject(PaperKind.SHEET)).data
    assert data["award"]["awarded_on"] == "2021-02-01"


def _lines(says: dict[str, Any]) -> list[list[str]]:
    return next(field["options"] for field in says["fields"] if field["options"])


def test_a_first_sheet_has_the_lines_of_its_form() -> None:
    """Rules with a category: "does not fit" is printed at a repeated attestation alone (annex 1)."""
    general, other = told(GENERAL), told(bin_number="210987654321")
    assert [votes for _label, votes in _lines(_fields(general))] == ["6", "0", "0"]
    assert [label.split(" (")[0] for label, _votes in _lines(_fields(other))] == [
        "1) атқаратын лауазымына сәйкес келеді",
        "2) қайта аттестаттауға жатады",
    ]


@pytest.mark.parametrize("code", [GENERAL, WITH_CATEGORY])
def test_a_repeated_sheet_has_no_line_for_another_repetition(code: str) -> None:
    found = told(code)
    again, later = cycles.repeated_case(found.here, fresh(found.cycle), fresh(found.cases[1]), held_on=date(2026, 7, 1))
    subject = subjects.of_case(PaperKind.SHEET, fresh(again))
    says = drawn(registered(found.here, subject), "kk")
    assert [label.split(" (")[0] for label, _votes in _lines(says)] == [
        "1) атқаратын лауазымына сәйкес келеді",
        "2) атқаратын лауазымына сәйкес келмейді",
    ]
    assert says["kinds"] == [["кезекті", ""], ["қайталама", "Х"]]
    assert [votes for _label, votes in _lines(says)] == ["", ""], "not decided yet: to be written by hand"
    assert says["number"] == "№ __________"
    assert later.held_on == date(2026, 7, 1)
    member = cycles.members_of(found.cycle)[0]
    form = drawn(registered(found.here, subjects.of_case(PaperKind.EVALUATION_SHEET, fresh(again), member)), "ru")
    assert "подлежит повторной" not in form["parts"][1]["label"]


def test_an_early_attestation_is_marked_beside_the_two_kinds_of_the_form() -> None:
    found = told(GENERAL)
    assert _fields(found)["kinds"] == [["кезекті", "Х"], ["қайталама", ""]]
    Case.objects.filter(pk=found.cases[1].pk).update(kind="early")
    says = _fields(found, "ru", found.cases[1])
    assert says["kinds"] == [["очередная", ""], ["повторная", ""], ["досрочная", "Х"]]


def test_a_rule_set_may_say_it_in_its_own_words() -> None:
    found = told(GENERAL)
    found.cycle.rules["wording"] = {"kk": {"common.decisions.fits": "атқаратын қызметіне лайықты"}}
    type(found.cycle).objects.filter(pk=found.cycle.pk).update(rules=found.cycle.rules)
    paper = found.paper(PaperKind.SHEET)
    assert "1) атқаратын қызметіне лайықты (дауыс саны): 6" in text_of(paper, "kk")
    assert "соответствует занимаемой должности (количество голосов): 6" in text_of(paper, "ru")


# --------------------------------------------------------------------------------------------------- the other papers


def test_minutes_carry_votes_dissent_absence_and_what_was_late() -> None:
    found = told(GENERAL)
    text = text_of(found.paper(PaperKind.MINUTES), "ru")
    for part in (
        "Кворум: состав комиссии: 7; необходимо: 5; присутствовало: 6",
        "Отсутствовали: 1. Комиссия мүшесі 6 – член",
        "Альтернативная информация: Жұмыс көлемі ескерілмеген.",
        "Вопросы и ответы: Стандарт қандай? – Жауап берді.",
        "соответствует занимаемой должности – 6",
        "подлежит повторной аттестации – 6",
        "Особое мнение: Комиссия мүшесі 5: Өтілі жеткіліксіз.",
        "ознакомление со служебной характеристикой, срок 25.03.2026, исполнено 28.03.2026 (пункт 16)",
        "Работник не явился на заседание: уважительная причина; временная нетрудоспособность; парақ № 123",
        "Решение комиссии: Аттестация перенесена на более поздний срок.",
        "подписание протокола, срок 06.04.2026, исполнено 09.04.2026 (пункт 31)",
        "Оценочные листы, количество: 12",
        "Место хранения аудио- или видеозаписи: аудиожазба № 4",
        "Самая ранняя дата повторной аттестации: 1 июля 2026 года",
        "представитель работников",
    ):
        assert part in text, part


def test_minutes_of_a_sitting_to_come_say_nothing_of_it_yet() -> None:
    here = cycles.scene(GENERAL)
    cycle, sitting = cycles.approved(here)
    says = drawn(registered(here, subjects.of_sitting(PaperKind.MINUTES, fresh(sitting))), "ru")
    assert says["present"]["people"] == says["absent"]["people"] == []
    assert "Кворум" not in dict(says["facts"])
    assert says["hearings"][0]["after"] == []
    assert says["number"] == "№ __________"
    assert cycle.pk


def test_a_member_who_led_the_sitting_signs_in_the_place_of_the_chair() -> None:
    found = told(GENERAL)
    acting = found.members[2]
    type(found.sitting).objects.filter(pk=found.sitting.pk).update(acting_chair=acting)
    Paper.objects.filter(kind=PaperKind.MINUTES).update(data={})
    signs = drawn(found.paper(PaperKind.MINUTES), "ru")["signs"]
    assert signs[0] == {
        "label": "Исполняющий обязанности председателя аттестационной комиссии",
        "names": ["Комиссия мүшесі 2"],
    }
    assert "Комиссия мүшесі 2" not in signs[1]["names"]


def test_the_order_has_its_three_annexes_with_everybody() -> None:
    found = told()
    paper = found.paper(PaperKind.ORDER)
    sheets = sheets_of(paper, "kk")
    assert [sheet.template for sheet in sheets] == ["order", "people", "annex", "annex"]
    assert [row[1] for row in sheets[1].data["rows"]] == [
        "Әбдіқалықова Гүлсім Іңкәрбекқызы",
        "Һамитұлы Өмірбек",
        "Щербакова-Ёлкина Ольга Эдуардовна",
    ], "in the order of the Kazakh alphabet"
    assert [row[2] for row in sheets[1].data["rows"]] == ["850522400010", "850522400239", "850522400109"]
    assert [row[3] for row in sheets[2].data["rows"]] == ["01.04.2026"] * 3, "as planned when it was approved"
    assert [row[1] for row in sheets[3].data["rows"]] == ["төраға", *["мүше"] * 6, "хатшы"]
    assert paper.number == int(found.cycle.order_number)


def test_thirty_people_have_the_heading_on_every_page() -> None:
    here = cycles.scene(people=0)
    here.people = [told_person(here, 0)]
    here.people += [EmployeeFactory(organisation=here.organisation) for _number in range(29)]
    cycle, _sitting = cycles.approved(here)
    pages = reader(registered(here, subjects.of_cycle(PaperKind.ORDER, fresh(cycle))), "ru").pages
    listed = [page.extract_text() for page in pages if "ИИН" in page.extract_text()]
    assert len(listed) > 1
    assert all("Занимаемая должность" in page for page in listed)


def test_a_further_order_lists_only_whom_it_added() -> None:
    found = told()
    added = told_person(found.here, 0, personnel_number="later", iin="")
    cycle = fresh(found.cycle)
    case = services.case_add(
        cycle=cycle, version=cycle.version, employee=added, user=found.here.hr, on=date(2026, 4, 21)
    )
    cycle = fresh(found.cycle)
    day = date(2026, 4, 22)
    looked = drawn(registered(found.here, subjects.of_cycle(PaperKind.ORDER, cycle, on=day)), "kk")
    assert len(looked["people"]["rows"]) == 1, "what the head is about to sign"
    services.additions_approve(cycle=cycle, version=cycle.version, order_on=day, user=found.here.head, on=day)
    further = registered(found.here, subjects.of_cycle(PaperKind.ORDER, fresh(cycle), on=day))
    assert further.data["people"] == [case.employee_id]
    assert further.number != found.paper(PaperKind.ORDER).number
    assert len(found.paper(PaperKind.ORDER).data["people"]) == 3
    assert drawn(further, "kk")["commission"] is None


def test_the_order_on_results_takes_in_what_was_approved_on_its_day() -> None:
    found = told()
    paper = found.paper(PaperKind.RESULTS_ORDER)
    assert [line["decision"] for line in paper.data["lines"]] == ["fits", "repeated"]
    text = text_of(paper, "ru")
    assert "Об итогах аттестации" in text
    assert "Протоколы аттестационной комиссии: № 1, 9 апреля 2026 года" in text
    assert "Установленные (подтвержденные) квалификационные категории".upper() in text
    assert "Организовать повторную аттестацию" in text


def test_the_summary_counts_decisions_and_who_was_not_decided() -> None:
    says = drawn(told().paper(PaperKind.SUMMARY), "ru")
    assert [row[4] for row in says["rows"]] == ["6 / 0 / 0", "0 / 6 / 0", ""]
    assert dict(says["figures"][1]) == {
        "Всего": "3",
        "Соответствует занимаемой должности": "1",
        "Подлежит повторной аттестации": "1",
        "Не соответствует занимаемой должности": "0",
        "Решение не принято": "1",
        "Квалификационная категория установлена (подтверждена)": "1",
        "Отсутствуют основания для установления квалификационной категории": "1",
    }


def test_an_extract_tells_of_one_person_alone() -> None:
    found = told()
    text = text_of(found.paper(PaperKind.EXTRACT), "kk")
    assert "Әбдіқалықова" in text
    assert "Һамитұлы" not in text
    assert "Хаттама: № 1, 2026 жылғы 9 сәуір" in text


def test_the_certificate_names_category_decision_and_order() -> None:
    found = told()
    paper = found.paper(PaperKind.CERTIFICATE)
    assert paper.number is None, "these rules know no certificate"
    text = text_of(paper, "ru")
    for part in ("вторая категория", "Протокол: № 1, 9 апреля 2026 года", "Приказ: № 1, 20 апреля 2026 года", "М.П."):
        assert part in text, part


def test_the_list_of_those_overdue_says_since_when() -> None:
    found = told()
    told_person(found.here, 1, personnel_number="late", iin="", last_name="Ұзаққызы")
    paper = found.paper(PaperKind.OVERDUE)
    rows = drawn(paper, "kk")["rows"]
    assert [row[1:] for row in rows if row[1].startswith("Ұзаққызы")] == [
        [
            "Ұзаққызы Өмірбек",
            "Әлеуметтік жұмыс жөніндегі маман; біліктілігі жоғары деңгейдегі маман",
            found.here.unit.name,
            "01.02.2024",
            "01.08.2024",
            "641",
        ]
    ]


def test_identification_numbers_are_hidden_where_they_may_not_be_read() -> None:
    paper = told().paper(PaperKind.ORDER)
    assert "850522400010" in text_of(paper, "kk")
    hidden = text_of(paper, "kk", iin_in_full=False)
    assert "850522400010" not in hidden
    assert "0010" in hidden


def test_an_evaluation_sheet_is_a_blank_form_until_the_case_is_decided() -> None:
    """Before the decision nobody reads in it how a member voted."""
    here = cycles.scene(people=1)
    cycle, _sitting, case = cycles.at_sitting(here)
    member = CommissionMember.objects.filter(cycle=cycle, role="chair").get()
    cycles.vote(here, case, member, **cycles.SECOND, reasons="Жақсы жауап берді.")
    subject = subjects.of_case(PaperKind.EVALUATION_SHEET, fresh(case), member)
    assert not subjects.is_ready(subject, today=TODAY)
    text = text_of(registered(here, subject), "kk")
    assert "Жақсы жауап берді." not in text
    assert member.name in text
