"""Writes a list as a sheet, with exactly the columns and rows shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.http import HttpResponse

from gonghui.kit import sheets
from gonghui.kit.downloads import download

from .exports import Column


def write_sheet(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """Days and numbers stay days and numbers; everything else is text."""
    heads, filled = _laid_out(columns, rows)
    return download(sheets.write_xlsx(title, heads, filled), title, "xlsx")


def write_sheet_into(
    stream: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Any], note: str
) -> None:
    """The same into a file, with a note below the title; for long lists."""
    heads, filled = _laid_out(columns, rows)
    sheets.write_xlsx_into(stream, title, heads, filled, note=note)


def _laid_out(
    columns: Sequence[Column], rows: Iterable[Any]
) -> tuple[list[sheets.Column], Iterator[list[Any]]]:
    """The heads and the rows; neither a head nor the first row says what a cell holds."""
    heads = [sheets.Column(column.label, column.width, "any") for column in columns]
    return heads, ([_cell(column.value(row)) for column in columns] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, date | int | float | Decimal) or value is None:
        return value
    return str(value)
