"""How a value becomes marks, and marks a total and a grade; exact fractions throughout.

A value that is not known gives no marks and leaves the total open: it is never taken for nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

NOUGHT = Fraction(0)

# How an item is marked; the value each takes is said behind it.
LINEAR = "linear"  # a number: none at ``zero_at``, all at ``full_at``, in proportion between
EACH = "each"  # a number: so many marks a piece, never more than the weight
DEDUCT = "deduct"  # a number: the weight less so many marks a piece, never below nought
TICKS = "ticks"  # the set of options that hold; their marks are added
LEVEL = "level"  # the one option that holds
MARK = "mark"  # the marks a rater gave
VETO = "veto"  # whether it happened; nothing is granted then


@dataclass(frozen=True)
class Rule:
    """How one item is marked; ``options`` are (words, marks)."""

    method: str
    weight: Fraction
    full_at: Fraction | None = None
    zero_at: Fraction | None = None
    each: Fraction | None = None
    options: tuple[tuple[str, Fraction], ...] = ()


def fault_of(rule: Rule) -> str:
    """Why an item cannot be marked as it is written, in a sentence; empty where it can."""
    if rule.method == LINEAR and (rule.full_at is None or rule.zero_at is None):
        return "请填写满分值和零分值。"
    if rule.method == LINEAR and rule.full_at == rule.zero_at:
        return "满分值和零分值不能相同。"
    if rule.method in {EACH, DEDUCT} and not rule.each:
        return "请填写每一项加（扣）多少分。"
    if rule.method in {TICKS, LEVEL} and not rule.options:
        return "请写出各个选项和分值。"
    top = _top(rule)
    if top is not None and top != rule.weight:
        return f"各选项的{'合计' if rule.method == TICKS else '最高'}是 {said(top)} 分，与本项分值 {said(rule.weight)} 分不符。"  # noqa: E501  # one sentence
    return ""


def _top(rule: Rule) -> Fraction | None:
    """The most its options can give, where it has options."""
    marks = [points for _, points in rule.options]
    if rule.method == TICKS:
        return sum(marks, NOUGHT)
    return max(marks) if rule.method == LEVEL and marks else None


def marks_of(rule: Rule, value: Any) -> Fraction | None:
    """The marks of a value; None where the value is not known, or the item carries none."""
    if value is None or rule.method == VETO:
        return None
    return _WAYS[rule.method](rule, value)


def _linear(rule: Rule, value: Fraction) -> Fraction:
    """It may fall as well: fewer accidents are better when ``full_at`` is the smaller."""
    if rule.full_at is None or rule.zero_at is None:
        raise ValueError("a linear item without its two ends")
    share = (Fraction(value) - rule.zero_at) / (rule.full_at - rule.zero_at)
    return rule.weight * _between(share, NOUGHT, Fraction(1))


def _each(rule: Rule, value: Fraction) -> Fraction:
    return _between(Fraction(value) * (rule.each or NOUGHT), NOUGHT, rule.weight)


def _deduct(rule: Rule, value: Fraction) -> Fraction:
    return _between(rule.weight - Fraction(value) * (rule.each or NOUGHT), NOUGHT, rule.weight)


def _ticks(rule: Rule, value: Iterable[str]) -> Fraction:
    held = set(value)
    return sum((points for words, points in rule.options if words in held), NOUGHT)


def _level(rule: Rule, value: str) -> Fraction:
    return dict(rule.options).get(value, NOUGHT)


def _mark(rule: Rule, value: Fraction) -> Fraction:
    return _between(Fraction(value), NOUGHT, rule.weight)


_WAYS: dict[str, Callable[[Rule, Any], Fraction]] = {
    LINEAR: _linear,
    EACH: _each,
    DEDUCT: _deduct,
    TICKS: _ticks,
    LEVEL: _level,
    MARK: _mark,
}


def _between(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return max(low, min(high, value))


@dataclass(frozen=True)
class Line:
    """One item of a sheet with its marks, as far as they are known."""

    code: str
    rule: Rule
    marks: Fraction | None
    is_bonus: bool = False
    happened: bool = False  # a veto that did


@dataclass(frozen=True)
class Total:
    """What a sheet comes to: the sum so far, what is still open, and what forbids any grade."""

    marks: Fraction
    open: tuple[str, ...]
    vetoes: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        return not self.open


def total(lines: Sequence[Line], bonus_cap: Fraction = NOUGHT) -> Total:
    """Items and bonus added up; bonus items are nobody's duty, so one not known is not open."""
    items = [one for one in lines if one.rule.method != VETO]
    plain = sum((one.marks or NOUGHT for one in items if not one.is_bonus), NOUGHT)
    bonus = sum((one.marks or NOUGHT for one in items if one.is_bonus), NOUGHT)
    return Total(
        plain + min(bonus, bonus_cap),
        tuple(one.code for one in items if one.marks is None and not one.is_bonus),
        tuple(one.code for one in lines if one.rule.method == VETO and one.happened),
    )


def grade(sum_: Total, bands: Mapping[str, Fraction]) -> str:
    """The highest grade whose limit is reached (以上 includes the limit); none while it is open."""
    if sum_.open or sum_.vetoes:
        return ""
    reached = [(limit, title) for title, limit in bands.items() if sum_.marks >= limit]
    return max(reached)[1] if reached else ""


def places(marks: Mapping[Any, Fraction]) -> dict[Any, int]:
    """Each one's place: equal marks share one, and the next is that many lower (1, 2, 2, 4)."""
    order = sorted(marks.values(), reverse=True)
    return {who: order.index(mark) + 1 for who, mark in marks.items()}


def said(marks: Fraction) -> str:
    """Marks in at most two decimals, half up, without idle noughts: 8, 7.5, 6.67."""
    cents = (abs(marks) * 200 + 1) // 2
    whole, rest = divmod(cents, 100)
    words = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return f"-{words}" if marks < 0 and cents else words
