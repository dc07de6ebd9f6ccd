"""What is counted of activities: those planned and held, by kind."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare

from .kinds import kinds
from .models import OVER, Activity, State
from .rules import ACTIVITY_RULES

KIND = Split("kind", "类别", "kind", {kind.code: kind.label for kind in kinds})
AREA = "activities"

activities = Source(
    "activities.activity",
    rows=lambda: Activity.objects.standing(),
    rule=ACTIVITY_RULES["view"],
    day="starts_at",
    columns=("title", "kind", "org", "starts_at", "organiser", "state"),
    splits=(KIND, Split("state", "状态", "state")),
)
held = Q(state__in=OVER)


def _held(code: str, title: str, *names: str) -> Indicator:
    words = "、".join(kinds[name].label for name in names)
    return Indicator(
        f"activities.{code}",
        title,
        "次",
        AREA,
        activities,
        only=held & Q(kind__in=names),
        about=f"开始日期在期内、已经举办的活动，类别为{words}。",
    )


declare(
    Indicator(
        "activities.planned",
        "安排的活动",
        "次",
        AREA,
        activities,
        about="开始日期在期内的活动，不算筹划中的和取消的；延期的按新日期算。",
    ),
    Indicator(
        "activities.held",
        "举办的活动",
        "次",
        AREA,
        activities,
        only=held,
        about="开始日期在期内、已经举办的活动。",
    ),
    Ratio(
        "activities.held_share",
        "活动举办率",
        "%",
        AREA,
        "activities.held",
        "activities.planned",
        about="已经举办的占安排的多少。",
    ),
    Indicator(
        "activities.filed",
        "归档的活动",
        "次",
        AREA,
        activities,
        only=Q(state=State.FILED),
        about="举办后记录齐全、已经归档的活动。",
    ),
    Ratio(
        "activities.filed_share",
        "活动归档率",
        "%",
        AREA,
        "activities.filed",
        "activities.held",
        about="已经归档的占举办的多少。",
    ),
    Indicator(
        "activities.postponed",
        "延期的活动",
        "次",
        AREA,
        activities,
        only=Q(state=State.POSTPONED),
        about="现在仍是延期状态、按新日期在期内的活动。",
    ),
    _held("meetings", "会议", "meeting"),
    _held("study", "学习活动和讲座", "study", "lecture"),
    _held("taught", "学习培训活动", "study", "lecture", "training"),
    _held("forums", "座谈交流", "forum"),
    _held("culture", "文体活动", "sport", "culture", "gala"),
    _held("contests", "比赛", "contest"),
    _held("associations", "协会活动", "association"),
    _held("visits", "走访慰问", "visit"),
)
