"""How often something comes back: said by a few choices, kept as the text of RFC 5545."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from gonghui.kit.dates import WEEKDAYS

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
MOST = 400  # occasions of one series; a year of days
_PART = re.compile(r"(\w+)=([^;]+)")
_ORDINALS = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", LAST: "最后一个"}


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many weeks on a weekday, the n-th weekday of each month, or a day of each month.

    ``weekday`` counts from Monday as 0; ``nth`` and ``day`` count from 1, and -1 is the last.
    ``most`` is how many weeks of a month have one, such as four also where there are five (R-363).
    """

    weeks: int = 0
    weekday: int = 0
    nth: int = 0
    day: int = 0
    most: int = 0

    def text(self) -> str:
        """As RFC 5545 writes it."""
        if self.day:
            return f"FREQ=MONTHLY;BYMONTHDAY={self.day}"
        if self.nth:
            return f"FREQ=MONTHLY;BYDAY={self.nth}{CODES[self.weekday]}"
        if self.most:
            turns = ",".join(f"{nth}{CODES[self.weekday]}" for nth in range(1, self.most + 1))
            return f"FREQ=MONTHLY;BYDAY={turns}"
        every = f";INTERVAL={self.weeks}" if self.weeks > 1 else ""
        return f"FREQ=WEEKLY{every};BYDAY={CODES[self.weekday]}"

    def words(self) -> str:
        """As people say it: 每周三, 每两周的周三, 每月第二个周三, 每月 15 日, 每周三、每月 4 次."""
        if self.day:
            return "每月最后一天" if self.day == LAST else f"每月 {self.day} 日"
        if self.nth:
            return f"每月{_ORDINALS[self.nth]}{WEEKDAYS[self.weekday]}"
        if self.most:
            return f"每{WEEKDAYS[self.weekday]}、每月 {self.most} 次"
        return f"每{'两周的' if self.weeks > 1 else ''}{WEEKDAYS[self.weekday]}"


def read(text: str) -> Cadence:
    """The cadence a kept text says; the text is our own."""
    said = dict(_PART.findall(text))
    if "BYMONTHDAY" in said:
        return Cadence(day=int(said["BYMONTHDAY"]))
    by_day = said["BYDAY"]
    weekday = CODES.index(by_day[-2:])
    if "," in by_day:
        return Cadence(weekday=weekday, most=by_day.count(",") + 1)
    if said["FREQ"] == "MONTHLY":
        return Cadence(nth=int(by_day[:-2]), weekday=weekday)
    return Cadence(weeks=int(said.get("INTERVAL", 1)), weekday=weekday)


def days(text: str, since: date, until: date) -> list[date]:
    """The days of a cadence, both ends included, the first ``MOST`` of them."""
    start, last = datetime.combine(since, time()), datetime.combine(until, time())
    found = rrulestr(text, dtstart=start).between(start, last, inc=True)
    return [moment.date() for moment in found[:MOST]]


def kept(found: list[date], is_off: Callable[[date], bool]) -> Iterator[date]:
    """Those of the days on which it is not left out for a holiday."""
    return (day for day in found if not is_off(day))
