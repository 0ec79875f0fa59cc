"""What is wrong with a file of texts, named by its place, and why an import is refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A mistake or a warning; the number is the line of a norm file or the row of a sheet."""

    file: str
    number: int | None = None
    column: str = ""
    value: str = ""
    reason: str

    def __str__(self) -> str:
        place = ":".join(map(str, filter(None, (self.file, self.number))))
        if self.column:
            place += " " + _("(column %(column)s)") % {"column": self.column}
        return f"{place}: {self.reason}"


class ExchangeRefusedError(Exception):
    """Texts cannot be taken in; nothing was changed."""


class FileRefusedError(ExchangeRefusedError):
    """The file as a whole cannot be read; the message is for the user."""


class TextsRefusedError(ExchangeRefusedError):
    """The file holds mistakes."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class TextsChangedError(ExchangeRefusedError):
    """The texts that the file is about were changed since somebody looked at what it would do."""


class NothingNewError(ExchangeRefusedError):
    """The texts on file say all this already."""


class TooLongForACellError(ExchangeRefusedError):
    """A text is longer than a cell of a workbook can be."""
