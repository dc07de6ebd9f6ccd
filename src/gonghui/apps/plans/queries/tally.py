"""A place's tasks in numbers and its fortnight, by a few queries for any number of tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from gonghui.core.screens.place import Place
from gonghui.kit.dates import Period
from gonghui.kit.prepared import prepared

from ..models import Directive, DirectiveState, Item, ItemState, Kind, Occurrence
from ..models.item import UNFINISHED
from ..models.plan import OPEN_STATES
from .passing import NOT_REPORTED, late_on

STRIP = 14  # days shown from this week's Monday

nobodys = ExpressionWrapper(Q(owner=None, owner_org=None), BooleanField())


@dataclass(frozen=True, slots=True)
class Figures:
    """The place's tasks of this year in numbers."""

    total: int
    done: int
    expected: int  # whose day has passed, done or not
    late: int
    oldest: date | None
    month_total: int
    month_left: int
    undated: int
    ownerless: int
    blanks: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How the units stand with what this place passed down."""

    sent: int
    not_accepted: int
    not_reported: int
    late: int


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day of the strip: how many tasks are due, and whether one of them was missed."""

    day: date
    count: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers, the fortnight, and what was passed down."""

    figures: Figures
    strip: tuple[DayMark, ...]
    sent: Sent | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Tasks that are alike in all that is counted, and how many they are."""

    state: str
    starts_on: date | None
    due_on: date | None
    has_blank: bool
    begins: date  # when their plan begins
    is_nobodys: bool
    number: int

    @property
    def is_kept(self) -> bool:
        return self.state != ItemState.DROPPED

    @property
    def is_open(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a repeated task, with what the task itself says."""

    item: int
    due_on: date
    was_kept: bool
    task: Alike


def tally_of(place: Place, tasks: QuerySet[Item], today: date, *, sent: bool) -> Tally:
    """Count the place's running tasks, of which the actor sees all."""
    month, days = Period.of_month(today.year, today.month), days_of(today)
    alike = list(_alike(place, tasks))
    turns = list(_turns(place, min(month.start, days[0]), max(month.end, days[-1])))
    return Tally(
        figures=_figures(alike, turns, month, today),
        strip=_strip(alike, turns, days, today),
        sent=_sent(place, today) if sent else None,
    )


def days_of(today: date) -> list[date]:
    """Two weeks from Monday."""
    start = today - timedelta(days=today.weekday())
    return [start + timedelta(days=n) for n in range(STRIP)]


def last_day(today: date) -> date:
    return days_of(today)[-1]


ALIKE = ("state", "starts_on", "due_on", "has_blank", "plan__starts_on")


def _alike(place: Place, tasks: QuerySet[Item]) -> Iterator[Alike]:
    """A whole city's tasks are some thousand kinds: its days times its states."""

    def asked() -> QuerySet[Any, Any]:
        rows = tasks.order_by().annotate(nobodys=nobodys).values_list(*ALIKE, "nobodys")
        return rows.annotate(number=Count("pk"))

    for row in prepared(("alike", place.key), asked):
        yield Alike(*row)


def _turns(place: Place, first: date, last: date) -> Iterator[Turn]:
    """The turns due in these days, by task."""

    def asked() -> QuerySet[Any, Any]:
        running = {"item__kind": Kind.TASK, "item__plan__state__in": OPEN_STATES}
        rows = Occurrence.objects.filter(due_on__range=(first, last), **running).order_by()
        names = ("item", "due_on", "done_on", *(f"item__{name}" for name in ALIKE))
        return place.narrow(rows, "item__org").values_list(*names)

    for item, due_on, done_on, *task in prepared(("turns", place.key, first, last), asked):
        yield Turn(item, due_on, done_on is not None, _one(*task))


def _one(*task: Any) -> Alike:
    state, starts_on, due_on, has_blank, begins = task
    return Alike(state, starts_on, due_on, has_blank, begins, is_nobodys=False, number=1)


def _figures(alike: list[Alike], turns: list[Turn], month: Period, today: date) -> Figures:
    kept = [one for one in alike if one.is_kept]
    late = [one for one in kept if one.is_open and one.due_on and one.due_on < today]
    still = [one for one in kept if one.is_open]
    of_month = [one for one in kept if _touches(one, month)]
    # A repeated task carries its next turn's dates: one kept this month no longer touches it.
    by_turn = {
        turn.item: turn.task
        for turn in turns
        if month.start <= turn.due_on <= month.end and turn.task.is_kept
    }
    of_month += [task for task in by_turn.values() if not _touches(task, month)]
    return Figures(
        # Next year's plan, issued in December, has not begun.
        total=_number(one for one in kept if one.begins <= today),
        done=_number(one for one in kept if one.state == ItemState.DONE),
        expected=_number(one for one in kept if one.due_on and one.due_on < today),
        late=_number(late),
        oldest=min((one.due_on for one in late if one.due_on), default=None),
        month_total=_number(of_month),
        month_left=_number(one for one in of_month if one.is_open),
        undated=_number(one for one in still if one.due_on is None),
        ownerless=_number(one for one in still if one.is_nobodys),
        blanks=_number(one for one in still if one.has_blank),
    )


def _number(alike: Any) -> int:
    return sum(one.number for one in alike)


def _touches(task: Alike, month: Period) -> bool:
    """Whether its own days touch the month, as the list's filter says."""
    if task.due_on is None or task.due_on < month.start:
        return False
    return (task.starts_on or task.due_on) <= month.end


def _strip(
    alike: list[Alike], turns: list[Turn], days: list[date], today: date
) -> tuple[DayMark, ...]:
    """A repeated task stands on its turns, as in the calendar, and not on its own day as well."""
    due, missed = Counter[date](), Counter[date]()
    for one in alike:
        if one.due_on and one.is_kept:
            due[one.due_on] += one.number
            missed[one.due_on] += one.number if one.is_open else 0
    for task in {turn.item: turn.task for turn in turns}.values():
        if task.due_on and task.is_kept:
            due[task.due_on] -= 1
            missed[task.due_on] -= 1 if task.is_open else 0
    for turn in turns:
        if turn.task.is_kept:
            due[turn.due_on] += 1
            missed[turn.due_on] += 0 if turn.was_kept else 1
    return tuple(DayMark(day, due[day], day < today and missed[day] > 0) for day in days)


def _sent(place: Place, today: date) -> Sent | None:
    """What the place passed down, where something was."""

    def asked() -> QuerySet[Any, Any]:
        rows = place.narrow(Directive.objects.order_by(), "item__org").values_list("state")
        found: QuerySet[Any, Any] = rows.annotate(
            number=Count("pk"), late=Count("pk", filter=late_on(today))
        )
        return found

    counted = list(prepared(("sent", place.key, today), asked))
    if not counted:
        return None
    return Sent(
        sent=sum(number for _, number, _ in counted),
        not_accepted=sum(n for state, n, _ in counted if state == DirectiveState.SENT),
        not_reported=sum(n for state, n, _ in counted if state in NOT_REPORTED),
        late=sum(late for _, _, late in counted),
    )
