"""Attestation cycles: the cycle, its commission, its sittings and the case of every person in it.

A cycle copies its rule-set when it opens and keeps it. Nothing here is ever deleted: a case, a sitting or a cycle that
comes to nothing is cancelled, with the day and the reason.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from attestation.codes import (
    AttestationKind,
    CaseState,
    CategoryDecision,
    CommissionRole,
    CycleState,
    Decision,
    MissedReason,
    ProofKind,
    SittingState,
)
from attestation.models.regimes import Regime
from employees.models import CategoryAward, Employee, Organisation
from positions.codes import Category, Level
from positions.models import Position


class Cycle(models.Model):
    """One attestation of an organisation, from the list of those due to the order on its results."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("rule-set"))
    #: The rule-set as it was when the cycle opened.
    rules = models.JSONField(default=dict)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=CycleState, default=CycleState.DRAFT)
    opened_on = models.DateField(_("opened on"))
    #: The first day of the attestation; notices and characteristics are counted back from it.
    starts_on = models.DateField(_("first day of the attestation"))
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    order_on = models.DateField(_("order of"), null=True, blank=True)
    results_order_number = models.CharField(_("number of the order on the results"), max_length=60, blank=True)
    results_order_on = models.DateField(_("order on the results of"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attestation cycle")
        verbose_name_plural = _("attestation cycles")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"], name="cycle_of_organisation")]

    def __str__(self) -> str:
        return self.title


class CommissionMember(models.Model):
    """Somebody in the commission of a cycle: named by role, and by post as the order names her."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="commission")
    role = models.CharField(_("role"), max_length=20, choices=CommissionRole)
    name = models.CharField(_("name"), max_length=300)
    post = models.CharField(_("post"), max_length=300, blank=True)
    represents_employees = models.BooleanField(_("representative of the employees"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="commissions"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="commissions")
    order = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commission member")
        verbose_name_plural = _("commission members")
        ordering = ["cycle", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle"], condition=models.Q(role="chair"), name="one_chair"),
            models.UniqueConstraint(fields=["cycle"], condition=models.Q(role="secretary"), name="one_secretary"),
            models.UniqueConstraint(
                fields=["cycle", "user"], condition=models.Q(user__isnull=False), name="member_user_once"
            ),
            models.UniqueConstraint(
                fields=["cycle", "employee"], condition=models.Q(employee__isnull=False), name="member_employee_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sitting(models.Model):
    """A sitting of the commission."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="sittings")
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("hour"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=SittingState, default=SittingState.PLANNED)
    #: Who takes the chair where the chair is absent (only where the rule-set allows it).
    acting_chair = models.ForeignKey(
        CommissionMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recording = models.CharField(_("where the recording is kept"), max_length=300, blank=True)
    minutes_signed_on = models.DateField(_("minutes signed on"), null=True, blank=True)
    #: Deadlines that were missed, as codes with clauses: they go into the minutes.
    warnings = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="sitting_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Attendance(models.Model):
    """A member of the commission who was present at a sitting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["sitting", "member"]
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id}-{self.member_id}"


class Case(models.Model):
    """One person's attestation in a cycle, with everything that happens to it."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="cases")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind of attestation"), max_length=20, choices=AttestationKind)
    #: The case that this one repeats.
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by")
    state = models.CharField(_("state"), max_length=20, choices=CaseState, default=CaseState.PROPOSED)
    #: Why she is in the list or is not: a code of attestation.due, with the rule whose clause says so.
    basis = models.CharField(max_length=40, blank=True)
    basis_rule = models.CharField(max_length=60, blank=True)
    excluded_reason = models.TextField(_("why not in the list"), blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("position"))
    requested_level = models.CharField(_("level asked for"), max_length=10, choices=Level, blank=True)
    requested_category = models.CharField(_("category asked for"), max_length=10, choices=Category, blank=True)
    applied_on = models.DateField(_("application of"), null=True, blank=True)

    notified_on = models.DateField(_("notice reached the employee on"), null=True, blank=True)
    notice_proof = models.CharField(_("proof of delivery"), max_length=20, choices=ProofKind, blank=True)
    characteristic_requested_on = models.DateField(_("characteristic asked for on"), null=True, blank=True)
    characteristic = models.TextField(_("service characteristic"), blank=True)
    characteristic_assessment = models.TextField(_("assessment by the immediate superior"), blank=True)
    characteristic_author = models.CharField(_("immediate superior"), max_length=300, blank=True)
    characteristic_on = models.DateField(_("characteristic handed in on"), null=True, blank=True)
    acquainted_on = models.DateField(_("acquainted with the characteristic on"), null=True, blank=True)
    objection = models.TextField(_("what the employee says against it"), blank=True)
    objection_on = models.DateField(_("handed in on"), null=True, blank=True)
    test_score = models.DecimalField(_("test score"), max_digits=6, decimal_places=2, null=True, blank=True)
    test_passed = models.BooleanField(_("test passed"), null=True, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)

    academic_degree = models.CharField(_("academic degree, academic title"), max_length=300, blank=True)
    civil_service_length = models.CharField(_("experience in civil-servant posts"), max_length=100, blank=True)
    sanctions = models.TextField(_("disciplinary and administrative sanctions"), blank=True)
    near_pension = models.BooleanField(_("protected before pension age"), null=True, blank=True)

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    #: Personal presence at the sitting; a missed sitting stands in MissedSitting.
    interview = models.TextField(_("questions and answers"), blank=True)
    remarks = models.TextField(_("remarks and proposals of the members"), blank=True)
    opinion = models.TextField(_("opinion of the person under attestation"), blank=True)

    #: The verdict as it was on the day of the sitting: norms, facts and findings.
    verdict = models.JSONField(default=dict)
    proposed_level = models.CharField(max_length=10, choices=Level, blank=True)
    proposed_category = models.CharField(max_length=10, choices=Category, blank=True)
    proposed_status = models.CharField(max_length=10, blank=True)

    mark = models.CharField(_("mark"), max_length=30, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision, blank=True)
    category_decision = models.CharField(
        _("decision on the category"), max_length=20, choices=CategoryDecision, blank=True
    )
    decided_level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    decided_category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    votes = models.JSONField(default=dict)
    members_present = models.PositiveSmallIntegerField(_("members present"), null=True, blank=True)
    #: Why the decision differs from what the verdict proposed; needed where it does.
    difference_reason = models.TextField(_("why the decision differs from the proposal"), blank=True)
    recommendations = models.TextField(_("recommendations with reasons"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    recommended_for_dismissal = models.BooleanField(_("recommended for dismissal"), default=False)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    warnings = models.JSONField(default=list)

    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    head_decision = models.TextField(_("decision of the head"), blank=True)
    result_acquainted_on = models.DateField(_("acquainted with the sheet on"), null=True, blank=True)
    refusal_on = models.DateField(_("refused to be acquainted on"), null=True, blank=True)
    refusal_witnesses = models.TextField(_("witnesses of the refusal"), blank=True)
    award = models.ForeignKey(CategoryAward, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True)
    repeat_from = models.DateField(_("repeated attestation not before"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["cycle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "employee"],
                condition=~models.Q(state="cancelled") & models.Q(repeats__isnull=True),
                name="person_once_in_a_cycle",
            ),
            models.UniqueConstraint(fields=["repeats"], condition=~models.Q(state="cancelled"), name="repeated_once"),
            models.CheckConstraint(
                name="a_decision_has_its_day", condition=models.Q(decision="") | models.Q(decided_on__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["cycle", "state"], name="case_of_cycle")]

    def __str__(self) -> str:
        return f"{self.pk}"


class MissedSitting(models.Model):
    """A sitting that a person missed, with the reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="missed")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="missed")
    reason = models.CharField(_("reason"), max_length=20, choices=MissedReason)
    words = models.TextField(_("document or explanation"), blank=True)
    #: Whether the rule-set takes the reason for a valid one.
    valid = models.BooleanField()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("missed sitting")
        verbose_name_plural = _("missed sittings")
        ordering = ["case", "sitting"]
        constraints = [models.UniqueConstraint(fields=["case", "sitting"], name="missed_once")]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.sitting_id}"


class EvaluationSheet(models.Model):
    """How one member of the commission evaluates and votes on one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sheets")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="sheets")
    mark = models.CharField(_("mark"), max_length=30, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    category_decision = models.CharField(
        _("decision on the category"), max_length=20, choices=CategoryDecision, blank=True
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    dissenting_opinion = models.TextField(_("dissenting opinion"), blank=True)
    submitted_on = models.DateField(_("day"))
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evaluation sheet")
        verbose_name_plural = _("evaluation sheets")
        ordering = ["case", "member"]
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.member_id}"


class AttestationRecord(models.Model):
    """An attestation that took place: from a cycle of this product, or an earlier one told by its papers."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="attestations")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="record")
    kind = models.CharField(
        _("kind of attestation"), max_length=20, choices=AttestationKind, default=AttestationKind.REGULAR
    )
    held_on = models.DateField(_("held on"))
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    recommendations = models.TextField(_("recommendations"), blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attestation on record")
        verbose_name_plural = _("attestations on record")
        ordering = ["employee", "held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on}"
