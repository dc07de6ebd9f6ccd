"""The holiday calendar: asked for by those who count workdays, entered once a year."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.deadlines import WorkCalendar
from gonghui.kit.errors import DomainError

from .models import CalendarYear, Holiday, Tag

VERBS |= {"enter_holidays": "录入放假安排"}
OFF = frozenset({"休", "放假", "休息", "否", "0", "off"})
WORKED = frozenset({"班", "上班", "调休上班", "补班", "是", "1", "work"})
_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")


def work_calendar() -> WorkCalendar:
    """Everything that was entered, ready for ``kit.deadlines``; two queries."""
    days = list(Holiday.objects.values_list("day", "is_workday", "name"))
    return WorkCalendar(
        years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        off=frozenset(day for day, worked, _ in days if not worked),
        worked=frozenset(day for day, worked, _ in days if worked),
        names={day: name for day, _, name in days},
    )


@dataclass(frozen=True)
class Line:
    """One line of a sheet of holidays: a day, or what is wrong with it."""

    number: int
    said: str
    day: date | None = None
    is_workday: bool = False
    name: str = ""
    wrong: str = ""


def read_lines(rows: Iterable[list[str]], year: int) -> list[Line]:
    """Day, 放假 or 上班, name of the festival; a first line of heads is passed over."""
    lines: list[Line] = []
    seen: set[date] = set()
    for number, row in enumerate(rows, 1):
        cells = [str(cell).strip() for cell in row] + ["", "", ""]
        if not any(cells) or (number == 1 and not re.match(r"\d", cells[0])):
            continue
        line = _line(number, cells, year)
        if line.day in seen:
            line = Line(number, line.said, wrong="这一天前面已经写过，请留一行")
        if line.day:
            seen.add(line.day)
        lines.append(line)
    return lines


def read_text(text: str, year: int) -> list[Line]:
    """The same from lines with commas or tabs, as a sheet is saved or pasted."""
    dialect = "excel-tab" if "\t" in text else "excel"
    return read_lines(csv.reader(text.replace("，", ",").splitlines(), dialect), year)


def _line(number: int, cells: list[str], year: int) -> Line:
    said = "，".join(cells[:3]).strip("，")
    day = _day(cells[0])
    if day is None:
        return Line(number, said, wrong="没有读懂日期，请写成 2027-01-01")
    if day.year != year:
        return Line(number, said, wrong=f"不是 {year} 年的日期")
    word = cells[1].lower()
    if word not in OFF | WORKED:
        return Line(number, said, wrong="第二列请写“放假”或“上班”")
    is_workday = word in WORKED
    if is_workday and day.weekday() < 5:
        return Line(number, said, wrong="这一天本来就是工作日，不用写上班")
    return Line(number, said, day, is_workday, cells[2][:20])


def _day(text: str) -> date | None:
    match = _DAY.match(text.split(" ")[0] if ":" in text else text)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


@transaction.atomic
def enter_year(
    year: int, lines: list[Line], *, document: str, number: str, by: Actor
) -> CalendarYear:
    """Enter a year's holidays as its notice has them, in place of what was entered before."""
    wrong = [line for line in lines if line.wrong]
    if wrong:
        raise DomainError(f"第 {wrong[0].number} 行：{wrong[0].wrong}。")
    if not any(line.day and not line.is_workday for line in lines):
        raise DomainError(f"没有 {year} 年的放假日期，请检查文件。")
    row, _ = CalendarYear.objects.select_for_update().get_or_create(
        year=year, defaults={"document": document, "tag": Tag.TEXT}
    )
    before = row.days.count()
    row.days.all().delete()
    row.document, row.number, row.tag = document, number, Tag.TEXT
    row.save()
    Holiday.objects.bulk_create(
        Holiday(year=row, day=line.day, is_workday=line.is_workday, name=line.name)
        for line in lines
        if line.day
    )
    changes = {"days": [before, len(lines)], "document": document, "number": number}
    record(row, "enter_holidays", by=by, changes=changes)
    return row
