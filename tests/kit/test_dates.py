"""Days as people say them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gonghui.kit import dates
from gonghui.kit.dates import Period

TODAY = date(2026, 11, 21)  # a Saturday
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 19), "已逾期 2 天"),
        (date(2025, 11, 21), "已逾期 365 天"),
        (TODAY, "今天到期"),
        (date(2026, 11, 22), "明天到期"),
        (date(2026, 11, 23), "后天到期"),
        (date(2026, 11, 24), "3 天后到期"),
        (date(2026, 12, 21), "30 天后到期"),
        (date(2026, 12, 22), "12 月 22 日到期"),
        (date(2027, 1, 3), "2027 年 1 月 3 日到期"),
    ],
)
def test_speak_due_says_what_is_left(day, said):
    assert dates.speak_due(day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "昨天"),
        (date(2026, 11, 19), "前天"),
        (date(2026, 11, 16), "周一"),
        (date(2026, 11, 15), "11 月 15 日"),
        (date(2026, 11, 24), "11 月 24 日"),
        (date(2025, 12, 31), "2025 年 12 月 31 日"),
    ],
)
def test_speak_day_judges_nothing(day, said):
    assert dates.speak_day(day, TODAY) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 21, 10, 0, tzinfo=CHINA), "刚刚"),
        (datetime(2026, 11, 21, 9, 55, tzinfo=CHINA), "5 分钟前"),
        (datetime(2026, 11, 21, 8, 0, tzinfo=CHINA), "今天 08:00"),
        (datetime(2026, 11, 21, 6, 0, tzinfo=UTC), "今天 14:00"),
        (datetime(2026, 11, 20, 17, 30, tzinfo=UTC), "今天 01:30"),
        (datetime(2026, 11, 20, 9, 30, tzinfo=CHINA), "昨天 09:30"),
        (datetime(2026, 11, 17, 9, 30, tzinfo=CHINA), "周二 09:30"),
        (datetime(2026, 11, 25, 14, 0, tzinfo=CHINA), "11 月 25 日 14:00"),
    ],
)
def test_speak_moment_in_the_zone_of_now(moment, said):
    now = datetime(2026, 11, 21, 10, 0, 20, tzinfo=CHINA)

    assert dates.speak_moment(moment, now) == said


def test_weekdays_start_on_monday():
    assert dates.weekday(date(2026, 11, 16)) == "周一"
    assert dates.full_weekday(TODAY) == "星期六"


def test_lunar_day_and_leap_month():
    assert dates.lunar_day(TODAY) == "农历十月十三"
    assert dates.lunar_day(date(2025, 7, 25)) == "农历闰六月初一"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 16), "除夕"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 4, 5), "清明节"),
        (date(2026, 6, 19), "端午节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2026, 5, 1), "劳动节"),
        (TODAY, ""),
    ],
)
def test_festival_by_name(day, name):
    assert dates.festival(day) == name


def test_a_leap_month_repeats_no_festival():
    leap_fifth = date(2009, 6, 27)  # 闰五月初五

    assert dates.festival(leap_fifth) == ""


def test_weeks_of_month_are_whole_and_cover_it():
    weeks = dates.weeks_of_month(2026, 11)

    assert weeks[0][0] == date(2026, 10, 26)
    assert weeks[-1][-1] == date(2026, 12, 6)
    assert [len(week) for week in weeks] == [7] * 6
    assert len(dates.weeks_of_month(2027, 2)) == 4


def test_period_contains_its_ends_and_overlaps():
    period = Period(date(2026, 3, 5), date(2026, 5, 2))

    assert period.contains(period.start)
    assert period.contains(period.end)
    assert not period.contains(date(2026, 5, 3))
    assert period.overlaps(Period(date(2026, 5, 2), date(2026, 6, 1)))
    assert not period.overlaps(Period.of_year(2027))
    assert period.days == 59
    assert str(period) == "2026 年 3 月 5 日至2026 年 5 月 2 日"
    assert str(Period(TODAY, TODAY)) == "2026 年 11 月 21 日"


def test_period_months_are_cut_to_it():
    period = Period(date(2026, 11, 20), date(2027, 1, 3))

    assert list(period.months()) == [
        Period(date(2026, 11, 20), date(2026, 11, 30)),
        Period(date(2026, 12, 1), date(2026, 12, 31)),
        Period(date(2027, 1, 1), date(2027, 1, 3)),
    ]
    assert len(list(Period.of_year(2026).months())) == 12


def test_period_refuses_an_end_before_its_start():
    with pytest.raises(ValueError, match="end before"):
        Period(TODAY, date(2026, 11, 20))


@pytest.mark.parametrize("said", ["", "今天", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11"])
def test_an_address_that_names_no_day_means_none(said):
    assert dates.day_said(said) is None


def test_an_address_names_its_day():
    assert dates.day_said("2026-11-21") == TODAY
