"""The door on the page of an activity."""

from __future__ import annotations

from typing import Any

from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES, HEARD_OF
from gonghui.core.screens.panels import Custom, plug

from ..queries.roll import came_count


def _door(activity: Activity, request: Any) -> dict[str, Any]:
    return {
        "sessions": list(activity.sessions.all()),
        "came": came_count(activity),
        "may_check": ACTIVITY_RULES["check"].allows(request.actor, activity),
        "may_print": activity.state in HEARD_OF
        and ACTIVITY_RULES["lead"].allows(request.actor, activity),
    }


plug("activities.activity", Custom("签到", "attendance/panel_door.html", _door))
