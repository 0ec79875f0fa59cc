"""What every period in the database keeps to."""

from __future__ import annotations

from django.db import models


def forwards(name: str, start: str, end: str) -> models.CheckConstraint:
    """Let a period end after it began, or stay open."""
    return models.CheckConstraint(
        name=name, condition=models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gt": models.F(start)})
    )
