"""What a paper is about: a cycle, a sitting, a case, a member's vote on a case, or an organisation on a day.

A thing has one paper of a kind, known by its code (`case:12`). Where a thing can come about again - a characteristic
handed in anew, a sitting on another day - its day is a part of the code, and the later one is another paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attestation.codes import CaseState, CycleState, PaperKind, SittingState
from attestation.cycle_rows import regime_in
from attestation.models import Case, CommissionMember, Cycle, EvaluationSheet, Sitting
from attestation.regimes import Regime
from employees.models import Organisation

CYCLE_KINDS = (
    PaperKind.ORDER,
    PaperKind.SCHEDULE,
    PaperKind.SUMMARY,
    PaperKind.RESULTS_ORDER,
)
CASE_KINDS = (
    PaperKind.NOTICE,
    PaperKind.CHARACTERISTIC_REQUEST,
    PaperKind.CHARACTERISTIC,
    PaperKind.SHEET,
    PaperKind.EXTRACT,
    PaperKind.REFUSAL,
    PaperKind.CERTIFICATE,
)
#: A cycle may have further orders of a later day.
_ORDERS = (PaperKind.ORDER, PaperKind.RESULTS_ORDER)
#: Before and beside the list a case has no papers.
UNLISTED = (CaseState.PROPOSED, CaseState.EXCLUDED, CaseState.CANCELLED)
_DECIDED = (CaseState.DECIDED, CaseState.APPROVED, CaseState.CLOSED)
_CODE = re.compile(
    r"(?P<thing>cycle|sitting|case|organisation):(?P<pk>\d{1,18})"
    r"(?::(?P<member>\d{1,18}))?(?::(?P<on>\d{4}-\d{2}-\d{2}))?"
)
_RELATED_CASE = ("cycle__organisation", "cycle__regime", "employee__unit", "position", "sitting", "award")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A paper that there is or may be: its kind, and the thing it is about."""

    kind: PaperKind
    organisation: Organisation
    cycle: Cycle | None = None
    sitting: Sitting | None = None
    case: Case | None = None
    member: CommissionMember | None = None
    on: date | None = None

    @property
    def code(self) -> str:
        """Name the thing, as registered papers keep it."""
        parts = [_thing(self)]
        if self.member is not None:
            parts.append(str(self.member.pk))
        if self.on is not None:
            parts.append(self.on.isoformat())
        return ":".join(parts)


def _thing(subject: Subject) -> str:
    if subject.case is not None:
        return f"case:{subject.case.pk}"
    if subject.sitting is not None:
        return f"sitting:{subject.sitting.pk}"
    if subject.cycle is not None:
        return f"cycle:{subject.cycle.pk}"
    return f"organisation:{subject.organisation.pk}"


def of_cycle(kind: PaperKind, cycle: Cycle, *, on: date | None = None) -> Subject:
    """Name a paper of a cycle; `on` is the day of a further order."""
    return Subject(kind=kind, organisation=cycle.organisation, cycle=cycle, on=on)


def of_sitting(kind: PaperKind, sitting: Sitting) -> Subject:
    """Name a paper of a sitting."""
    return Subject(kind=kind, organisation=sitting.cycle.organisation, cycle=sitting.cycle, sitting=sitting)


def of_case(kind: PaperKind, case: Case, member: CommissionMember | None = None) -> Subject:
    """Name a paper of a case, or of a member's vote on it."""
    on = None
    if kind == PaperKind.NOTICE and case.sitting is not None:
        on = case.sitting.held_on
    if kind == PaperKind.CHARACTERISTIC:
        on = case.characteristic_on
    return Subject(kind=kind, organisation=case.cycle.organisation, cycle=case.cycle, case=case, member=member, on=on)


def of_organisation(kind: PaperKind, organisation: Organisation, *, on: date) -> Subject:
    """Name a paper of an organisation as of a day."""
    return Subject(kind=kind, organisation=organisation, on=on)


def subject_found(kind: str, code: str, *, today: date) -> Subject | None:
    """Give what a kind and a code name; None where there is no such thing (2 queries at most).

    The day in the code of a case is not taken at its word: a paper is made of the case as it is.
    """
    match = _CODE.fullmatch(code)
    if match is None or kind not in PaperKind.values:
        return None
    found, pk = PaperKind(kind), int(match["pk"])
    if match["thing"] == "cycle" and found in CYCLE_KINDS:
        return _cycle(found, pk, match["on"])
    if match["thing"] == "sitting" and found == PaperKind.MINUTES:
        sitting = Sitting.objects.filter(pk=pk).select_related("cycle__organisation", "cycle__regime").first()
        return of_sitting(found, sitting) if sitting else None
    if match["thing"] == "case" and found in (*CASE_KINDS, PaperKind.EVALUATION_SHEET):
        return _case(found, pk, match["member"])
    if match["thing"] == "organisation" and found == PaperKind.OVERDUE:
        organisation = Organisation.objects.filter(pk=pk).first()
        return of_organisation(found, organisation, on=today) if organisation else None
    return None


