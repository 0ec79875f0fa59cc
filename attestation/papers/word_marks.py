"""What a Word document is told of fonts, sheets, lines and cells, where python-docx has no word of its own for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
BODY, FORM, TABLE, CAPTION = 14, 12, 11, 9
#: A sheet of A4 and its margins, in millimetres; as templates/print/common.typ has them.
WIDTH, HEIGHT = 210, 297
LEFT, RIGHT, TOP, BOTTOM = 20, 10, 20, 15
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_PALE = "EBEBEB"


def style(document: Any, locale: str) -> None:
    """Set the fonts of everything: Word asks for one for each kind of letters, and Kazakh must not fall to another."""
    for name in ("Normal", "Heading 1", "Header"):
        found = document.styles[name]
        found.font.name, found.font.size = FONT, Pt(BODY)
        fonts = found.element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        found.paragraph_format.space_before = found.paragraph_format.space_after = Pt(0)
        found.paragraph_format.line_spacing = 1.0
    heading = document.styles["Heading 1"]
    heading.font.bold = True
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_after = Pt(8)
    for colour in heading.element.rPr.findall(qn("w:color")):
        heading.element.rPr.remove(colour)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def without_picture(document: Any) -> None:
    """Drop the small picture of the first page that comes with an empty document: it shows another one."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def lay(section: Section, *, landscape: bool) -> None:
    """Set a sheet of A4 with the margins of the papers; its pages are counted from one, and the first has no number."""
    width, height = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    properties.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def frame(section: Section) -> None:
    """Draw a double line round the sheets of a section."""
    properties: Any = section._sectPr
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "double"), ("sz", "6"), ("space", "24"), ("color", "404040")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(borders, "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid")


def page_number(paragraph: Paragraph) -> None:
    """Write the number of the page in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "PAGE", "separate", "1", "end"):
        name = {"PAGE": "w:instrText", "1": "w:t"}.get(kind, "w:fldChar")
        mark = OxmlElement(name)
        if name == "w:fldChar":
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = kind
        add_run(paragraph, "", size=FORM)._r.append(mark)


def add_run(paragraph: Paragraph, text: str, *, size: float, bold: bool = False, italic: bool = False) -> Run:
    """Write on in a line."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    return run


def boxed(run: Run) -> None:
    """Draw a box round some letters."""
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(border)


def leader(paragraph: Paragraph, *stops: float) -> None:
    """Let tabs draw lines to be written on: up to places in the line, the last of them its end."""
    for stop in stops:
        side = WD_TAB_ALIGNMENT.RIGHT if stop == stops[-1] else WD_TAB_ALIGNMENT.LEFT
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop), side, WD_TAB_LEADER.LINES)


def fill(cell: _Cell, text: str, *, size: float, side: str, bold: bool = False, keep: bool = True) -> None:
    """Write into a cell; `keep` holds it together with what follows."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = SIDES[side]
    paragraph.paragraph_format.keep_with_next = keep
    add_run(paragraph, text, size=size, bold=bold)


def underlined(cell: _Cell) -> None:
    """Draw a line below a cell."""
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:tcBorders")
    borders.append(line)
    _in_cell(cell, borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def shaded(cell: _Cell) -> None:
    """Lay a pale colour below a cell."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _PALE)):
        shade.set(qn(f"w:{name}"), value)
    _in_cell(cell, shade, "w:noWrap", "w:tcMar", "w:vAlign")


def _in_cell(cell: _Cell, element: Any, *successors: str) -> None:
    properties: Any = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(element, *successors)


def new_row(table: Table) -> _Row:
    """Write a row that is not parted by the end of a page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _in_row(row, "w:cantSplit")
    return row


def repeated(row: _Row) -> None:
    """Repeat a row as the heading on every page."""
    _in_row(row, "w:tblHeader")


def _in_row(row: _Row, name: str) -> None:
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))


def tagged(table: Table, tag: str) -> None:
    """Write a row whose tag governs the rows that follow, as the beginning of a loop."""
    new_row(table).cells[0].paragraphs[0].add_run(f"{{%tr {tag} %}}")


def sized(table: Table, widths: Iterable[float]) -> None:
    """Give a table and each of its cells the widths of the columns, in millimetres: Word goes by the cells."""
    told = [Mm(width) for width in widths]
    for column, width in zip(table.columns, told, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, told, strict=True):
            cell.width = width
