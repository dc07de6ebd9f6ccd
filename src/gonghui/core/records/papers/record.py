"""The record of an activity as PDF, as it is filed and as it proves a task of a plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.queries.roll import came_count
from gonghui.core.documents.outbound.pdf import write_pdf

from ..queries.record import record_of, told_of
from ..queries.teams import team_table


def record_paper(activity: Activity) -> bytes:
    """When, where, how many, what happened and what came of it; names only of who contributed."""
    kept = record_of(activity)
    gave = [f"{one}：{one.said}" if one.said else str(one) for one in told_of(activity)]
    sections: list[dict[str, Any]] = [
        {"heading": "基本情况", "paragraphs": _facts(activity)},
        {"heading": "活动记录", "paragraphs": _lines(kept.minutes)},
        {"heading": kinds[activity.kind].gains, "paragraphs": _lines(kept.gains)},
        {"heading": "团体总分", "paragraphs": [one.said for one in team_table(activity)]},
        {"heading": "贡献", "paragraphs": gave},
    ]
    told = [one for one in sections if one["paragraphs"]]
    return write_pdf("paper", {"title": f"{activity.title}记录", "sections": told})


def _facts(activity: Activity) -> list[str]:
    said = [
        ("举办", activity.org.name),
        ("时间", "；".join(_time(one) for one in activity.sessions.all())),
        ("地点", activity.place),
        ("主题", activity.theme),
        ("到场", f"{came_count(activity)} 人"),
    ]
    return [f"{label}：{words}" for label, words in said if words]


def _time(session: Any) -> str:
    begin, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]
