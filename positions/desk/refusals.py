"""Why the desk refuses, in words: what happened, and what to do."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from positions.codes import DraftState
from positions.desk.date_words import overlap_words
from positions.editing import errors
from positions.models import Draft


def refusal_words(error: errors.EditingRefusedError) -> list[str]:
    """Say why something was refused."""
    if isinstance(error, errors.DraftEditedError):
        return [_("%(who)s. Look at it again before you publish.") % {"who": saved_words(error.draft)}]
    if isinstance(error, errors.DraftClosedError):
        return [closed_words(error.draft)]
    if isinstance(error, errors.EditionOverlapsError):
        return [overlap_words(error.other)]
    if isinstance(error, errors.DraftProblemsError):
        return [_("The draft cannot come into force as it is. Mend what is named below.")]
    if isinstance(error, errors.EditionInUseError):
        return error.reasons
    return [_WORDS[type(error)]()]


_WORDS = {
    errors.ReasonMissingError: lambda: _("Say why. The reason stays in the history."),
    errors.EditionGoneError: lambda: _(
        "The edition that this draft was to change was withdrawn meanwhile. Discard this draft and begin a new one."
    ),
    errors.BaseChangedError: lambda: _(
        "The edition in force was changed since this draft began. Look at what changed, and take note of it below."
    ),
    errors.NothingChangedError: lambda: _("The draft says what its edition says: there is nothing to publish."),
}


def saved_words(draft: Draft) -> str:
    """Say who was the last to save a draft, and when."""
    return _("Saved by %(who)s at %(when)s") % {
        "who": draft.edited_by.get_full_name() or draft.edited_by.get_username(),
        "when": date_format(localtime(draft.edited_at), "SHORT_DATETIME_FORMAT"),
    }


def closed_words(draft: Draft) -> str:
    """Say what became of a draft that is no longer being edited."""
    told = {
        "who": draft.edited_by.get_full_name() or draft.edited_by.get_username(),
        "when": date_format(localtime(draft.edited_at), "SHORT_DATETIME_FORMAT"),
    }
    if draft.state == DraftState.PUBLISHED:
        return _("This draft was published by %(who)s at %(when)s.") % told
    return _("This draft was discarded by %(who)s at %(when)s.") % told
