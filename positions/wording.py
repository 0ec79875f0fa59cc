"""What the norms ask for, in words; one set of words for the position's page, the verdict and the papers.

Words are put together as labels with nominatives ("sphere: social protection"), never by declension, so that the same
construction is right in Kazakh, Russian and English.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from positions import rules
from positions.codes import Category, CertificateKind, EducationLevel, Field, Level, Speciality, Sphere
from positions.search_selectors import Part, Passage
from positions.standing import Period, Standing, standing


def validity_words(edition: Period) -> str:
    """Say when an edition is in force, from its first day to its last."""
    first = _day(edition.valid_from)
    if edition.valid_until is None:
        return _("In force from %(first)s") % {"first": first}
    return _("In force from %(first)s to %(last)s") % {"first": first, "last": _day(edition.valid_until - _A_DAY)}


def standing_words(edition: Period, on: date) -> str:
    """Say whether a text is in force on a day, no longer, or not yet."""
    found = standing(edition, on)
    if found is Standing.TO_COME:
        return _("Comes into force on %(day)s") % {"day": _day(edition.valid_from)}
    if found is Standing.ENDED and edition.valid_until is not None:
        return _("No longer in force since %(day)s") % {"day": _day(edition.valid_until)}
    return _("In force")


_A_DAY = timedelta(days=1)


def _day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def place_words(passage: Passage) -> str:
    """Name the place in a position's text where something stands."""
    return _PLACES[passage.part] % {"clause": passage.clause, "number": passage.number}


_PLACES = {
    Part.TITLE: gettext_lazy("Title of the position"),
    Part.DUTIES: gettext_lazy("Official duties, clause %(clause)s, entry %(number)d"),
    Part.KNOWLEDGE: gettext_lazy("Must know, clause %(clause)s, entry %(number)d"),
    Part.QUALIFICATION: gettext_lazy("Requirements for the qualification, clause %(clause)s, line %(number)d"),
    Part.NOTES: gettext_lazy("How the text is read, clause %(clause)s"),
}


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
    return words + [word for mark, word in mark_names().items() if getattr(norm, mark)]


def mark_names() -> dict[str, str]:
    """Name the conditions that experience can have besides its sphere, in the order in which they are read out."""
    return {
        "or_relevant_profile": _("or: relevant profile of the organisation"),
        "relevant_profile": _("relevant profile of the organisation"),
        "non_governmental": _("non-governmental organisations"),
        "managerial": _("managerial posts"),
        "in_specialty": _("experience in the specialty"),
    }


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
