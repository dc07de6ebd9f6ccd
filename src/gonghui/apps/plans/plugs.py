"""What plans add to activities: the task one carries out, and what its record does for the task."""

from __future__ import annotations

from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.sockets import Door, doors
from gonghui.core.flow.events import on
from gonghui.core.screens.panels import Custom, plug

from . import api
from .models import Item
from .queries.activities import activities_for, task_of, task_seen


@on("activities.activity", "record")
def bring_up_to_date(activity: Activity, *, by: Actor, **said: Any) -> None:
    """A finished record is noted on the task; a plan that is closed is left as it was summed up."""
    item = task_of(activity)
    if item is not None and item.plan.is_open:
        api.note_activity(activity, item, by=by)


@on("activities.activity", "reopen")
def take_back(activity: Activity, *, by: Actor, **said: Any) -> None:
    api.withdraw_activity(activity, by=by)


def _task(activity: Activity, request: Any) -> dict[str, Any]:
    return {"task": task_seen(activity, request.actor)}


def _activities(item: Item, request: Any) -> dict[str, Any]:
    rows = activities_for(item, request.actor) if item.is_task else Activity.objects.none()
    return {"activities": rows}


doors.add("task", Door("落实的任务", "plans:activity-task"))
plug("activities.activity", Custom("落实的任务", "plans/panel_activity.html", _task))
plug("plans.item", Custom("为它举办的活动", "plans/panel_activities.html", _activities))
