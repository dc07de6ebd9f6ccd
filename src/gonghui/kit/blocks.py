"""What a document is made of, whatever file it came from: paragraphs and tables, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``label`` is numbering the file generates and the text does not contain."""

    text: str
    label: str = ""
    heading: int | None = None  # 1 … 9 where the file marks a real heading, else None
    list_level: int | None = None  # 0-based depth of generated numbering, else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; a merged cell appears once for every place it covers, with the same ``key``."""

    text: str
    key: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length in reading order; merged cells are repeated (see ``Cell.key``)."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A page header, footer or page number that the file repeats; never part of the text."""

    text: str


Block = Paragraph | Table | Furniture


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Text pasted by a person: one paragraph a line, blank lines kept as empty paragraphs."""
    return tuple(Paragraph(line) for line in text.splitlines())


def text_of(blocks: Sequence[Block]) -> str:
    """The document as text, one paragraph a line, table cells once each and separated by tabs."""
    return "\n".join(_line_of(block) for block in blocks)


def _line_of(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join("\t".join(row) for row in _fresh(block))
    return f"{block.label}{block.text}" if isinstance(block, Paragraph) else block.text


def _fresh(table: Table) -> Iterator[list[str]]:
    """For each row the text of the cells that no earlier place has shown."""
    seen: set[int] = set()
    for row in table.rows:
        fresh = {cell.key: cell.text for cell in row if cell.key not in seen}
        seen.update(fresh)
        yield list(fresh.values())
