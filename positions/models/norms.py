"""What the law asks: acts, positions, the editions of their characteristics, and the ladders read from them.

Texts are kept in three languages (django-modeltranslation adds a column for each); the Kazakh text governs (reading 1).
Periods are half-open in the database: `valid_until` is the first day on which a text is no longer in force.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from positions.codes import Category, EntryKind, Level, Provenance, RequirementKind, Sphere
from positions.constraints import NoOverlap


class Act(models.Model):
    """An order of the Ministry: one that approves characteristics, or one that amends it."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=20)
    adopted_on = models.DateField(_("adopted on"))
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    title = models.TextField(_("title"))
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("no longer in force from"), null=True, blank=True)
    dates_estimated = models.BooleanField(_("dates are estimated"), default=False)
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("amends")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="act_period_forwards",
                condition=models.Q(in_force_until__isnull=True)
                | models.Q(in_force_until__gt=models.F("in_force_from")),
            )
        ]

    def __str__(self) -> str:
        return self.number


class Chapter(models.Model):
    """A chapter of an act; the positions of the heads' chapter are managerial by themselves (reading 16)."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="chapters", verbose_name=_("act"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.TextField(_("title"))
    managerial = models.BooleanField(_("heads"), default=False)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["act__order", "number"]
        constraints = [models.UniqueConstraint(fields=["act", "number"], name="chapter_once_in_an_act")]

    def __str__(self) -> str:
        return self.title


class Position(models.Model):
    """A position that an act describes, under the code `<act>/<chapter>.<paragraph>`."""

    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="positions", verbose_name=_("chapter"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    paragraph = models.CharField(_("paragraph"), max_length=10)
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.TextField(_("title"))
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "paragraph"], name="position_once_in_a_chapter"),
            models.CheckConstraint(
                name="position_not_its_own_successor", condition=~models.Q(successor=models.F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def act_code(self) -> str:
        """The code of the act, as it stands in the address of the position's page."""
        return self.code.partition("/")[0]

    @property
    def number(self) -> str:
        """Chapter and paragraph, as they stand in the address of the position's page."""
        return self.code.partition("/")[2]


class Edition(models.Model):
    """A position's characteristic in one wording, in force from the day of its qualification clause (reading 5)."""

    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="editions", verbose_name=_("position")
    )
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("no longer in force from"), null=True, blank=True)
    dates_estimated = models.BooleanField(_("dates are estimated"), default=False)
    brought_by = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="editions", verbose_name=_("act that brought this wording")
    )
    duties_clause = models.CharField(_("clause of the duties"), max_length=20)
    knowledge_clause = models.CharField(_("clause of the knowledge"), max_length=20)
    qualification_clause = models.CharField(_("clause of the qualification"), max_length=20)
    qualification = models.TextField(_("requirements for the qualification"), blank=True)
    named_levels = models.JSONField(_("levels named without categories"), default=list, blank=True)
    provenance_kk = models.CharField(_("origin of the Kazakh text"), max_length=30, choices=Provenance)
    provenance_ru = models.CharField(_("origin of the Russian text"), max_length=30, choices=Provenance)
    provenance_en = models.CharField(_("origin of the English text"), max_length=30, choices=Provenance)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["position__order", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="edition_period_forwards",
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="edition_names_its_clauses",
                condition=~models.Q(duties_clause="")
                & ~models.Q(knowledge_clause="")
                & ~models.Q(qualification_clause=""),
            ),
            NoOverlap(
                name="edition_no_overlap",
                owner="position",
                start="valid_from",
                end="valid_until",
                violation_error_message=_("Another edition of this position is in force at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.code} {self.valid_from:%d.%m.%Y}"


class Entry(models.Model):
    """One numbered entry of the duties or of the knowledge, as printed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="entries", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["edition", "kind", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "number"], name="entry_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class InterpretationNote(models.Model):
    """How a clause is read where it can be read in two ways, or where the languages differ."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notes", verbose_name=_("edition"))
    order = models.PositiveSmallIntegerField(_("order"))
    clause = models.CharField(_("clause"), max_length=20)
    reading = models.PositiveSmallIntegerField(_("number of the reading"), null=True, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("interpretation note")
        verbose_name_plural = _("interpretation notes")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="note_order_once"),
            models.CheckConstraint(name="note_names_its_clause", condition=~models.Q(clause="")),
        ]

    def __str__(self) -> str:
        return self.text


class Rung(models.Model):
    """A rung of the ladder; level and category are blank where the clause prints none."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rungs", verbose_name=_("edition"))
    order = models.PositiveSmallIntegerField(_("order"))
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    clause = models.CharField(_("clause"), max_length=20)
    line = models.PositiveSmallIntegerField(_("line of the clause"), null=True, blank=True)

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level", "category"], name="rung_once_in_an_edition"),
            models.CheckConstraint(name="rung_names_its_clause", condition=~models.Q(clause="")),
            models.CheckConstraint(
                name="rung_known_codes",
                condition=models.Q(level__in=["", *Level.values]) & models.Q(category__in=["", *Category.values]),
            ),
            models.CheckConstraint(
                name="rung_level_with_category",
                condition=models.Q(level="", category="") | ~models.Q(level="") & ~models.Q(category=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.get_category_display()}".strip()


class Pathway(models.Model):
    """One way of meeting a rung."""

    rung = models.ForeignKey(Rung, on_delete=models.CASCADE, related_name="pathways", verbose_name=_("rung"))
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("pathway")
        verbose_name_plural = _("pathways")
        ordering = ["rung", "order"]
        constraints = [models.UniqueConstraint(fields=["rung", "order"], name="pathway_order_once")]

    def __str__(self) -> str:
        return f"{self.order}"


class PathwayRequirement(models.Model):
    """What a pathway asks for besides experience: of one kind any one is enough, but certificates are needed all."""

    pathway = models.ForeignKey(
        Pathway, on_delete=models.CASCADE, related_name="requirements", verbose_name=_("pathway")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=20, choices=RequirementKind)
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["pathway", "order"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "kind", "code"], name="requirement_once_in_a_pathway")
        ]

    def __str__(self) -> str:
        return self.code


class ExperienceRequirement(models.Model):
    """One alternative of the experience that a pathway asks for, in whole calendar years."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="experience", verbose_name=_("pathway"))
    order = models.PositiveSmallIntegerField(_("order"))
    years = models.PositiveSmallIntegerField(_("years"))
    level = models.CharField(_("at the level"), max_length=10, choices=Level, blank=True)
    category = models.CharField(_("in the category"), max_length=10, choices=Category, blank=True)
    spheres = models.JSONField(_("spheres"), default=list, blank=True)
    or_relevant_profile = models.BooleanField(_("or of the relevant profile"), default=False)
    relevant_profile = models.BooleanField(_("of the relevant profile"), default=False)
    managerial = models.BooleanField(_("in managerial posts"), default=False)
    non_governmental = models.BooleanField(_("in non-governmental organisations"), default=False)
    in_specialty = models.BooleanField(_("in the specialty"), default=False)

    class Meta:
        verbose_name = _("experience requirement")
        verbose_name_plural = _("experience requirements")
        ordering = ["pathway", "order"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "order"], name="experience_order_once"),
            models.CheckConstraint(name="experience_some_years", condition=models.Q(years__gt=0)),
            models.CheckConstraint(
                name="experience_level_with_category",
                condition=models.Q(level="", category="") | ~models.Q(level="") & ~models.Q(category=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.years}"

    def sphere_names(self) -> list[str]:
        """Name the spheres in the user's language."""
        return [str(Sphere(code).label) for code in self.spheres]
