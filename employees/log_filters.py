"""What logs must not hold. No models here: logging is set up before there are any."""

from __future__ import annotations

import logging
import re

_PLACES = ("/invitations/", "/calendar/")
_TOKEN = re.compile(rf"({'|'.join(_PLACES)})[^/\s\"?#]+")


class TokenFilter(logging.Filter):
    """Hide the token of an invitation or a calendar where a line of a log holds its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without the token."""
        message = record.getMessage()
        if any(place in message for place in _PLACES):
            record.msg, record.args = _TOKEN.sub(r"\1***", message), ()
        return True
