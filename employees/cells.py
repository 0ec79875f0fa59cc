"""What a cell means: text, number, date, code, mark. A cell that means nothing raises a reason a person can act on."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from employees.countries import COUNTRIES
from employees.workbook import Column, Formula
from positions.spoken import folded, spoken

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_YES = {"yes", "1", "иә", "да", "true"}
_NO = {"no", "0", "жоқ", "нет", "false"}
_WRITTEN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class WrongCellError(ValueError):
    """The cell does not hold what its column needs; the message is the reason, in the active language."""


def shown(value: Any) -> str:
    """Write a cell's value as the report quotes it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "…"


def meaning(column: Column, value: Any) -> Any:
    """Give the meaning of a cell by the kind of its column; None where it is empty.

    Raises WrongCellError with the reason.
    """
    if value is None:
        return None
    if isinstance(value, Formula):
        raise WrongCellError(_("The cell holds a formula or an error of Excel. Put the value itself."))
    return _READERS[column.kind](column, value)


def _text(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        raise WrongCellError(_("A text is needed here, not a yes or no."))
    if isinstance(value, datetime | date | time):
        raise WrongCellError(_("A text is needed here, not a date."))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if any(ord(character) < 32 and character not in "\n\t" for character in text):
        raise WrongCellError(_("The text holds characters that cannot be printed."))
    if len(text) > column.max_length:
        raise WrongCellError(_("The text is longer than %(limit)d characters.") % {"limit": column.max_length})
    return text


def _number(column: Column, value: Any) -> str:
    """Read an identification number; Excel takes the zeros at its beginning away, here they return."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(value, float) and not value.is_integer():
            raise WrongCellError(_("Twelve digits are needed."))
        text = str(int(value)).zfill(column.max_length)
    else:
        text = str(value).strip()
    if re.fullmatch(r"[0-9]{12}", text) is None:
        raise WrongCellError(_("Twelve digits are needed."))
    return text


def _date(column: Column, value: Any) -> date:
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        found = _date_of_text(value.strip())
    else:
        raise WrongCellError(_("A date is needed here, as 22.11.2026."))
    if not _EARLIEST <= found <= _LATEST:
        raise WrongCellError(_("The date lies outside the years 1900 to 2199."))
    return found


def _date_of_text(text: str) -> date:
    written = _WRITTEN_DATE.fullmatch(text)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise WrongCellError(_("There is no such day in the calendar.")) from None
    raise WrongCellError(_("A date is needed here, as 22.11.2026."))


@cache
def _known_codes(codes: Any) -> dict[str, str]:
    """Give the names under which codes are known: themselves, and their labels in every language."""
    names = {name: choice.value for choice in codes for name in spoken(choice)}
    return {**names, **{folded(choice.value): choice.value for choice in codes}}


def _known(codes: Any, text: str) -> str:
    found = _known_codes(codes).get(folded(text))
    if found is None:
        raise WrongCellError(
            _("Unknown value. Possible are: %(codes)s.") % {"codes": "; ".join(str(choice.label) for choice in codes)}
        )
    return found


def _code(column: Column, value: Any) -> str:
    return _known(column.codes, str(value))


def _codes(column: Column, value: Any) -> list[str]:
    found = [_known(column.codes, part) for part in str(value).split(";") if part.strip()]
    return list(dict.fromkeys(found))


def _mark(column: Column, value: Any) -> bool:
    text = folded(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise WrongCellError(_("Yes or no is needed here."))


def _country(column: Column, value: Any) -> str:
    code = str(value).strip().upper()
    if code not in COUNTRIES:
        raise WrongCellError(_("A country code of two letters (ISO 3166) is needed here, as KZ."))
    return code


def _email(column: Column, value: Any) -> str:
    text = _text(column, value)
    try:
        validate_email(text)
    except ValidationError:
        raise WrongCellError(_("This is not an e-mail address.")) from None
    return text


_READERS = {
    "text": _text,
    "number": _number,
    "date": _date,
    "code": _code,
    "codes": _codes,
    "mark": _mark,
    "country": _country,
    "email": _email,
    "position": _text,
}
