"""The year's summary and the month's brief as Word papers; what is not known is marked 待填."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gonghui.core.access.actor import Actor
from gonghui.core.documents.outbound.docx import numeral
from gonghui.core.reports.composing import Composition
from gonghui.core.reports.parts import Scope, write_part
from gonghui.core.reports.writing import add_figures

from ..models import Item, ItemState, Plan, PlanKind, Target
from ..queries.measuring import Measured, window_of, written_words
from ..queries.summary import Brief, Deed, Summary
from ..queries.words import BLANK, number, share
from ..reports import counted_tasks, of_plan, of_targets, of_task, reached, shared

NONE = "无。"
MOST_NOTES = 3  # of a weekly task the paper tells the last ones; the screen has them all
# 民法典 第1259条: 以上、以下、以内 include the figure, 超过、不满 do not.
COMPARED = {">=": "{}以上", "<=": "{}以下", ">": "超过{}", "<": "不满{}"}


def summary_paper(
    summary: Summary, found: list[Measured], actor: Actor, today: date
) -> Composition:
    """The summary of a plan with the union's figures, ready for the officer to edit."""
    plan = summary.plan
    if plan.kind == PlanKind.ANNUAL:
        title = f"{plan.org.name}\n{plan.year}年工作总结"
    else:
        title = f"{plan.org.name}\n《{plan.title}》执行情况总结"
    paper = Composition(title)
    _opening(paper, summary)
    _work_done(paper, summary)
    _figures(paper, plan, [figure.item for figure in summary.figures], found)
    scope = add_figures(paper, plan.org, window_of(plan), actor, today)
    _not_done(paper, summary, today)
    _judgement(paper, scope)
    _next_steps(paper, summary)
    paper.signature(plan.org.name, today)
    return paper


def _opening(paper: Composition, summary: Summary) -> None:
    plan = summary.plan
    if plan.main_line:
        paper.paragraph(f"工作主线：{_plain(plan.main_line)}。")
    passed = ""
    if plan.approved_by and plan.approved_on:
        passed = f"{_full(plan.approved_on)}经{plan.approved_by}通过，"
    if summary.share is None:
        paper.paragraph(f"《{plan.title}》{passed}没有列入任务。")
        return
    planned = counted_tasks(paper, plan, summary.planned, "的任务")
    done = counted_tasks(paper, plan, summary.done, "完成的任务")
    left = counted_tasks(paper, plan, len(summary.open), "没有完成的任务")
    dropped = counted_tasks(paper, plan, len(summary.dropped), "不再办理的任务")
    part = of_plan(paper, plan, _percent(summary.share), "完成的任务所占比例")
    paper.paragraph(
        f"《{plan.title}》{passed}共列任务{planned}，已完成{done}，"
        f"完成{part}；未完成{left}，不再办理{dropped}。"
    )
    if plan.closing:
        paper.paragraph(plan.closing)


def _work_done(paper: Composition, summary: Summary) -> None:
    paper.chapter("工作完成情况")
    if not summary.chapters:
        paper.paragraph(NONE)
    for at, chapter in enumerate(summary.chapters, start=1):
        title = (chapter.section and _named(chapter.section)) or "其他工作"
        paper.heading(f"{numeral(2, at)}{title}", 2)
        planned = counted_tasks(paper, summary.plan, chapter.planned, f"“{title}”的任务")
        done = counted_tasks(paper, summary.plan, chapter.done, f"“{title}”完成的任务")
        paper.paragraph(f"列入任务{planned}，完成{done}。")
        for place, deed in enumerate(chapter.deeds, start=1):
            paper.paragraph(_line(place, _told(paper, deed)))


def _told(paper: Composition, deed: Deed, *, of_month: bool = False) -> str:
    """One task in sentences: how it stands, how many turns, what was noted, which proof."""

    def turns(count: int, how: str) -> str:
        return of_task(paper, deed.item, f"{count}次", how)

    said = [f"{_named(deed.item)}。{_standing(deed.item)}"]
    if of_month and deed.turns_kept:
        said.append(f"本月开展{turns(deed.turns_kept, '本月开展')}。")
    elif deed.turns_planned:
        planned, kept = turns(deed.turns_planned, "计划开展"), turns(deed.turns_kept, "已开展")
        said.append(f"计划开展{planned}，已开展{kept}。")
    if len(deed.notes) > MOST_NOTES:
        count = of_task(paper, deed.item, f"{len(deed.notes)}条", "进展")
        said.append(f"记有进展{count}，最近{MOST_NOTES}条：")
    said += [f"{_day(note.on)}，{_plain(note.text)}。" for note in deed.notes[-MOST_NOTES:]]
    if deed.evidence:
        said.append(f"佐证材料：{'、'.join(deed.evidence)}。")
    return "".join(said)


def _standing(item: Item) -> str:
    """Of a task something was done for; what was stopped says why."""
    if item.state == ItemState.DONE:
        day = item.finished_on
        return f"{_day(day)}完成。" if day else f"已完成，完成日期{BLANK}。"
    if item.state == ItemState.PUT_OFF:
        return f"已推迟到{_month(item.due_on)}办理，原因：{_reason(item)}。"
    if item.state == ItemState.DROPPED:
        return f"不再办理，原因：{_reason(item)}。"
    return "正在办理。"


def _reason(item: Item) -> str:
    return _plain(item.reason) or BLANK


