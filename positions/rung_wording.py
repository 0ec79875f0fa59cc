"""The rules of a document in words, even while they are being written: what is missing is said to be so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from positions import rules
from positions.codes import REQUIREMENT_CODES, Category, Level, Sphere
from positions.norm_files import EXPERIENCE_MARKS, REQUIREMENT_KINDS
from positions.wording import certificate_words, education_words, experience_words


def rung_lines(rung: Mapping[str, Any]) -> list[str]:
    """Put the pathways of a rung into words, in the language of the moment."""
    return [_pathway_words(pathway) for pathway in rung.get("pathways") or []]


def _pathway_words(pathway: Mapping[str, Any]) -> str:
    """Put a pathway into words, as far as it can be read."""
    known = rules.Pathway(
        **{
            name: tuple(code for code in pathway.get(name) or [] if code in REQUIREMENT_CODES[kind].values)
            for name, kind in REQUIREMENT_KINDS.items()
        }
    )
    parts = [education_words(known) if known.education else _("Education: none is named")]
    alternatives = [_alternative_words(norm) for norm in pathway.get("experience") or []]
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


def _alternative_words(norm: Mapping[str, Any]) -> str:
    """Put an alternative of experience into words; years that are no number are named as they were typed."""
    years = norm.get("years")
    told = experience_words(
        rules.ExperienceNorm(
            years=years if isinstance(years, int) else 0,
            rung=known_rung(norm.get("rung")),
            spheres=tuple(code for code in norm.get("spheres") or [] if code in Sphere.values),
            **{mark: bool(norm.get(mark)) for mark in EXPERIENCE_MARKS},
        )
    )
    if isinstance(years, int) and years > 0:
        return told
    _years, *conditions = told.split("; ")
    missing = _("years “%(typed)s”") % {"typed": years} if years else _("years are missing")
    return "; ".join([missing, *conditions])


def known_rung(rung: Mapping[str, Any] | None) -> rules.RungKey | None:
    """Give the level and the category of a rung, as far as they are known codes."""
    if not rung:
        return None
    level, category = rung.get("level"), rung.get("category")
    return rules.RungKey(
        rules.Level(level) if level in Level.values else None,
        rules.Category(category) if category in Category.values else None,
    )
