"""The ladder editor of a draft's page: rungs, their ways, experience, and how each rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from positions.codes import REQUIREMENT_CODES, Category, Level, Sphere
from positions.desk.parsing import in_old_order, rung_value
from positions.desk.place_words import NAMES, rung_name
from positions.desk.rule_words import Reading, codes_words, readings
from positions.located import LANGUAGES, Data, Place
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS
from positions.scales import UNNAMED
from positions.wording import mark_names

Found = Mapping[Place, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A box of a group, or a choice."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Boxes that belong together, with what is ticked in words."""

    name: str
    anchor: str
    legend: str
    summary: str
    was: str
    options: list[Option]
    problems: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceBox:
    """An alternative of experience."""

    place: str
    anchor: str
    number: int
    years: str
    rungs: list[Option]
    groups: list[Group]
    problems: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBox:
    """A way of meeting a rung."""

    place: str
    anchor: str
    number: int
    groups: list[Group]
    experience: list[ExperienceBox]
    problems: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RungBox:
    """A rung with its ways, and how it reads in every language."""

    place: str
    anchor: str
    index: int
    name: str
    first: bool
    last: bool
    badge: str
    levels: list[Option]
    categories: list[Option]
    clause: str
    line: str
    ways: list[WayBox]
    problems: list[str]
    readings: list[Reading]


def ladder_of(document: Data, *, base: Data | None, problems: Found, warnings: Found) -> list[RungBox]:
    """Put the ladder on its page."""
    old = {rung_value(rung): rung for rung in base["rungs"]} if base is not None else None
    return [
        rung_box(document, index, old=old, problems=problems, warnings=warnings)
        for index in range(len(document["rungs"]))
    ]


def rung_box(
    document: Data, index: int, *, old: Mapping[str, Data] | None, problems: Found, warnings: Found
) -> RungBox:
    """Put one rung on the page."""
    rungs = document["rungs"]
    rung, place = rungs[index], ("rungs", index)
    own = ("level", "category", "clause", "line", "pathways")
    return RungBox(
        place=f"rungs.{index}",
        anchor=f"rungs-{index}",
        index=index,
        name=rung_name(rungs, index),
        first=index == 0,
        last=index == len(rungs) - 1,
        badge=_badge(rung, old),
        levels=_choices(Level.choices, rung.get("level"), blank=_("no level is named")),
        categories=_choices(Category.choices, rung.get("category"), blank=_("no category is named")),
        clause=str(rung.get("clause") or ""),
        line="" if rung.get("line") is None else str(rung["line"]),
        ways=[_way(place, number, way, problems) for number, way in enumerate(rung.get("pathways") or [])],
        problems=[
            *problems.get(place, []),
            *(message for name in own for message in problems.get((*place, name), [])),
            *warnings.get((*place, "line"), []),
        ],
        readings=readings(document, index, {code: warnings.get((*place, code), []) for code in LANGUAGES}),
    )


def _badge(rung: Data, old: Mapping[str, Data] | None) -> str:
    if old is None:
        return ""
    before = old.get(rung_value(rung))
    if before is None:
        return _("new")
    return "" if before == rung else _("changed")


def _choices(choices: Iterable[tuple[str, Any]], value: Any, *, blank: str) -> list[Option]:
    """Give the options of a choice; a value that is none of them stays one of them."""
    known = [("", blank), *((str(code), str(label)) for code, label in choices)]
    value = str(value or "")
    if value not in dict(known):
        known.append((value, value))
    return [Option(code=code, label=label, chosen=code == value) for code, label in known]


def group(
    name: str,
    codes: Sequence[str],
    choices: Iterable[tuple[str, Any]],
    problems: list[str],
    *,
    place: str = "",
) -> Group:
    """Give a group of boxes; a ticked code that is none of the known ones is shown as it is."""
    labels = {str(code): str(label) for code, label in choices}
    if name in {"fields", "specialities", "spheres"}:
        labels[UNNAMED] = _("not named by the text")
    known = in_old_order([*labels, *codes], [], labels)
    full = f"{place}.{name}" if place else name
    return Group(
        name=full,
        anchor=full.replace(".", "-"),
        legend=str(NAMES.get(name, name)) if name != "marks" else _("conditions"),
        summary=codes_words(list(codes), labels),
        was=" ".join(codes),
        options=[Option(code=code, label=labels.get(code, code), chosen=code in codes) for code in known],
        problems=problems,
    )


def _way(rung: Place, number: int, way: Mapping[str, Any], problems: Found) -> WayBox:
    place = (*rung, "pathways", number)
    name = ".".join(map(str, place))
    return WayBox(
        place=name,
        anchor=name.replace(".", "-"),
        number=number + 1,
        groups=[
            group(key, way.get(key) or [], REQUIREMENT_CODES[kind].choices, problems.get((*place, key), []), place=name)
            for key, kind in REQUIREMENT_KINDS.items()
        ],
        experience=[
            _experience(place, index, norm, problems) for index, norm in enumerate(way.get("experience") or [])
        ],
        problems=problems.get(place, []),
    )


def _experience(way: Place, index: int, norm: Mapping[str, Any], problems: Found) -> ExperienceBox:
    place = (*way, "experience", index)
    name = ".".join(map(str, place))
    marks = [mark for mark in EXPERIENCE_MARKS if norm.get(mark)]
    own = ("years", "rung")
    return ExperienceBox(
        place=name,
        anchor=name.replace(".", "-"),
        number=index + 1,
        years=str(norm.get("years", "")),
        rungs=_choices(_all_rungs(), rung_value(norm.get("rung")), blank=_("any post")),
        groups=[
            group(
                "spheres", norm.get("spheres") or [], Sphere.choices, problems.get((*place, "spheres"), []), place=name
            ),
            group("marks", marks, mark_names().items(), [], place=name),
        ],
        problems=[
            *problems.get(place, []),
            *(message for key in own for message in problems.get((*place, key), [])),
        ],
    )


def _all_rungs() -> list[tuple[str, str]]:
    rungs = [{"level": str(level), "category": str(category)} for level in Level.values for category in Category.values]
    return [(rung_value(rung), rung_name([rung], 0)) for rung in rungs]
