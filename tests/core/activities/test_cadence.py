"""The rhythm of a series: said by choices, kept as RFC 5545 text, read back in words."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.core.activities.engine.cadence import Cadence, days, read

ALL = [
    (Cadence(weeks=1, weekday=2), "FREQ=WEEKLY;BYDAY=WE", "每周三"),
    (Cadence(most=4, weekday=2), "FREQ=MONTHLY;BYDAY=1WE,2WE,3WE,4WE", "每周三、每月 4 次"),
    (Cadence(weeks=2, weekday=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "每两周的周三"),
    (Cadence(nth=2, weekday=0), "FREQ=MONTHLY;BYDAY=2MO", "每月第二个周一"),
    (Cadence(nth=-1, weekday=4), "FREQ=MONTHLY;BYDAY=-1FR", "每月最后一个周五"),
    (Cadence(day=15), "FREQ=MONTHLY;BYMONTHDAY=15", "每月 15 日"),
    (Cadence(day=-1), "FREQ=MONTHLY;BYMONTHDAY=-1", "每月最后一天"),
]


@pytest.mark.parametrize(("cadence", "text", "words"), ALL)
def test_cadence_is_kept_as_text_and_read_back(cadence, text, words):
    assert (cadence.text(), read(text), cadence.words()) == (text, cadence, words)


def test_weeks_begin_where_the_series_begins():
    assert days("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", date(2026, 12, 3), date(2027, 1, 10)) == [
        date(2026, 12, 16),
        date(2026, 12, 30),
    ]


def test_four_a_month_rest_in_the_fifth_week():
    """Of the five Mondays of March 2027 the last is free (R-363: 每星期一期、每月四期)."""
    found = days(Cadence(most=4, weekday=0).text(), date(2027, 3, 1), date(2027, 4, 10))

    assert [day.isoformat() for day in found] == [
        "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22", "2027-04-05",
    ]  # fmt: skip


def test_both_ends_count_and_short_months_have_a_last_day():
    assert days("FREQ=MONTHLY;BYMONTHDAY=-1", date(2027, 1, 31), date(2027, 3, 31)) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]
    assert days("FREQ=MONTHLY;BYDAY=-1FR", date(2027, 1, 1), date(2027, 2, 26)) == [
        date(2027, 1, 29),
        date(2027, 2, 26),
    ]
