"""Tables that lost their grid when they were pasted: a row a line, or a cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, takewhile

from gonghui.kit.blocks import Cell, Table

from .columns import are_heads, column_of
from .numerals import fold
from .paragraphs import Para

_WIDEST = 12


def gridded(lines: Sequence[Para]) -> list[Para]:
    """The paragraphs with such tables made tables again."""
    return _cells_a_line(_rows_a_line(lines))


def _rows_a_line(lines: Sequence[Para]) -> list[Para]:
    """Lines from a spreadsheet: at least two in a row with the same number of tabs."""
    found: list[Para] = []
    for tabs, group in groupby(lines, key=_tabs):
        run = list(group)
        rows = [line.text.split("\t") for line in run]
        found += [_table_of(rows)] if tabs and len(run) > 1 else run
    return found


def _tabs(line: Para) -> int:
    plain = line.table is None and not line.label and line.text.strip().count("\t") > 0
    return line.text.count("\t") if plain else 0


def _cells_a_line(lines: list[Para]) -> list[Para]:
    """``序号 / 工作内容 / 完成时限 / 1 / 召开职代会 / 3月 / 2 / …`` of one cell each."""
    full = [line for line in lines if not line.is_empty]
    found: list[Para] = []
    place = 0
    while place < len(full):
        rows = _numbered_rows(full, place) if _is_number_head(full[place]) else []
        if len(rows) > 2:
            found.append(_table_of(rows))
            place += len(rows) * len(rows[0])
        else:
            found.append(full[place])
            place += 1
    return found if len(found) < len(full) else lines


def _is_number_head(line: Para) -> bool:
    return are_heads(line.text) == 1 and column_of(line.text) == "number"


def _numbered_rows(full: list[Para], place: int) -> list[list[str]]:
    """Rows as long as the run of heads, each beginning with the next number."""
    heads = [p.text for p in takewhile(_is_head, full[place : place + _WIDEST])]
    width = len(heads)
    rows = [heads]
    for at in range(place + width, len(full) - width + 1, max(1, width)):
        row = full[at : at + width]
        number = fold(row[0].text).strip().rstrip(".、")
        if width < 2 or number != str(len(rows)) or any(p.table or p.label for p in row):
            break
        rows.append([p.text for p in row])
    return rows


def _is_head(line: Para) -> bool:
    return line.table is None and are_heads(line.text) == 1


def _table_of(rows: Sequence[Sequence[str]]) -> Para:
    width = len(rows[0])
    cells = tuple(
        tuple(Cell(text, number * width + column) for column, text in enumerate(texts))
        for number, texts in enumerate(rows)
    )
    return Para("", table=Table(cells))
