"""Verdicts in the words of the reader: what was required, what was found, what stands against a day.

Page, print-out and JSON use these same functions, so that they say the same.
"""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from employees.periods import last_day
from positions import rules
from positions.codes import EducationLevel, Field, Speciality
from positions.wording import certificate_words, education_words, experience_words


def status_words(status: rules.Status) -> str:
    """Name a status."""
    return {
        rules.Status.MET: pgettext("status", "met"),
        rules.Status.NOT_MET: pgettext("status", "not met"),
        rules.Status.UNKNOWN: pgettext("status", "unknown"),
    }[status]


def length_words(length: rules.Length) -> str:
    """Write a length of experience, as `2 y. 1 mo. 4 d.`."""
    return _("%(years)d y. %(months)d mo. %(days)d d.") % {
        "years": length.years,
        "months": length.months,
        "days": length.days,
    }


def day(value: date) -> str:
    """Write a day as tables show it."""
    return date_format(value, "SHORT_DATE_FORMAT")


def required_words(finding: rules.Finding) -> str:
    """Say what the clause asks for."""
    if finding.requirement == "education" and finding.pathway is not None:
        return education_words(finding.pathway)
    if finding.requirement == "experience" and finding.experience is not None:
        return experience_words(finding.experience)
    if finding.requirement == "certificate" and finding.code is not None:
        return certificate_words(finding.code)
    return _("A text of the characteristic in force on the day")


def found_words(finding: rules.Finding, *, on: date) -> str:
    """Say what the records hold, and why that is or is not enough."""
    if finding.requirement == "education":
        return _education_found(finding)
    if finding.requirement == "experience":
        return _experience_found(finding, on=on)
    if finding.requirement == "certificate":
        return _certificate_found(finding)
    if finding.found is rules.Found.NO_RUNG_IN_TEXT:
        return _("The text in force on this day has no such level and category.")
    return _("No text is on file for this day; the wording of another day is not borrowed.")


def _education_found(finding: rules.Finding) -> str:
    if finding.diploma is None:
        return _("There is no education record. Enter the education document.")
    reason = {
        rules.Found.FITS: "",
        rules.Found.LEVEL_BELOW: _("This level of education is not among those named."),
        rules.Found.FIELD_DIFFERS: _("The field or speciality is not among those named."),
        rules.Found.FIELD_NOT_STATED: _("The field or speciality is not stated in the record. Enter it."),
        rules.Found.NOT_NAMED: _("The text does not name the speciality; the commission decides."),
        rules.Found.ABOVE: _("Higher than the text names; the commission decides."),
        rules.Found.NOT_RECOGNISED: _("A foreign document without a recognition certificate. Enter the certificate."),
    }[finding.found]
    return " ".join(part for part in (f"{diploma_words(finding.diploma)}.", reason) if part)


def diploma_words(diploma: rules.Diploma) -> str:
    """Describe an education document in one line."""
    parts = [str(EducationLevel(diploma.level).label)]
    if diploma.fields:
        parts.append(", ".join(str(Field(code).label) for code in diploma.fields))
    if diploma.speciality or diploma.speciality_code:
        parts.append(diploma.speciality or str(Speciality(diploma.speciality_code).label))
    parts += [diploma.institution, diploma.document, day(diploma.graduated_on)]
    return "; ".join(part for part in parts if part)


def _experience_found(finding: rules.Finding, *, on: date) -> str:
    if finding.length is None:
        return _("The text does not name what it asks for; the commission decides.")
    if not finding.counted or finding.length == rules.Length():
        return _("No such experience is on record.")
    periods = rules_periods(finding, on=on)
    return _("%(length)s (%(periods)s)") % {
        "length": length_words(finding.length),
        "periods": "; ".join(periods[:_SHOWN]) + ("; " + _more(len(periods) - _SHOWN) if len(periods) > _SHOWN else ""),
    }


_SHOWN = 4


def _more(count: int) -> str:
    return ngettext("%(count)d more period", "%(count)d more periods", count) % {"count": count}


def rules_periods(finding: rules.Finding, *, on: date) -> list[str]:
    """Write the counted periods with their last days; the last of an open one is the day before the verdict's."""
    return [
        f"{day(item.period.start)}–{day(last_day(min(item.period.end or on, on)))}"
        for item in finding.counted
        if item.period.start < on
    ]


def _certificate_found(finding: rules.Finding) -> str:
    certificate = finding.certificate
    if certificate is None:
        return _("There is no such record. Bring the document.")
    parts = [certificate.number, certificate.issuer, day(certificate.issued_on)]
    described = "; ".join(part for part in parts if part)
    until = last_day(certificate.valid_until)
    if finding.found is rules.Found.EXPIRED and until is not None:
        return _("%(document)s. Expired on %(day)s.") % {"document": described, "day": day(until)}
    if until is not None:
        return _("%(document)s. Valid until %(day)s.") % {"document": described, "day": day(until)}
    return f"{described}."


def obstacle_words(next_rung: rules.NextRung) -> str:
    """Say why no day can be given although only time is missing; nothing where there is no such reason."""
    if next_rung.obstacle is None:
        return ""
    if next_rung.obstacle is rules.Obstacle.NOTHING_RUNS:
        return _("No day can be given: no period that counts is going on.")
    sentence = {
        rules.Obstacle.AWARD_ENDS: _("No day can be given: the category in force ends on %(day)s, before that."),
        rules.Obstacle.CERTIFICATE_ENDS: _("No day can be given: a needed certificate ends on %(day)s, before that."),
        rules.Obstacle.TEXT_ENDS: _("No day can be given: the text in force ends on %(day)s, before that."),
        rules.Obstacle.POST_ENDS: _("No day can be given: the post ends on %(day)s, before that."),
    }[next_rung.obstacle]
    until = last_day(next_rung.obstacle_on)
    return sentence % {"day": day(until) if until else ""}
