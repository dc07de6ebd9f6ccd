"""Pinyin, initials, and surnames that are read their own way."""

from __future__ import annotations

import pytest

from gonghui.kit.text import initials, name_pinyin, pinyin, whole_name


def test_pinyin_and_initials_of_plain_text():
    assert pinyin("安澜市总工会") == "anlanshizonggonghui"
    assert initials("安澜市总工会") == "alszgh"
    assert pinyin("A3班") == "a3ban"


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单明", ("shanming", "sm")),
        ("曾丽", ("zengli", "zl")),
        ("令狐冲", ("linghuchong", "lhc")),
        ("长孙慧", ("zhangsunhui", "zsh")),
        ("王芳", ("wangfang", "wf")),
        ("解", ("xie", "x")),
    ],
)
def test_a_surname_is_read_as_a_surname(name, reading):
    assert name_pinyin(name) == reading


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("邱　雨", "邱雨"),
        (" 欧阳 娜 ", "欧阳娜"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 . 艾力", "买买提·艾力"),
        ("Anna Schmidt", "Anna Schmidt"),
        ("王 Anna", "王 Anna"),
    ],
)
def test_a_name_spread_out_to_fill_a_column_is_one_name(typed, name):
    assert whole_name(typed) == name
