"""Orders of personnel, and imports with what they changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from employees.codes import ImportState, PersonnelOrderKind
from employees.models.people import Employee, Organisation


class PersonnelOrder(models.Model):
    """An order that moves a person: hiring, transfer, dismissal, re-hiring; what it changed stands in the history."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="orders")
    kind = models.CharField(_("kind"), max_length=20, choices=PersonnelOrderKind)
    on = models.DateField(_("date"))
    number = models.CharField(_("order number"), max_length=60)
    words = models.TextField(_("what it changed"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("personnel order")
        verbose_name_plural = _("personnel orders")
        ordering = ["employee", "-on", "-pk"]

    def __str__(self) -> str:
        return self.number


class ImportRun(models.Model):
    """A workbook on its way in: read, looked at, applied, perhaps undone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="imports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    language = models.CharField(max_length=2)
    state = models.CharField(_("state"), max_length=20, choices=ImportState, default=ImportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: Counts, changes by person, errors and warnings, as they are shown.
    report = models.JSONField(default=dict)
    #: What the people of the workbook were before, for undoing.
    before = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
