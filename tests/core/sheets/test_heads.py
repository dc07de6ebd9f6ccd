"""Heads are found among titles and notes, and columns by what they mean."""

from __future__ import annotations

import json

import pytest

from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column, folded, masked, take, with_synonyms
from gonghui.core.sheets.heads import find_head, first_rows, is_note
from gonghui.core.sheets.reader import SheetHead

COLUMNS = (
    Column("name", "姓名", synonyms=("名字",), required=True),
    Column("mobile", "手机号", cells.code, synonyms=("联系电话",), sealed=True),
    Column("joined_on", "入会日期", cells.day, strict=True),
    Column("born", "出生日期", cells.day),
)


def sheet(*rows, name="表", shown=True) -> SheetHead:
    return SheetHead(name, shown, len(rows), list(rows))


@pytest.mark.parametrize(
    "said",
    ["姓名", "姓 名", "*姓名", "姓名（必填）", "职工姓名", "会员 姓名：", "姓名\n(与身份证一致)"],
)
def test_a_head_means_the_same_however_it_is_dressed(said):
    assert folded(said) == "姓名"


def test_somebody_elses_name_is_another_column():
    assert folded("配偶姓名") == "配偶姓名"


def test_the_head_stands_below_titles_and_above_the_rows():
    found = find_head(
        [sheet(["花名册"], ["单位：", "某厂"], ["名字", "电话", "联系电话"], ["安澜"])], COLUMNS
    )

    assert (found.last_line, found.fields) == (3, ("name", "", "mobile"))


def test_a_head_of_two_rows_is_read_as_one():
    rows = (["姓名", "联系方式", ""], ["", "手机号", "邮箱"], ["安澜", "13800000000", ""])
    found = find_head([sheet(*rows)], COLUMNS)

    assert (found.last_line, found.labels) == (2, ("姓名", "手机号", "邮箱"))


def test_the_sheet_that_is_understood_best_is_read_and_hidden_ones_are_not():
    head = ["姓名", "手机号"]
    sheets = [sheet(["目录"]), sheet([*head, "入会日期"], shown=False), sheet(head)]

    assert find_head(sheets, COLUMNS).sheet == 2
    assert find_head(sheets, COLUMNS, 1).sheet == 1
    assert find_head([sheet(["a", "b"])], COLUMNS) is None


def test_a_field_goes_to_the_first_column_that_means_it():
    assert find_head([sheet(["姓名", "名字", "手机号"])], COLUMNS).fields == ("name", "", "mobile")


def test_where_nothing_is_understood_the_first_words_are_offered():
    assert first_rows(sheet(["标题"], ["甲", "乙"]), 0).labels == ("甲", "乙")
    assert first_rows(sheet(["标题"]), 0) is None


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (["合计", "30 人", "", "5"], True),
        (["填表说明：每人一行。"], True),
        (["姓名", "手机号"], True),
        (["例：安澜", "13800000000", "x"], True),
        (["这是一条很长的说明文字，不是数据"], True),
        (["安澜", "13800000000", "2020-01-01"], False),
        (["安澜"], False),
        (["", ""], False),
    ],
)
def test_notes_are_told_from_rows(row, note):
    assert is_note(row, ("姓名", "手机号")) is note


def test_a_row_is_understood_cell_by_cell_and_every_fault_is_told():
    mapping = list(enumerate(COLUMNS))

    taken = take(["安澜", "１３８", "2020.5", "1990.05"], mapping)

    assert taken.values == {"name": "安澜", "mobile": "138"}
    assert [problem[:4] for problem in taken.problems] == ["入会日期"]
    assert taken.remarks[0].endswith("这一项没有写入。")
    assert take(["", "1"], mapping).problems == ["没有填姓名。"]
    assert take(["安澜", "", "2020-05-01"], mapping).values["joined_on"] == "2020-05-01"


def test_what_must_not_be_read_over_a_shoulder_is_masked():
    assert masked("11010519491231002X") == "110105********002X"
    assert masked("13800000000") == "138****0000"
    assert masked("123") == "****"
    assert [COLUMNS[1].shown(v) for v in ("13800000000", None)] == ["138****0000", ""]
    assert COLUMNS[0].shown(True) == "是"


def test_synonyms_of_unknown_columns_are_a_fault(tmp_path):
    file = tmp_path / "heads.json"
    file.write_text(json.dumps({"nobody": ["谁"]}), encoding="utf-8")

    with pytest.raises(ValueError, match="nobody"):
        with_synonyms(COLUMNS, file)
