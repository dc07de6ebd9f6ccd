"""The holiday calendar: the years shipped, a year entered from a file, a year nobody entered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import history_of
from gonghui.core.regulations.holidays import enter_year, read_text, work_calendar
from gonghui.core.regulations.models import CalendarYear, Holiday
from gonghui.core.regulations.shipping import ship_all
from gonghui.kit.deadlines import add_workdays, workdays_between
from gonghui.kit.errors import DomainError

SHEET = """日期,安排,节日
2027-01-01,放假,元旦
2027年1月2日，休，元旦
2027/1/3,放假,元旦
2027-02-20,上班,春节
"""


def test_shipped_years_count_workdays_and_others_say_that_they_do_not(db):
    calendar = work_calendar()

    assert calendar.years == {2024, 2025, 2026}
    assert add_workdays(date(2026, 9, 30), 3, calendar) == date(2026, 10, 10)
    assert calendar.names[date(2026, 10, 1)] == "国庆节"
    assert calendar.doubt(date(2026, 12, 30), date(2027, 1, 5)).endswith("待核实")


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_shipped_year_works_weekend_days_only_and_rests_no_weekday_alone(db, year):
    days = Holiday.objects.filter(year__year=year)

    assert all(one.day.weekday() > 4 for one in days.filter(is_workday=True))
    assert all(one.day.year == year for one in days)
    weekdays_off = sum(one.day.weekday() < 5 for one in days.filter(is_workday=False))
    worked = days.filter(is_workday=True).count()
    # 全国年节及纪念日放假办法: eleven days, since 2025 thirteen; of those on a weekend fewer show.
    assert weekdays_off - worked <= (11 if year == 2024 else 13)
    first, last = date(year - 1, 12, 31), date(year, 12, 31)
    assert workdays_between(first, last, work_calendar()) in range(247, 252)
    assert (last - first) >= timedelta(days=365)


def test_year_is_entered_from_lines(db):
    lines = read_text(SHEET, 2027)
    year = enter_year(2027, lines, document="放假通知", number="国办发明电〔2026〕1号", by=SYSTEM)

    calendar = work_calendar()
    assert [line.wrong for line in lines] == ["", "", "", ""]
    assert calendar.is_workday(date(2027, 2, 20))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.doubt(date(2027, 1, 1), date(2027, 12, 31)) == ""
    assert history_of(year).get().changes["days"] == [0, 4]


def test_year_entered_again_is_replaced_and_never_shipped_over(db):
    lines = read_text("2026-01-01,放假,元旦", 2026)

    enter_year(2026, lines, document="更正通知", number="", by=SYSTEM)
    ship_all()

    assert Holiday.objects.filter(year__year=2026).count() == 1
    assert CalendarYear.objects.get(year=2026).document == "更正通知"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("2027-02-30,放假", "没有读懂日期"),
        ("2027,放假", "没有读懂日期"),
        ("2026-01-01,放假", "不是 2027 年"),
        ("2027-01-01,也许", "请写“放假”或“上班”"),
        ("2027-01-04,上班", "本来就是工作日"),
        ("2027-01-01,放假\n2027-1-1,放假", "前面已经写过"),
    ],
)
def test_wrong_line_is_told_and_stops_the_year(db, line, wrong):
    lines = read_text(line, 2027)

    assert wrong in lines[-1].wrong
    with pytest.raises(DomainError, match=f"第 {lines[-1].number} 行"):
        enter_year(2027, lines, document="通知", number="", by=SYSTEM)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_year_without_a_day_off_is_refused(db):
    with pytest.raises(DomainError, match="没有 2027 年的放假日期"):
        enter_year(2027, read_text("日期,安排\n", 2027), document="通知", number="", by=SYSTEM)


def test_command_enters_a_file(db, tmp_path, capsys):
    path = tmp_path / "2027.csv"
    path.write_text(SHEET, "utf-8")

    call_command("holidays", 2027, path, document="放假通知")

    assert "录入 4 天" in capsys.readouterr().out
    assert Holiday.objects.filter(year__year=2027).count() == 4


def test_command_enters_nothing_while_a_line_is_wrong(db, tmp_path, capsys):
    path = tmp_path / "2027.csv"
    path.write_text(SHEET + "2027-02-30,放假\n", "utf-8")

    with pytest.raises(SystemExit):
        call_command("holidays", 2027, path, document="放假通知")

    assert "2027-02-30" in capsys.readouterr().err
    assert not CalendarYear.objects.filter(year=2027).exists()
