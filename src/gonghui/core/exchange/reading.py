"""Reads a handed-in list into chunks, each row held against what is on record; can go on later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from django.db import transaction

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.jobs.work import Work
from gonghui.core.sheets import cells, refusals
from gonghui.core.sheets.columns import Column, take
from gonghui.core.sheets.heads import Head, find_head, first_rows, is_note
from gonghui.core.sheets.reader import Reading, open_sheets
from gonghui.core.sheets.sniffing import Kind as SheetKind

from .chunks import counts_of, fill, findings_of, rows_of
from .kinds import Clerk, Kind, Row
from .models import Batch, Chunk, Stage
from .sameness import Sameness
from .vault import pieces

CHUNK = 1000
LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")  # of a person or a card, and nobody's business here
CORRECTION = re.compile(r"第 (\d+) 批更正$")
MOST_TOLD = 50  # notes and hidden rows named one by one; the rest are counted


class Reader:
    """One attempt at reading a batch; the chunks an earlier attempt left are kept."""

    def __init__(self, batch: Batch, kind: Kind, clerk: Clerk, work: Work) -> None:
        self.batch, self.kind, self.clerk, self.work = batch, kind, clerk, work
        self.sameness = Sameness(clerk, kind.same)
        self.number = self.last_line = 0
        self.notes: list[list[Any]] = []
        self.noted = self.hidden = 0

    def read(self) -> None:
        """Ends previewed, or asking for the columns, or refused by ``Unreadable``."""
        batch = self.batch
        with open_sheets(
            cast("SheetKind", batch.file_kind), pieces(batch.file), batch.size
        ) as reading:
            if all(not sheet.head for sheet in reading.sheets):
                raise Unreadable(refusals.NO_ROWS)
            head = self._head(reading)
            _remember(batch, reading, head, self.kind)
            if batch.stage == Stage.ASKING:
                return
            self._resume()
            self._read_rows(reading, head)
        if not self.number:
            raise Unreadable("表头下面没有数据。请检查后重新上传。")
        self.sameness.settle(batch)
        self._finish()

    def _head(self, reading: Reading) -> Head:
        """What a person said, or what is recognised, or the first words there are."""
        said = self.batch.head
        if said:
            return Head(
                **{**said, "labels": tuple(said["labels"]), "fields": tuple(said["fields"])}
            )
        only = self.batch.told.get("sheet")
        found = find_head(reading.sheets, self.kind.columns, only)
        if found is not None:
            return found
        for number, sheet in enumerate(reading.sheets):
            first = first_rows(sheet, number) if only in (None, number) else None
            if first is not None:
                return first
        raise Unreadable(refusals.NO_ROWS)

    def _resume(self) -> None:
        """Learn what the chunks of an earlier attempt hold."""
        for chunk in self.batch.chunks.order_by("number").iterator(chunk_size=20):
            for row, finding in zip(rows_of(chunk), findings_of(chunk), strict=True):
                self.sameness.meet(row, finding)
            self.number, self.last_line = chunk.number, chunk.last_line

    def _read_rows(self, reading: Reading, head: Head) -> None:
        columns = {column.field: column for column in self.kind.columns}
        mapping = [(at, columns[name]) for at, name in enumerate(head.fields) if name]
        total = reading.sheets[head.sheet].lines
        waiting: list[Row] = []
        for row in self._records(reading, head, mapping):
            waiting.append(row)
            if len(waiting) == CHUNK:
                self._keep(waiting)
                waiting = []
                self.work.advance(self.last_line, max(total, self.last_line), "正在读取和核对")
        if waiting:
            self._keep(waiting)

    def _records(
        self, reading: Reading, head: Head, mapping: list[tuple[int, Column]]
    ) -> Iterator[Row]:
        """The rows below the head that hold records; notes and blank lines are told, not read."""
        line = 0
        for piece in reading.rows(head.sheet):
            for cells_of_row in piece.rows:
                line += 1
                if line <= head.last_line or all(map(cells.is_blank, cells_of_row)):
                    continue
                if is_note(cells_of_row, head.labels):
                    self._note(line, cells_of_row)
                    continue
                self.hidden += line in piece.hidden
                if line > self.last_line:
                    row = _row(line, cells_of_row, mapping, hidden=line in piece.hidden)
                    self.clerk.prepare(row)
                    yield row

    def _note(self, line: int, cells_of_row: list[Any]) -> None:
        self.noted += 1
        if len(self.notes) < MOST_TOLD:
            words = [cells.text(cell) for cell in cells_of_row if not cells.is_blank(cell)]
            self.notes.append([line, LONG_NUMBER.sub("…", " ".join(words))[:100]])

    def _keep(self, rows: list[Row]) -> None:
        self.number += 1
        chunk = Chunk(batch=self.batch, number=self.number)
        findings = fill(chunk, rows, self.clerk)
        with transaction.atomic():
            chunk.save(force_insert=True)
            self.work.keep(line=chunk.last_line)
        self.last_line = chunk.last_line
        for row, finding in zip(rows, findings, strict=True):
            self.sameness.meet(row, finding)

    def _finish(self) -> None:
        batch = self.batch
        batch.told |= {"notes": self.notes, "noted": self.noted, "hidden": self.hidden}
        batch.counts = counts_of(batch)
        batch.stage = Stage.PREVIEWED
        batch.save(update_fields=["told", "counts", "stage"])


def _row(
    line: int, cells_of_row: list[Any], mapping: list[tuple[int, Column]], *, hidden: bool
) -> Row:
    taken = take(cells_of_row, mapping)
    if hidden:
        taken.remarks.append("这一行在 Excel 里是隐藏的。")
    return Row(line, taken.values, taken.problems, taken.remarks)


def _remember(batch: Batch, reading: Reading, head: Head, kind: Kind) -> None:
    """Note what the file holds; without a required column the officer is asked first."""
    batch.sheets = [
        {"name": sheet.name, "shown": sheet.shown, "lines": sheet.lines} for sheet in reading.sheets
    ]
    batch.head = {
        "sheet": head.sheet,
        "sheet_name": head.sheet_name,
        "last_line": head.last_line,
        # A list without a head shows its first row here, and this column is not sealed.
        "labels": [LONG_NUMBER.sub("…", label) for label in head.labels],
        "fields": list(head.fields),
    }
    missing = [c.head for c in kind.columns if c.required and c.field not in head.fields]
    batch.told = {"missing": missing}
    batch.stage = Stage.ASKING if missing else Stage.READING
    batch.corrects = batch.corrects or corrected(batch, head.sheet_name)
    batch.save(update_fields=["sheets", "head", "told", "stage", "corrects"])


def corrected(batch: Batch, sheet_name: str) -> Batch | None:
    """The batch whose refused rows this is: the sheet that was fetched is named after it."""
    said = CORRECTION.match(sheet_name)
    if said is None:
        return None
    same = Batch.objects.filter(kind=batch.kind, org=batch.org, pk=int(said[1]))
    return same.exclude(pk=batch.pk).first()


def judge_again(batch: Batch, kind: Kind, clerk: Clerk, work: Work) -> None:
    """Hold all rows against what is on record now, by another key or at a later hour.

    Another key means other people, so who comes twice in the list is found anew as well.
    """
    total = sum(batch.counts.values())
    judged, done, sameness = work.kept.get("judged", 0), 0, Sameness(clerk, kind.same)
    for chunk in batch.chunks.order_by("number").iterator(chunk_size=20):
        if chunk.number > judged:
            _judge(chunk, clerk, work)
        rows = rows_of(chunk)
        for row, finding in zip(rows, findings_of(chunk), strict=True):
            sameness.meet(row, finding)
        done += len(rows)
        work.advance(done, total, "正在核对")
    sameness.settle(batch)
    batch.counts = counts_of(batch)
    batch.stage = Stage.PREVIEWED
    batch.save(update_fields=["counts", "stage"])


def _judge(chunk: Chunk, clerk: Clerk, work: Work) -> None:
    rows = rows_of(chunk)
    for row in rows:
        row.doubts, row.stops, row.claimed = [], [], []
    fill(chunk, rows, clerk)
    with transaction.atomic():
        chunk.save(update_fields=["rows", "findings", "verdicts"])
        work.keep(judged=chunk.number)
