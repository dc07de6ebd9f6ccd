"""From a plan's words to days: festivals of a year, last days, and the rounds of a cadence."""

from __future__ import annotations

import calendar as days
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar

from .festivals import TITLES
from .reading import Every

# Lunar month and day; None where the sun or the year's end decides.
_LUNAR = {
    "spring-festival": (1, 1),
    "lantern-festival": (1, 15),
    "dragon-boat-festival": (5, 5),
    "double-seventh": (7, 7),
    "mid-autumn-festival": (8, 15),
    "double-ninth": (9, 9),
    "laba-festival": (12, 8),
}
_OF_MONTHS = {"month", "quarter", "halfyear", "term", "year"}
_SOLAR_TERMS = {"qingming-festival": "清明", "winter-solstice": "DONG_ZHI"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One round of a cadence: from ``start`` to ``due``; ``serial`` counts within its period."""

    start: date
    due: date
    serial: int


def due_on(due: str | None, year: int) -> date | None:
    """The day that ``MM-DD`` or a festival's name means in a year; None for what is neither.

    ``YYYY-MM-DD`` says its own year, in a plan over several.
    """
    if not due:
        return None
    if named := named_year(due):
        return _month_day(due[5:], named)
    name = due if due in TITLES or due in _LUNAR else f"{due}-festival"
    if name in _LUNAR:
        return _lunar_day(name, year)
    if name in _SOLAR_TERMS:
        return _solar_term(_SOLAR_TERMS[name], year)
    if due == "new-years-eve":
        return _lunar_day("spring-festival", year) - timedelta(days=1)
    return _month_day(due, year)


def named_year(due: str | None) -> int | None:
    """The year of ``YYYY-MM-DD``; what is said without one holds for the plan's."""
    return int(due[:4]) if due and due[:4].isdigit() else None


def occurrences(
    every: Every,
    *,
    year: int,
    months: Collection[int] = (),
    start: date | None = None,
    end: date | None = None,
    anchor_year: int | None = None,
) -> list[Occurrence]:
    """The rounds of a cadence in a year, in order, ``every.min`` of them in each period.

    ``months`` keeps the periods whose months are among them (a week belongs to the month of its
    Thursday, so that a five-week month has five), and of a longer period only those months: once
    a year in September is due in September, twice in March and September once in each. ``start``
    and ``end`` keep the periods that end or begin within. ``2years`` skips the years out of step
    with ``anchor_year``.
    """
    found: list[Occurrence] = []
    for first, last in _periods(every.unit, year, anchor_year):
        named = _months_of(every.unit, first, last) & set(months)
        if months and not named:
            continue
        is_long = bool(named) and _step_of(every.unit)[1] in _OF_MONTHS
        times = max(1, every.min)
        parts = _shares(sorted(named), times) if is_long else [named]
        for part in parts:
            span = _within(first, last, part) if is_long else (first, last)
            if (start and span[1] < start) or (end and span[0] > end):
                continue
            turns = range(1, times // len(parts) + 1)
            found += (Occurrence(*span, serial) for serial in turns)
    return found


def _shares(named: Sequence[int], times: int) -> list[Sequence[int]]:
    """Months that get as many turns each, where the turns can be shared out evenly."""
    return [[month] for month in named] if times % len(named) == 0 else [named]


def years_between(unit: str) -> int:
    """Years from one turn to the next: 1 for ``year``, 2 for ``2years``, 0 for what is shorter."""
    step, name = _step_of(unit)
    return step if name == "year" else 0


def rests(units: Iterable[str]) -> bool:
    """Whether a rhythm among these leaves years out, so that it counts from one of them."""
    return any(years_between(unit) > 1 for unit in units)


def skips(unit: str, since_year: int, years: Collection[int]) -> bool:
    """Whether a rhythm counted from a year leaves all of the years out."""
    step = years_between(unit)
    return step > 1 and all((year - since_year) % step for year in years)


def _month_day(due: str, year: int) -> date | None:
    month, _, day = due.partition("-")
    if not (month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and int(day) >= 1):
        return None
    last = days.monthrange(year, int(month))[1]
    if int(day) > 31:
        return None
    # 2月底 is written 02-28 and means the 29th in a leap year
    is_month_end = int(month) == 2 and int(day) == 28
    return date(year, int(month), last if is_month_end else min(int(day), last))


@lru_cache(maxsize=256)
def _lunar_day(name: str, year: int) -> date:
    """The festival that falls in the calendar year; 腊八 belongs to the lunar year before."""
    month, day = _LUNAR[name]
    solar = Lunar.fromYmd(year - 1 if month == 12 else year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@lru_cache(maxsize=64)
def _solar_term(name: str, year: int) -> date:
    """``DONG_ZHI`` is the library's name for the winter solstice at the end of the year."""
    solar = Solar.fromYmd(year, 6, 15).getLunar().getJieQiTable()[name]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _months_of(unit: str, first: date, last: date) -> set[int]:
    if unit.endswith(("week", "weeks")):
        return {(first + timedelta(days=3)).month}
    stop = last.month + 12 * (last.year - first.year)
    return {(m - 1) % 12 + 1 for m in range(first.month, stop + 1)}


def _within(first: date, last: date, named: Collection[int]) -> tuple[date, date]:
    """The part of a period of whole months from the first to the last of the named ones."""
    month = max(named)
    end = date(last.year, month, days.monthrange(last.year, month)[1])
    return date(first.year, min(named), 1), end


def _periods(unit: str, year: int, anchor_year: int | None) -> Iterator[tuple[date, date]]:
    """First and last days of the periods of a year; an unknown unit has none."""
    step, name = _step_of(unit)
    if name == "year":
        if (year - (year if anchor_year is None else anchor_year)) % step == 0:
            yield date(year, 1, 1), date(year, 12, 31)
        return
    found = list(_units(name, year))
    for index in range(0, len(found), step):
        group = found[index : index + step]
        yield group[0][0], group[-1][1]


def _step_of(unit: str) -> tuple[int, str]:
    """``2years`` is every second year, ``3weeks`` every third week."""
    if unit[:1].isdigit():
        return int(unit[0]) or 1, unit[1:].removesuffix("s")
    return 1, unit


def _units(name: str, year: int) -> Iterator[tuple[date, date]]:
    spans = {"month": 1, "quarter": 3, "halfyear": 6}
    if name in spans:
        for month in range(1, 13, spans[name]):
            last = month + spans[name] - 1
            yield date(year, month, 1), date(year, last, days.monthrange(year, last)[1])
    elif name == "term":  # 春季 and 秋季学期, within the year
        yield date(year, 2, 1), date(year, 7, 31)
        yield date(year, 8, 1), date(year, 12, 31)
    elif name == "week":
        yield from _weeks(year)
    elif name == "tenday":
        yield from _tendays(year)
    elif name == "day":
        for number in range(366 if days.isleap(year) else 365):
            day = date(year, 1, 1) + timedelta(days=number)
            yield day, day


def _weeks(year: int) -> Iterator[tuple[date, date]]:
    """Monday to Sunday, for every Thursday of the year."""
    monday = date.fromisocalendar(year, 1, 1)
    while (monday + timedelta(days=3)).year == year:
        yield monday, monday + timedelta(days=6)
        monday += timedelta(days=7)


def _tendays(year: int) -> Iterator[tuple[date, date]]:
    for month in range(1, 13):
        last = days.monthrange(year, month)[1]
        for first, end in ((1, 10), (11, 20), (21, last)):
            yield date(year, month, first), date(year, month, end)
