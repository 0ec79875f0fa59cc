"""Moves in words: who moves, what is to be done, and by when; for lists of tasks and for the page of a case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.cycle import Actor, Move, Task
from attestation.wording import day

_ACTORS: dict[Actor, Any] = {
    Actor.HR: gettext_lazy("HR service"),
    Actor.SECRETARY: gettext_lazy("secretary of the commission"),
    Actor.SUPERIOR: gettext_lazy("immediate superior"),
    Actor.EMPLOYEE: gettext_lazy("employee"),
    Actor.COMMISSION: gettext_lazy("commission"),
    Actor.CHAIR: gettext_lazy("chair of the commission"),
    Actor.HEAD: gettext_lazy("head of the organisation"),
}

_TASKS: dict[Task, Any] = {
    Task.COMPLETE_RULES: gettext_lazy("Settle the rules that the act leaves open"),
    Task.NAME_COMMISSION: gettext_lazy("Name the commission"),
    Task.PREPARE_LIST: gettext_lazy("Prepare the list of persons"),
    Task.SIGN_ORDER: gettext_lazy("Sign the order on the attestation"),
    Task.NOTIFY: gettext_lazy("Hand over the notice"),
    Task.REQUEST_CHARACTERISTIC: gettext_lazy("Ask for the service characteristic"),
    Task.HAND_IN_CHARACTERISTIC: gettext_lazy("Hand in the service characteristic"),
    Task.ACQUAINT: gettext_lazy("Show the service characteristic to the employee"),
    Task.OBJECT: gettext_lazy("Say what speaks against the characteristic"),
    Task.APPLY: gettext_lazy("Apply for the attestation"),
    Task.TEST: gettext_lazy("Hold the test"),
    Task.PLAN_SITTING: gettext_lazy("Put the case before a sitting"),
    Task.OPEN_SITTING: gettext_lazy("Open the sitting"),
    Task.VOTE: gettext_lazy("Fill in the evaluation sheets"),
    Task.DECIDE: gettext_lazy("Put down the decision"),
    Task.DECIDE_BY_ABSENCE: gettext_lazy("Decide on the absence"),
    Task.CLOSE_SITTING: gettext_lazy("Close the sitting"),
    Task.SIGN_MINUTES: gettext_lazy("Sign the minutes"),
    Task.APPROVE: gettext_lazy("Approve the decision"),
    Task.ACQUAINT_WITH_SHEET: gettext_lazy("Show the attestation sheet to the employee"),
    Task.ISSUE_CERTIFICATE: gettext_lazy("Issue the certificate of the category"),
    Task.PLAN_REPEAT: gettext_lazy("Open the repeated attestation"),
    Task.CLOSE_CASE: gettext_lazy("Close the case"),
    Task.CLOSE_CYCLE: gettext_lazy("Close the attestation"),
}


def actor_words(actor: Actor | str) -> str:
    """Name who moves."""
    return str(_ACTORS[Actor(actor)])


def task_words(task: Task | str) -> str:
    """Say what is to be done."""
    return str(_TASKS[Task(task)])


def until_words(move: Move) -> str:
    """Say by when, or not before which day; blank where no rule gives a day."""
    if move.until is not None:
        return _("until %(day)s") % {"day": day(move.until)}
    if move.not_before is not None:
        return _("not before %(day)s") % {"day": day(move.not_before)}
    return ""
