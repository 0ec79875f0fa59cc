"""What is done with a case on its page: each act with its form, its service, who does it and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attestation import case_forms as forms
from attestation import cycle_services as services
from attestation.cycle import CaseAction
from attestation.models import Case
from employees.models import User

Save = Callable[[Case, Any, User, date], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that is done with a case: `parts` names those who may, `block` where its form stands on the page."""

    name: str
    form: type[forms.CaseForm]
    save: Save
    block: str
    button: Promise
    done: Promise
    #: What it is about, for correcting it; and what the fold is called before it was done, where not as its button.
    noun: Promise | str = ""
    title: Promise | str = ""
    parts: tuple[str, ...] = ("prepare",)
    #: What the rules are asked about; none where they say nothing.
    action: CaseAction | None = None
    #: What cannot be taken back is told apart by its button.
    grave: bool = False


def _told(case: Case, form: forms.CaseForm, user: User) -> dict[str, Any]:
    """Give what every service takes: the case as it was seen, by whom, and the day on which it happened."""
    return {"case": case, "version": form.cleaned_data["version"], "user": user, "on": form.happened}


def _notify(case: Case, form: forms.NotifyForm, user: User, _on: date) -> object:
    return services.case_notify(**_told(case, form, user), proof=form.cleaned_data["notice_proof"])


def _request(case: Case, form: forms.RequestForm, user: User, _on: date) -> object:
    return services.characteristic_request(**_told(case, form, user))


def _hand_in(case: Case, form: forms.HandInForm, user: User, _on: date) -> object:
    return services.characteristic_hand_in(
        **_told(case, form, user),
        text=form.cleaned_data["characteristic"],
        assessment=form.cleaned_data["characteristic_assessment"],
        author=form.cleaned_data["characteristic_author"],
    )


def _acquaint(case: Case, form: forms.AcquaintForm, user: User, _on: date) -> object:
    return services.case_acquaint(**_told(case, form, user))


def _object(case: Case, form: forms.ObjectForm, user: User, _on: date) -> object:
    return services.case_object(**_told(case, form, user), words=form.cleaned_data["objection"])


def _test(case: Case, form: forms.TestForm, user: User, _on: date) -> object:
    passed, score = form.cleaned_data["test_passed"] == "yes", form.cleaned_data["test_score"]
    return services.case_test(**_told(case, form, user), passed=passed, score=score)


def _particulars(case: Case, form: forms.ParticularsForm, user: User, _on: date) -> object:
    told = {name: form.cleaned_data[name] for name in ("academic_degree", "sanctions", "civil_service_length")}
    near = forms.yes_or_no(form.cleaned_data["near_pension"])
    return services.case_particulars(**_told(case, form, user), **told, near_pension=near)


def _ask(case: Case, form: forms.AskForm, user: User, _on: date) -> object:
    level, category = forms.rung_chosen(form.cleaned_data["requested_category"])
    applied_on = form.cleaned_data["applied_on"]
    told = _told(case, form, user)
    return services.case_ask_category(**told, level=level, category=category, applied_on=applied_on)


def _interview(case: Case, form: forms.InterviewForm, user: User, _on: date) -> object:
    told = form.cleaned_data
    return services.case_interview(
        **_told(case, form, user), questions=told["interview"], remarks=told["remarks"], opinion=told["opinion"]
    )


def _missed(case: Case, form: forms.MissedForm, user: User, _on: date) -> object:
    told = form.cleaned_data
    return services.case_missed(**_told(case, form, user), reason=told["reason"], words=told["words"], to=form.sitting)


def _approve(case: Case, form: forms.ApproveForm, user: User, _on: date) -> object:
    return services.case_approve(**_told(case, form, user), head_decision=form.cleaned_data["head_decision"])


def _result(case: Case, form: forms.ResultForm, user: User, _on: date) -> object:
    return services.result_acquaint(**_told(case, form, user))


def _refusal(case: Case, form: forms.RefusalForm, user: User, _on: date) -> object:
    return services.result_refuse(**_told(case, form, user), witnesses=form.cleaned_data["refusal_witnesses"])


def _cancel(case: Case, form: forms.CancelForm, user: User, _on: date) -> object:
    return services.case_cancel(**_told(case, form, user), reason=form.cleaned_data["cancel_reason"], cycle=form.chosen)


def _repeat(case: Case, form: forms.RepeatForm, user: User, _on: date) -> object:
    return services.case_repeat(**_told(case, form, user), cycle=form.chosen)


def _withdraw(case: Case, form: forms.CaseForm, user: User, _on: date) -> object:
    return services.decision_withdraw(**_told(case, form, user))


