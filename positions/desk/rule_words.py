"""How a rule reads, in every language, even while it is being written: what is missing is said to be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from positions import rules
from positions.codes import REQUIREMENT_CODES, Category, Level, Sphere
from positions.comparison import OWN_NAMES
from positions.located import LANGUAGES, Data
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS
from positions.wording import any_of, certificate_words, education_words, experience_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A rung in one language: how the rule reads, and what the clause prints."""

    language: str
    name: str
    #: One line a pathway.
    ways: list[str]
    printed: str
    warnings: list[str]


def readings(document: Data, index: int, warnings: Mapping[str, list[str]]) -> list[Reading]:
    """Put a rung into words in every language, each beside its printed line; `warnings` by language."""
    rung = document["rungs"][index]
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            ways = rung_lines(rung)
        found.append(
            Reading(
                language=language,
                name=OWN_NAMES[language],
                ways=ways,
                printed=printed_line(document, rung, language),
                warnings=warnings.get(language, []),
            )
        )
    return found


def printed_line(document: Data, rung: Mapping[str, Any], language: str) -> str:
    """Give the line of the clause that a rung was read from; nothing where the rung names none."""
    line = rung.get("line")
    lines = (document["qualification"].get(language) or "").splitlines()
    return lines[line - 1] if isinstance(line, int) and 1 <= line <= len(lines) else ""


def rung_lines(rung: Mapping[str, Any]) -> list[str]:
    """Put the pathways of a rung into words, in the language of the moment."""
    return [pathway_words(pathway) for pathway in rung.get("pathways") or []]


def pathway_words(pathway: Mapping[str, Any]) -> str:
    """Put a pathway into words, as far as it can be read."""
    known = rules.Pathway(
        **{
            name: tuple(code for code in pathway.get(name) or [] if code in REQUIREMENT_CODES[kind].values)
            for name, kind in REQUIREMENT_KINDS.items()
        }
    )
    parts = [education_words(known) if known.education else _("Education: none is named")]
    alternatives = [alternative_words(norm) for norm in pathway.get("experience") or []]
    if alternatives:
        parts.append(_("Experience: %(what)s") % {"what": _or_else(alternatives)})
    else:
        parts.append(_("Experience: none required"))
    if known.certificates:
        parts.append(_("Needed as well: %(what)s") % {"what": ", ".join(map(certificate_words, known.certificates))})
    if known.preferred:
        parts.append(_("Preferred: %(what)s") % {"what": ", ".join(map(certificate_words, known.preferred))})
    return ". ".join(parts) + "."


def _or_else(alternatives: list[str]) -> str:
    """Join alternatives that have commas and semicolons of their own."""
    return _(" – or – ").join(alternatives)


def alternative_words(norm: Mapping[str, Any]) -> str:
    """Put an alternative of experience into words; years that are no number are named as they were typed."""
    years = norm.get("years")
    told = experience_words(
        rules.ExperienceNorm(
            years=years if isinstance(years, int) else 0,
            rung=_rung(norm.get("rung")),
            spheres=tuple(code for code in norm.get("spheres") or [] if code in Sphere.values),
            **{mark: bool(norm.get(mark)) for mark in EXPERIENCE_MARKS},
        )
    )
    if isinstance(years, int) and years > 0:
        return told
    _years, *conditions = told.split("; ")
    missing = _("years “%(typed)s”") % {"typed": years} if years else _("years are missing")
    return "; ".join([missing, *conditions])


def _rung(rung: Mapping[str, Any] | None) -> rules.RungKey | None:
    if not rung:
        return None
    level, category = rung.get("level"), rung.get("category")
    return rules.RungKey(
        rules.Level(level) if level in Level.values else None,
        rules.Category(category) if category in Category.values else None,
    )


def codes_words(codes: list[str], labels: Mapping[str, str]) -> str:
    """Sum up a group of boxes: what is ticked, or a dash."""
    return any_of(labels.get(code, code) for code in codes) if codes else "–"
