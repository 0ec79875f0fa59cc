"""Papers with their registration numbers, and the templates that an organisation puts in the place of ours."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from attestation.codes import PaperKind
from attestation.models.cycles import Case, CommissionMember, Cycle, Sitting
from employees.models import Organisation


class PaperCounter(models.Model):
    """The last number given to papers of a kind in an organisation and year; moves with the paper it is given to."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="paper_counters")
    kind = models.CharField(max_length=30, choices=PaperKind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of papers")
        verbose_name_plural = _("counters of papers")
        ordering = ["organisation", "year", "kind"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.last}"


class Paper(models.Model):
    """A registered paper: the Kazakh and the Russian sheet have one number (documentation rules).

    `data` is what the paper says, as it was when it was registered; a sheet printed again says the same.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind of paper"), max_length=30, choices=PaperKind)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    registered_on = models.DateField(_("registered on"))
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    #: What the paper is about, as `case:12`: a thing has one paper of a kind.
    subject = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["organisation", "year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "year", "number"], name="paper_number_once"),
            models.UniqueConstraint(fields=["kind", "subject"], name="paper_of_a_subject_once"),
        ]
        indexes = [models.Index(fields=["cycle", "kind"], name="paper_of_cycle")]

    def __str__(self) -> str:
        return f"{self.number}"


class PaperTemplate(models.Model):
    """A Word template of an organisation's own, for one kind of paper in one language."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="paper_templates")
    kind = models.CharField(_("kind of paper"), max_length=30, choices=PaperKind)
    language = models.CharField(_("language"), max_length=2)
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("template of a paper")
        verbose_name_plural = _("templates of papers")
        ordering = ["organisation", "kind", "language"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "language"], name="paper_template_once")]

    def __str__(self) -> str:
        return self.name
