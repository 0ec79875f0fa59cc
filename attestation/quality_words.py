"""The reasons of the page on data quality: what is lacking, what to do, and where on a person's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.codes import CertificateKind


@dataclass(frozen=True, slots=True)
class _Reason:
    """A reason: its heading, what to do, the section of a person's page, whether the text leaves it open."""

    title: object
    advice: object
    anchor: str
    open_text: bool = False


_COMMISSION = gettext_lazy("Nothing is lacking in the records: the commission decides.")

_REASONS: dict[str, _Reason] = {
    "education-no_record": _Reason(
        gettext_lazy("No education record"),
        gettext_lazy("Enter the education document: level, field, institution, number and day."),
        "education",
    ),
    "education-field_not_stated": _Reason(
        gettext_lazy("Field or speciality of the education not stated"),
        gettext_lazy("Open the education record and enter the field or the speciality by the diploma."),
        "education",
    ),
    "education-not_recognised": _Reason(
        gettext_lazy("Foreign education document without recognition"),
        gettext_lazy("Enter the recognition certificate, or why none is needed."),
        "education",
    ),
    "education-not_named": _Reason(
        gettext_lazy("The text does not name the speciality that it asks for"), _COMMISSION, "education", open_text=True
    ),
    "education-above": _Reason(
        gettext_lazy("Education higher than the text names"), _COMMISSION, "education", open_text=True
    ),
    "experience-not_named": _Reason(
        gettext_lazy("The text does not name the experience that it asks for"), _COMMISSION, "work", open_text=True
    ),
    "text-no_text": _Reason(
        gettext_lazy("No text of the characteristic is on file for today"),
        gettext_lazy("Ask the editor of texts whether a text is lacking, or check the position of the person."),
        "post",
        open_text=True,
    ),
    "text-no_rung_in_text": _Reason(
        gettext_lazy("The text in force has no such level and category"),
        gettext_lazy("Compare the level and the category on record with the order that awarded them."),
        "categories",
    ),
    "no_post": _Reason(
        gettext_lazy("No post on record for today"),
        gettext_lazy("Enter the post held between the hiring and the appointment to the present post."),
        "work",
    ),
    "no_birth_date": _Reason(
        gettext_lazy("No birth date"), gettext_lazy("Enter the birth date by the identity document."), "personal"
    ),
    "no_iin": _Reason(gettext_lazy("No IIN"), gettext_lazy("Enter the IIN by the identity document."), "personal"),
    "wrong_iin": _Reason(
        gettext_lazy("Wrong check digit of the IIN"),
        gettext_lazy("Compare the IIN with the identity document and correct it."),
        "personal",
    ),
    "iin_against_birth_date": _Reason(
        gettext_lazy("The birth date disagrees with the IIN"),
        gettext_lazy("Compare both with the identity document and correct the one that is wrong."),
        "personal",
    ),
    "work_without_sphere": _Reason(
        gettext_lazy("Earlier work without a sphere"),
        gettext_lazy("Enter the sphere of the employer: without it the work counts only where any sphere does."),
        "work",
    ),
    "award_without_number": _Reason(
        gettext_lazy("Category without an order number"),
        gettext_lazy("Enter the number of the order that awarded the category."),
        "categories",
    ),
    "posts_overlap": _Reason(
        gettext_lazy("Posts that overlap"),
        gettext_lazy("Check the first and the last days of the posts; days of both are counted once."),
        "work",
    ),
}
_CERTIFICATE = "certificate-no_record-"


def title_of(code: str) -> str:
    """Name a reason; one that nobody has described speaks for itself."""
    if code.startswith(_CERTIFICATE):
        kind = code.removeprefix(_CERTIFICATE)
        label = dict(CertificateKind.choices).get(kind, kind)
        return _("Needed certificate not on record: %(certificate)s") % {"certificate": label}
    reason = _REASONS.get(code)
    return code if reason is None else str(reason.title)


def advice_of(code: str) -> str:
    """Say what to do about a reason."""
    if code.startswith(_CERTIFICATE):
        return _("Ask the person for the document and enter it.")
    reason = _REASONS.get(code)
    return _("Open the person's page: the proposal tells what is lacking.") if reason is None else str(reason.advice)


def anchor_of(code: str) -> str:
    """Give the section of a person's page in which the reason is met."""
    if code.startswith(_CERTIFICATE):
        return "certificates"
    reason = _REASONS.get(code)
    return "verdict" if reason is None else reason.anchor


def is_open_text(code: str) -> bool:
    """Tell whether no record can settle it, since the text itself leaves it open."""
    reason = _REASONS.get(code)
    return reason is not None and reason.open_text
