"""What the rest of the product may ask of plans and do with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.functional import SimpleLazyObject

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.flow.life import awaiting
from gonghui.core.screens.place import Place

from . import actions
from .actions import (
    assign_owners,
    begin_from_pattern,
    bind_suggested,
    count_anew,
    create_plan,
    date_back,
    keep_turn,
    read_into,
    remind,
    send_down,
    set_actual,
    stock_plans,
)
from .actions.activities import note_activity as _note_activity
from .actions.activities import tie_activity, withdraw_activity
from .flow import LIFE, PASSING, TASK_LIFE
from .models import Directive, Item, ItemState, Occurrence, Plan
from .queries.desk import Desk, Matter, waiting_for
from .queries.desk import desk_of as _desk_of
from .queries.measuring import suggestion
from .queries.portal import portal_of

__all__ = [
    "Desk",
    "Matter",
    "assign_owners",
    "begin_from_pattern",
    "bind_suggested",
    "count_anew",
    "create_plan",
    "date_back",
    "desk_of",
    "keep_turn",
    "move_directive",
    "move_plan",
    "move_task",
    "note_activity",
    "portal_of",
    "read_into",
    "remind",
    "report_progress",
    "report_turn",
    "report_turns",
    "send_down",
    "set_actual",
    "stock_plans",
    "suggestion",
    "tie_activity",
    "waiting_for",
    "withdraw_activity",
]


def desk_of(actor: Actor, place: Place, today: date, *, counts_all: bool = False) -> Desk:
    """What an officer's home says of plans, with those that wait for the officer's word."""
    waiting: Any = SimpleLazyObject(lambda: awaiting(LIFE, actor, ("approve",)).order_by("pk"))
    return _desk_of(actor, place, today, waiting=waiting, counts_all=counts_all)


def move_plan(plan: Plan, step: str, *, by: Actor, **answers: Any) -> Plan:
    """Take one step in a plan's life: submit, return, approve, issue, run, close …"""
    return LIFE.perform(plan, step, by=by, **answers)  # type: ignore[return-value]


def move_task(item: Item, step: str, *, by: Actor, **answers: Any) -> Item:
    return TASK_LIFE.perform(item, step, by=by, **answers)  # type: ignore[return-value]


def move_directive(directive: Directive, step: str, *, by: Actor, **answers: Any) -> Directive:
    return PASSING.perform(directive, step, by=by, **answers)  # type: ignore[return-value]


@transaction.atomic
def report_progress(item: Item, *, on: date, text: str, by: Actor, files: Any = ()) -> None:
    """Note what was done; a task that was not begun is begun by it."""
    actions.note_progress(item, on=on, text=text, by=by, files=files)
    _go_on(item.pk, False, on=on, by=by)


def note_activity(activity: Activity, item: Item, *, by: Actor) -> None:
    """Note an activity's record on its task; who may begin the task has begun it by that."""
    _note_activity(activity, item, by=by)
    item.refresh_from_db()
    if TASK_LIFE.by_name["start"].guard.allows(by, item):
        TASK_LIFE.perform(item, "start", by=by)


@transaction.atomic
def report_turn(turn: Occurrence, *, on: date, text: str, by: Actor) -> bool:
    """Keep one turn of a task; the last one finishes it. Returns whether it was the last."""
    is_last = keep_turn(turn, on=on, text=text, by=by)
    _go_on(turn.item_id, is_last, on=on, by=by)
    return is_last


@transaction.atomic
def report_turns(item: Item, kept: Sequence[tuple[Occurrence, date, str]], *, by: Actor) -> None:
    """Keep several turns at once, as when a year's records are brought in."""
    is_last = actions.keep_turns(item, kept, by=by)
    _go_on(item.pk, is_last, on=max(on for _, on, _ in kept), by=by)


def _go_on(pk: int, is_last: bool, *, on: date, by: Actor) -> None:
    """What was put off is at hand again: it stands on its next turn, as on the phone."""
    item = Item.objects.get(pk=pk)
    if is_last and item.is_unfinished:
        TASK_LIFE.perform(item, "finish", by=by, on=on)
    elif item.state in (ItemState.NOT_STARTED, ItemState.PUT_OFF):
        TASK_LIFE.perform(item, "start", by=by)
