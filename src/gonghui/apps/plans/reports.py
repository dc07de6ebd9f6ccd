"""What plans add to a union's reports: targets met or not, tasks left, and the next steps."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from gonghui.core.reports.composing import MISSING, Composition
from gonghui.core.reports.parts import Scope, parts
from gonghui.core.reports.shipped import BLANK

from .models import PUBLISHED_STATES, Item, Plan
from .queries import words
from .queries.measuring import Measured, measured, window_of, written_words
from .rules import ITEM_RULES, PLAN_RULES

MOST_STEPS = 12
HEAD = ("任务", "计划", "实际", "完成比例", "状况")
WIDTHS = (3, 1.4, 1.6, 1.2, 1)
# How a figure stands, as a report says it.
TOLD = {
    "": BLANK, "met": "达到", "ahead": "超前", "on_track": "按进度", "behind": "落后",
    "short": "未达到", "missed": "未达到", "within": "没有超过", "over": "已超过",
}  # fmt: skip


def _plans(scope: Scope) -> list[Plan]:
    """The union's own plans that touch the days, as far as the reader may see them."""
    rows = Plan.objects.filter(
        org=scope.org,
        state__in=PUBLISHED_STATES,
        starts_on__lte=scope.period.end,
        ends_on__gte=scope.period.start,
    )
    seen = PLAN_RULES["view"].narrow(rows, scope.actor)
    return list(seen.select_related("org").order_by("starts_on", "pk"))


def write_targets(paper: Composition, scope: Scope) -> None:
    """Every promised figure of the union's plans beside what was reached."""
    plans = scope.once(_plans)
    if not plans:
        paper.paragraph("期内没有执行的计划。")
        return
    for plan in plans:
        items = plan.items.filter(targets__isnull=False).distinct().order_by("position")
        pairs = []
        for item in items.prefetch_related("targets"):
            item.plan = plan
            pairs += [(item, target) for target in item.targets.all()]
        found = measured(plan, pairs, scope.today)
        add_targets(paper, plan, [item for item, _ in pairs], found)


def add_targets(paper: Composition, plan: Plan, items: list[Item], found: list[Measured]) -> None:
    """A plan's promised figures as a table, each that is known with its door."""
    if not found:
        paper.paragraph(f"《{plan.title}》没有列出指标。")
        return
    met = sum(1 for row in found if row.is_kept)
    unknown = sum(1 for row in found if row.actual is None)
    count = of_targets(paper, plan, len(found), "的指标")
    kept = of_targets(paper, plan, met, "达到的指标")
    left = of_targets(paper, plan, unknown, "没有数字的指标") if unknown else ""
    rest = f"，{left}还没有数字" if unknown else ""
    paper.paragraph(f"《{plan.title}》列出指标{count}，达到{kept}{rest}。")
    rows = [_row(paper, plan, item, row) for item, row in zip(items, found, strict=True)]
    paper.table(HEAD, rows, WIDTHS)


def _row(paper: Composition, plan: Plan, item: Item, row: Measured) -> tuple[str, ...]:
    target = row.target
    planned = written_words(target, item) or words.target_words(target)
    share = words.share(target, row.actual)
    said = reached(paper, plan, item, row) or (MISSING if row.what else BLANK)
    part = shared(paper, plan, item, f"{share:.0%}") if share is not None else "—"
    return str(item), planned, said, part, TOLD[row.standing]


def reached(paper: Composition, plan: Plan, item: Item, row: Measured) -> str:
    """What was reached of a promise with its door; empty while nobody knows."""
    if row.actual is None:
        return ""
    said = f"{words.number(_short(row.actual))}{row.target.unit}"
    address = row.url or f"{reverse('plans:item-detail', args=[item.pk])}#targets"
    known = {"indicator": row.what.code, "period": window_of(plan)} if row.what else {}
    return paper.mark(said, str(item), address, plan.org, **known)


def shared(paper: Composition, plan: Plan, item: Item, said: str) -> str:
    """How much of a promise was reached; the page of its plan sets both figures side by side."""
    address = reverse("plans:plan-targets", args=[plan.pk])
    return paper.mark(said, f"{item}（完成比例）", address, plan.org)


def counted_tasks(paper: Composition, plan: Plan, count: int, how: str) -> str:
    """So many of a plan's tasks."""
    return of_plan(paper, plan, f"{count}项", how)


def of_plan(paper: Composition, plan: Plan, said: str, how: str) -> str:
    """A number about a plan's tasks; the plan itself shows which."""
    address = reverse("plans:plan-detail", args=[plan.pk])
    return paper.mark(said, f"《{plan.title}》{how}", address, plan.org)


def of_targets(paper: Composition, plan: Plan, count: int, how: str) -> str:
    """So many of a plan's promised figures."""
    address = reverse("plans:plan-targets", args=[plan.pk])
    return paper.mark(f"{count}个", f"《{plan.title}》{how}", address, plan.org)


def of_task(paper: Composition, item: Item, said: str, how: str) -> str:
    """A number of turns or notes of a task, with the task as its door."""
    address = reverse("plans:item-detail", args=[item.pk])
    return paper.mark(said, f"{str(item).rstrip('。；;')}（{how}）", address, item.org)


def _short(value: Decimal) -> Decimal:
    """A rate to one place; a whole number as it is."""
    return value if value == value.to_integral() else value.quantize(Decimal("0.1"))


def write_tasks(paper: Composition, scope: Scope) -> None:
    """How many tasks each plan has and how many are done, with the plan as their door."""
    for plan in scope.once(_plans):
        rows = ITEM_RULES["view"].narrow(plan.items.tasks(), scope.actor)
        kept = [state for state in rows.values_list("state", flat=True) if state != "dropped"]
        if kept:
            count = counted_tasks(paper, plan, len(kept), "的任务")
            done = counted_tasks(paper, plan, kept.count("done"), "完成的任务")
            paper.paragraph(f"《{plan.title}》列入任务{count}，完成{done}。")


def write_steps(paper: Composition, scope: Scope) -> None:
    """What the plans still have to do, what is late first."""
    told = 0
    today = timezone.localdate()
    rows = Item.objects.filter(plan__in=scope.once(_plans)).tasks().unfinished()  # type: ignore[attr-defined]  # our queryset
    seen = ITEM_RULES["view"].narrow(rows, scope.actor).order_by("due_on", "position")
    steps = list(seen.exclude(due_on=None)[: MOST_STEPS + 1])
    for item in steps[:MOST_STEPS]:
        late = "已逾期，抓紧办理" if item.is_late(today) else f"{item.due_on:%Y-%m-%d}前办好"
        paper.paragraph(f"{str(item).rstrip('。；;')}：{late}。")
        told += 1
    if len(steps) > MOST_STEPS:
        paper.paragraph("其余没有完成的任务见各项计划。")
    if not told:
        paper.paragraph(BLANK)


parts.add("targets", write_targets)
parts.add("tasks", write_tasks)
parts.add("steps", write_steps)
