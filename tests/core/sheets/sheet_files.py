"""Sheets of every sort, made in memory: honest ones, odd ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import xlsxwriter

OLD_BOOK = Path(__file__).with_name("old_roster.xls").read_bytes()


def xlsx(*sheets, dates="yyyy-mm-dd") -> bytes:
    """Sheets as (name, rows); days are written as days, numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": dates}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return stream.getvalue()


def xlsx_with(change) -> bytes:
    """One sheet of two columns, changed by a function of (book, sheet)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        change(book, book.add_worksheet("表"))
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    """The package with one more part in it."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(name, content)
    return stream.getvalue()


def bomb() -> bytes:
    """A sheet of nine megabytes of nothing, a thousand times smaller on the disk."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 9 * 2**20)
    return stream.getvalue()


def lying_bomb() -> bytes:
    """As above, but every header says that the part is small."""
    data = bytearray(bomb())
    real, small = struct.pack("<I", 9 * 2**20), struct.pack("<I", 1000)
    return bytes(data.replace(real, small))


def ole(*names: str) -> bytes:
    """The beginning of an old container whose directory holds these names."""
    directory = b"".join(name.encode("utf-16-le") + b"\0\0" for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + directory + b"\0" * 600