def _figures(paper: Composition, plan: Plan, items: list[Item], found: list[Measured]) -> None:
    paper.chapter("指标完成情况")
    if not found:
        paper.paragraph("计划没有列出指标。")
        return
    head = ("任务", "计划", "实际", "完成比例")
    rows = [_row(paper, plan, item, row) for item, row in zip(items, found, strict=True)]
    paper.table(head, rows, (3, 1.3, 1.3, 1.3))
    missing = sum(1 for row in found if row.actual is None)
    if missing:
        count = of_targets(paper, plan, missing, "没有数字的指标")
        paper.paragraph(f"有{count}指标的实际数还没有填，已标{BLANK}。")


def _row(paper: Composition, plan: Plan, item: Item, row: Measured) -> tuple[str, str, str, str]:
    promise = written_words(row.target, item) or planned(row.target)
    actual = reached(paper, plan, item, row) or BLANK
    return _named(item), promise, actual, _share(paper, plan, item, row)


def _share(paper: Composition, plan: Plan, item: Item, row: Measured) -> str:
    if row.actual is None:
        return BLANK
    part = share(row.target, row.actual)
    if part is not None:
        return shared(paper, plan, item, _percent(part))
    return "达到" if row.is_kept else "未达到"


def planned(target: Target) -> str:
    """The promise as the law words it."""
    return COMPARED.get(target.op, "{}").format(f"{number(target.value)}{target.unit}")


def _not_done(paper: Composition, summary: Summary, today: date) -> None:
    paper.chapter("未完成事项及原因")
    rows = [*summary.open, *summary.dropped]
    if not rows:
        paper.paragraph(NONE)
        return
    table = [
        (_named(item), item.get_state_display(), _due(item), _why(item, today)) for item in rows
    ]
    paper.table(("任务", "状态", "期限", "原因"), table, (3, 1, 1.4, 2))


def _why(item: Item, today: date) -> str:
    """What somebody said; a task whose day has not come needs no reason yet."""
    if item.reason:
        return item.reason
    ahead = item.is_unfinished and item.due_on is not None and item.due_on >= today
    return "尚未到期" if ahead else BLANK


def _judgement(paper: Composition, scope: Scope | None) -> None:
    """What no record holds the officer writes; what the checks and figures say stands beside it."""
    paper.chapter("经验做法与存在不足")
    paper.paragraph(f"经验做法：{BLANK}")
    if scope is not None:
        write_part(paper, scope, "best")
    paper.paragraph(f"存在不足：{BLANK}")
    if scope is not None:
        write_part(paper, scope, "weak")


def _next_steps(paper: Composition, summary: Summary) -> None:
    paper.chapter("下一步打算")
    steps = list(_steps(summary))
    for at, step in enumerate(steps, start=1):
        paper.paragraph(_line(at, step))
    if not steps:
        paper.paragraph(BLANK)


def _steps(summary: Summary) -> Iterator[str]:
    for item in summary.open:
        text = _named(item)
        if title := summary.carried.get(item.pk):
            yield f"{text}：已列入《{title}》，继续办理。"
        elif item.state == ItemState.PUT_OFF and item.due_on:
            yield f"{text}：推迟到{_month(item.due_on)}办理。"
        else:
            yield f"{text}：继续办理，完成时间{BLANK}。"
    for item in summary.blanks:
        yield f"补齐计划中空缺的内容：{_named(item)}。"


def brief_paper(brief: Brief, actor: Actor, today: date) -> Composition:
    """The month's brief to the upper union, with the month's figures."""
    plan, start = brief.plan, brief.month.start
    paper = Composition(f"{plan.org.name}\n{start.year}年{start.month}月工作简报")
    if plan.org.parent:
        paper.addressee(plan.org.parent.name)
    paper.paragraph(f"现将我会《{plan.title}》{start.month}月执行情况报告如下。")
    stopped = [_told(paper, deed, of_month=True) for deed in brief.stopped]
    parts = (
        ("本月完成", [_told(paper, deed, of_month=True) for deed in brief.finished]),
        ("正在推进", [_told(paper, deed, of_month=True) for deed in brief.going_on]),
        *([("推迟和不再办理", stopped)] if stopped else []),
        ("到期未完成", [_late(item) for item in brief.late]),
        *([("本月待办", [_ahead(item) for item in brief.pending])] if brief.pending else []),
        ("下月安排", [_ahead(item) for item in brief.ahead]),
    )
    for title, lines in parts:
        paper.chapter(title)
        for place, line in enumerate(lines, start=1):
            paper.paragraph(_line(place, line))
        if not lines:
            paper.paragraph(NONE)
    add_figures(paper, plan.org, brief.month, actor, today)
    paper.signature(plan.org.name, today)
    return paper


def _late(item: Item) -> str:
    return f"{_named(item)}。期限{_due(item)}，原因：{_reason(item)}。"


def _ahead(item: Item) -> str:
    who = item.owner or item.owner_org or item.owner_words
    return f"{_named(item)}。期限{_due(item)}，责任：{who or BLANK}。"


def _line(number: int, text: str) -> str:
    """A numbered line; before a figure a blank, that 3. and 3月 do not become 3.3."""
    return f"{numeral(3, number)}{' ' if text[:1].isdigit() else ''}{text}"


def _named(item: Item) -> str:
    """Its words; a figure the plan left open is not read over."""
    words = _plain(item.text)
    return f"{words}（{BLANK}）" if item.has_blank else words


def _plain(text: str) -> str:
    """Without the sign at its end: the paper sets its own."""
    return " ".join(text.split()).rstrip("。；;，,、：: ")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else BLANK


def _due(item: Item) -> str:
    return _full(item.due_on) if item.due_on else "未定"


def _percent(share: Decimal) -> str:
    return f"{number((share * 100).quantize(Decimal('0.1')))}%"
