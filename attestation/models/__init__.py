"""What is kept where the law and the people meet: verdicts, rule-sets, cycles, papers, reminders."""

from attestation.models.cycles import (
    Attendance,
    AttestationRecord,
    Case,
    CommissionMember,
    Cycle,
    EvaluationSheet,
    MissedSitting,
    Sitting,
)
from attestation.models.descriptions import OwnEntry
from attestation.models.papers import Paper, PaperCounter, PaperTemplate
from attestation.models.regimes import OrganisationRegime, Regime
from attestation.models.reminders import CalendarFeed, DigestChoice, DigestSent
from attestation.models.verdicts import ExportRun, ExportState, ExportSubject, StatusCode, StoredVerdict

__all__ = [
    "Attendance",
    "AttestationRecord",
    "CalendarFeed",
    "Case",
    "CommissionMember",
    "Cycle",
    "DigestChoice",
    "DigestSent",
    "EvaluationSheet",
    "ExportRun",
    "ExportState",
    "ExportSubject",
    "MissedSitting",
    "OrganisationRegime",
    "OwnEntry",
    "Paper",
    "PaperCounter",
    "PaperTemplate",
    "Regime",
    "Sitting",
    "StatusCode",
    "StoredVerdict",
]
