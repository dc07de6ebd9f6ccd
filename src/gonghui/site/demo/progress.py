"""How far each task of the demo has come as of a day: the same day always gives the same story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from .progress_words import DOING, DONE, DROPPED, LATE, PUT_OFF

NOTE_EVERY = 4  # a task with a cadence has a written note at every so many turns
STARTED_OF_RUNNING = 78  # of a hundred tasks whose time has come, how many have begun
LATE_OF_REST = 40
PUT_OFF_OF_REST = 40


@dataclass(frozen=True)
class TaskFacts:
    """What the story needs to know of a task; an undated one has neither day."""

    key: str
    area: str
    starts_on: date | None
    due_on: date | None
    plan_starts_on: date
    plan_ends_on: date


@dataclass(frozen=True)
class Story:
    """What became of a task: its state, its dated notes, and why it is not done."""

    state: str
    notes: tuple[tuple[date, str], ...] = ()
    reason: str = ""
    put_off_to: date | None = None
    finished_on: date | None = None


def _dice(*parts: object) -> Random:
    return Random("·".join(map(str, parts)))  # noqa: S311 — invented progress, nothing secret


def story(task: TaskFacts, today: date, pace: int) -> Story:
    """The state of a task without a cadence."""
    rng = _dice(task.key)
    roll = rng.randrange(100)
    if task.due_on is None:
        return _undated(task, today, roll, rng)
    if task.due_on <= today:
        return _past(task, task.due_on, today, roll - pace, rng)
    begins = task.starts_on or task.due_on.replace(day=1)
    if begins <= today and roll < STARTED_OF_RUNNING:
        noted = today - timedelta(days=rng.randint(0, min(9, (today - begins).days)))
        return Story("doing", ((noted, _words(DOING, task.area, rng)),))
    return Story("not_started")


def _past(task: TaskFacts, due: date, today: date, over: int, rng: Random) -> Story:
    """A task whose day has come: done, or late, put off or dropped; `over` is beyond the pace."""
    begins = min(task.starts_on or due - timedelta(days=20), due)
    if over < 0:
        early = rng.randint(0, min(8, (due - begins).days))
        day = due - timedelta(days=early)
        notes = [(day, _words(DONE, task.area, rng))]
        if over % 3 == 0 and begins < day:
            before = begins + (day - begins) / 2
            notes.insert(0, (before, _words(DOING, task.area, rng)))
        return Story("done", tuple(notes), finished_on=day)
    choice = rng.randrange(100)
    later = _next_month(today)
    noted = min(due + timedelta(days=2), today)
    if choice < LATE_OF_REST or later > task.plan_ends_on:
        return Story("doing", ((noted, rng.choice(LATE)),))
    if choice < LATE_OF_REST + PUT_OFF_OF_REST:
        return Story("put_off", reason=rng.choice(PUT_OFF), put_off_to=later)
    return Story("dropped", reason=rng.choice(DROPPED))


def _undated(task: TaskFacts, today: date, roll: int, rng: Random) -> Story:
    """A task without a day is done somewhere in the part of the year that is over."""
    passed = (min(today, task.plan_ends_on) - task.plan_starts_on).days
    whole = (task.plan_ends_on - task.plan_starts_on).days or 1
    if passed < 10:
        return Story("not_started")
    day = task.plan_starts_on + timedelta(days=rng.randint(9, passed))
    if roll < 60 * passed // whole:
        return Story("done", ((day, _words(DONE, task.area, rng)),), finished_on=day)
    if roll < 90:
        return Story("doing", ((day, _words(DOING, task.area, rng)),))
    return Story("not_started")


def turn_done(key: str, serial: int, due: date, today: date, pace: int) -> tuple[date, str] | None:
    """Whether a turn of a repeated task was kept: the day and, now and then, a note."""
    if due > today:
        return None
    rng = _dice(key, serial, due)
    if rng.randrange(100) >= min(pace + 12, 98) and (today - due).days < 60:
        return None
    return due - timedelta(days=rng.randint(0, 2)), "note" if serial % NOTE_EVERY == 1 else ""


def turn_words(key: str, area: str, due: date) -> str:
    return _words(DONE, area, _dice(key, "words", due))


def actual(key: str, op: str, value: Decimal, unit: str, share: float) -> Decimal | None:
    """A plausible figure reached; `share` is how much of the task's time is over, 1 when done."""
    if share <= 0:
        return None
    rng = _dice(key, op, value, unit)
    percent = unit in ("%", "％")
    at_most = op in ("<", "<=")
    if at_most:
        figure = float(value) * rng.uniform(0.7, 0.98)
    elif percent:
        room = 100 - float(value)
        figure = float(value) + (
            rng.uniform(0, 0.6) * room if share >= 1 else -rng.uniform(1, 12) * (1.2 - share)
        )
    else:
        figure = float(value) * (
            rng.uniform(1.0, 1.18) if share >= 1 else share * rng.uniform(0.82, 1.04)
        )
    step = Decimal("0.1") if percent or (value != value.to_integral() and value < 100) else 1
    return max(Decimal(figure), Decimal(0)).quantize(Decimal(step), ROUND_DOWN)


def _words(table: dict[str, tuple[str, ...]], area: str, rng: Random) -> str:
    text = rng.choice(table.get(area) or table[""])
    return text.format(
        n=rng.randint(24, 96), m=rng.randint(6, 23), k=rng.randint(2, 5), p=rng.randint(82, 94)
    )


def _next_month(today: date) -> date:
    """The last day of the month after today's."""
    second = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (second + timedelta(days=32)).replace(day=1) - timedelta(days=1)
