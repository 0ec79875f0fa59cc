"""What logs must not hold. No models here: logging is set up before there are any."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/invitations/)[^/\s\"?#]+")


class TokenFilter(logging.Filter):
    """Hide the one-time token of an invitation where a line of a log holds its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without the token."""
        message = record.getMessage()
        if "/invitations/" in message:
            record.msg, record.args = _TOKEN.sub(r"\1***", message), ()
        return True
