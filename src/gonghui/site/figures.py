"""The four numbers of the desk, each the door to the records it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gonghui.apps.plans.api import Desk
from gonghui.kit.addresses import address


@dataclass(frozen=True)
class Shown:
    """A number as it is drawn."""

    label: str
    number: int
    unit: str
    note: str
    url: str
    tone: str = "plain"


def figures_of(desk: Desk, today: date) -> list[Shown]:
    """Year, month, late, passed down; nothing where the person may not read plans."""
    if desk.tally is None:
        return []
    f = desk.tally.figures
    return [_year(f), _month(f, today), _late(f, today), _passed(desk)]


def _year(f: Any) -> Shown:
    url = f"{reverse('plans:item-list')}?state=done"
    unit, pace = f"/ {f.total} 项", f"按进度应完成 {f.expected} 项"
    if not f.total:
        return Shown("年度计划完成", 0, unit, "计划印发以后开始统计", url)
    if f.late:
        return Shown("年度计划完成", f.done, unit, f"{pace} · 逾期 {f.late} 项", url, "late")
    return Shown("年度计划完成", f.done, unit, f"{pace} · 没有逾期", url, "done")


def _month(f: Any, today: date) -> Shown:
    url = f"{reverse('plans:item-list')}?state=unfinished&month={today:%Y-%m}"
    note = "" if f.month_left else "都办完了" if f.month_total else "没有安排在本月的任务"
    note = note or f"已办完 {f.month_total - f.month_left} 项"
    return Shown("本月要办", f.month_left, f"/ {f.month_total} 项", note, url)


def _late(f: Any, today: date) -> Shown:
    url = address("plans:overdue")
    if not f.late or not f.oldest:
        return Shown("逾期", 0, "项", "没有过期未办的任务", url, "done")
    return Shown("逾期", f.late, "项", f"最久的已逾期 {(today - f.oldest).days} 天", url, "late")


def _passed(desk: Desk) -> Shown:
    """What went down from here; where nothing did, what came from above."""
    if desk.tally and (sent := desk.tally.sent):
        url = f"{reverse('plans:directive-sent')}?state=not_accepted"
        unit = f"/ {sent.sent} 件"
        note = f"已接收未上报 {sent.not_reported} 件"
        tone = "late" if sent.late else "plain"
        return Shown("下达未接收", sent.not_accepted, unit, note, url, tone)
    new = sum(one.kind == "accept" for one in desk.received)
    open_now = len(desk.received)
    note = f"其中待接收 {new} 件" if new else "没有待接收的"
    url = f"{reverse('plans:directive-list')}?state=waiting&scope=own"
    return Shown("上级下达待办", open_now, "件", note, url, "wait" if new else "plain")
