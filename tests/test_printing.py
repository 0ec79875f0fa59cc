"""Papers are set as their data says: every letter, nothing obeyed, A4, PDF/A-2b, the same on every machine."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
import typst
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from attestation import printing
from attestation.printing import PrintError, Sheet, pdf, pdf_of, pictures, shown

ON = date(2026, 11, 22)
KAZAKH = "Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і"
FOLDER = settings.BASE_DIR / "templates" / "print"


def paper(*blocks: dict[str, Any], language: str = "kk") -> PdfReader:
    made = pdf("paper", {"blocks": list(blocks)}, language=language, title="Парақ", on=ON)
    return PdfReader(io.BytesIO(made))


def words_of(reader: PdfReader) -> str:
    """Give the text of all pages with single spaces, as lines are broken where the page ends."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)).strip()


def paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text}


def listing(rows: list[list[str]], **more: Any) -> dict[str, Any]:
    return {"kind": "listing", "heads": ["Аты-жөні", "Күні"], "rows": rows, **more}


EVERY_BLOCK: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"kind": "title", "text": "Аттестаттау парағы"}, ("АТТЕСТАТТАУ ПАРАҒЫ",)),
    ({"kind": "subtitle", "text": "2026 жылғы 22 қараша"}, ("2026 жылғы 22 қараша",)),
    ({"kind": "section", "text": "Тізім"}, ("Тізім",)),
    (paragraph("Бір сөйлем."), ("Бір сөйлем.",)),
    ({"kind": "small", "text": "Ескертпе"}, ("Ескертпе",)),
    ({"kind": "corner", "lines": ["Бекітемін", "Директор"]}, ("Бекітемін", "Директор")),
    ({"kind": "fact", "label": "Аты", "value": "Айгүл"}, ("Аты: Айгүл",)),
    ({"kind": "facts", "pairs": [["Тегі", "Әбдіқалықова"], ["Аты", "Айгүл"]]}, ("Тегі Әбдіқалықова", "Аты Айгүл")),
    ({"kind": "line", "value": "Жоғары", "caption": "білімі"}, ("Жоғары", "білімі")),
    ({"kind": "line", "value": "", "caption": "қолы"}, ("қолы",)),
    (
        {"kind": "signature", "post": "Төраға", "name": "А. Серіков", "caption": "қолы"},
        ("Төраға", "А. Серіков", "қолы"),
    ),
    (listing([["Айгүл", "22.11.2026"]], foot=["Барлығы", "1"]), ("Аты-жөні Күні Айгүл 22.11.2026 Барлығы 1",)),
    ({"kind": "bars", "items": [{"label": "Жоғары", "number": 0}, {"label": "Орта", "number": 12}]}, ("Орта", "12")),
    ({"kind": "together", "blocks": [paragraph("Бірге"), paragraph("тұрады")]}, ("Бірге тұрады",)),
]


@pytest.mark.parametrize("number", range(len(EVERY_BLOCK)))
def test_every_block_prints_what_it_is_given(number: int) -> None:
    block, expected = EVERY_BLOCK[number]
    printed = words_of(paper(block))
    assert all(words in printed for words in expected)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_kazakh_letters_and_the_signs_of_acts_come_back_from_the_paper(language: str) -> None:
    text = f"{KAZAKH} Ёё « » № – — ₸ 12 ж. 1 ай “x” ≥ ☐ ☒"
    assert words_of(paper(paragraph(text), language=language)) == text


def test_letters_in_bold_have_their_shapes_too() -> None:
    assert words_of(paper({"kind": "fact", "label": "Аты", "value": KAZAKH})) == f"Аты: {KAZAKH}"


def test_a_page_is_a4_upright_and_lies_where_asked() -> None:
    blocks = {"blocks": [paragraph("Бет")]}
    sheets = [
        Sheet(template="paper", data=blocks, language="kk"),
        Sheet(template="paper", data=blocks, language="kk", landscape=True),
    ]
    pages = PdfReader(io.BytesIO(pdf_of(sheets, title="Парақ", on=ON))).pages
    millimetres = [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in pages]
    assert millimetres == [[210, 297], [297, 210]]


def test_the_file_says_that_it_is_pdf_a_2b() -> None:
    xmp = paper(paragraph("Бет")).xmp_metadata
    assert xmp is not None
    assert (str(xmp.pdfaid_part), str(xmp.pdfaid_conformance)) == ("2", "B")


def test_the_file_names_its_title_author_language_and_day() -> None:
    made = pdf("paper", {"blocks": []}, language="kk", title="Аттестаттау парағы", author="№ 5 орталық", on=ON)
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Аттестаттау парағы", "№ 5 орталық")
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == ON
    assert reader.trailer["/Root"]["/Lang"] == "kk"


