"""A draft of the brief (简报) on an activity, officially laid out; what is missing is marked."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.queries.roll import came_count
from gonghui.core.documents.outbound.docx import OfficialPaper, numeral

from ..queries.record import Opinion, opinion_of, record_of, told_of
from ..queries.teams import team_table

BLANK = "【待填】"
HEAD = ("姓名", "单位", "贡献", "内容")


def brief_paper(activity: Activity, today: date) -> bytes:
    """Everything in it comes from the record; the officer edits it before it is issued (R-330)."""
    paper = OfficialPaper(f"{activity.org.name}\n工会活动简报")
    paper.paragraph(f"第{BLANK}期")
    paper.paragraph(_opening(activity))
    kept, kind = record_of(activity), kinds[activity.kind]
    number = 0
    for heading, words in (("活动情况", kept.minutes), (kind.gains, kept.gains)):
        number += 1
        paper.heading(f"{numeral(1, number)}{heading}", 1)
        paper.paragraph(words.strip() or BLANK)
    if rows := _contributions(activity):
        number += 1
        paper.heading(f"{numeral(1, number)}发言、授课、服务和成绩", 1)
        paper.table(HEAD, rows, (1, 2, 1, 2.4))
    if teams := team_table(activity):
        number += 1
        paper.heading(f"{numeral(1, number)}团体总分", 1)
        paper.paragraph(
            "；".join(f"第{one.rank}名{one.team}，{one.points}分" for one in teams) + "。"
        )
    if (opinion := opinion_of(activity)).count:
        paper.heading(f"{numeral(1, number + 1)}职工评价", 1)
        paper.paragraph(_opinion(opinion))
    paper.signature(activity.org.name, today)
    return paper.to_bytes()


def _opening(activity: Activity) -> str:
    came = came_count(activity)
    place, theme = activity.place or BLANK, activity.theme or BLANK
    partners = "、".join(
        filter(None, [*(org.name for org in activity.partners.all()), activity.outside_partners])
    )
    together = f"（{partners}协办）" if partners else ""
    return (
        f"{_when(activity)}，{activity.org.name}在{place}举办{kinds[activity.kind].label}"
        f"“{activity.title}”{together}，主题是“{theme}”，到场{came if came else BLANK}人。"
    )


def _when(activity: Activity) -> str:
    if activity.starts_at is None or activity.ends_at is None:
        return BLANK
    first, last = _day(activity.starts_at), _day(activity.ends_at)
    return first if first == last else f"{first}至{last}"


def _day(moment: datetime) -> str:
    """As official papers write it, without spaces."""
    day = timezone.localdate(moment)
    return f"{day.year}年{day.month}月{day.day}日"


def _contributions(activity: Activity) -> list[tuple[str, str, str, str]]:
    return [
        (
            str(one.registration),
            one.registration.org.name,
            one.get_kind_display(),
            one.said or BLANK,
        )
        for one in told_of(activity)
    ]


def _opinion(opinion: Opinion) -> str:
    heads = f"{opinion.count}人评价，平均{opinion.stars}分（满分5分）。"
    return heads + "".join(f"“{words}”" for words in opinion.words)
