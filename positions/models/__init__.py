"""What the law asks, what editors are at work on, and what became of both."""

from positions.models.drafts import Draft, EditionChange
from positions.models.norms import (
    Act,
    Chapter,
    Edition,
    Entry,
    ExperienceRequirement,
    InterpretationNote,
    Pathway,
    PathwayRequirement,
    Position,
    Rung,
)

__all__ = [
    "Act",
    "Chapter",
    "Draft",
    "Edition",
    "EditionChange",
    "Entry",
    "ExperienceRequirement",
    "InterpretationNote",
    "Pathway",
    "PathwayRequirement",
    "Position",
    "Rung",
]