_ACTS = (
    Act(
        name="ask",
        form=forms.AskForm,
        save=_ask,
        block="category",
        action=CaseAction.APPLY,
        noun=_("category asked for"),
        title=_("Enter a category asked for"),
        button=_("Save the category asked for"),
        done=_("The category asked for was saved."),
    ),
    Act(
        name="notify",
        form=forms.NotifyForm,
        save=_notify,
        block="notice",
        action=CaseAction.NOTIFY,
        noun=_("notice"),
        button=_("Note the notice"),
        done=_("The notice was noted."),
    ),
    Act(
        name="request",
        form=forms.RequestForm,
        save=_request,
        block="characteristic",
        action=CaseAction.REQUEST_CHARACTERISTIC,
        noun=_("request for the characteristic"),
        button=_("Note the request"),
        done=_("The request for the characteristic was noted."),
    ),
    Act(
        name="hand_in",
        form=forms.HandInForm,
        save=_hand_in,
        block="characteristic",
        action=CaseAction.HAND_IN_CHARACTERISTIC,
        parts=("hands_in",),
        noun=_("service characteristic"),
        button=_("Hand in the characteristic"),
        done=_("The characteristic was handed in."),
    ),
    Act(
        name="acquaint",
        form=forms.AcquaintForm,
        save=_acquaint,
        block="characteristic",
        action=CaseAction.ACQUAINT,
        noun=_("acquaintance with the characteristic"),
        button=_("Note the acquaintance"),
        done=_("The acquaintance with the characteristic was noted."),
    ),
    Act(
        name="object",
        form=forms.ObjectForm,
        save=_object,
        block="characteristic",
        action=CaseAction.OBJECT,
        parts=("keep_minutes",),
        noun=_("what the employee says"),
        title=_("Enter what the employee says against it"),
        button=_("Save what the employee says"),
        done=_("What the employee says was saved."),
    ),
    Act(
        name="test",
        form=forms.TestForm,
        save=_test,
        block="test",
        action=CaseAction.TEST,
        noun=_("result of the test"),
        title=_("Enter the result of the test"),
        button=_("Save the result of the test"),
        done=_("The result of the test was saved."),
    ),
    Act(
        name="particulars",
        form=forms.ParticularsForm,
        save=_particulars,
        block="particulars",
        parts=("prepare", "keep_minutes"),
        noun=_("particulars"),
        title=_("Enter the particulars"),
        button=_("Save the particulars"),
        done=_("The particulars were saved."),
    ),
    Act(
        name="interview",
        form=forms.InterviewForm,
        save=_interview,
        block="interview",
        parts=("keep_minutes",),
        noun=_("interview"),
        title=_("Write down the interview"),
        button=_("Save the interview"),
        done=_("The interview was saved."),
    ),
    Act(
        name="missed",
        form=forms.MissedForm,
        save=_missed,
        block="sitting",
        action=CaseAction.MISS,
        parts=("keep_minutes",),
        button=_("Note the absence"),
        done=_("The absence was noted, with what follows from it."),
    ),
    Act(
        name="withdraw",
        form=forms.CaseForm,
        save=_withdraw,
        block="decision",
        action=CaseAction.WITHDRAW_DECISION,
        parts=("keep_minutes",),
        button=_("Take the decision back"),
        done=_("The decision was taken back; the case waits for a new one."),
        grave=True,
    ),
    Act(
        name="approve",
        form=forms.ApproveForm,
        save=_approve,
        block="approval",
        action=CaseAction.APPROVE,
        parts=("approve",),
        button=_("Approve the decision"),
        done=_("The decision was approved."),
    ),
    Act(
        name="result",
        form=forms.ResultForm,
        save=_result,
        block="result",
        action=CaseAction.ACQUAINT_WITH_SHEET,
        parts=("keep_minutes",),
        button=_("Note that the sheet was read"),
        done=_("It was noted that the employee has read the sheet; the case is closed."),
    ),
    Act(
        name="refusal",
        form=forms.RefusalForm,
        save=_refusal,
        block="result",
        action=CaseAction.REFUSE_SHEET,
        parts=("keep_minutes",),
        button=_("Note the refusal"),
        done=_("The refusal was noted; the case is closed."),
    ),
    Act(
        name="repeat",
        form=forms.RepeatForm,
        save=_repeat,
        block="repeat",
        action=CaseAction.PLAN_REPEAT,
        button=_("Open the repeated attestation"),
        done=_("The repeated attestation was opened."),
    ),
    Act(
        name="cancel",
        form=forms.CancelForm,
        save=_cancel,
        block="cancel",
        action=CaseAction.CANCEL,
        parts=("approve",),
        button=_("Cancel this case"),
        done=_("The case was cancelled."),
        grave=True,
    ),
)
#: Everything that is done with a case, by the name that its address has.
ACTS: dict[str, Act] = {act.name: act for act in _ACTS}
