"""Whether enough teams take part, in whole numbers, and how many more it needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gonghui.kit.law import at_least, fewest


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something, and how many of them take part."""

    total: int = 0
    taking: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.total + other.total, self.taking + other.taking)

    @property
    def share(self) -> Fraction | None:
        """None where there are no teams to share among."""
        return Fraction(self.taking, self.total) if self.total else None

    @property
    def words(self) -> str:
        """The share to a tenth of a percent; 49.96 % never reads as the 50 % it has not reached."""
        if not self.total:
            return ""
        tenths = (2000 * self.taking + self.total) // (2 * self.total)
        if tenths % 10 == 0 and tenths * self.total > 1000 * self.taking:
            tenths -= 1
        return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def reaches(count: Count, least: Fraction) -> bool | None:
    """以上 includes the number: 5 of 10 reach 50 %, 4 of 9 do not; without teams nobody can say."""
    return at_least(count.taking, count.total, least) if count.total else None


def lacking(count: Count, least: Fraction) -> int:
    """How many more teams must take part."""
    return max(fewest(count.total, least) - count.taking, 0)


def fell(before: Count, now: Count) -> bool | None:
    """Whether the share is smaller than before; unknown where there was nothing to compare."""
    if not before.total or not now.total:
        return None
    return now.taking * before.total < before.taking * now.total


def lacking_to_hold(before: Count, now: Count) -> int:
    """How many more teams must take part for the share to be what it was."""
    return lacking(now, Fraction(before.taking, before.total)) if before.total else 0
