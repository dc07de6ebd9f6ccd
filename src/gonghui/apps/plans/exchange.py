"""The columns with which plans and tasks are written out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gonghui.core.screens.exports import Column, Export

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
        Column("任务", lambda item: item.text, 48),
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
    Column("内容", lambda line: f"{'　' * line.item.depth}{line.item.text}", 56),
    Column("时间", lambda line: line.time if line.is_task else "", 14),
    Column("责任", lambda line: line.owner, 14),
    Column("目标", lambda line: "；".join(line.targets), 12),
    Column("进度和期限", lambda line: line.due if line.is_task else "", 16),
    Column("状态", lambda line: line.state[0] if line.is_task else "", 12),
)
ENTRIES = (
    Column("日期", lambda pair: pair[0], 12),
    Column("任务", lambda pair: pair[1].text, 56),
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
)
