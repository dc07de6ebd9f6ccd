"""Sheets are read for what they are, and refused each with its sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date

import pytest

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.sheets import refusals, sniffing
from gonghui.core.sheets.reader import WORKER, open_sheets
from gonghui.core.sheets.sniffing import kind_of

from .sheet_files import OLD_BOOK, bomb, lying_bomb, ole, with_part, xlsx, xlsx_with

HEAD = ["姓名", "年龄"]


def read(data: bytes, name: str = "花名册.xlsx", sheet: int = 0):
    kind = kind_of(io.BytesIO(data), name)
    with open_sheets(kind, [data], len(data)) as reading:
        rows = [row for piece in reading.rows(sheet) for row in piece.rows]
        return reading.sheets, rows


def refused(data: bytes, name: str = "花名册.xlsx") -> str:
    with pytest.raises(Unreadable) as error:
        read(data, name)
    return error.value.sentence


def test_numbers_days_and_text_keep_what_they_are():
    data = xlsx(("表", [HEAD, ["安澜", 30], ["李勤", 30.5], ["王强", date(2026, 1, 5)]]))

    sheets, rows = read(data)

    assert [(s.name, s.shown, s.lines) for s in sheets] == [("表", True, 4)]
    assert rows == [HEAD, ["安澜", 30], ["李勤", 30.5], ["王强", "\x012026-01-05"]]


def test_rows_keep_the_numbers_they_have_in_the_spreadsheet():
    data = xlsx_with(lambda book, sheet: sheet.write_row(3, 2, HEAD))

    _, rows = read(data)

    assert rows == [[], [], [], ["", "", *HEAD]]


def test_hidden_rows_and_hidden_sheets_are_told():
    def change(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["安澜", 1])
        sheet.write_row(2, 0, ["李勤", 2])
        sheet.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("离职").hide()

    data = xlsx_with(change)

    with open_sheets("xlsx", [data], len(data)) as reading:
        pieces = list(reading.rows(0))
    assert [p.hidden for p in pieces] == [frozenset({2})]
    assert [(s.name, s.shown) for s in reading.sheets] == [("表", True), ("离职", False)]


def test_an_old_book_is_read_like_a_new_one():
    sheets, rows = read(OLD_BOOK, "花名册.xls")

    assert sheets[0].name == "职工"
    assert rows[1] == ["安澜", "11010519491231002X", "\x011949-12-31", 12]


def test_a_book_under_the_wrong_name_is_read_for_what_it_is():
    _, rows = read(xlsx(("表", [HEAD])), "花名册.xls")

    assert rows == [HEAD]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding(encoding, delimiter):
    text = "".join(f"{delimiter.join(row)}\r\n" for row in [HEAD, ["安澜", "030"]] * 20)

    _, rows = read(text.encode(encoding), "花名册.csv")

    assert rows[:2] == [HEAD, ["安澜", "030"]]
    assert len(rows) == 40


def test_text_keeps_quoted_lines_and_loses_what_only_guarded_digits():
    text = '姓名,备注,卡号\n安澜,"第一行\n第二行,完","=""00123"""\n李勤,,\'00456\n王强,,789\t\n'

    _, rows = read(text.encode(), "a.csv")

    assert rows[1:] == [
        ["安澜", "第一行\n第二行,完", "00123"],
        ["李勤", "", "00456"],
        ["王强", "", "789"],
    ]


def test_tabs_called_xls_are_read():
    _, rows = read("姓名\t年龄\n安澜\t30\n".encode("gbk"), "导出.xls")

    assert rows == [HEAD, ["安澜", "30"]]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.xlsx", refusals.EMPTY),
        (b"hello", "a.xlsx", refusals.CORRUPT),
        (b"hello", "a.zip", refusals.ARCHIVE),
        (b"hello", "a.pages", refusals.UNKNOWN_NAME),
        (b"\0" * 500, "a.csv", refusals.NOT_A_SHEET),
        (b"%PDF-1.7", "a.csv", refusals.PDF),
        (b"\x89PNG\r\n", "a.xlsx", refusals.IMAGE),
        (b"Rar!\x1a\x07\0", "a.xlsx", refusals.ARCHIVE),
        (b"{\\rtf1", "a.xls", refusals.RICH_TEXT),
        (b" <HTML><table>", "a.xls", refusals.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook>', "a.xls", refusals.WEB_PAGE),
        (ole("EncryptedPackage"), "a.xlsx", refusals.ENCRYPTED),
        (ole("Workbook", "_VBA_PROJECT_CUR", "_VBA_PROJECT"), "a.xls", refusals.MACROS),
        (ole("WordDocument"), "a.xls", refusals.WORD),
        (ole("PowerPoint Document"), "a.xls", refusals.SLIDES),
        (ole("Something"), "a.xls", refusals.NOT_A_SHEET),
        (ole("Workbook"), "a.xls", refusals.CORRUPT),
        (with_part(xlsx(("表", [HEAD])), "xl/vbaProject.bin"), "a.xlsx", refusals.MACROS),
        (with_part(xlsx(("表", [HEAD])), "xl/workbook.bin"), "a.xlsx", refusals.OTHER_BOOK),
        (xlsx(("表", [HEAD]))[:-40], "a.xlsx", refusals.CORRUPT),
        (bomb(), "a.xlsx", refusals.BOMB),
        (lying_bomb(), "a.xlsx", refusals.CORRUPT),
        ("姓名,年龄\n".encode() + b"\xff\xff\x80\xff", "a.csv", refusals.GARBLED),
    ],
)
def test_what_is_no_good_sheet_is_refused_in_words(data, name, sentence):
    assert refused(data, name) == sentence


def test_a_word_file_or_plain_archive_is_not_called_broken():
    word = with_part(b"PK\x05\x06" + b"\0" * 18, "word/document.xml")
    other = with_part(b"PK\x05\x06" + b"\0" * 18, "readme.txt")

    assert refused(word) == refusals.WORD
    assert refused(other) == refusals.ARCHIVE


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(sniffing, "LARGEST_SHEET", 10)

    assert refused(b"0123456789a", "a.csv") == refusals.TOO_LARGE


def test_a_reader_that_needs_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr("gonghui.core.sheets.reader.MEMORY", 60 * 2**20)
    data = ("姓名,年龄\n" * 2_000_000).encode()

    assert refused(data, "a.csv") == refusals.HEAVY


def test_the_worker_ends_by_itself_when_nobody_asks_further():
    data = xlsx(("表", [HEAD]))
    command = [sys.executable, "-I", str(WORKER), "xlsx", str(3 * 2**30), "60"]

    done = subprocess.run(
        command, input=b"%d\n" % len(data) + data, capture_output=True, timeout=30, check=True
    )

    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(one) for one in said] == [["sheets"]]
