"""Reminders: who wants the weekly digest, what was sent, and the secret addresses of calendars."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A user's calendar address; only a hash of its secret is kept, and a new secret makes the old one worthless."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.pk}"


class DigestChoice(models.Model):
    """Whether a user wants the weekly digest; who has chosen nothing gets it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_choice")
    wanted = models.BooleanField(_("send me the weekly digest"), default=True)

    class Meta:
        verbose_name = _("choice about the digest")
        verbose_name_plural = _("choices about the digest")
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.pk}"


class DigestSent(models.Model):
    """A digest that went out; one for each user and week, whatever happens to the machine."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    #: The Monday of the week.
    week = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("digest sent")
        verbose_name_plural = _("digests sent")
        ordering = ["-week", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.pk}"
