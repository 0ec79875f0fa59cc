"""How education documents are judged by a pathway (readings 7 to 12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from positions.facts import Diploma
from positions.requirements import Pathway
from positions.scales import EDUCATION_RANK, STATUS_RANK, UNNAMED, Status
from positions.verdicts import Found


def judge_education(pathway: Pathway, diplomas: Iterable[Diploma], *, on: date) -> tuple[Status, Found, Diploma | None]:
    """Judge documents by a pathway: the best of them decides; none on record is unknown (readings 7-12 and 21)."""
    judged = [(*judge_diploma(pathway, diploma, on=on), diploma) for diploma in diplomas]
    if not judged:
        return Status.UNKNOWN, Found.NO_RECORD, None
    return min(
        judged,
        key=lambda item: (
            STATUS_RANK[item[0]],
            -EDUCATION_RANK[item[2].level],
            -item[2].graduated_on.toordinal(),
            item[2].document,
        ),
    )


def judge_diploma(pathway: Pathway, diploma: Diploma, *, on: date) -> tuple[Status, Found]:
    """Judge one document by a pathway."""
    rank = EDUCATION_RANK[diploma.level]
    above = all(rank > EDUCATION_RANK[level] for level in pathway.education)
    if diploma.level not in pathway.education and not above:
        return Status.NOT_MET, Found.LEVEL_BELOW
    found = (_field(pathway, diploma), _speciality(pathway, diploma))
    if Found.FIELD_DIFFERS in found:
        return Status.NOT_MET, Found.FIELD_DIFFERS
    doubt = next((item for item in found if item is not Found.FITS), None)
    if doubt is not None:
        return Status.UNKNOWN, doubt
    if above:
        return Status.UNKNOWN, Found.ABOVE
    if not diploma.recognised_by(on):
        return Status.UNKNOWN, Found.NOT_RECOGNISED
    return Status.MET, Found.FITS


def _field(pathway: Pathway, diploma: Diploma) -> Found:
    """Compare the fields: any one of those printed is enough, none printed means any (reading 8)."""
    if not pathway.fields or set(pathway.fields) & set(diploma.fields):
        return Found.FITS
    return Found.FIELD_DIFFERS if diploma.fields else Found.FIELD_NOT_STATED


def _speciality(pathway: Pathway, diploma: Diploma) -> Found:
    """Compare the specialities; what the text does not name cannot be judged (reading 16)."""
    if not pathway.specialities or (
        diploma.speciality_code != UNNAMED and diploma.speciality_code in pathway.specialities
    ):
        return Found.FITS
    if UNNAMED in pathway.specialities:
        return Found.NOT_NAMED
    return Found.FIELD_DIFFERS if diploma.speciality_code else Found.FIELD_NOT_STATED
