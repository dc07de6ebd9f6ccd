"""How far a figure should have come by a day, and where it may end: plain arithmetic, no records.

A figure that adds up day by day is measured month by month: it is behind when it has not reached
what was due at the end of last month, and ahead when it has what is due at the end of this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

RISING = frozenset({">=", ">", "=", "~"})  # a figure that is reached by going up
RECENT = 90  # days looked back for the latest pace
ENOUGH = 28  # days that must have passed before a pace says anything
FEW = 3  # months of which a level must be known

MET, AHEAD, ON_TRACK, BEHIND = "met", "ahead", "on_track", "behind"
SHORT, MISSED, WITHIN, OVER = "short", "missed", "within", "over"


@dataclass(frozen=True, slots=True)
class Course:
    """A promise and the days it has; ``adds_up``: what is done one day is added to the next."""

    op: str
    value: Decimal
    starts: date
    ends: date
    adds_up: bool

    def due_by(self, day: date) -> Decimal:
        """What should be there at the end of a day, were every day alike."""
        whole = (self.ends - self.starts).days + 1
        passed = max(0, min(whole, (day - self.starts).days + 1))
        return self.value * passed / whole


def is_kept(op: str, value: Decimal, actual: Decimal) -> bool:
    """Whether a figure keeps the comparison; 以上、以下 include the number (民法典 第1259条)."""
    if op == "<":
        return actual < value
    if op == "<=":
        return actual <= value
    return actual > value if op == ">" else actual >= value


def standing(course: Course, actual: Decimal | None, today: date) -> str:
    """How a promise stands today; nothing where nothing is known."""
    if actual is None:
        return ""
    kept = is_kept(course.op, course.value, actual)
    if course.op not in RISING:
        return WITHIN if kept else OVER
    if kept:
        return MET
    if today > course.ends:
        return MISSED
    if not course.adds_up:
        return SHORT
    first = today.replace(day=1)
    if actual < course.due_by(first - timedelta(days=1)):
        return BEHIND
    end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return AHEAD if actual >= course.due_by(end) else ON_TRACK


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a figure may end: a range, and in words how it was made."""

    low: Decimal
    high: Decimal
    how: str


@dataclass(frozen=True, slots=True)
class Past:
    """What is known for a forecast: the figure on a day, and what else the records tell.

    ``before`` is what had been reached ``RECENT`` days or more ago and on which day; ``rest`` what
    came in the same days of last year after this one; ``once``: somebody counted is not counted
    again, so that no more may come.
    """

    actual: Decimal
    on: date
    before: tuple[date, Decimal] | None = None
    rest: Decimal | None = None
    once: bool = False


def forecast(course: Course, past: Past) -> Forecast | None:
    """The range of a figure that adds up; None while there is too little to go by."""
    left, passed = (course.ends - past.on).days, (past.on - course.starts).days + 1
    if left <= 0 or passed < ENOUGH or not course.adds_up:
        return None
    found = [("计划期以来的日均", past.actual + past.actual / passed * left)]
    if past.before is not None and past.on > past.before[0]:
        day, was = past.before
        found.append(
            ("最近一段的日均", past.actual + (past.actual - was) / (past.on - day).days * left)
        )
    if past.rest is not None:
        found.append(("去年同期以后的实际", past.actual + past.rest))
    if past.once:
        found.append(("以后没有新的人", past.actual))
    if len(found) < 2:
        return None
    ends = [end for _, end in found]
    how = "、".join(words for words, _ in found)
    return Forecast(min(ends), max(ends), f"按{how}分别推算，取最低和最高")


def forecast_of_level(months: Sequence[Decimal], actual: Decimal) -> Forecast | None:
    """The range of a level or a rate: between the lowest and the highest of the months known."""
    if len(months) < FEW:
        return None
    every = [*months, actual]
    return Forecast(
        min(every), max(every), f"最近 {len(months)} 个月各月的数和现在的数里，最低的和最高的"
    )
