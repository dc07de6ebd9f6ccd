"""Needs become programmes or are turned down; programmes are closed."""

from __future__ import annotations

from gonghui.core.access.actor import Actor
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import CourseState, Demand, Programme, ProgrammeState

WORDS |= {"programme": "纳入的项目"}

# What follows are the effects of the flows' steps; the flow locks, saves the state and records.


def merge(demand: Demand, *, by: Actor, programme: Programme) -> None:
    """Several needs may go into one programme; a closed one takes none."""
    if programme.state == ProgrammeState.CLOSED:
        raise DomainError("这个项目已经办结，请选还在办的项目。")
    if programme.year != demand.year:
        raise DomainError(f"这条需求是 {demand.year} 年的，请选同一年的项目。")
    demand.programme = programme
    demand.save(update_fields=["programme"])


def release(demand: Demand, *, by: Actor) -> None:
    """Back to the needs that wait; it belongs to no programme from here on."""
    demand.programme = None
    demand.save(update_fields=["programme", "state"])


def close_programme(programme: Programme, *, by: Actor) -> None:
    running = programme.courses.filter(state=CourseState.RUNNING).count()
    if running:
        raise DomainError(f"还有 {running} 期没有出结果，出结果或停办以后再办结。")
