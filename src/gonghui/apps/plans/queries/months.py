"""A month of tasks day by day, bounded however many there are: a few a day, and how many more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Cast, RowNumber

from gonghui.kit.dates import Period, festival, lunar_day, weeks_of_month
from gonghui.kit.prepared import prepared

from ..models import Item, ItemState, Occurrence
from ..models.item import UNFINISHED
from . import words

FEW = 4  # shown in one day of a month
MOST_A_DAY = 200  # shown where one day is opened
MOST_A_MONTH = 5000  # written into a sheet


@dataclass(frozen=True)
class Entry:
    """One task on one day, due or with one of its turns due, as a cell has room for."""

    number: int
    text: str
    word: str
    tone: str


@dataclass(frozen=True)
class WholeEntry(Entry):
    """The same where there is room for more of the task."""

    item: Item


@dataclass(frozen=True)
class Day:
    """One cell of the calendar."""

    day: date
    is_inside: bool
    is_today: bool
    festival: str
    entries: list[Entry]
    more: int


@dataclass(frozen=True)
class MonthPage:
    year: int
    month: int
    weeks: list[list[Day]]
    total: int


def month_page(
    rows: QuerySet[Item], at: tuple[int, int], today: date, key: Hashable = None
) -> MonthPage:
    """The whole weeks of a month, Monday first; one query, whatever the number of tasks."""
    year, month = at
    weeks = weeks_of_month(year, month)
    within = {"due_on__range": (weeks[0][0], weeks[-1][-1])}
    in_day: dict[date, dict[bool, int]] = defaultdict(dict)
    entries: dict[date, list[Entry]] = defaultdict(list)

    def asked() -> QuerySet[Any, dict[str, Any]]:
        single = _first_few(_single(rows).filter(**within), NO_TURN)
        turns = _first_few(_turns(rows).filter(**within), OF_TURN)
        return single.union(turns, all=True).order_by("due_on", "is_turn", "number")

    for row in prepared(("month", key, at), asked) if key else asked():
        in_day[row["due_on"]][row["is_turn"]] = row["in_day"]
        entries[row["due_on"]].append(_entry(row, today))

    def cell(day: date) -> Day:
        shown = entries[day][:FEW]
        inside, more = day.month == month, sum(in_day[day].values()) - len(shown)
        return Day(day, inside, day == today, festival(day), shown, more)

    cells = [[cell(day) for day in week] for week in weeks]
    total = sum(sum(parts.values()) for day, parts in in_day.items() if day.month == month)
    return MonthPage(year, month, cells, total)


def month_entries(
    rows: QuerySet[Item], year: int, month: int, today: date
) -> Iterator[tuple[date, WholeEntry]]:
    """Every task and turn of a month in the order of days, for a sheet."""
    span = Period.of_month(year, month)
    within = {"due_on__range": (span.start, span.end)}
    single = _single(rows).filter(**within).select_related(*SHOWN)[:MOST_A_MONTH]
    turns = _turns(rows).filter(**within).select_related("item", *_of_item())[:MOST_A_MONTH]
    found = [(item.due_on, _whole_entry(item, today)) for item in single]
    found += [(turn.due_on, _whole_turn(turn, today)) for turn in turns]
    return iter(sorted(((day, one) for day, one in found if day), key=lambda pair: pair[0]))


def day_entries(rows: QuerySet[Item], day: date, today: date) -> list[WholeEntry]:
    """All of one day, as many as a page bears."""
    single = _single(rows).filter(due_on=day).select_related(*SHOWN)[:MOST_A_DAY]
    turns = _turns(rows).filter(due_on=day).select_related("item", *_of_item())[:MOST_A_DAY]
    found = [_whole_entry(item, today) for item in single]
    return found + [_whole_turn(turn, today) for turn in turns]


def day_title(day: date) -> str:
    """11 月 30 日 周一 农历十月廿二 感恩节: a day in full."""
    return " ".join(filter(None, (f"{day.month} 月 {day.day} 日", lunar_day(day), festival(day))))


SHOWN = ("plan", "owner", "owner_org")


def _of_item() -> tuple[str, ...]:
    return tuple(f"item__{name}" for name in SHOWN)


def _single(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Tasks that stand on one day of their own; a repeated one stands on its turns."""
    repeated = Exists(Occurrence.objects.filter(item=OuterRef("pk")).order_by())
    return rows.filter(~repeated).exclude(state=ItemState.DROPPED).order_by()


def _turns(rows: QuerySet[Item]) -> QuerySet[Occurrence]:
    of_these = rows.order_by().exclude(state=ItemState.DROPPED).values("pk")
    return Occurrence.objects.filter(item__in=of_these).order_by()


# What a cell shows of a task that stands on its own day, and of a turn: under the same names.
NO_TURN: dict[str, Any] = {
    "is_turn": Value(False),
    "number": F("pk"),
    "words": F("text"),
    "stands": F("state"),
    "kept_on": Cast(Value(None), DateField()),
}
OF_TURN: dict[str, Any] = {
    "is_turn": Value(True),
    "number": F("item"),
    "words": F("item__text"),
    "stands": F("item__state"),
    "kept_on": F("done_on"),
}


def _first_few(rows: QuerySet[Any], shown: dict[str, Any]) -> QuerySet[Any, dict[str, Any]]:
    """The first of each day, chosen by the database, each with how many the day has in all."""
    day = F("due_on")
    place = Window(RowNumber(), partition_by=day, order_by=F("pk").asc())
    in_day = Window(Count("pk"), partition_by=day)
    chosen = rows.annotate(place=place, in_day=in_day, **shown).filter(place__lte=FEW)
    found: QuerySet[Any, dict[str, Any]] = chosen.order_by().values("due_on", "in_day", *shown)
    return found


def _entry(row: dict[str, Any], today: date) -> Entry:
    state, due_on = row["stands"], row["due_on"]
    if row["is_turn"]:
        said = _word_of_turn(row["kept_on"], due_on, state, today)
    else:
        said = words.on_day(state, due_on, today)
    return Entry(row["number"], row["words"], *said)


def _word_of_turn(done_on: date | None, due_on: date, state: str, today: date) -> tuple[str, str]:
    if done_on:
        return "已完成", "done"
    return ("已逾期", "late") if due_on < today and state in UNFINISHED else ("本期", "plain")


def _whole_entry(item: Item, today: date) -> WholeEntry:
    return WholeEntry(item.pk, item.text, *words.on_day(item.state, item.due_on, today), item)


def _whole_turn(turn: Occurrence, today: date) -> WholeEntry:
    item = turn.item
    said = _word_of_turn(turn.done_on, turn.due_on, item.state, today)
    return WholeEntry(item.pk, item.text, *said, item)
