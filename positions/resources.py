"""The rows of texts for django-import-export: what each column means, and which rows are new, changed or the same.

Nothing here touches the database: rows are compared with the texts on file in memory, and what becomes of an edition
is decided in `positions.exchange`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import Widget

from positions.codes import Provenance
from positions.editing.characters import odd_characters
from positions.editing.checks import odd_words
from positions.exchange.book import Formula
from positions.exchange.columns import NUMBERED, Part, part_of, provenance_of
from positions.exchange.on_file import StoredPosition
from positions.exchange.rows import TextRow, rows_of
from positions.located import LANGUAGES

_WRITTEN_DAY = "%d.%m.%Y"


class CellWidget(Widget):  # type: ignore[misc]
    """A cell that holds a text; whoever writes the sheet may ask for codes instead of words."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """Give the text of a cell. Raises ValueError with the reason."""
        if isinstance(value, Formula):
            raise ValueError(_("The cell holds a formula or an error of Excel. Put the value itself."))
        if isinstance(value, bool):
            raise ValueError(_("A text is needed here, not a yes or no."))
        if isinstance(value, date | time):
            raise ValueError(_("A text is needed here, not a date."))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write a value into a cell."""
        return value


class PositionWidget(CellWidget):
    """The code of a position that is on file."""

    def __init__(self, known: Mapping[str, StoredPosition]) -> None:
        super().__init__()
        self.known = known

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Give the code. Raises ValueError where no position has it."""
        code = str(super().clean(value)).strip()
        if code not in self.known:
            raise ValueError(_("Unknown position: %(code)s.") % {"code": code} if code else _("A value is needed."))
        return code


class DayWidget(CellWidget):
    """The first day of an edition: a date, or a text such as 22.11.2026 or 2026-11-22."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> date | None:
        """Give the day; none where the cell is empty. Raises ValueError."""
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        text = str(super().clean(value)).strip()
        if not text:
            return None
        try:
            found = parse_date(text) or datetime.strptime(text, _WRITTEN_DAY).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise ValueError(_("A date is needed here, as 22.11.2026.")) from None
        return found


class PartWidget(CellWidget):
    """What a row tells."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Give the part. Raises ValueError."""
        part = part_of(super().clean(value))
        if part is None:
            message = _("Unknown value. Possible are: %(codes)s.")
            raise ValueError(message % {"codes": ", ".join(str(part.label) for part in Part)})
        return str(part.value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Name the part."""
        return str(Part(value).label) if value in Part.values and not kwargs.get("codes") else value


class NumberWidget(CellWidget):
    """The number of an entry in its part."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> int | None:
        """Give the number; none where the cell is empty. Raises ValueError."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        if not text.isdecimal() or not 1 <= int(text[:6]) <= 9999:
            raise ValueError(_("A whole number from 1 is expected here."))
        return int(text)


class ClauseWidget(CellWidget):
    """The number of a clause, which Excel may have taken for a number."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Give the clause. Raises ValueError."""
        return str(super().clean(value)).strip()


class TextWidget(CellWidget):
    """A text in a language, or where the texts in that language come from."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
        """Give the text. Raises ValueError."""
        text = str(super().clean(value))
        if row is None or part_of(row.get("part")) is not Part.PROVENANCE:
            return text
        code = provenance_of(text)
        if code is None:
            message = _("Unknown value. Possible are: %(codes)s.")
            raise ValueError(message % {"codes": ", ".join(str(each.label) for each in Provenance)})
        return code

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write the text."""
        words = kwargs.get("part") == Part.PROVENANCE and value in Provenance.values and not kwargs.get("codes")
        return str(Provenance(value).label) if words else value


class TextResource(resources.Resource):  # type: ignore[misc]
    """Rows of texts, compared with the texts on file; importing them saves nothing by itself."""

    position = Field(attribute="position", column_name="position")
    valid_from = Field(attribute="valid_from", column_name="valid_from", widget=DayWidget())
    part = Field(attribute="part", column_name="part", widget=PartWidget())
    number = Field(attribute="number", column_name="number", widget=NumberWidget())
    clause = Field(attribute="clause", column_name="clause", widget=ClauseWidget())
    kk = Field(attribute="kk", column_name="kk", widget=TextWidget())
    ru = Field(attribute="ru", column_name="ru", widget=TextWidget())
    en = Field(attribute="en", column_name="en", widget=TextWidget())

    class Meta:
        instance_loader_class = BaseInstanceLoader
        import_id_fields = ("position", "valid_from", "part", "number")
        use_transactions = False
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, positions: Iterable[StoredPosition] = (), *, codes: bool = False) -> None:
        super().__init__()
        self.codes = codes
        self.known = {each.code: each for each in positions}
        self.present = {row.key: row for each in self.known.values() for row in rows_of(each)}
        self.fields["position"].widget = PositionWidget(self.known)

    def export_field(self, field: Field, instance: TextRow, **kwargs: Any) -> Any:
        """Write a field, in words or in codes."""
        return field.export(instance, codes=self.codes, part=instance.part)

    def get_instance(self, instance_loader: Any, row: Mapping[str, Any]) -> TextRow | None:
        """Find the row on file that this one is about; what cannot be read is about none."""
        try:
            key = tuple(self.fields[name].clean(row) for name in self._meta.import_id_fields)
        except ValueError:
            return None
        found = self.present.get(key)
        return copy(found) if found is not None else None

    def init_instance(self, row: Mapping[str, Any] | None = None) -> TextRow:
        """Begin a row that is not on file."""
        return TextRow()

    def validate_instance(
        self, instance: TextRow, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Refuse a row by itself. Raises ValidationError with the reasons, column by column."""
        errors = dict(import_validation_errors or {})
        for name, reason in _reasons(instance, self.known):
            errors.setdefault(name, ValidationError(reason))
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance: TextRow, is_create: bool) -> None:
        """Keep the row in its result only: editions are written whole, by `positions.exchange.services`."""


def _reasons(row: TextRow, known: Mapping[str, StoredPosition]) -> Iterable[tuple[str, str]]:
    """Give what is wrong with a row, as far as it could be read: the column and the reason."""
    stored = known.get(row.position)
    if stored is not None and row.part:
        if row.part == Part.TITLE:
            if row.valid_from is not None:
                yield "valid_from", _("A title belongs to the position, not to an edition: leave this cell empty.")
        elif row.valid_from is None:
            yield "valid_from", _("A value is needed.")
        elif row.valid_from.isoformat() not in stored.editions:
            message = _("This position has no edition from %(day)s. A new edition comes in a norm file.")
            yield "valid_from", message % {"day": row.valid_from.strftime(_WRITTEN_DAY)}
    if row.part in NUMBERED and row.number is None:
        yield "number", _("A value is needed.")
    if row.part and row.part not in NUMBERED and row.number is not None:
        yield "number", _("Rows of this part have no number: leave this cell empty.")
    if row.part == Part.TITLE and not row.kk.strip():
        yield "kk", _("A text is needed here.")
    if row.part in {Part.TITLE, Part.QUALIFICATION}:
        yield from (
            (language, _("The cell has a line break: every line has a row of its own."))
            for language, text in row.texts.items()
            if "\n" in text.strip()
        )
    if not row.clause.isprintable():
        yield "clause", _("The text holds characters that cannot be printed.")
    if row.part != Part.PROVENANCE:
        yield from _odd(row)


def _odd(row: TextRow) -> Iterable[tuple[str, str]]:
    for language in LANGUAGES:
        for odd in odd_characters(row.texts[language], language=language):
            if odd.forbidden:
                yield language, odd_words(odd)
