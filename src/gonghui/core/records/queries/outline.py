"""The template a record is begun with: what is known is filled in, the rest waits to be written."""

from __future__ import annotations

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.queries.roll import came_count


def outline_of(activity: Activity) -> str:
    """Minutes ask who led, came, spoke, and what was decided; others follow the programme."""
    items = [f"{line.strip()}：" for line in activity.programme.splitlines() if line.strip()]
    if not kinds[activity.kind].has_minutes:
        return "\n".join(items)
    came = came_count(activity)
    head = [f"主持：{activity.organiser or ''}", f"到场：{came} 人" if came else "到场："]
    return "\n".join([*head, *(items or ["发言："]), "决定："])
