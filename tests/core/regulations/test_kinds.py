"""What a person may type for each kind of value, and what is refused with which sentence."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.regulations.figures import Figure
from gonghui.core.regulations.kinds import KINDS
from gonghui.kit.errors import DomainError


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("integer", " ２５ ", 25),
        ("percent", "5%", "5"),
        ("percent", "２．５０％", "2.5"),
        ("percent", "100", "100"),
        ("fraction", "2／3", "2/3"),
        ("integers", "30、90，180 90", [180, 90, 30]),
        ("bands", "201-1000：7-15\n25～200人：3－7人", [[25, 200, 3, 7], [201, 1000, 7, 15]]),
        ("bands", "50001人以上:37-45", [[50001, None, 37, 45]]),
        ("bands", "0-24：3", [[0, 24, 3, 3]]),
    ],
)
def test_words_of_a_person_are_read(kind, text, kept):
    assert KINDS[kind].parse(text) == kept


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("integer", "-3", "整数"),
        ("integer", "二十五", "整数"),
        ("percent", "101", "百分数"),
        ("percent", "NaN", "百分数"),
        ("percent", "五", "百分数"),
        ("fraction", "3/2", "分数"),
        ("fraction", "1/0", "分数"),
        ("integers", "", "整数"),
        ("integers", "三十", "整数"),
        ("bands", "", "每行填一档"),
        ("bands", "很多人：三人", "没有读懂"),
        ("bands", "25-200：7-3", "前后颠倒"),
        ("bands", "25-200：3-7；200-1000：7-15", "重叠"),
        ("bands", "25以上：3-7；201-1000：7-15", "重叠"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(kind, text, sentence):
    with pytest.raises(DomainError, match=sentence):
        KINDS[kind].parse(text)


@given(st.decimals(min_value=0, max_value=100, places=3))
def test_percentage_is_exact(value):
    kept = KINDS["percent"].parse(str(value))

    assert KINDS["percent"].typed(kept) == Fraction(value) / 100


@given(st.lists(st.integers(0, 10**9 - 1), min_size=1, max_size=5, unique=True))
def test_numbers_read_back(numbers):
    kind = KINDS["integers"]
    kept = sorted(numbers, reverse=True)

    assert kind.parse(kind.written(kept)) == kept


def test_words_say_the_unit():
    assert KINDS["fraction"].told("2/3", "") == "三分之二"
    assert KINDS["fraction"].told("1/20", "") == "20 分之 1"
    assert KINDS["integers"].told([5, 3], "年") == "5、3 年"
    assert KINDS["bands"].told([[0, 24, 3, 5], [25, None, 9, 9]], "人") == (
        "0-24 人：3-5 人；25 人以上：9 人"
    )
    assert KINDS["bands"].told([[0, None, 9, 11]], "人") == "9-11 人"


def test_choice_is_one_of_those_given():
    figure = Figure("basis", "按谁计数", "组织", "choice", choices=(("a", "女会员"),))

    assert figure.told(figure.parse("a")) == "女会员"
    with pytest.raises(DomainError, match="选一项"):
        figure.parse("b")
