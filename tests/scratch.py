"""A database of its own for other processes: a copy of the test database, with the norms and rule-sets on file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """Give the address of a copy; on PostgreSQL nobody may be connected to the test database while it is copied."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        path = folder / "scratch.sqlite3"
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
        yield f"sqlite:///{path}"
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{name}_scratch" TEMPLATE "{name}"')
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}_scratch").geturl()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'DROP DATABASE "{name}_scratch" WITH (FORCE)')


def run(module: str, *arguments: str, address: str) -> dict[str, Any]:
    """Run a module of the tests before a database and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
