"""Texts on their way out: norm files, archives of them, and workbooks for translators."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

from positions.exchange.book import write_book
from positions.exchange.norm_yaml import norm_yaml
from positions.exchange.on_file import StoredPosition, with_days
from positions.exchange.rows import rows_of
from positions.resources import TextResource

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {"yaml": "application/yaml; charset=utf-8", "zip": "application/zip", "xlsx": XLSX}


def position_yaml(position: StoredPosition) -> str:
    """Write the norm file of a position."""
    editions = [with_days(edition) for _day, edition in sorted(position.editions.items())]
    return norm_yaml(code=position.code, title=dict(position.title), successor=position.successor, editions=editions)


def archive(positions: Sequence[StoredPosition], *, on: date) -> bytes:
    """Write the norm files of positions as an archive, in the folders of `fixtures/norms`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for position in positions:
            info = zipfile.ZipInfo(f"{position.code}.yaml", date_time=(on.year, on.month, on.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            file.writestr(info, position_yaml(position).encode())
    return stream.getvalue()


def workbook(positions: Sequence[StoredPosition], *, codes: bool = False) -> bytes:
    """Write the texts of positions as a workbook, a row for each entry. Raises TooLongForACellError."""
    dataset = TextResource(positions, codes=codes).export([row for each in positions for row in rows_of(each)])
    stream = io.BytesIO()
    write_book(dataset, stream, codes=codes)
    return stream.getvalue()
