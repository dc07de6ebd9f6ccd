"""Days as people say them: due dates, moments, weekdays, lunar days, festivals, periods."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar  # type: ignore[import-untyped]  # it ships no types

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
FULL_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")

_NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_FAR = 30  # beyond a month a count of days says less than the date itself
_LUNAR_FESTIVALS = {
    (1, 1): "春节",
    (1, 15): "元宵节",
    (5, 5): "端午节",
    (7, 7): "七夕",
    (8, 15): "中秋节",
    (9, 9): "重阳节",
    (12, 8): "腊八节",
}
_SOLAR_FESTIVALS = {
    (1, 1): "元旦",
    (3, 8): "妇女节",
    (5, 1): "劳动节",
    (5, 4): "青年节",
    (6, 1): "儿童节",
    (7, 1): "建党节",
    (8, 1): "建军节",
    (9, 10): "教师节",
    (10, 1): "国庆节",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    def __str__(self) -> str:
        if self.start == self.end:
            return full_day(self.start)
        return f"{full_day(self.start)}至{full_day(self.end)}"

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def months(self) -> Iterator[Period]:
        """The calendar months it touches, each cut to the period."""
        start = self.start
        while start <= self.end:
            end = min(Period.of_month(start.year, start.month).end, self.end)
            yield Period(start, end)
            start = end + timedelta(days=1)


def day_said(said: str) -> date | None:
    """The day an address asks for (2026-11-21); nonsense and other centuries mean none."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def weekday(day: date) -> str:
    """周一 … 周日."""
    return WEEKDAYS[day.weekday()]


def full_weekday(day: date) -> str:
    """星期一 … 星期日."""
    return FULL_WEEKDAYS[day.weekday()]


def full_day(day: date) -> str:
    """2026 年 11 月 21 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def short_day(day: date, today: date) -> str:
    """11 月 21 日, with the year only where it is not this year's."""
    return f"{day.month} 月 {day.day} 日" if day.year == today.year else full_day(day)


def speak_day(day: date, today: date) -> str:
    """今天, 昨天, 周四 (this week), 11 月 25 日: a day without a judgement."""
    near = _NEAR.get((day - today).days)
    if near:
        return near
    if _monday(day) == _monday(today):
        return weekday(day)
    return short_day(day, today)


def speak_due(day: date, today: date) -> str:
    """已逾期 2 天, 今天到期, 3 天后到期; more than a month ahead the date itself."""
    left = (day - today).days
    if left < 0:
        return f"已逾期 {-left} 天"
    if left in _NEAR:
        return f"{_NEAR[left]}到期"
    return f"{left} 天后到期" if left <= _FAR else f"{short_day(day, today)}到期"


def speak_moment(moment: datetime, now: datetime) -> str:
    """刚刚, 5 分钟前, 今天 14:00, 周四 14:00, 11 月 25 日 14:00, in the zone of ``now``."""
    moment = moment.astimezone(now.tzinfo)
    passed = (now - moment).total_seconds()
    if 0 <= passed < 60:
        return "刚刚"
    if 0 < passed < 3600:
        return f"{int(passed // 60)} 分钟前"
    return f"{speak_day(moment.date(), now.date())} {moment:%H:%M}"


def weeks_of_month(year: int, month: int) -> list[list[date]]:
    """The whole weeks, Monday first, that cover the month; four to six of them."""
    span = Period.of_month(year, month)
    first, last = _monday(span.start), _monday(span.end)
    count = (last - first).days // 7 + 1
    return [[first + timedelta(days=7 * week + day) for day in range(7)] for week in range(count)]


@lru_cache(maxsize=1024)
def lunar_day(day: date) -> str:
    """农历十月十三; a leap month says 闰."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"农历{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


@lru_cache(maxsize=1024)
def festival(day: date) -> str:
    """The festival of the day by its name, solar or lunar, or nothing."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    if lunar.getMonth() == 12 and _lunar_month(day + timedelta(days=1)) == (1, 1):
        return "除夕"
    if lunar.getJieQi() == "清明":
        return "清明节"
    named = _SOLAR_FESTIVALS.get((day.month, day.day))
    return named or _LUNAR_FESTIVALS.get((lunar.getMonth(), lunar.getDay()), "")


@lru_cache(maxsize=16)
def festivals_of(year: int) -> tuple[tuple[date, str], ...]:
    """Every festival of a year with its day, in order.

    A lunar one late in its year (腊八节) may fall twice in a solar year, or not at all.
    """
    found = [(date(year, *day), name) for day, name in _SOLAR_FESTIVALS.items()]
    found += [
        (day, name)
        for lunar_year in (year - 1, year)
        for at, name in _LUNAR_FESTIVALS.items()
        if (day := _of_lunar(lunar_year, *at)).year == year
    ]
    found.append((_of_lunar(year, 1, 1) - timedelta(days=1), "除夕"))
    clear = (date(year, 4, day) for day in (4, 5, 6))
    found += [(day, name) for day in clear if (name := festival(day)) == "清明节"]
    return tuple(sorted(found))


def _of_lunar(year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _lunar_month(day: date) -> tuple[int, int]:
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return lunar.getMonth(), lunar.getDay()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
