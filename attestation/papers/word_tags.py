"""What a template may say between `{{ }}` and `{% %}`: names, loops and conditions, and nothing that calls anything.

Templates are written by users, so they are not trusted. Every one is read before it is run: what is not on the short
list here is refused when the template is compiled, whoever compiles it. A loop inside a loop may only go through what
the outer one gives, so that the work is bounded by what the paper says; the text that comes out is bounded too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, nodes
from jinja2.filters import FILTERS
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

#: What may be done to a value: nothing that makes it long, and nothing that marks it as safe.
FILTERS_ALLOWED = ("capitalize", "default", "first", "join", "last", "length", "lower", "trim", "upper")
#: So many letters may come out of one part of a document.
MAX_WRITTEN = 30_000_000
_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Filter, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or),
    *(nodes.Not, nodes.Concat),
)
_PATH = (nodes.Name, nodes.Getattr, nodes.Getitem)


class Reason(StrEnum):
    """Why a tag cannot be used."""

    #: There is nothing of this name in the paper.
    UNKNOWN = "unknown"
    #: It is no list, and cannot be gone through.
    NOT_A_LIST = "not_a_list"
    #: It holds several values, and cannot be written as one.
    SEVERAL = "several"
    #: Something that templates may not do.
    FORBIDDEN = "forbidden"
    #: It cannot be read: a bracket, a name or an end is missing.
    UNREADABLE = "unreadable"
    #: There is nothing in this paper where the template counts on something.
    MISSING = "missing"
    #: It begins and ends in different places of the document.
    ACROSS = "across"
    #: More comes out of it than a document can hold.
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class TagProblem:
    """A tag that cannot be used, as the template writes it, and why."""

    tag: str
    reason: Reason


class TagsRefusedError(Exception):
    """A template has tags that cannot be used."""

    def __init__(self, problems: Iterable[TagProblem]) -> None:
        super().__init__()
        self.problems = list({problem.tag: problem for problem in reversed(list(problems))}.values())[::-1]


class SeveralValuesError(TemplateRuntimeError):
    """Something that is not one value is written as one."""


class TooLongError(TemplateRuntimeError):
    """More is written than a document can hold."""


class PaperEnvironment(SandboxedEnvironment):
    """Reads and runs the tags of a template; values are always texts, and never a part of the document's language."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_written)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: FILTERS[name] for name in FILTERS_ALLOWED}

    def read(self, source: str) -> tuple[nodes.Template, list[TagProblem]]:
        """Give the tags of a text as a tree, with those that templates may not have."""
        tree = super()._parse(source, None, None)
        return tree, list(_forbidden(tree, None))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree, problems = self.read(source)
        if problems:
            raise TagsRefusedError(problems)
        return tree

    def concat(self, pieces: Iterable[str]) -> str:
        """Put what is written together, up to a bound."""
        found, size = [], 0
        for piece in pieces:
            size += len(piece)
            if size > MAX_WRITTEN:
                raise TooLongError
            found.append(piece)
        return "".join(found)


def _written(value: Any) -> Markup:
    """Write a value as text: no sign of it can be taken for a tag or for the document's own language."""
    if isinstance(value, Undefined):
        str(value)  # raises, naming what is missing
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SeveralValuesError
    text = str(escape(value))
    for sign in "{}%":
        text = text.replace(sign, f"&#{ord(sign)};")
    return Markup(text)  # noqa: S704 - it is escaped right above


def _forbidden(node: nodes.Node, loop: nodes.For | None) -> Iterator[TagProblem]:
    """Find what templates may not do; of an expression the whole is named, not every part of it."""
    if not _allowed(node, loop):
        yield TagProblem(written(node), Reason.FORBIDDEN)
        return
    if isinstance(node, nodes.For):
        yield from _forbidden(node.iter, loop)
        for part in (*([node.test] if node.test else []), *node.body, *node.else_):
            yield from _forbidden(part, node)
        return
    for child in node.iter_child_nodes():
        yield from _forbidden(child, loop)


def _allowed(node: nodes.Node, loop: nodes.For | None) -> bool:
    if not isinstance(node, _NODES):
        return False
    if isinstance(node, _PATH):
        return _is_plain(node)
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str | int)
    if isinstance(node, nodes.Filter):
        return node.name in FILTERS_ALLOWED and node.node is not None
    if isinstance(node, nodes.For):
        return _loop_allowed(node, loop)
    return True


def _is_plain(node: nodes.Node) -> bool:
    """Tell whether a path is made of a name, parts of names and numbers, none of them hidden."""
    while not isinstance(node, nodes.Name):
        if isinstance(node, nodes.Getattr):
            part: Any = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            part = node.arg.value
        else:
            return False
        if str(part).startswith("_") or isinstance(part, bool) or not isinstance(part, str | int):
            return False
        node = node.node
    return not node.name.startswith("_")


def _loop_allowed(node: nodes.For, loop: nodes.For | None) -> bool:
    """Tell whether a loop goes through a list by its name, and one inside another through what that one gives."""
    if node.recursive or not names_bound(node):
        return False
    root: nodes.Node = node.iter
    while isinstance(root, nodes.Getattr | nodes.Getitem):
        root = root.node
    return isinstance(root, nodes.Name) and (loop is None or root.name in names_bound(loop))


def names_bound(loop: nodes.For) -> list[str]:
    """Give the names that a loop gives to what it goes through; none where it is written in another way."""
    targets = loop.target.items if isinstance(loop.target, nodes.Tuple) else [loop.target]
    return [each.name for each in targets if isinstance(each, nodes.Name)] if _all_names(targets) else []


def _all_names(targets: Iterable[nodes.Node]) -> bool:
    return all(isinstance(each, nodes.Name) and not each.name.startswith("_") for each in targets)


def written(node: nodes.Node | None) -> str:
    """Write an expression as the template has it, as far as a reader needs it to find the place."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Const):
        return repr(node.value)
    if isinstance(node, nodes.TemplateData):
        return ""
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{written(node.node)}[{written(node.arg)}]"
    if isinstance(node, nodes.Call):
        return f"{written(node.node)}()"
    if isinstance(node, nodes.Filter):
        return f"{written(node.node)} | {node.name}"
    if isinstance(node, nodes.Test):
        return f"{written(node.node)} is {node.name}"
    if isinstance(node, nodes.For):
        return f"for {', '.join(names_bound(node)) or '?'} in {written(node.iter)}"
    if isinstance(node, nodes.BinExpr):
        return f"{written(node.left)} {node.operator} {written(node.right)}"
    return _STATEMENTS.get(type(node), type(node).__name__.lower()) if node is not None else "?"


_STATEMENTS: dict[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
}
