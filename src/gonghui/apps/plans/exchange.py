"""The columns with which plans and tasks are written out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gonghui.core.screens.exports import Column, Export

from .models import Item
from .queries import words

PLANS = Export(
    (
        Column("标题", lambda plan: plan.title, 40),
        Column("工会", lambda plan: plan.org.name, 28),
        Column("类型", lambda plan: plan.get_kind_display(), 12),
        Column("开始日期", lambda plan: plan.starts_on, 12),
        Column("结束日期", lambda plan: plan.ends_on, 12),
        Column("状态", lambda plan: plan.get_state_display(), 10),
        Column("通过会议", lambda plan: plan.approved_by, 24),
        Column("通过日期", lambda plan: plan.approved_on, 12),
    )
)


def marked(item: Item) -> str:
    """What is to be done; a figure the plan left open is marked in whatever columns are chosen."""
    return f"{item.text}{words.BLANK}" if item.has_blank else item.text


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def _progress(line: Any) -> str:
    """What stands beside a task, and how far what is below a heading has come."""
    if line.is_task:
        return str(line.due)
    part = _percent(line.share)
    return "" if part is None else f"完成 {part}%"


def _late(line: Any) -> str:
    word, tone = line.state
    return str(word) if tone == "late" else ""


def _of_year(line: Any) -> str:
    text = marked(line.item)
    return text if line.months or not line.is_task else f"{text}（{words.UNDATED}）"


def _state(item: Any) -> str:
    return words.state_of(item, timezone.localdate())[0]


def _targets(item: Any) -> str:
    return "；".join(words.target_words(target) for target in words.targets_of(item))


def _reached(item: Any) -> str:
    return "；".join(
        filter(None, (words.reached_words(target) for target in words.targets_of(item)))
    )


ITEMS = Export(
    (
        Column("编号", lambda item: item.marker, 8),
        Column("任务", marked, 48),
        Column("计划", lambda item: item.plan.title, 28),
        Column("方面", lambda item: item.get_area_display(), 10),
        Column("时间", words.time_of, 14),
        Column("责任", words.owner_of, 14),
        Column("到期日期", lambda item: item.due_on, 12),
        Column("目标", _targets, 12),
        Column("实际", _reached, 14),
        Column("状态", _state, 12),
        Column("完成日期", lambda item: item.finished_on, 12),
        Column("原因", lambda item: item.reason, 20),
    )
)

# A plan's line: the same of a heading, which has neither time nor state, and of a task.
LINES = (
    Column("编号", lambda line: line.item.marker, 8),
    Column("内容", lambda line: f"{'　' * line.item.depth}{marked(line.item)}", 56),
    Column("时间", lambda line: line.time if line.is_task else "", 14),
    Column("责任", lambda line: line.owner, 14),
    Column("目标", lambda line: "；".join(line.targets), 12),
    Column("进度和期限", _progress, 16),
    Column("状态", lambda line: line.state[0] if line.is_task else "", 12),
    Column("下达单位", lambda line: line.from_above if line.is_task else "", 16),
)
BOARD = (
    Column("状态", lambda pair: pair[0].label, 10),
    Column("任务", lambda pair: marked(pair[1].item), 56),
    Column("责任", lambda pair: pair[1].owner, 14),
    Column("进度和期限", lambda pair: pair[1].due, 16),
    Column("逾期或落后", lambda pair: _late(pair[1]), 14),
)
# Of the year what stands before its months.
YEAR = (
    Column("编号", lambda row: row[0].item.marker, 8),
    Column("任务", lambda row: _of_year(row[0]), 48),
    Column("责任", lambda row: row[0].owner, 14),
)
ENTRIES = (
    Column("日期", lambda pair: pair[0] or words.UNDATED, 12),
    Column("编号", lambda pair: pair[1].item.marker, 8),
    Column("任务", lambda pair: marked(pair[1].item), 56),
    Column("计划", lambda pair: pair[1].item.plan.title, 28),
    Column("责任", lambda pair: words.owner_of(pair[1].item), 14),
    Column("状态", lambda pair: pair[1].word, 12),
)
GROUPS = (
    Column("名称", lambda group: group.label, 28),
    Column("任务", lambda group: group.total, 8),
    Column("已完成", lambda group: group.done, 8),
    Column("已逾期", lambda group: group.late, 8),
    Column("未定日期", lambda group: group.undated, 8),
    Column("完成 %", lambda group: _percent(group.share), 8),
)
