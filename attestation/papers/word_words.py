"""Why a template is refused, and where a tag of it fails, in the words of whoever sent it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestation.papers.word_files import MAX_FILE_BYTES, Fault, FileRefusedError
from attestation.papers.word_tags import FILTERS_ALLOWED, Reason, TagProblem

_FAULTS: Mapping[Fault, Any] = {
    Fault.TOO_LARGE: gettext_lazy("The file is larger than %(limit)d MB. Make its pictures smaller."),
    Fault.NOT_A_DOCUMENT: gettext_lazy(
        "The file is not a Word document (.docx). In Word choose “Save as” and the type “Word document”."
    ),
    Fault.DAMAGED: gettext_lazy("The file is damaged. Open it in Word, save it anew as .docx, and send that file."),
    Fault.UNPACKS_TOO_MUCH: gettext_lazy("The file unpacks to more than a template can hold."),
    Fault.MACROS: gettext_lazy("The file holds macros: %(told)s. Save it as a document without macros (.docx)."),
    Fault.EXTERNAL: gettext_lazy(
        "The file leads to an address outside of it: %(told)s. Delete the link, or put the picture into the document."
    ),
    Fault.OBJECTS: gettext_lazy("The file holds an embedded object: %(told)s. Delete it, or put in a picture of it."),
    Fault.FIELDS: gettext_lazy("The file holds a field that templates may not have: %(told)s. Delete it."),
    Fault.TOO_MANY_TAGS: gettext_lazy("The file holds more than %(told)s tags."),
    Fault.BROKEN_TAG: gettext_lazy(
        "A tag is not whole: %(told)s. It must begin and end in the same paragraph, with brackets of the same kind."
    ),
}
_REASONS: Mapping[Reason, Any] = {
    Reason.UNKNOWN: gettext_lazy("This paper has no such tag. Compare the list of tags."),
    Reason.NOT_A_LIST: gettext_lazy("This tag cannot be gone through in such a way. Compare the list of tags."),
    Reason.SEVERAL: gettext_lazy("This tag holds several values. Name one of them, or go through them with “for”."),
    Reason.FORBIDDEN: gettext_lazy(
        "Templates may not do this. They may name tags, use “for” and “if”, and these filters: %(filters)s."
    ),
    Reason.UNREADABLE: gettext_lazy(
        "The tag cannot be read. Every “for” needs its “endfor” and every “if” its “endif”; quotes must be plain."
    ),
    Reason.MISSING: gettext_lazy("There may be nothing here. Put the tag between “if” and “endif”."),
    Reason.ACROSS: gettext_lazy(
        "What stands here is torn apart: a tag that governs lines or rows begins in one place and ends in another."
    ),
    Reason.TOO_LONG: gettext_lazy("More comes out of this than a document can hold."),
}


def fault_words(error: FileRefusedError) -> str:
    """Say why a file cannot be a template."""
    values = {"limit": MAX_FILE_BYTES // (1024 * 1024), "told": error.told}
    return str(_FAULTS[error.fault]) % values


def problem_words(problem: TagProblem) -> str:
    """Say why a tag cannot be used."""
    return str(_REASONS[problem.reason]) % {"filters": ", ".join(FILTERS_ALLOWED)}


def refused_words() -> str:
    """Say that nothing came of it."""
    return _("The file was not taken, and nothing has changed.")
