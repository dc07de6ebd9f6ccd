"""Gives grades from the highest down, within quotas; a tie at the limit is left to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

NO_LIMIT = -1


@dataclass(frozen=True)
class Tie:
    """Equals for whom a grade has too few places: ``seats`` of them may have it."""

    grade: str
    seats: int
    who: tuple[int, ...]


@dataclass(frozen=True)
class Granted:
    """Who gets which grade, and the ties that somebody has to decide first."""

    grades: Mapping[int, str]
    ties: tuple[Tie, ...]


def grant(
    marks: Mapping[int, Fraction],
    bands: Sequence[tuple[str, Fraction]],
    quotas: Mapping[str, int],
    chosen: Mapping[int, str],
) -> Granted:
    """``marks`` are of those who may have a grade at all; ``chosen`` decides ties.

    Who reached a grade whose places are gone is considered for the next one. An undecided tie
    stops there: what comes below it depends on it.
    """
    grades: dict[int, str] = {}
    for title, least in sorted(bands, key=lambda band: -band[1]):
        able = {who: mark for who, mark in marks.items() if who not in grades and mark >= least}
        taken, tie = _taken(title, able, quotas.get(title, NO_LIMIT), chosen)
        grades |= dict.fromkeys(taken, title)
        if tie:
            return Granted(grades, (tie,))
    return Granted(grades, ())


def _taken(
    title: str, able: Mapping[int, Fraction], most: int, chosen: Mapping[int, str]
) -> tuple[list[int], Tie | None]:
    """Who gets this grade, and the tie at its limit where nobody has decided it."""
    if most == NO_LIMIT or len(able) <= most:
        return list(able), None
    order = sorted(set(able.values()), reverse=True)
    taken: list[int] = []
    for mark in order:
        equals = sorted(who for who, own in able.items() if own == mark)
        seats = most - len(taken)
        if len(equals) <= seats:
            taken += equals
            continue
        if not seats:
            return taken, None
        picked = [who for who in equals if chosen.get(who) == title]
        if len(picked) != seats:
            return taken, Tie(title, seats, tuple(equals))
        return taken + picked, None
    return taken, None