def test_every_font_is_inside_the_file() -> None:
    page = paper({"kind": "fact", "label": "Аты", "value": "Айгүл"}, paragraph("☐ سلام")).pages[0]
    found = [font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()]
    assert len(found) >= 3
    for font in found:
        assert {"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object())


def test_fonts_come_from_the_package_alone() -> None:
    assert {font.path for font in printing._fonts().fonts()} == {None}
    assert "Libertinus Serif" in printing._fonts().families()


def test_printing_the_same_twice_gives_the_same_bytes() -> None:
    data = {"blocks": [paragraph(KAZAKH), listing([["Айгүл", "22.11.2026"]])]}
    first, second = (pdf("paper", data, language="kk", title="Парақ", on=ON) for _each in range(2))
    assert first == second
    assert pdf("paper", data, language="kk", title="Парақ", on=date(2026, 11, 23)) != first


# -------------------------------------------------------------------------------------- data is never a part of source

MISCHIEF = [
    '#panic("x")',
    '#import "/etc/passwd": *',
    '#read("/etc/passwd")',
    "*bold* _thin_ `code` $x^2$ @ref <label> = heading",
    "\\ \\\\ \\u{41} \\n \" ' ''",
    "// comment /* and more */ -- --- ... ~ #",
    "{{ name }} {% now %} ]) [x] (y)",
    '","sheets":[],"title":"',
    "${jndi:ldap://x} %(name)s https://kk.example/",
]


@pytest.mark.parametrize("number", range(len(MISCHIEF)))
@pytest.mark.parametrize("kind", ["paragraph", "cell", "fact", "title"])
def test_a_text_that_looks_like_source_is_printed_and_not_obeyed(kind: str, number: int) -> None:
    text = MISCHIEF[number]
    block = {
        "paragraph": paragraph(text),
        "cell": listing([[text, "22.11.2026"]], widths=[9, 1]),
        "fact": {"kind": "fact", "label": "Аты", "value": text},
        "title": {"kind": "title", "text": text},
    }[kind]
    expected = text.upper() if kind == "title" else text
    assert re.sub(r"\s", "", expected) in re.sub(r"\s", "", words_of(paper(block)))


def test_the_title_of_a_file_is_no_source_either() -> None:
    made = pdf("paper", {"blocks": []}, language="kk", title='#panic("x") "$x$\\', on=ON)
    metadata = PdfReader(io.BytesIO(made)).metadata
    assert metadata is not None
    assert metadata.title == '#panic("x") "$x$\\'


def test_lines_of_a_text_stay_lines() -> None:
    for line_end in ("\n", "\r\n", "\r", "\u2028"):
        lines = paper(paragraph(f"бір{line_end}екі")).pages[0].extract_text().split("\n")
        assert [line.strip() for line in lines if line.strip()] == ["бір", "екі"]


def test_signs_that_turn_writing_round_are_left_out() -> None:
    assert words_of(paper(paragraph("Айгүл \u202eнаковонидбО\u202c \u200fА"))) == "Айгүл наковонидбО А"


def test_a_name_written_from_right_to_left_is_printed() -> None:
    printed = words_of(paper(paragraph("سلام")))
    assert set("سلام") <= set(unicodedata.normalize("NFKC", printed))


def test_a_letter_that_no_font_has_is_marked_and_stops_nothing() -> None:
    assert words_of(paper(paragraph("Айгүл 中 😀 \ud800 \ue000."))) == "Айгүл � � � �."


def test_every_letter_that_counts_as_shown_has_a_shape() -> None:
    letters = [chr(code) for code in range(0x21, 0xD800) if printing._SHOWN.match(chr(code))]
    assert len(letters) > 1000
    assert set(KAZAKH) < {" ", *letters}
    # A letter without a shape is an error of PDF/A-2b, so that setting them all is the proof.
    lines = [" ".join(letters[start : start + 20]) for start in range(0, len(letters), 20)]
    assert (
        len(paper(*(paragraph(line) for line in lines), {"kind": "fact", "label": "x", "value": lines[40]}).pages) > 1
    )


_LATIN_AND_CYRILLIC = st.characters(
    codec="utf-8", categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Sm"], max_codepoint=0x4FF
)


@hypothesis_settings(max_examples=60)
@given(st.text(_LATIN_AND_CYRILLIC, min_size=1, max_size=40))
@example("fi ffi fl")
@example("Й й Ё ё")
def test_any_printable_text_comes_back(text: str) -> None:
    wanted = shown(text)
    printed = words_of(paper(paragraph(text))) if wanted.strip() else ""
    assert re.sub(r"\s", "", unicodedata.normalize("NFC", printed)) == re.sub(r"\s", "", wanted)


@hypothesis_settings(max_examples=60)
@given(st.text(max_size=60))
@example("\x00\ud800\uffff\ufeff")
def test_any_text_at_all_can_be_printed(text: str) -> None:
    reader = paper({"kind": "title", "text": text}, paragraph(text), listing([[text, text]]))
    assert len(reader.pages) >= 1


# ------------------------------------------------------------------------------------------------------- many pages


def test_a_page_has_its_number_from_the_second_on_and_a_new_sheet_begins_anew() -> None:
    rows = [[f"Айгүл {number}", "22.11.2026"] for number in range(60)]
    sheet = Sheet(template="paper", data={"blocks": [listing(rows)]}, language="kk")
    pages = PdfReader(io.BytesIO(pdf_of([sheet, sheet], title="Парақ", on=ON))).pages
    first_lines = [page.extract_text().strip().split("\n")[0].strip() for page in pages]
    assert first_lines == ["Аты-жөні Күні", "2", "Аты-жөні Күні", "2"]


def test_a_table_repeats_its_heading_on_every_page() -> None:
    reader = paper(listing([[f"Айгүл {number}", "22.11.2026"] for number in range(150)]))
    assert len(reader.pages) > 2
    assert all("Аты-жөні Күні" in page.extract_text() for page in reader.pages)


def test_what_is_kept_together_goes_to_the_next_page_whole() -> None:
    lines = [paragraph(f"жол {number}") for number in range(33)]
    reader = paper(*lines, {"kind": "together", "blocks": [paragraph("басы"), *lines[:5], paragraph("соңы")]})
    assert ["басы" in page.extract_text() for page in reader.pages] == [False, True]
    assert ["соңы" in page.extract_text() for page in reader.pages] == [False, True]


def test_a_long_number_is_parted_within_its_column() -> None:
    page = paper(listing([["9" * 60, "қараша"]], widths=[1, 3])).pages[0]
    lines = [line for line in page.extract_text().replace("\u200b", "").split("\n") if "9" in line]
    assert len(lines) > 1
    assert sum(line.count("9") for line in lines) == 60


def test_many_sheets_are_one_file_in_their_own_languages() -> None:
    sheets = [
        Sheet(template="paper", data={"blocks": [{"kind": "title", "text": f"Парақ {number}"}]}, language="kk")
        for number in range(60)
    ]
    reader = PdfReader(io.BytesIO(pdf_of(sheets, title="Парақтар", on=ON)))
    assert [page.extract_text().strip() for page in reader.pages] == [f"ПАРАҚ {number}" for number in range(60)]


def test_pages_can_be_looked_at_as_pictures() -> None:
    sheet = Sheet(template="paper", data={"blocks": [paragraph("Бет")]}, language="kk")
    found = pictures([sheet, sheet], title="Парақ", on=ON)
    assert [picture[:8] for picture in found] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert len(pictures([sheet], title="Парақ", on=ON)) == 1


# ------------------------------------------------------------------------------------------------------------ errors


def test_an_error_names_the_template_and_nothing_of_the_data() -> None:
    with pytest.raises(PrintError) as caught:
        paper({"kind": "Әбдіқалықова"}, paragraph("850522400010"))
    assert str(caught.value).startswith("The paper paper cannot be set. paper.typ:")
    assert "Әбдіқалықова" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_template_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(PrintError, match="The paper nowhere cannot be set"):
        pdf("nowhere", {}, language="kk", title="Парақ", on=ON)


@pytest.mark.parametrize("path", ["../../config/settings", "/../../etc/passwd", "../paper"])
def test_no_template_is_taken_from_outside_the_folder(path: str) -> None:
    with pytest.raises(PrintError):
        pdf(path, {"blocks": []}, language="kk", title="Парақ", on=ON)


def test_nothing_outside_the_folder_can_be_read() -> None:
    source = b'#read("/../../manage.py")'
    with pytest.raises(typst.TypstError):
        typst.compile(source, root=str(FOLDER), ignore_system_fonts=True)


def test_no_template_asks_for_a_package_or_has_words_of_its_own() -> None:
    for file in sorted(FOLDER.glob("*.typ")):
        source = re.sub(r"//.*", "", file.read_text(encoding="utf-8"))
        assert "@" not in source, file.name
        assert not re.search("[а-яёәғқңөұүһі]", source, re.IGNORECASE), file.name
