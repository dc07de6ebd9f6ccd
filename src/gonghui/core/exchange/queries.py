"""What the pages of a batch show: its rows by verdict or outcome, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .chunks import findings_of, rows_of
from .committing import CREATED, TOUCHED, UPDATED
from .kinds import Finding, Row
from .models import Batch, Chunk
from .vault import unpack

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One row as it is shown."""

    row: Row
    finding: Finding
    outcome: str
    left: str  # why it was not written, or not taken back
    made: int | None = None  # the record it became, as long as that is there


@dataclass(frozen=True)
class RowPage:
    """Some rows of those that carry a letter, and how many there are."""

    lines: list[Line]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


def rows_with(batch: Batch, letters: str, *, of: str = "verdicts", page: int = 1) -> RowPage:
    """The rows whose verdict (or outcome) is one of the letters; "" for all.

    Reads the letters of all chunks and opens the few the page lies in.
    """
    pieces = list(batch.chunks.order_by("number").values_list("pk", of))
    counts = [_matching(said, letters) for _, said in pieces]
    total = sum(map(len, counts))
    number = min(max(page, 1), max(1, -(-total // PAGE)))
    first, last = (number - 1) * PAGE, number * PAGE
    wanted: dict[int, list[int]] = {}
    passed = 0
    for (pk, _), places in zip(pieces, counts, strict=True):
        inside = places[max(0, first - passed) : max(0, last - passed)]
        if inside:
            wanted[pk] = inside
        passed += len(places)
    lines = [line for pk, places in wanted.items() for line in _lines(pk, places)]
    return RowPage(lines, total, number)


def _matching(said: str, letters: str) -> list[int]:
    return [at for at, letter in enumerate(said) if not letters or letter in letters]


def _lines(pk: int, places: list[int]) -> Iterator[Line]:
    chunk = Chunk.objects.get(pk=pk)
    rows, findings = rows_of(chunk), findings_of(chunk)
    written: dict[str, Any] = unpack(chunk.written) if chunk.written is not None else {}
    left, undos = written.get("left", {}), written.get("undo", {})
    for at in places:
        outcome = chunk.outcomes[at] if chunk.outcomes else ""
        made = _record(undos.get(str(at))) if outcome in {CREATED, UPDATED, TOUCHED} else None
        yield Line(rows[at], findings[at], outcome, left.get(str(at), ""), made)


def _record(undo: Any) -> int | None:
    """Which record a row became: what taking it back needs begins with its number."""
    if isinstance(undo, dict):
        undo = undo.get("pk")
    elif isinstance(undo, list):
        undo = next(iter(undo), None)
    return undo if isinstance(undo, int) else None


def left_of(chunk: Chunk) -> dict[str, str]:
    """Place in the chunk → why the row was left."""
    if chunk.written is None:
        return {}
    found: dict[str, str] = unpack(chunk.written)["left"]
    return found


def refused_lines(batch: Batch) -> dict[int, str]:
    """Line → why it was not taken: wrong, not decided, or left while writing."""
    found: dict[int, str] = {}
    for chunk in batch.chunks.order_by("number").iterator(chunk_size=20):
        if not set(chunk.verdicts) & {"w", "d"} and "l" not in chunk.outcomes:
            continue
        left = left_of(chunk)
        for at, (row, finding) in enumerate(zip(rows_of(chunk), findings_of(chunk), strict=True)):
            open_doubt = finding.verdict == "d" and row.decision in {"", "skip"}
            if str(at) in left and chunk.outcomes[at] == "l":
                found[row.line] = left[str(at)]
            elif finding.verdict == "w" or open_doubt:
                found[row.line] = " ".join(finding.reasons)
    return found
