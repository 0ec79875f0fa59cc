"""What the norms ask for, in words; one set of words for the position's page, the verdict and the papers.

Words are put together as labels with nominatives ("sphere: social protection"), never by declension, so that the same
construction is right in Kazakh, Russian and English.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from positions import rules
from positions.codes import Category, CertificateKind, EducationLevel, Field, Level, Speciality, Sphere


def any_of(words: Iterable[str]) -> str:
    """Join alternatives: the last by "or", the others by commas."""
    *first, last = list(words) or [""]
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def education_words(pathway: rules.Pathway) -> str:
    """Name the education that a pathway asks for in one line."""
    levels, *rest = education_lines(pathway)
    return "; ".join([_("Education: %(levels)s") % {"levels": levels}, *rest])


def education_lines(pathway: rules.Pathway) -> list[str]:
    """Name the education that a pathway asks for: levels, then fields and specialities where the text prints them."""
    lines = [any_of(str(EducationLevel(code).label) for code in pathway.education)]
    if pathway.fields:
        fields = any_of(_named(code, Field(code).label) for code in pathway.fields)
        lines.append(_("field: %(fields)s") % {"fields": fields})
    if pathway.specialities:
        specialities = any_of(_named(code, Speciality(code).label) for code in pathway.specialities)
        lines.append(_("speciality: %(specialities)s") % {"specialities": specialities})
    return lines


def experience_words(norm: rules.ExperienceNorm) -> str:
    """Name one alternative of the experience that a pathway asks for: its years, then its conditions."""
    years = ngettext("at least %(years)d year", "at least %(years)d years", norm.years) % {"years": norm.years}
    return "; ".join([years, *_conditions(norm)])


def _conditions(norm: rules.ExperienceNorm) -> list[str]:
    words = []
    if norm.rung is not None:
        words.append(_("as: %(rung)s") % {"rung": rung_words(norm.rung)})
    if norm.spheres:
        spheres = any_of(_named(code, Sphere(code).label) for code in norm.spheres)
        words.append(_("sphere: %(spheres)s") % {"spheres": spheres})
    marks = [
        (norm.or_relevant_profile, _("or: relevant profile of the organisation")),
        (norm.relevant_profile, _("relevant profile of the organisation")),
        (norm.non_governmental, _("non-governmental organisations")),
        (norm.managerial, _("managerial posts")),
        (norm.in_specialty, _("experience in the specialty")),
    ]
    return words + [word for holds, word in marks if holds]


def certificate_words(code: str) -> str:
    """Name a certificate or a skill."""
    return str(CertificateKind(code).label)


def rung_words(key: rules.RungKey) -> str:
    """Name a rung by its level and category; say so where the clause prints neither."""
    parts = [
        *([str(Level(key.level).label)] if key.level else []),
        *([str(Category(key.category).label)] if key.category else []),
    ]
    return ", ".join(parts) or _("no category is named by the text")


def _named(code: str, label: object) -> str:
    """Give the label of a code; what a text requires but does not name is said to be so (reading 16)."""
    return _("not named by the text") if code == rules.UNNAMED else str(label)
