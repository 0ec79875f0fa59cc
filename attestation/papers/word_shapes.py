"""Which tags a paper of a kind has: worked out from an invented one, so that what is told is what there is.

A value is a text, a group of named values, or a list; a list of equal things can be gone through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from attestation.papers.word_tags import Reason, TagProblem, names_bound, written


@dataclass(frozen=True, slots=True)
class Text:
    """One value, written as it is."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an empty list would hold: it may be anything."""


@dataclass(frozen=True, slots=True)
class Group:
    """Values by their names."""

    parts: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Many:
    """A list; `each` is what all its items have in common, None where they are of different kinds."""

    items: tuple[Shape, ...]
    each: Shape | None


Shape = Text | Nothing | Group | Many

_LOOP = Group({name: Text() for name in ("first", "index", "index0", "last", "length", "revindex")})


def shape_of(value: Any) -> Shape:
    """Give the shape of a value."""
    if isinstance(value, Mapping):
        return Group({str(name): shape_of(part) for name, part in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = tuple(shape_of(item) for item in value)
        return Many(items, _common(items))
    return Text()


def _common(shapes: Sequence[Shape]) -> Shape | None:
    """Give what shapes have in common."""
    found: Shape = Nothing()
    for shape in shapes:
        both = _both(found, shape)
        if both is None:
            return None
        found = both
    return found


def _both(one: Shape, other: Shape) -> Shape | None:
    if isinstance(one, Nothing) or isinstance(other, Nothing):
        return other if isinstance(one, Nothing) else one
    if isinstance(one, Text) and isinstance(other, Text):
        return one
    if isinstance(one, Group) and isinstance(other, Group):
        parts = {name: _both(one.parts[name], other.parts[name]) for name in one.parts if name in other.parts}
        return Group({name: part for name, part in parts.items() if part is not None})
    if isinstance(one, Many) and isinstance(other, Many):
        if one.each is None or other.each is None:
            return one if one == other else None
        each, same = _both(one.each, other.each), len(one.items) == len(other.items)
        return None if each is None else Many(one.items if same else (), each)
    return None


@dataclass
class _Reader:
    """Follows the tags of a template, and collects those that lead nowhere."""

    problems: list[TagProblem] = field(default_factory=list)

    def blame(self, node: nodes.Node, reason: Reason) -> None:
        self.problems.append(TagProblem(written(node), reason))

    def read(self, node: nodes.Node, scope: Mapping[str, Shape]) -> None:
        """Follow a part of a template with the names that it knows."""
        if isinstance(node, nodes.For):
            self.loop(node, scope)
        elif isinstance(node, nodes.Output):
            for told in node.nodes:
                if not isinstance(told, nodes.TemplateData) and isinstance(self.shape(told, scope), Group | Many):
                    self.blame(told, Reason.SEVERAL)
        elif isinstance(node, nodes.If):
            self.shape(node.test, scope)
            for inner in (*node.body, *node.elif_, *node.else_):
                self.read(inner, scope)
        else:
            for child in node.iter_child_nodes():
                self.read(child, scope)

    def loop(self, node: nodes.For, scope: Mapping[str, Shape]) -> None:
        """Follow a loop: what it goes through is a list, and its items have the parts that it names."""
        shape, names = self.shape(node.iter, scope), names_bound(node)
        inner = dict(scope)
        if shape is not None:
            found = _items(shape, names, one=isinstance(node.target, nodes.Name))
            if found is None:
                self.blame(node, Reason.NOT_A_LIST)
            inner |= found or {}
            if found is None:
                return
        else:
            return
        inner["loop"] = _LOOP
        if node.test is not None:
            self.shape(node.test, inner)
        for part in node.body:
            self.read(part, inner)
        for part in node.else_:
            self.read(part, scope)

    def shape(self, node: nodes.Node | None, scope: Mapping[str, Shape]) -> Shape | None:
        """Give the shape of an expression; None where it leads nowhere, which is noted."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self.blame(node, Reason.UNKNOWN)
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self.part(node, scope)
        if isinstance(node, nodes.Filter):
            return self.filtered(node, scope)
        if node is not None:
            for part in node.iter_child_nodes():
                self.shape(part, scope)
        return Text()

    def part(self, node: nodes.Getattr | nodes.Getitem, scope: Mapping[str, Shape]) -> Shape | None:
        """Give a part of a group by its name, or an item of a list by its number."""
        whole = self.shape(node.node, scope)
        if whole is None:
            return None
        name: Any = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        found: Shape | None = None
        if isinstance(whole, Group):
            found = whole.parts.get(str(name))
        elif isinstance(whole, Many) and isinstance(name, int):
            known = whole.items if -len(whole.items) <= name < len(whole.items) else ()
            found = known[name] if known else whole.each
        if found is None:
            self.blame(node, Reason.UNKNOWN)
        return found

    def filtered(self, node: nodes.Filter, scope: Mapping[str, Shape]) -> Shape | None:
        """Give what comes out of a filter: of a list something else than of a text."""
        shape = self.shape(node.node, scope)
        if isinstance(shape, Many):
            if node.name in ("first", "last"):
                return shape.each
            if node.name in ("join", "length"):
                return Text()
        return shape


def _items(shape: Shape, names: Sequence[str], *, one: bool) -> dict[str, Shape] | None:
    """Give what a loop binds its names to; None where what it goes through has no such items."""
    if not isinstance(shape, Many) or shape.each is None:
        return None
    if one:
        return {names[0]: shape.each}
    if not isinstance(shape.each, Many) or len(shape.each.items) != len(names):
        return None
    return dict(zip(names, shape.each.items, strict=True))


def unknown_tags(tree: nodes.Template, known: Mapping[str, Any]) -> list[TagProblem]:
    """Give the tags of a template that lead nowhere; `known` is what an invented paper says."""
    reader = _Reader()
    reader.read(tree, {name: shape_of(value) for name, value in known.items()})
    return reader.problems


def tags_of(known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """List the tags of a paper with what they stand for, as a reader writes them; of a list the first item is told."""
    for name, value in known.items():
        yield from _tags(name, value)


def _tags(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _tags(f"{path}.{name}", part)
    else:
        yield path, value
