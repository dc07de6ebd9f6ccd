"""Talks with the process that reads a sheet: its sheets first, then the rows of the chosen one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from gonghui.core.documents.inbound.refusals import Unreadable

from . import refusals
from .refusals import MEGABYTE
from .sniffing import Kind

WORKER = Path(__file__).with_name("worker.py")
MEMORY = 3000 * MEGABYTE  # of addresses; a hundred thousand rows use a tenth of it
SECONDS = 300  # of processor time; a million rows take about thirty
REFUSED = {
    "garbled": refusals.GARBLED,
    "heavy": refusals.HEAVY,
    "locked": refusals.ENCRYPTED,
    "corrupt": refusals.CORRUPT,
}
DAY = "\x01"  # opens a cell that the file says is a day; the worker's own mark

Row = list[Any]


@dataclass(frozen=True, slots=True)
class SheetHead:
    """One sheet of a file: its name, whether it is shown, how long it is, its first rows."""

    name: str
    shown: bool
    lines: int
    head: list[Row]


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows in order, and the numbers (from 1) of those among them that are hidden."""

    rows: list[Row]
    hidden: frozenset[int]


class Reading:
    """A file being read; ask for ``sheets``, then once for the ``rows`` of one."""

    def __init__(self, asks: IO[bytes], answers: IO[bytes]) -> None:
        self._asks, self._answers = asks, answers
        said = self._hear()
        self.sheets = [
            SheetHead(s["name"], s["shown"], s["lines"], s["head"]) for s in said["sheets"]
        ]

    def rows(self, sheet: int) -> Iterator[Rows]:
        """All rows of one sheet, in pieces, from its very first line on."""
        self._asks.write(b"%d\n" % sheet)
        self._asks.flush()
        while "end" not in (said := self._hear()):
            yield Rows(said["rows"], frozenset(said["hidden"]))

    def _hear(self) -> dict[str, Any]:
        line = self._answers.readline()
        if not line:  # ended by its own limits, before it could say anything
            raise Unreadable(refusals.HEAVY)
        said: dict[str, Any] = json.loads(line)
        if "refused" in said:
            raise Unreadable(REFUSED[said["refused"]])
        return said


@contextmanager
def open_sheets(kind: Kind, pieces: Iterable[bytes], size: int) -> Iterator[Reading]:
    """Give a file to a fresh process, piece by piece; it ends when the block is left."""
    command = [sys.executable, "-I", str(WORKER), kind, str(MEMORY), str(SECONDS)]
    # No shell, our own file, and an environment that tells the worker nothing.
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:
        asks, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            _hand_over(asks, pieces, size)
            yield Reading(asks, answers)
        finally:
            process.kill()
            with suppress(BrokenPipeError):
                asks.close()


def _hand_over(asks: IO[bytes], pieces: Iterable[bytes], size: int) -> None:
    try:
        asks.write(b"%d\n" % size)
        for piece in pieces:
            asks.write(piece)
        asks.flush()
    except BrokenPipeError:
        return  # what the worker said, or that it said nothing, is heard next
