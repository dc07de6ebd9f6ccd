"""Rooms and equipment that gatherings of the demo hold, the papers and partners some have."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.papers import keep_papers
from gonghui.core.activities.models import Activity, Resource
from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot

from .lives import Lives

# body | kind | name | how many it seats | where
ROOMS: tuple[tuple[str, str, str, int | None, str], ...] = (
    ("machinery", "room", "职工礼堂", 300, "厂前区"),
    ("machinery", "room", "厂体育馆", 200, "生活区"),
    ("machinery", "room", "职工书屋", 60, "厂部二楼"),
    ("machinery", "room", "职工之家", 40, "厂部一楼"),
    ("machinery", "equipment", "投影仪", None, "工会办公室"),
    ("city", "room", "市总工会会议室", 40, "三楼"),
    ("city", "room", "市总工会五楼", 80, "五楼"),
    ("school", "room", "报告厅", 150, "教学楼一层"),
)
# title → a document's name and what it says, a line each
PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "职工乒乓球赛": (
        "竞赛规程",
        (
            "设男子单打、女子单打和混合双打。",
            "小组循环，前两名进入淘汰赛。",
            "每局十一分，五局三胜。",
        ),
    ),
    "工会信息员培训": ("日程安排", ("上午讲课，下午练笔。", "每人带一篇自己写的简讯。")),
    "迎春文艺会演": ("节目报送办法", ("各分会报送一至两个节目。", "节目长度不超过八分钟。")),
}
# title → bodies that hold it too
TOGETHER = {"职工技术比武": ("energy", "commerce"), "行业球类联谊赛": ("commerce",)}


def furnish(lives: Lives) -> None:
    """Put the rooms on record, as their officers would."""
    for body, kind, name, seats, address in ROOMS:
        org = lives.seed.orgs[body]
        made = Resource.objects.create(org=org, kind=kind, name=name, seats=seats, address=address)
        officer = lives.able("activities.write", body)
        record(made, "create", by=officer, changes=changes_of({}, snapshot(made)))


def rooms_at(org: Org, place: str) -> tuple[Resource, ...]:
    """What a body may book by the name of the place."""
    return tuple(Resource.objects.filter(org__path__in=org.ancestor_paths(), name=place))


def partners_of(lives: Lives, title: str) -> dict[str, Any]:
    return {"partners": [lives.seed.orgs[body] for body in TOGETHER.get(title, ())]}


def put_papers(activity: Activity, by: Actor) -> None:
    """The document that goes out with the notice, if there is one."""
    if activity.title not in PAPERS:
        return
    name, lines = PAPERS[activity.title]
    paper = OfficialPaper(f"{activity.title}{name}")
    for line in lines:
        paper.paragraph(line)
    file = ContentFile(paper.to_bytes(), name=f"{name}.docx")
    keep_papers(activity, [file], by=by, picture=None)
