"""Sheets in which nothing runs and nothing is lost."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from gonghui.kit import sheets
from gonghui.kit.errors import DomainError
from gonghui.kit.sheets import Column, opens_formula, write_xlsx

COLUMNS = [Column("内容", 40), Column("数", 10, "number"), Column("日期", 12, "date")]


# What the reader gives for a cell that holds a day: sheets know no time zones.
DAY = datetime.fromisoformat("2025-03-01")
NEXT_MORNING = datetime.fromisoformat("2025-03-02 04:00")


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_a_sheet_has_title_note_heads_and_rows():
    sheet = opened(
        write_xlsx("任务一览", COLUMNS, [["建会", 3, date(2025, 3, 1)]], note="筛选：三月")
    )

    assert sheet.title == "任务一览"
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["任务一览", None, None],
        ["筛选：三月", None, None],
        ["内容", "数", "日期"],
        ["建会", 3, DAY],
    ]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "  =1",
        "\n=cmd|' /C'!A0",
    ],
)
def test_nothing_typed_becomes_a_formula(text):
    sheet = opened(write_xlsx("表", COLUMNS, [[text, text, text]]))

    assert opens_formula(text)
    for cell in sheet[3]:
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.value == text.replace("\r", "\n")


def test_neither_does_a_title_a_note_or_a_head():
    heads = [Column("-1+1", 9), Column("数", 9)]
    for columns in (heads, heads[:1]):
        sheet = opened(write_xlsx("=1+1", columns, [["x"] * len(columns)], note="@SUM(A1)"))

        said = [sheet.cell(row, 1) for row in (1, 2, 3)]
        assert [cell.value for cell in said] == ["=1+1", "@SUM(A1)", "-1+1"]
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in said)
    assert not opened(write_xlsx("任务", heads, []))["A1"].quotePrefix


def test_harmless_text_is_not_marked():
    (cell, *_) = opened(write_xlsx("表", COLUMNS, [["一、建会=3家"]]))[3]

    assert not opens_formula("一、建会=3家")
    assert (cell.value, bool(cell.quotePrefix)) == ("一、建会=3家", False)


def test_long_numbers_stay_whole_as_text_and_blanks_stay_blank():
    rows = [
        ["6222021234567890123", 12345678901234567890, None],
        [None, Decimal("12.50"), "待填"],
        ["http://example.invalid", float("nan"), datetime(2025, 3, 1, 20, tzinfo=UTC)],
        ["", True, date(2025, 3, 1), "多出来的"],
    ]

    sheet = opened(write_xlsx("表", COLUMNS, rows))

    assert [[c.value for c in row] for row in sheet.iter_rows(min_row=3)] == [
        ["6222021234567890123", "12345678901234567890", None],
        [None, 12.5, "待填"],
        ["http://example.invalid", "nan", NEXT_MORNING],
        [None, "True", DAY],
    ]


def test_a_column_of_any_kind_holds_days_numbers_and_words():
    rows = [[date(2025, 3, 1)], [3], ["待填"], ["3"], [12345678901234567890], [None]]

    sheet = opened(write_xlsx("表", [Column("数", 12, "any")], rows))

    said = [row[0].value for row in sheet.iter_rows(min_row=3)]
    assert said == [DAY, 3, "待填", "3", "12345678901234567890", None]


def test_too_long_text_says_that_it_was_cut():
    (cell, *_) = opened(write_xlsx("表", COLUMNS, [["字" * 40_000]]))[3]

    assert len(cell.value) == sheets.LONGEST_TEXT
    assert cell.value.endswith(sheets.CUT)


def test_sheet_names_hold_what_excel_allows():
    assert opened(write_xlsx("一/二[三]:四'" + "长" * 40, COLUMNS, [])).title == (
        "一 二 三  四 " + "长" * 22
    )
    assert opened(write_xlsx("'?'", [Column("单列")], [])).title == "表"


def test_wide_sheets_lie_on_their_side():
    wide = opened(write_xlsx("表", [Column("宽", 50), Column("宽", 50)], []))

    assert wide.page_setup.orientation == "landscape"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)

    with pytest.raises(DomainError, match="先筛选"):
        write_xlsx("表", COLUMNS, [["a"]] * 4)
