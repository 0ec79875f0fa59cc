"""Files between looking and confirming: kept on the server under a random name, for the one who sent them.

What is kept is signed: who may take it in, under which name it came and what it holds. A file serves for a day.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

_SALT = "positions.exchange"
_AGE = 24 * 60 * 60
#: So many files of one sender are kept at a time.
_MOST = 5
_NAME = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as it was sent."""

    token: str
    name: str
    content: bytes


def file_keep(*, user: int, name: str, content: bytes) -> Kept:
    """Keep a file for a user; old ones of anybody go."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(folder, user)
    token = secrets.token_urlsafe(24)
    name = name[-_NAME:]
    told = {"user": user, "name": name, "digest": hashlib.sha256(content).hexdigest(), "token": token}
    head = signing.dumps(told, salt=_SALT).encode()
    path = _path(user, token)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(head + b"\n" + content)
    return Kept(token=token, name=name, content=content)


def file_kept(*, user: int, token: str) -> Kept | None:
    """Give a file back to whom it was kept for; None where there is none, or none any more."""
    try:
        head, _break, content = _path(user, token).read_bytes().partition(b"\n")
        told = signing.loads(head.decode(), salt=_SALT, max_age=_AGE)
    except (OSError, UnicodeDecodeError, signing.BadSignature):
        return None
    if (told["user"], told["token"], told["digest"]) != (user, token, hashlib.sha256(content).hexdigest()):
        return None
    return Kept(token=token, name=told["name"], content=content)


def file_drop(*, user: int, token: str) -> None:
    """Forget a file."""
    _path(user, token).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def _path(user: int, token: str) -> Path:
    # Nothing of what a browser sends becomes a part of a path.
    return _folder() / f"{user}-{hashlib.sha256(token.encode()).hexdigest()}"


def _clear(folder: Path, user: int) -> None:
    now = time.time()
    for path, written in _ages(folder):
        if now - written > _AGE:
            path.unlink(missing_ok=True)
    own = sorted(((written, path) for path, written in _ages(folder) if path.name.startswith(f"{user}-")), reverse=True)
    for _written, path in own[_MOST - 1 :]:
        path.unlink(missing_ok=True)


def _ages(folder: Path) -> Iterator[tuple[Path, float]]:
    for path in folder.iterdir():
        try:
            yield path, path.stat().st_mtime
        except OSError:
            continue  # another worker has cleared it away
