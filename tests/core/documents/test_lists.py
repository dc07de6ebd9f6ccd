"""Lists written out as they are shown: kinds of cells, and a paper that says where it stops."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pypdf

from gonghui.core.documents import lists
from gonghui.core.screens import sheets
from gonghui.core.screens.exports import Column, writers

COLUMNS = (
    Column("名称", lambda row: row[0], 40),
    Column("到期日期", lambda row: row[1], 12),
    Column("件数", lambda row: row[2], 8),
)
ROWS = [("读书会", None, 3), ("=1+1", date(2026, 3, 8), None)]


def cells(response) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def text(response) -> str:
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return "".join(page.extract_text() for page in reader.pages)


def test_writers_stand_ready_for_the_screens():
    assert set(writers) == {"xlsx", "pdf"}


def test_sheet_keeps_days_and_numbers_and_runs_nothing():
    head, first, second = cells(sheets.write_sheet("任务", COLUMNS, iter(ROWS)))[1:]

    assert head == ["名称", "到期日期", "件数"]
    assert first == ["读书会", None, 3]
    assert second[:2] == ["=1+1", datetime(2026, 3, 8)]  # noqa: DTZ001 — as the sheet holds it


def test_a_cell_is_what_it_holds_whatever_its_head_and_the_cells_above_it():
    columns = (
        Column("未定日期", lambda row: row[0]),
        Column("完成 %", lambda row: row[1]),
        Column("期限", lambda row: row[2]),
    )
    rows = [(1, None, "未定日期"), (0, 40, date(2026, 3, 8))]

    first, second = cells(sheets.write_sheet("按方面", columns, iter(rows)))[2:]

    assert first == [1, None, "未定日期"]
    assert second == [0, 40, datetime(2026, 3, 8)]  # noqa: DTZ001 — as the sheet holds it


def test_sheet_of_nothing_has_its_head():
    assert cells(sheets.write_sheet("任务", COLUMNS, iter([])))[1:] == [
        ["名称", "到期日期", "件数"]
    ]


def test_paper_shows_rows_and_says_when_it_stops(monkeypatch):
    moment = datetime(2026, 3, 8, 4, tzinfo=UTC)
    whole = text(lists.write_paper("任务", COLUMNS, [*ROWS, ("会议", moment, 1)]))
    monkeypatch.setattr(lists, "MOST_ON_PAPER", 1)
    cut = text(lists.write_paper("任务", (*COLUMNS, Column("说明", lambda row: "", 60)), ROWS))

    assert "2026-03-08 12:00" in whole
    assert "只列出前" not in whole
    assert "只列出前" in cut
    assert "=1+1" not in cut
