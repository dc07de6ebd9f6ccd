"""The periods an item comes back in: weeks, months, years, and the terms of a unit's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from gonghui.kit.dates import Period
from gonghui.kit.deadlines import WEEKENDS_ONLY, WorkCalendar

from .spans import ONE_DAY, Spans


class Every(StrEnum):
    """How often something is asked."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One turn: its days, and its name as people say it."""

    period: Period
    name: str


@dataclass(frozen=True)
class Calendar:
    """What a body goes by: its terms, its school years, and the days worked."""

    terms: tuple[Slot, ...] = ()
    years: tuple[Slot, ...] = ()
    work: WorkCalendar = WEEKENDS_ONLY
    _counted: dict[Period, int] = field(default_factory=dict, compare=False, repr=False)

    def in_terms(self) -> Spans:
        return tuple(one.period for one in self.terms)

    def workdays(self, period: Period) -> int:
        """The workdays of a period, counted once."""
        if period not in self._counted:
            days = (period.start + timedelta(days=n) for n in range(period.days))
            self._counted[period] = sum(self.work.is_workday(day) for day in days)
        return self._counted[period]


def slot_on(every: Every, day: date, calendar: Calendar) -> Slot | None:
    """The turn a day lies in; none between terms, or where no calendar was entered."""
    if every == Every.WEEK:
        start = day - timedelta(days=day.weekday())
        period = Period(start, start + timedelta(days=6))
        return Slot(period, f"{start.month} 月 {start.day} 日这一周")
    if every == Every.MONTH:
        return Slot(Period.of_month(day.year, day.month), f"{day.year} 年 {day.month} 月")
    if every == Every.YEAR:
        return Slot(Period.of_year(day.year), f"{day.year} 年")
    seasons = calendar.terms if every == Every.TERM else calendar.years
    return next((one for one in seasons if one.period.contains(day)), None)


def slot_before(every: Every, day: date, calendar: Calendar) -> Slot | None:
    """The last turn that had ended by a day."""
    if every in (Every.TERM, Every.SCHOOL_YEAR):
        seasons = calendar.terms if every == Every.TERM else calendar.years
        return max((one for one in seasons if one.period.end < day), default=None)
    now = slot_on(every, day, calendar)
    return slot_on(every, now.period.start - ONE_DAY, calendar) if now else None


def slots_until(every: Every, since: date, last: Slot, calendar: Calendar) -> Iterator[Slot]:
    """Every turn from the one a day lies in up to the last, which is given."""
    if every in (Every.TERM, Every.SCHOOL_YEAR):
        seasons = calendar.terms if every == Every.TERM else calendar.years
        yield from sorted(one for one in seasons if since <= one.period.end and one < last)
    else:
        slot = slot_on(every, since, calendar)
        while slot is not None and slot < last:
            yield slot
            slot = slot_on(every, slot.period.end + ONE_DAY, calendar)
    yield last
