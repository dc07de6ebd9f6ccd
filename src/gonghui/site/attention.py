"""What an officer should notice, each with the reason behind it and the next step; worst first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gonghui.apps.plans.api import Desk
from gonghui.core.access.actor import Actor
from gonghui.core.screens.place import Place
from gonghui.core.watch.queries import notices_of
from gonghui.kit.addresses import address

MANY = 100  # as many as are asked for
NAMED = 3  # units called by name; the rest are counted


@dataclass(frozen=True)
class Notable:
    """One line: the matter, why it matters, and where it is put right."""

    text: str
    why: str
    action: str
    url: str


def notable(desk: Desk, today: date) -> list[Notable]:
    """Late, missing or near a limit; nothing where all is well."""
    return [*_late(desk, today), *_plans(desk, today), *_gaps(desk)]


def found_by_checks(actor: Actor, place: Place) -> list[Notable]:
    """What the checks of law, Constitution and standards found at the place, worst first."""
    return [Notable(one.text, one.why, one.action, one.url) for one in notices_of(actor, place)]


def _late(desk: Desk, today: date) -> Iterator[Notable]:
    if desk.tally is None:
        return
    figures, sent = desk.tally.figures, desk.tally.sent
    if figures.late and figures.oldest:
        days = (today - figures.oldest).days
        why = f"过了计划写明的期限还没有办完，最久的已逾期 {days} 天"
        yield Notable(f"{figures.late} 项任务逾期", why, "去处理", address("plans:overdue"))
    if sent and sent.late:
        why = "过了下达时定的期限，下级还没有接收或上报"
        url = f"{reverse('plans:directive-sent')}?state=late"
        yield Notable(f"{sent.late} 件下达任务过期未报", why, "去催办", url)


def _plans(desk: Desk, today: date) -> Iterator[Notable]:
    for plan in desk.plans:
        url = reverse("plans:plan-detail", args=[plan.pk])
        if plan.state in ("draft", "returned") and desk.may_write:
            why = "审定并印发以后，任务才会提醒、统计和下达"
            yield Notable(f"《{plan.title}》还没有送审", why, "去送审", url)
        elif plan.state == "approved":
            why = "已经通过；印发以后会员才看得到，任务才开始提醒"
            yield Notable(f"《{plan.title}》还没有印发", why, "去印发", url)
    if names := desk.without_plan:
        more = "等" if len(names) > NAMED else ""
        count = f"{len(names)} 个" if len(names) < MANY else f"{MANY} 个以上"
        text = f"{count}下级工会还没有送审 {today.year} 年的计划"
        url = f"{reverse('plans:plan-list')}?scope=below"
        yield Notable(text, "、".join(names[:NAMED]) + more, "看计划", url)


def _gaps(desk: Desk) -> Iterator[Notable]:
    if desk.tally is None:
        return
    figures = desk.tally.figures
    tasks = f"{reverse('plans:item-list')}?state=unfinished"
    if figures.blanks:
        why = "原文件里是空白；不填好，年底总结里只能写“待填”"
        yield Notable(f"{figures.blanks} 项任务有数字待填", why, "去补填", f"{tasks}&blank=yes")
    if figures.ownerless:
        why = "没有责任人，到期提醒就没有人收到"
        yield Notable(f"{figures.ownerless} 项任务没有责任人", why, "去指定", f"{tasks}&owner=无")
    if figures.undated:
        why = "计划没有写明时间，不会提醒，也不算逾期"
        yield Notable(f"{figures.undated} 项任务没有日期", why, "看一看", f"{tasks}&due=undated")
