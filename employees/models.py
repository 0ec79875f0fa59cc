"""Who works here: organisations, employees and the records that prove what the law asks for.

Periods are half-open in the database (`ended_on` of a form becomes the first day after it), so that periods that touch
have a day in common on paper only. What people read and write is always the last day (`employees.periods`).
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from employees.codes import ALWAYS_COUNTING, AbsenceKind, Role
from positions.codes import Category, CertificateKind, EducationLevel, Level, Speciality, Sphere
from positions.models import Position

twelve_digits = RegexValidator(r"^[0-9]{12}$", _("Twelve digits are needed."))


def _forwards(name: str, start: str, end: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gt": models.F(start)})
    )


class User(AbstractUser):
    """A person who logs in; what she sees is said by her grants alone."""

    language = models.CharField(_("language"), max_length=2, blank=True)


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
            _forwards("employment_forwards", "hired_on", "employed_until"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname, first name and, where there is one, patronymic (Code on Marriage and Family, art. 63)."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)


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

    class Meta:
        verbose_name = _("work record")
        verbose_name_plural = _("work records")
        ordering = ["employee", "started_on", "id"]
        constraints = [_forwards("work_forwards", "started_on", "until")]

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

    class Meta:
        verbose_name = _("category award")
        verbose_name_plural = _("category awards")
        ordering = ["employee", "awarded_on", "id"]
        constraints = [
            models.CheckConstraint(name="award_of_a_category", condition=~models.Q(category=Category.NONE)),
            _forwards("award_forwards", "awarded_on", "lapses_on"),
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

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["employee", "issued_on", "id"]
        constraints = [_forwards("certificate_forwards", "issued_on", "lapses_on")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Absence(models.Model):
    """A leave or another absence; some do not count towards experience."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=30, choices=AbsenceKind)
    started_on = models.DateField(_("first day"))
    until = models.DateField(_("first day after"), null=True, blank=True)
    counts = models.BooleanField(_("counts towards experience"), default=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["employee", "started_on", "id"]
        constraints = [
            _forwards("absence_forwards", "started_on", "until"),
            models.CheckConstraint(
                name="child_leave_always_counts",
                condition=models.Q(counts=True) | ~models.Q(kind__in=list(map(str, ALWAYS_COUNTING))),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


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
