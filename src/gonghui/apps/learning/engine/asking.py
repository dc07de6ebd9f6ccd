"""How much of an item is asked of a person in a turn, and the steps by which it came to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from gonghui.kit.dates import Period
from gonghui.kit.deadlines import add_days, add_months

from .facts import WHOLE, Away, Item, Life, Part, Rounding, Rule, Stay
from .slots import Calendar, Slot
from .spans import FIRST, LAST, ONE_DAY, Spans, meet, minus, span, united


class Why(StrEnum):
    """Why days do not count."""

    RULE = "rule"
    STAY = "stay"
    POST = "post"
    TENURE = "tenure"
    TERM = "term"
    LEAVE = "leave"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Step:
    """Days that fall away, why, and of a leave or a part-time post which one."""

    why: Why
    days: int
    spans: Spans = ()
    of: str = ""


@dataclass(frozen=True)
class Fit:
    """What of a life matters to one rule; people alike in it are asked alike."""

    stays: Spans
    posts: Spans | None
    hired: date | None
    aways: tuple[Away, ...]
    parts: tuple[Part, ...]
    settled: date | None = None  # since when without a break in the body they stand in


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked in a turn: ``required`` of ``item.least``, for ``weight`` of ``base`` days.

    ``weight`` is in hundredths of a day. ``is_asked`` is false where the rule does not mean the
    person in this turn at all, ``is_known`` where a fact it needs was never entered.
    """

    slot: Slot
    due: date
    required: int
    base: int = 0
    weight: int = 0
    exact: Fraction = Fraction(0)
    steps: tuple[Step, ...] = ()
    is_asked: bool = True
    is_known: bool = True


def fit(rule: Rule, life: Life) -> Fit:
    """The part of a life a rule looks at."""
    posts = None
    if rule.titles:
        held = (p for p in life.posts if p.title in rule.titles and p.path.startswith(rule.path))
        posts = united(one for post in held for one in span(post.since, post.until))
    return Fit(
        stays=belonged(rule, life.stays),
        posts=posts,
        hired=life.hired,
        aways=tuple(one for one in life.aways if one.kind in rule.excuses),
        parts=life.parts if rule.part_time else (),
        settled=settled(life.stays),
    )


def settled(stays: Iterable[Stay]) -> date | None:
    """The first day of the unbroken run in the last body: whoever stands there was hired by then.

    Not since when they stand anywhere below the rule, for there they may have been hired anew.
    """
    found: Stay | None = None
    for stay in sorted(stays, key=lambda one: one.since or FIRST, reverse=True):
        if found is not None and (
            stay.path != found.path or (stay.until or LAST) + ONE_DAY < (found.since or FIRST)
        ):
            break
        found = stay
    return (found.since or FIRST) if found else None


def belonged(rule: Rule, stays: Iterable[Stay]) -> Spans:
    """The days on which somebody stood where the rule means people, as what it means."""
    spans = (span(stay.since, stay.until) for stay in stays if _means(rule, stay))
    return united(one for some in spans for one in some)


def _means(rule: Rule, stay: Stay) -> bool:
    return (
        stay.path.startswith(rule.path)
        and (not rule.standings or stay.standing in rule.standings)
        and (not rule.kinds or stay.kind in rule.kinds)
        and (not rule.employments or stay.employment in rule.employments)
    )


class _Days:
    """The days of a turn that still count, and the steps by which the others fell away."""

    def __init__(self, period: Period, count: Callable[[Period], int]) -> None:
        self.left: Spans = (period,)
        self.count = count
        self.steps: list[Step] = []

    def keep(self, why: Why, rest: Spans) -> None:
        self._become(why, meet(self.left, rest), "")

    def drop(self, why: Why, gone: Spans, of: str = "") -> None:
        self._become(why, minus(self.left, gone), of)

    def _become(self, why: Why, rest: Spans, of: str) -> None:
        if gone := minus(self.left, rest):
            self.steps.append(Step(why, sum(map(self.count, gone)), gone, of))
            self.left = rest


