"""Tables: the column heads are one node, each row a node below it, a row's items the row's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gonghui.kit.blocks import Cell, Table

from .columns import column_of, looks_like_head
from .drafts import Branch, Draft
from .lookahead import Ahead
from .numerals import fold
from .paragraphs import Para

Row = tuple[Cell, ...]
Read = Callable[[Sequence[Para]], list[Draft]]

_TICK = re.compile(r"[√✓✔●○★☆◆▲■是有]")
_SERIAL = re.compile(r"\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\)?[.、]?")


class Grid:
    """Hangs one table's nodes into the tree; merged cells speak for every row they cover."""

    def __init__(self, table: Table, place: int, branch: Branch, read: Read) -> None:
        self.rows = table.rows
        self.place = place
        self.branch = branch
        self.read = read
        self.seen: set[int] = set()
        self.heads: Row = ()
        self.columns: list[str] = []
        self.groups: dict[int, Draft] = {}

    def hang_below(self, owner: Draft | None) -> None:
        if not self.rows:
            return
        first, rest, parent = self.rows[0], self.rows, owner
        self.columns = [""] * len(first)
        if _has_heads(self.rows):
            parent = self._add(Draft(owner, role="heads"))
            tall = 2 if _goes_on(self.rows) else 1
            self.heads = self.rows[tall - 1]
            cells = _distinct([c for row in self.rows[:tall] for c in row], set())
            parent.parts.append("\t".join(c.text for c in cells))
            self.columns = [column_of(c.text) for c in self.heads]
            self.seen = {c.key for c in cells}
            rest = self.rows[tall:]
        below = parent
        for row in rest:
            if _is_band(row):
                below = self._band(row[0], parent)
            else:
                self._row(row, below)
            self.seen |= {c.key for c in row}

    def _add(self, draft: Draft) -> Draft:
        draft.place = self.place
        return self.branch.add(draft)

    def _band(self, cell: Cell, heads: Draft | None) -> Draft | None:
        """One cell across the whole table is the heading of the rows below it."""
        if cell.key in self.seen or not cell.text.strip():
            return heads
        band = self._add(Draft(heads, role="row"))
        band.parts.append(cell.text)
        return band

    def _row(self, row: Row, heads: Draft | None) -> None:
        parent = self._group(row, heads)
        taken = self.seen | ({row[0].key} if parent is not heads else set())
        fresh = [c for c in _distinct(row, taken) if c.text.strip()]
        if not fresh:
            return
        draft = Draft(parent, role="row")
        number = self._number(row, fresh)
        if number is not None:
            draft.marker = "".join(number.text.split())
            fresh = [c for c in fresh if c.key != number.key]
        draft.columns = self._values(row[0 if parent is heads else 1 :])
        self._add(draft)
        named = self._named(row, fresh)
        ticked = [head for cell, head in named if _TICK.fullmatch(cell.text.strip())]
        whole = ticked or [head for _, head in named if len(named) == 1]
        if whole:
            draft.columns.setdefault("time", "、".join(whole))
        periods = {} if whole else {cell.key: head for cell, head in named}
        for cell in fresh:
            if cell.key in periods:
                self._then(cell, periods[cell.key], draft)
            else:
                self._cell(cell, draft)

    def _group(self, row: Row, heads: Draft | None) -> Draft | None:
        """A first cell merged over several rows is a node of its own, the rows its children."""
        first = row[0]
        rows = [r for r in self.rows if r[0].key == first.key]
        if len(rows) < 2 or not first.text.strip():
            return heads
        if first.key not in self.groups:
            if first.key in self.seen:  # merged with the column heads
                return heads
            group = self._add(Draft(heads, role="row"))
            group.parts.append(first.text)
            self.groups[first.key] = group
            return group
        group = self.groups[first.key]
        return group if group in self.branch.open else heads

    def _number(self, row: Row, fresh: list[Cell]) -> Cell | None:
        for cell, column in zip(row, self.columns, strict=False):
            text = fold("".join(cell.text.split()))
            if column in ("number", "") and cell in fresh and _SERIAL.fullmatch(text):
                return cell
        return None

    def _values(self, row: Row) -> dict[str, str]:
        """What the columns say of the row, also from cells merged with rows above."""
        values: dict[str, str] = {}
        columns = self.columns[len(self.columns) - len(row) :]
        for cell, column in zip(row, columns, strict=False):
            if column in ("owner", "helper", "due", "time") and cell.text.strip():
                values.setdefault(column, " ".join(cell.text.split()))
        return values

    def _named(self, row: Row, fresh: list[Cell]) -> list[tuple[Cell, str]]:
        """The filled cells of columns that are parts of the year, each with its column's head."""
        heads = zip(row, self.columns, self.heads, strict=False)
        return [(c, head.text) for c, kind, head in heads if kind == "period" and c in fresh]

    def _then(self, cell: Cell, period: str, row: Draft) -> None:
        """What is done in one part of the year is a task of its own, by the row's people."""
        part = self._add(Draft(row, role="row"))
        part.parts.append(cell.text)
        part.columns = _handed_down(row) | {"time": period}

    def _cell(self, cell: Cell, row: Draft) -> None:
        """A list within a cell makes the row's children; other words are the row's."""
        if self._items(cell, row):
            return
        last = self.branch.drafts[-1]
        last.parts.append("\t" + cell.text if last.parts else cell.text)

    def _items(self, cell: Cell, row: Draft) -> bool:
        paras = [Para(line) for line in cell.text.splitlines() if line.strip()]
        ahead = Ahead(paras)
        signs = [c for signs in ahead.signs for c in signs]
        first = ahead.leading[0] if paras else None
        if first is None or first.ordinal > 1 or not any(c.ordinal == 2 for c in signs):
            return False
        for part in self.read(paras):
            if part.parent is None:
                part.parent, part.columns = row, _handed_down(row)
            self.branch.drafts.append(part)
        row.children += 1
        return True


def _handed_down(row: Draft) -> dict[str, str]:
    """What the columns say of a row holds for each thing that is done of it."""
    return {name: row.columns[name] for name in ("owner", "helper", "due") if name in row.columns}


def _is_band(row: Row) -> bool:
    return len(row) > 1 and len({c.key for c in row}) == 1


def _has_heads(rows: Sequence[Row]) -> bool:
    filled = [c.text for c in _distinct(rows[0], set()) if c.text.strip()]
    fitting = sum(looks_like_head(words) for words in filled)
    return len(rows) > 1 and len(filled) > 1 and fitting >= max(2, len(filled) - 1)


def _goes_on(rows: Sequence[Row]) -> bool:
    """Heads of two rows: 时间安排 over 一季度, 二季度, beside heads that reach down."""
    first, second = ({c.key for c in row} for row in rows[:2])
    below = [c for c in _distinct(rows[1], first) if c.text.strip()]
    is_split = len(below) > 1 and all(looks_like_head(c.text) for c in below)
    return len(rows) > 2 and is_split and bool(first & second)


def _distinct(row: Sequence[Cell], seen: set[int]) -> list[Cell]:
    fresh: list[Cell] = []
    for cell in row:
        if cell.key not in seen and all(cell.key != c.key for c in fresh):
            fresh.append(cell)
    return fresh
