"""What to bring or do: for each requirement that is not met or not known, the step that could change it.

Nothing is asked for that the finding does not ask for: each step follows from the code of what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from attestation.wording import day, obstacle_words, required_words
from employees.periods import last_day
from positions import rules
from positions.codes import Sphere
from positions.rules import Found
from positions.wording import any_of, certificate_words


class Who(StrEnum):
    """Whose step it is, in the order in which steps are listed."""

    TIME = "time"
    EMPLOYEE = "employee"
    HR = "hr"
    COMMISSION = "commission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step, and the rungs it is for."""

    who: Who
    words: str
    about: tuple[str, ...]


def who_words(who: Who) -> str:
    """Say whose step it is."""
    return {
        Who.EMPLOYEE: _("To bring"),
        Who.HR: _("For HR"),
        Who.COMMISSION: _("For the commission"),
        Who.TIME: _("Time"),
    }[who]


def steps_of(verdict: rules.Verdict) -> list[Step]:
    """List the steps, those of the current and of the next rung together where they are the same."""
    found: dict[tuple[Who, str], Step] = {}
    for step in _steps(verdict):
        known = found.get((step.who, step.words))
        if known is None:
            found[step.who, step.words] = step
        elif step.about[0] not in known.about:
            found[step.who, step.words] = replace(known, about=(*known.about, *step.about))
    order = list(Who)
    return sorted(found.values(), key=lambda step: order.index(step.who))


def for_words(step: Step, verdict: rules.Verdict) -> str:
    """Say what a step is for."""
    if len(step.about) > 1:
        return _("for the current and the next rung")
    if step.about == ("next",):
        return _("for the next rung")
    if verdict.edition is None:
        return _("for this day")
    if verdict.current is not None:
        return _("for the current rung")
    if verdict.edition.has_categories:
        return _("for the entry rung")
    return _("for the post held")


def _steps(verdict: rules.Verdict) -> Iterator[Step]:
    for about in ("current", "next"):
        findings = verdict.findings_about(about)
        for finding in findings:
            if finding.requirement != "experience":
                yield from _told(about, _for_finding(finding))
        experience = [finding for finding in findings if finding.requirement == "experience"]
        # Any one alternative is enough: where one is met, the others ask for nothing.
        if all(finding.status is not rules.Status.MET for finding in experience):
            for finding in experience:
                yield from _told(about, _for_experience(finding))
    if verdict.current is None and verdict.edition is not None and verdict.edition.has_categories:
        words = _("Enter the level of the post, if the act of appointment states it.")
        yield Step(who=Who.HR, words=words, about=("current",))
    if verdict.next is not None:
        yield from _told("next", _for_time(verdict.next))


def _told(about: str, steps: Iterator[tuple[Who, str]]) -> Iterator[Step]:
    for who, words in steps:
        yield Step(who=who, words=words, about=(about,))


def _for_finding(finding: rules.Finding) -> Iterator[tuple[Who, str]]:
    """Give the step for education, a certificate, or the text itself."""
    if finding.status is rules.Status.MET:
        return
    if finding.requirement == "education":
        yield _for_education(finding)
    elif finding.requirement == "certificate":
        yield Who.EMPLOYEE, _certificate(finding)
    elif finding.found is Found.NO_RUNG_IN_TEXT:
        yield Who.HR, _("Check the level and the category on record: the text in force has no such rung.")
    else:
        yield Who.HR, _("No text is on file for this day: ask for a day on which a text is in force.")


def _for_education(finding: rules.Finding) -> tuple[Who, str]:
    another = _("If there is another education document that fits, bring it. %(required)s.") % {
        "required": required_words(finding)
    }
    return {
        Found.NO_RECORD: (Who.EMPLOYEE, _("Bring the education document.")),
        Found.LEVEL_BELOW: (Who.EMPLOYEE, another),
        Found.FIELD_DIFFERS: (Who.EMPLOYEE, another),
        Found.NOT_RECOGNISED: (
            Who.EMPLOYEE,
            _("Bring the recognition certificate of the foreign document, or the reason why none is needed."),
        ),
        Found.FIELD_NOT_STATED: (Who.HR, _("Enter the field or speciality that the education document states.")),
        Found.NOT_NAMED: (
            Who.COMMISSION,
            _("Whether the education fits is for the commission to decide: the text does not name the speciality."),
        ),
        Found.ABOVE: (
            Who.COMMISSION,
            _("Whether the education fits is for the commission to decide: it is higher than the text names."),
        ),
    }[finding.found]


def _certificate(finding: rules.Finding) -> str:
    name = certificate_words(finding.code or "")
    until: date | None = last_day(finding.certificate.valid_until) if finding.certificate else None
    if finding.found is Found.EXPIRED and until is not None:
        return _("Renew the document that expired on %(day)s, and bring it: %(certificate)s.") % {
            "day": day(until),
            "certificate": name,
        }
    return _("Bring the document: %(certificate)s.") % {"certificate": name}


def _for_experience(finding: rules.Finding) -> Iterator[tuple[Who, str]]:
    """Give the steps for an alternative of experience: what could be missing from the records."""
    norm = finding.experience
    if norm is None or finding.found is Found.NOT_NAMED:
        yield (
            Who.COMMISSION,
            _("Whether the experience fits is for the commission to decide: the text does not name what it asks for."),
        )
        return
    if norm.rung is not None:
        yield (
            Who.HR,
            _("Check that every category held in this position is on record, with the day of its award."),
        )
    else:
        yield (
            Who.EMPLOYEE,
            _("Bring the documents of earlier work that is not on record, if any (work book, contract, archive note)."),
        )
    if marks := _marks(norm):
        words = _("Check what the work records say of: %(marks)s.") % {"marks": "; ".join(marks)}
        yield Who.HR, words


def _marks(norm: rules.ExperienceNorm) -> list[str]:
    """Name the marks of work records that an alternative looks at; HR sets them, they are not guessed."""
    spheres = any_of(str(Sphere(code).label) for code in norm.spheres)
    return [
        *([_("sphere: %(spheres)s") % {"spheres": spheres}] if spheres else []),
        *([_("relevant profile of the organisation")] if norm.relevant_profile or norm.or_relevant_profile else []),
        *([_("non-governmental organisations")] if norm.non_governmental else []),
        *([_("managerial posts")] if norm.managerial else []),
        *([_("experience in the specialty")] if norm.in_specialty else []),
    ]


def _for_time(following: rules.NextRung) -> Iterator[tuple[Who, str]]:
    if following.reachable_on is not None:
        yield (
            Who.TIME,
            _("Only time is missing: reachable on %(day)s, if all goes on as it is.")
            % {"day": day(following.reachable_on)},
        )
    elif words := obstacle_words(following):
        yield Who.TIME, words
