"""Finds who comes twice in one list: a number, a name with a birthday, a record two rows mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .chunks import fill, rows_of
from .kinds import Clerk, Finding, Row
from .models import Batch, Chunk


class Sameness:
    """The same number stops both rows, the same name is asked about, a record is meant once."""

    def __init__(self, clerk: Clerk, same: str) -> None:
        self.clerk, self.same = clerk, same
        self.seen: dict[int, int] = {}  # hash of a mark or a record → the line that had it first
        self.problems: dict[int, str] = {}  # line → what stops it
        self.doubts: dict[int, str] = {}
        self.asked: dict[int, list[int]] = {}  # line → the records a person is asked about

    def meet(self, row: Row, finding: Finding) -> None:
        """Note a row; rows that are wrong for other reasons count too."""
        for mark in self.clerk.marks(row.values):
            first = self.seen.setdefault(hash((mark.label, mark.key)), row.line)
            if first == row.line:
                continue
            if mark.soft:
                self.doubts[row.line] = (
                    f"{mark.label}与第 {first} 行相同，请判断是不是{self.same}。"
                )
            else:
                self._stop(row.line, first, f"{mark.label}与第 {{}} 行相同，两行都没有采用。")
        if finding.target is not None:
            first = self.seen.setdefault(_meant(finding.target), row.line)
            if first != row.line:
                self._stop(row.line, first, f"与第 {{}} 行是{self.same}，两行都没有采用。")
        if finding.candidates:
            self.asked[row.line] = finding.candidates

    def _stop(self, line: int, first: int, words: str) -> None:
        self.problems.setdefault(line, words.format(first))
        self.problems.setdefault(first, words.format(line))

    def _claimed(self, line: int) -> list[list[int]]:
        """The records a row is asked about that another row means for certain."""
        pairs = ((record, self.seen.get(_meant(record))) for record in self.asked.get(line, ()))
        return [[record, other] for record, other in pairs if other and other != line]

    def settle(self, batch: Batch) -> None:
        """Tell the rows; chunks nobody appears in twice are not opened."""
        claimed = {line: found for line in self.asked if (found := self._claimed(line))}
        concerned = sorted({*self.problems, *self.doubts, *claimed})
        if not concerned:
            return
        spans = batch.chunks.order_by("number").values_list("pk", "first_line", "last_line")
        for pk in _holding(concerned, spans):
            self._tell(Chunk.objects.select_related("batch").get(pk=pk), claimed)

    def _tell(self, chunk: Chunk, claimed: dict[int, list[list[int]]]) -> None:
        rows = rows_of(chunk)
        for row in rows:
            if problem := self.problems.get(row.line):
                row.stops = [problem]
            elif row.line in self.doubts:
                row.doubts = [self.doubts[row.line]]
            row.claimed = claimed.get(row.line, [])
        fill(chunk, rows, self.clerk)
        chunk.save(update_fields=["rows", "findings", "verdicts", "first_line", "last_line"])


def _meant(record: int) -> int:
    return hash(("", record))


def _holding(lines: list[int], spans: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """The keys of the spans that hold one of the lines; both come in order."""
    waiting = iter(lines)
    line = next(waiting, None)
    for pk, first, last in spans:
        while line is not None and line < first:
            line = next(waiting, None)
        if line is None:
            return
        if line <= last:
            yield pk
