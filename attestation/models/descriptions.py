"""What an organisation adds to a characteristic for its own job descriptions; the order's text stays untouched."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from employees.models import Organisation
from positions.codes import EntryKind
from positions.models import Position


class OwnEntry(models.Model):
    """A duty or knowledge that an organisation asks for besides those of the order (31-ө-м, general provisions, 3)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="own_entries", verbose_name=_("organisation")
    )
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("position"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    order = models.PositiveSmallIntegerField(_("order"))
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("entry of the organisation's own")
        verbose_name_plural = _("entries of the organisation's own")
        ordering = ["organisation", "position", "kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "position", "kind", "order"], name="own_entry_order_once"),
            models.CheckConstraint(
                name="own_entry_says_something",
                condition=~models.Q(text_kk="", text_ru="", text_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.code} {self.order}"
