"""The records that prove what the law asks for: education, work, categories, certificates, absences."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from employees.codes import ALWAYS_COUNTING, AbsenceKind
from employees.models.people import Employee
from employees.models.periods import forwards
from positions.codes import Category, CertificateKind, EducationLevel, Level, Speciality, Sphere
from positions.models import Position


class EducationRecord(models.Model):
    """An education document."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="education")
    level = models.CharField(_("level"), max_length=30, choices=EducationLevel)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    speciality = models.CharField(_("speciality"), max_length=300, blank=True)
    speciality_code = models.CharField(
        _("speciality named by the orders"), max_length=40, choices=Speciality, blank=True
    )
    qualification = models.CharField(_("qualification by diploma"), max_length=300, blank=True)
    institution = models.CharField(_("institution"), max_length=300, blank=True)
    country = models.CharField(_("country"), max_length=2, default="KZ")
    document_series = models.CharField(_("series"), max_length=30, blank=True)
    document_number = models.CharField(_("number"), max_length=60, blank=True)
    graduated_on = models.DateField(_("graduated on"))
    recognition_number = models.CharField(_("recognition certificate"), max_length=60, blank=True)
    recognition_on = models.DateField(_("recognised on"), null=True, blank=True)
    recognition_waived = models.CharField(_("why no recognition is needed"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("education record")
        verbose_name_plural = _("education records")
        ordering = ["employee", "graduated_on", "id"]

    def __str__(self) -> str:
        return self.get_level_display()


class WorkRecord(models.Model):
    """An earlier post; the present one stands with the employee."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="work_history")
    employer = models.CharField(_("employer"), max_length=300)
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    title = models.CharField(_("title of the post"), max_length=300, blank=True)
    started_on = models.DateField(_("first day"))
    until = models.DateField(_("first day after"), null=True, blank=True)
    sphere = models.CharField(_("sphere"), max_length=20, choices=Sphere, blank=True)
    managerial = models.BooleanField(_("managerial"), default=False)
    relevant_profile = models.BooleanField(_("of the relevant profile"), default=False)
    non_governmental = models.BooleanField(_("non-governmental organisation"), default=False)
    in_specialty = models.BooleanField(_("in the specialty"), default=False)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("work record")
        verbose_name_plural = _("work records")
        ordering = ["employee", "started_on", "id"]
        constraints = [forwards("work_forwards", "started_on", "until")]

    def __str__(self) -> str:
        return self.employer


class CategoryAward(models.Model):
    """A qualification category awarded for a position, by the validity of the award itself."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="awards")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("position"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    category = models.CharField(_("category"), max_length=10, choices=Category)
    awarded_on = models.DateField(_("awarded on"))
    lapses_on = models.DateField(_("first day without it"), null=True, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    #: An award whose attestation was cancelled counts for nothing, from its first day; it stays on record.
    annulled_on = models.DateField(_("annulled on"), null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("category award")
        verbose_name_plural = _("category awards")
        ordering = ["employee", "awarded_on", "id"]
        constraints = [
            models.CheckConstraint(name="award_of_a_category", condition=~models.Q(category=Category.NONE)),
            forwards("award_forwards", "awarded_on", "lapses_on"),
        ]

    def __str__(self) -> str:
        return self.get_category_display()


class Certificate(models.Model):
    """A certificate or a skill that is on record."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=30, choices=CertificateKind)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"))
    lapses_on = models.DateField(_("first day without it"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["employee", "issued_on", "id"]
        constraints = [forwards("certificate_forwards", "issued_on", "lapses_on")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Absence(models.Model):
    """A leave or another absence; some do not count towards experience."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=30, choices=AbsenceKind)
    started_on = models.DateField(_("first day"))
    until = models.DateField(_("first day after"), null=True, blank=True)
    counts = models.BooleanField(_("counts towards experience"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["employee", "started_on", "id"]
        constraints = [
            forwards("absence_forwards", "started_on", "until"),
            models.CheckConstraint(
                name="child_leave_always_counts",
                condition=models.Q(counts=True) | ~models.Q(kind__in=list(map(str, ALWAYS_COUNTING))),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
