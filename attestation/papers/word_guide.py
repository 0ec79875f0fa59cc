"""The tags of a paper as a list to read: how each is written, what it means, and an example.

What there is comes from an invented paper, so that the list says neither more nor less than templates can use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attestation.codes import PaperKind
from attestation.papers.word import context_of
from attestation.papers.word_examples import example
from attestation.papers.word_meanings import meaning_of

#: Lists of a fixed length: each of their items means something of its own.
_FIXED = ("agenda", "basis", "decision", "figures", "held_on", "refused")
_EXAMPLE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """A tag: how it is written, what it means, what it writes in an invented paper; `inside` a loop or not."""

    written: str
    meaning: str
    example: str = ""
    inside: bool = False


def tag_rows(kind: PaperKind, language: str) -> list[TagRow]:
    """List the tags of a kind of paper, the single values first; examples are in the language of the template."""
    known = context_of(example(kind), language)
    rows = [row for name, value in known.items() for row in _rows(kind, name, name, value)]
    return sorted(rows, key=lambda row: row.written.startswith("{%") or row.inside)


def _rows(kind: PaperKind, path: str, name: str, value: Any, *, inside: bool = False) -> Iterator[TagRow]:
    """List the tags of a value: `path` says what it is, `name` how it is written."""
    if isinstance(value, Mapping):
        for part, each in value.items():
            yield from _rows(kind, f"{path}.{part}", f"{name}.{part}", each, inside=inside)
    elif isinstance(value, list) and path.split(".")[-1] in _FIXED:
        for number, each in enumerate(value):
            yield from _rows(kind, f"{path}[{number}]", f"{name}[{number}]", each, inside=inside)
    elif isinstance(value, list):
        yield from _loop(kind, path, name, value, inside=inside)
    else:
        written, told = f"{{{{ {name} }}}}", _short(str(value))
        yield TagRow(written=written, meaning=meaning_of(kind, path), example=told, inside=inside)


def _loop(kind: PaperKind, path: str, name: str, items: Sequence[Any], *, inside: bool) -> Iterator[TagRow]:
    """List a list: how it is gone through, and what each of its items has."""
    first = items[0] if items else ""
    told = _short(": ".join(first) if isinstance(first, list) and len(first) == 2 else _line(first))
    if path.split(".")[-1] == "heads":
        written = f"{{{{ {name}[0] }}}} … {{{{ {name}[{len(items) - 1}] }}}}"
    elif isinstance(first, Mapping):
        written = f"{{%p for item in {name} %}}\n…\n{{%p endfor %}}"
    elif isinstance(first, list) and len(first) == 2:
        written = f"{{%p for label, value in {name} %}}\n{{{{ label }}}}: {{{{ value }}}}\n{{%p endfor %}}"
    elif isinstance(first, list):
        cells = f"{{{{ row[0] }}}} … {{{{ row[{len(first) - 1}] }}}}"
        written = f"{{%tr for row in {name} %}}\n{cells}\n{{%tr endfor %}}"
    else:
        written = f"{{%p for line in {name} %}}\n{{{{ line }}}}\n{{%p endfor %}}"
    yield TagRow(written=written, meaning=meaning_of(kind, path), example=told, inside=inside)
    if isinstance(first, Mapping):
        for part in first:
            values = [item[part] for item in items]
            fullest = next((each for each in values if each), values[0])
            yield from _rows(kind, f"{path}.{part}", f"item.{part}", fullest, inside=True)


def _line(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(str(each) for each in value)
    return "" if isinstance(value, Mapping) else str(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE else f"{line[:_EXAMPLE]}…"
