"""From records to facts: what the pure rules need to know of one employee."""

from __future__ import annotations

from datetime import date

from positions import rules

#: Where an education document needs no recognition.
HOME_COUNTRY = "KZ"


def present_post(
    *,
    position: str,
    level: str,
    appointed_on: date,
    until: date | None,
    sphere: str,
    employer: str = "",
    title: str = "",
) -> rules.Work:
    """Give the present post as a work record: in the sphere and profile of the organisation, and in the specialty."""
    return rules.Work(
        period=rules.Period(appointed_on, until),
        position=position,
        level=rules.Level(level) if level else None,
        sphere=sphere,
        relevant_profile=True,
        in_specialty=True,
        employer=employer,
        title=title,
        present=True,
    )


def diploma(
    *,
    level: str,
    graduated_on: date,
    fields: tuple[str, ...] = (),
    speciality_code: str = "",
    speciality: str = "",
    institution: str = "",
    country: str = HOME_COUNTRY,
    document: str = "",
    recognition_number: str = "",
    recognition_on: date | None = None,
    recognition_waived: str = "",
    pk: int | None = None,
) -> rules.Diploma:
    """Give an education record as a fact; a waiver makes a foreign document as good as recognised (reading 12)."""
    waived = bool(recognition_waived)
    return rules.Diploma(
        level=level,
        graduated_on=graduated_on,
        fields=tuple(fields),
        speciality_code=speciality_code,
        speciality=speciality,
        institution=institution,
        document=document,
        foreign=country != HOME_COUNTRY,
        recognised=waived or bool(recognition_number) or recognition_on is not None,
        recognised_on=None if waived else recognition_on,
        pk=pk,
    )
