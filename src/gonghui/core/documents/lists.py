"""Writes a list of the screens as a PDF, with exactly the columns and rows shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any

from django.http import HttpResponse
from django.utils import timezone

from gonghui.core.screens.exports import Column
from gonghui.kit.downloads import download

from .outbound.pdf import write_pdf

MOST_ON_PAPER = 3000  # rows of a PDF; a longer list is a matter for a sheet
WIDE = 90  # characters across before the paper is turned


def write_paper(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """A4 with the head on every page; beyond `MOST_ON_PAPER` rows it says that it stops."""
    return download(_paper(title, columns, rows, ""), title, "pdf")


def write_paper_into(
    stream: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Any], note: str
) -> None:
    """The same into a file, with a note below the title."""
    stream.write(_paper(title, columns, rows, note))


def _paper(title: str, columns: Sequence[Column], rows: Iterable[Any], note: str) -> bytes:
    lines = [
        [_on_paper(column.value(row)) for column in columns]
        for row in islice(rows, MOST_ON_PAPER + 1)
    ]
    note = note or f"{timezone.localtime():%Y-%m-%d %H:%M} 打印"
    if len(lines) > MOST_ON_PAPER:
        note += f"，只列出前 {MOST_ON_PAPER} 条；完整名单请导出 Excel"
    data = {
        "title": title,
        "note": note,
        "landscape": sum(column.width for column in columns) > WIDE,
        "columns": [{"label": column.label, "width": column.width} for column in columns],
        "rows": lines[:MOST_ON_PAPER],
    }
    return write_pdf("table", data)


def _on_paper(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)
