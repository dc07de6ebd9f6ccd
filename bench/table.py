"""The figures as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .figures import Figure

HEAD = (
    "subject", "name", "database", "size", "value", "unit", "reference", "ratio", "wanted", "met",
)  # fmt: skip
NUMBERS = frozenset({"size", "value", "reference", "ratio"})
_MET = {True: "yes", False: "NO", None: ""}


def table(figures: Sequence[Figure]) -> str:
    """Columns as wide as they need, numbers to the right."""
    rows = [
        {**figure.row(), "size": figure.size or None, "met": _MET[figure.met]} for figure in figures
    ]
    cells = [list(HEAD), *([_cell(row[name]) for name in HEAD] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEAD))]
    return "\n".join(_line(line, widths) for line in cells)


def _line(cells: list[str], widths: list[int]) -> str:
    placed = (
        cell.rjust(width) if name in NUMBERS else cell.ljust(width)
        for name, cell, width in zip(HEAD, cells, widths, strict=True)
    )
    return "  ".join(placed).rstrip()


def _cell(said: Any) -> str:
    if said is None:
        return ""
    if not isinstance(said, (int, float)) or said == int(said):
        return f"{said:,.0f}" if isinstance(said, (int, float)) else str(said)
    return f"{said:,.3f}" if said < 100 else f"{said:,.0f}"
