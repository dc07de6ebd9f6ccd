"""Legal arithmetic in integers: 以上 and 以下 include the number, 超过 and 不足 do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# 民法典 第一千二百五十九条: 以上、以下、以内、届满 include the number, 不满、超过、以外 do not.
THIRD = Fraction(1, 3)
HALF = Fraction(1, 2)
TWO_THIRDS = Fraction(2, 3)


def at_least(part: int, whole: int, share: Fraction) -> bool:
    """三分之二以上: the part is this share of the whole or more."""
    _check(part, whole)
    return share.denominator * part >= share.numerator * whole


def more_than(part: int, whole: int, share: Fraction) -> bool:
    """超过: the part is more than this share of the whole."""
    _check(part, whole)
    return share.denominator * part > share.numerator * whole


def at_most(part: int, whole: int, share: Fraction) -> bool:
    """以下、不超过: the part is this share of the whole or less."""
    return not more_than(part, whole, share)


def less_than(part: int, whole: int, share: Fraction) -> bool:
    """不足: the part is less than this share of the whole."""
    return not at_least(part, whole, share)


def over_half(part: int, whole: int) -> bool:
    """过半数: more than half; of an even number half is not enough."""
    return more_than(part, whole, HALF)


def half_or_more(part: int, whole: int) -> bool:
    """半数以上: half is enough."""
    return at_least(part, whole, HALF)


def two_thirds(part: int, whole: int) -> bool:
    """三分之二以上."""
    return at_least(part, whole, TWO_THIRDS)


def a_third(part: int, whole: int) -> bool:
    """三分之一以上."""
    return at_least(part, whole, THIRD)


def fewest(whole: int, share: Fraction) -> int:
    """The least whole number that is this share of the whole or more."""
    _check(0, whole)
    return -(-share.numerator * whole // share.denominator)


def fewest_over(whole: int, share: Fraction) -> int:
    """The least whole number that is more than this share of the whole."""
    _check(0, whole)
    return share.numerator * whole // share.denominator + 1


@dataclass(frozen=True, slots=True)
class Band:
    """For so many people, from ``least`` to ``most`` (none: and more), from ``low`` to ``high``."""

    least: int
    most: int | None
    low: int
    high: int

    def __post_init__(self) -> None:
        if self.most is not None and self.most < self.least:
            raise ValueError("A band cannot end before it begins.")
        if self.high < self.low:
            raise ValueError("The most of a band cannot be less than its least.")

    def holds(self, count: int) -> bool:
        """Whether so many people fall into this band."""
        return self.least <= count and (self.most is None or count <= self.most)


def band_of(bands: Sequence[Band], count: int) -> Band | None:
    """The band so many people fall into; none where the table does not say."""
    return next((band for band in bands if band.holds(count)), None)


def _check(part: int, whole: int) -> None:
    if part < 0 or whole < 0:
        raise ValueError("People are counted from 0 up.")
