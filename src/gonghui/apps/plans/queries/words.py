"""How a task reads on every list: its state with a tone, its time, who answers for it, its figure.

Where a task repeats, ``turns`` and ``turns_done`` are set on it by whoever read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, QuerySet

from gonghui.kit.dates import short_day, speak_due
from gonghui.kit.gathered import Columns, Gathered

from ..engine.outline_words import SIGNS, cadence_words, due_words, month_words
from ..engine.outlining import Cadence
from ..engine.pace import BEHIND, RISING, standing
from ..models import Item, ItemState, Target
from ..models.item import UNFINISHED
from .measuring import bound_to, course_of

TONES = {
    ItemState.NOT_STARTED: "plain",
    ItemState.DOING: "doing",
    ItemState.DONE: "done",
    ItemState.PUT_OFF: "wait",
    ItemState.DROPPED: "plain",
}
UNSETTLED = (ItemState.NOT_STARTED, ItemState.DOING)
UNDATED = "未定日期"
BLANK = "【待填】"  # on paper and in sheets, where the screens have a chip
SKIPPED = "轮空"  # what comes every second year, in the year between
ALL_YEAR = 12
# A list of its own: the manager a plain prefetch fills costs a long plan more than its rows.
KNOWN_TARGETS = Prefetch("targets", to_attr="known_targets")


_TARGET = Columns(Target, (one.name for one in Target._meta.concrete_fields))


def targets_of(item: Item) -> list[Target]:
    """As a list fetched them beforehand (``KNOWN_TARGETS``); asked for where nobody did."""
    known: list[Target] | None = item.__dict__.get("known_targets")
    return list(item.targets.all()) if known is None else known


def with_targets(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With the targets of each task, which ``take_targets`` makes records of again."""
    found = Target.objects.filter(item=OuterRef("pk"))
    return rows.annotate(riding_targets=Gathered(found, *_TARGET.names()))


def take_targets(items: Iterable[Item]) -> None:
    """The targets that came with the tasks of a page."""
    for own in (item.__dict__ for item in items):
        if "riding_targets" in own:
            own["known_targets"] = [_TARGET.record(one) for one in own.pop("riding_targets") or []]


def state_of(item: Item, today: date, *, figures: bool = True) -> tuple[str, str]:
    """The word and the tone; late comes before what was reached, and a rhythm before its state.

    ``figures`` reads the targets, which a list fetches beforehand.
    """
    if item.state not in UNSETTLED or item.is_late(today):
        return on_day(item.state, item.due_on, today)
    if turns := getattr(item, "turns", 0):
        return f"{item.turns_done} / {turns} 次", "doing"  # type: ignore[attr-defined]  # set with turns
    reached = _by_figures(item, today) if figures else None
    return reached or label_of(item.state)


def on_day(state: str, due_on: date | None, today: date) -> tuple[str, str]:
    """The word of a task that is due on a day, read without the task."""
    if state in UNFINISHED and due_on is not None and due_on < today:
        return speak_due(due_on, today), "late"
    return label_of(state)


def label_of(state: str) -> tuple[str, str]:
    """The state itself with its tone, where neither days nor figures are looked at."""
    return ItemState(state).label, TONES[ItemState(state)]


def _by_figures(item: Item, today: date) -> tuple[str, str] | None:
    targets = targets_of(item)
    known = [target for target in targets if target.actual is not None]
    if not known:
        return None
    if len(known) == len(targets) and all(target.is_met for target in known):
        return "达到", "done"
    return ("落后", "late") if any(_is_behind(t, item, today) for t in known) else None


def _is_behind(target: Target, item: Item, today: date) -> bool:
    """A sum that should have come further by now; a share such as 80% does not add up by days."""
    course = course_of(target, item, bound_to(target))
    return standing(course, target.actual, today) == BEHIND


def time_of(item: Item) -> str:
    """When the plan wants it, in the plan's own terms: 每季度 1 次, 4–5 月, 春节, 适时."""
    if item.every:
        return "、".join(cadence_words(Cadence(**said)) for said in item.every)
    if len(item.months) == ALL_YEAR:
        return "全年"
    if item.due:
        return due_words(item.due)
    if item.months:
        return month_words(item.months)
    if item.due_on is not None:
        return f"{item.due_on.month} 月"
    return "、".join(item.when) or UNDATED


def due_of(item: Item, today: date) -> str:
    """What stands beside it now: the figure reached, the turns kept, the day it ended or is due."""
    if item.state == ItemState.DONE and item.finished_on:
        return f"{short_day(item.finished_on, today)}完成"
    if item.state == ItemState.PUT_OFF and item.due_on:
        return f"移至 {item.due_on.month} 月"
    if item.state == ItemState.DROPPED:
        return ""
    reached = next((t for t in targets_of(item) if t.actual is not None), None)
    if reached is not None:
        return reached_words(reached)
    if turns := getattr(item, "turns", 0):
        return f"{item.turns_done} / {turns} 次"  # type: ignore[attr-defined]  # set with turns
    if item.due_on:
        return short_day(item.due_on, today)
    return SKIPPED if item.since_year else UNDATED


def owner_of(item: Item) -> str:
    """The person, else the body, else what the plan's text says."""
    return str(item.owner or item.owner_org or item.owner_words or "")


def number(value: Decimal) -> str:
    """200, 1,250, 82.6: no zeros behind the point."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def target_words(target: Target) -> str:
    """≥ 80%"""
    sign = SIGNS.get(target.op, target.op)
    return " ".join(part for part in (sign, f"{number(target.value)}{target.unit}") if part)


def reached_words(target: Target) -> str:
    """168 件 · 84%; a share speaks for itself."""
    if target.actual is None:
        return ""
    said = f"{number(target.actual)}{target.unit}"
    share = share_of(target)
    return said if share is None or target.unit in ("%", "％") else f"{said} · {share:.0%}"


def share_of(target: Target) -> Decimal | None:
    """The part reached of a figure that goes up, as lists know it."""
    return share(target, target.actual)


def share(target: Target, actual: Decimal | None) -> Decimal | None:
    """The part a figure makes of what was promised; None where that says nothing."""
    if actual is None or target.op not in RISING or target.value <= 0:
        return None
    return actual / target.value
