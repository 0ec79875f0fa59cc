"""Texts that editors are at work on, and every change that an edition has gone through.

A draft is a whole edition in the shape of a norm file; until it is published nobody is judged by it. An edition is
never changed but by publishing a draft, an import or the norm files, and each leaves a change with its reason.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from positions.codes import DraftKind, DraftState, EditionAction
from positions.models.norms import Edition, Position


class Draft(models.Model):
    """An edition in the making: of a position one at a time, so that two editors meet in it instead of passing by."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("position"))
    kind = models.CharField(_("what it is to be"), max_length=20, choices=DraftKind)
    #: The edition that is corrected or that the new one was copied from; none where a position gets its first text.
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="drafts", verbose_name=_("edition")
    )
    #: That edition as it was when the draft began (or when its editor last took it over), to notice other changes.
    base = models.JSONField(null=True, blank=True)
    #: The text and the norms so far, in the shape of a norm file with the dates as text.
    data = models.JSONField()
    state = models.CharField(_("state"), max_length=20, choices=DraftState, default=DraftState.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("last saved by")
    )
    edited_at = models.DateTimeField(_("last saved at"), auto_now=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-edited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=models.Q(state="open"), name="one_open_draft_of_a_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position.code}"


class EditionChange(models.Model):
    """What was done to an edition, by whom and why, with the text before and after; never changed, never deleted."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="edition_changes", verbose_name=_("position")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes", verbose_name=_("edition")
    )
    #: The first day of the edition, by which it is known even after it was withdrawn.
    valid_from = models.DateField(_("in force from"))
    action = models.CharField(_("what was done"), max_length=20, choices=EditionAction)
    #: Nobody where the norm files were loaded.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of an edition")
        verbose_name_plural = _("changes of editions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["position", "valid_from"], name="changes_of_an_edition")]
        constraints = [
            models.CheckConstraint(
                name="edition_change_has_a_reason", condition=models.Q(user__isnull=True) | ~models.Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.position.code} {self.valid_from:%d.%m.%Y}"
