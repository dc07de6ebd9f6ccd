"""The turns of what repeats: made from its rhythm, and the task put on the first that is open."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ..engine.cadence import days_within
from ..engine.calendar import due_on, occurrences, years_between
from ..engine.numerals import fold
from ..engine.reading import Every
from ..models import Item, Occurrence, Plan

MONTHS_OF = {"quarter": 3}


def set_turns(plan: Plan, items: Iterable[tuple[Item, Iterable[int]]]) -> None:
    """Make the turns of tasks with a cadence, and put each task's dates on its first open one.

    A task whose year it is not (每两年) is due on no day of this plan.
    """
    turns: list[Occurrence] = []
    dated = []
    for item, months in items:
        own = list(turns_of(plan, item, set(months))) if item.is_task else []
        if own or (item.is_task and item.since_year):
            item.starts_on, item.due_on = dates_of(own)
            dated.append(item)
            turns += own
    Occurrence.objects.bulk_create(turns, batch_size=2000)
    Item.objects.bulk_update(dated, ["starts_on", "due_on"], batch_size=500)


def dates_of(turns: Sequence[Occurrence]) -> tuple[date | None, date | None]:
    """The days of the first turn; none without one."""
    return (turns[0].starts_on, turns[0].due_on) if turns else (None, None)


def turns_of(plan: Plan, item: Item, months: set[int]) -> Iterator[Occurrence]:
    found = {
        turn
        for said in item.every
        for year in plan.years
        for turn in _turns(plan, item, Every(**said), year, months)
    }
    for start, due, serial in sorted(found, key=lambda turn: (turn[1], turn[0], turn[2])):
        yield Occurrence(item=item, starts_on=start, due_on=due, serial=serial)


def _turns(
    plan: Plan, item: Item, every: Every, year: int, months: set[int]
) -> Iterator[tuple[date, date, int]]:
    """First and last day and number within its period.

    What comes round by years is due on the day the plan names: each turn whose days it lies
    among, and the last one also where it lies behind them. 每月10日前 is due on the tenth.
    """
    turns = occurrences(
        every,
        year=year,
        months=months,
        start=plan.starts_on,
        end=plan.ends_on,
        anchor_year=item.since_year,
    )
    last = max((turn.due for turn in turns), default=None)
    days = days_within(fold(item.text), every.unit)
    for turn in turns:
        named = due_on(item.due, turn.start.year) if years_between(every.unit) else None
        if days and len(days) == every.min:
            named = _day_of(turn.start, every.unit, *days[turn.serial - 1])
        first = max(turn.start, plan.starts_on)  # the first week may begin before the plan does
        is_own = named and first <= named and (named <= turn.due or turn.due == last)
        yield turn.start, named if named and is_own else turn.due, turn.serial


def _day_of(start: date, unit: str, month: int, day: int) -> date:
    """A day of the week, or of the first, second or third month of the period a turn begins in."""
    if unit == "week":
        return start + timedelta(days=day - 1)
    length = MONTHS_OF.get(unit, 1)
    first = start.replace(month=start.month - (start.month - 1) % length + month - 1, day=1)
    return first.replace(day=min(day, calendar.monthrange(first.year, first.month)[1]))
