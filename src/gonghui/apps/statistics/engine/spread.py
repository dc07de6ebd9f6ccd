"""Which figures lie far from those of the other units, by the quartiles (Tukey's outer fences)."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from statistics import quantiles

FEWEST = 8  # units that must have a figure before anything is said of one of them
FAR = 3  # times the distance between the quartiles


def fences(figures: Collection[Fraction]) -> tuple[Fraction, Fraction] | None:
    """The least and the most that is not far out; None for too few, or where most are alike."""
    if len(figures) < FEWEST:
        return None
    low, _, high = quantiles(figures, n=4, method="inclusive")
    wide = FAR * (high - low)
    return (low - wide, high + wide) if wide else None


def change(now: Fraction, last: Fraction) -> Fraction | None:
    """Its move as a share of what it was; None where there was nothing to move from."""
    return abs(now - last) / abs(last) if last else None
