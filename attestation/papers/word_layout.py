"""Our templates for Word, block by block: the same blocks as templates/print/form.typ, with tags for what they hold.

The words come with the data, so that one template serves every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from attestation.papers import word_marks as marks
from attestation.papers.word_marks import BODY, CAPTION, FORM, HEIGHT, LEFT, RIGHT, SIDES, TABLE, WIDTH, add_run

#: What stands in a line: a text with tags, or several with a sign for what is bold.
Words = str | Sequence[tuple[str, bool]]
#: Between the columns of a line to be signed on, in millimetres.
_GAP = 5


class Layout:
    """A template being written, from its first line to its last."""

    def __init__(self, locale: str, *, size: int = BODY, landscape: bool = False) -> None:
        self.size, self.landscape = size, landscape
        self.document: Any = Document()
        marks.style(self.document, locale)
        marks.without_picture(self.document)
        marks.lay(self.document.sections[0], landscape=landscape)
        marks.page_number(self.document.sections[0].header.paragraphs[0])

    @property
    def width(self) -> int:
        """The width of a line in millimetres."""
        return (HEIGHT if self.landscape else WIDTH) - LEFT - RIGHT

    def section(self, *, landscape: bool, size: int = BODY) -> None:
        """Begin a sheet of its own, whose pages are counted from one."""
        self.landscape, self.size = landscape, size
        marks.lay(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def framed(self) -> None:
        """Draw a line round the sheet."""
        marks.frame(self.document.sections[-1])

    # ------------------------------------------------------------------------------------------------------- lines

    def line(
        self,
        words: Words,
        *,
        side: str = "left",
        size: int = 0,
        before: float = 0,
        after: float = 6,
        indent: float = 0,
        cut: float = 0,
        bold: bool = False,
        italic: bool = False,
        keep: bool = False,
    ) -> Paragraph:
        """Write a line; `indent` and `cut` narrow it in millimetres, `keep` holds it together with what follows."""
        paragraph: Paragraph = self.document.add_paragraph()
        paragraph.alignment = SIDES[side]
        told = paragraph.paragraph_format
        told.space_before, told.space_after, told.keep_with_next = Pt(before), Pt(after), keep or None
        told.left_indent, told.right_indent = (Mm(each) if each else None for each in (indent, cut))
        for text, strong in [(words, bold)] if isinstance(words, str) else words:
            add_run(paragraph, text, size=size or self.size, bold=strong, italic=italic)
        return paragraph

    def control(self, tag: str) -> None:
        """Write a tag that governs whole lines, as the beginning of a loop."""
        self.document.add_paragraph(f"{{%p {tag} %}}")

    def title(self, tag: str = "title", *, size: int = BODY) -> None:
        """Write the kind of the paper: bold capitals in the middle."""
        paragraph = self.document.add_paragraph(style="Heading 1")
        add_run(paragraph, f"{{{{ {tag} }}}}", size=size, bold=True).font.all_caps = True

    def if_told(self, value: str, words: Words = "", **told: Any) -> None:
        """Write a line where there is something to write."""
        self.control(f"if {value}")
        self.line(words or f"{{{{ {value} }}}}", **told)
        self.control("endif")

    def ends(self, left: str, right: str, *, before: float = 0, after: float = 10) -> None:
        """Write something at the left and something at the right end of a line."""
        paragraph = self.line(f"{{{{ {left} }}}}\t{{{{ {right} }}}}", before=before, after=after)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)

    def blank(self, *, indent: float = 0) -> None:
        """Write an empty line to be written on."""
        marks.leader(self.line("\t", indent=indent, before=4, after=0), self.width)

    def blanks(self, lines: str, *, indent: float = 0) -> None:
        """Write as many empty lines as the form has."""
        self.control(f"for line in {lines}")
        self.blank(indent=indent)
        self.control("endfor")

    def pair(self, label: str, value: str, *, indent: float = 0) -> None:
        """Write a label and its value in one piece; an empty value is a line to be written on."""
        paragraph = self.line(
            [
                (f"{{{{ {label} }}}}: ", False),
                (f"{{%r if {value} %}}", False),
                (f"{{{{ {value} }}}}", True),
                ("{%r else %}", False),
                ("\t", False),
                ("{%r endif %}", False),
            ],
            indent=indent,
            before=3,
            after=4,
        )
        marks.leader(paragraph, self.width)

    def pairs(self, items: str, *, indent: float = 0) -> None:
        """Write labels with their values, one below the other."""
        self.control(f"for label, value in {items}")
        self.pair("label", "value", indent=indent)
        self.control("endfor")

    def part(self, item: str, *, bold: bool = False) -> None:
        """Write a label with a text of any length below it, or with lines for it."""
        self.control(f"if {item}.text or ({item}.lines | length) > 1")
        self.line(f"{{{{ {item}.label }}}}:", before=4, after=3, keep=True)
        self.if_told(f"{item}.text", bold=bold)
        self.control(f"if not {item}.text")
        self.blanks(f"{item}.lines")
        self.control("endif")
        self.control("else")
        self.pair(f"{item}.label", f"{item}.text")
        self.control("endif")

    def crosses(self) -> None:
        """Write the kinds of attestation, and a box with a cross at the one that applies."""
        paragraph = self.line("{{ kind }}: {% for name, mark in kinds %}{{ name }} – ", before=4, after=6)
        box = add_run(paragraph, " {{ mark }}{% if not mark %}\u00a0\u00a0{% endif %} ", size=self.size, bold=True)
        marks.boxed(box)
        add_run(paragraph, "{% if not loop.last %}; {% endif %}{% endfor %}  ", size=self.size)
        add_run(paragraph, "{{ cross }}", size=CAPTION)

    def hands(self, label: str, names: str) -> None:
        """Write a label and below it a line for the hand of each, with the name."""
        paragraph = self.line(f"{{{{ {label} }}}}: ", before=12, after=0, keep=True)
        add_run(paragraph, "({{ caption }})", size=CAPTION)
        self.control(f"for name in {names}")
        blank = [("{%r if not name %}", False), ("\t", False), ("{%r endif %}", False)]
        marks.leader(self.line([("\t  {{ name }}", False), *blank], before=12, after=2), 60, self.width)
        self.control("endfor")

    # ------------------------------------------------------------------------------------------------------ tables

    def signature(self, item: str) -> None:
        """Write where somebody signs: who she is, a line for the hand, her name or a line for it."""
        self.line("", size=CAPTION, before=6, after=0, keep=True)
        self._signed(item, (10, 7, 10), f"{{{{ {item}.label }}}}", name=2, captions=("", "hand", "full"))

    def received(self, item: str) -> None:
        """Write where somebody signs that she has received or read a paper, with the day by her own hand."""
        self.line(f"{{{{ {item}.label }}}}:", before=14, after=6, keep=True)
        self._signed(item, (9, 11, 7), "", name=1, captions=("hand", "full", "day"))

    def _signed(self, item: str, shares: Sequence[int], first: str, *, name: int, captions: Sequence[str]) -> None:
        """Write lines to be signed on, with what they are for below them; a known name stands without a line."""
        parts = [share * (self.width - 2 * _GAP) / sum(shares) for share in shares]
        widths = [parts[0], _GAP, parts[1], _GAP, parts[2]]
        table = self._table(len(widths), "Normal Table")
        for condition, known in ((f"if {item}.name", True), ("else", False)):
            marks.tagged(table, condition)
            row = marks.new_row(table)
            for number, cell in enumerate(row.cells[::2]):
                named = number == name and known
                text = f"{{{{ {item}.name }}}}" if named else first if number == 0 else ""
                marks.fill(cell, text, size=self.size, side="left" if text == first else "center")
                if captions[number] and not named:
                    marks.underlined(cell)
        marks.tagged(table, "endif")
        row = marks.new_row(table)
        for cell, caption in zip(row.cells[::2], captions, strict=True):
            text = f"{{{{ {item}.{caption} }}}}" if caption else ""
            marks.fill(cell, text, size=CAPTION, side="center", keep=False)
        marks.sized(table, widths)
        self.line("", size=CAPTION, after=0)

    def listing(self, widths: Sequence[int], *, source: str = "", sides: Sequence[str] = ()) -> None:
        """Write a table whose heading is repeated on every page; `source` has its heads and rows."""
        place = f"{source}." if source else ""
        table = self._table(len(widths), "Table Grid")
        row = marks.new_row(table)
        marks.repeated(row)
        for number, cell in enumerate(row.cells):
            marks.fill(cell, f"{{{{ {place}heads[{number}] }}}}", size=TABLE, side="center", bold=True)
            marks.shaded(cell)
        marks.tagged(table, f"for row in {place}rows")
        row = marks.new_row(table)
        for number, cell in enumerate(row.cells):
            side = sides[number] if number < len(sides) else "left"
            marks.fill(cell, f"{{{{ row[{number}] }}}}", size=TABLE, side=side, keep=False)
        marks.tagged(table, "endfor")
        marks.sized(table, [width * self.width / sum(widths) for width in widths])
        self.line("", size=CAPTION, after=0)

    def _table(self, columns: int, style: str) -> Table:
        table: Table = self.document.add_table(rows=0, cols=columns)
        table.style = self.document.styles[style]
        table.autofit = False
        return table

    # -------------------------------------------------------------------------------------------------------- heads

    def head(self, *, subject: bool = False, filled_by: bool = False) -> None:
        """Write whose paper it is, its kind, its number and day, and what it is about."""
        self.letterhead()
        self.heading(subject=subject, filled_by=filled_by)

    def letterhead(self) -> None:
        """Write whose paper it is, and that it is a translation where it is."""
        self.if_told("note", side="right", size=CAPTION, italic=True)
        self.line("{{ organisation }}", side="center", size=FORM, after=18)

    def heading(self, *, subject: bool = False, filled_by: bool = False) -> None:
        """Write the kind of the paper, its number and day, and what it is about."""
        self.title()
        if filled_by:
            self.line("{{ filled_by }}", side="center", after=8)
        self.ends("day", "number", before=6)
        if subject:
            self.line("{{ subject }}", bold=True, after=12, cut=self.width / 4)

    def annex_head(self, annex: str) -> None:
        """Write which annex it is, and its title."""
        self.if_told(f"{annex}.note", size=CAPTION, italic=True)
        self.control(f"for line in {annex}.corner")
        self.line("{{ line }}", size=FORM, indent=self.width - 70, after=0)
        self.control("endfor")
        self.line("", size=FORM)
        self.title(f"{annex}.title")
