"""Cells are understood as people type them, and nothing is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.sheets import cells
from gonghui.core.sheets.cells import CellError, PartialDay


@given(st.dates(date(1920, 1, 1), date(2099, 12, 31)))
def test_every_spelling_of_a_day_is_that_day(day):
    year, month, number = day.year, day.month, day.day
    serial = (day - date(1899, 12, 30)).days

    for said in (
        f"{year}-{month}-{number}", f"{year}/{month:02}/{number:02}", f"{year}.{month}.{number}",
        f"{year}年{month}月{number}日", f"{year}{month:02}{number:02}", f"\x01{day}", serial,
        float(serial), f"{year}-{month:02}-{number:02} 00:00:00",
    ):  # fmt: skip
        assert cells.day(said) == day, said


@pytest.mark.parametrize(
    "said", ["2026.01", "2026年1月", "2026/1", "202601", 202601, "2026", 2026, 2026.1, 2026.01]
)
def test_less_than_a_day_is_no_day(said):
    with pytest.raises(PartialDay):
        cells.day(said)


@pytest.mark.parametrize("said", ["明天", "2026-13-01", "2026-02-30", "85.3.4", 5, "1月5日"])
def test_what_is_no_day_is_refused(said):
    with pytest.raises(CellError):
        cells.day(said)


@pytest.mark.parametrize(
    ("said", "code"),
    [(12.0, "12"), (12, "12"), ("１２３ ４", "1234"), ("11010519491231002x", "11010519491231002x")],
)
def test_codes_keep_every_digit(said, code):
    assert cells.code(said) == code


@pytest.mark.parametrize("said", [110105194912310029, 1.10105194912310e17, "1.10105E+17"])
def test_a_code_that_lost_its_digits_says_so(said):
    with pytest.raises(CellError, match="末几位丢失"):
        cells.code(said)


def test_words_lose_their_width_and_blanks_but_not_their_brackets():
    assert cells.text("　安澜（机械）Ａ１ \u200b") == "安澜（机械）A1"
    assert cells.text("安\n澜") == "安 澜"
    assert cells.text(3.0) == "3"


@pytest.mark.parametrize(("said", "count"), [(12, 12), (12.0, 12), ("1,200", 1200), ("３０人", 30)])
def test_counts_are_whole_numbers(said, count):
    assert cells.whole_number(said) == count


@pytest.mark.parametrize("said", [-1, 1.5, "若干"])
def test_what_is_no_count_is_refused(said):
    with pytest.raises(CellError):
        cells.whole_number(said)


def test_choices_are_known_by_label_value_and_other_words():
    parse = cells.choice({"a": "在编", "b": "合同制"}, {"正式工": "a"})

    assert [parse(said) for said in ("在编", " 合 同 制 ", "正式工", "b")] == ["a", "b", "a", "b"]
    with pytest.raises(CellError, match="请填其中一个：在编、合同制。"):
        parse("临时")


@pytest.mark.parametrize(
    ("said", "answer"), [("是", True), ("√", True), ("否", False), ("0", False), (1, True)]
)
def test_yes_and_no(said, answer):
    assert cells.yes_or_no(said) is answer


def test_long_words_and_unclear_answers_are_refused():
    with pytest.raises(CellError, match="最多 3 个字"):
        cells.short_text(3)("一二三四")
    with pytest.raises(CellError):
        cells.yes_or_no("也许")


@pytest.mark.parametrize(("said", "blank"), [("", True), ("无", True), ("/", True), (0, False)])
def test_signs_for_nothing_are_nothing(said, blank):
    assert cells.is_blank(said) is blank
