"""Codes of attestation with their names in the user's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttestationKind(models.TextChoices):
    """Why somebody is attested."""

    REGULAR = "regular", _("regular attestation")
    REPEATED = "repeated", _("repeated attestation")
    EARLY = "early", _("early attestation")


class Decision(models.TextChoices):
    """What a commission decides about the post."""

    FITS = "fits", _("fits the post held")
    REPEATED = "repeated", _("subject to repeated attestation")
    DOES_NOT_FIT = "does_not_fit", _("does not fit the post held")


class CategoryDecision(models.TextChoices):
    """What a commission decides about the category."""

    ESTABLISHED = "established", _("the category is established (confirmed)")
    NO_GROUNDS = "no_grounds", _("no grounds for establishing the category")


class CycleState(models.TextChoices):
    """How far a cycle has come."""

    DRAFT = "draft", _("being prepared")
    APPROVED = "approved", _("approved by order")
    CLOSED = "closed", pgettext_lazy("cycle", "closed")
    CANCELLED = "cancelled", pgettext_lazy("cycle", "cancelled")


class CaseState(models.TextChoices):
    """How far a person's attestation has come."""

    PROPOSED = "proposed", _("proposed for the list")
    EXCLUDED = "excluded", _("not in the list")
    LISTED = "listed", _("in the approved list")
    DECIDED = "decided", _("decided by the commission")
    APPROVED = "approved", _("approved by the head")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "cancelled")


class CommissionRole(models.TextChoices):
    """What somebody is in a commission."""

    CHAIR = "chair", _("chair")
    MEMBER = "member", _("member")
    SECRETARY = "secretary", _("secretary")


class SittingState(models.TextChoices):
    """How far a sitting has come."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("in progress")
    HELD = "held", _("held, minutes not signed")
    SIGNED = "signed", _("minutes signed")
    CANCELLED = "cancelled", pgettext_lazy("sitting", "cancelled")


class ProofKind(models.TextChoices):
    """How it is proved that a notice reached a person (Labour Code, art. 1(1)(81))."""

    SIGNATURE = "signature", _("signature of the employee")
    POST = "post", _("registered post")
    COURIER = "courier", _("courier")
    EMAIL = "email", _("e-mail with confirmation")
    ELECTRONIC = "electronic", _("electronic document with a digital signature")


class MissedReason(models.TextChoices):
    """Why somebody missed a sitting."""

    INCAPACITY = "incapacity", _("temporary incapacity")
    BUSINESS_TRIP = "business_trip", _("business trip")
    ANNUAL_LEAVE = "annual_leave", _("annual leave")
    UNPAID_LEAVE = "unpaid_leave", _("unpaid leave")
    STUDY_LEAVE = "study_leave", _("study leave")
    MATERNITY_LEAVE = "maternity_leave", _("maternity leave")
    PARENTAL_LEAVE = "parental_leave", _("unpaid child-care leave until the age of three")
    TRAINING = "training", _("training")
    OTHER = "other", _("another reason")
    NONE = "none", _("no valid reason")


class PaperKind(models.TextChoices):
    """The papers of attestation."""

    ORDER = "order", _("order on the attestation with its annexes")
    SCHEDULE = "schedule", _("schedule of the attestation")
    NOTICE = "notice", _("notice of the attestation")
    CHARACTERISTIC_REQUEST = "characteristic_request", _("request for a service characteristic")
    CHARACTERISTIC = "characteristic", _("service characteristic")
    EVALUATION_SHEET = "evaluation_sheet", _("evaluation sheet")
    SHEET = "sheet", _("attestation sheet")
    MINUTES = "minutes", _("minutes of the sitting")
    EXTRACT = "extract", _("extract from the minutes")
    REFUSAL = "refusal", _("act of refusal to be acquainted")
    SUMMARY = "summary", _("summary of the results")
    RESULTS_ORDER = "results_order", _("order on the results of the attestation")
    CERTIFICATE = "certificate", _("certificate of the category")
    OVERDUE = "overdue", _("list of those whose attestation is overdue")


class DueStanding(models.TextChoices):
    """Where an employee stands with the next attestation."""

    NOT_YET = "not_yet", _("not due yet")
    DUE = "due", _("due")
    OVERDUE = "overdue", _("overdue")
    EXEMPT = "exempt", _("exempt for now")
    UNKNOWN = "unknown", _("unknown")
