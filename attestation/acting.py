"""How a form of a case or a sitting is saved: what is refused is said in words beside the field that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from attestation.cycle import Lack, Refusal
from attestation.cycle_services import StaleCycleError
from attestation.refusal_words import told
from attestation.regimes import Regime
from attestation.wording import day

SAVED, STALE, WRONG = 200, 409, 422

#: The fields that a refusal can be about, the likeliest first.
_FIELDS: dict[Lack, tuple[str, ...]] = {
    Lack.NO_QUORUM: ("present",),
    Lack.NOT_A_MEMBER: ("present",),
    Lack.NOT_PRESENT: ("present",),
    Lack.CHAIR_ABSENT: ("present",),
    Lack.NO_ACTING_CHAIR: ("acting_chair", "present"),
    Lack.ACTING_CHAIR_UNFIT: ("acting_chair", "present"),
    Lack.DECISION_NOT_ALLOWED: ("decision",),
    Lack.NO_MARK: ("mark",),
    Lack.MARK_UNKNOWN: ("mark",),
    Lack.MARK_FORBIDS: ("mark",),
    Lack.CATEGORY_NOT_DECIDED_HERE: ("category", "requested_category"),
    Lack.CATEGORY_MISSING: ("category", "requested_category"),
    Lack.CATEGORY_UNDECIDED: ("category",),
    Lack.REASON_MISSING: ("difference_reason", "cancel_reason", "refusal_witnesses"),
    Lack.NO_GROUND_FOR_DISMISSAL: ("recommended_for_dismissal",),
    Lack.PROTECTED: ("recommended_for_dismissal",),
    Lack.PROTECTION_UNKNOWN: ("recommended_for_dismissal",),
    Lack.NO_CHARACTERISTIC: ("characteristic",),
    Lack.NO_APPLICATION: ("applied_on",),
    Lack.TOO_EARLY: ("to",),
    Lack.BEFORE_START: ("to",),
    Lack.SITTING_NOT_OPEN: ("to",),
    Lack.EMPLOYEE_ABSENT: ("to",),
    Lack.CYCLE_NOT_APPROVED: ("cycle",),
}


def attempt(form: forms.Form, save: Callable[[], object], regime: Regime, *, day_name: str = "") -> int:
    """Save what the form holds, or note in it why not; gives the status of the answer.

    Lets AlreadyDecidedError pass, which has its own page, and NotYourPartError, which is an answer by itself.
    """
    if not form.is_valid():
        return WRONG
    try:
        save()
    except StaleCycleError:
        return STALE
    except Refusal as refusal:
        note_refusal(form, refusal, regime, day_name=day_name)
        return WRONG
    except ValidationError as error:
        note_error(form, error)
        return WRONG
    return SAVED


def note_refusal(form: forms.Form, refusal: Refusal, regime: Regime, *, day_name: str = "") -> None:
    """Say in a form what is refused: beside the field that it is about, else above."""
    if refusal.code is Lack.TOO_EARLY and not refusal.rule and refusal.day is not None:
        words = _("It is too early for this. The first day possible: %(day)s.")
        form.add_error(day_name if day_name in form.fields else None, words % {"day": day(refusal.day)})
        return
    field = next((name for name in _FIELDS.get(refusal.code, ()) if name in form.fields), None)
    form.add_error(field, str(told(refusal, regime)))


def note_error(form: forms.Form, error: ValidationError) -> None:
    """Show what the database would refuse: at its field where the form has it, else above."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def typed_words(form: type[forms.Form], data: Mapping[str, str], *names: str) -> list[tuple[str, str]]:
    """Give the sentences that were sent and not saved, each with its label, so that nothing is lost."""
    fields = form.base_fields
    return [(str(fields[name].label), data[name]) for name in names if data.get(name)]


def renewed(form: forms.Form, version: int | None) -> None:
    """Let a stale form be saved on purpose next time."""
    data: Any = form.data.copy() if hasattr(form.data, "copy") else dict(form.data)
    data["version"] = "" if version is None else str(version)
    form.data = data
