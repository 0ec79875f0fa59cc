"""The codes of the law with their names in the user's language; the codes themselves never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Qualification levels."""

    HIGHEST = "highest", _("highest qualification level")
    AVERAGE = "average", _("average qualification level")


class Category(models.TextChoices):
    """Qualification categories, from the top."""

    HIGHEST = "highest", _("the highest category")
    FIRST = "first", _("the first category")
    SECOND = "second", _("the second category")
    NONE = "none", _("without a category")


class EducationLevel(models.TextChoices):
    """Education levels, from the lowest (Law on Education, art. 12)."""

    BASIC_SECONDARY = "basic_secondary", _("basic secondary")
    GENERAL_SECONDARY = "general_secondary", _("general secondary")
    TECHNICAL_VOCATIONAL = "technical_vocational", _("technical and vocational")
    POST_SECONDARY = "post_secondary", _("post-secondary (applied bachelor's degree)")
    HIGHER = "higher", _("higher")
    POSTGRADUATE = "postgraduate", _("postgraduate")


class Field(models.TextChoices):
    """Fields of education."""

    SOCIAL = "social", _("social")
    ECONOMIC = "economic", _("economic")
    LEGAL = "legal", _("legal")
    PEDAGOGICAL = "pedagogical", _("pedagogical")
    MEDICAL = "medical", _("medical")
    PSYCHOLOGICAL = "psychological", _("psychological")
    PHYSICAL_EDUCATION = "physical_education", _("physical education")
    FINANCIAL = "financial", _("financial")
    OTHER = "other", _("another field")


class Speciality(models.TextChoices):
    """Specialities that the orders name."""

    PHYSICAL_CULTURE_AND_SPORT = "physical_culture_and_sport", _("Physical culture and sport")
    VETERINARY_MEDICINE = "veterinary_medicine", _("Veterinary medicine")
    OTHER = "other", _("another speciality")


class Sphere(models.TextChoices):
    """Spheres of activity of an employer."""

    SOCIAL_PROTECTION = "social_protection", _("social protection")
    EMPLOYMENT = "employment", _("employment of the population")
    HEALTHCARE = "healthcare", _("healthcare")
    EDUCATION = "education", _("education")
    CULTURE = "culture", _("culture")
    SPORT = "sport", _("sport")
    HOUSEHOLD_SERVICES = "household_services", _("household services")
    BUSINESS = "business", _("business")
    QUASI_PUBLIC = "quasi_public", _("quasi-public sector")
    PUBLIC_SERVICE = "public_service", _("public service")
    OTHER = "other", _("another sphere")


class CertificateKind(models.TextChoices):
    """Certificates and skills that the orders require or prefer, and those HR keeps besides."""

    SOCIAL_TRAINING = "social_training", _("certificate in social training")
    HIPPOTHERAPY_TRAINING = "hippotherapy_training", _("special training in physical culture and hippotherapy")
    RIDER_SPOTTING = "rider_spotting", _("certificate in spotting riders")
    SWIMMING = "swimming", _("ability to swim")
    MEDICAL_CATEGORY = "medical_category", _("medical qualification category")
    PROFESSIONAL_DEVELOPMENT = "professional_development", _("professional development")
    OTHER = "other", _("another certificate")


class Provenance(models.TextChoices):
    """Where a text in a language comes from."""

    OFFICIAL = "official", _("official text")
    UNOFFICIAL_TRANSLATION = "unofficial_translation", _("unofficial translation")
    WORKING_TRANSLATION = "working_translation", _("working translation")


class EntryKind(models.TextChoices):
    """What an entry of a characteristic tells."""

    DUTY = "duty", _("official duty")
    KNOWLEDGE = "knowledge", _("knowledge")


class RequirementKind(models.TextChoices):
    """What a pathway asks for besides experience."""

    EDUCATION = "education", _("education level")
    FIELD = "field", _("field of education")
    SPECIALITY = "speciality", _("speciality")
    CERTIFICATE = "certificate", _("certificate")
    PREFERRED = "preferred", _("preferred certificate")


#: The codes that a requirement of each kind may have.
REQUIREMENT_CODES: dict[str, type[models.TextChoices]] = {
    RequirementKind.EDUCATION: EducationLevel,
    RequirementKind.FIELD: Field,
    RequirementKind.SPECIALITY: Speciality,
    RequirementKind.CERTIFICATE: CertificateKind,
    RequirementKind.PREFERRED: CertificateKind,
}


class DraftKind(models.TextChoices):
    """What a draft is to become: a correction changes the past, a new edition does not."""

    CORRECTION = "correction", _("correction of an edition")
    AMENDMENT = "amendment", _("new edition from a date")


class DraftState(models.TextChoices):
    """How far a draft has come."""

    OPEN = "open", _("being edited")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")


class EditionAction(models.TextChoices):
    """What can happen to an edition."""

    PUBLISHED = "published", _("published as a new edition")
    CORRECTED = "corrected", _("corrected")
    CLOSED = "closed", _("ended the day before a new edition")
    REOPENED = "reopened", _("in force again after a withdrawal")
    WITHDRAWN = "withdrawn", _("withdrawn")
    IMPORTED = "imported", _("changed by an import")
    LOADED = "loaded", _("changed by the norm files")
