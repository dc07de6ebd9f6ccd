"""Marks, totals and grades, on both sides of every limit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.evaluation.engine.marking import (
    Line,
    Rule,
    fault_of,
    grade,
    marks_of,
    places,
    said,
    total,
)

BANDS = {"标兵": Fraction(90), "先进": Fraction(80), "合格": Fraction(60)}


def linear(weight: int, none: int, full: int) -> Rule:
    return Rule("linear", Fraction(weight), Fraction(full), Fraction(none))


@pytest.mark.parametrize(
    ("value", "marks"), [(49, 0), (50, 0), (70, 4), (89, Fraction(39, 5)), (90, 8), (120, 8)]
)
def test_linear_gives_in_proportion_between_its_ends(value, marks):
    assert marks_of(linear(8, 50, 90), value) == marks


@pytest.mark.parametrize(("value", "marks"), [(0, 6), (2, 3), (4, 0), (9, 0)])
def test_linear_may_fall(value, marks):
    assert marks_of(linear(6, 4, 0), value) == marks


@pytest.mark.parametrize(("value", "marks"), [(0, 0), (2, 4), (3, 5), (9, 5)])
def test_each_is_capped_by_the_weight(value, marks):
    assert marks_of(Rule("each", Fraction(5), each=Fraction(2)), value) == marks


@pytest.mark.parametrize(("value", "marks"), [(0, 6), (2, 2), (3, 0), (4, 0)])
def test_deduct_never_falls_below_nought(value, marks):
    assert marks_of(Rule("deduct", Fraction(6), each=Fraction(2)), value) == marks


def test_ticks_add_up_and_a_level_is_one():
    options = (("文件", Fraction(2)), ("计划", Fraction(3)))

    assert marks_of(Rule("ticks", Fraction(5), options=options), {"文件", "计划"}) == 5
    assert marks_of(Rule("ticks", Fraction(5), options=options), {"别的"}) == 0
    assert marks_of(Rule("level", Fraction(3), options=options), "计划") == 3


@pytest.mark.parametrize(("value", "marks"), [(-1, 0), (7, 7), (11, 10)])
def test_a_rater_gives_no_more_than_there_is(value, marks):
    assert marks_of(Rule("mark", Fraction(10)), value) == marks


@pytest.mark.parametrize("method", ["linear", "each", "deduct", "ticks", "level", "mark", "veto"])
def test_what_is_not_known_gives_no_marks_and_not_nought(method):
    assert marks_of(Rule(method, Fraction(10)), None) is None


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule("linear", Fraction(5), Fraction(9)), "请填写满分值和零分值。"),
        (linear(5, 9, 9), "满分值和零分值不能相同。"),
        (Rule("each", Fraction(5)), "请填写每一项加（扣）多少分。"),
        (Rule("level", Fraction(5)), "请写出各个选项和分值。"),
        (
            Rule("ticks", Fraction(5), options=(("甲", Fraction(2)), ("乙", Fraction(2)))),
            "各选项的合计是 4 分，与本项分值 5 分不符。",
        ),
        (linear(5, 0, 9), ""),
        (Rule("mark", Fraction(5)), ""),
    ],
)
def test_fault_says_what_is_missing(rule, fault):
    assert fault_of(rule) == fault


@pytest.mark.parametrize(
    ("marks", "title"),
    [(90, "标兵"), (Fraction(8999, 100), "先进"), (80, "先进"), (60, "合格"), (59, "")],
)
def test_a_grade_begins_at_its_limit(marks, title):
    sheet = total([Line("A", Rule("mark", Fraction(100)), Fraction(marks))])

    assert grade(sheet, BANDS) == title


def test_an_open_item_leaves_the_grade_open():
    sheet = total(
        [
            Line("A", Rule("mark", Fraction(90)), Fraction(90)),
            Line("B", Rule("mark", Fraction(10)), None),
        ]
    )

    assert (sheet.marks, sheet.open, sheet.is_settled) == (90, ("B",), False)
    assert grade(sheet, BANDS) == ""


def test_a_veto_that_happened_forbids_every_grade():
    full = Line("A", Rule("mark", Fraction(100)), Fraction(100))
    veto = Rule("veto", Fraction(0))

    assert grade(total([full, Line("V", veto, None)]), BANDS) == "标兵"
    assert grade(total([full, Line("V", veto, None, happened=True)]), BANDS) == ""


def test_bonus_is_capped_and_never_awaited():
    lines = [
        Line("A", Rule("mark", Fraction(100)), Fraction(85)),
        Line("B", Rule("mark", Fraction(9)), Fraction(9), is_bonus=True),
        Line("C", Rule("mark", Fraction(9)), None, is_bonus=True),
    ]

    sheet = total(lines, Fraction(5))

    assert (sheet.marks, sheet.is_settled) == (90, True)


def test_a_tie_is_a_tie():
    marks = {"甲": Fraction(9), "乙": Fraction(8), "丙": Fraction(8), "丁": Fraction(7)}

    assert places(marks) == {"甲": 1, "乙": 2, "丙": 2, "丁": 4}


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("20/3", "6.67"),
        ("15/2", "7.5"),
        ("8", "8"),
        ("0", "0"),
        ("1/200", "0.01"),
        ("-3/2", "-1.5"),
    ],
)
def test_marks_are_said_in_two_decimals(marks, words):
    assert said(Fraction(marks)) == words


@given(
    st.fractions(0, 100),
    st.fractions(-1000, 1000),
    st.fractions(-1000, 1000),
    st.fractions(-2000, 2000),
)
def test_linear_stays_within_its_weight_and_never_turns(weight, none, full, value):
    if none == full:
        return
    rule = Rule("linear", weight, full, none)

    marks, better = marks_of(rule, value), marks_of(rule, value + (full - none) / 7)

    assert marks is not None
    assert better is not None
    assert 0 <= marks <= better <= weight
