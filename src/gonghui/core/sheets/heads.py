"""Finds the head of a sheet among titles and notes, and which of its columns means what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from .cells import is_blank, text
from .columns import Column, folded
from .reader import SheetHead

LOOKED_AT = 30  # rows from the top; a head further down is no head
LONG = 12  # characters of a lone cell that is a remark
ENOUGH = 2  # heads recognised before a row is taken for one
NOTES = (
    "填表说明", "填报说明", "说明", "备注", "注", "合计", "总计", "小计", "共计", "制表", "填表人",
    "填报人", "审核人", "负责人", "联系人", "单位盖章", "盖章", "填报单位", "例", "示例", "样例",
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """Where the head of a sheet stands, what it says, and which field each column holds."""

    sheet: int
    sheet_name: str
    last_line: int  # from 1; the rows begin below it
    labels: tuple[str, ...]
    fields: tuple[str, ...]  # "" for a column that is not read

    @property
    def known(self) -> int:
        return sum(1 for field in self.fields if field)


def find_head(
    sheets: Sequence[SheetHead], columns: Sequence[Column], only: int | None = None
) -> Head | None:
    """The best head of all sheets that are shown, or of one; none where nothing is recognised."""
    found = [
        head
        for number, sheet in enumerate(sheets)
        if (number == only if only is not None else sheet.shown or len(sheets) == 1)
        for head in _heads_of(number, sheet, columns)
    ]
    best = max(found, key=lambda head: (head.known, -head.sheet, -head.last_line), default=None)
    return best if best and best.known >= min(ENOUGH, len(columns)) else None


def first_rows(sheet: SheetHead, number: int) -> Head | None:
    """A head nobody recognised: the first row with words in it, for a person to assign."""
    for line, row in enumerate(sheet.head, 1):
        if sum(1 for cell in row if not is_blank(cell)) >= ENOUGH:
            labels = tuple(text(cell) for cell in row)
            return Head(number, sheet.name, line, labels, ("",) * len(labels))
    return None


def _heads_of(number: int, sheet: SheetHead, columns: Sequence[Column]) -> list[Head]:
    """Each row, and each two rows together: 联系方式 above 手机号 and 邮箱 is one head."""
    rows = [[text(cell) for cell in row] for row in sheet.head[:LOOKED_AT]]
    found = [_head(number, sheet.name, line, row, columns) for line, row in enumerate(rows, 1)]
    for line, (upper, lower) in enumerate(pairwise(rows), 2):
        both = [low or up for up, low in zip_longest(upper, lower, fillvalue="")]
        found.append(_head(number, sheet.name, line, both, columns))
    return found


def _head(sheet: int, name: str, line: int, labels: list[str], columns: Sequence[Column]) -> Head:
    return Head(sheet, name, line, tuple(labels), recognise(labels, columns))


def recognise(labels: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """The field of each label by its meaning; a field goes to the first that means it."""
    meanings = _meanings(columns)
    found: list[str] = []
    for label in labels:
        said = meanings.get(folded(label), "") if label else ""
        found.append("" if said in found else said)
    return tuple(found)


def _meanings(columns: Sequence[Column]) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in columns:
        for word in (column.head, *column.synonyms):
            known.setdefault(folded(word), column.field)
    return known


def is_note(row: Sequence[Any], labels: Sequence[str]) -> bool:
    """A row of explanations, of sums or of signatures, or the head once more, and no record."""
    said = [cell for cell in row if not is_blank(cell)]
    if not said:
        return False
    opening = text(said[0]).replace(" ", "")
    if len(said) > ENOUGH and opening not in labels and not opening.startswith(NOTES):
        return False  # nearly every row: nothing more is looked at
    if len(said) >= ENOUGH and all(text(cell) in labels for cell in said):
        return True
    by_name = opening.startswith(NOTES) and (
        len(said) <= ENOUGH or opening.startswith(("例：", "例:", "合计", "总计", "小计", "共计"))
    )
    return by_name or (len(said) == 1 and len(opening) > LONG)
