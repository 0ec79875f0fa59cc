"""Arguments that commands share."""

from argparse import ArgumentParser, ArgumentTypeError
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from django.conf import settings
from django.utils import translation


def iso_date(text: str) -> date:
    """Read an ISO date from a command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"not a date as 2026-11-22: {text}") from None


def add_language(parser: ArgumentParser) -> None:
    """Let the user of a command choose the language of its words."""
    parser.add_argument(
        "--language", choices=[code for code, _name in settings.LANGUAGES], help="language of the words"
    )


def speaking(language: str | None) -> AbstractContextManager[object]:
    """Speak the chosen language, else the one that is active (Kazakh on a command line)."""
    return translation.override(language) if language else nullcontext()


def one_clear_line(parser: ArgumentParser) -> None:
    """Answer a wrong argument with the one line that says what is wrong, without the usage before it."""
    parser.print_usage = lambda file=None: None  # type: ignore[method-assign]
