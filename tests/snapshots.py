"""Data that many tests need committed: loaded once, kept aside in the database, and put back table by table.

A server before a browser sees only what is committed, so a test cannot simply be rolled back; loading the norms and the
demonstration anew for each takes far longer than the tests themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

_kept: set[str] = set()


def put_back(name: str, load: Callable[[], object], folder: Path) -> None:
    """Bring the database into the state after `load`: by doing it the first time, by copying its rows after that."""
    sqlite = connection.vendor == "sqlite"
    if name in _kept:
        (_restore_sqlite if sqlite else _restore_postgresql)(name, folder)
        ContentType.objects.clear_cache()
        return
    load()
    if sqlite:
        (folder / name).unlink(missing_ok=True)
        _execute(f"VACUUM INTO '{folder / name}'")
    elif _may_copy():
        _keep_postgresql(name)
    else:
        return
    _kept.add(name)


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _tables() -> list[str]:
    return [connection.ops.quote_name(table) for table in connection.introspection.table_names()]


def _restore_sqlite(name: str, folder: Path) -> None:
    _execute("PRAGMA foreign_keys = OFF", f"ATTACH DATABASE '{folder / name}' AS kept")
    with transaction.atomic():
        for table in [*_tables(), '"sqlite_sequence"']:
            _execute(f"DELETE FROM main.{table}", f"INSERT INTO main.{table} SELECT * FROM kept.{table}")  # noqa: S608
    _execute("DETACH DATABASE kept", "PRAGMA foreign_keys = ON")


def _may_copy() -> bool:
    """Only a superuser may put rows in without their foreign keys and constraints being looked at one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        row = cursor.fetchone()
    return bool(row and row[0])


def _keep_postgresql(name: str) -> None:
    _execute(f"CREATE SCHEMA kept_{name}")
    for table in _tables():
        _execute(f"CREATE TABLE kept_{name}.{table} AS TABLE public.{table}")


def _restore_postgresql(name: str, folder: Path) -> None:
    tables = _tables()
    with transaction.atomic():
        _execute("SET LOCAL session_replication_role = replica")
        _execute("TRUNCATE " + ", ".join(f"public.{table}" for table in tables))
        for table in tables:
            _execute(f"INSERT INTO public.{table} SELECT * FROM kept_{name}.{table}")  # noqa: S608
        _execute(*connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)))