def _cycle(kind: PaperKind, pk: int, on: str | None) -> Subject | None:
    cycle = Cycle.objects.filter(pk=pk).select_related("organisation", "regime").first()
    if cycle is None:
        return None
    try:
        return of_cycle(kind, cycle, on=date.fromisoformat(on) if on and kind in _ORDERS else None)
    except ValueError:
        return None


def _case(kind: PaperKind, pk: int, member: str | None) -> Subject | None:
    case = Case.objects.filter(pk=pk).select_related(*_RELATED_CASE).first()
    if case is None:
        return None
    if kind != PaperKind.EVALUATION_SHEET:
        return of_case(kind, case)
    found = CommissionMember.objects.filter(pk=member or 0, cycle=case.cycle_id).first()
    return of_case(kind, case, found) if found else None


def is_ready(subject: Subject, *, today: date, regime: Regime | None = None) -> bool:
    """Tell whether what a paper says is settled, so that it can be registered (at most 1 query).

    `regime` is the rule-set of the cycle where it is in hand.
    """
    if subject.case is not None:
        return _case_is_ready(subject, subject.case, regime)
    if subject.sitting is not None:
        return subject.sitting.state == SittingState.SIGNED
    if subject.cycle is None:
        return True
    return _cycle_is_ready(subject.kind, subject.cycle, subject.on, today=today)


def _cycle_is_ready(kind: PaperKind, cycle: Cycle, on: date | None, *, today: date) -> bool:
    """An order on results takes in everything that is approved on its day: until the day is over it may grow."""
    if cycle.state == CycleState.CLOSED:
        return True
    if kind == PaperKind.SUMMARY:
        return False
    if kind == PaperKind.RESULTS_ORDER:
        day = on or cycle.results_order_on
        return day is not None and day < today
    return cycle.state == CycleState.APPROVED


def _case_is_ready(subject: Subject, case: Case, regime: Regime | None) -> bool:
    kind = subject.kind
    if case.state in UNLISTED:
        return False
    if kind == PaperKind.CHARACTERISTIC:
        return case.characteristic_on is not None
    if kind in (PaperKind.NOTICE, PaperKind.CHARACTERISTIC_REQUEST):
        return True
    if kind == PaperKind.REFUSAL:
        return case.refusal_on is not None
    if not is_decided(case):
        return False
    if kind == PaperKind.EVALUATION_SHEET:
        return EvaluationSheet.objects.filter(case=case, member=subject.member).exists()
    return _is_settled(kind, case, regime or regime_in(case.cycle))


def is_decided(case: Case) -> bool:
    """Tell whether a case is decided for good: minutes that are signed are not written anew."""
    return case.state in _DECIDED and case.sitting is not None and case.sitting.state == SittingState.SIGNED


def _is_settled(kind: PaperKind, case: Case, regime: Regime) -> bool:
    """Tell whether a decision has what a paper on it needs: the head's approval, or the category on record."""
    if kind == PaperKind.CERTIFICATE:
        return case.award is not None and regime.yes("certificate_issued")
    if kind == PaperKind.SHEET:
        return case.approved_on is not None or not regime.yes("approval_by_head")
    return True


def ready_in(cycle: Cycle, kinds: Sequence[PaperKind], *, today: date) -> dict[PaperKind, list[Subject]]:
    """Give the papers on the cases of a cycle that can be registered, by kind and by name (at most 2 queries)."""
    regime = regime_in(cycle)
    rows = Case.objects.filter(cycle=cycle).exclude(state__in=UNLISTED).select_related("sitting", "award")
    cases = list(rows.defer("verdict").order_by("employee__sort_key", "pk"))
    for case in cases:
        case.cycle = cycle
    return {
        kind: _sheets_in([case for case in cases if is_decided(case)])
        if kind == PaperKind.EVALUATION_SHEET
        else [found for case in cases if is_ready(found := of_case(kind, case), today=today, regime=regime)]
        for kind in kinds
    }


def _sheets_in(cases: list[Case]) -> list[Subject]:
    """Give the evaluation sheets submitted on cases, of each case in the order of the commission (1 query)."""
    members = EvaluationSheet.objects.filter(case__in=[case.pk for case in cases]).select_related("member")
    by_case: dict[int, list[CommissionMember]] = defaultdict(list)
    for sheet in members.order_by("member__order", "pk"):
        by_case[sheet.case_id].append(sheet.member)
    return [of_case(PaperKind.EVALUATION_SHEET, case, member) for case in cases for member in by_case[case.pk]]
