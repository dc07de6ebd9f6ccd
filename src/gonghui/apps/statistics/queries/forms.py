"""A form as it is designed: its cells in their parts, and what keeps it from being issued."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gonghui.core.indicators.registry import PERCENT, UNITS, Indicator, indicators

from ..engine import arithmetic
from ..engine.arithmetic import Mistake, Node
from ..models import Cell, Form, Relation

CODE = re.compile(arithmetic.CODE)


@dataclass(frozen=True)
class Row:
    """A cell as the form shows it; ``opens`` is the part it begins."""

    cell: Cell
    opens: str
    source: str
    fault: str


def rows_of(form: Form) -> list[Row]:
    """The cells in their order; one query."""
    cells = list(form.cells.all())
    units = {one.code: one.unit for one in cells}
    found, part = [], ""
    for cell in cells:
        opens = cell.section if cell.section != part else ""
        part = cell.section
        found.append(Row(cell, opens, _source(cell), _fault(cell, units)))
    return found


def _source(cell: Cell) -> str:
    if cell.is_counted:
        found = indicators.get(cell.indicator)
        return f"{found.title}（{found.unit}）" if found else ""
    if cell.is_formula:
        return _said(cell.formula)
    return ""


def _said(formula: str) -> str:
    try:
        return arithmetic.said(arithmetic.read(formula))
    except Mistake:
        return formula


def _fault(cell: Cell, units: dict[str, str]) -> str:
    if not CODE.fullmatch(cell.code):
        return "编号要写成一个大写字母加数字，例如 A1。"
    if cell.is_counted:
        return _indicator_fault(cell)
    if not cell.is_formula:
        return ""
    try:
        node = arithmetic.read(cell.formula)
        unit = arithmetic.unit_of(node, units)
    except Mistake as mistake:
        return str(mistake)
    if unit and unit != cell.unit:
        return f"算出来的单位是“{unit}”，与本栏的“{cell.unit}”不符。"
    return ""


def _indicator_fault(cell: Cell) -> str:
    found = indicators.get(cell.indicator)
    if not isinstance(found, Indicator):
        return "请选择由哪个指标计算。"
    if found.unit != cell.unit:
        return f"指标的单位是“{found.unit}”，与本栏的“{cell.unit}”不符。"
    return ""


def relation_fault(relation: Relation, units: dict[str, str]) -> str:
    """What is wrong with the two sides of a check, in a sentence."""
    try:
        for side in (relation.left, relation.right):
            arithmetic.unit_of(arithmetic.read(side), units)
    except Mistake as mistake:
        return str(mistake)
    return ""


def units_of(form: Form) -> dict[str, str]:
    return dict(form.cells.values_list("code", "unit"))


def faults_of(form: Form) -> list[str]:
    """Everything that keeps a form from being issued, in sentences."""
    rows = rows_of(form)
    if not rows:
        return ["还没有栏目。"]
    found = [f"{row.cell}：{row.fault}" for row in rows if row.fault]
    units = {row.cell.code: row.cell.unit for row in rows}
    if not found:
        try:
            order_of(row.cell for row in rows)
        except Mistake as mistake:
            found.append(str(mistake))
    if form.size and form.size not in units:
        found.append(f"衡量单位大小的栏目 {form.size} 不在表里。")
    for relation in form.relations.all():
        if fault := relation_fault(relation, units):
            found.append(f"核对关系 {relation.left} {relation.sign} {relation.right}：{fault}")
    return found


def order_of(cells: Iterable[Cell]) -> list[tuple[str, Node]]:
    """The cells that are worked out with their formulas, each after those it needs."""
    formulas = {one.code: arithmetic.read(one.formula) for one in cells if one.is_formula}
    return [(code, formulas[code]) for code in arithmetic.in_order(formulas)]


def offered() -> list[tuple[str, str]]:
    """Indicators a cell may show: those that are counted; a rate is worked out in the form."""
    return [
        (code, f"{one.title}（{one.unit}）")
        for code, one in indicators.items()
        if isinstance(one, Indicator)
    ]


def units_offered() -> list[tuple[str, str]]:
    return [(one, one) for one in (*(unit for unit in UNITS if unit != PERCENT), PERCENT)]
