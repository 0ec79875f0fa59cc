"""A database constraint Django lacks on SQLite: periods of one owner never overlap.

PostgreSQL has exclusion constraints for it; SQLite gets a pair of triggers. Both refuse the write itself, so that no
road into the database goes round the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoOverlap(models.BaseConstraint):
    """Keep the periods of rows with the same `owner` apart; half-open, and open where `end` is missing."""

    default_violation_error_message = _("This period overlaps another one.")

    def __init__(
        self,
        *,
        name: str,
        owner: str,
        start: str,
        end: str,
        violation_error_code: str | None = None,
        violation_error_message: Any = None,
    ) -> None:
        super().__init__(
            name=name, violation_error_code=violation_error_code, violation_error_message=violation_error_message
        )
        self.owner, self.start, self.end = owner, start, end

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Describe the constraint for a migration."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "owner": self.owner, "start": self.start, "end": self.end}

    def constraint_sql(self, model: Any, schema_editor: Any) -> str | None:  # type: ignore[override]
        """Give the part of CREATE TABLE; on SQLite there is none, and triggers follow the table."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
            return None
        return self._exclusion(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Give the statement that adds the constraint to a table (SQLite makes the table anew instead)."""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self._exclusion(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Give the statement that drops the constraint."""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Refuse an overlap before the database does, with a message a person can read.

        Raises ValidationError.
        """
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        owner = getattr(instance, model._meta.get_field(self.owner).attname)
        if start is None or owner is None:
            return
        others = model._default_manager.using(using).filter(**{self.owner: owner}).exclude(pk=instance.pk)
        others = others.filter(Q(**{f"{self.end}__gt": start}) | Q(**{f"{self.end}__isnull": True}))
        if end is not None:
            others = others.filter(**{f"{self.start}__lt": end})
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.owner, self.start, self.end))

    def _columns(self, model: Any, editor: Any) -> list[str]:
        return [editor.quote_name(model._meta.get_field(name).column) for name in (self.owner, self.start, self.end)]

    def _exclusion(self, model: Any, editor: Any) -> str:
        owner, start, end = self._columns(model, editor)
        name = editor.quote_name(self.name)
        return f"CONSTRAINT {name} EXCLUDE USING gist ({owner} WITH =, daterange({start}, {end}) WITH &&)"

    def _triggers(self, model: Any, editor: Any) -> list[Statement]:
        owner, start, end = self._columns(model, editor)
        key = editor.quote_name(model._meta.pk.column)
        # Every name in it is one of our own columns; the values are compared inside the database.
        template = (
            "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s BEGIN "  # noqa: S608
            f"SELECT RAISE(ABORT, 'constraint failed: {self.name}') WHERE EXISTS ("
            f"SELECT 1 FROM %(table)s AS other WHERE other.{owner} = NEW.{owner} AND other.{key} IS NOT NEW.{key} "
            f"AND (other.{end} IS NULL OR other.{end} > NEW.{start}) "
            f"AND (NEW.{end} IS NULL OR NEW.{end} > other.{start})); END"
        )
        table = Table(model._meta.db_table, editor.quote_name)
        return [
            Statement(template, table=table, name=editor.quote_name(f"{self.name}_{event.lower()}"), event=event)
            for event in ("INSERT", "UPDATE")
        ]
