"""Lays a Word table out on its grid: a merged cell stands in every place it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.package import Element
from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.documents.inbound.word_xml import W, is_on, number_of
from gonghui.kit.blocks import Cell, Table

WIDEST = 63  # Word's own limit of columns
MOST_CELLS = 60_000
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


class Grid:
    """A table being read; ``text_of_cell`` reads one cell's content, in reading order."""

    def __init__(self, text_of_cell: Callable[[Element], str]) -> None:
        self._text_of_cell = text_of_cell
        self._rows: list[list[Cell]] = []
        self._key = 0
        self._size = 0

    def add_row(self, row: Element) -> None:
        properties = row.find(W + "trPr")
        if is_on(properties, "del"):
            return
        cells = self._blanks(_grid_count(properties, "gridBefore"))
        for tc in unwrapped(row, W + "tc"):
            cells += self._cells(tc, cells)
        cells += self._blanks(_grid_count(properties, "gridAfter"))
        self._size += len(cells)
        if self._size > MOST_CELLS:
            raise Unreadable(refusals.TOO_LONG)
        self._rows.append(cells)

    def table(self) -> Table | None:
        """The rows filled up to equal length, or None for a table without cells."""
        width = max((len(row) for row in self._rows), default=0)
        rows = tuple(tuple(row + self._blanks(width - len(row))) for row in self._rows)
        return Table(rows) if width else None

    def _blanks(self, count: int) -> list[Cell]:
        return [self._new("") for _ in range(min(count, WIDEST))]

    def _new(self, text: str) -> Cell:
        self._key += 1
        return Cell(text, self._key)

    def _cells(self, tc: Element, left: list[Cell]) -> list[Cell]:
        properties = tc.find(W + "tcPr")
        span = max(1, _grid_count(properties, "gridSpan"))
        if left and _continues(properties, "hMerge"):
            return [left[-1]] * span
        above = self._rows[-1] if self._rows else []
        if _continues(properties, "vMerge") and len(left) < len(above):
            return [above[len(left)]] * span
        return [self._new(self._text_of_cell(tc))] * span


def unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Children with that tag, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from unwrapped(child, tag)


def _grid_count(properties: Element | None, name: str) -> int:
    found = None if properties is None else properties.find(W + name)
    return 0 if found is None else min(number_of(found, "val"), WIDEST)


def _continues(properties: Element | None, name: str) -> bool:
    """A merge element without ``restart`` goes on with the cell before it."""
    found = None if properties is None else properties.find(W + name)
    return found is not None and found.get(W + "val", "continue") == "continue"
