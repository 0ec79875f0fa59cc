"""Who logs in, what she may do, and whom she has looked at."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from employees.codes import ReadKind, Role
from employees.models.people import Employee, Organisation, Unit


class User(AbstractUser):
    """A person who logs in; what she sees is said by her grants alone."""

    language = models.CharField(_("language"), max_length=2, blank=True)


class Grant(models.Model):
    """A right: a role in an organisation, or in a unit with what lies below it. Without a grant nobody sees anybody."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="grants", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="grants", verbose_name=_("structural unit")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("right")
        verbose_name_plural = _("rights")
        ordering = ["user", "organisation", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "organisation", "unit"], name="grant_once"),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                name="grant_once_for_the_whole",
                condition=models.Q(unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Invitation(models.Model):
    """A one-time way in for somebody new; the token itself is never kept, only its digest."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    username = models.CharField(_("user name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("structural unit")
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.username


class ReadLog(models.Model):
    """Who looked at whom, for auditors (law on personal data, art. 20 and 22)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="readings")
    kind = models.CharField(_("kind"), max_length=20, choices=ReadKind)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["employee", "-at"], name="reading_of_employee")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.employee_id}"
