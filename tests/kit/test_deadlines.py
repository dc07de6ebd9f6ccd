"""Periods of days, months and workdays, with the holidays of a known year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.kit.deadlines import (
    WEEKENDS_ONLY,
    WorkCalendar,
    add_days,
    add_months,
    add_workdays,
    add_years,
    roll_forward,
    whole_months,
    workdays_between,
)

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))

# National Day 2026: the first to the seventh off, Saturday the tenth worked.
CALENDAR = WorkCalendar(
    years=frozenset({2026}),
    off=frozenset(date(2026, 10, day) for day in range(1, 8)),
    worked=frozenset({date(2026, 10, 10)}),
)


def test_day_a_period_starts_on_is_not_counted():
    assert add_days(date(2026, 3, 1), 15) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_month_ends_on_the_corresponding_day_or_the_last(start, months, end):
    assert add_months(start, months) == end


def test_leap_day_years_on_is_the_last_of_february():
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)


@given(start=days, months=st.integers(min_value=0, max_value=240))
def test_months_land_in_their_month_and_never_later_than_the_day(start, months):
    end = add_months(start, months)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
    assert whole_months(start, end) == months
    assert months == 0 or whole_months(start, end - timedelta(days=1)) == months - 1


def test_no_month_has_passed_before_the_beginning():
    assert whole_months(date(2026, 5, 2), date(2026, 5, 1)) == 0


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10)),
        (date(2026, 10, 11), date(2026, 10, 12)),
    ],
)
def test_last_day_rolls_over_a_holiday(day, rolled):
    assert roll_forward(day, CALENDAR) == rolled


def test_workdays_leap_the_holiday_and_take_the_worked_saturday():
    last = [add_workdays(date(2026, 9, 29), count, CALENDAR) for count in (1, 2, 3, 4, 5)]

    assert [(day.month, day.day) for day in last] == [(9, 30), (10, 8), (10, 9), (10, 10), (10, 12)]


@given(start=days, count=st.integers(min_value=0, max_value=400))
def test_workdays_counted_back_are_those_counted_forward(start, count):
    end = add_workdays(start, count, CALENDAR)

    assert workdays_between(start, end, CALENDAR) == count
    assert end == start or CALENDAR.is_workday(end)


@given(day=days)
def test_rolled_day_is_the_first_workday_from_it(day):
    rolled = roll_forward(day, CALENDAR)

    assert CALENDAR.is_workday(rolled)
    assert workdays_between(day - timedelta(days=1), rolled, CALENDAR) == 1


def test_workdays_are_counted_forward_only():
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2026, 1, 1), -1, CALENDAR)


def test_year_without_its_notice_says_so():
    assert CALENDAR.doubt(date(2026, 9, 1), date(2026, 12, 1)) == ""
    assert CALENDAR.doubt(date(2026, 12, 28), date(2027, 1, 5)).startswith("2027 年的放假安排")
    assert WEEKENDS_ONLY.unknown(date(2027, 2, 1), date(2025, 2, 1)) == [2025, 2026, 2027]
