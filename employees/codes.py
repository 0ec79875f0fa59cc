"""Codes of staff records with their names in the user's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceKind(models.TextChoices):
    """Leaves and absences."""

    PARENTAL_LEAVE = "parental_leave", _("unpaid child-care leave until the age of three")
    MATERNITY_LEAVE = "maternity_leave", _("maternity leave")
    UNPAID_LEAVE = "unpaid_leave", _("unpaid leave")
    STUDY_LEAVE = "study_leave", _("study leave")
    INCAPACITY = "incapacity", _("temporary incapacity")
    BUSINESS_TRIP = "business_trip", _("business trip")


#: Leaves that always count towards experience (reading 18).
ALWAYS_COUNTING = (AbsenceKind.PARENTAL_LEAVE, AbsenceKind.MATERNITY_LEAVE)


class Role(models.TextChoices):
    """What a user does in an organisation or unit."""

    HR = "hr", _("HR officer")
    TEXTS = "texts", _("editor of texts")
    MANAGER = "manager", _("head of a unit")
    SECRETARY = "secretary", _("commission secretary")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("system administrator")


class ReadKind(models.TextChoices):
    """How somebody looked at a person."""

    PAGE = "page", _("page")
    PRINT = "print", _("print")
    HISTORY = "history", _("history")
    EXPORT = "export", _("export")


class PersonnelOrderKind(models.TextChoices):
    """What an order does to a person's employment."""

    HIRING = "hiring", _("hiring")
    TRANSFER = "transfer", _("transfer")
    DISMISSAL = "dismissal", _("dismissal")
    REHIRING = "rehiring", _("re-hiring")


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("waiting")
    READING = "reading", _("being read")
    REFUSED = "refused", _("refused")
    READY = "ready", _("ready to be confirmed")
    APPLYING = "applying", _("being saved")
    APPLIED = "applied", _("saved")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")
