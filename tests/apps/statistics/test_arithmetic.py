"""Formulas between cells: read, refused, worked out, written for a spreadsheet."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.statistics.engine import arithmetic, spread
from gonghui.apps.statistics.engine.arithmetic import Code, Mistake, read
from gonghui.apps.statistics.engine.shipped import TEMPLATES

UNITS = {"A1": "人", "A2": "人", "B1": "人次", "C1": "次"}
KNOWN = {"A1": Fraction(8), "A2": Fraction(2), "B1": Fraction(30), "C1": Fraction(0)}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1 + A2", 10),
        ("A1－A2", 6),
        ("a2 ÷ A1 × 100", 25),
        ("A1 - A2 - A2", 4),
        ("A1 ÷ (A2 + A2)", 2),
        ("B1 ÷ C1", None),
        ("A1 + A9", None),
        ("A1 - @A1", 3),
        ("@A2 + A1", None),
    ],
)
def test_formula_is_worked_out_and_what_is_unknown_stays_unknown(formula, result):
    assert arithmetic.worked_out(read(formula), KNOWN, {"A1": Fraction(5)}) == result


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("", "请写算式"),
        ("A1 +", "不完整"),
        ("(A1 + A2", "没有配对"),
        ("A1 A2", "读不下去"),
        ("=cmd|' /C calc'!A0", "认不出来"),
        ("A1 + A2)", "读不下去"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(formula, words):
    with pytest.raises(Mistake, match=words):
        read(formula)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [("A1 + A2", "人"), ("A1 ÷ A2 × 100", None), ("B1 ÷ C1", ""), ("A1 × 2", "人"), ("2", None)],
)
def test_unit_of_a_formula_is_known(formula, unit):
    assert arithmetic.unit_of(read(formula), UNITS) == unit


def test_units_are_never_mixed_and_unknown_cells_are_named():
    with pytest.raises(Mistake, match="“人”和“人次”"):
        arithmetic.unit_of(read("A1 + B1"), UNITS)
    with pytest.raises(Mistake, match="没有编号为 Z9 的栏目"):
        arithmetic.unit_of(read("Z9"), UNITS)


def test_cells_are_worked_out_after_those_they_need_and_circles_are_refused():
    formulas = {"A3": read("A2 + A1"), "A2": read("A1 × 2")}

    assert arithmetic.in_order(formulas) == ["A2", "A3"]
    assert arithmetic.in_order({"A1": read("@A1 + B1")}) == ["A1"]
    with pytest.raises(Mistake, match="循环"):
        arithmetic.in_order({"A1": read("A2"), "A2": read("A1")})


@given(
    st.recursive(
        st.sampled_from(["A1", "A2", "B1", "7", "@A2"]),
        lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(
            lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"
        ),
        max_leaves=8,
    )
)
def test_what_is_said_of_a_formula_reads_back_as_the_same(formula):
    """Said to people and read again, and written for a sheet, it comes to the same."""
    node, last = read(formula), {"A2": Fraction(4)}
    told = read(arithmetic.said(node).replace("上年 ", "@"))
    cells = {"A1": 8, "A2": 2, "B1": 30, "L2": 4}

    result = arithmetic.worked_out(node, KNOWN, last)

    assert arithmetic.worked_out(told, KNOWN, last) == result
    if result is not None:
        written = arithmetic.written(node, lambda code: "L2" if code.is_last else code.name)
        exact = {name: Fraction(value) for name, value in cells.items()}
        assert eval(written, {}, exact) == pytest.approx(float(result))


def test_codes_are_named_in_order():
    assert arithmetic.codes(read("A1 + @B2 × 3")) == [Code("A1"), Code("B2", True)]


@pytest.mark.parametrize(
    ("sign", "left", "right", "holds"),
    [("<=", 2, 2, True), ("<=", 3, 2, False), ("=", 2, 2, True), ("=", 2, 3, False),
     (">=", 2, 2, True), (">=", 1, 2, False), ("=", None, 2, None)],
)  # fmt: skip
def test_a_check_stands_on_both_sides_of_its_limit(sign, left, right, holds):
    sides = [None if one is None else Fraction(one) for one in (left, right)]

    assert arithmetic.holds(sign, *sides) is holds


def test_far_out_needs_enough_units_that_differ():
    figures = [Fraction(n) for n in range(1, 9)]

    low, high = spread.fences(figures)

    assert low < 1 < 8 < high < 40
    assert spread.fences(figures[:7]) is None
    assert spread.fences([Fraction(3)] * 9) is None
    assert spread.change(Fraction(12), Fraction(10)) == Fraction(1, 5)
    assert spread.change(Fraction(12), Fraction(0)) is None


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_shipped_forms_add_up_and_say_that_they_are_examples(template):
    units = {line.code: line.unit for line in template.lines}
    formulas = {line.code: read(line.formula) for line in template.lines if line.formula}

    arithmetic.in_order(formulas)

    assert len(units) == len(template.lines)
    assert template.size in units
    assert "示例" in template.basis
    for code, node in formulas.items():
        assert arithmetic.unit_of(node, units) in (None, "", units[code])
    for check in template.checks:
        for side in (check.left, check.right):
            assert {one.name for one in arithmetic.codes(read(side))} <= set(units)


def test_the_fifteen_tables_and_the_monthly_form_are_there():
    assert [one.code for one in TEMPLATES] == [*(f"T{n:02}" for n in range(1, 16)), "M01"]
