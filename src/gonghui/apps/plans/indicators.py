"""What is counted of plans: tasks due, done and late, progress noted, what was passed down."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils import timezone

from gonghui.core.access.actor import in_reach
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare

from .models import (
    PUBLISHED_STATES,
    UNFINISHED,
    Directive,
    DirectiveState,
    Item,
    ItemState,
    Kind,
    Plan,
    Progress,
)
from .rules import DIRECTIVE_RULES, ITEM_RULES, PLAN_RULES

AREA = "plans"

plans = Source(
    "plans.plans",
    rows=lambda: Plan.objects.filter(state__in=PUBLISHED_STATES),
    rule=PLAN_RULES["view"],
    since="starts_on",
    until="ends_on",
    columns=("title", "org", "kind", "starts_on", "ends_on", "state"),
    splits=(Split("kind", "类型", "kind"), Split("state", "状态", "state")),
)
tasks = Source(
    "plans.tasks",
    rows=lambda: Item.objects.filter(
        kind=Kind.TASK, plan__state__in=PUBLISHED_STATES, due_on__isnull=False
    ).exclude(state=ItemState.DROPPED),
    rule=ITEM_RULES["view"],
    day="due_on",
    columns=("text", "org", "owner", "owner_org", "due_on", "state", "finished_on"),
    splits=(Split("state", "状态", "state"), Split("area", "工作方面", "area")),
    follows={"plans.plan": "org"},
)
undated = Source(
    "plans.undated",
    rows=lambda: Item.objects.filter(
        kind=Kind.TASK, plan__state__in=PUBLISHED_STATES, state__in=UNFINISHED
    ),
    rule=ITEM_RULES["view"],
    columns=("text", "org", "owner", "owner_org", "due_on", "state"),
    splits=(Split("state", "状态", "state"), Split("area", "工作方面", "area")),
)
progress = Source(
    "plans.progress",
    rows=lambda: Progress.objects.all(),
    rule=in_reach("plans.write", field="item__org") | in_reach("plans.view", field="item__org"),
    org="item__org",
    day="on",
    columns=("text", "item", "item__org", "on", ("by", "记录人")),
    page="item",
    splits=(Split("area", "工作方面", "item__area"),),
    follows={"plans.item": "org"},
)
directives = Source(
    "plans.directives",
    rows=lambda: Directive.objects.all(),
    rule=DIRECTIVE_RULES["view"],
    day="sent_at",
    columns=("item", "org", "sent_at", "due_on", "state", "reported_on"),
    splits=(Split("state", "状态", "state"),),
)


def _tasks(code: str, title: str, only: Q, about: str) -> Indicator:
    return Indicator(f"plans.{code}", title, "项", AREA, tasks, only=only, about=about)


def _share(code: str, title: str, over: str, under: str, about: str) -> Ratio:
    return Ratio(f"plans.{code}", title, "%", AREA, f"plans.{over}", f"plans.{under}", about=about)


declare(
    Indicator(
        "plans.plans", "执行的计划", "份", AREA, plans, about="期末在计划期内、已经印发的计划。"
    ),
    _tasks("due", "到期的任务", Q(), "到期日期在期内的任务；不再办的和没有日期的不算。"),
    _tasks("done", "完成的任务", Q(state=ItemState.DONE), "其中已经完成的。"),
    _share("done_share", "任务完成率", "done", "due", "完成的占到期的多少。"),
    _tasks(
        "in_time",
        "按期完成的任务",
        Q(state=ItemState.DONE, finished_on__lte=F("due_on")),
        "其中完成日期不晚于到期日期的。",
    ),
    _share("in_time_share", "按期完成率", "in_time", "due", "按期完成的占到期的多少。"),
    Indicator(
        "plans.late",
        "逾期的任务",
        "项",
        AREA,
        tasks,
        only=Q(state__in=UNFINISHED),
        during=lambda period: Q(due_on__lt=timezone.localdate()),
        about="到期日期在期内、今天以前，还没有完成的任务。",
    ),
    _share("late_share", "任务逾期率", "late", "due", "逾期的占到期的多少。"),
    _tasks("put_off", "推迟的任务", Q(state=ItemState.PUT_OFF), "到期日期在期内、现为推迟的任务。"),
    Indicator(
        "plans.unfinished",
        "没有完成的任务",
        "项",
        AREA,
        undated,
        about="现在还没有完成的任务，没有日期的也算；只知道现在的数。",
    ),
    Indicator(
        "plans.nobodys",
        "没有责任人的任务",
        "项",
        AREA,
        undated,
        only=Q(owner=None, owner_org=None),
        about="现在还没有完成、又没有写明责任人和责任组织的任务；只知道现在的数。",
    ),
    Indicator("plans.progress", "进展记录", "条", AREA, progress, about="日期在期内的进展记录。"),
    Indicator(
        "plans.received",
        "上级下达的任务",
        "项",
        AREA,
        directives,
        about="下达时间在期内、下达给本级及下级单位的任务。",
    ),
    Indicator(
        "plans.reported",
        "已上报的下达任务",
        "项",
        AREA,
        directives,
        only=Q(state__in=(DirectiveState.REPORTED, DirectiveState.FINISHED)),
        about="其中已经上报或办结的。",
    ),
    _share("reported_share", "下达任务上报率", "reported", "received", "已上报的占下达的多少。"),
)
