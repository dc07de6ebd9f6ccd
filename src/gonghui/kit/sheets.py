"""Writes tables as Excel files in which nothing a person typed can become a formula."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Literal

import xlsxwriter
from django.utils import timezone

from gonghui.kit.errors import DomainError

# What a spreadsheet takes for the start of a formula, also typed full-width or behind a blank.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
LONGEST_NUMBER = 15  # digits a spreadsheet keeps; an account number has more
LONGEST_TEXT = 32_767  # characters a cell holds
CUT = "……（内容过长，已截断）"
MOST_ROWS = 1_000_000
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
FONT: dict[str, Any] = {
    "font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
HEADING = {**FONT, "bold": True, "font_size": 16, "align": "center"}
DAYS, NUMBERS = ("date", "any"), ("number", "any")  # kinds of columns that hold them
HEAD = {**FONT, "border": 1, "bold": True, "bg_color": "#F2F2F2"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: head, width in characters, and what its cells hold.

    In one of ``any`` kind each cell is what its value is: a day, a number or words.
    """

    label: str
    width: float = 12
    kind: Literal["text", "number", "date", "any"] = "text"


def opens_formula(text: str) -> bool:
    """Whether a spreadsheet could read the text as a formula when it is edited or re-imported."""
    return text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS)


def write_xlsx(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, note: str = ""
) -> bytes:
    """One sheet: title, note, heads that repeat in print, rows; None is an empty cell, never 0."""
    stream = io.BytesIO()
    write_xlsx_into(stream, title, columns, rows, note=note)
    return stream.getvalue()


def write_xlsx_into(
    stream: IO[bytes],
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    note: str = "",
) -> None:
    """The same into a file; memory stays what it is however many rows come."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        _Sheet(book, title, columns).write(note, rows)


class _Sheet:
    """A sheet being written, row after row."""

    def __init__(self, book: Any, title: str, columns: Sequence[Column]) -> None:
        self._book = book
        self._sheet = book.add_worksheet(_sheet_name(title))
        self._title = title
        self._columns = columns
        line = {**FONT, "border": 1}
        self._text = book.add_format({**line, "num_format": "@"})
        # The apostrophe Excel keeps in front of text, so that editing the cell runs nothing.
        self._quoted = book.add_format({**line, "num_format": "@", "quote_prefix": True})
        self._number = book.add_format({**line, "num_format": "General"})
        self._date = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "center"})
        self._moment = book.add_format({**line, "num_format": "yyyy-mm-dd hh:mm"})

    def write(self, note: str, rows: Iterable[Sequence[Any]]) -> None:
        self._set_up()
        at = self._open(note)
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                raise DomainError("行数超过一百万，一张表放不下。请先筛选，再分几次导出。")
            for column, value in enumerate(row[: len(self._columns)]):
                self._cell(at, column, value)
            at += 1

    def _set_up(self) -> None:
        for index, column in enumerate(self._columns):
            self._sheet.set_column(index, index, column.width)
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C第 &P 页 共 &N 页")
        if sum(column.width for column in self._columns) > 90:
            self._sheet.set_landscape()

    def _open(self, note: str) -> int:
        """Write title, note and heads; return the first row below them."""
        last = max(len(self._columns) - 1, 0)
        at = 0
        for words, look in ((self._title, HEADING), (note, FONT)):
            if words:
                self._words(at, 0, words, look, last)
                at += 1
        for index, column in enumerate(self._columns):
            self._words(at, index, column.label, HEAD)
        self._sheet.repeat_rows(at)
        self._sheet.freeze_panes(at + 1, 0)
        return at + 1

    def _words(self, row: int, index: int, words: str, look: dict[str, Any], last: int = 0) -> None:
        """A title, note or head, which may hold what somebody typed as well as a cell may."""
        text = _fitting(words)
        form = self._book.add_format({**look, "quote_prefix": opens_formula(text)})
        if last:
            self._sheet.merge_range(row, index, row, last, "", form)
        self._sheet.write_string(row, index, text, form)

    def _cell(self, row: int, index: int, value: Any) -> None:
        kind = self._columns[index].kind
        if value is None or value == "":
            self._sheet.write_blank(row, index, None, self._text)
        elif kind in DAYS and isinstance(value, datetime):
            self._sheet.write_datetime(row, index, _by_our_clock(value), self._moment)
        elif kind in DAYS and isinstance(value, date):
            self._sheet.write_datetime(row, index, value, self._date)
        elif kind in NUMBERS and _fits_number(value):
            self._sheet.write_number(row, index, value, self._number)
        else:
            text = _fitting(str(value))
            look = self._quoted if opens_formula(text) else self._text
            self._sheet.write_string(row, index, text, look)


def _fits_number(value: Any) -> bool:
    """Numbers a cell keeps exactly enough; a long one would lose its last digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    return (
        math.isfinite(value) and len(str(value).strip("-").replace(".", "")) <= LONGEST_NUMBER + 2
    )


def _by_our_clock(moment: datetime) -> datetime:
    """A sheet knows no time zones: what it shows is the time on our wall."""
    return moment if moment.tzinfo is None else timezone.localtime(moment).replace(tzinfo=None)


def _fitting(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT


def _sheet_name(title: str) -> str:
    return FORBIDDEN_IN_NAME.sub(" ", title).strip()[:31].strip() or "表"
