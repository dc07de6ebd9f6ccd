"""Reads a sheet that was filled in elsewhere: what each cell would become, or why it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.sheets.cells import Cell as Read
from gonghui.core.sheets.cells import narrow, text
from gonghui.core.sheets.reader import open_sheets
from gonghui.core.sheets.sniffing import kind_of

from ..actions.filing import Said
from ..forms.filing import MOST_DIGITS, places_of
from ..queries.filings import Line, Sheet
from .paper import HEADS, NUMBER_HEAD

NUMBER = re.compile(rf"{NUMBER_HEAD}[:：]\s*(\d+)")
CODE_HEAD, ENTERED_HEAD, NOTE_HEAD = HEADS[0][0], HEADS[5][0], HEADS[8][0]
MOST_ROWS = 2000
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Change:
    """A cell of the sheet: what is there now, what would be, or why not."""

    line: Line
    said: Said
    refusal: str = ""

    @property
    def before(self) -> Said:
        entered = self.line.entered
        return Said(None if entered is None else Decimal(str(float(entered))), self.line.note)

    @property
    def is_change(self) -> bool:
        return not self.refusal and self.said != self.before


@dataclass(frozen=True)
class Preview:
    """All cells that were found, in the order of the form, and what was not understood."""

    changes: tuple[Change, ...]
    strange: tuple[str, ...]


def read(sheet: Sheet, file: BinaryIO, name: str) -> Preview:
    """Nothing is kept; the same sheet read twice says the same."""
    rows = list(_rows(file, name))
    _check_number(sheet, rows)
    head = next((n for n, row in enumerate(rows) if {CODE_HEAD, ENTERED_HEAD} <= set(row)), None)
    if head is None:
        raise Unreadable(f"没有找到“{CODE_HEAD}”和“{ENTERED_HEAD}”两列。请用从这里下载的表填写。")
    columns = {label: rows[head].index(label) for label in rows[head] if label}
    lines = {line.cell.code: line for line in sheet.lines}
    found: dict[str, Change] = {}
    strange = []
    for row in rows[head + 1 :]:
        code = _at(row, columns[CODE_HEAD]).upper()
        if code in lines and not lines[code].cell.is_formula:
            said = _at(row, columns[ENTERED_HEAD]), _at(row, columns.get(NOTE_HEAD))
            found[code] = _change(lines[code], *said)
        elif re.fullmatch(r"[A-Z]\d{1,3}", code) and code not in lines:
            strange.append(f"表里的编号 {code} 不在这张报表里，没有采用。")
    return Preview(tuple(found[code] for code in lines if code in found), tuple(strange))


def _rows(file: BinaryIO, name: str) -> Iterator[list[str]]:
    kind = kind_of(file, name)
    file.seek(0)
    data = file.read()
    with open_sheets(kind, [data], len(data)) as reading:
        at = next((n for n, one in enumerate(reading.sheets) if one.shown and one.head), 0)
        taken = 0
        for piece in reading.rows(at):
            for row in piece.rows:
                taken += 1
                if taken > MOST_ROWS:
                    return
                yield [_text(cell) for cell in row]


def _text(cell: Read) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return text(cell)


def _at(row: list[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _check_number(sheet: Sheet, rows: Iterable[list[str]]) -> None:
    """A sheet of another unit or month is refused whole."""
    for row in rows:
        for cell in row:
            if found := NUMBER.search(cell):
                if int(found[1]) == sheet.filing.pk:
                    return
                raise Unreadable(
                    f"这份表不是“{sheet.filing}”的，填报编号是 {found[1]}。请核对后重新选择。"
                )
    raise Unreadable(f"表里没有“{NUMBER_HEAD}”，认不出是哪个单位的。请用从这里下载的表填写。")


def _change(line: Line, figure: str, note: str) -> Change:
    before = Change(line, Said(None)).before
    if len(note) > LONGEST_NOTE:
        return Change(line, before, f"说明太长，最多 {LONGEST_NOTE} 个字。")
    if not figure:
        return Change(line, Said(None, note))
    plain = narrow(figure).replace(",", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return Change(line, before, f"“{figure[:20]}”不是数字。")
    return _bounded(line, value, note, before)


def _bounded(line: Line, value: Decimal, note: str, before: Said) -> Change:
    places = places_of(line.cell.unit)
    if not value.is_finite() or value < 0:
        return Change(line, before, "要填不小于 0 的数。")
    if value != round(value, places):
        words = "最多两位小数。" if places else "要填整数。"
        return Change(line, before, f"{value:f}：{words}")
    if value >= 10**MOST_DIGITS:
        return Change(line, before, "数字太大，请核对单位。")
    return Change(line, Said(round(value, places), note))
