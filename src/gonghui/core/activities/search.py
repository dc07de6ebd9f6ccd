"""Activities as they are found and shown by the search."""

from __future__ import annotations

from django.utils import timezone

from gonghui.core.search.sources import Source, register

from .models import Activity
from .rules import ACTIVITY_RULES


def _note(activity: Activity) -> str:
    when = f"{timezone.localtime(activity.starts_at):%Y-%m-%d}" if activity.starts_at else "未定"
    return f"{activity.org} · {when} · {activity.get_state_display()}"


register(
    Source(
        Activity,
        "活动",
        ACTIVITY_RULES["view"],
        title=lambda activity: activity.title,
        note=_note,
        words=lambda activity: f"{activity.theme}\n{activity.place}",
        related=("org",),
        position=25,
        still=frozenset({"check"}),  # everybody at the door leaves one
    )
)
