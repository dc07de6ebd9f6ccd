"""Shares of higher degrees against their targets, in whole numbers; what is unknown stays so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gonghui.core.people.education import RANKS

BACHELOR = RANKS["20"]


class Answer(Enum):
    """Whether a target is met; ``OPEN`` where people of unknown education could decide it."""

    MET = "达到"
    MISSED = "还没有达到"
    OPEN = "还判断不了"


@dataclass(frozen=True)
class Count:
    """People of a body: all, those with a higher degree, bachelors and above, and unknown."""

    total: int
    higher: int
    bachelor: int
    unknown: int


def count(educations: dict[str, int], qualifying: str) -> Count:
    """How many of each education there are → how many stand above the qualifying one."""
    line = RANKS[qualifying]
    known = {RANKS[code]: 0 for code in RANKS}
    unknown = 0
    for code, number in educations.items():
        if code in RANKS:
            known[RANKS[code]] += number
        else:
            unknown += number
    higher = {rank: number for rank, number in known.items() if rank > line}
    bachelor = sum(number for rank, number in higher.items() if rank >= BACHELOR)
    return Count(sum(known.values()) + unknown, sum(higher.values()), bachelor, unknown)


def over(counted: Count, percent: int) -> Answer:
    """争超: strictly more than so many per cent of all; exactly as many is not over."""
    return _answer(lambda extra: (counted.higher + extra) * 100 > percent * counted.total, counted)


def reaches(counted: Count, percent: int, *, of_all: bool) -> Answer:
    """达…以上: at least so many per cent, of all or of those with a higher degree."""
    if of_all:
        return _answer(
            lambda extra: (counted.bachelor + extra) * 100 >= percent * counted.total, counted
        )
    if counted.total == 0 or (counted.higher == 0 and counted.unknown == 0):
        return Answer.OPEN if counted.total == 0 else Answer.MISSED
    lowest = counted.bachelor * 100 >= percent * (counted.higher + counted.unknown)
    highest = (counted.bachelor + counted.unknown) * 100 >= percent * (
        counted.higher + counted.unknown
    )
    return _of(lowest, highest)


def _answer(holds: Callable[[int], bool], counted: Count) -> Answer:
    if counted.total == 0:
        return Answer.OPEN
    return _of(holds(0), holds(counted.unknown))


def _of(lowest: bool, highest: bool) -> Answer:
    """The same whatever the unknown ones are, or open."""
    if lowest:
        return Answer.MET
    return Answer.OPEN if highest else Answer.MISSED
