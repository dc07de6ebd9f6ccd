"""Writes a list of the screens as a sheet or a PDF, with exactly the columns and rows shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from gonghui.core.screens import exports

from .downloads import download
from .outbound.pdf import write_pdf
from .outbound.sheets import Column, write_xlsx

MOST_ON_PAPER = 3000  # rows of a PDF; a longer list is a matter for a sheet
WIDE = 90  # characters across before the paper is turned


def write_sheet(title: str, columns: Sequence[exports.Column], rows: Iterable[Any]) -> HttpResponse:
    """Days and numbers stay days and numbers; everything else is text."""
    filled = ([_for_sheet(column.value(row)) for column in columns] for row in rows)
    first = list(islice(filled, 1))
    sample = first[0] if first else [None] * len(columns)
    heads = [
        Column(column.label, column.width, _kind(column, cell))
        for column, cell in zip(columns, sample, strict=True)
    ]
    return download(write_xlsx(title, heads, _chained(first, filled)), title, "xlsx")


def write_paper(title: str, columns: Sequence[exports.Column], rows: Iterable[Any]) -> HttpResponse:
    """A4 with the head on every page; beyond `MOST_ON_PAPER` rows it says that it stops."""
    lines = [
        [_on_paper(column.value(row)) for column in columns]
        for row in islice(rows, MOST_ON_PAPER + 1)
    ]
    note = f"{timezone.localtime():%Y-%m-%d %H:%M} 打印"
    if len(lines) > MOST_ON_PAPER:
        note += f"，只列出前 {MOST_ON_PAPER} 条；完整名单请导出 Excel"
    data = {
        "title": title,
        "note": note,
        "landscape": sum(column.width for column in columns) > WIDE,
        "columns": [{"label": column.label, "width": column.width} for column in columns],
        "rows": lines[:MOST_ON_PAPER],
    }
    return download(write_pdf("table", data), title, "pdf")


def _chained(first: list[Any], rest: Iterable[Any]) -> Iterable[Any]:
    yield from first
    yield from rest


def _kind(column: exports.Column, cell: Any) -> Any:
    """A column of days by its head, of numbers by its first cell: an empty first cell is text."""
    if isinstance(cell, date) or column.label.endswith("日期"):
        return "date"
    return "number" if isinstance(cell, int | float | Decimal) else "text"


def _for_sheet(value: Any) -> Any:
    if isinstance(value, date | int | float | Decimal) or value is None:
        return value
    return str(value)


def _on_paper(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)
