"""Charts as SVG to stand inside a page: without scripts, without styles of their own, nothing from elsewhere.

Colours and letters come from the page's stylesheet, so that a chart follows light and dark; the sizes of the letters
that room is left for stand here and in static/figures.css. Beside every chart the page has its numbers as a table.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pygal  # type: ignore[import-untyped]
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from pygal.style import Style  # type: ignore[import-untyped]

# Its finder of plug-ins, which are not used here, is of an old kind that every later import would warn of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]

#: The units of a chart: about what a phone has in pixels, so that letters stay readable there.
_WIDTH = 400
_BAR, _APART = 20, 9
_LETTERS = 15
#: Room to the right of the longest bar for its number.
_NUMBER = 44
#: What a page needs no more than the shapes and the words.
_NEEDLESS = ("defs", "title", "desc", "script", "style")
_KEPT = ("viewBox", "class", "x", "y", "d", "width", "height", "transform", "text-anchor")


def bars(labels: Sequence[str], series: Sequence[Sequence[int]], *, words: str) -> SafeString:
    """Draw horizontal bars, from the top in the order given, each with its number at its end.

    Each of the series has a number for each label, and a colour; the page says which is which. `words` say what is
    drawn to whoever does not see it.
    """
    chart = pygal.HorizontalBar(
        width=_WIDTH,
        height=len(labels) * (_BAR * len(series) + _APART) + 2 * _APART,
        margin=_APART,
        margin_right=_NUMBER,
        spacing=_APART,
        js=[],
        css=[],
        disable_xml_declaration=True,
        no_prefix=True,
        style=Style(
            label_font_size=_LETTERS,
            major_label_font_size=_LETTERS,
            value_font_size=_LETTERS,
        ),
        show_legend=False,
        truncate_label=-1,
        show_x_labels=False,
        show_y_guides=False,
        print_values=True,
        print_values_position="top",
        zero=0,
        range=(0, max(1, *(number for numbers in series for number in numbers))),
        formatter=lambda number: number_format(number, force_grouping=True),
    )
    chart.x_labels = list(reversed(labels))
    for numbers in series:
        chart.add("", list(reversed(numbers)))
    chart.add_xml_filter(lambda root: _named(_bare(root), words))
    return SafeString(chart.render(is_unicode=True))  # pygal escapes the labels


def _bare(root: Any) -> Any:
    """Leave the shapes and the words of a chart, and what places and names them for the stylesheet."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _NEEDLESS or _is_tooltip(child):
                parent.remove(child)
        for name in set(parent.attrib) - set(_KEPT):
            del parent.attrib[name]
    return root


def _named(root: Any, words: str) -> Any:
    """Make a chart one picture with a name; its numbers are read from the table beside it."""
    root.set("role", "img")
    root.set("aria-label", words)
    return root


def _is_tooltip(element: Any) -> bool:
    return "tooltip-overlay" in element.get("class", "").split()
