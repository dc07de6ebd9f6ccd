"""What others may ask of goals."""

from __future__ import annotations

from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from .actions import add_step, keep_goal, keep_plan, mark_step, promise, settle_promise
from .flow import PLAN_LIFE
from .models import Goal, GrowthPlan


def set_goal(org: Org, *, by: Actor, person: Person | None = None, **facts: Any) -> Goal:
    """A vision or goal of a body, or of a person in it."""
    return keep_goal(Goal(org=org, person=person, **facts), by=by)


def draft_plan(person: Person, *, by: Actor, **facts: Any) -> GrowthPlan:
    """A person's plan of growing, still to be agreed."""
    return keep_plan(GrowthPlan(person=person, org=person.org, **facts), by=by)


def move_plan(plan: GrowthPlan, step: str, *, by: Actor, **answers: Any) -> None:
    """Take a step of a plan's life."""
    PLAN_LIFE.perform(plan, step, by=by, **answers)


__all__ = [
    "add_step",
    "draft_plan",
    "mark_step",
    "move_plan",
    "promise",
    "set_goal",
    "settle_promise",
]
