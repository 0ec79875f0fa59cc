"""Organisations, their units and the people in them."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from employees import names
from employees.models.periods import forwards
from positions.codes import Level, Sphere
from positions.models import Position

twelve_digits = RegexValidator(r"^[0-9]{12}$", _("Twelve digits are needed."))


class Organisation(models.Model):
    """An employer, by its business identification number."""

    bin = models.CharField(_("BIN"), max_length=12, unique=True, validators=[twelve_digits])
    name = models.TextField(_("name"))
    sphere = models.CharField(_("sphere"), max_length=20, choices=Sphere)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["bin"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name in the user's language, else in Kazakh, which every organisation has."""
        return str(self.name or getattr(self, "name_kk", "") or self.bin)


class Unit(models.Model):
    """A structural unit of an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="units", verbose_name=_("organisation")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=300)

    head = models.ForeignKey(
        "employees.Employee",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads",
        verbose_name=_("head"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("structural unit")
        verbose_name_plural = _("structural units")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """A person in a post of an organisation; the post is the present one, earlier ones are work records."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="employees", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="employees",
        verbose_name=_("structural unit"),
    )
    personnel_number = models.CharField(_("personnel number"), max_length=30)
    iin = models.CharField(_("IIN"), max_length=12, blank=True)
    last_name = models.CharField(_("surname"), max_length=150)
    first_name = models.CharField(_("first name"), max_length=150)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="employees", verbose_name=_("position")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    hired_on = models.DateField(_("hired on"))
    appointed_on = models.DateField(_("appointed to the present post on"))
    employed_until = models.DateField(_("first day no longer employed"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    #: Grows with every change of the person or of a record, so that an edit of something stale is noticed.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    search_text = models.CharField(max_length=600, blank=True, editable=False)
    sort_key = models.BinaryField(max_length=1000, default=b"", editable=False)
    history = HistoricalRecords(excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["organisation", "personnel_number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "personnel_number"], name="personnel_number_once"),
            models.UniqueConstraint(fields=["organisation", "iin"], name="iin_once", condition=~models.Q(iin="")),
            models.CheckConstraint(
                name="appointed_after_hired", condition=models.Q(appointed_on__gte=models.F("hired_on"))
            ),
            forwards("employment_forwards", "hired_on", "employed_until"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys for searching and sorting with the names they are made of."""
        self.set_keys()
        fields = kwargs.get("update_fields")
        if fields is not None and {"last_name", "first_name", "patronymic", "personnel_number"} & set(fields):
            kwargs["update_fields"] = {*fields, "search_text", "sort_key"}
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Make the keys for searching and sorting; needed by hand before writing in bulk."""
        self.search_text = names.folded(f"{self.full_name} {self.personnel_number}")
        self.sort_key = names.sort_key(self.full_name)

    @property
    def full_name(self) -> str:
        """Surname, first name and, where there is one, patronymic (Code on Marriage and Family, art. 63)."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)
