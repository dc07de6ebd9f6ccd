"""Formulas between the cells of a form: read, checked for units and circles, worked out exactly.

``A1 + A2``, ``B1 ÷ A1 × 100``; ``@A1`` is what the cell said a year before. What is not known makes
the whole unknown and never nought.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

CODE = r"[A-Z]\d{1,3}"
TOKEN = re.compile(rf"\s*(?:(?P<code>@?{CODE})|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()]))")
SAME = str.maketrans("＋－−×÷／＊（）＠", "+--*//*()@")
SIGNS = {"<=": "不大于", ">=": "不小于", "=": "等于"}
LONGEST = 300
Values = Mapping[str, Fraction | None]


class Mistake(ValueError):
    """A formula that cannot be read or does not add up; the message is a sentence."""


@dataclass(frozen=True)
class Number:
    """A figure written out."""

    value: Fraction


@dataclass(frozen=True)
class Code:
    """A cell, of this form or as it was a year before."""

    name: str
    is_last: bool = False


@dataclass(frozen=True)
class Pair:
    """Two parts and what is done with them."""

    sign: str
    left: Node
    right: Node


Node = Number | Code | Pair


def read(text: str) -> Node:
    """The formula as a tree; what makes no sense is refused with a sentence."""
    said = text.upper().translate(SAME).strip()
    if not said or len(said) > LONGEST:
        raise Mistake("请写算式，例如 A1 + A2。")
    return _Reader(list(_tokens(said))).whole()


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise Mistake(
                f"算式里的“{text[at:].strip()[:10]}”认不出来，请只用编号、数字和 + − × ÷。"
            )
        yield found[0].strip()
        at = found.end()


class _Reader:
    """Reads by precedence: what is multiplied binds closer than what is added."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def whole(self) -> Node:
        node = self._row("+-")
        if self.tokens:
            raise Mistake(f"算式写到“{self.tokens[0]}”读不下去了，请检查括号和加减号。")
        return node

    def _row(self, signs: str) -> Node:
        below = self._one if signs == "*/" else lambda: self._row("*/")
        node = below()
        while self.tokens and self.tokens[0] in signs:
            node = Pair(self.tokens.pop(0), node, below())
        return node

    def _one(self) -> Node:
        token = self.tokens.pop(0) if self.tokens else ""
        if token == "(":  # noqa: S105  # a bracket, no password
            node = self._row("+-")
            if not self.tokens or self.tokens.pop(0) != ")":
                raise Mistake("算式的括号没有配对。")
            return node
        if re.fullmatch(f"@?{CODE}", token):
            return Code(token.removeprefix("@"), token.startswith("@"))
        if token and token[0].isdigit():
            return Number(Fraction(token))
        raise Mistake("算式不完整，加减乘除的两边都要有编号或数字。")


def codes(node: Node) -> list[Code]:
    """Every cell it speaks of, in order."""
    if isinstance(node, Pair):
        return [*codes(node.left), *codes(node.right)]
    return [node] if isinstance(node, Code) else []


def worked_out(node: Node, now: Values, last: Values) -> Fraction | None:
    """The result; None where a part is not known or nothing can be divided by."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Code):
        return (last if node.is_last else now).get(node.name)
    left, right = worked_out(node.left, now, last), worked_out(node.right, now, last)
    if left is None or right is None:
        return None
    if node.sign == "/":
        return left / right if right else None
    return {"+": left + right, "-": left - right, "*": left * right}[node.sign]


def unit_of(node: Node, units: Mapping[str, str]) -> str | None:
    """In what the result is counted: "" where units were mixed by × or ÷, None for a bare number.

    What is added must be of one unit: 人 and 人次 are never put together.
    """
    if isinstance(node, Number):
        return None
    if isinstance(node, Code):
        if node.name not in units:
            raise Mistake(f"没有编号为 {node.name} 的栏目。")
        return units[node.name]
    left, right = unit_of(node.left, units), unit_of(node.right, units)
    if node.sign in "+-":
        if left and right and left != right:
            raise Mistake(f"“{left}”和“{right}”不是同一个单位，不能相加减。")
        return left or right
    if node.sign == "/" and left == right:
        return None
    return (left if right is None else "") if node.sign == "/" or left else right


def in_order(formulas: Mapping[str, Node]) -> list[str]:
    """The cells that are worked out, each after those it needs; a circle is refused."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise Mistake(f"{'、'.join(above[above.index(name) :])} 互相计算，成了循环。")
        if name in formulas and name not in found:
            for one in codes(formulas[name]):
                if not one.is_last:
                    visit(one.name, (*above, name))
            found.append(name)

    for name in formulas:
        visit(name, ())
    return found


def holds(sign: str, left: Fraction | None, right: Fraction | None) -> bool | None:
    """Whether one side stands to the other as said; None where a side is not known."""
    if left is None or right is None:
        return None
    return {"<=": left <= right, ">=": left >= right, "=": left == right}[sign]


def written(node: Node, place: Callable[[Code], str]) -> str:
    """The formula as a spreadsheet has it; ``place`` says where a cell stands."""
    if isinstance(node, Number):
        return f"{float(node.value):g}"
    if isinstance(node, Code):
        return place(node)
    return f"({written(node.left, place)}{node.sign}{written(node.right, place)})"


def said(node: Node) -> str:
    """The formula as people read it."""
    if isinstance(node, Number):
        return f"{float(node.value):g}"
    if isinstance(node, Code):
        return f"上年 {node.name}" if node.is_last else node.name
    sign = {"*": "×", "/": "÷", "-": "−"}.get(node.sign, node.sign)
    left = _part(node.left, needs=node.sign in "*/", of="+-")
    right = _part(node.right, needs=node.sign != "+", of="+-*/" if node.sign in "*/" else "+-")
    return f"{left} {sign} {right}"


def _part(node: Node, *, needs: bool, of: str) -> str:
    """In brackets where it would be read otherwise without."""
    return (
        f"（{said(node)}）" if needs and isinstance(node, Pair) and node.sign in of else said(node)
    )