def ask(rule: Rule, item: Item, slot: Slot, found: Fit, calendar: Calendar) -> Asked:
    """The full amount, cut by the share of the turn's days that count."""
    days = _Days(slot.period, calendar.workdays if rule.by_workdays else _days)
    _means_person(days, rule, found)
    if days.left and rule.asks_tenure and found.hired is None:
        return Asked(slot, slot.period.end, 0, is_known=False)
    if not days.left:
        return Asked(slot, slot.period.end, 0, steps=tuple(days.steps), is_asked=False)
    if item.in_terms:
        days.keep(Why.TERM, calendar.in_terms())
    for away in found.aways:
        days.drop(Why.LEAVE, span(away.since, away.until), away.kind)
    weight, parts = _weight(days.left, found.parts, days.count)
    base = days.count(slot.period)
    exact = Fraction(item.least * weight, base * WHOLE) if base else Fraction(0)
    required = item.least if exact == item.least else _rounded(exact, rule.rounding)
    return Asked(
        slot,
        slot.period.end,
        min(required, item.least),
        base,
        weight,
        exact,
        (*days.steps, *parts),
    )


def _means_person(days: _Days, rule: Rule, found: Fit) -> None:
    """Keep the days on which the rule is in force and means the person."""
    days.keep(Why.RULE, span(rule.since, rule.until))
    days.keep(Why.STAY, meet(found.stays, span(found.hired, None)))
    if found.posts is not None:
        days.keep(Why.POST, found.posts)
    if found.hired is not None:
        days.keep(Why.TENURE, _tenure(rule, found.hired))


def ask_once(rule: Rule, item: Item, found: Fit, day: date) -> Asked | None:
    """What is asked once after being hired, whole; excused leave moves the day it is due.

    Who was hired before the rule and is still within the months begins on its first day. Nobody
    is asked before they are hired, nor who does not belong there on the day. Where the day of
    hire was never entered, who has stood there for longer than the months is not asked either.
    """
    hired = found.hired
    here = any(one.contains(day) for one in found.stays)
    named = found.posts is None or any(one.contains(day) for one in found.posts)
    if not here or not named:
        return None
    if hired is None:
        if found.settled and add_months(found.settled, item.months) < rule.origin:
            return None
        slot = Slot(Period(day, day), f"入职 {item.months} 个月内")
        return Asked(slot, day, 0, is_known=False)
    start = max(hired, rule.origin)
    if start > min(day, rule.until or LAST) or add_months(hired, item.months) < rule.origin:
        return None
    end = add_months(start, item.months)
    due, steps = _put_off(start, end, found.aways)
    if due < rule.since or (rule.is_replaced and due > (rule.until or LAST)):
        return None  # another version of the rule asks it
    slot = Slot(Period(start, due), f"入职 {item.months} 个月内")
    return Asked(slot, due, item.least, steps=steps)


def _put_off(start: date, end: date, aways: tuple[Away, ...]) -> tuple[date, tuple[Step, ...]]:
    """Days of leave before the due day move it; a leave they move it into counts as well."""
    gone = united(one for away in aways for one in span(away.since, away.until))
    due = end
    while True:
        lost = sum(map(_days, meet(gone, span(start, due))))
        if add_days(end, lost) == due:
            break
        due = add_days(end, lost)
    left, steps = span(start, due), []
    for away in aways:
        inside = meet(left, span(away.since, away.until))
        if inside:
            steps.append(Step(Why.LEAVE, sum(map(_days, inside)), inside, away.kind))
        left = minus(left, inside)
    return due, tuple(steps)


def _tenure(rule: Rule, hired: date) -> Spans:
    since = add_months(hired, rule.from_month) if rule.from_month else FIRST
    until = add_months(hired, rule.to_month) - ONE_DAY if rule.to_month else LAST
    return span(since, until)


def _weight(
    left: Spans, parts: tuple[Part, ...], count: Callable[[Period], int]
) -> tuple[int, list[Step]]:
    """Days in hundredths: a day of a half-time post is fifty."""
    weight = WHOLE * sum(map(count, left))
    steps: list[Step] = []
    for part in parts:
        inside = meet(left, span(part.since, part.until))
        left = minus(left, inside)  # of two that overlap the earlier holds
        days = sum(map(count, inside))
        if days:
            steps.append(Step(Why.PART, days, inside, str(part.share)))
            weight -= (WHOLE - part.share) * days
    return weight, steps


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    """To a whole number of what is counted."""
    whole = exact / WHOLE
    below = whole.numerator // whole.denominator
    rest = whole - below
    more = {Rounding.UP: rest > 0, Rounding.HALF: rest >= Fraction(1, 2), Rounding.DOWN: False}
    return (below + more[rounding]) * WHOLE


def _days(period: Period) -> int:
    return period.days
