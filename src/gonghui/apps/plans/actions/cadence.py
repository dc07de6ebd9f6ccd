"""How often a task comes round, changed after it was planted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..engine.calendar import rests
from ..engine.outline_words import cadence_words
from ..engine.outlining import Cadence
from ..models import Item, ItemState, Occurrence
from .items import held, span_of
from .turns import turns_of

VERBS |= {"cadence": "改周期"}


@transaction.atomic
def change_cadence(item: Item, *, every: Iterable[Mapping[str, Any]], by: Actor) -> Item:
    """Make a task's turns anew; those that were kept or noted upon stay as they are.

    A period in which a kept turn lies is not asked for again: what was done counts.
    """
    task = held(item)
    if not task.is_task:
        raise DomainError("只有任务才有周期，章节和说明没有。")
    if not task.is_unfinished:
        raise DomainError("任务已经办完或不再办。请先点“重新办”，再改周期。")
    before, task.every = words_of(task.every), [dict(said) for said in every]
    if words_of(task.every) == before:
        raise DomainError("周期没有变化，不用再存。")
    if rests(said["unit"] for said in task.every) and not task.since_year:
        task.since_year = task.plan.starts_on.year
    task.occurrences.filter(done_on=None, progress_notes=None).delete()
    kept = list(task.occurrences.all())
    made = _missing(kept, turns_of(task.plan, task, set(months_of(task))))
    Occurrence.objects.bulk_create(made)
    _date(task, sorted([*kept, *made], key=lambda turn: (turn.due_on, turn.serial)))
    task.save(update_fields=["every", "since_year", "starts_on", "due_on"])
    record(task, "cadence", by=by, changes={"every": [before, words_of(task.every)]})
    return task


def words_of(every: Iterable[Mapping[str, Any]]) -> str:
    """每周 1 次、每月 2 次; 不重复 where there is none."""
    return "、".join(cadence_words(Cadence(**said)) for said in every) or "不重复"


def months_of(item: Item) -> list[int]:
    """The item's own months, or those of the nearest item above that names some."""
    at: Item | None = item
    while at is not None:
        if at.months:
            return list(at.months)
        at = at.parent
    return []


def _missing(kept: list[Occurrence], wanted: Iterable[Occurrence]) -> list[Occurrence]:
    return [turn for turn in wanted if not any(_answers(own, turn) for own in kept)]


def _answers(own: Occurrence, turn: Occurrence) -> bool:
    """A turn of the same period answers for its own number, one of another for all of it."""
    if (own.starts_on, own.due_on) == (turn.starts_on, turn.due_on):
        return own.serial == turn.serial
    return own.starts_on <= turn.due_on and turn.starts_on <= own.due_on


def _date(task: Item, turns: list[Occurrence]) -> None:
    """Put the task on its first open turn; without turns, back on what the plan says of it."""
    if task.state == ItemState.PUT_OFF:
        return  # it stands in the month it was put off to
    following: Iterator[tuple[date, date]] = (
        (turn.starts_on, turn.due_on) for turn in turns if turn.done_on is None
    )
    plain = span_of(task.plan, months_of(task), task.due or None)
    task.starts_on, task.due_on = next(following, plain)
