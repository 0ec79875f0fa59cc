"""Changes to attestation cycles: one function a change."""

from attestation.cycle_services.approving import additions_approve, cycle_approve
from attestation.cycle_services.closing import (
    case_approve,
    cases_approve,
    cycle_close,
    result_acquaint,
    result_refuse,
)
from attestation.cycle_services.commission import (
    MemberActedError,
    Told,
    cases_schedule,
    commission_set,
    sitting_cancel,
    sitting_change,
    sitting_plan,
)
from attestation.cycle_services.deciding import case_decide, decision_withdraw
from attestation.cycle_services.missing import case_missed
from attestation.cycle_services.numbering import paper_register
from attestation.cycle_services.opening import (
    case_add,
    case_ask_category,
    case_exclude,
    case_include,
    cycle_change,
    cycle_open,
    cycle_propose,
)
from attestation.cycle_services.preparing import (
    case_acquaint,
    case_notify,
    case_object,
    case_particulars,
    case_test,
    cases_notify,
    characteristic_hand_in,
    characteristic_request,
    characteristics_request,
)
from attestation.cycle_services.refusals import (
    AlreadyDecidedError,
    NotYourPartError,
    OpenRulesError,
    StaleCycleError,
)
from attestation.cycle_services.repeating import case_cancel, case_repeat, cycle_cancel
from attestation.cycle_services.sittings import (
    case_interview,
    minutes_sign,
    sitting_close,
    sitting_open,
    sitting_presence,
    sitting_reopen,
)
from attestation.cycle_services.voting import opinion_attach, sheet_submit

__all__ = [
    "AlreadyDecidedError",
    "MemberActedError",
    "NotYourPartError",
    "OpenRulesError",
    "StaleCycleError",
    "Told",
    "additions_approve",
    "case_acquaint",
    "case_add",
    "case_approve",
    "case_ask_category",
    "case_cancel",
    "case_decide",
    "case_exclude",
    "case_include",
    "case_interview",
    "case_missed",
    "case_notify",
    "case_object",
    "case_particulars",
    "case_repeat",
    "case_test",
    "cases_approve",
    "cases_notify",
    "cases_schedule",
    "characteristic_hand_in",
    "characteristic_request",
    "characteristics_request",
    "commission_set",
    "cycle_approve",
    "cycle_cancel",
    "cycle_change",
    "cycle_close",
    "cycle_open",
    "cycle_propose",
    "decision_withdraw",
    "minutes_sign",
    "opinion_attach",
    "paper_register",
    "result_acquaint",
    "result_refuse",
    "sheet_submit",
    "sitting_cancel",
    "sitting_change",
    "sitting_close",
    "sitting_open",
    "sitting_plan",
    "sitting_presence",
    "sitting_reopen",
]
