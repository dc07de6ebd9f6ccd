"""Periods as the law counts them: days, months, years and workdays; the calendar is passed in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days off and the weekend days worked, of the years that were loaded."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    names: dict[date, str] = field(default_factory=dict, compare=False)

    def is_workday(self, day: date) -> bool:
        """By the notice of its year; of a year without one only weekends are known to be off."""
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() < 5

    def unknown(self, start: date, end: date) -> list[int]:
        """The years from one day to another whose notice was not loaded."""
        first, last = sorted((start, end))
        return [year for year in range(first.year, last.year + 1) if year not in self.years]

    def doubt(self, start: date, end: date) -> str:
        """What to say beside a result that rests on a year without its notice; else nothing."""
        years = "、".join(map(str, self.unknown(start, end)))
        return f"{years} 年的放假安排还没有录入，只扣除了双休日，待核实" if years else ""


WEEKENDS_ONLY = WorkCalendar()


def add_days(start: date, days: int) -> date:
    """The last day of a period of days; its first day is not counted (民法典 第二百零一条)."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The corresponding day so many months on, or the month's last (民法典 第二百零二条)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    """The corresponding day so many years on; of 29 February the last of the month."""
    return add_months(start, 12 * years)


def roll_forward(day: date, calendar: WorkCalendar) -> date:
    """A last day that is no workday gives way to the next that is one (民法典 第二百零三条)."""
    while not calendar.is_workday(day):
        day += ONE_DAY
    return day


def add_workdays(start: date, count: int, calendar: WorkCalendar) -> date:
    """The ``count``-th workday after a day, which is not counted itself."""
    if count < 0:
        raise ValueError("Workdays are counted forward; see workdays_between for looking back.")
    day = start
    while count:
        day += ONE_DAY
        count -= calendar.is_workday(day)
    return day


def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """The workdays after ``start`` up to and with ``end``; none where it does not come after."""
    return sum(calendar.is_workday(day) for day in _days_after(start, end))


def whole_months(start: date, end: date) -> int:
    """How many months have passed in full from a day to a later one; negative never, then 0."""
    if end < start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def _days_after(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
