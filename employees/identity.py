"""Identification numbers of Kazakhstan: what can be checked, and what only deserves a warning."""

from __future__ import annotations

import re
from datetime import date

_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


def check_digit(first_eleven: str) -> int | None:
    """Give the twelfth digit of an IIN (Government Resolution No 406 of 22.05.2007); None if no number can begin so."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        remainder = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def is_valid_iin(iin: str) -> bool:
    """Tell whether the text is twelve digits with the right check digit."""
    return re.fullmatch(r"[0-9]{12}", iin) is not None and check_digit(iin[:11]) == int(iin[11])


def birth_date_of(iin: str) -> date | None:
    """Give the birth date that an IIN spells; None where it spells none."""
    century = _CENTURIES.get(iin[6:7])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def masked(iin: str) -> str:
    """Hide all of an IIN but its last four digits."""
    return "•" * (len(iin) - 4) + iin[-4:] if iin else ""
