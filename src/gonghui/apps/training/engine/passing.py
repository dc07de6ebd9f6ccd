"""Whether somebody passes a class: by how much of it they attended and by its last test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What a class asks for; either may be left out."""

    attendance: int | None  # per cent of the time
    points: int | None  # of the last test; None where there is none


@dataclass(frozen=True)
class Shown:
    """What somebody has to show: seconds there, of how many; the best result, if any."""

    there: int
    whole: int
    best: int | None


def verdict(terms: Terms, shown: Shown) -> tuple[bool, list[str]] | None:
    """Passed or not, and what is short; nothing where the class asks for nothing."""
    if terms.attendance is None and terms.points is None:
        return None
    short = []
    if terms.attendance is not None and shown.there * 100 < terms.attendance * shown.whole:
        short.append(f"出勤不到 {terms.attendance}%")
    if terms.attendance is not None and shown.whole == 0:
        short.append("还没有上课")
    if terms.points is not None and shown.best is None:
        short.append("没有参加测验")
    elif terms.points is not None and shown.best is not None and shown.best < terms.points:
        short.append(f"测验不到 {terms.points} 分")
    return not short, short
