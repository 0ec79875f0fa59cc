"""Rule-sets in words: what each rule is called, how its value reads, and the clause that settles it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attestation.codes import Decision, MissedReason
from attestation.regimes import Group, Kind, Parameter, Regime

GROUP_WORDS: dict[Group, Any] = {
    Group.DUE: gettext_lazy("Who is attested, and when"),
    Group.PREPARATION: gettext_lazy("Preparation"),
    Group.COMMISSION: gettext_lazy("Commission"),
    Group.SITTING: gettext_lazy("Sitting"),
    Group.DECISION: gettext_lazy("Decision"),
    Group.AFTERWARDS: gettext_lazy("After the sitting"),
    Group.PROTECTION: gettext_lazy("Protection of the employee"),
}

PARAMETER_WORDS: dict[str, Any] = {
    "period_months": gettext_lazy("Months from one attestation to the next"),
    "least_months_in_post": gettext_lazy("Least months in the post"),
    "latest_months_after_due": gettext_lazy("Months after the due day within which it must take place"),
    "long_absence_kinds": gettext_lazy("Absences after which is waited"),
    "long_absence_months": gettext_lazy("From how many months such an absence is long"),
    "months_after_return": gettext_lazy("Months to wait after the return"),
    "exempt_absences": gettext_lazy("Absences that exempt while they last"),
    "part_timers_included": gettext_lazy("Part-time second jobs are included"),
    "early_on_application": gettext_lazy("Early attestation on application"),
    "list_every_months": gettext_lazy("Months between two lists of persons"),
    "notice_months": gettext_lazy("Months before the attestation by which notice is given"),
    "characteristic_days_before": gettext_lazy("Days before the attestation by which the characteristic is handed in"),
    "acquaintance_days_before": gettext_lazy("Days before the sitting by which the employee knows the characteristic"),
    "objection_form": gettext_lazy("What the employee hands in who disagrees with the characteristic"),
    "testing": gettext_lazy("There is a test"),
    "application_needed_for_category": gettext_lazy("A category needs an application"),
    "least_members": gettext_lazy("Least number of members, without the secretary"),
    "secretary_votes": gettext_lazy("The secretary votes"),
    "substitutes_allowed": gettext_lazy("Absent members may be substituted"),
    "member_replaces_chair": gettext_lazy("A member takes the place of an absent chair"),
    "employees_representative_for_dismissal": gettext_lazy(
        "A representative of the employees takes part where the result can lead to dismissal"
    ),
    "quorum": gettext_lazy("Part of the commission that must be present"),
    "open_voting": gettext_lazy("The voting is open"),
    "employee_absent_at_voting": gettext_lazy("The employee is absent at the voting"),
    "valid_absences": gettext_lazy("Valid reasons for missing a sitting"),
    "most_postponements": gettext_lazy("How often it can be postponed"),
    "valid_absence_ends_in_repeat": gettext_lazy("Absence for a valid reason leads to a repeated attestation"),
    "unexcused_absence": gettext_lazy("What follows from absence without a valid reason"),
    "unexcused_absences_to_dismissal": gettext_lazy("Unexcused absences after which dismissal is recommended"),
    "marks": gettext_lazy("Marks"),
    "first_decisions": gettext_lazy("Decisions at a first attestation"),
    "repeated_decisions": gettext_lazy("Decisions at a repeated attestation"),
    "tie": gettext_lazy("What a tie means"),
    "category_decision": gettext_lazy("The commission decides on the category"),
    "repeat_after_months": gettext_lazy("Months until the repeated attestation"),
    "category_validity_months": gettext_lazy("Months for which a category is valid"),
    "minutes_working_days": gettext_lazy("Working days for the minutes"),
    "approval_working_days": gettext_lazy("Working days for the approval by the head"),
    "approval_by_head": gettext_lazy("The head approves the decisions"),
    "sheet_form": gettext_lazy("Form of the attestation sheet"),
    "certificate_issued": gettext_lazy("A certificate of the category is issued"),
    "recording_kept_months": gettext_lazy("Months for which the recording is kept"),
    "pension_protection_years": gettext_lazy(
        "Years before pension age in which dismissal needs the commission's decision"
    ),
    "pension_age_years": gettext_lazy("Pension age in years"),
    "no_dismissal_during": gettext_lazy("Absences during which nobody is dismissed"),
}

_CODE_WORDS: dict[str, dict[str, Any]] = {
    "objection_form": {
        "alternative_information": gettext_lazy("alternative information"),
        "own_report": gettext_lazy("own report on the work done"),
    },
    "unexcused_absence": {
        "repeated": gettext_lazy("repeated attestation"),
        "not_allowed": gettext_lazy("it is not allowed"),
    },
    "tie": {
        "chair_decides": gettext_lazy("the chair has the casting vote"),
        "in_favour": gettext_lazy("it counts in favour of the employee"),
    },
    "sheet_form": {
        "general": gettext_lazy("general form"),
        "with_category": gettext_lazy("form with the category"),
    },
}

_MARK_WORDS = {
    "excellent": gettext_lazy("excellent"),
    "good": gettext_lazy("good"),
    "satisfactory": gettext_lazy("satisfactory"),
    "unsatisfactory": gettext_lazy("unsatisfactory"),
}


def parameter_words(name: str) -> str:
    """Name a rule."""
    return str(PARAMETER_WORDS[name])


def code_words(name: str, code: str) -> str:
    """Name a code that a rule may hold."""
    if name in ("first_decisions", "repeated_decisions"):
        return str(Decision(code).label)
    if name in _CODE_WORDS:
        return str(_CODE_WORDS[name][code])
    return str(MissedReason(code).label)


def mark_words(code: str) -> str:
    """Name a mark; a mark in figures speaks for itself."""
    return str(_MARK_WORDS.get(code, code))


def value_words(parameter: Parameter, value: Any) -> str:
    """Say what a rule is set to."""
    if value is None:
        return _("not settled")
    kind = parameter.kind
    if kind is Kind.MONTHS:
        return ngettext("%(count)d month", "%(count)d months", value) % {"count": value}
    if kind is Kind.DAYS:
        return ngettext("%(count)d day", "%(count)d days", value) % {"count": value}
    if kind is Kind.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", value) % {"count": value}
    if kind is Kind.YEARS:
        return ngettext("%(count)d year", "%(count)d years", value) % {"count": value}
    if kind is Kind.YES_NO:
        return _("yes") if value else _("no")
    if kind is Kind.CODE:
        return code_words(parameter.name, value)
    if kind is Kind.CODES:
        return "; ".join(code_words(parameter.name, code) for code in value) or _("none")
    if kind is Kind.MARKS:
        return "; ".join(_mark_line(mark.code, mark.decision) for mark in value)
    return str(value)


def _mark_line(code: str, decision: str | None) -> str:
    return f"{mark_words(code)} – {Decision(decision).label}" if decision else mark_words(code)


def clause_words(regime: Regime, name: str) -> str:
    """Name the clause that settles a rule: of the rule-set's act, of a code, or what is known of it from excerpts."""
    clause = regime.clause(name)
    if not clause:
        return ""
    if regime.act(name) == "labour_code":
        return _("Labour Code, art. %(article)s") % {"article": clause}
    if regime.act(name) == "social_code":
        return _("Social Code, art. %(article)s") % {"article": clause}
    if clause == "excerpt":
        return _("known from an excerpt of the act")
    if clause.startswith("annex"):
        return _("annex %(number)s") % {"number": clause.removeprefix("annex").strip()}
    return _("clause %(clause)s") % {"clause": clause}
