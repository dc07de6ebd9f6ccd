"""Who is told what became of their needs; papers whose time is over are handed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import kinds, tell
from gonghui.core.notices.ticking import every_tick
from gonghui.core.screens.doors import door

from .actions.sitting import hand_in
from .models import Demand, Programme
from .queries.quizzes import due_attempts

kinds.add("training", "培训")


@on("training.demand", "merge")
def tell_merged(demand: Demand, *, by: Actor, programme: Programme, **said: Any) -> None:
    _tell(demand, by, f"培训需求已纳入项目：{demand}", f"项目：{programme}")


@on("training.demand", "decline")
def tell_declined(demand: Demand, *, by: Actor, reason: str, **said: Any) -> None:
    _tell(demand, by, f"培训需求这次没有采纳：{demand}", f"原因：{reason}")


def _tell(demand: Demand, by: Actor, title: str, body: str) -> None:
    """Whoever asked, unless it was decided by themselves."""
    if demand.asked_by is not None and demand.asked_by != by.person:
        tell([demand.asked_by], kind="training", title=title, body=body, url=door(demand))


@every_tick("papers of tests")
def hand_in_due(now: datetime) -> str:
    """Nobody's paper stays open because their phone went dark."""
    due = list(due_attempts(now))
    for attempt in due:
        hand_in(attempt, by=SYSTEM)
    return f"{len(due)} handed in"
