"""What is kept where the law and the people meet: the verdict of today on everybody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from attestation.codes import DueStanding
from employees.models import Employee
from positions.codes import Category, Level


class StatusCode(models.TextChoices):
    """The three values of a verdict."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    UNKNOWN = "unknown", _("unknown")


class StoredVerdict(models.Model):
    """An employee's verdict, and the day until which time alone cannot change it.

    Kept for lists, filters and figures; never asked for another day than those from `judged_on` up to, not including,
    `holds_until`. Blank level and category of the current rung mean that there is none.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, primary_key=True, related_name="verdict")
    judged_on = models.DateField()
    holds_until = models.DateField(null=True, blank=True)
    listed = models.BooleanField(default=True)
    position = models.CharField(max_length=20, blank=True)
    current_level = models.CharField(max_length=10, choices=Level, blank=True)
    current_category = models.CharField(max_length=10, choices=Category, blank=True)
    since = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    current_status = models.CharField(max_length=10, choices=StatusCode, blank=True)
    next_level = models.CharField(max_length=10, choices=Level, blank=True)
    next_category = models.CharField(max_length=10, choices=Category, blank=True)
    next_status = models.CharField(max_length=10, choices=StatusCode, blank=True)
    reachable_on = models.DateField(null=True, blank=True)
    obstacle = models.CharField(max_length=20, blank=True)
    other_tracks = models.JSONField(default=list)
    #: What keeps the verdict unknown, as pairs of requirement and reason.
    doubts = models.JSONField(default=list)
    #: Where the employee stands with the next attestation: the first day it is due, and the first day it is overdue.
    due_standing = models.CharField(max_length=10, choices=DueStanding, default=DueStanding.UNKNOWN)
    due_on = models.DateField(null=True, blank=True)
    overdue_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("stored verdict")
        verbose_name_plural = _("stored verdicts")
        ordering = ["employee"]
        indexes = [
            models.Index(fields=["holds_until"], name="verdict_holds_until"),
            models.Index(fields=["next_status"], name="verdict_next_status"),
            models.Index(fields=["reachable_on"], name="verdict_reachable_on"),
            models.Index(fields=["due_standing"], name="verdict_due_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"


class ExportState(models.TextChoices):
    """How far an export has come."""

    WAITING = "waiting", _("waiting")
    WORKING = "working", _("being written")
    READY = "ready", _("ready to be downloaded")
    FAILED = "failed", _("failed")


class ExportSubject(models.TextChoices):
    """What a job writes."""

    ROSTER = "roster", _("list of employees")
    FIGURES = "figures", _("figures")
    PAPERS = "papers", _("attestation papers")


class ExportRun(models.Model):
    """A file in the making: a list, figures or papers; it is kept for its user alone, and for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    subject = models.CharField(max_length=20, choices=ExportSubject, default=ExportSubject.ROSTER)
    query = models.TextField()
    suffix = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    state = models.CharField(_("state"), max_length=20, choices=ExportState, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def percent(self) -> int:
        """How much of it is written, in hundredths."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def is_working(self) -> bool:
        """Whether a job has it in hand or is about to."""
        return self.state in (ExportState.WAITING, ExportState.WORKING)
