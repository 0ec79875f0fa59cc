"""Rule-sets of attestation, and which of them an organisation follows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from employees.models import Organisation
from employees.models.periods import forwards


class Regime(models.Model):
    """A dated rule-set with the act it comes from; an organisation may have a variant of its own.

    `document` holds titles, the name of the act, notes and rules as in fixtures/regimes (attestation.regimes reads it).
    """

    code = models.SlugField(_("code"), max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="regimes"
    )
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("first day no longer in force"), null=True, blank=True)
    document = models.JSONField(_("rules"), default=dict)
    #: Grows with every change, so that an edit of something stale is noticed.
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule-set of attestation")
        verbose_name_plural = _("rule-sets of attestation")
        ordering = ["code", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=models.Q(organisation__isnull=True), name="regime_once"
            ),
            models.UniqueConstraint(
                fields=["code", "organisation", "valid_from"],
                condition=models.Q(organisation__isnull=False),
                name="regime_variant_once",
            ),
            forwards("regime_forwards", "valid_from", "valid_until"),
        ]

    def __str__(self) -> str:
        return self.title

    def _in_language(self, name: str) -> str:
        texts: dict[str, Any] = self.document.get(name) or {}
        return str(texts.get(get_language() or "kk") or texts.get("kk") or self.code)

    @property
    def title(self) -> str:
        """The title in the user's language, else in Kazakh."""
        return self._in_language("title")

    @property
    def act_name(self) -> str:
        """The act in the user's language, else in Kazakh."""
        return self._in_language("act")


class OrganisationRegime(models.Model):
    """Which rule-set an organisation follows, for all its positions or for some, from a day on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="regime_choices")
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="choices", verbose_name=_("rule-set"))
    #: Codes of positions; none means every position that no other choice names.
    positions = models.JSONField(_("positions"), default=list, blank=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("first day no longer followed"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule-set that an organisation follows")
        verbose_name_plural = _("rule-sets that organisations follow")
        ordering = ["organisation", "valid_from", "pk"]
        constraints = [forwards("regime_choice_forwards", "valid_from", "valid_until")]

    def __str__(self) -> str:
        return f"{self.organisation_id}-{self.regime_id}"
