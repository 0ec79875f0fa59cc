"""Why the editors' desk refuses; the pages say it in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from positions.editing.checks import Remark
    from positions.models import Draft, Edition


class EditingRefusedError(Exception):
    """Something cannot be done with a draft or an edition; nothing was changed."""


class ReasonMissingError(EditingRefusedError):
    """An edition is changed with a reason or not at all."""


class DraftClosedError(EditingRefusedError):
    """The draft was published or discarded meanwhile."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.pk))
        self.draft = draft


class DraftEditedError(EditingRefusedError):
    """Somebody else has saved the draft since it was read; `draft` is what is there now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.pk))
        self.draft = draft


class EditionGoneError(EditingRefusedError):
    """The edition that the draft was to correct or to follow was withdrawn."""


class BaseChangedError(EditingRefusedError):
    """The edition under the draft was changed since the draft took it."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(str(edition.pk))
        self.edition = edition


class NothingChangedError(EditingRefusedError):
    """The draft says what its edition says."""


class DraftProblemsError(EditingRefusedError):
    """The draft cannot come into force as it is."""

    def __init__(self, problems: list[Remark]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


class EditionOverlapsError(EditingRefusedError):
    """The edition would be in force at the same time as another one."""

    def __init__(self, other: Edition) -> None:
        super().__init__(str(other.pk))
        self.other = other


class EditionInUseError(EditingRefusedError):
    """Something rests on the edition; the reasons are in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons
